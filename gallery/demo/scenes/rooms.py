"""Rooms, passages and what stands in them."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import shade
from gallery.demo.lettering import centred, letter
from gallery.demo.sky import rays


def classroom(c: Canvas) -> None:
    """Rows of desks in the light of tall windows, a sum on the blackboard."""
    camera = Camera(980, 620, 1050, 1.6, haze="#f6e6c0", reach_m=60)
    c.rect(0, 0, c.width, c.height, "#d8c49c")
    camera.face(c, [(-4, 0, 9), (4.5, 0, 9), (4.5, 3.6, 9), (-4, 3.6, 9)], c.linear("#f0e2bc", "#d9c493"))
    camera.face(c, [(-4, 3.6, 1), (4.5, 3.6, 1), (4.5, 3.6, 9), (-4, 3.6, 9)], "#f2ead6")
    camera.face(c, [(-4, 0, 1), (-4, 3.6, 1), (-4, 3.6, 9), (-4, 0, 9)], "#d8c290")
    camera.face(
        c,
        [(4.5, 0, 1), (4.5, 3.6, 1), (4.5, 3.6, 9), (4.5, 0, 9)],
        c.linear("#a8906a", "#c4ac80", across=True),
    )
    floor = camera.face(
        c, [(-4, 0, 1), (4.5, 0, 1), (4.5, 0, 9), (-4, 0, 9)], c.linear("#b9824a", "#8a5a30", "#5c3a20")
    )
    c.texture(floor, "mottle", 0.5, (4, 0.3))
    for x in range(-8, 10):
        c.line([camera.see(x / 2, 0, 1), camera.see(x / 2, 0, 9)], "#5c3a20", 2.5, opacity=0.6)
    for z in (2.4, 4.5, 6.6):
        camera.face(c, [(-4, 0.9, z), (-4, 3.2, z), (-4, 3.2, z + 1.5), (-4, 0.9, z + 1.5)], "#fffbe6")
        for bar in (0.5, 1.0):
            c.line([camera.see(-4, 0.9, z + bar), camera.see(-4, 3.2, z + bar)], "#a98a5c", 34 / z)
        c.line([camera.see(-4, 2.2, z), camera.see(-4, 2.2, z + 1.5)], "#a98a5c", 40 / z)
        camera.face(
            c,
            [(-2.6, 0.01, z - 0.4), (1.8, 0.01, z - 1.1), (2.4, 0.01, z + 0.2), (-2.2, 0.01, z + 0.8)],
            "#ffe9b0",
            opacity=0.5,
        )
        c.glow(*camera.see(-4, 2, z + 0.7), 1500 / z, "#fff3cc", 0.65)
    camera.face(c, [(-2.3, 1.0, 8.95), (2.9, 1.0, 8.95), (2.9, 2.6, 8.95), (-2.3, 2.6, 8.95)], "#9a6a3c")
    camera.face(
        c,
        [(-2.2, 1.1, 8.9), (2.8, 1.1, 8.9), (2.8, 2.5, 8.9), (-2.2, 2.5, 8.9)],
        c.linear("#2f4f44", "#1f3a34"),
    )
    x, y = camera.see(-1.9, 2.35, 8.9)
    letter(c, "7 : 12 - 84", x, y + 14, 40, "#e8f0e4", weight=0.1)
    letter(c, "LA COUR", x + 290, y + 92, 30, "#f6e2a0", weight=0.1)
    for z in (6.9, 5.5, 4.1, 2.75):
        for dx in (-2.4, -0.4, 1.6):
            _desk(c, camera, dx, z)
    rays(c, -100, 140, 2000, "#fff0c0", 0.12, 16)


def _desk(c: Canvas, camera: Camera, x: float, z: float) -> None:
    c.shadow(*camera.see(x + 0.8, 0, z), 900 / z, 110 / z, 0.6)
    for leg in (x + 0.05, x + 1.1):
        camera.face(c, [(leg, 0, z), (leg + 0.06, 0, z), (leg + 0.06, 0.7, z), (leg, 0.7, z)], "#3f5a55")
    camera.face(
        c,
        [
            (x + 0.3, 0.42, z - 0.5),
            (x + 0.9, 0.42, z - 0.5),
            (x + 0.9, 0.42, z - 0.1),
            (x + 0.3, 0.42, z - 0.1),
        ],
        "#c9864a",
    )
    camera.face(
        c,
        [
            (x + 0.3, 0.5, z - 0.5),
            (x + 0.9, 0.5, z - 0.5),
            (x + 0.9, 0.82, z - 0.5),
            (x + 0.3, 0.82, z - 0.5),
        ],
        "#a9683a",
    )
    camera.face(
        c, [(x, 0.72, z), (x + 1.2, 0.72, z), (x + 1.2, 0.72, z + 0.6), (x, 0.72, z + 0.6)], "#eab872"
    )
    camera.face(c, [(x, 0.64, z), (x + 1.2, 0.64, z), (x + 1.2, 0.72, z), (x, 0.72, z)], "#9a6434")
    if c.rng.random() < 0.6:
        tone = c.rng.choice(("#d8493c", "#3f7fae", "#f6f0e0"))
        camera.face(
            c,
            [
                (x + 0.3, 0.73, z + 0.1),
                (x + 0.65, 0.73, z + 0.14),
                (x + 0.63, 0.73, z + 0.45),
                (x + 0.28, 0.73, z + 0.4),
            ],
            tone,
        )


def corridor(c: Canvas) -> None:
    """A long passage, doors down both sides, a bright end; drawn upright."""
    camera = Camera(750, 900, 1150, 1.55, haze="#fff6da", reach_m=40)
    c.rect(0, 0, c.width, c.height, "#fff4d4")
    for side, tone in ((-1, "#8fb0a8"), (1, "#7a9c98")):
        x = side * 1.6
        camera.face(
            c,
            [(x, 1.2, 0.6), (x, 3, 0.6), (x, 3, 60), (x, 1.2, 60)],
            c.linear("#e6ddc2", "#fff4d4", across=side < 0)
            if side < 0
            else c.linear("#fff4d4", "#cfc4a8", across=True),
        )
        camera.face(
            c,
            [(x, 0, 0.6), (x, 1.2, 0.6), (x, 1.2, 60), (x, 0, 60)],
            c.linear(shade(tone, -0.3), "#e8ecd2", across=True)
            if side < 0
            else c.linear("#e8ecd2", shade(tone, -0.35), across=True),
        )
    ceiling = camera.face(
        c, [(-1.6, 3, 0.6), (1.6, 3, 0.6), (1.6, 3, 60), (-1.6, 3, 60)], c.linear("#a89f8c", "#f2e9d0")
    )
    c.texture(ceiling, "plaster", 0.3)
    for row in range(44, 0, -1):
        z = 0.7 + row * 0.4
        for column in range(8):
            x = -1.6 + column * 0.4
            tone = "#e9dcc0" if (row + column) % 2 else "#5c4a48"
            camera.face(c, [(x, 0, z), (x + 0.4, 0, z), (x + 0.4, 0, z + 0.4), (x, 0, z + 0.4)], tone)
    camera.face(c, [(-1.6, 0, 18), (1.6, 0, 18), (1.6, 3, 18), (-1.6, 3, 18)], "#fff8e4")
    for z in range(16, 1, -3):
        for side in (-1, 1):
            x = side * 1.59
            camera.face(c, [(x, 0, z), (x, 2.2, z), (x, 2.2, z + 1.1), (x, 0, z + 1.1)], "#f4ead2")
            camera.face(
                c,
                [(x, 0, z + 0.1), (x, 2.1, z + 0.1), (x, 2.1, z + 1), (x, 0, z + 1)],
                ("#b8502f", "#2f6a7a", "#c8902f")[z % 3 - 1],
            )
        px, py = camera.see(0, 2.98, z)
        c.oval(px, py, 420 / z, 60 / z, "#fffdf0")
        c.glow(px, py, 900 / z, "#fff6d0", 0.6)
        c.oval(750, camera.see(0, 0, z)[1], 520 / z, 90 / z, c.radial("#ffffff", 0.5))
    c.glow(750, 890, 520, "#fff8dc", 0.8)
    c.focus = (0.46, 0.8)


def attic(c: Canvas) -> None:
    """Under the rafters, one skylight, dust in the beam."""
    camera = Camera(1000, 760, 1000, 1.7, haze="#5c4434", reach_m=22)
    c.rect(0, 0, c.width, c.height, "#2a1c18")
    floor = camera.face(
        c, [(-5, 0, 1), (5, 0, 1), (5, 0, 14), (-5, 0, 14)], c.linear("#7a5638", "#5c3e28", "#38251b")
    )
    for x in range(-20, 21):
        c.line([camera.see(x / 4, 0, 1), camera.see(x / 4, 0, 14)], "#2a1a14", 2.5)
    for side in (-1, 1):
        slope = camera.face(
            c,
            [(side * 5, 0, 0.8), (0, 4.6, 0.8), (0, 4.6, 14), (side * 5, 0, 14)],
            c.linear("#4a3224", "#7a5438") if side < 0 else c.linear("#352319", "#54392a"),
        )
        c.texture(slope, "plaster", 0.8, (3, 0.8))
    gable = camera.face(c, [(-5, 0, 14), (5, 0, 14), (0, 4.6, 14)], "#8a5a44")
    c.texture(gable, "plaster", 0.5)
    camera.face(c, [(-0.8, 1.2, 13.9), (0.8, 1.2, 13.9), (0.8, 2.6, 13.9), (-0.8, 2.6, 13.9)], "#dff0f0")
    c.line([camera.see(0, 1.2, 13.8), camera.see(0, 2.6, 13.8)], "#5c3e2c", 7)
    for z in (12, 10, 8, 6, 4.2, 2.6):
        for side in (-1, 1):
            rafter = [(side * 5, 0, z), (0, 4.6, z), (0, 4.2, z), (side * 4.6, 0, z)]
            camera.face(c, rafter, "#a8744a" if side < 0 else "#6d4a30")
        camera.face(c, [(-2.9, 2.0, z), (2.9, 2.0, z), (2.9, 2.3, z), (-2.9, 2.3, z)], "#8f6240")
    window = camera.face(c, [(2.6, 2.21, 4.8), (1.2, 3.5, 4.8), (1.2, 3.5, 6.6), (2.6, 2.21, 6.6)], "#f6fbf4")
    c.poly(window, "none", stroke="#3d2a20", stroke_width=12)
    beam = [*window[:2], camera.see(-2.6, 0, 5.6), camera.see(-0.4, 0, 3.4)]
    c.poly(beam, c.linear(("#fff2c8", 0.65), ("#ffdf9a", 0.18)))
    camera.face(
        c,
        [(-2.6, 0.01, 5.6), (-1.4, 0.01, 6.8), (0.6, 0.01, 4.8), (-0.4, 0.01, 3.4)],
        "#ffe6a8",
        opacity=0.65,
    )
    for _ in range(170):
        t = c.rng.random()
        c.circle(
            1240 - t * 700 + c.rng.gauss(0, 90),
            480 + t * 560 + c.rng.gauss(0, 60),
            c.rng.uniform(1.5, 5),
            "#fff6d8",
            opacity=round(c.rng.uniform(0.2, 0.8), 2),
        )
    for x, z, size, tone in (
        (-3.4, 6.2, 1.1, "#a87a48"),
        (-3.2, 4.8, 0.8, "#94683c"),
        (2.2, 7, 1.0, "#7a5a3c"),
        (2.5, 3.6, 0.9, "#8a4a38"),
    ):
        camera.block(c, (x, 0, z), (size, size * 0.7, size), tone)
    c.texture(floor, "plaster", 0.6, (2, 0.6))


def boiler_room(c: Canvas) -> None:
    """Lagged pipes, red valves and gauges against tiles."""
    c.rect(0, 0, c.width, c.height, "#5c7a78")
    for row in range(16):
        for column in range(21):
            c.rect(column * 98 + 3, row * 98 + 3, 92, 92, shade("#7fa09a", c.rng.uniform(-0.16, 0.12)), rx=3)
    c.texture(c.everything(), "plaster", 0.6, (2, 4))
    for y, size, tone in (
        (250, 120, "#c9c6bc"),
        (560, 90, "#b8503a"),
        (760, 60, "#c9823f"),
        (1130, 150, "#d4d0c4"),
    ):
        _pipe(c, y, size, tone)
    for x, top, bottom, size, tone in (
        (420, 560, 1500, 84, "#b8503a"),
        (1010, -20, 760, 62, "#c9823f"),
        (1560, 250, 1130, 110, "#c9c6bc"),
    ):
        c.rect(x - size / 2 + 34, top, size, bottom - top, "#1a2a2c", opacity=0.4)
        c.rect(
            x - size / 2,
            top,
            size,
            bottom - top,
            c.linear(
                shade(tone, -0.5), shade(tone, 0.1), shade(tone, 0.6), tone, shade(tone, -0.65), across=True
            ),
        )
        for y in (top + 70, bottom - 130):
            c.rect(
                x - size * 0.72,
                y,
                size * 1.44,
                44,
                c.linear("#3c4446", "#a9b0b0", "#33393b", across=True),
                rx=5,
            )
    for x, y, size in ((720, 560, 110), (1290, 760, 92)):
        for spoke in range(3):
            with c.group(transform=f"rotate({spoke * 60 + 20} {x} {y})"):
                c.rect(x - size, y - 9, size * 2, 18, "#8f1f18")
        c.circle(x + 8, y + 12, size, "none", stroke="#1a2224", stroke_width=24, opacity=0.4)
        c.circle(x, y, size, "none", stroke="#d8392c", stroke_width=26)
        c.circle(x - 3, y - 4, size + 3, "none", stroke="#ff8a6c", stroke_width=6)
        c.circle(x, y, 24, c.linear("#f0a08a", "#7a1a14"))
    for x, value in ((1270, 0.32), (1790, 0.68)):
        c.rect(x - 14, 1040, 28, 60, "#a9783a")
        dial(c, x, 930, 130, value)
    c.poly(c.everything(), c.linear(("#ffdf9a", 0.34), ("#ffdf9a", 0), ("#08141c", 0.5), across=True))


def _pipe(c: Canvas, y: float, size: float, tone: str) -> None:
    c.rect(-10, y - size / 2 + 40, 2020, size, "#1a2a2c", opacity=0.4)
    c.rect(
        -10,
        y - size / 2,
        2020,
        size,
        c.linear(shade(tone, -0.2), shade(tone, 0.6), tone, shade(tone, -0.3), shade(tone, -0.65)),
    )
    c.texture(box(0, y - size / 2, 2000, size), "plaster", 0.5, (2, 0.8))
    for x in range(160, 2000, 460):
        c.rect(x, y - size * 0.58, 36, size * 1.16, c.linear("#e6e8e4", "#a9b0b0", "#33393b"), rx=5)


def dial(c: Canvas, x: float, y: float, radius: float, value: float) -> None:
    """A round gauge; `value` runs from 0 to 1."""
    c.circle(x + radius * 0.08, y + radius * 0.12, radius * 1.08, "#0c1416", opacity=0.45)
    c.circle(x, y, radius * 1.08, c.linear("#fff0c0", "#b88a3c", "#6d4a1c"))
    c.circle(x, y, radius * 0.93, c.linear("#fffdf2", "#e8e2cc"))
    for index in range(41):
        with c.group(transform=f"rotate({index * 6.75 - 135} {x} {y})"):
            major = index % 5 == 0
            c.rect(
                x - radius * 0.012,
                y - radius * 0.86,
                radius * 0.024,
                radius * (0.16 if major else 0.08),
                "#c22f22" if index > 32 else "#20242a",
            )
    for index in range(5):
        centred(
            c,
            str(index * 2),
            x + (index - 2) * radius * 0.29,
            y - radius * (0.55 - abs(index - 2) * 0.17),
            radius * 0.14,
            "#20242a",
            weight=0.16,
        )
    centred(c, "BAR", x, y + radius * 0.36, radius * 0.12, "#20242a", weight=0.14)
    with c.group(transform=f"rotate({value * 270 - 135} {x} {y})"):
        c.poly(
            [
                (x - radius * 0.05, y + radius * 0.2),
                (x, y - radius * 0.74),
                (x + radius * 0.05, y + radius * 0.2),
            ],
            "#c22f22",
        )
    c.circle(x, y, radius * 0.09, "#20242a")
    c.path(
        f"M{x - radius * 0.8},{y - radius * 0.3}A{radius * 0.86},{radius * 0.86} 0 0 1 {x + radius * 0.3},{y - radius * 0.8}L{x + radius * 0.1},{y - radius * 0.4}Z",
        "#ffffff",
        opacity=0.3,
    )


def plans_on_a_desk(c: Canvas) -> None:
    """A helmet, a rule, a coffee and a drawing, from above."""
    c.rect(0, 0, c.width, c.height, "#8a5a38")
    for row in range(9):
        c.rect(
            0,
            row * 170,
            c.width,
            166,
            c.linear(shade("#a8703f", c.rng.uniform(-0.2, 0.12)), shade("#8f5a32", c.rng.uniform(-0.1, 0.1))),
        )
    c.texture(c.everything(), "plaster", 0.9, (6, 0.6))
    with c.group(transform="rotate(-6 1000 750)"):
        c.rect(236, 226, 1380, 1020, "#1c1010", opacity=0.5)
        c.rect(210, 196, 1380, 1020, c.linear("#2f6a9c", "#1f4f80"))
        for index in range(28):
            c.rect(210 + index * 50, 196, 1.4, 1020, "#9cc4e4", opacity=0.3)
            if index < 21:
                c.rect(210, 196 + index * 50, 1380, 1.4, "#9cc4e4", opacity=0.3)
        for points in (
            [(320, 330), (1130, 330), (1130, 980), (320, 980), (320, 330)],
            [(320, 640), (700, 640), (700, 330)],
            [(700, 760), (1130, 760)],
            [(880, 760), (880, 980)],
        ):
            c.line(points, "#f2f8ff", 9)
        for x, y in ((700, 520), (880, 900), (500, 640)):
            c.stroke(f"M{x},{y}a90,90 0 0 1 90,90h-90Z", "#f2f8ff", 3.5)
        c.line([(320, 1050), (1130, 1050)], "#f2f8ff", 3)
        letter(c, "LEVEL 2", 1190, 340, 48, "#f2f8ff", weight=0.11)
        letter(c, "1:50", 1190, 430, 38, "#f2f8ff", weight=0.11)
        for row in range(7):
            c.line(
                [(1190, 540 + row * 46), (1190 + c.rng.uniform(180, 330), 540 + row * 46)],
                "#bcdcf4",
                7,
                opacity=0.7,
            )
    c.oval(1570, 560, 330, 300, c.radial("#140a0a", 0.9))
    c.oval(1540, 500, 300, 262, c.linear("#ffd84a", "#f2b01c", "#b8780c"))
    c.oval(1540, 480, 226, 196, c.linear("#ffe88a", "#f6bc28"))
    for dx in (-70, 0, 70):
        c.stroke(f"M{1540 + dx},310Q{1540 + dx * 1.3},480 {1540 + dx},650", "#d8940f", 20)
        c.stroke(f"M{1535 + dx},310Q{1535 + dx * 1.3},480 {1535 + dx},650", "#fff0a8", 6)
    c.circle(300, 1196, 150, c.radial("#140a0a", 0.9))
    c.circle(270, 1166, 132, c.linear("#ffffff", "#c9c4ba"))
    c.circle(270, 1166, 106, c.linear("#3a1e10", "#6d3c1f"))
    c.oval(236, 1126, 40, 20, "#c98a54", opacity=0.5)
    with c.group(transform="rotate(24 1300 1200)"):
        c.rect(760, 1240, 900, 66, "#1c1010", opacity=0.4)
        c.rect(750, 1222, 900, 66, c.linear("#fff3b8", "#e8c45c"))
        for index in range(89):
            c.rect(760 + index * 10, 1222, 2, 30 if index % 10 == 0 else 16, "#3a2a14")
    c.poly([(0, 0), (1100, 0), (300, 1500), (0, 1500)], c.linear(("#fff0c8", 0.3), ("#fff0c8", 0.05)))
    c.poly([(1500, 0), (2000, 0), (2000, 1500), (1200, 1500)], "#180c18", opacity=0.26)
