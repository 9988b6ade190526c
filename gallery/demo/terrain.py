"""What lies on the ground and on the horizon: ridges, towns, water, trees, grass."""

from math import sin, tau

from gallery.demo.canvas import Canvas, Point, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import Light


def ridge(
    c: Canvas, y: float, height: float, colour: str, *, rough: float = 1, foot: str | None = None
) -> list[Point]:
    """A skyline of hills whose foot fades to `foot`; returns the skyline."""
    waves = [
        (c.rng.uniform(0, tau), k * c.rng.uniform(0.8, 1.2), 0.62**i)
        for i, k in enumerate((1, 2.3, 5.1, 11, 23))
    ]
    steps = [i / 120 for i in range(121)]

    def level(t: float) -> float:
        return sum(sin(p + tau * k * t) * a * (rough if k > 4 else 1) for p, k, a in waves)

    top = [(t * c.width, y - height * 0.5 * (1 + level(t) * 0.55)) for t in steps]
    shape = [*top, (c.width, c.height), (0, c.height)]
    c.poly(shape, c.linear(colour, foot or colour, foot or colour))
    c.texture(shape, "mottle", 0.16, (1.6, 0.7))
    return top


def town(
    c: Canvas,
    y: float,
    colour: str,
    *,
    height: float,
    step: float,
    lamps: str | None = None,
    churches: bool = True,
) -> None:
    """A far skyline of houses, with lit windows if `lamps` names their colour."""
    x = -step
    while x < c.width + step:
        w, h = step * c.rng.uniform(0.5, 1.5), height * c.rng.uniform(0.35, 1)
        c.rect(x, y - h, w + 1, h, colour)
        kind = c.rng.random()
        if kind < 0.45:
            c.poly([(x - 1, y - h), (x + w / 2, y - h - w * 0.4), (x + w + 1, y - h)], shade(colour, -0.1))
        elif kind > 0.965 and churches:
            c.poly([(x, y - h), (x + step * 0.16, y - h * 2.6), (x + step * 0.32, y - h)], colour)
        if lamps:
            for _ in range(int(w * h / 700)):
                wx, wy = x + c.rng.uniform(2, w - 4), y - c.rng.uniform(4, h - 2)
                c.rect(wx, wy, step * 0.07, step * 0.1, lamps, opacity=round(c.rng.uniform(0.4, 1), 2))
        x += w


def water(
    c: Canvas,
    light: Light,
    level: float,
    *,
    chop: float = 1,
    deep: str | None = None,
    tint: str | None = None,
) -> None:
    """Water from `level` to the bottom edge; ripples grow towards the eye. `chop` of 2 is a rough sea."""
    near = deep or mix(light.sky[0], light.shadow, 0.45)
    tall = c.height - level
    c.rect(
        0,
        level,
        c.width,
        tall,
        c.linear((light.sky[-1], 0.86), (light.sky[-2], 0.8), (near, 0.88), (near, 0.94)),
    )
    for _ in range(int(620 * chop**0.3)):
        depth = c.rng.random() ** 1.6
        y = level + depth * tall
        length, thick = (14 + 170 * depth) * c.rng.uniform(0.4, 1.3), (1 + 9 * depth) * chop
        x = c.rng.uniform(-0.1, 1.0) * c.width
        colour = c.rng.choice((tint or light.sky[-1], light.haze, light.sky[0], light.shadow, near))
        lens = f"M{x:.0f},{y:.0f}q{length / 2:.0f},{-thick:.1f} {length:.0f},0q{-length / 2:.0f},{thick * 0.5:.1f} {-length:.0f},0"  # noqa: E501 - one path
        c.path(lens, colour, opacity=round(c.rng.uniform(0.15, 0.5), 2))


def glitter(c: Canvas, x: float, level: float, colour: str, *, width: float = 60, count: int = 160) -> None:
    """The path of light that the sun, or a lamp, lays on water."""
    tall = c.height - level
    for index in range(count):
        depth = (index / count) ** 1.3
        y = level + depth * tall
        spread = width * (0.5 + depth * 2.2)
        length = (6 + 60 * depth) * c.rng.uniform(0.4, 1.2) * width / 60
        c.oval(
            x + c.rng.gauss(0, spread * 0.5),
            y,
            length,
            0.8 + 3.6 * depth,
            colour,
            opacity=round(c.rng.uniform(0.25, 0.85), 2),
        )


def tree(
    c: Canvas, x: float, y: float, size: float, leaf: str, light: Light, *, trunk: str = "#4a3a30"
) -> None:
    """A crown of leaf clumps, lit from the upper left."""
    c.shadow(x + size * 0.2, y, size * 0.7, size * 0.1, 0.6)
    c.poly(
        [
            (x - size * 0.05, y),
            (x - size * 0.025, y - size * 0.6),
            (x + size * 0.025, y - size * 0.6),
            (x + size * 0.06, y),
        ],
        trunk,
    )
    for lean in (-0.28, 0.24):
        c.line([(x, y - size * 0.35), (x + lean * size, y - size * 0.7)], trunk, size * 0.022)
    count = 90 if size < 240 else 260
    for index in range(count):
        share = index / count
        angle, reach = c.rng.uniform(0, tau), c.rng.random() ** 0.5
        px, py = (
            x + sin(angle) * reach * size * 0.42,
            y - size * 0.82 + sin(angle + tau / 4) * reach * size * 0.32,
        )
        lit = (-(px - x) - (py - y + size * 0.82)) / size
        tone = mix(shade(leaf, min(0.5, max(-0.55, lit * 1.1 + (share - 0.6) * 0.5))), light.haze, 0.08)
        c.circle(px, py, size * c.rng.uniform(0.03, 0.1) * (1.3 - share * 0.85), tone, opacity=0.92)


def grass(
    c: Canvas, top: float, bottom: float, colours: tuple[str, ...], *, count: int = 900, height: float = 40
) -> None:
    for index in range(count):
        depth = (index / count) ** 1.15
        x, y = c.rng.uniform(0, c.width), top + (bottom - top) * depth
        h = height * (0.15 + depth) * c.rng.uniform(0.5, 1.3)
        lean = c.rng.gauss(0.12, 0.3) * h
        c.stroke(
            f"M{x:.0f},{y:.0f}q{lean * 0.2:.1f},{-h * 0.6:.1f} {lean:.1f},{-h:.1f}",
            c.rng.choice(colours),
            0.7 + 2.4 * depth,
        )


def ground(
    c: Canvas, level: float, far: str, near: str, *, kind: str = "mottle", strength: float = 0.4
) -> None:
    shape = box(0, level, c.width, c.height - level)
    c.poly(shape, c.linear(far, mix(far, near, 0.6), near))
    c.texture(shape, kind, strength, (2.2, 0.5))
    c.texture(shape, "speckle", strength * 0.5, (1.6, 0.8))


def snow_fall(c: Canvas, count: int = 260) -> None:
    for _ in range(count):
        size = c.rng.random() ** 3 * 9 + 1.5
        c.circle(
            c.rng.uniform(0, c.width),
            c.rng.uniform(0, c.height),
            size,
            c.radial("#ffffff", 0.9) if size > 5 else "#ffffff",
            opacity=0.75,
        )
