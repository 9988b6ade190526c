"""Tall thin things on open land."""

from math import cos, sin, tau

from gallery.demo.canvas import Canvas, Point
from gallery.demo.colour import mix, shade
from gallery.demo.light import NOON, SUNSET
from gallery.demo.sky import cumulus, sky, sun, veils
from gallery.demo.terrain import grass, ground, ridge


def turbines(c: Canvas) -> None:
    """Wind turbines over layered ridges at dusk; drawn for a panorama."""
    light = SUNSET
    sky(c, light, 760)
    sun(c, light, 760, 610, 60)
    veils(c, light, 120, 640, 30)
    for index in range(5):
        share = index / 4
        colour = mix(mix(light.haze, "#ffb070", 0.4), "#1d1233", share**0.8)
        top = ridge(
            c,
            640 + index * 82,
            150 - index * 8,
            colour,
            rough=0.5 + share,
            foot=mix(colour, light.haze, 0.4 - share * 0.3),
        )
        for turbine in range((0, 6, 5, 3, 0)[index]):
            x, y = top[int((turbine + 0.5 + c.rng.uniform(-0.3, 0.3)) * 120 / (0, 6, 5, 3, 1)[index])]
            _turbine(c, x, y + 6, 90 + index * 95, mix("#fff0e0", colour, 0.25 + share * 0.55))
    grass(c, 950, 1010, ("#120a20", "#2a1836"), count=500, height=46)


def _turbine(c: Canvas, x: float, y: float, tall: float, colour: str) -> None:
    width = tall * 0.02
    c.poly(
        [(x - width, y), (x - width * 0.45, y - tall), (x + width * 0.45, y - tall), (x + width, y)], colour
    )
    turn = c.rng.uniform(0, tau)
    for blade in range(3):
        a = turn + blade * tau / 3
        tip, reach = (x + cos(a) * tall * 0.62, y - tall + sin(a) * tall * 0.62), tall * 0.14
        hump = (x + cos(a + 0.22) * reach, y - tall + sin(a + 0.22) * reach)
        c.poly([(x, y - tall), hump, tip], shade(colour, 0.12 * (blade - 1)))
    c.circle(x, y - tall, width * 1.3, colour)


def pylons(c: Canvas) -> None:
    """High-voltage masts across a plain at noon, cumulus over them; drawn upright."""
    light, level = NOON, 1420
    sky(c, light, level)
    for x, y, width in (
        (1050, 560, 900),
        (260, 860, 620),
        (1250, 1120, 420),
        (420, 1240, 300),
        (900, 1330, 200),
    ):
        cumulus(c, light, x, y, width)
    ridge(c, level, 60, mix("#5f7f72", light.haze, 0.5), foot="#b9b06a")
    ground(c, 1425, "#c9b96a", "#7f8a3c")
    masts = [(1270, 1440, 210), (1100, 1465, 380), (790, 1540, 760), (150, 1740, 1640)]
    arms = [
        [_mast(c, *mast, mix("#3f4e58", light.haze, 0.55 - index * 0.17))] for index, mast in enumerate(masts)
    ]
    for near, far in zip(arms[1:], arms, strict=False):
        for a, b in zip(near[0], far[0], strict=True):
            sag = max(a[1], b[1]) + (a[1] - b[1]) * -0.1 + 40
            c.stroke(
                f"M{a[0]:.0f},{a[1]:.0f}Q{(a[0] + b[0]) / 2:.0f},{sag:.0f} {b[0]:.0f},{b[1]:.0f}",
                "#36454f",
                2,
            )
    grass(c, 1560, 2040, ("#7f8a3c", "#c8bb66", "#5d6b2e", "#e0d48a", "#b8493c"), count=1500, height=130)


def _mast(c: Canvas, x: float, y: float, tall: float, ink: str) -> list[Point]:
    width = tall * 0.11
    edges = [
        [(x + s * width * (1 - t * 0.86), y - tall * t) for t in (0, 0.25, 0.45, 0.6, 0.72, 0.84, 1)]
        for s in (-1, 1)
    ]
    for edge in edges:
        c.line(edge, ink, tall * 0.007)
    for low, high in zip(range(6), range(1, 7), strict=True):
        c.line([edges[0][low], edges[1][high]], ink, tall * 0.0035)
        c.line([edges[1][low], edges[0][high]], ink, tall * 0.0035)
        c.line([edges[0][high], edges[1][high]], ink, tall * 0.0035)
    tips = []
    for level, reach in ((0.62, 0.2), (0.76, 0.25), (0.9, 0.16)):
        for side in (-1, 1):
            tip = (x + side * reach * tall, y - tall * level)
            c.line([(x, y - tall * (level + 0.035)), tip, (x, y - tall * level)], ink, tall * 0.005)
            c.line([tip, (tip[0], tip[1] + tall * 0.035)], ink, tall * 0.009)
            tips.append((tip[0], tip[1] + tall * 0.035))
    return tips
