"""City blocks from the air."""

from gallery.demo.canvas import Canvas
from gallery.demo.colour import shade


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
                place = left + 172 + c.rng.gauss(0, 26), c.rng.uniform(-500, c.height + 500)
                _crown_from_above(c, *place, c.rng.uniform(20, 44))
            for y in range(-480, c.height + 500, 130):
                _crown_from_above(
                    c, left - 12 + c.rng.uniform(-8, 8), y + c.rng.uniform(-30, 30), c.rng.uniform(24, 38)
                )
    c.poly(c.everything(), c.linear(("#ffe2a8", 0.25), ("#ffe2a8", 0.0), ("#1d2038", 0.3), across=True))


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
