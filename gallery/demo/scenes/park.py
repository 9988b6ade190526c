"""The solar park as a whole."""

from gallery.demo.canvas import Canvas, Point
from gallery.demo.colour import mix, shade
from gallery.demo.light import NIGHT
from gallery.demo.sky import milky_way, moon, sky, stars
from gallery.demo.terrain import ground, ridge


def from_above(c: Canvas) -> None:
    """The park as a drone sees it: blocks of panels, tracks, a pond, field edges."""
    c.rect(0, 0, c.width, c.height, "#b39a5e")
    for colour, points in (
        ("#93884a", [(0, 0), (900, 0), (700, 420), (0, 560)]),
        ("#c9b070", [(900, 0), (2000, 0), (2000, 360), (700, 420)]),
        ("#7d7c42", [(1500, 900), (2000, 760), (2000, 1500), (1350, 1500)]),
    ):
        c.poly(points, colour)
        with c.group(clip=points):
            for index in range(60):
                c.line(
                    [(-200, index * 34 - 300), (2200, index * 34 - 620)],
                    shade(colour, c.rng.choice((-0.14, 0.12))),
                    9,
                    opacity=0.5,
                )
    c.texture(c.everything(), "mottle", 0.4, (2.4, 2.4))
    with c.group(transform="rotate(-9 1000 750)"):
        for bx, by, columns, rows in (
            (60, 470, 13, 9),
            (760, 380, 17, 11),
            (120, 1010, 16, 8),
            (1060, 1040, 8, 7),
            (980, -60, 12, 6),
        ):
            for row in range(rows):
                _table_from_above(c, bx, by + row * 58, columns)
        c.stroke("M-200,940Q500,900 700,960T2300,900", "#e2d2a4", 34)
        c.stroke("M-200,940Q500,900 700,960T2300,900", "#c9b585", 12)
        c.stroke("M700,-200L716,1800", "#dccb9c", 26)
    c.path(
        "M1620,1130q160,-90 250,30t-60,190q-150,60 -230,-50t40,-170",
        c.linear("#4d8a8c", "#274f5e"),
        stroke="#d8cc9c",
        stroke_width=14,
    )
    for _ in range(70):
        x, y, radius = (
            c.rng.uniform(0, 2000),
            c.rng.choice((c.rng.uniform(0, 300), c.rng.uniform(1000, 1500))),
            c.rng.uniform(10, 26),
        )
        if x < 640 and y > 700:
            continue
        c.circle(x + radius * 0.7, y + radius * 0.7, radius, "#2d2a1c", opacity=0.45)
        c.circle(x, y, radius, c.radial("#6d8a48", 1) if radius < 12 else "#4d6a34")
        c.circle(x - radius * 0.25, y - radius * 0.25, radius * 0.55, "#86a058", opacity=0.7)
    c.texture(c.everything(), "speckle", 0.25, (1.4, 1.4))


def _table_from_above(c: Canvas, x: float, y: float, columns: int) -> None:
    c.rect(x + 9, y + 16, columns * 37, 34, "#3c3220", opacity=0.55)
    for column in range(columns):
        blue = mix("#1c3560", "#4f7fb8", c.rng.random() ** 3)
        c.rect(x + column * 37, y, 35.5, 36, c.linear(shade(blue, 0.2), blue))
        c.rect(x + column * 37, y + 17.5, 35.5, 1.4, "#9db4cc")
        c.rect(x + column * 37 + 17, y, 1.4, 36, "#9db4cc", opacity=0.7)


def night_over_panels(c: Canvas) -> None:
    """The Milky Way over a fixed row, seen from below its edge; drawn upright."""
    light, level = NIGHT, 1420
    sky(c, light, level)
    milky_way(c, 1200)
    stars(c, level, 700)
    c.rect(0, 1000, c.width, 430, c.linear(("#d98a4a", 0), ("#e8a05c", 0.5)))
    ridge(c, level, 90, "#0b1226", foot="#05080f")
    ground(c, 1450, "#0a0f1c", "#04060c", strength=0.3)
    for index in range(4, -1, -1):
        y, size = 1460 + (4 - index) ** 1.6 * 44, 0.24 + (4 - index) * 0.19
        lean = [
            (-80, y + 190 * size),
            (c.width + 260, y + 90 * size),
            (c.width + 420, y - 150 * size),
            (60, y - 120 * size),
        ]
        c.poly(lean, c.linear("#23406e", "#0c1730"), stroke="#6b83ac", stroke_width=3)
        for t in range(1, 12):
            c.line(
                [_between(lean[0], lean[1], t / 12), _between(lean[3], lean[2], t / 12)],
                "#5c749e",
                2.4,
                opacity=0.7,
            )
        c.line([_between(lean[0], lean[3], 0.5), _between(lean[1], lean[2], 0.5)], "#5c749e", 2, opacity=0.7)
    moon(c, 1160, 330, 34)
    c.glow(430, 1440, 120, "#ffcf8a", 0.9)
    c.grain = 9


def _between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share
