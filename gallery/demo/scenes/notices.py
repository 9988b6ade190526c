"""Signs that warn."""

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import shade
from gallery.demo.lettering import centred
from gallery.demo.light import MORNING, OVERCAST
from gallery.demo.sky import cumulus, sky
from gallery.demo.terrain import grass, ridge, tree


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
