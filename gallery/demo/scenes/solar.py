"""A solar park and the country round it."""

from math import cos, sin, tau

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, Point
from gallery.demo.colour import mix, shade
from gallery.demo.light import GOLD, MORNING, NIGHT, NOON, SUNSET, Light
from gallery.demo.sky import cumulus, milky_way, moon, rays, sky, stars, sun, veils
from gallery.demo.terrain import grass, ground, ridge


def rows_at_evening(c: Canvas) -> None:
    """Rows of panels that run to low hills, the sun behind them."""
    light = GOLD
    camera = Camera(760, 640, 1200, 4.2, haze=light.haze, reach_m=130)
    sky(c, light, 640)
    sun(c, light, 1420, 470, 58)
    veils(c, light, 100, 560, 14)
    ridge(c, 650, 120, mix("#8a6a72", light.haze, 0.45), foot=light.haze)
    ridge(c, 660, 60, mix("#7a6a4c", light.haze, 0.25), foot="#c9a45e")
    ground(c, 648, "#d9b06a", "#6e5a2e")
    for index in range(22, -1, -1):
        _panel_row(c, camera, 7.5 + index * 6.5, light)
    grass(c, 1330, 1560, ("#8a7434", "#c9a85a", "#5c5226", "#e2c87c"), count=700, height=120)
    rays(c, 1420, 470, 1900, "#ffe8a8", 0.13)
    c.focus = (0.56, 0.62)


def _panel_row(c: Canvas, camera: Camera, z: float, light: Light) -> None:
    reach = min(120.0, 12 + z * 1.1)
    camera.face(
        c,
        [(-reach, 0, z - 1), (reach, 0, z - 1), (reach, 0, z + 1.4), (-reach, 0, z + 1.4)],
        "#4a3a24",
        opacity=0.5,
    )
    step = 2.2 if z < 60 else 8.8
    x = -reach
    while x < reach:
        for post in ((x, 0.0, z + 1.2), (x, 0.0, z + 0.4)) if z < 45 else ():
            c.line([camera.see(*post), camera.see(post[0], 1.5, post[2])], camera.far("#5d5a58", z), 30 / z)
        corners = [
            (x + 0.05, 0.7, z),
            (x + step - 0.05, 0.7, z),
            (x + step - 0.05, 2.5, z + 1.6),
            (x + 0.05, 2.5, z + 1.6),
        ]
        glare = max(0.0, 1 - abs(camera.see(x, 1, z)[0] - 1380) / 560)
        blue = mix("#1d3358", "#f3b768", glare * 0.5)
        points = camera.face(c, corners, camera.far(mix(blue, "#2c4a7c", c.rng.random() * 0.35), z))
        if z < 60:
            c.poly(points, "none", stroke=camera.far("#d8d2c2", z), stroke_width=max(0.6, 16 / z))
            if z < 30:
                for t in (0.25, 0.5, 0.75):
                    c.line(
                        [_between(points[0], points[3], t), _between(points[1], points[2], t)],
                        "#7d8ca4",
                        7 / z,
                    )
                c.line(
                    [_between(points[0], points[1], 0.5), _between(points[3], points[2], 0.5)],
                    "#7d8ca4",
                    7 / z,
                )
        x += step


def _between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


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


def broken_panel(c: Canvas) -> None:
    """One panel close up, its glass struck, clouds mirrored in the cells."""
    c.rect(0, 0, c.width, c.height, c.linear("#0f2547", "#1e4880", "#12284c"))
    with c.group(transform="skewY(-7) translate(0 110)"):
        for row in range(-1, 6):
            for column in range(-1, 7):
                x, y = column * 312 + 30, row * 312
                blue = mix("#173a6c", "#0d2145", c.rng.random())
                c.rect(x, y, 300, 300, c.linear(shade(blue, 0.14), blue, shade(blue, -0.2)), rx=34)
                for finger in range(30):
                    c.rect(x, y + 5 + finger * 10, 300, 1.3, "#8fb0d8", opacity=0.35)
                for bar in (70, 150, 230):
                    c.rect(x + bar, y - 8, 8, 316, c.linear("#e8eef2", "#93a5b4"))
    for x, y, rx, ry in (
        (500, 300, 620, 150),
        (1500, 560, 700, 190),
        (700, 1050, 560, 120),
        (1750, 1200, 400, 100),
    ):
        c.oval(x, y, rx, ry, c.radial("#eaf4ff", 0.62))
    centre = (1180, 700)
    for index in range(30):
        angle, reach, points = tau * index / 30 + c.rng.uniform(-0.1, 0.1), 26.0, [centre]
        while reach < c.rng.uniform(300, 900):
            angle += c.rng.gauss(0, 0.09)
            points.append((centre[0] + cos(angle) * reach, centre[1] + sin(angle) * reach))
            reach *= 1.3
        c.line(points, "#f4fbff", c.rng.uniform(1.2, 3.6), opacity=0.85)
        c.line([(x + 3, y + 4) for x, y in points], "#050d1e", 2, opacity=0.6)
    for radius in (46, 92, 160, 250):
        ring = [
            (
                centre[0] + cos(a / 17 * tau) * radius * c.rng.uniform(0.85, 1.15),
                centre[1] + sin(a / 17 * tau) * radius * c.rng.uniform(0.85, 1.15),
            )
            for a in range(18)
        ]
        c.line(ring, "#eaf6ff", 1.8, opacity=0.75)
    c.circle(*centre, 30, c.radial("#ffffff", 1))
    c.focus = (0.47, 0.75)


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


def cable_trench(c: Canvas) -> None:
    """An open trench with red conduit, spoil beside it; a small digger further on."""
    light = MORNING
    camera = Camera(1180, 560, 1100, 2.1, yaw_deg=0, haze=light.haze, reach_m=90)
    sky(c, light, 570)
    cumulus(c, light, 420, 470, 420)
    ridge(c, 575, 60, mix("#6f8a64", light.haze, 0.4), foot="#b8a468")
    ground(c, 565, "#c9aa6c", "#8a5f38", strength=0.6)
    camera.face(c, [(-2.6, 0, 1.4), (-0.4, 0, 1.4), (-0.4, 0, 60), (-2.6, 0, 60)], "#3a2416")
    wall = camera.face(c, [(-2.6, 0, 1.4), (-2.2, -1.3, 1.4), (-2.2, -1.3, 60), (-2.6, 0, 60)], "#6a4527")
    c.texture(wall, "plaster", 0.9)
    other = camera.face(c, [(-0.4, 0, 1.4), (-0.8, -1.3, 1.4), (-0.8, -1.3, 60), (-0.4, 0, 60)], "#9a6a3c")
    c.texture(other, "plaster", 0.7)
    for x, tint in ((-1.9, "#c93a28"), (-1.55, "#d9472f"), (-1.2, "#2a2a2e")):
        pipe = [(x, -1.1, 1.5), (x + 0.25, -1.1, 1.5), (x + 0.25, -1.1, 55), (x, -1.1, 55)]
        camera.face(c, pipe, c.linear(shade(tint, 0.25), tint, shade(tint, -0.5), across=True))
    for index in range(900):
        z = 2 + (1 - index / 900) ** 2 * 46
        x, y = 1.3 + c.rng.gauss(0, 0.55), abs(c.rng.gauss(0, 0.32))
        px, py = camera.see(x, y, z)
        tone = camera.far(c.rng.choice(("#7a4f2c", "#a0703f", "#5a3a22", "#b98a55")), z)
        size = c.rng.uniform(20, 95) / z
        c.poly(
            [
                (px - size, py + size * 0.5),
                (px - size * 0.3, py - size * 0.6),
                (px + size * 0.7, py - size * 0.3),
                (px + size, py + size * 0.5),
            ],
            tone,
        )
    digger(c, 1210, 640, 0.34)
    c.focus = (0.62, 0.6)


def digger(c: Canvas, x: float, y: float, size: float, *, paint: str = "#e8a21c") -> None:
    """An excavator, its tracks standing on `y`; about 1000 units wide at size 1."""
    with c.group(transform=f"translate({x} {y}) scale({size})"):
        c.shadow(0, 10, 620, 60, 0.8)
        c.rect(-330, -130, 620, 130, "#23242a", rx=65)
        for index in range(7):
            c.circle(-262 + index * 81, -65, 42, "#4a4b52")
            c.circle(-262 + index * 81, -65, 16, "#17181d")
        c.rect(-330, -130, 620, 22, "#4b4b50", rx=11)
        c.path(
            "M-360,-160L-350,-330Q-340,-380 -280,-385L40,-390L60,-160Z",
            c.linear(shade(paint, 0.3), paint, shade(paint, -0.35)),
        )
        c.texture([(-360, -160), (-340, -385), (40, -390), (60, -160)], "plaster", 0.35)
        for index in range(5):
            c.rect(-320, -350 + index * 26, 130, 12, shade(paint, -0.55))
        c.path(
            "M20,-160L20,-520Q24,-560 70,-560L200,-560Q240,-560 250,-520L290,-160Z",
            c.linear(shade(paint, 0.2), shade(paint, -0.25)),
        )
        c.path("M48,-290L52,-530L190,-530L228,-290Z", c.linear("#a8cdd6", "#3c5a68"))
        c.poly([(80, -530), (120, -530), (84, -290), (52, -290)], "#f2fbff", opacity=0.4)
        c.stroke("M180,-230L420,-720L800,-560", shade(paint, -0.35), 78)
        c.stroke("M176,-238L416,-728L796,-568", paint, 56)
        c.stroke("M800,-560L900,-180", shade(paint, -0.1), 44)
        c.stroke("M250,-300L420,-560", "#3a3b42", 26)
        c.stroke("M250,-300L350,-450", "#d6d9dc", 14)
        c.stroke("M520,-700L800,-600", "#3a3b42", 20)
        c.path(
            "M850,-210L960,-200L950,-70Q900,10 790,-30L770,-70Q850,-80 850,-210Z",
            c.linear("#55565e", "#26272d"),
        )
        for tooth in range(4):
            c.poly([(775 + tooth * 20, -50), (765 + tooth * 20, -8), (795 + tooth * 20, -40)], "#c9c4b4")
