"""Terraces and towers."""

from collections.abc import Sequence

from gallery.demo.canvas import Canvas, Point, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import (
    AUTUMN,
    NOON,
)
from gallery.demo.sky import cumulus, sky, veils
from gallery.demo.terrain import tree


def plex_stairs(c: Canvas) -> None:
    """Montréal row houses with their curved outside stairs."""
    light = AUTUMN
    sky(c, light, 420)
    x = -60.0
    for width, paint, trim in (
        (560, "#8f4436", "#f0e4cc"),
        (600, "#6f7f6a", "#f2d9a0"),
        (520, "#b5654a", "#3f5f5a"),
        (600, "#59586a", "#e8c9a0"),
    ):
        _plex(c, x, width, paint, trim)
        x += width
    c.rect(0, 1340, c.width, 160, c.linear("#b0a596", "#857a72"))
    c.texture(box(0, 1340, 2000, 160), "speckle", 0.8)
    for _ in range(220):
        c.oval(
            c.rng.uniform(0, 2000),
            c.rng.uniform(1345, 1500),
            14,
            7,
            c.rng.choice(("#d9822e", "#c8452c", "#e0b040", "#9a5a2a")),
            opacity=0.85,
        )
    tree(c, 1500, 1400, 1050, "#d8792c", light)


def _plex(c: Canvas, x: float, width: float, paint: str, trim: str) -> None:
    c.rect(x, 230, width, 1130, c.linear(shade(paint, 0.15), shade(paint, -0.15)))
    for row in range(56):
        c.rect(x, 232 + row * 20, width, 2.5, shade(paint, -0.3), opacity=0.6)
    c.texture(box(x, 230, width, 1130), "plaster", 0.6)
    c.rect(x, 190, width, 62, c.linear(trim, shade(trim, -0.3)))
    for index in range(int(width / 38)):
        c.rect(x + 8 + index * 38, 252, 16, 26, shade(trim, -0.2))
    for floor in range(3):
        y = 320 + floor * 350
        for wx, wide in ((x + 50, 150), (x + width - 190, 130)):
            c.rect(wx - 14, y - 26, wide + 28, 22, trim)
            c.rect(wx, y, wide, 220, c.linear("#b9d3da", "#3c5566"))
            c.rect(wx, y + 105, wide, 9, trim)
            c.rect(wx - 12, y + 220, wide + 24, 13, shade(trim, -0.15))
        c.rect(x + 250, y - 6, 92, 246, c.linear(shade(paint, -0.5), shade(paint, -0.35)))
    c.rect(x + 20, 915, width - 40, 18, shade(trim, -0.2))
    for index in range(int((width - 40) / 20)):
        c.rect(x + 24 + index * 20, 820, 4, 96, "#20242a")
    c.rect(x + 20, 812, width - 40, 9, "#20242a")
    foot, head = (x + width * 0.28, 1370), (x + width * 0.55, 920)
    for step in range(17):
        t = step / 16
        sx = foot[0] + (head[0] - foot[0]) * t**1.7
        sy = foot[1] + (head[1] - foot[1]) * t
        c.rect(sx - 80, sy + 8, 168, 10, "#14161c", opacity=0.5)
        c.rect(sx - 84, sy, 168, 10, shade(trim, -0.1))
        for side in (-84, 80):
            c.rect(sx + side, sy - 92, 4, 98, "#20242a")
    for side in (-82, 82):
        c.stroke(
            f"M{foot[0] + side},{foot[1] - 92}Q{foot[0] + side},{(foot[1] + head[1]) / 2 - 160} {head[0] + side},{head[1] - 92}",  # noqa: E501 - one path
            "#20242a",
            9,
        )


def curtain_wall(c: Canvas) -> None:
    """Glass towers from the pavement, clouds in their panes; drawn upright."""
    sky(c, NOON, c.height)
    for x, y, width in ((760, 560, 520), (700, 1240, 300)):
        cumulus(c, NOON, x, y, width)
    veils(c, NOON, 200, 1500, 8, "#ffffff")
    towers = (
        ([(-60, 2000), (520, 2000), (610, 180), (420, 30)], 15, 44, "#3f7f9c"),
        ([(1560, 2000), (980, 2000), (850, 380), (1110, 210)], 13, 38, "#c08a5c"),
        ([(560, 2000), (900, 2000), (770, 900), (690, 880)], 11, 36, "#5f6f8f"),
    )
    for corners, columns, rows, tint in towers:
        _glass(c, corners, columns, rows, tint)
    c.poly(
        [(1560, 0), (1560, 900), (300, 2000), (0, 2000), (900, 0)],
        c.linear(("#fff3cc", 0.28), ("#fff3cc", 0)),
    )


def _glass(c: Canvas, corners: Sequence[Point], columns: int, rows: int, tint: str) -> None:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners

    def at(u: float, v: float) -> tuple[float, float]:
        v = 1 - (1 - v) ** 1.5
        return (ax + (bx - ax) * u) * (1 - v) + (dx + (cx - dx) * u) * v, (ay + (by - ay) * u) * (1 - v) + (
            dy + (cy - dy) * u
        ) * v

    c.poly([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], shade(tint, -0.55))
    for row in range(rows):
        for column in range(columns):
            u0, u1, v0, v1 = (
                (column + 0.06) / columns,
                (column + 0.94) / columns,
                (row + 0.08) / rows,
                (row + 0.92) / rows,
            )
            cloud = 0.5 + 0.5 * ((column * 0.9 + row * 0.37) % 5 - 2.5) / 2.5
            tone = mix(
                shade(tint, -0.25),
                mix("#dff0f6", tint, 0.25),
                cloud * 0.55 + c.rng.uniform(0, 0.3) + row / rows * 0.2,
            )
            c.poly(
                [at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)],
                "#ffe6a8" if c.rng.random() < 0.015 else tone,
            )
