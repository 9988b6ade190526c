"""Snow and ice on roofs."""

from math import sin

from gallery.demo.canvas import Canvas
from gallery.demo.colour import mix, shade
from gallery.demo.light import SNOW
from gallery.demo.sky import haze_band, sky, veils
from gallery.demo.terrain import ridge, snow_fall

BRICK = ("#8f4a3c", "#7a5a4c", "#a8654c", "#6f4038", "#b88a6a", "#5d5560", "#94413a")


def winter_roofs(c: Canvas) -> None:
    """Gables under fresh snow, smoke going straight up."""
    light = SNOW
    sky(c, light, 1000)
    veils(c, light, 300, 800, 8)
    ridge(c, 640, 240, mix("#7f8fae", light.haze, 0.5), rough=0.4, foot=light.haze)
    for row in range(5):
        near, y = row / 4, 720 + row * 175
        size = 120 + row * 75
        x = -size * c.rng.uniform(0.2, 1)
        while x < c.width:
            width = size * c.rng.uniform(1.1, 1.9)
            wall = mix(c.rng.choice(BRICK), light.haze, 0.6 - near * 0.55)
            _snow_gable(c, x, y + c.rng.uniform(-0.2, 0.1) * size, width, size, wall, near)
            x += width * 0.92
        haze_band(c, light, y + 60, 90, 0.4 - near * 0.35)
    snow_fall(c)


def _snow_gable(c: Canvas, x: float, y: float, width: float, size: float, wall: str, near: float) -> None:
    snow, peak = mix("#dfe6f2", "#ffffff", near), y - size * 0.72
    c.rect(x, y - 4, width, size * 2.4, c.linear(wall, shade(wall, -0.3)))
    if width > size * 1.5:
        c.poly(
            [(x - 12, y), (x + width * 0.18, peak), (x + width * 0.82, peak), (x + width + 12, y)],
            c.linear("#ffffff", snow, "#a9b7d3"),
        )
    else:
        c.poly([(x, y), (x + width / 2, peak), (x + width, y)], shade(wall, 0.1))
        c.line([(x - 14, y + 8), (x + width / 2, peak), (x + width + 14, y + 8)], snow, size * 0.13)
        c.line(
            [(x - 12, y + 20), (x + width / 2, peak + 14), (x + width + 12, y + 20)], "#8c9cc0", size * 0.03
        )
    chimney = x + width * c.rng.uniform(0.25, 0.7)
    c.rect(
        chimney,
        peak - size * 0.28,
        size * 0.17,
        size * 0.5,
        c.linear(shade(wall, 0.15), shade(wall, -0.4), across=True),
    )
    c.rect(chimney - 4, peak - size * 0.33, size * 0.17 + 8, size * 0.07, "#ffffff", rx=6)
    for puff in range(9):
        c.circle(
            chimney + size * 0.08 + sin(puff * 0.8) * 9 + puff * 5,
            peak - size * (0.4 + puff * 0.16),
            size * (0.08 + puff * 0.025),
            c.radial("#f3efec", 0.5 - puff * 0.04),
        )
    for column in range(int(width / size * 2.2)):
        wx = x + size * 0.2 + column * size * 0.42
        lit = c.rng.random() < 0.4
        c.rect(wx, y + size * 0.2, size * 0.2, size * 0.3, "#ffca7a" if lit else "#3d4a66")
        c.rect(wx - 4, y + size * 0.5, size * 0.2 + 8, size * 0.05, "#f4f6fb")
        if lit:
            c.glow(wx + size * 0.1, y + size * 0.35, size * 0.4, "#ffb95c", 0.45)


def icicles(c: Canvas) -> None:
    """A gutter hung with ice against a blue wall."""
    wall = "#3f6a8a"
    c.rect(0, 0, c.width, c.height, c.linear("#2f5676", wall, "#6f97ad"))
    for index in range(15):
        y = 380 + index * 78
        c.rect(0, y, c.width, 5, "#21435e")
        c.rect(0, y + 5, c.width, 9, "#7fa3b8", opacity=0.5)
    c.texture(c.everything(), "plaster", 0.3, (6, 0.7))
    c.rect(1250, 560, 560, 940, c.linear("#f1ece0", "#cfcabd"))
    c.rect(1300, 610, 460, 890, c.linear("#1d2c3c", "#ffc87a", "#e89b4c"))
    c.rect(1520, 610, 20, 890, "#efeadf")
    c.rect(1300, 980, 460, 18, "#efeadf")
    c.glow(1530, 1200, 620, "#ffbf6c", 0.5)
    c.path(
        "M0,0H2000V210Q1700,250 1400,215T800,225T300,205T0,230Z", c.linear("#dfe8f4", "#ffffff", "#b9cbe2")
    )
    c.rect(0, 205, c.width, 110, c.linear("#8c9aa3", "#e8eef0", "#5b6972", "#3d4850"))
    for clip in range(160, 2000, 420):
        c.rect(clip, 195, 26, 130, c.linear("#9aa7af", "#4b5860", across=True))
    for _ in range(74):
        x, length, width = c.rng.uniform(-10, 2010), 60 + c.rng.random() ** 2.4 * 620, c.rng.uniform(10, 26)
        c.path(
            f"M{x - width:.0f},300Q{x - width * 0.3:.0f},{300 + length * 0.5:.0f} {x:.0f},{300 + length:.0f}Q{x + width * 0.4:.0f},{300 + length * 0.5:.0f} {x + width:.0f},300Z",  # noqa: E501 - one path
            c.linear(("#ffffff", 0.95), ("#cfe6f5", 0.75), ("#ffffff", 0.6)),
        )
        c.line([(x - width * 0.35, 305), (x - 1, 300 + length * 0.9)], "#ffffff", 3, opacity=0.8)
    snow_fall(c, 90)
    c.focus = (0.28, 0.7)
