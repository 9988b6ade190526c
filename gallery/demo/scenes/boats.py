"""Small craft and markers."""

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import FOG, STORM
from gallery.demo.sky import birds, ceiling, haze_band, sky, sun
from gallery.demo.terrain import glitter, ridge, water


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
    hull = f"M{x - 90},{y - 190} Q{x + 60},{y - 110} {x + 300},{y - 106} L{x + 800},{y - 118} L{x + 770},{y + 40} L{x + 20},{y + 40} Z"  # noqa: E501 - one path
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
