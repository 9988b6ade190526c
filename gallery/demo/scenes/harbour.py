"""Ships, cranes and water."""

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import BLUE_HOUR, FOG, STORM, SUNSET
from gallery.demo.sky import birds, ceiling, haze_band, sky, sun, veils
from gallery.demo.terrain import glitter, ridge, town, water

BOXES = ("#b5452f", "#2f6d8c", "#d6922f", "#3d7a5c", "#8a3546", "#d9d2bf", "#4a5568", "#1f4e79", "#c7632c")


def quay_at_sunset(c: Canvas) -> None:
    """Gantry cranes over a loaded ship, against the light."""
    light, level = SUNSET, 1020
    sky(c, light, level)
    sun(c, light, 1290, 850, 74)
    veils(c, light, 180, 900, 22)
    birds(c, 600, 380, 11, 17, light.shadow)
    town(c, level, mix(light.haze, light.shadow, 0.35), height=70, step=44)
    haze_band(c, light, level, 130, 0.55)
    start = c.mark_count
    _ship(c, 250, level, 1250, light.shadow)
    for x, size, near in ((1560, 640, 0.0), (250, 700, 0.1), (820, 720, 0.04)):
        _gantry(c, x, level, size, mix(light.shadow, light.haze, near))
    c.mirrored(level, 0.5, since=start)
    water(c, light, level + 4, chop=1.3, deep="#2b1740")
    glitter(c, 1290, level + 6, "#ffdf9a", width=90, count=230)
    c.bloom = 0.6


def _ship(c: Canvas, x: float, y: float, length: float, ink: str) -> None:
    for column in range(int(length * 0.78 / 46)):
        stack = 3 + int(3.4 * abs((column * 7 % 11) / 11 - 0.2))
        for row in range(stack):
            colour = mix(c.rng.choice(BOXES), ink, 0.62)
            c.rect(x + 60 + column * 46, y - 120 - 34 * (row + 1), 44, 32, colour)
    c.poly(box(x + length * 0.86, y - 420, 96, 310), mix(ink, "#a4607a", 0.2))
    for row in range(6):
        c.rect(x + length * 0.86 + 8, y - 400 + row * 36, 80, 10, "#ffc676", opacity=0.75)
    c.rect(x + length * 0.88, y - 480, 40, 62, ink)
    hull = [(x - 20, y - 130), (x + length, y - 122), (x + length - 34, y + 6), (x + 70, y + 6)]
    c.poly(hull, c.linear(mix(ink, "#7a2b45", 0.55), ink))
    c.line([(x + 52, y - 22), (x + length - 26, y - 22)], "#e2604a", 5, opacity=0.6)


def _gantry(c: Canvas, x: float, y: float, size: float, ink: str) -> None:
    beam, top, leg = y - size * 0.62, y - size, size * 0.3
    for dx in (0, leg):
        c.poly([(x + dx - 9, y), (x + dx - 7, beam - 20), (x + dx + 9, beam - 20), (x + dx + 11, y)], ink)
    c.line([(x, y - size * 0.2), (x + leg, y - size * 0.2)], ink, 12)
    c.line([(x, y - size * 0.2), (x + leg, beam), (x, beam)], ink, 5)
    c.poly(
        [
            (x - size * 0.62, beam - 8),
            (x + size * 0.52, beam - 22),
            (x + size * 0.52, beam + 4),
            (x - size * 0.62, beam + 8),
        ],
        ink,
    )
    c.line([(x, beam), (x + leg * 0.45, top), (x + leg, beam)], ink, 10)
    for reach in (-0.6, -0.32, 0.5):
        c.line([(x + leg * 0.45, top), (x + reach * size, beam - 8)], ink, 3.5)
    for index in range(18):
        a = x - size * 0.62 + index * size * 0.063
        c.line([(a, beam + 4), (a + size * 0.03, beam - 22), (a + size * 0.063, beam + 4)], ink, 2.5)
    trolley = x - size * 0.38
    c.rect(trolley - 20, beam + 4, 40, 18, ink)
    c.line(
        [
            (trolley - 12, beam),
            (trolley - 12, y - size * 0.34),
            (trolley + 12, y - size * 0.34),
            (trolley + 12, beam),
        ],
        ink,
        2,
    )
    c.rect(trolley - 34, y - size * 0.34, 68, 30, mix(ink, "#e2604a", 0.35))
    c.circle(x + leg * 0.45, top, 6, "#ff6a4a")


def container_wall(c: Canvas) -> None:
    """Stacked containers seen square on, filling the frame."""
    c.rect(0, 0, c.width, c.height, "#20242c")
    for row in range(6):
        for column in range(3):
            offset = c.rng.uniform(-12, 12)
            _container(
                c, -330 + column * 930 + (row % 2) * 110 + offset, -40 + row * 268, c.rng.choice(BOXES)
            )
    light = c.linear(("#ffe9b8", 0.4), ("#ffe9b8", 0), ("#0b1020", 0.5), across=True)
    c.poly([(0, 0), (c.width, 0), (c.width, c.height), (0, c.height)], light)
    c.poly([(1250, 0), (2000, 0), (2000, 1500), (1750, 1500)], "#0b1228", opacity=0.34)


def _container(c: Canvas, x: float, y: float, colour: str) -> None:
    c.rect(x, y, 916, 258, shade(colour, -0.35))
    for index in range(44):
        rib = x + 14 + index * 20.2
        c.rect(rib, y + 18, 11, 222, c.linear(shade(colour, 0.22), colour, shade(colour, -0.12)))
        c.rect(rib + 11, y + 18, 4, 222, shade(colour, -0.5))
    c.rect(x, y, 916, 15, c.linear(shade(colour, 0.3), shade(colour, -0.1)))
    c.rect(x, y + 243, 916, 15, shade(colour, -0.55))
    for cx in (x, x + 886):
        c.rect(cx, y, 30, 258, c.linear(shade(colour, 0.15), shade(colour, -0.3), across=True))
        for cy in (y + 4, y + 234):
            c.rect(cx + 3, cy, 24, 20, shade(colour, -0.6), rx=4)
    c.texture(box(x, y, 916, 258), "plaster", 0.34, (0.8, 2.6))
    for _ in range(c.rng.randrange(5, 12)):
        rx, length = x + c.rng.uniform(20, 890), c.rng.uniform(40, 190)
        c.rect(rx, y + 20, c.rng.uniform(3, 11), length, c.linear(("#5a2a14", 0.7), ("#5a2a14", 0)))


def tug(c: Canvas) -> None:
    """A tug in a rough estuary under a heavy sky."""
    light, level = STORM, 760
    sky(c, light, level)
    ceiling(c, light, level, 0.7)
    c.glow(520, 720, 560, "#f5edc8", 0.55)
    ridge(c, level + 4, 40, mix(light.haze, light.shadow, 0.45), foot=light.haze)
    water(c, light, level, chop=2.0, deep="#1d3038")
    _tug_hull(c, 640, 1090)
    for index in range(46):
        x = 520 + index * 22 + c.rng.uniform(-20, 20)
        c.circle(x, 1108 + c.rng.uniform(-16, 22), c.rng.uniform(8, 34), c.radial("#eaf0ea", 0.9))
    water_front = [(0, 1160), (400, 1110), (900, 1185), (1500, 1120), (2000, 1175), (2000, 1500), (0, 1500)]
    c.poly(water_front, c.linear(("#35525a", 0.85), ("#142229", 0.95)))
    c.texture(water_front, "mottle", 0.6, (1.8, 0.35), white=True)
    birds(c, 1500, 420, 8, 26, "#e8ece6")
    c.focus = (0.66, 0.5)


def _tug_hull(c: Canvas, x: float, y: float) -> None:
    hull = f"M{x - 90},{y - 190} Q{x + 60},{y - 110} {x + 300},{y - 106} L{x + 800},{y - 118} L{x + 770},{y + 40} L{x + 20},{y + 40} Z"
    c.path(hull, c.linear("#27465a", "#16222c", "#5e2320"))
    c.stroke(f"M{x - 84},{y - 178} Q{x + 60},{y - 98} {x + 300},{y - 94} L{x + 798},{y - 106}", "#0e1419", 22)
    for index in range(6):
        c.circle(x + 150 + index * 105, y - 74, 27, "#0d1115")
        c.circle(x + 150 + index * 105, y - 74, 12, "#2b3a40")
    c.rect(x + 190, y - 260, 330, 150, c.linear("#f2ead8", "#b9b3a4"))
    c.poly(
        [(x + 225, y - 260), (x + 250, y - 410), (x + 455, y - 410), (x + 470, y - 260)],
        c.linear("#fff6e0", "#c2bcab"),
    )
    for index in range(4):
        c.poly(box(x + 262 + index * 48, y - 388, 40, 66), c.linear("#2e4a58", "#8fb0b4"))
    c.rect(x + 235, y - 430, 236, 24, "#c2452d", rx=6)
    c.rect(x + 560, y - 330, 84, 220, c.linear("#d8632f", "#8e3a1d", across=True))
    c.rect(x + 560, y - 330, 84, 34, "#15191d")
    for step in range(9):
        c.circle(x + 640 + step * 42, y - 370 - step * 30, 40 + step * 15, c.radial("#3b4246", 0.6))
    for index in range(5):
        c.rect(x + 214 + index * 62, y - 222, 34, 44, "#24343c", rx=16)
    c.line([(x + 350, y - 430), (x + 350, y - 590)], "#1b2227", 7)
    c.line([(x + 350, y - 580), (x - 70, y - 190)], "#1b2227", 2.5)
    c.line([(x + 350, y - 580), (x + 790, y - 125)], "#1b2227", 2.5)
    c.glow(x + 350, y - 560, 90, "#ffdf9a", 1)


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


def buoys_in_fog(c: Canvas) -> None:
    """Channel markers that go pale with distance."""
    light, level = FOG, 690
    sky(c, light, level)
    sun(c, light, 520, 330, 46)
    haze_band(c, light, level, 320, 1)
    water(c, light, level, chop=0.8, deep="#6f8585")
    glitter(c, 520, level + 30, "#fff8df", width=80, count=120)
    for x, y, size, colour in (
        (1150, 760, 70, "#c2503c"),
        (860, 830, 120, "#3f7a5a"),
        (1360, 960, 230, "#c2402c"),
        (420, 1260, 520, "#2f7353"),
    ):
        fade = 0.85 - size / 640
        _buoy(
            c,
            x,
            y,
            size,
            mix(colour, light.haze, max(0.05, fade)),
            mix("#2c3a40", light.haze, max(0.05, fade)),
        )
    haze_band(c, light, 820, 160, 0.35)


def _buoy(c: Canvas, x: float, y: float, size: float, colour: str, ink: str) -> None:
    c.oval(x, y + size * 0.05, size * 0.42, size * 0.07, ink, opacity=0.35)
    c.poly(
        [
            (x - size * 0.3, y - size * 0.12),
            (x + size * 0.3, y - size * 0.12),
            (x + size * 0.24, y + size * 0.05),
            (x - size * 0.24, y + size * 0.05),
        ],
        c.linear(shade(colour, 0.35), colour, shade(colour, -0.4), across=True),
    )
    for dx in (-0.2, -0.07, 0.07, 0.2):
        c.line(
            [(x + dx * size, y - size * 0.12), (x + dx * size * 0.45, y - size * 0.8)], colour, size * 0.022
        )
    for height in (0.35, 0.58):
        c.line(
            [(x - size * 0.16, y - size * height), (x + size * 0.16, y - size * height)], colour, size * 0.018
        )
    c.rect(x - size * 0.1, y - size * 0.9, size * 0.2, size * 0.12, shade(colour, -0.2))
    c.poly(
        [(x - size * 0.1, y - size * 0.92), (x, y - size * 1.12), (x + size * 0.1, y - size * 0.92)], colour
    )
    c.circle(x, y - size * 1.15, size * 0.025, "#fff0b0")
    c.rect(x - size * 0.22, y + size * 0.06, size * 0.44, size * 0.6, c.linear((colour, 0.4), (colour, 0)))
