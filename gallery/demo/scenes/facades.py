"""Fronts of buildings, and the doors in them."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.lettering import centred
from gallery.demo.light import AUTUMN, MORNING, NOON
from gallery.demo.sky import cumulus, sky, veils
from gallery.demo.terrain import tree

STONE = "#e3cfa6"


def haussmann(c: Canvas) -> None:
    """A Paris front square on, with balconies and a mansard; drawn upright."""
    sky(c, MORNING, 700)
    cumulus(c, MORNING, 1130, 300, 520)
    c.poly([(0, 420), (1500, 420), (1500, 2000), (0, 2000)], c.linear("#f0deb6", STONE, "#c8ae86"))
    c.poly([(0, 420), (60, 130), (1440, 130), (1500, 420)], c.linear("#8fa3b6", "#4f6274"))
    for x in range(70, 1500, 44):
        c.line([(x, 130), (x - (750 - x) * 0.05, 420)], "#3f5060", 3)
    c.texture(box(0, 420, 1500, 1580), "plaster", 0.45, (1.5, 2.5))
    for row in range(30):
        c.rect(0, 460 + row * 52, 1500, 2.5, "#a88f6a", opacity=0.5)
    for column in range(5):
        x = 110 + column * 275
        _dormer(c, x, 205)
        for floor in range(4):
            _tall_window(c, x, 500 + floor * 352, balcony=floor in (0, 2))
    for y in (408, 1180):
        c.rect(0, y, 1500, 30, c.linear("#fff2d2", "#b89c74"))
        for x in range(10, 1500, 38):
            c.rect(x, y + 30, 20, 20, c.linear("#b89c74", "#d8c094"))
    for floor in (0, 2):
        _balcony(c, 40, 768 + floor * 352, 1420)
    c.poly([(0, 0), (620, 0), (0, 1150)], "#1d2440", opacity=0.24)
    tree(c, 1330, 2150, 720, "#6f8a3e", MORNING)


def _dormer(c: Canvas, x: float, y: float) -> None:
    c.path(f"M{x - 12},{y + 30}Q{x + 65},{y - 70} {x + 142},{y + 30}Z", "#cdb68e")
    c.rect(x, y + 24, 130, 185, c.linear("#f3e3c0", "#cdb68e"))
    c.rect(x + 22, y + 48, 86, 160, c.linear("#9fc0d0", "#34506a"))
    c.rect(x + 62, y + 48, 6, 160, "#f6eedd")


def _tall_window(c: Canvas, x: float, y: float, *, balcony: bool) -> None:
    c.rect(x - 34, y - 34, 198, 20, c.linear("#fff0cc", "#b2966c"))
    c.rect(x - 18, y - 14, 166, 292, c.linear("#f4e4c0", "#d0b88e", across=True))
    c.rect(x, y, 130, 276, "#2a3a4a")
    c.poly([(x, y), (x + 130, y), (x + 130, y + 70), (x, y + 190)], c.linear("#cfe3ea", "#86aabb"))
    if c.rng.random() < 0.6:
        for cx in (x, x + 92):
            c.poly(
                [
                    (cx, y),
                    (cx + 38, y),
                    (cx + (24 if cx == x else 38), y + 276),
                    (cx + (0 if cx == x else 14), y + 276),
                ],
                "#f6efe0",
                opacity=0.75,
            )
    for bar in (y + 92, y + 184):
        c.rect(x, bar, 130, 6, "#f6eedd")
    c.rect(x + 61, y, 8, 276, "#f6eedd")
    if not balcony:
        for side, at in ((-1, x - 74), (1, x + 138)):
            c.rect(at, y - 2, 66, 282, c.linear("#dfe3de", "#a7b0b2"))
            for slat in range(25):
                c.rect(at + 6, y + 6 + slat * 11, 54, 3.5, "#7d888c")
            c.rect(at + (66 if side < 0 else -8), y + 4, 8, 276, "#55412c", opacity=0.3)


def _balcony(c: Canvas, x: float, y: float, width: float) -> None:
    c.rect(x, y + 92, width, 70, c.linear(("#3a2a1c", 0.5), ("#3a2a1c", 0)))
    c.rect(x, y + 70, width, 26, c.linear("#fff2d2", "#a98d66"))
    for index in range(int(width / 22)):
        px = x + 10 + index * 22
        c.stroke(f"M{px},{y - 28}v98M{px},{y + 20}q11,-16 11,-30q0,-14 -11,-14", "#1c2228", 3)
    c.rect(x, y - 36, width, 9, "#1c2228")
    c.rect(x, y + 56, width, 6, "#1c2228")


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


def plex_stairs(c: Canvas) -> None:
    """Montréal row houses with their curved outside stairs."""
    light = AUTUMN
    sky(c, light, 420)
    x = -60.0
    for width, paint, trim in (
        (560, "#8f4436", "#f0e4cc"),
        (600, "#6f7f6a", "#f2d9a0"),
        (520, "#b5654a", "#3f5f5a"),
        (600, "#59586a", "#e8c9a0"),
    ):
        _plex(c, x, width, paint, trim)
        x += width
    c.rect(0, 1340, c.width, 160, c.linear("#b0a596", "#857a72"))
    c.texture(box(0, 1340, 2000, 160), "speckle", 0.8)
    for _ in range(220):
        c.oval(
            c.rng.uniform(0, 2000),
            c.rng.uniform(1345, 1500),
            14,
            7,
            c.rng.choice(("#d9822e", "#c8452c", "#e0b040", "#9a5a2a")),
            opacity=0.85,
        )
    tree(c, 1500, 1400, 1050, "#d8792c", light)


def _plex(c: Canvas, x: float, width: float, paint: str, trim: str) -> None:
    c.rect(x, 230, width, 1130, c.linear(shade(paint, 0.15), shade(paint, -0.15)))
    for row in range(56):
        c.rect(x, 232 + row * 20, width, 2.5, shade(paint, -0.3), opacity=0.6)
    c.texture(box(x, 230, width, 1130), "plaster", 0.6)
    c.rect(x, 190, width, 62, c.linear(trim, shade(trim, -0.3)))
    for index in range(int(width / 38)):
        c.rect(x + 8 + index * 38, 252, 16, 26, shade(trim, -0.2))
    for floor in range(3):
        y = 320 + floor * 350
        for wx, wide in ((x + 50, 150), (x + width - 190, 130)):
            c.rect(wx - 14, y - 26, wide + 28, 22, trim)
            c.rect(wx, y, wide, 220, c.linear("#b9d3da", "#3c5566"))
            c.rect(wx, y + 105, wide, 9, trim)
            c.rect(wx - 12, y + 220, wide + 24, 13, shade(trim, -0.15))
        c.rect(x + 250, y - 6, 92, 246, c.linear(shade(paint, -0.5), shade(paint, -0.35)))
    c.rect(x + 20, 915, width - 40, 18, shade(trim, -0.2))
    for index in range(int((width - 40) / 20)):
        c.rect(x + 24 + index * 20, 820, 4, 96, "#20242a")
    c.rect(x + 20, 812, width - 40, 9, "#20242a")
    foot, head = (x + width * 0.28, 1370), (x + width * 0.55, 920)
    for step in range(17):
        t = step / 16
        sx = foot[0] + (head[0] - foot[0]) * t**1.7
        sy = foot[1] + (head[1] - foot[1]) * t
        c.rect(sx - 80, sy + 8, 168, 10, "#14161c", opacity=0.5)
        c.rect(sx - 84, sy, 168, 10, shade(trim, -0.1))
        for side in (-84, 80):
            c.rect(sx + side, sy - 92, 4, 98, "#20242a")
    for side in (-82, 82):
        c.stroke(
            f"M{foot[0] + side},{foot[1] - 92}Q{foot[0] + side},{(foot[1] + head[1]) / 2 - 160} {head[0] + side},{head[1] - 92}",
            "#20242a",
            9,
        )


def curtain_wall(c: Canvas) -> None:
    """Glass towers from the pavement, clouds in their panes; drawn upright."""
    sky(c, NOON, c.height)
    for x, y, width in ((760, 560, 520), (700, 1240, 300)):
        cumulus(c, NOON, x, y, width)
    veils(c, NOON, 200, 1500, 8, "#ffffff")
    towers = (
        ([(-60, 2000), (520, 2000), (610, 180), (420, 30)], 15, 44, "#3f7f9c"),
        ([(1560, 2000), (980, 2000), (850, 380), (1110, 210)], 13, 38, "#c08a5c"),
        ([(560, 2000), (900, 2000), (770, 900), (690, 880)], 11, 36, "#5f6f8f"),
    )
    for corners, columns, rows, tint in towers:
        _glass(c, corners, columns, rows, tint)
    c.poly(
        [(1560, 0), (1560, 900), (300, 2000), (0, 2000), (900, 0)],
        c.linear(("#fff3cc", 0.28), ("#fff3cc", 0)),
    )


def _glass(c: Canvas, corners: list[tuple[float, float]], columns: int, rows: int, tint: str) -> None:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners

    def at(u: float, v: float) -> tuple[float, float]:
        v = 1 - (1 - v) ** 1.5
        return (ax + (bx - ax) * u) * (1 - v) + (dx + (cx - dx) * u) * v, (ay + (by - ay) * u) * (1 - v) + (
            dy + (cy - dy) * u
        ) * v

    c.poly([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], shade(tint, -0.55))
    for row in range(rows):
        for column in range(columns):
            u0, u1, v0, v1 = (
                (column + 0.06) / columns,
                (column + 0.94) / columns,
                (row + 0.08) / rows,
                (row + 0.92) / rows,
            )
            cloud = 0.5 + 0.5 * ((column * 0.9 + row * 0.37) % 5 - 2.5) / 2.5
            tone = mix(
                shade(tint, -0.25),
                mix("#dff0f6", tint, 0.25),
                cloud * 0.55 + c.rng.uniform(0, 0.3) + row / rows * 0.2,
            )
            c.poly(
                [at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)],
                "#ffe6a8" if c.rng.random() < 0.015 else tone,
            )


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
