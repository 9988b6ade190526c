"""Open country."""

from gallery.demo.canvas import Canvas
from gallery.demo.colour import mix, shade
from gallery.demo.light import GOLD, NOON
from gallery.demo.sky import cumulus, sky, sun, veils
from gallery.demo.terrain import grass, ridge, tree


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
