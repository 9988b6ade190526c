"""Doors and lanes of doors."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas
from gallery.demo.colour import shade
from gallery.demo.lettering import centred
from gallery.demo.light import NOON
from gallery.demo.sky import sky


def door(c: Canvas) -> None:
    """House number 12: a blue door with its lamp, step and flower pots."""
    c.rect(0, 0, c.width, c.height, c.linear("#f0c9a0", "#e0a878", "#c08458"))
    c.texture(c.everything(), "plaster", 0.6, (2, 2))
    for row in range(4):
        for x in (620, 1290):
            c.rect(
                x - (row % 2) * 26, 1180 - row * 250, 90 + (row % 2) * 26, 120, c.linear("#fff0d4", "#d8c2a0")
            )
    c.path("M700,1330V560Q1000,170 1300,560V1330Z", c.linear("#fff3da", "#d9c3a0"))
    c.path("M760,1330V590Q1000,280 1240,590V1330Z", "#14283a")
    c.path("M772,560Q1000,300 1228,560Z", c.linear("#ffe3a0", "#f0b45c"))
    for x in (860, 1000, 1140):
        c.line([(1000, 580), (x + (x - 1000) * 0.5, 400)], "#14283a", 9)
    for left in (776, 1006):
        c.rect(left, 596, 220, 734, c.linear("#3f7fae", "#2a6492", "#1d4a72"))
        for y, tall in ((636, 190), (862, 190), (1088, 200)):
            c.rect(left + 32, y, 156, tall, "#163a5a")
            c.rect(left + 40, y + 9, 148, tall - 9, c.linear("#5590b8", "#2f6c9a"))
            c.rect(left + 56, y + 26, 116, tall - 44, c.linear("#2a6492", "#3f7fae"))
    c.circle(976, 960, 15, c.linear("#fff0b0", "#b8862c"))
    c.rect(940, 800, 120, 20, "#b8862c", rx=9)
    c.rect(1388, 660, 190, 150, c.linear("#24548a", "#173a66"), rx=12, stroke="#f4ead2", stroke_width=9)
    centred(c, "12", 1483, 696, 80, "#fff6e0", weight=0.2)
    c.rect(440, 690, 26, 130, "#1d2226")
    c.poly(
        [(392, 560), (514, 560), (490, 700), (416, 700)],
        c.linear("#fff0b8", "#ffd070"),
        stroke="#1d2226",
        stroke_width=9,
    )
    c.poly([(380, 562), (453, 490), (526, 562)], "#1d2226")
    c.glow(453, 630, 330, "#ffdf94", 0.75)
    c.rect(0, 1400, c.width, 100, c.linear("#8a7a70", "#5c5050"))
    c.rect(640, 1330, 720, 80, c.linear("#f2e6d0", "#b0a08c"))
    for x, bloom in ((500, "#d8392c"), (1500, "#e86a9a")):
        _pot(c, x, bloom)
    c.poly([(0, 0), (520, 0), (0, 900)], "#3a1c30", opacity=0.22)


def _pot(c: Canvas, x: float, bloom: str) -> None:
    c.shadow(x + 20, 1420, 140, 26, 0.7)
    for _ in range(70):
        c.oval(
            x + c.rng.gauss(0, 52),
            1210 + c.rng.gauss(0, 46),
            26,
            12,
            c.rng.choice(("#3f7a45", "#5c9a52", "#2c5a38")),
        )
    for _ in range(26):
        px, py = x + c.rng.gauss(0, 54), 1190 + c.rng.gauss(0, 46)
        c.circle(px, py, 17, bloom)
        c.circle(px - 4, py - 4, 7, shade(bloom, 0.5))
    c.poly(
        [(x - 92, 1270), (x + 92, 1270), (x + 66, 1425), (x - 66, 1425)],
        c.linear("#e8915c", "#c0643a", "#7a3a24", across=True),
    )
    c.rect(x - 100, 1255, 200, 36, c.linear("#f0a06c", "#b85f38"))


def blue_lane(c: Canvas) -> None:
    """A lane of whitewashed houses with painted plinths, bougainvillea over a wall; drawn upright."""
    camera = Camera(820, 1120, 1250, 1.6, haze="#fff6e2", reach_m=120)
    sky(c, NOON, 1130)
    lane = camera.face(
        c, [(-2, 0, 1), (2, 0, 1), (2, 0, 200), (-2, 0, 200)], c.linear("#e8d8b8", "#c4ae8a", "#93805f")
    )
    c.texture(lane, "speckle", 1, (2.5, 1))
    for side, plaster, band in ((-1, "#b9c6dc", "#2f6fb8"), (1, "#fffaf0", "#e8b030")):
        x, z = side * 2.1, 34.0
        for index, (deep, tall) in enumerate(((12, 5.2), (8, 4.4), (6, 6.2), (4, 4.8), (3, 5.6))):
            z -= deep
            wall = camera.face(
                c,
                [(x, 0, z), (x, tall, z), (x, tall, z + deep), (x, 0, z + deep)],
                shade(plaster, -0.05 * (index % 2)),
            )
            c.texture(wall, "plaster", 0.35)
            camera.face(c, [(x, 0, z), (x, 0.75, z), (x, 0.75, z + deep), (x, 0, z + deep)], band)
            camera.face(
                c,
                [(x, tall, z), (x, tall + 0.3, z), (x, tall + 0.3, z + deep), (x, tall, z + deep)],
                "#c9713f",
            )
            a, b = z + deep * 0.3, z + deep * 0.52
            camera.face(
                c,
                [(x, 0, a), (x, 2.2, a), (x, 2.2, b), (x, 0, b)],
                ("#1f5f9c", "#2f7a5c", "#8a3a2c")[index % 3],
            )
            a, b = z + deep * 0.68, z + deep * 0.85
            camera.face(c, [(x, 1.3, a), (x, 2.5, a), (x, 2.5, b), (x, 1.3, b)], "#33475c")
    camera.face(c, [(-2, 0.01, 1), (0.7, 0.01, 1), (0.7, 0.01, 60), (-2, 0.01, 60)], "#3a3f66", opacity=0.32)
    for _ in range(420):
        t = c.rng.random() ** 0.7
        x, y = 1500 - t * 520 + c.rng.gauss(0, 70), 420 + t * 150 + c.rng.gauss(0, 90) + (1 - t) * 130
        c.circle(
            x,
            y,
            c.rng.uniform(9, 24),
            c.rng.choice(("#c22f7a", "#e0559a", "#8f1f5c", "#d84088", "#3f6b34", "#5a8a44")),
            opacity=0.92,
        )
    c.focus = (0.6, 0.8)
