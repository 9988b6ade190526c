"""What is above the horizon."""

from math import sin, tau

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import Light


def sky(c: Canvas, light: Light, horizon: float) -> None:
    c.rect(0, 0, c.width, horizon + 2, c.linear(*light.sky))
    c.texture(box(0, 0, c.width, horizon), "mottle", 0.16, (4.5, 1.3), white=True)


def sun(c: Canvas, light: Light, x: float, y: float, radius: float) -> None:
    c.glow(x, y, radius * 14, light.sun, 0.55)
    c.glow(x, y, radius * 4.5, light.sun, 0.8)
    c.circle(x, y, radius, light.sun)


def moon(c: Canvas, x: float, y: float, radius: float) -> None:
    c.glow(x, y, radius * 7, "#b9cdf5", 0.5)
    c.circle(x, y, radius, "#eef1e6")
    for _ in range(9):
        dx, dy = c.rng.uniform(-0.6, 0.6), c.rng.uniform(-0.6, 0.6)
        c.circle(x + dx * radius, y + dy * radius, radius * c.rng.uniform(0.06, 0.22), "#c3c9cc", opacity=0.5)


def stars(c: Canvas, horizon: float, count: int = 420) -> None:
    for _ in range(count):
        x, y = c.rng.uniform(0, c.width), c.rng.uniform(0, 1) ** 1.3 * horizon
        tint = c.rng.choice(("#ffffff", "#cfe0ff", "#ffe9cc"))
        c.circle(
            x,
            y,
            c.rng.uniform(0.6, 2.2),
            tint,
            opacity=f"{c.rng.uniform(0.25, 1) * (1 - y / horizon / 1.4):.2f}",
        )


def milky_way(c: Canvas, horizon: float) -> None:
    with c.group(transform=f"rotate(-34 {c.width / 2} {horizon / 2})", blend="screen"):
        for index in range(46):
            along = (index / 45 - 0.5) * c.width * 1.5
            spread = c.rng.gauss(0, 55)
            tint = c.rng.choice(("#8fa4e8", "#c9b6e6", "#f0cfa8", "#6d86c9"))
            c.oval(
                c.width / 2 + along,
                horizon / 2 + spread,
                c.rng.uniform(90, 260),
                c.rng.uniform(40, 110),
                c.radial(tint, 0.3),
            )
        for _ in range(700):
            x, y = c.rng.uniform(-0.2, 1.2) * c.width, horizon / 2 + c.rng.gauss(0, 85)
            c.circle(x, y, c.rng.uniform(0.5, 1.6), "#ffffff", opacity=f"{c.rng.uniform(0.2, 0.9):.2f}")


def cumulus(c: Canvas, light: Light, x: float, y: float, width: float) -> None:
    """A heap of lit balls over a flat, shaded base."""
    body = mix(light.sun, light.sky[-1], 0.2)
    under = mix(light.sky[0], light.haze, 0.72)
    puffs = []
    for _ in range(26):
        along = c.rng.gauss(0, 0.2)
        tall = max(0.0, 1 - abs(along) * 2.1)
        puffs.append(
            (x + along * width, y - c.rng.uniform(0, 0.26) * tall * width, (0.05 + 0.085 * tall) * width)
        )
    with c.group(clip=box(x - width, y - width, width * 2, width + 2), opacity=0.94):
        for px, py, radius in puffs:
            c.circle(px, py + radius * 0.15, radius * 1.04, under)
        for px, py, radius in sorted(puffs, key=lambda puff: puff[1]):
            c.circle(px, py, radius, c.linear((body, 1), (mix(body, under, 0.35), 0.9), (under, 0)))
    c.oval(x, y, width * 0.55, width * 0.035, c.radial(under, 0.9))


def veils(
    c: Canvas, light: Light, top: float, bottom: float, count: int = 16, tint: str | None = None
) -> None:
    """Thin cloud in long soft strokes, warm below."""
    for _ in range(count):
        share = c.rng.random()
        y = top + (bottom - top) * share
        colour = tint or mix(light.sky[-1], light.sun, c.rng.uniform(0, 0.7))
        rx = c.rng.uniform(0.12, 0.42) * c.width
        c.oval(
            c.rng.uniform(0, c.width),
            y,
            rx,
            rx * c.rng.uniform(0.025, 0.075),
            c.radial(colour, c.rng.uniform(0.3, 0.75)),
        )


def ceiling(c: Canvas, light: Light, horizon: float, weight: float = 0.6) -> None:
    """Heavy cloud: rolls that flatten and tighten towards the horizon."""
    for index in range(34):
        depth = (index / 34) ** 0.7
        y, height = horizon * depth, (1 - depth) * 120 + 14
        dark = mix(light.sky[0], light.haze, depth * 0.8)
        x = c.rng.uniform(0, c.width)
        rx = c.rng.uniform(0.2, 0.5) * c.width
        c.oval(x, y, rx, height, c.radial(shade(dark, c.rng.choice((-0.35, -0.15, 0.25))), weight))


def birds(c: Canvas, x: float, y: float, count: int, size: float, colour: str) -> None:
    for _ in range(count):
        bx, by, s = x + c.rng.gauss(0, size * 9), y + c.rng.gauss(0, size * 4), size * c.rng.uniform(0.6, 1.2)
        lift = s * c.rng.uniform(0.25, 0.7)
        c.stroke(
            f"M{bx - s:.1f},{by - lift:.1f}q{s * 0.6:.1f},{-lift * 0.5:.1f} {s:.1f},{lift:.1f}q{s * 0.4:.1f},{-lift * 1.5:.1f} {s:.1f},{-lift:.1f}",  # noqa: E501 - one path
            colour,
            s * 0.16,
        )


def haze_band(c: Canvas, light: Light, y: float, height: float, strength: float = 0.8) -> None:
    c.rect(0, y - height, c.width, height, c.linear((light.haze, 0), (light.haze, strength)))
    c.rect(0, y, c.width, height, c.linear((light.haze, strength), (light.haze, 0)))


def rays(
    c: Canvas, x: float, y: float, length: float, colour: str, strength: float = 0.16, count: int = 12
) -> None:
    """Shafts of light that spread from one place."""
    with c.group(blend="screen"):
        for index in range(count):
            turn = tau * (index + c.rng.uniform(-0.3, 0.3)) / count
            width = c.rng.uniform(0.02, 0.07)
            far = [
                (x + length * sin(turn + side * width + tau / 4), y + length * sin(turn + side * width))
                for side in (-1, 1)
            ]
            c.poly([(x, y), *far], colour, opacity=strength * c.rng.uniform(0.4, 1))
