"""Scaffolding and cranes."""

from gallery.demo.canvas import Canvas
from gallery.demo.colour import shade
from gallery.demo.light import EMBER
from gallery.demo.sky import sky, sun, veils
from gallery.demo.terrain import town


def scaffolded(c: Canvas) -> None:
    """Tubes, boards and green netting before a plaster front."""
    c.rect(0, 0, c.width, c.height, c.linear("#e9d9b8", "#d8bd92", "#b08f68"))
    c.texture(c.everything(), "plaster", 0.6, (2, 2))
    for floor in range(3):
        for column in range(4):
            x, y = 170 + column * 480, 60 + floor * 500
            c.rect(x - 20, y - 20, 250, 360, "#f2e6cc")
            c.rect(x, y, 210, 320, c.linear("#7d9cb0", "#2b3d50"))
            c.rect(x + 99, y, 12, 320, "#efe6d4")
            c.rect(x, y + 110, 210, 10, "#efe6d4")
    with c.group(transform="translate(46 34)", opacity=0.4):
        _tubes(c, "#4a3526", "#4a3526")
    _tubes(c, "#aab4ba", "#c08a4a")
    net = [(1180, -10), (2010, -10), (2010, 960), (1830, 990), (1500, 940), (1190, 985)]
    c.poly(net, c.linear(("#3f8a66", 0.72), ("#2b6a4e", 0.82), ("#1f4f3c", 0.75)))
    with c.group(clip=net):
        for index in range(90):
            c.line(
                [(1150 + index * 10, -20), (1150 + index * 10 + c.rng.uniform(-6, 6), 1010)],
                "#8fd0a8",
                1.5,
                opacity=0.35,
            )
        for index in range(12):
            x = 1180 + index * 76
            c.poly(
                [(x, 0), (x + 30, 0), (x + 44, 1000), (x + 8, 1000)],
                "#d6ffe2" if index % 2 else "#0e2f22",
                opacity=0.12,
            )
    c.poly(c.everything(), c.linear(("#fff0c8", 0.3), ("#fff0c8", 0), ("#1c2038", 0.3), across=True))


def _tubes(c: Canvas, steel: str, board: str) -> None:
    for level in (-70, 430, 930, 1430):
        c.rect(-80, level - 26, 2200, 34, c.linear(shade(board, 0.3), board, shade(board, -0.4)))
        for x in range(-60, 2100, 260):
            c.rect(x, level - 26, 5, 34, shade(board, -0.6))
        for y in (level - 240, level - 130):
            c.rect(-80, y, 2200, 17, c.linear(shade(steel, 0.5), steel, shade(steel, -0.6)))
    for x in (60, 540, 1020, 1500, 1960):
        c.rect(
            x,
            -60,
            26,
            1700,
            c.linear(shade(steel, -0.4), shade(steel, 0.55), shade(steel, -0.6), across=True),
        )
        for level in (-70, 430, 930, 1430):
            for y in (level - 240, level - 130, level):
                c.rect(
                    x - 10,
                    y - 8,
                    46,
                    34,
                    c.linear("#8a6a4a" if board != steel else steel, "#4a3a30" if board != steel else steel),
                    rx=6,
                )
    for x, y in ((60, 430), (1020, 930)):
        c.line([(x + 13, y), (x + 493, y + 500)], steel, 17)
    c.line([(700, 1440), (930, 925)], board, 15)
    c.line([(770, 1440), (1000, 925)], board, 15)
    for step in range(12):
        c.line([(715 + step * 19, 1405 - step * 42), (785 + step * 19, 1405 - step * 42)], board, 10)


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
