"""Streets and yards."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import shade
from gallery.demo.lettering import centred
from gallery.demo.light import AUTUMN, EMBER, MORNING
from gallery.demo.scenes.solar import digger
from gallery.demo.sky import cumulus, rays, sky, sun, veils
from gallery.demo.terrain import town, tree


def wet_night(c: Canvas) -> None:
    """A corner café after rain, its light lying on the cobbles."""
    level = 960
    c.rect(0, 0, c.width, c.height, c.linear("#0a1130", "#1a2450", "#2a2a50"))
    start = c.mark_count
    for x, width, tall, tone in (
        (-40, 420, 900, "#1d2348"),
        (360, 380, 780, "#242a52"),
        (1560, 480, 930, "#1a2044"),
    ):
        c.rect(x, level - tall, width, tall, c.linear(shade(tone, -0.2), tone))
        for row in range(6):
            for column in range(4):
                lit = c.rng.random() < 0.3
                c.rect(
                    x + 40 + column * 94,
                    level - tall + 60 + row * 135,
                    44,
                    82,
                    c.rng.choice(("#ffcb7d", "#ffb057", "#ffe0a8")) if lit else "#10163a",
                )
    c.rect(720, 110, 860, 850, c.linear("#3a3050", "#5c4458"))
    for row in range(3):
        for column in range(4):
            c.rect(
                780 + column * 200,
                170 + row * 170,
                90,
                120,
                c.linear("#ffd78f", "#f0a050") if (row + column) % 3 else "#1a1c3c",
            )
            c.rect(772 + column * 200, 292 + row * 170, 106, 9, "#8a6a70")
    c.rect(760, 720, 780, 240, c.linear("#fff0b8", "#ffc766", "#f09a40"))
    for x in range(780, 1540, 95):
        c.rect(x, 720, 9, 240, "#5c2a24")
    for index in range(13):
        c.poly(
            [
                (740 + index * 63, 650),
                (803 + index * 63, 650),
                (793 + index * 64.5, 745),
                (727 + index * 64.5, 745),
            ],
            "#c8372c" if index % 2 else "#f6ead2",
        )
    centred(c, "CAFÉ", 1150, 590, 46, "#ffe9a8", weight=0.15)
    for x in (860, 1010, 1290, 1430):
        c.circle(x, 858, 26, "#2a1820")
        c.path(f"M{x - 34},960Q{x - 30},880 {x},878Q{x + 30},880 {x + 34},960Z", "#2a1820")
    for x in (200, 640, 1700):
        c.line([(x, level), (x, 520)], "#0c1028", 12)
        c.circle(x, 505, 24, "#fff3c8")
        c.glow(x, 505, 240, "#ffd48a", 0.8)
    c.glow(1150, 830, 620, "#ffb95c", 0.4)
    c.mirrored(level, 0.62, since=start)
    c.rect(0, level, c.width, 540, c.linear(("#0d1230", 0.35), ("#070a1c", 0.75)))
    for row in range(22):
        depth = row / 21
        y, wide = level + depth**1.5 * 540, 26 + depth * 110
        for index in range(int(2000 / wide) + 2):
            x = index * wide - (row % 2) * wide / 2
            c.stroke(
                f"M{x:.0f},{y:.0f}q{wide / 2:.0f},{-6 - depth * 16:.0f} {wide:.0f},0",
                c.rng.choice(("#ffd79a", "#6f86c9", "#0a0e26", "#0a0e26")),
                1.2 + depth * 3,
                opacity=0.35,
            )
    for _ in range(170):
        x, y = c.rng.uniform(0, 2000), c.rng.uniform(0, 1500)
        c.line([(x, y), (x - 9, y + c.rng.uniform(30, 80))], "#cfd9ff", 1.6, opacity=0.25)
    c.bloom = 0.8


def avenue(c: Canvas) -> None:
    """An avenue of turning trees with low sun at its end."""
    light = AUTUMN
    camera = Camera(1060, 840, 1150, 1.7, haze="#ffe9b0", reach_m=60)
    c.rect(0, 0, c.width, 860, c.linear("#a9c4c4", "#ffe6ac", "#fff6d4"))
    sun(c, light, 1060, 730, 60)
    floor = camera.face(
        c,
        [(-40, 0, 1.5), (40, 0, 1.5), (40, 0, 300), (-40, 0, 300)],
        c.linear("#f2d48c", "#c08a44", "#80502c"),
    )
    camera.face(
        c,
        [(-3, 0.01, 1.5), (3, 0.01, 1.5), (3, 0.01, 300), (-3, 0.01, 300)],
        c.linear("#f8e6bc", "#b5a18a", "#776b68"),
    )
    c.texture(floor, "mottle", 0.5, (2, 0.4))
    for index in range(15, -1, -1):
        z = 6 + index**1.25 * 4.2
        for side in (-1, 1):
            x, y = camera.see(side * (5.4 + c.rng.uniform(-0.4, 0.4)), 0, z)
            camera.face(
                c,
                [
                    (side * 5.4 - 0.3, 0.02, z),
                    (side * 5.4 + 0.3, 0.02, z),
                    (side * 9 - 0.5, 0.02, z * 0.55),
                    (side * 9 - 2, 0.02, z * 0.55),
                ],
                "#4a2c20",
                opacity=0.35,
            )
            leaf = camera.far(c.rng.choice(("#d9722a", "#e0a030", "#c2452a", "#b8892e", "#d98a2c")), z)
            tree(c, x, y, 11500 / z, leaf, light, trunk=camera.far("#40281f", z))
    for _ in range(700):
        z, x = 2 + c.rng.random() ** 2 * 40, c.rng.gauss(0, 6)
        px, py = camera.see(x, 0.03, z)
        c.oval(
            px,
            py,
            34 / z + 1,
            15 / z + 0.6,
            c.rng.choice(("#e8a23a", "#c8492c", "#f0c860", "#8f4a26")),
            opacity=0.9,
        )
    rays(c, 1060, 730, 2000, "#fff0c0", 0.17)
    c.focus = (0.6, 0.7)
    c.bloom = 0.6


def courtyard(c: Canvas) -> None:
    """A school yard: hopscotch in chalk, an arcade, a plane tree's shade."""
    camera = Camera(700, 560, 1150, 2.6, haze="#f0e3c4", reach_m=150)
    c.rect(0, 0, c.width, 700, c.linear("#f2dfb8", "#e0c08c"))
    c.texture(box(0, 0, 2000, 700), "plaster", 0.4, (2, 2))
    for index in range(7):
        x = 40 + index * 290
        c.rect(x, -20, 180, 160, c.linear("#5c8094", "#9dbcc4"))
        c.rect(x + 86, -20, 8, 160, "#f8eed6")
        c.rect(x - 12, 140, 204, 16, "#fff4da")
        c.path(f"M{x - 20},690V430Q{x + 90},240 {x + 200},430V690Z", c.linear("#5a4038", "#8a6650"))
        c.stroke(f"M{x - 20},690V430Q{x + 90},240 {x + 200},430V690", "#f8e9c6", 22)
        c.rect(x + 50, 470, 84, 220, c.linear("#3f7a6c", "#2a584e"))
    c.rect(0, 205, 2000, 18, "#c89a64")
    floor = camera.face(
        c, [(-40, 0, 1.4), (40, 0, 1.4), (40, 0, 22), (-40, 0, 22)], c.linear("#c9b9a0", "#a39588", "#7d7470")
    )
    c.texture(floor, "speckle", 0.9, (1.8, 0.8))
    for index in range(8):
        z = 3.6 + index * 1.05
        for x in (-0.5,) if index in (0, 1, 3, 6) else (-1.0, 0.0):
            square = [(x, 0.01, z), (x + 1, 0.01, z), (x + 1, 0.01, z + 1), (x, 0.01, z + 1)]
            camera.face(
                c, square, ("#e8705c", "#6fb0c8", "#f0c860", "#8fc08a")[(index + int(x)) % 4], opacity=0.55
            )
            camera.face(c, square, "none", stroke="#fffaf0", stroke_width=max(2, 26 / z))
            cx, cy = camera.see(x + 0.5, 0, z + 0.5)
            with c.group(transform=f"translate({cx:.0f} {cy:.0f}) scale(1 0.36)"):
                centred(c, str(index + 1), 0, -260 / z, 520 / z, "#fffaf0", weight=0.13)
    with c.group(opacity=0.5):
        for _ in range(240):
            c.oval(
                1250 + c.rng.gauss(0, 320),
                1160 + c.rng.gauss(0, 120),
                c.rng.uniform(20, 80),
                c.rng.uniform(8, 24),
                "#3a3048",
                opacity=0.5,
            )
    tree(c, 1620, 960, 1260, "#7a9a44", MORNING, trunk="#8f7f66")
    c.poly(c.everything(), c.linear(("#fff2c8", 0.22), ("#fff2c8", 0)))


def tower_crane(c: Canvas) -> None:
    """Two cranes and a half-built frame against an ember sky; drawn upright."""
    light = EMBER
    sky(c, light, 2000)
    sun(c, light, 980, 1370, 110)
    veils(c, light, 300, 1500, 26)
    ink = "#23101c"
    town(c, 1760, "#7a2428", height=120, step=64)
    for floor in range(6):
        y = 1760 - floor * 118
        c.rect(70, y, 640 - floor * 14, 20, "#331420")
        for column in range(7 - floor // 3):
            c.rect(92 + column * 98, y - 98, 17, 100, "#331420")
            for bar in range(3):
                c.line(
                    [(94 + column * 98 + bar * 6, y - 98), (94 + column * 98 + bar * 6, y - 132)],
                    "#331420",
                    2,
                )
    for x, top, size in ((870, 420, 1.0), (1270, 860, 0.62)):
        _crane(c, x, top, size, ink)
    for x in (210, 380, 520):
        c.circle(x, 1092, 10, ink)
        c.rect(x - 9, 1102, 18, 38, ink, rx=6)
    c.path("M0,1820L300,1790L800,1830L1500,1780V2000H0Z", "#180a14")
    c.bloom = 0.7


def _crane(c: Canvas, x: float, top: float, size: float, ink: str) -> None:
    half = 26 * size
    for side in (-half, half):
        c.line([(x + side, 1850), (x + side, top)], ink, 7 * size)
    y = top
    while y < 1850:
        c.line([(x - half, y), (x + half, y + half * 2), (x - half, y + half * 2)], ink, 3.5 * size)
        y += half * 2
    reach, back = -720 * size, 300 * size
    for lift in (0, -44 * size):
        c.line([(x + reach, top + lift * 0.3), (x + back, top + lift)], ink, 6 * size)
    for index in range(34):
        a = x + reach + index * 30 * size
        c.line([(a, top), (a + 15 * size, top - 40 * size), (a + 30 * size, top)], ink, 2.6 * size)
    peak = (x, top - 190 * size)
    c.line([(x - half, top), peak, (x + half, top)], ink, 7 * size)
    for tie in (0.5, 0.92):
        c.line([peak, (x + reach * tie, top - 30 * size)], ink, 3 * size)
    c.line([peak, (x + back, top - 40 * size)], ink, 3 * size)
    c.rect(x + back - 120 * size, top, 120 * size, 84 * size, ink)
    c.rect(x - half * 2.4, top + 8 * size, 58 * size, 74 * size, ink)
    c.rect(x - half * 2.2, top + 16 * size, 36 * size, 40 * size, "#ffb35c", opacity=0.8)
    hook = x + reach * 0.62
    c.line([(hook, top), (hook, top + 520 * size)], ink, 2.4 * size)
    c.poly(
        [
            (hook, top + 520 * size),
            (hook - 110 * size, top + 580 * size),
            (hook + 110 * size, top + 580 * size),
        ],
        "none",
        stroke=ink,
        stroke_width=2,
    )
    for bar in range(3):
        c.rect(hook - 130 * size, top + (580 + bar * 16) * size, 260 * size, 10 * size, ink)


def roadworks(c: Canvas) -> None:
    """Cones, barriers and a digger in the road, early."""
    camera = Camera(1000, 640, 1150, 1.7, haze="#dfe6e0", reach_m=90)
    sky(c, MORNING, 660)
    cumulus(c, MORNING, 1560, 420, 480)
    town(c, 660, "#a9b6b8", height=180, step=90)
    town(c, 665, "#8f9c94", height=90, step=60)
    road = camera.face(
        c,
        [(-40, 0, 1.5), (40, 0, 1.5), (40, 0, 200), (-40, 0, 200)],
        c.linear("#a9aaa6", "#74757a", "#4c4d55"),
    )
    c.texture(road, "speckle", 0.9, (2, 0.8))
    for z in range(3, 90, 6):
        camera.face(
            c, [(1.2, 0.01, z), (1.36, 0.01, z), (1.36, 0.01, z + 2.6), (1.2, 0.01, z + 2.6)], "#f4f0e2"
        )
    hole = camera.face(
        c,
        [(-4.6, 0.01, 5), (-1.2, 0.01, 5), (-0.9, 0.01, 13), (-4.9, 0.01, 13)],
        c.linear("#4a3428", "#2c1d16"),
    )
    c.texture(hole, "plaster", 1)
    digger(c, 560, 900, 0.82)
    for index, (x, z) in enumerate(((0.5, 22), (0.3, 15), (0.1, 10.5), (0.2, 7.4), (0.6, 5.2), (1.1, 3.7))):
        _cone(c, *camera.see(x, 0, z), 900 / z, tilt=9 if index == 3 else 0)
    c.poly(c.everything(), c.linear(("#ffe9b0", 0.3), ("#ffe9b0", 0), ("#18203c", 0.28), across=True))
    c.focus = (0.72, 0.6)


def _cone(c: Canvas, x: float, y: float, size: float, *, tilt: float) -> None:
    c.shadow(x + size * 0.35, y, size * 0.6, size * 0.09, 0.7)
    orange = c.linear("#ffa05c", "#f0641e", "#8f2f10", across=True)
    with c.group(transform=f"rotate({tilt} {x:.0f} {y:.0f})"):
        c.poly(
            [
                (x - size * 0.34, y),
                (x - size * 0.3, y - size * 0.07),
                (x + size * 0.3, y - size * 0.07),
                (x + size * 0.34, y),
            ],
            "#8f2f10",
        )
        c.poly(
            [
                (x - size * 0.23, y - size * 0.07),
                (x - size * 0.045, y - size * 0.9),
                (x + size * 0.045, y - size * 0.9),
                (x + size * 0.23, y - size * 0.07),
            ],
            orange,
        )
        for low, high in ((0.3, 0.46), (0.58, 0.7)):
            a, b = 0.245 - low * 0.222, 0.245 - high * 0.222
            c.poly(
                [
                    (x - size * a, y - size * low),
                    (x - size * b, y - size * high),
                    (x + size * b, y - size * high),
                    (x + size * a, y - size * low),
                ],
                c.linear("#ffffff", "#f2f2ee", "#9a9fa6", across=True),
            )
