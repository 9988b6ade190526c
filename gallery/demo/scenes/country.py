"""Open country: hills, trees, a lake, a coast."""

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import AUTUMN, GOLD, NOON, STORM
from gallery.demo.sky import birds, ceiling, cumulus, haze_band, sky, sun, veils
from gallery.demo.terrain import grass, ridge, tree, water


def cork_oak(c: Canvas) -> None:
    """One old oak on a mown slope, its shadow long."""
    light = GOLD
    sky(c, light, 900)
    sun(c, light, 330, 640, 50)
    veils(c, light, 120, 500, 10)
    for index, tone in enumerate(("#a5897c", "#a58a58", "#b3924a")):
        ridge(
            c,
            800 + index * 70,
            130 - index * 20,
            mix(tone, light.haze, 0.6 - index * 0.22),
            rough=0.3,
            foot=mix("#d9b864", light.haze, 0.4 - index * 0.12),
        )
    slope = [(0, 1080), (700, 1010), (1400, 990), (2000, 1060), (2000, 1500), (0, 1500)]
    c.poly(slope, c.linear("#e2bd62", "#a87c34", "#6d5426"))
    c.texture(slope, "mottle", 0.6, (3, 0.4))
    with c.group(clip=slope):
        for index in range(24):
            x = -600 + index * 130
            c.line([(x, 1500), (1150 + (x - 900) * 0.22, 985)], "#7a5a28", 7, opacity=0.35)
    c.poly(
        [(1290, 1085), (1340, 1085), (2000, 1330), (2000, 1480), (1650, 1400)],
        c.linear(("#3d2c20", 0.6), ("#3d2c20", 0.25), across=True),
    )
    tree(c, 1310, 1090, 690, "#5d6b35", light, trunk="#6a3a28")
    for x, y, size in ((520, 1000, 90), (640, 1004, 70), (1750, 1010, 110)):
        tree(c, x, y, size, "#77763f", light)
    grass(c, 1330, 1540, ("#c99c48", "#e6c678", "#8a6a30"), count=800, height=90)


def white_village(c: Canvas) -> None:
    """A whitewashed hill town in hard noon light."""
    light = NOON
    sky(c, light, 900)
    cumulus(c, light, 1500, 420, 560)
    ridge(c, 880, 120, mix("#7f9a8a", light.haze, 0.5), foot="#c9bf86")
    hill = [
        (0, 1250),
        (300, 1080),
        (760, 780),
        (1060, 640),
        (1330, 760),
        (1720, 1050),
        (2000, 1180),
        (2000, 1500),
        (0, 1500),
    ]
    c.poly(hill, c.linear("#a3a25a", "#8f8a44", "#5f6a30"))
    c.texture(hill, "mottle", 0.5, (1.4, 0.8))
    for row in range(11):
        y = 650 + row * 55
        reach = 90 + row * 70
        x = 1060 - reach + c.rng.uniform(-30, 30)
        while x < 1060 + reach * 0.9:
            _white_house(c, x, y + c.rng.uniform(-16, 16), c.rng.uniform(70, 130) * (0.7 + row * 0.04))
            x += c.rng.uniform(60, 130)
    c.rect(1010, 430, 74, 230, c.linear("#ffffff", "#fdf6e6", "#b9c2cf", across=True))
    c.poly([(1000, 430), (1047, 350), (1094, 430)], "#c9713f")
    c.rect(1034, 470, 26, 50, "#33475c", rx=13)
    for _ in range(90):
        x = c.rng.uniform(0, 2000)
        _olive(c, x, 1270 + c.rng.random() * 230, c.rng.uniform(26, 62))


def _white_house(c: Canvas, x: float, y: float, size: float) -> None:
    c.rect(x, y, size * 0.62, size * 0.85, "#fffdf6")
    c.rect(x + size * 0.62, y, size * 0.42, size * 0.85, c.linear("#aab8cc", "#c6cedb"))
    roof = c.rng.choice(("#c9713f", "#b85f38", "#d98a54"))
    c.poly(
        [
            (x - 4, y + 3),
            (x + size * 0.16, y - size * 0.24),
            (x + size * 0.9, y - size * 0.24),
            (x + size * 1.07, y + 3),
        ],
        c.linear(shade(roof, 0.2), shade(roof, -0.15)),
    )
    c.rect(x, y + size * 0.7, size * 0.62, size * 0.15, c.rng.choice(("#3f7fc0", "#e8b83c", "#fffdf6")))
    for column in range(2):
        c.rect(x + size * (0.1 + column * 0.27), y + size * 0.22, size * 0.13, size * 0.2, "#37506b")
    c.rect(x + size * 0.76, y + size * 0.26, size * 0.12, size * 0.2, "#2a3c55")


def _olive(c: Canvas, x: float, y: float, size: float) -> None:
    c.oval(x + size * 0.4, y + size * 0.35, size * 0.8, size * 0.2, "#3d4420", opacity=0.5)
    for _ in range(12):
        dx, dy = c.rng.gauss(0, 0.3) * size, c.rng.gauss(0, 0.2) * size
        c.circle(
            x + dx,
            y + dy,
            size * c.rng.uniform(0.15, 0.32),
            shade(mix("#7f8f5c", "#5d7048", c.rng.random()), -(dx + dy) / size * 0.5),
            opacity=0.95,
        )


def lighthouse(c: Canvas) -> None:
    """A harbour light in heavy weather; drawn upright."""
    light, level = STORM, 1330
    sky(c, light, level)
    ceiling(c, light, level, 0.75)
    beam_y = 560
    c.poly(
        [(760, beam_y), (-400, beam_y - 340), (-400, beam_y + 120)],
        c.linear(("#fff2c0", 0.0), ("#fff2c0", 0.55), across=True),
    )
    c.poly(
        [(760, beam_y), (1900, beam_y - 120), (1900, beam_y + 300)],
        c.linear(("#fff2c0", 0.5), ("#fff2c0", 0.0), across=True),
    )
    water(c, light, level, chop=2, deep="#152a33")
    c.poly(
        [(650, 1420), (690, 640), (830, 640), (870, 1420)],
        c.linear("#fff8ea", "#efe3cd", "#8b8f95", across=True),
    )
    for index in range(3):
        y0, y1 = 760 + index * 240, 880 + index * 240
        c.poly(
            [
                (690 - (y0 - 640) / 19.5, y0),
                (830 + (y0 - 640) / 19.5, y0),
                (830 + (y1 - 640) / 19.5, y1),
                (690 - (y1 - 640) / 19.5, y1),
            ],
            c.linear("#e0492f", "#b8321f", "#5c1c1a", across=True),
        )
    c.texture([(650, 1420), (690, 640), (830, 640), (870, 1420)], "plaster", 0.4)
    c.rect(664, 618, 192, 26, "#20262c")
    c.rect(706, 500, 108, 120, c.linear("#ffe9a0", "#fffbe0", "#ffdf8a"))
    for x in (706, 740, 776, 810):
        c.rect(x, 500, 6, 120, "#20262c")
    c.poly([(690, 504), (760, 420), (830, 504)], "#a02c1e")
    c.glow(760, beam_y, 330, "#fff0b8", 0.95)
    for index in range(160):
        x, y = 760 + c.rng.gauss(0, 330), 1440 + c.rng.uniform(-40, 90)
        tone = c.rng.choice(("#2a3238", "#3d474c", "#1a2025", "#535c5e"))
        s = c.rng.uniform(30, 90)
        c.poly(
            [
                (x - s, y + s * 0.4),
                (x - s * 0.5, y - s * 0.5),
                (x + s * 0.4, y - s * 0.6),
                (x + s, y + s * 0.3),
            ],
            c.linear(shade(tone, 0.18), tone),
        )
    for index in range(260):
        burst = c.rng.random()
        c.circle(
            1080 + c.rng.gauss(0, 90) + burst * 60,
            1400 - burst**2 * 420 + c.rng.gauss(0, 40),
            c.rng.uniform(3, 26) * (1.2 - burst),
            c.radial("#f4f8f6", 0.9),
        )
    c.path("M0,1560Q300,1490 620,1570T1180,1550T1500,1570V2000H0Z", c.linear("#4f6d74", "#1d343d", "#0f1d24"))
    c.texture(box(0, 1540, 1500, 460), "mottle", 0.8, (1.7, 0.4), white=True)
    birds(c, 380, 900, 9, 24, "#eef2ee")


def lake(c: Canvas) -> None:
    """Mountains doubled in a still lake, larches turning; drawn for a panorama."""
    light, level = AUTUMN, 560
    sky(c, light, level)
    cumulus(c, light, 2450, 300, 560)
    start = c.mark_count
    peaks = ((300, 420), (760, 470), (1180, 330), (1560, 500), (2080, 400), (2600, 460), (2900, 340))
    for x, tall in peaks:
        far = mix("#5b6f94", light.haze, 0.42)
        left = [
            (x - tall * 1.25, level),
            (x - tall * 0.5, level - tall * 0.56),
            (x, level - tall),
            (x + tall * 0.06, level - tall * 0.7),
            (x - tall * 0.1, level - tall * 0.4),
            (x + tall * 0.04, level),
        ]
        c.poly(
            [
                (x, level - tall),
                (x + tall * 0.55, level - tall * 0.5),
                (x + tall * 1.3, level),
                (x - tall * 0.2, level),
            ],
            c.linear(shade(far, -0.3), mix(far, light.haze, 0.5)),
        )
        c.poly(left, c.linear(shade(far, 0.35), mix(far, light.haze, 0.6)))
        c.poly(
            [
                (x, level - tall),
                (x - tall * 0.3, level - tall * 0.72),
                (x - tall * 0.17, level - tall * 0.68),
                (x - tall * 0.08, level - tall * 0.6),
                (x + tall * 0.02, level - tall * 0.72),
                (x + tall * 0.13, level - tall * 0.64),
                (x + tall * 0.3, level - tall * 0.74),
            ],
            c.linear("#ffffff", "#d6deec", across=True),
        )
    c.texture(box(0, 60, 3000, level - 60), "plaster", 0.16)
    for index in range(420):
        x, near = c.rng.uniform(-20, 3020), index / 420
        tall = 26 + near * 70 * c.rng.uniform(0.5, 1.2)
        leaf = mix(
            c.rng.choice(("#d99a2e", "#c8752c", "#47633f", "#34533f", "#e0b84a")),
            light.haze,
            0.5 - near * 0.5,
        )
        y = level - 26 * (1 - near)
        c.poly(
            [(x - tall * 0.2, y), (x, y - tall), (x + tall * 0.2, y)],
            c.linear(shade(leaf, 0.15), shade(leaf, -0.25), across=True),
        )
    c.mirrored(level, 0.75, since=start)
    c.rect(0, level, 3000, 440, c.linear(("#dfe3d0", 0.1), ("#23405c", 0.6)))
    for _ in range(150):
        y = level + c.rng.random() ** 1.5 * 440
        c.oval(
            c.rng.uniform(0, 3000), y, c.rng.uniform(40, 260), 1 + (y - level) / 200, "#eef0e2", opacity=0.2
        )
    haze_band(c, light, level, 46, 0.7)
