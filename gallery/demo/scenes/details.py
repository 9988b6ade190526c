"""Things close up: walls, meters, machines, signs."""

from math import cos, sin, tau

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.lettering import centred, letter
from gallery.demo.light import MORNING, OVERCAST
from gallery.demo.scenes.bridges import gauge_card
from gallery.demo.scenes.roofs import fan
from gallery.demo.scenes.rooms import dial
from gallery.demo.sky import cumulus, sky
from gallery.demo.terrain import grass, ridge, tree


def cracked_brick(c: Canvas) -> None:
    """A brick wall with a stepped crack, before the repair."""
    _bricks(c, ("#a8523c", "#94452f", "#b8654a", "#7f3a2c", "#8f5a44"), "#c9bca4", rough=9)
    c.texture(c.everything(), "mottle", 0.5, (0.8, 4))
    x, y, line = 520.0, -20.0, [(520.0, -20.0)]
    while y < c.height:
        y += 92
        line.append((x + c.rng.uniform(-6, 6), y))
        x += c.rng.choice((-118, 118, 118, 0))
        line.append((x, y + c.rng.uniform(-5, 5)))
    c.line(line, "#e8d8bc", 22, opacity=0.5)
    c.line([(px - 3, py - 3) for px, py in line], "#140c0c", 15)
    gauge_card(c, 1340, 900, turn=-5)
    c.poly(c.everything(), c.linear(("#ffe0a8", 0.3), ("#ffe0a8", 0), ("#120f24", 0.42), across=True))


def repointed_brick(c: Canvas) -> None:
    """The wall after the repair, seen a step further back, with the window it carries."""
    with c.group(transform="scale(.72)"):
        _bricks(c, ("#b85f44", "#a8533a", "#c06e50", "#9a4a36"), "#efe6d4", rough=2, width=2800, height=2100)
    c.texture(c.everything(), "plaster", 0.4, (2, 2))
    c.rect(1020, 250, 640, 900, "#f4e8d0")
    for index in range(13):
        c.poly(
            [
                (1010 + index * 51, 130),
                (1056 + index * 51, 130),
                (1052 + index * 50, 256),
                (1020 + index * 50, 256),
            ],
            shade("#b85f44", c.rng.uniform(-0.2, 0.2)),
        )
    c.rect(1060, 292, 560, 816, c.linear("#6d94b0", "#b9d3da", "#3d586c"))
    c.poly([(1060, 292), (1400, 292), (1060, 860)], "#ffffff", opacity=0.25)
    for x in (1060, 1332, 1604):
        c.rect(x, 292, 16, 816, "#fffaf0")
    for y in (292, 560, 830, 1092):
        c.rect(1060, y, 560, 16, "#fffaf0")
    c.rect(980, 1150, 720, 52, c.linear("#fff3da", "#c9b898"))
    c.rect(980, 1202, 720, 60, c.linear(("#2a1418", 0.55), ("#2a1418", 0)))
    tree(c, 160, 1640, 1050, "#6f9444", MORNING)
    c.poly(
        [(0, 0), (c.width, 0), (c.width, 700), (300, 1500), (0, 1500)],
        c.linear(("#fff0c0", 0.28), ("#fff0c0", 0)),
    )


def _bricks(
    c: Canvas, tones: tuple[str, ...], mortar: str, *, rough: float, width: int = 2000, height: int = 1500
) -> None:
    c.rect(0, 0, width, height, mortar)
    for row in range(height // 92 + 1):
        for column in range(-1, width // 236 + 1):
            x, y = (
                column * 236 + (row % 2) * 118 + c.rng.uniform(-rough, rough) * 0.4,
                row * 92 + c.rng.uniform(-rough, rough) * 0.3,
            )
            tone = shade(c.rng.choice(tones), c.rng.uniform(-0.14, 0.1))
            c.rect(x + 5, y + 6, 226, 82, shade(mortar, -0.55), rx=5)
            c.rect(x, y, 226, 80, c.linear(shade(tone, 0.2), tone, shade(tone, -0.2)), rx=5)
    c.texture(box(0, 0, width, height), "plaster", 0.7, (1, 1))
    c.texture(box(0, 0, width, height), "speckle", 0.5, (1.2, 1.2), white=True)


def rebar(c: Canvas) -> None:
    """A mat of tied reinforcement over fresh formwork, running out of focus."""
    c.rect(0, 0, c.width, c.height, c.linear("#d8c49a", "#c0a070", "#8a6a44"))
    for index in range(8):
        y = 60 + index * index * 30
        c.rect(0, y, c.width, 6, "#6d4f30")
    c.texture(c.everything(), "plaster", 0.9, (5, 0.7))
    vanish = (1150, -900)
    rows = [90 + 1500 * (index / 11) ** 1.9 for index in range(12)]
    for offset, ink in ((26, "#3a2418"), (0, "")):
        for index in range(-4, 17):
            foot = -600 + index * 230
            near = [
                (foot + offset, 1560 + offset),
                (foot + (vanish[0] - foot) * 0.66 + offset * 0.3, 1560 - 2460 * 0.66),
            ]
            _bar(c, near, 30, ink)
        for index, y in enumerate(rows):
            _bar(c, [(-20, y + offset * (0.4 + index / 14)), (2020, y - 26 + offset)], 8 + index * 2.6, ink)
    for index, y in enumerate(rows[2:]):
        for column in range(-4, 17):
            foot = -600 + column * 230
            x = foot + (vanish[0] - foot) * (1560 - y) / 2460
            size = 7 + index * 1.6
            c.line([(x - size, y - size - 10), (x + size, y + size - 10)], "#d8d4c8", 3)
            c.line([(x + size, y - size - 10), (x - size, y + size - 10)], "#8a8a84", 3)
    for x, y in ((430, 1180), (1330, 820)):
        c.oval(x, y + 26, 74, 26, "#3a2418", opacity=0.5)
        c.path(
            f"M{x - 60},{y + 26}L{x - 40},{y - 50}H{x + 40}L{x + 60},{y + 26}Z",
            c.linear("#f08a3c", "#b8501c"),
        )
    c.poly(c.everything(), c.linear(("#fff0c0", 0.35), ("#fff0c0", 0), ("#1c1420", 0.3)))
    c.focus = (0.66, 0.5)


def _bar(c: Canvas, points: list[tuple[float, float]], width: float, ink: str) -> None:
    if ink:
        c.line(points, ink, width, opacity=0.4)
        return
    c.line(points, "#5c2c1c", width)
    c.line([(x, y - width * 0.16) for x, y in points], "#a85a34", width * 0.5)
    c.line([(x, y - width * 0.28) for x, y in points], "#e8a070", width * 0.12)
    c.line(
        points,
        "#4a2014",
        width * 0.9,
        stroke_dasharray=f"3 {width * 0.8:.0f}",
        stroke_linecap="butt",
        opacity=0.55,
    )


def electricity_meter(c: Canvas) -> None:
    """A digital meter in its grey cabinet, its display readable."""
    c.rect(0, 0, c.width, c.height, c.linear("#8f9c9f", "#6d7a7e", "#4a555a"))
    c.texture(c.everything(), "plaster", 0.4, (3, 1))
    c.rect(330, 60, 1340, 1380, c.linear("#2a3236", "#454f54", across=True), rx=22)
    for x in range(380, 1640, 62):
        c.line(
            [(x, 1440), (x + c.rng.uniform(-90, 90), 1180)],
            c.rng.choice(("#1c1c22", "#b8392c", "#3f6aa8", "#4a8a4a", "#d8b03c")),
            24,
        )
    c.rect(520, 190, 990, 1010, "#0a0d10", opacity=0.45, rx=60)
    c.rect(490, 150, 990, 1010, c.linear("#fbf8ee", "#e2dfd2", "#b4b3a8"), rx=60)
    c.rect(590, 270, 790, 300, "#4a5450", rx=22)
    c.rect(604, 284, 762, 272, c.linear("#b4cfa0", "#8fb07f"), rx=14)
    letter(c, "048213.7", 646, 350, 112, "#1a2a1c", weight=0.15)
    letter(c, "KWH", 1200, 508, 30, "#1a2a1c", weight=0.15)
    c.poly([(604, 284), (980, 284), (820, 556), (604, 556)], "#ffffff", opacity=0.2)
    letter(c, "230 V  5-80 A  50 HZ", 620, 640, 36, "#3a4044", weight=0.12)
    letter(c, "NO 7 110 482", 620, 710, 36, "#3a4044", weight=0.12)
    for index in range(52):
        c.rect(620 + index * 9.4, 790, c.rng.choice((2.4, 4, 6)), 110, "#20262a")
    c.circle(1260, 840, 44, c.linear("#3f7ac0", "#1f4f8a"))
    c.circle(1260, 990, 20, "#ff5a3c")
    c.glow(1260, 990, 130, "#ff6a48", 0.9)
    for x in (580, 1390):
        c.circle(x, 1080, 26, c.linear("#d8d8d2", "#7a7c7a"))
        c.line([(x - 16, 1090), (x + 16, 1070)], "#3a3c3c", 6)
    c.poly([(1180, 0), (1500, 0), (900, 1500), (560, 1500)], "#ffffff", opacity=0.1)
    c.focus = (0.33, 0.9)


def pressure_gauges(c: Canvas) -> None:
    """Three pressure gauges on a copper manifold, one in the red; drawn square."""
    c.rect(0, 0, c.width, c.height, c.linear("#24424a", "#1a2f38", "#0f1d26"))
    for x, y, radius, tone in (
        (200, 250, 260, "#3f7a7a"),
        (1500, 180, 320, "#c9823f"),
        (1620, 1300, 240, "#3f7a7a"),
    ):
        c.circle(x, y, radius, c.radial(tone, 0.55))
    for y, size in ((1330, 150), (1560, 90)):
        c.rect(-10, y - size / 2, 1820, size, c.linear("#5c2c18", "#ffc890", "#d8824a", "#8a4524", "#3a1a10"))
    for x, y, radius, value in ((430, 900, 250, 0.35), (1000, 620, 330, 0.86), (1500, 980, 210, 0.5)):
        c.rect(x - 36, y, 72, 1330 - y, c.linear("#5c3a14", "#ffdf9a", "#b8862c", "#4a2e10", across=True))
        c.rect(x - 62, y + radius * 1.02, 124, 60, c.linear("#7a521c", "#ffe6a8", "#7a521c", across=True))
        dial(c, x, y, radius, value)
    c.glow(760, 380, 360, "#fff0c8", 0.3)


def ventilator(c: Canvas) -> None:
    """The blades of a big roof ventilator; drawn square."""
    c.rect(0, 0, c.width, c.height, c.linear("#d8b48a", "#b07a54", "#70483a"))
    c.texture(c.everything(), "plaster", 0.6, (2, 4))
    for x in range(60, 1800, 180):
        c.rect(x, 0, 5, c.height, "#5c3a30", opacity=0.6)
        for y in range(90, 1800, 230):
            c.circle(x + 24, y, 11, c.linear("#f6dcb8", "#6d4636"))
    c.circle(948, 968, 810, "#20101a", opacity=0.45)
    fan(c, 900, 900, 740, blades=9, paint="#5f8a96")
    centred(c, "AIR OUT", 900, 878, 44, "#20262a", weight=0.15)
    c.poly([(0, 0), (1300, 0), (0, 1300)], "#fff0c0", opacity=0.16)


def warning_sign(c: Canvas) -> None:
    """A high-voltage sign on a mesh fence, the park blurred behind it."""
    sky(c, MORNING, 900)
    cumulus(c, MORNING, 1550, 520, 620)
    ridge(c, 900, 120, "#8fa58a", foot="#c9c08a")
    c.rect(0, 880, c.width, 620, c.linear("#c9b870", "#8f9448", "#5c6a30"))
    for row in range(4):
        y = 930 + row * row * 34
        c.poly(
            [(0, y + 60 + row * 34), (2000, y + 30 + row * 30), (2000, y - 20), (0, y)],
            c.linear("#3f6090", "#1f3760"),
        )
    for index in range(-15, 30):
        for lean in (-1, 1):
            c.line([(index * 90, 0), (index * 90 + lean * 1500, 1500)], "#d8dedd", 5)
            c.line([(index * 90 + 4, 0), (index * 90 + 4 + lean * 1500, 1500)], "#4a5658", 2)
    c.rect(0, 120, c.width, 30, c.linear("#f0f4f2", "#7a8688"))
    c.rect(542, 272, 930, 1010, "#141c20", opacity=0.35, rx=34)
    c.rect(520, 240, 930, 1010, c.linear("#ffd83c", "#f6bc14"), rx=34, stroke="#1c1c1c", stroke_width=10)
    c.path("M985,310L1290,840H680Z", "#1c1c1c", stroke="#1c1c1c", stroke_width=44, stroke_linejoin="round")
    c.path("M985,350L1250,815H720Z", "#ffd83c")
    c.path("M1030,420L905,640H975L930,790L1075,590H1000L1060,420Z", "#1c1c1c")
    centred(c, "PERIGO DE MORTE", 985, 930, 62, "#1c1c1c", weight=0.19)
    centred(c, "HIGH VOLTAGE", 985, 1060, 84, "#1c1c1c", weight=0.2)
    for x, y in ((570, 290), (1400, 290), (570, 1200), (1400, 1200)):
        c.circle(x, y, 15, c.linear("#f4f6f4", "#6d7678"))
    c.texture(box(520, 240, 930, 1010), "plaster", 0.35, (2, 2))
    c.poly([(520, 240), (1000, 240), (640, 1250), (520, 1250)], "#ffffff", opacity=0.14)


def hoarding(c: Canvas) -> None:
    """Safety notices on a painted hoarding, a lamp on top."""
    c.rect(0, 0, c.width, c.height, c.linear("#c4ccca", "#e4e0d2"))
    tree(c, 1700, 620, 760, "#7a9a5a", OVERCAST)
    for index in range(9):
        x = index * 236 - 20
        c.rect(x, 230, 232, 1130, c.linear("#2f7a6c", "#256458", "#1c4c46"))
        c.rect(x + 228, 230, 6, 1130, "#0f2e2c")
        for y in (300, 1260):
            c.circle(x + 20, y, 6, "#9cc4ba")
    c.rect(0, 196, c.width, 46, c.linear("#f0e6d0", "#a8977c"))
    c.texture(box(0, 230, 2000, 1130), "plaster", 0.6, (1, 3))
    for x, tint, lines in (
        (180, "#1f5fae", ("HELMETS", "MUST BE", "WORN")),
        (760, "#c8281e", ("NO ENTRY", "SITE", "STAFF")),
        (1340, "#f2b818", ("MIND", "THE", "STEP")),
    ):
        c.rect(x + 14, 394, 480, 760, "#0a1c1c", opacity=0.5)
        c.rect(x, 374, 480, 760, "#fbf8ee", rx=12)
        c.circle(x + 240, 590, 170, c.linear(shade(tint, 0.15), tint))
        _pictogram(c, x + 240, 590, tint)
        for row, text in enumerate(lines):
            centred(c, text, x + 240, 810 + row * 100, 62, "#20262c", weight=0.19)
        c.rect(x, 374, 480, 760, c.linear(("#ffffff", 0.3), ("#1c2a30", 0.16)), rx=12)
    c.rect(0, 1360, c.width, 140, c.linear("#8a8a88", "#5c5e62"))
    c.texture(box(0, 1360, 2000, 140), "speckle", 0.9)
    grass(c, 1365, 1385, ("#6f8a4a", "#8fa05c"), count=140, height=60)
    c.rect(1236, 120, 34, 80, "#2a2e30")
    c.circle(1253, 96, 50, c.linear("#ffd070", "#f0921c"))
    c.glow(1253, 96, 210, "#ffb84a", 0.8)


def _pictogram(c: Canvas, x: float, y: float, tint: str) -> None:
    if tint == "#1f5fae":
        c.circle(x, y + 24, 74, "#ffffff")
        c.path(
            f"M{x - 96},{y}A96,92 0 0 1 {x + 96},{y}H{x + 124}V{y + 20}H{x - 124}V{y}Z",
            "#ffffff",
            stroke=tint,
            stroke_width=7,
        )
    elif tint == "#c8281e":
        c.rect(x - 118, y - 30, 236, 60, "#ffffff")
    else:
        c.line(
            [
                (x - 96, y + 70),
                (x - 30, y + 70),
                (x - 30, y + 16),
                (x + 40, y + 16),
                (x + 40, y - 40),
                (x + 104, y - 40),
            ],
            "#20262c",
            20,
        )
        c.circle(x - 40, y - 96, 26, "#20262c")
        c.line([(x - 40, y - 66), (x - 62, y + 4), (x - 92, y + 44)], "#20262c", 22)


def waymarker(c: Canvas) -> None:
    """A finger post at a path's fork, hills behind; drawn upright."""
    sky(c, OVERCAST, 1300)
    cumulus(c, OVERCAST, 350, 620, 700)
    for index in range(4):
        tone = mix("#3f6a5c", "#c8cdcd", 0.75 - index * 0.2)
        ridge(c, 1020 + index * 120, 240 - index * 30, tone, rough=0.5, foot=mix(tone, "#c8cdcd", 0.35))
    c.path("M0,1480Q760,1400 1500,1500V2000H0Z", c.linear("#7f9a54", "#4a6434"))
    c.path("M560,2000Q700,1700 420,1470L470,1465Q830,1680 960,2000Z", c.linear("#d8c8a0", "#b09a70"))
    c.rect(722, 430, 66, 1330, c.linear("#5c4030", "#a8805a", "#3d2a20", across=True))
    c.texture(box(722, 430, 66, 1330), "plaster", 0.9, (0.6, 3))
    for y, side, text, tint in (
        (520, 1, "QUAI 1.2", "#f2e6c8"),
        (700, -1, "PHARE 4", "#f2c84a"),
        (880, 1, "GARE 0.6", "#f2e6c8"),
    ):
        near, far, tip = 755 - side * 80, 755 + side * 470, 755 + side * 560
        board = [(near, y), (far, y), (tip, y + 66), (far, y + 132), (near, y + 132)]
        c.poly([(px + 10, py + 16) for px, py in board], "#1c2420", opacity=0.4)
        c.poly(board, c.linear(shade(tint, 0.2), shade(tint, -0.2)), stroke="#3a3024", stroke_width=5)
        c.texture(board, "plaster", 0.5, (3, 0.8))
        centred(c, text, (near + far) / 2, y + 40, 56, "#2a3a34", weight=0.17)
    grass(c, 1520, 2040, ("#8fa85c", "#5c7a3c", "#b9c07a", "#3f5a30", "#f0e6b8"), count=1300, height=120)


def oil_seal(c: Canvas) -> None:
    """Gears behind an opened cover, bright with oil."""
    c.rect(0, 0, c.width, c.height, c.linear("#3a4248", "#20262b", "#12161a"))
    c.texture(c.everything(), "plaster", 0.6, (3, 3), white=True)
    for x, y, radius, teeth, tone, turn in (
        (1500, 420, 470, 34, "#7a8a92", 0.1),
        (620, 820, 560, 42, "#b8863c", 0.0),
        (1440, 1240, 330, 24, "#96a4aa", 0.05),
    ):
        _gear(c, x, y, radius, teeth, tone, turn)
    for _ in range(70):
        x, y, size = c.rng.uniform(0, 2000), c.rng.uniform(0, 1500), c.rng.uniform(4, 20)
        c.oval(x, y, size, size * 0.8, c.linear(("#ffdf9a", 0.5), ("#5c3a10", 0.5)))
        c.circle(x - size * 0.3, y - size * 0.3, size * 0.2, "#fff6dc")
    c.glow(500, 300, 800, "#ffe6b0", 0.3)
    c.focus = (0.55, 0.7)


def _gear(c: Canvas, x: float, y: float, radius: float, teeth: int, tone: str, turn: float) -> None:
    rim = []
    for index in range(teeth):
        for share, reach in ((-0.3, 0.9), (-0.2, 1), (0.2, 1), (0.3, 0.9)):
            a = turn + tau * (index + share) / teeth
            rim.append((x + cos(a) * radius * reach, y + sin(a) * radius * reach))
    c.poly([(px + 22, py + 30) for px, py in rim], "#05070a", opacity=0.6)
    c.poly([(px + 9, py + 12) for px, py in rim], shade(tone, -0.7))
    c.poly(rim, c.linear(shade(tone, 0.45), tone, shade(tone, -0.45)))
    for share, low, high in ((0.84, -0.3, 0.2), (0.8, 0.3, -0.3)):
        c.circle(x, y, radius * share, c.linear(shade(tone, high), shade(tone, low)))
    for ring in range(9):
        c.circle(
            x,
            y,
            radius * (0.34 + ring * 0.05),
            "none",
            stroke=shade(tone, 0.5),
            stroke_width=1.6,
            opacity=0.4,
        )
    for index in range(6):
        a = turn + tau * index / 6
        c.circle(
            x + cos(a) * radius * 0.54,
            y + sin(a) * radius * 0.54,
            radius * 0.15,
            c.linear("#05070a", "#2a3238"),
        )
    c.circle(x, y, radius * 0.26, c.linear(shade(tone, 0.55), shade(tone, -0.4)))
    c.circle(x, y, radius * 0.12, "#0a0d10")
