"""A classroom and its yard."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.lettering import centred, letter
from gallery.demo.light import MORNING
from gallery.demo.sky import rays
from gallery.demo.terrain import tree


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
    left, top = camera.see(-1.9, 2.35, 8.9)
    letter(c, "7 : 12 - 84", left, top + 14, 40, "#e8f0e4", weight=0.1)
    letter(c, "LA COUR", left + 290, top + 92, 30, "#f6e2a0", weight=0.1)
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


def courtyard(c: Canvas) -> None:
    """A school yard: hopscotch in chalk, an arcade, a plane tree's shade."""
    camera = Camera(700, 560, 1150, 2.6, haze="#f0e3c4", reach_m=150)
    c.rect(0, 0, c.width, 700, c.linear("#f2dfb8", "#e0c08c"))
    c.texture(box(0, 0, 2000, 700), "plaster", 0.4, (2, 2))
    for index in range(7):
        x = 40 + index * 290
        c.rect(x, -20, 180, 160, c.linear("#5c8094", "#9dbcc4"))
        c.rect(x + 86, -20, 8, 160, "#f8eed6")
        c.rect(x - 12, 140, 204, 16, "#fff4da")
        c.path(f"M{x - 20},690V430Q{x + 90},240 {x + 200},430V690Z", c.linear("#5a4038", "#8a6650"))
        c.stroke(f"M{x - 20},690V430Q{x + 90},240 {x + 200},430V690", "#f8e9c6", 22)
        c.rect(x + 50, 470, 84, 220, c.linear("#3f7a6c", "#2a584e"))
    c.rect(0, 205, 2000, 18, "#c89a64")
    floor = camera.face(
        c, [(-40, 0, 1.4), (40, 0, 1.4), (40, 0, 22), (-40, 0, 22)], c.linear("#c9b9a0", "#a39588", "#7d7470")
    )
    c.texture(floor, "speckle", 0.9, (1.8, 0.8))
    _hopscotch(c, camera)
    with c.group(opacity=0.3, blur=5):
        for _ in range(210):
            place = 1280 + c.rng.gauss(0, 270), 1150 + c.rng.gauss(0, 85)
            c.oval(*place, c.rng.uniform(14, 52), c.rng.uniform(5, 15), "#2c2440")
    tree(c, 1620, 960, 1260, "#7a9a44", MORNING, trunk="#8f7f66")
    c.poly(c.everything(), c.linear(("#fff2c8", 0.22), ("#fff2c8", 0)))


def _hopscotch(c: Canvas, camera: Camera) -> None:
    for index in range(8):
        z = 3.6 + index * 1.05
        for x in (-0.5,) if index in (0, 1, 3, 6) else (-1.0, 0.0):
            square = [(x, 0.01, z), (x + 1, 0.01, z), (x + 1, 0.01, z + 1), (x, 0.01, z + 1)]
            camera.face(
                c, square, ("#e8705c", "#6fb0c8", "#f0c860", "#8fc08a")[(index + int(x)) % 4], opacity=0.55
            )
            camera.face(c, square, "none", stroke="#fffaf0", stroke_width=max(2, 26 / z))
            cx, cy = camera.see(x + 0.5, 0, z + 0.5)
            with c.group(transform=f"translate({cx:.0f} {cy:.0f}) scale(1 0.36)"):
                centred(c, str(index + 1), 0, -260 / z, 520 / z, "#fffaf0", weight=0.13)
