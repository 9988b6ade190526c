"""Container cranes and containers."""

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import SUNSET
from gallery.demo.sky import birds, haze_band, sky, sun, veils
from gallery.demo.terrain import glitter, town, water

BOXES = ("#b5452f", "#2f6d8c", "#d6922f", "#3d7a5c", "#8a3546", "#d9d2bf", "#4a5568", "#1f4e79", "#c7632c")


def quay_at_sunset(c: Canvas) -> None:
    """Gantry cranes over a loaded ship, against the light."""
    light, level = SUNSET, 1020
    sky(c, light, level)
    sun(c, light, 1290, 850, 74)
    veils(c, light, 180, 900, 22)
    birds(c, 600, 380, 11, 17, light.shadow)
    town(c, level, mix(light.haze, light.shadow, 0.35), height=70, step=44)
    haze_band(c, light, level, 130, 0.55)
    start = c.mark_count
    _ship(c, 250, level, 1250, light.shadow)
    for x, size, near in ((1560, 640, 0.0), (250, 700, 0.1), (820, 720, 0.04)):
        _gantry(c, x, level, size, mix(light.shadow, light.haze, near))
    c.mirrored(level, 0.5, since=start)
    water(c, light, level + 4, chop=1.3, deep="#2b1740")
    glitter(c, 1290, level + 6, "#ffdf9a", width=90, count=230)
    c.bloom = 0.6


def _gantry(c: Canvas, x: float, y: float, size: float, ink: str) -> None:
    beam, top, leg = y - size * 0.62, y - size, size * 0.3
    for dx in (0, leg):
        c.poly([(x + dx - 9, y), (x + dx - 7, beam - 20), (x + dx + 9, beam - 20), (x + dx + 11, y)], ink)
    c.line([(x, y - size * 0.2), (x + leg, y - size * 0.2)], ink, 12)
    c.line([(x, y - size * 0.2), (x + leg, beam), (x, beam)], ink, 5)
    c.poly(
        [
            (x - size * 0.62, beam - 8),
            (x + size * 0.52, beam - 22),
            (x + size * 0.52, beam + 4),
            (x - size * 0.62, beam + 8),
        ],
        ink,
    )
    c.line([(x, beam), (x + leg * 0.45, top), (x + leg, beam)], ink, 10)
    for reach in (-0.6, -0.32, 0.5):
        c.line([(x + leg * 0.45, top), (x + reach * size, beam - 8)], ink, 3.5)
    for index in range(18):
        a = x - size * 0.62 + index * size * 0.063
        c.line([(a, beam + 4), (a + size * 0.03, beam - 22), (a + size * 0.063, beam + 4)], ink, 2.5)
    trolley = x - size * 0.38
    c.rect(trolley - 20, beam + 4, 40, 18, ink)
    c.line(
        [
            (trolley - 12, beam),
            (trolley - 12, y - size * 0.34),
            (trolley + 12, y - size * 0.34),
            (trolley + 12, beam),
        ],
        ink,
        2,
    )
    c.rect(trolley - 34, y - size * 0.34, 68, 30, mix(ink, "#e2604a", 0.35))
    c.circle(x + leg * 0.45, top, 6, "#ff6a4a")


def _ship(c: Canvas, x: float, y: float, length: float, ink: str) -> None:
    for column in range(int(length * 0.78 / 46)):
        stack = 3 + int(3.4 * abs((column * 7 % 11) / 11 - 0.2))
        for row in range(stack):
            colour = mix(c.rng.choice(BOXES), ink, 0.62)
            c.rect(x + 60 + column * 46, y - 120 - 34 * (row + 1), 44, 32, colour)
    c.poly(box(x + length * 0.86, y - 420, 96, 310), mix(ink, "#a4607a", 0.2))
    for row in range(6):
        c.rect(x + length * 0.86 + 8, y - 400 + row * 36, 80, 10, "#ffc676", opacity=0.75)
    c.rect(x + length * 0.88, y - 480, 40, 62, ink)
    hull = [(x - 20, y - 130), (x + length, y - 122), (x + length - 34, y + 6), (x + 70, y + 6)]
    c.poly(hull, c.linear(mix(ink, "#7a2b45", 0.55), ink))
    c.line([(x + 52, y - 22), (x + length - 26, y - 22)], "#e2604a", 5, opacity=0.6)


def container_wall(c: Canvas) -> None:
    """Stacked containers seen square on, filling the frame."""
    c.rect(0, 0, c.width, c.height, "#20242c")
    for row in range(6):
        for column in range(3):
            offset = c.rng.uniform(-12, 12)
            _container(
                c, -330 + column * 930 + (row % 2) * 110 + offset, -40 + row * 268, c.rng.choice(BOXES)
            )
    light = c.linear(("#ffe9b8", 0.4), ("#ffe9b8", 0), ("#0b1020", 0.5), across=True)
    c.poly([(0, 0), (c.width, 0), (c.width, c.height), (0, c.height)], light)
    c.poly([(1250, 0), (2000, 0), (2000, 1500), (1750, 1500)], "#0b1228", opacity=0.34)


def _container(c: Canvas, x: float, y: float, colour: str) -> None:
    c.rect(x, y, 916, 258, shade(colour, -0.35))
    for index in range(44):
        rib = x + 14 + index * 20.2
        c.rect(rib, y + 18, 11, 222, c.linear(shade(colour, 0.22), colour, shade(colour, -0.12)))
        c.rect(rib + 11, y + 18, 4, 222, shade(colour, -0.5))
    c.rect(x, y, 916, 15, c.linear(shade(colour, 0.3), shade(colour, -0.1)))
    c.rect(x, y + 243, 916, 15, shade(colour, -0.55))
    for cx in (x, x + 886):
        c.rect(cx, y, 30, 258, c.linear(shade(colour, 0.15), shade(colour, -0.3), across=True))
        for cy in (y + 4, y + 234):
            c.rect(cx + 3, cy, 24, 20, shade(colour, -0.6), rx=4)
    c.texture(box(x, y, 916, 258), "plaster", 0.34, (0.8, 2.6))
    for _ in range(c.rng.randrange(5, 12)):
        rx, length = x + c.rng.uniform(20, 890), c.rng.uniform(40, 190)
        c.rect(rx, y + 20, c.rng.uniform(3, 11), length, c.linear(("#5a2a14", 0.7), ("#5a2a14", 0)))
