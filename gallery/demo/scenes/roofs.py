"""Roofs: in snow, from above, close enough to count the shingles."""

from math import cos, pi, sin, tau

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import AUTUMN, DAWN, GOLD, SNOW
from gallery.demo.sky import birds, cumulus, haze_band, rays, sky, sun, veils
from gallery.demo.terrain import ridge, snow_fall, town

BRICK = ("#8f4a3c", "#7a5a4c", "#a8654c", "#6f4038", "#b88a6a", "#5d5560", "#94413a")


def winter_roofs(c: Canvas) -> None:
    """Gables under fresh snow, smoke going straight up."""
    light = SNOW
    sky(c, light, 1000)
    veils(c, light, 300, 800, 8)
    ridge(c, 640, 240, mix("#7f8fae", light.haze, 0.5), rough=0.4, foot=light.haze)
    for row in range(5):
        near, y = row / 4, 720 + row * 175
        size = 120 + row * 75
        x = -size * c.rng.uniform(0.2, 1)
        while x < c.width:
            width = size * c.rng.uniform(1.1, 1.9)
            wall = mix(c.rng.choice(BRICK), light.haze, 0.6 - near * 0.55)
            _snow_gable(c, x, y + c.rng.uniform(-0.2, 0.1) * size, width, size, wall, near)
            x += width * 0.92
        haze_band(c, light, y + 60, 90, 0.4 - near * 0.35)
    snow_fall(c)


def _snow_gable(c: Canvas, x: float, y: float, width: float, size: float, wall: str, near: float) -> None:
    snow, peak = mix("#dfe6f2", "#ffffff", near), y - size * 0.72
    c.rect(x, y - 4, width, size * 2.4, c.linear(wall, shade(wall, -0.3)))
    if width > size * 1.5:
        c.poly(
            [(x - 12, y), (x + width * 0.18, peak), (x + width * 0.82, peak), (x + width + 12, y)],
            c.linear("#ffffff", snow, "#a9b7d3"),
        )
    else:
        c.poly([(x, y), (x + width / 2, peak), (x + width, y)], shade(wall, 0.1))
        c.line([(x - 14, y + 8), (x + width / 2, peak), (x + width + 14, y + 8)], snow, size * 0.13)
        c.line(
            [(x - 12, y + 20), (x + width / 2, peak + 14), (x + width + 12, y + 20)], "#8c9cc0", size * 0.03
        )
    chimney = x + width * c.rng.uniform(0.25, 0.7)
    c.rect(
        chimney,
        peak - size * 0.28,
        size * 0.17,
        size * 0.5,
        c.linear(shade(wall, 0.15), shade(wall, -0.4), across=True),
    )
    c.rect(chimney - 4, peak - size * 0.33, size * 0.17 + 8, size * 0.07, "#ffffff", rx=6)
    for puff in range(9):
        c.circle(
            chimney + size * 0.08 + sin(puff * 0.8) * 9 + puff * 5,
            peak - size * (0.4 + puff * 0.16),
            size * (0.08 + puff * 0.025),
            c.radial("#f3efec", 0.5 - puff * 0.04),
        )
    for column in range(int(width / size * 2.2)):
        wx = x + size * 0.2 + column * size * 0.42
        lit = c.rng.random() < 0.4
        c.rect(wx, y + size * 0.2, size * 0.2, size * 0.3, "#ffca7a" if lit else "#3d4a66")
        c.rect(wx - 4, y + size * 0.5, size * 0.2 + 8, size * 0.05, "#f4f6fb")
        if lit:
            c.glow(wx + size * 0.1, y + size * 0.35, size * 0.4, "#ffb95c", 0.45)


def shingles(c: Canvas) -> None:
    """A run of asphalt shingles with a few torn, in raking light."""
    c.rect(0, 0, c.width, c.height, "#2c2a30")
    missing = {(7, 9), (7, 10), (8, 9), (11, 4)}
    for row in range(17):
        y = -60 + row * 98
        for column in range(16):
            x = -110 + column * 150 + (row % 3) * 50
            tone = c.rng.choice(("#6d5a56", "#7d665a", "#5c5258", "#8a7264", "#4f4a52", "#77605c"))
            if (row, column) in missing:
                c.rect(x, y, 148, 120, c.linear("#1b1a1e", "#3d3530"))
                c.line([(x + 12, y + 70), (x + 70, y + 52), (x + 138, y + 84)], "#b89a72", 5)
                continue
            c.rect(x, y + 14, 150, 104, "#0e0d12", opacity=0.6)
            drop = c.rng.uniform(-4, 7)
            c.poly(
                [
                    (x + 2, y),
                    (x + 147, y),
                    (x + 147, y + 100 + drop),
                    (x + 2, y + 100 + c.rng.uniform(-4, 7)),
                ],
                c.linear(shade(tone, -0.35), tone, shade(tone, 0.14)),
            )
    c.texture(c.everything(), "speckle", 0.9, (1.2, 1.2))
    c.texture(c.everything(), "speckle", 0.6, (1.6, 1.6), white=True)
    c.texture(c.everything(), "mottle", 0.4, (3, 3))
    for x, y in ((300, 420), (1640, 1180)):
        for _ in range(60):
            c.circle(
                x + c.rng.gauss(0, 70),
                y + c.rng.gauss(0, 44),
                c.rng.uniform(5, 20),
                c.rng.choice(("#6f8a4a", "#8aa05a", "#556b38")),
                opacity=0.8,
            )
    c.poly(c.everything(), c.linear(("#ffdca0", 0.42), ("#ffdca0", 0.05), ("#101830", 0.45), across=True))
    c.focus = (0.5, 0.62)


def flat_roof(c: Canvas) -> None:
    """Air handlers and pipes on a gravel roof; towers beyond."""
    light = AUTUMN
    camera = Camera(900, 640, 1150, 5, haze=light.haze, reach_m=160)
    sky(c, light, 700)
    cumulus(c, light, 420, 400, 620)
    cumulus(c, light, 1560, 300, 420)
    for row, (height, tone) in enumerate(((420, 0.62), (300, 0.4), (170, 0.2))):
        x = -40.0
        while x < c.width:
            wide, tall = c.rng.uniform(70, 170), height * c.rng.uniform(0.35, 1)
            face = mix(c.rng.choice(("#5b6f84", "#8b7a6c", "#4e5d6c", "#a0887a")), light.haze, tone)
            c.rect(x, 700 - tall, wide, tall + 20, c.linear(shade(face, 0.25), face, across=True))
            for floor in range(int(tall / 17)):
                c.rect(x + 7, 707 - tall + floor * 17, wide - 14, 6, mix("#2c3d50", light.haze, tone + 0.1))
            x += wide + c.rng.uniform(-4, 50) * (row + 1) / 2
    floor = camera.face(
        c, [(-60, 0, 3), (60, 0, 3), (60, 0, 40), (-60, 0, 40)], c.linear("#cfc5b2", "#a59a8b", "#7f776f")
    )
    c.texture(floor, "speckle", 1, (1.4, 0.7))
    camera.block(c, (-60, 0, 40), (120, 1.0, 0.5), "#b9a690")
    for x, z, w, h, d in (
        (-9, 30, 6, 3.2, 4),
        (5, 32, 8, 2.6, 4),
        (-6.5, 17, 4.6, 2.9, 3),
        (3.2, 13.5, 3.6, 2.4, 2.6),
    ):
        _air_handler(c, camera, x, z, w, h, d)
    for x in (-1.5, -1.0):
        c.line([camera.see(x, 0.35, 4), camera.see(x, 0.35, 34)], "#6d6862", 16)
        c.line([camera.see(x - 0.04, 0.4, 4), camera.see(x - 0.04, 0.4, 34)], "#e8e0d0", 5)
    c.poly(c.everything(), c.linear(("#fff0c8", 0.22), ("#fff0c8", 0), ("#2a2438", 0.22), across=True))


def _air_handler(c: Canvas, camera: Camera, x: float, z: float, w: float, h: float, d: float) -> None:
    camera.face(
        c,
        [
            (x + 0.4, 0.01, z - 0.1),
            (x + w + 2.6, 0.01, z + 0.4),
            (x + w + 2.6, 0.01, z + d),
            (x + w, 0.01, z + d),
        ],
        "#3d3640",
        opacity=0.5,
    )
    camera.block(c, (x, 0, z), (w, h, d), "#c3c8c6", 0.2)
    points = [camera.see(x, 0, z), camera.see(x + w, h, z)]
    left, right, top, bottom = points[0][0], points[1][0], points[1][1], points[0][1]
    c.rect(left, top, right - left, bottom - top, c.linear("#dfe2dd", "#a8aeac"))
    for index in range(12):
        c.rect(left + 14, top + 20 + index * (bottom - top - 40) / 12, (right - left) * 0.4, 4, "#5d666a")
    radius = (bottom - top) * 0.3
    fan(c, right - radius * 1.4, (top + bottom) / 2, radius)


def fan(c: Canvas, x: float, y: float, radius: float, *, blades: int = 7, paint: str = "#8b9499") -> None:
    """A ventilator behind its grille."""
    c.circle(x, y, radius * 1.08, c.linear("#eceeea", "#6b7378"))
    c.circle(x, y, radius, "#14181c")
    for blade in range(blades):
        a = tau * blade / blades
        hub, tip = (x + cos(a) * radius * 0.2, y + sin(a) * radius * 0.2), radius * 0.95
        c.path(
            f"M{hub[0]:.1f},{hub[1]:.1f}L{x + cos(a + 0.1) * tip:.1f},{y + sin(a + 0.1) * tip:.1f}A{tip:.1f},{tip:.1f} 0 0 1 {x + cos(a + 0.62) * tip:.1f},{y + sin(a + 0.62) * tip:.1f}Q{x + cos(a + 0.8) * radius * 0.5:.1f},{y + sin(a + 0.8) * radius * 0.5:.1f} {hub[0]:.1f},{hub[1]:.1f}Z",
            c.linear(shade(paint, 0.3 * sin(a) + 0.1), shade(paint, -0.45)),
        )
    c.circle(x, y, radius * 0.24, c.linear("#dfe3e2", "#3e464b"))
    for ring in (0.4, 0.6, 0.8, 1.0):
        c.circle(x, y, radius * ring, "none", stroke="#cfd4d4", stroke_width=f"{radius * 0.022:.1f}")
    for spoke in range(8):
        a = tau * spoke / 8 + pi / 16
        c.line([(x, y), (x + cos(a) * radius, y + sin(a) * radius)], "#cfd4d4", radius * 0.02)


def blocks_from_above(c: Canvas) -> None:
    """City blocks in autumn as a drone sees them: flat roofs, alleys, maples; drawn square."""
    c.rect(0, 0, c.width, c.height, "#5b5a5c")
    c.texture(c.everything(), "plaster", 0.5, (1.4, 1.4))
    with c.group(transform=f"rotate(21 {c.width / 2} {c.height / 2})"):
        for column in range(-1, 6):
            left = column * 440 - 160
            for y in range(-500, c.height + 500, 46):
                c.rect(left - 49, y, 5, 24, "#d8d3c4", opacity=0.8)
                if c.rng.random() < 0.55:
                    c.rect(
                        left - 86 + c.rng.choice((0, 56)),
                        y,
                        17,
                        36,
                        c.rng.choice(("#b8402e", "#dfe2e2", "#2c3f58", "#1d1f24", "#8d9499")),
                        rx=5,
                    )
            for side in (0, 1):
                _terrace_from_above(c, left + side * 205, side)
            for _ in range(46):
                x, y = left + 172 + c.rng.gauss(0, 26), c.rng.uniform(-500, c.height + 500)
                _crown_from_above(c, x, y, c.rng.uniform(20, 44))
            for y in range(-480, c.height + 500, 130):
                _crown_from_above(
                    c, left - 12 + c.rng.uniform(-8, 8), y + c.rng.uniform(-30, 30), c.rng.uniform(24, 38)
                )
    c.poly(c.everything(), c.linear(("#ffe2a8", 0.25), ("#ffe2a8", 0.0), ("#1d2038", 0.3), across=True))


def _terrace_from_above(c: Canvas, x: float, side: int) -> None:
    y = -500.0
    while y < c.height + 500:
        deep = c.rng.uniform(70, 120)
        roof = c.rng.choice(
            ("#8d8a86", "#b5aea2", "#6a686c", "#d9d5ca", "#7f4a3c", "#a59c90", "#4d4e55", "#5f7f78")
        )
        width = 140 + c.rng.uniform(-12, 12)
        left = x + (140 - width if side else 0)
        c.rect(left + 16, y + 16, width, deep, "#17161f", opacity=0.55)
        c.rect(
            left,
            y,
            width,
            deep - 3,
            c.linear(shade(roof, 0.12), shade(roof, -0.12), across=True),
            stroke=shade(roof, 0.35),
            stroke_width=4,
        )
        for _ in range(c.rng.randrange(1, 4)):
            vx, vy, size = (
                left + c.rng.uniform(15, width - 40),
                y + c.rng.uniform(10, deep - 34),
                c.rng.uniform(9, 24),
            )
            c.rect(vx + 6, vy + 6, size, size, "#17161f", opacity=0.5)
            c.rect(vx, vy, size, size, c.rng.choice(("#e4e2da", "#9fc0cc", "#55565a")))
        y += deep


def _crown_from_above(c: Canvas, x: float, y: float, radius: float) -> None:
    leaf = c.rng.choice(("#c8562c", "#d98a2e", "#b33a28", "#7f8a3c", "#e0b040", "#8f6a2c"))
    c.circle(x + radius * 0.5, y + radius * 0.5, radius, "#14141c", opacity=0.45)
    for _ in range(9):
        dx, dy = c.rng.gauss(0, 0.38) * radius, c.rng.gauss(0, 0.38) * radius
        c.circle(
            x + dx,
            y + dy,
            radius * c.rng.uniform(0.3, 0.6),
            shade(leaf, -(dx + dy) / radius * 0.3),
            opacity=0.9,
        )


def copper_domes(c: Canvas) -> None:
    """Green church domes over the roofs of a town at first light; drawn upright."""
    light = DAWN
    sky(c, light, 1650)
    veils(c, light, 300, 1300, 18)
    sun(c, light, 1130, 1130, 46)
    town(c, 1560, mix(light.haze, light.shadow, 0.25), height=180, step=70)
    haze_band(c, light, 1500, 200, 0.7)
    for x, y, size in ((420, 1500, 330), (1010, 1520, 300), (720, 1560, 560)):
        _dome(
            c,
            x,
            y,
            size,
            mix("#4f9c86", light.haze, 0.42 - size / 1600),
            mix("#8a7568", light.haze, 0.36 - size / 1900),
        )
    c.rect(0, 1540, c.width, 460, c.linear("#4d3f52", "#231f33"))
    for row in range(3):
        x = -60.0
        while x < c.width:
            w = c.rng.uniform(150, 300)
            y, tone = 1560 + row * 120 + c.rng.uniform(-30, 30), mix("#8a5a58", "#231f38", row / 2.4)
            c.poly(
                [(x, y + 70), (x + w * 0.2, y), (x + w * 0.85, y), (x + w * 1.02, y + 70)],
                c.linear(shade(tone, 0.25), tone),
            )
            c.rect(x + w * 0.6, y - 46, 34, 70, shade(tone, -0.2))
            c.rect(x, y + 70, w, 220, shade(tone, -0.3))
            for column in range(3):
                c.rect(
                    x + 24 + column * w * 0.3,
                    y + 96,
                    30,
                    44,
                    "#ffc978" if c.rng.random() < 0.35 else "#191829",
                )
            x += w
    birds(c, 380, 520, 16, 18, light.shadow)


def _dome(c: Canvas, x: float, y: float, size: float, copper: str, stone: str) -> None:
    half = size * 0.3
    c.rect(
        x - half * 1.15,
        y - size * 0.62,
        half * 2.3,
        size * 0.8,
        c.linear(shade(stone, -0.25), stone, shade(stone, 0.35), across=True),
    )
    for column in range(7):
        cx = x - half + column * half / 3
        c.rect(cx - half * 0.06, y - size * 0.56, half * 0.12, size * 0.5, shade(stone, -0.35))
    c.rect(x - half * 1.25, y - size * 0.66, half * 2.5, size * 0.05, shade(stone, 0.2))
    top = y - size * 1.28
    c.path(
        f"M{x - half * 1.1},{y - size * 0.66}Q{x - half * 1.15},{top + size * 0.1} {x},{top}Q{x + half * 1.15},{top + size * 0.1} {x + half * 1.1},{y - size * 0.66}Z",
        c.linear(shade(copper, -0.4), copper, shade(copper, 0.5), across=True),
    )
    for rib in (-0.75, -0.4, 0, 0.4, 0.75):
        c.stroke(
            f"M{x + rib * half * 1.1},{y - size * 0.66}Q{x + rib * half * 1.15},{top + size * 0.12} {x},{top}",
            shade(copper, -0.3),
            size * 0.008,
        )
    c.rect(
        x - half * 0.22,
        top - size * 0.18,
        half * 0.44,
        size * 0.2,
        c.linear(shade(stone, -0.2), shade(stone, 0.3), across=True),
    )
    c.poly(
        [(x - half * 0.26, top - size * 0.18), (x, top - size * 0.4), (x + half * 0.26, top - size * 0.18)],
        copper,
    )
    c.line([(x, top - size * 0.38), (x, top - size * 0.52)], "#e8c25a", size * 0.012)
    c.line(
        [(x - size * 0.035, top - size * 0.47), (x + size * 0.035, top - size * 0.47)],
        "#e8c25a",
        size * 0.012,
    )


def icicles(c: Canvas) -> None:
    """A gutter hung with ice against a blue wall."""
    wall = "#3f6a8a"
    c.rect(0, 0, c.width, c.height, c.linear("#2f5676", wall, "#6f97ad"))
    for index in range(15):
        y = 380 + index * 78
        c.rect(0, y, c.width, 5, "#21435e")
        c.rect(0, y + 5, c.width, 9, "#7fa3b8", opacity=0.5)
    c.texture(c.everything(), "plaster", 0.3, (6, 0.7))
    c.rect(1250, 560, 560, 940, c.linear("#f1ece0", "#cfcabd"))
    c.rect(1300, 610, 460, 890, c.linear("#1d2c3c", "#ffc87a", "#e89b4c"))
    c.rect(1520, 610, 20, 890, "#efeadf")
    c.rect(1300, 980, 460, 18, "#efeadf")
    c.glow(1530, 1200, 620, "#ffbf6c", 0.5)
    c.path(
        "M0,0H2000V210Q1700,250 1400,215T800,225T300,205T0,230Z", c.linear("#dfe8f4", "#ffffff", "#b9cbe2")
    )
    c.rect(0, 205, c.width, 110, c.linear("#8c9aa3", "#e8eef0", "#5b6972", "#3d4850"))
    for x in range(160, 2000, 420):
        c.rect(x, 195, 26, 130, c.linear("#9aa7af", "#4b5860", across=True))
    for _ in range(74):
        x, length, width = c.rng.uniform(-10, 2010), 60 + c.rng.random() ** 2.4 * 620, c.rng.uniform(10, 26)
        c.path(
            f"M{x - width:.0f},300Q{x - width * 0.3:.0f},{300 + length * 0.5:.0f} {x:.0f},{300 + length:.0f}Q{x + width * 0.4:.0f},{300 + length * 0.5:.0f} {x + width:.0f},300Z",
            c.linear(("#ffffff", 0.95), ("#cfe6f5", 0.75), ("#ffffff", 0.6)),
        )
        c.line([(x - width * 0.35, 305), (x - 1, 300 + length * 0.9)], "#ffffff", 3, opacity=0.8)
    snow_fall(c, 90)
    c.focus = (0.28, 0.7)


def zinc_roofs(c: Canvas) -> None:
    """Grey zinc, dormers and rows of chimney pots in evening sun."""
    light = GOLD
    sky(c, light, 800)
    veils(c, light, 120, 620, 14)
    tower = mix(light.haze, light.shadow, 0.4)
    c.path(
        "M1540,700Q1610,520 1626,200L1640,90L1654,200Q1670,520 1740,700L1700,700Q1640,560 1580,700Z", tower
    )
    c.rect(1592, 470, 96, 16, tower)
    town(c, 720, mix(light.haze, light.shadow, 0.25), height=70, step=50, churches=False)
    haze_band(c, light, 720, 160, 0.7)
    for row in range(4):
        near = row / 3
        y, size = 760 + row * 190, 0.42 + row * 0.26
        x = -200.0 + c.rng.uniform(0, 100)
        while x < c.width:
            width = c.rng.uniform(420, 640) * size
            _mansard(
                c,
                x,
                y + c.rng.uniform(-40, 30) * size,
                width,
                size,
                mix("#6f8296", light.haze, 0.5 * (1 - near)),
                near,
            )
            x += width
    rays(c, 120, 380, 1700, "#ffe6a0", 0.12)


def _mansard(c: Canvas, x: float, y: float, width: float, size: float, zinc: str, near: float) -> None:
    c.rect(x, y + 100 * size, width, 700, c.linear(mix("#e8cfa0", "#b89a78", near), "#8a6f5c"))
    c.poly(
        [
            (x, y + 110 * size),
            (x + 30 * size, y - 90 * size),
            (x + width - 16 * size, y - 90 * size),
            (x + width, y + 110 * size),
        ],
        c.linear(shade(zinc, 0.2), shade(zinc, -0.25)),
    )
    c.poly(
        [
            (x + 30 * size, y - 90 * size),
            (x + 90 * size, y - 140 * size),
            (x + width - 60 * size, y - 140 * size),
            (x + width - 16 * size, y - 90 * size),
        ],
        c.linear("#f5d9a2", shade(zinc, 0.3)),
    )
    for seam in range(int(width / (34 * size))):
        sx = x + 34 * size * (seam + 1)
        c.line([(sx, y - 88 * size), (sx, y + 108 * size)], shade(zinc, -0.35), 2.4 * size)
    for dormer in range(int(width / (150 * size))):
        dx = x + (58 + dormer * 150) * size
        c.poly(
            [(dx, y - 40 * size), (dx + 36 * size, y - 66 * size), (dx + 72 * size, y - 40 * size)],
            shade(zinc, 0.35),
        )
        c.rect(dx, y - 40 * size, 72 * size, 140 * size, "#efe2c6")
        c.rect(
            dx + 12 * size,
            y - 26 * size,
            48 * size,
            118 * size,
            c.linear("#ffd487" if c.rng.random() < 0.4 else "#57738c", "#26384a"),
        )
        c.rect(dx + 34 * size, y - 26 * size, 4 * size, 118 * size, "#efe2c6")
    stack = x + width - 150 * size
    c.rect(stack, y - 250 * size, 130 * size, 180 * size, c.linear("#f0cf9a", "#a07a5c", across=True))
    c.texture(box(stack, y - 250 * size, 130 * size, 180 * size), "plaster", 0.5)
    for pot in range(5):
        px = stack + (8 + pot * 24) * size
        tall = c.rng.uniform(30, 62) * size
        c.rect(px, y - 250 * size - tall, 17 * size, tall, c.linear("#e88a54", "#8a3f28", across=True))
