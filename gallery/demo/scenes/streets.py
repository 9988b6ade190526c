"""Streets at their best."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas
from gallery.demo.colour import shade
from gallery.demo.lettering import centred
from gallery.demo.light import AUTUMN
from gallery.demo.sky import rays, sun
from gallery.demo.terrain import tree


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
    _cobbles_in_rain(c, level)
    c.bloom = 0.8


def _cobbles_in_rain(c: Canvas, level: float) -> None:
    for row in range(22):
        depth = row / 21
        y, wide = level + depth**1.5 * 540, 26 + depth * 110
        for index in range(int(2000 / wide) + 2):
            left = index * wide - (row % 2) * wide / 2
            c.stroke(
                f"M{left:.0f},{y:.0f}q{wide / 2:.0f},{-6 - depth * 16:.0f} {wide:.0f},0",
                c.rng.choice(("#ffd79a", "#6f86c9", "#0a0e26", "#0a0e26")),
                1.2 + depth * 3,
                opacity=0.35,
            )
    for _ in range(170):
        x, y = c.rng.uniform(0, 2000), c.rng.uniform(0, 1500)
        c.line([(x, y), (x - 9, y + c.rng.uniform(30, 80))], "#cfd9ff", 1.6, opacity=0.25)


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
