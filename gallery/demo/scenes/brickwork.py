"""Brick walls."""

from gallery.demo.canvas import Canvas
from gallery.demo.colour import shade
from gallery.demo.light import MORNING
from gallery.demo.scenes.cracks import gauge_card
from gallery.demo.terrain import tree


def cracked_brick(c: Canvas) -> None:
    """A brick wall with a stepped crack, before the repair."""
    _bricks(c, ("#a8523c", "#94452f", "#b8654a", "#7f3a2c", "#8f5a44"), "#c9bca4", rough=9)
    c.texture(c.everything(), "plaster", 0.7)
    c.texture(c.everything(), "speckle", 0.5, (1.2, 1.2), white=True)
    c.texture(c.everything(), "mottle", 0.5, (0.8, 4))
    x, y, line = 520.0, -20.0, [(520.0, -20.0)]
    while y < c.height:
        y += 92
        line.append((x + c.rng.uniform(-6, 6), y))
        x += c.rng.choice((-118, 118, 118, 0))
        line.append((x, y + c.rng.uniform(-5, 5)))
    c.line(line, "#e8d8bc", 22, opacity=0.5)
    c.line([(px - 3, py - 3) for px, py in line], "#140c0c", 15)
    gauge_card(c, 1340, 900, turn=-5)
    c.poly(c.everything(), c.linear(("#ffe0a8", 0.3), ("#ffe0a8", 0), ("#120f24", 0.42), across=True))


def _bricks(
    c: Canvas, tones: tuple[str, ...], mortar: str, *, rough: float, width: int = 2000, height: int = 1500
) -> None:
    c.rect(0, 0, width, height, mortar)
    for row in range(height // 92 + 1):
        for column in range(-1, width // 236 + 1):
            x, y = (
                column * 236 + (row % 2) * 118 + c.rng.uniform(-rough, rough) * 0.4,
                row * 92 + c.rng.uniform(-rough, rough) * 0.3,
            )
            tone = shade(c.rng.choice(tones), c.rng.uniform(-0.14, 0.1))
            c.rect(x + 5, y + 6, 226, 82, shade(mortar, -0.55), rx=5)
            c.rect(x, y, 226, 80, c.linear(shade(tone, 0.2), tone, shade(tone, -0.2)), rx=5)


def repointed_brick(c: Canvas) -> None:
    """The wall after the repair, seen a step further back, with the window it carries."""
    with c.group(transform="scale(.72)"):
        _bricks(c, ("#b85f44", "#a8533a", "#c06e50", "#9a4a36"), "#efe6d4", rough=2, width=2800, height=2100)
    c.texture(c.everything(), "plaster", 0.4, (2, 2))
    c.rect(1020, 250, 640, 900, "#f4e8d0")
    for index in range(13):
        c.poly(
            [
                (1010 + index * 51, 130),
                (1056 + index * 51, 130),
                (1052 + index * 50, 256),
                (1020 + index * 50, 256),
            ],
            shade("#b85f44", c.rng.uniform(-0.2, 0.2)),
        )
    c.rect(1060, 292, 560, 816, c.linear("#6d94b0", "#b9d3da", "#3d586c"))
    c.poly([(1060, 292), (1400, 292), (1060, 860)], "#ffffff", opacity=0.25)
    for x in (1060, 1332, 1604):
        c.rect(x, 292, 16, 816, "#fffaf0")
    for y in (292, 560, 830, 1092):
        c.rect(1060, y, 560, 16, "#fffaf0")
    c.rect(980, 1150, 720, 52, c.linear("#fff3da", "#c9b898"))
    c.rect(980, 1202, 720, 60, c.linear(("#2a1418", 0.55), ("#2a1418", 0)))
    tree(c, 160, 1640, 1050, "#6f9444", MORNING)
    c.poly(
        [(0, 0), (c.width, 0), (c.width, 700), (300, 1500), (0, 1500)],
        c.linear(("#fff0c0", 0.28), ("#fff0c0", 0)),
    )
