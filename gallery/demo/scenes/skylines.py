"""Roofs against the sky."""

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.light import DAWN, GOLD
from gallery.demo.sky import birds, haze_band, rays, sky, sun, veils
from gallery.demo.terrain import town


def copper_domes(c: Canvas) -> None:
    """Green church domes over the roofs of a town at first light; drawn upright."""
    light = DAWN
    sky(c, light, 1650)
    veils(c, light, 300, 1300, 18)
    sun(c, light, 1130, 1130, 46)
    town(c, 1560, mix(light.haze, light.shadow, 0.25), height=180, step=70)
    haze_band(c, light, 1500, 200, 0.7)
    for x, y, size in ((420, 1500, 330), (1010, 1520, 300), (720, 1560, 560)):
        _dome(
            c,
            x,
            y,
            size,
            mix("#4f9c86", light.haze, 0.42 - size / 1600),
            mix("#8a7568", light.haze, 0.36 - size / 1900),
        )
    c.rect(0, 1540, c.width, 460, c.linear("#4d3f52", "#231f33"))
    _dark_roofs(c)
    birds(c, 380, 520, 16, 18, light.shadow)


def _dark_roofs(c: Canvas) -> None:
    for row in range(3):
        x = -60.0
        while x < c.width:
            w = c.rng.uniform(150, 300)
            y, tone = 1560 + row * 120 + c.rng.uniform(-30, 30), mix("#8a5a58", "#231f38", row / 2.4)
            c.poly(
                [(x, y + 70), (x + w * 0.2, y), (x + w * 0.85, y), (x + w * 1.02, y + 70)],
                c.linear(shade(tone, 0.25), tone),
            )
            c.rect(x + w * 0.6, y - 46, 34, 70, shade(tone, -0.2))
            c.rect(x, y + 70, w, 220, shade(tone, -0.3))
            for column in range(3):
                c.rect(
                    x + 24 + column * w * 0.3,
                    y + 96,
                    30,
                    44,
                    "#ffc978" if c.rng.random() < 0.35 else "#191829",
                )
            x += w


def _dome(c: Canvas, x: float, y: float, size: float, copper: str, stone: str) -> None:
    half = size * 0.3
    c.rect(
        x - half * 1.15,
        y - size * 0.62,
        half * 2.3,
        size * 0.8,
        c.linear(shade(stone, -0.25), stone, shade(stone, 0.35), across=True),
    )
    for column in range(7):
        cx = x - half + column * half / 3
        c.rect(cx - half * 0.06, y - size * 0.56, half * 0.12, size * 0.5, shade(stone, -0.35))
    c.rect(x - half * 1.25, y - size * 0.66, half * 2.5, size * 0.05, shade(stone, 0.2))
    top = y - size * 1.28
    c.path(
        f"M{x - half * 1.1},{y - size * 0.66}Q{x - half * 1.15},{top + size * 0.1} {x},{top}Q{x + half * 1.15},{top + size * 0.1} {x + half * 1.1},{y - size * 0.66}Z",  # noqa: E501 - one path
        c.linear(shade(copper, -0.4), copper, shade(copper, 0.5), across=True),
    )
    for rib in (-0.75, -0.4, 0, 0.4, 0.75):
        c.stroke(
            f"M{x + rib * half * 1.1},{y - size * 0.66}Q{x + rib * half * 1.15},{top + size * 0.12} {x},{top}",  # noqa: E501 - one path
            shade(copper, -0.3),
            size * 0.008,
        )
    c.rect(
        x - half * 0.22,
        top - size * 0.18,
        half * 0.44,
        size * 0.2,
        c.linear(shade(stone, -0.2), shade(stone, 0.3), across=True),
    )
    c.poly(
        [(x - half * 0.26, top - size * 0.18), (x, top - size * 0.4), (x + half * 0.26, top - size * 0.18)],
        copper,
    )
    c.line([(x, top - size * 0.38), (x, top - size * 0.52)], "#e8c25a", size * 0.012)
    c.line(
        [(x - size * 0.035, top - size * 0.47), (x + size * 0.035, top - size * 0.47)],
        "#e8c25a",
        size * 0.012,
    )


def zinc_roofs(c: Canvas) -> None:
    """Grey zinc, dormers and rows of chimney pots in evening sun."""
    light = GOLD
    sky(c, light, 800)
    veils(c, light, 120, 620, 14)
    tower = mix(light.haze, light.shadow, 0.4)
    c.path(
        "M1540,700Q1610,520 1626,200L1640,90L1654,200Q1670,520 1740,700L1700,700Q1640,560 1580,700Z", tower
    )
    c.rect(1592, 470, 96, 16, tower)
    town(c, 720, mix(light.haze, light.shadow, 0.25), height=70, step=50, churches=False)
    haze_band(c, light, 720, 160, 0.7)
    for row in range(4):
        near = row / 3
        y, size = 760 + row * 190, 0.42 + row * 0.26
        x = -200.0 + c.rng.uniform(0, 100)
        while x < c.width:
            width = c.rng.uniform(420, 640) * size
            _mansard(
                c,
                x,
                y + c.rng.uniform(-40, 30) * size,
                width,
                size,
                mix("#6f8296", light.haze, 0.5 * (1 - near)),
                near,
            )
            x += width
    rays(c, 120, 380, 1700, "#ffe6a0", 0.12)


def _mansard(c: Canvas, x: float, y: float, width: float, size: float, zinc: str, near: float) -> None:
    c.rect(x, y + 100 * size, width, 700, c.linear(mix("#e8cfa0", "#b89a78", near), "#8a6f5c"))
    c.poly(
        [
            (x, y + 110 * size),
            (x + 30 * size, y - 90 * size),
            (x + width - 16 * size, y - 90 * size),
            (x + width, y + 110 * size),
        ],
        c.linear(shade(zinc, 0.2), shade(zinc, -0.25)),
    )
    c.poly(
        [
            (x + 30 * size, y - 90 * size),
            (x + 90 * size, y - 140 * size),
            (x + width - 60 * size, y - 140 * size),
            (x + width - 16 * size, y - 90 * size),
        ],
        c.linear("#f5d9a2", shade(zinc, 0.3)),
    )
    for seam in range(int(width / (34 * size))):
        sx = x + 34 * size * (seam + 1)
        c.line([(sx, y - 88 * size), (sx, y + 108 * size)], shade(zinc, -0.35), 2.4 * size)
    for dormer in range(int(width / (150 * size))):
        dx = x + (58 + dormer * 150) * size
        c.poly(
            [(dx, y - 40 * size), (dx + 36 * size, y - 66 * size), (dx + 72 * size, y - 40 * size)],
            shade(zinc, 0.35),
        )
        c.rect(dx, y - 40 * size, 72 * size, 140 * size, "#efe2c6")
        c.rect(
            dx + 12 * size,
            y - 26 * size,
            48 * size,
            118 * size,
            c.linear("#ffd487" if c.rng.random() < 0.4 else "#57738c", "#26384a"),
        )
        c.rect(dx + 34 * size, y - 26 * size, 4 * size, 118 * size, "#efe2c6")
    stack = x + width - 150 * size
    c.rect(stack, y - 250 * size, 130 * size, 180 * size, c.linear("#f0cf9a", "#a07a5c", across=True))
    c.texture(box(stack, y - 250 * size, 130 * size, 180 * size), "plaster", 0.5)
    for pot in range(5):
        px = stack + (8 + pot * 24) * size
        tall = c.rng.uniform(30, 62) * size
        c.rect(px, y - 250 * size - tall, 17 * size, tall, c.linear("#e88a54", "#8a3f28", across=True))
