"""Town water after dark."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.light import BLUE_HOUR, NIGHT
from gallery.demo.sky import sky, veils
from gallery.demo.terrain import glitter, town, water


def warehouses(c: Canvas) -> None:
    """A canal between brick warehouses after sunset, its lit windows doubled in the water."""
    light = BLUE_HOUR
    camera = Camera(1000, 820, 1100, 5, haze="#7d8cab", reach_m=150)
    sky(c, light, 830)
    veils(c, light, 420, 800, 12)
    start = c.mark_count
    for side in (-1, 1):
        z = 190.0
        for height, colour in zip(
            (24, 30, 25, 28, 23, 29),
            ("#6b3a34", "#5a2c2c", "#74443a", "#612f2b", "#6f3d30", "#54282a"),
            strict=True,
        ):
            depth = z * 0.42
            _warehouse(c, camera, side, z - depth, depth, height, colour)
            z -= depth
    c.poly(
        [
            camera.see(-9, 4, 60),
            camera.see(9, 4, 60),
            camera.see(9, 5.4, 60),
            camera.see(0, 6.6, 60),
            camera.see(-9, 5.4, 60),
        ],
        "#2a2c3a",
    )
    c.mirrored(870, 0.62, since=start)
    water(c, light, 868, chop=0.9, deep="#0d1730", tint="#ffc27a")
    c.rect(0, 868, 2000, 632, c.linear(("#0b1630", 0.1), ("#0b1630", 0.5)))
    c.bloom = 0.7


def _warehouse(
    c: Canvas, camera: Camera, side: int, z: float, depth: float, height: float, colour: str
) -> None:
    x = side * 13.0
    wall = [(x, 0.0, z), (x, height, z), (x, height, z + depth), (x, 0.0, z + depth)]
    points = camera.face(c, wall, colour)
    c.texture(points, "plaster", 0.5)
    camera.face(
        c,
        [
            (x, height, z),
            (x + side * 6, height + 7, z),
            (x + side * 6, height + 7, z + depth),
            (x, height, z + depth),
        ],
        "#2f4a52",
    )
    camera.face(
        c,
        [
            (x, height - 0.6, z),
            (x, height + 0.3, z),
            (x, height + 0.3, z + depth),
            (x, height - 0.6, z + depth),
        ],
        "#a98a72",
    )
    bays = 7
    for bay in range(bays):
        for floor in range(int(height / 4)):
            z0, y0 = z + depth * (bay + 0.28) / bays, 1.6 + floor * 4
            lit = c.rng.random() < 0.42
            glass = c.rng.choice(("#ffc36b", "#ffdb92", "#f6a04d")) if lit else "#26304a"
            z1 = z0 + depth * 0.44 / bays
            camera.face(
                c,
                [(x, y0, z0), (x, y0 + 2, z0), (x, y0 + 2.5, (z0 + z1) / 2), (x, y0 + 2, z1), (x, y0, z1)],
                glass,
            )
            if lit and floor % 2:
                px, py = camera.see(x, y0 + 1, z0)
                c.glow(px, py, camera.focal * 2.2 / z0, glass, 0.35)


def lights_across_the_water(c: Canvas) -> None:
    """A night panorama: a lit arch bridge, a city, and its lamps out of focus in front."""
    light, level = NIGHT, 620
    c.rect(0, 0, c.width, level, c.linear("#070b20", "#141d44", "#3a3560", "#8a5a5a"))
    c.texture(box(0, 0, c.width, level), "mottle", 0.2, (5, 1), white=True)
    start = c.mark_count
    town(c, level, "#1c2144", height=190, step=58, lamps="#ffc879")
    town(c, level, "#0d1230", height=110, step=46, lamps="#ffe2a6")
    for x0 in (420, 1200, 1980):
        c.stroke(f"M{x0},{level - 24}Q{x0 + 390},{level - 330} {x0 + 780},{level - 24}", "#33406e", 16)
        c.stroke(f"M{x0},{level - 34}Q{x0 + 390},{level - 340} {x0 + 780},{level - 34}", "#ffd591", 3.5)
        for index in range(1, 20):
            t = index / 20
            y = level - 28 - 2 * 153 * 2 * t * (1 - t)
            c.line([(x0 + 780 * t, y), (x0 + 780 * t, level - 40)], "#46548a", 2)
    c.rect(0, level - 50, 3000, 22, "#1b2449")
    for index in range(75):
        c.glow(index * 40, level - 62, 26, "#ffdca0", 0.9)
    c.mirrored(level, 0.55, since=start)
    water(c, light, level, chop=1.0, deep="#070d22", tint="#c98a5a")
    for x in range(60, 3000, 130):
        glitter(
            c,
            x + c.rng.uniform(-30, 30),
            level,
            c.rng.choice(("#ffcf8a", "#ffb35c", "#9fc6ff", "#ff7d5c")),
            width=9,
            count=34,
        )
    _lamps_out_of_focus(c)
    c.bloom = 0.8


def _lamps_out_of_focus(c: Canvas) -> None:
    for _ in range(34):
        x, y, radius = c.rng.uniform(0, 3000), 1000 - c.rng.random() ** 2 * 300, c.rng.uniform(22, 58)
        tint = c.rng.choice(("#ffb65e", "#ffd99c", "#6fb0ff", "#ff6e57", "#8ce0c4"))
        c.circle(x, y, radius, tint, opacity=0.26, stroke=tint, stroke_width=2.5)
