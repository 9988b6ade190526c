"""Boilers, fans, gears."""

from math import cos, pi, sin, tau

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import shade
from gallery.demo.lettering import centred
from gallery.demo.scenes.instruments import dial


def boiler_room(c: Canvas) -> None:
    """Lagged pipes, red valves and gauges against tiles."""
    c.rect(0, 0, c.width, c.height, "#5c7a78")
    for row in range(16):
        for column in range(21):
            c.rect(column * 98 + 3, row * 98 + 3, 92, 92, shade("#7fa09a", c.rng.uniform(-0.16, 0.12)), rx=3)
    c.texture(c.everything(), "plaster", 0.6, (2, 4))
    for y, size, tone in (
        (250, 120, "#c9c6bc"),
        (560, 90, "#b8503a"),
        (760, 60, "#c9823f"),
        (1130, 150, "#d4d0c4"),
    ):
        _pipe(c, y, size, tone)
    for x, top, bottom, size, tone in (
        (420, 560, 1500, 84, "#b8503a"),
        (1010, -20, 760, 62, "#c9823f"),
        (1560, 250, 1130, 110, "#c9c6bc"),
    ):
        c.rect(x - size / 2 + 34, top, size, bottom - top, "#1a2a2c", opacity=0.4)
        c.rect(
            x - size / 2,
            top,
            size,
            bottom - top,
            c.linear(
                shade(tone, -0.5), shade(tone, 0.1), shade(tone, 0.6), tone, shade(tone, -0.65), across=True
            ),
        )
        for y in (top + 70, bottom - 130):
            c.rect(
                x - size * 0.72,
                y,
                size * 1.44,
                44,
                c.linear("#3c4446", "#a9b0b0", "#33393b", across=True),
                rx=5,
            )
    for x, y, size in ((720, 560, 110), (1290, 760, 92)):
        for spoke in range(3):
            with c.group(transform=f"rotate({spoke * 60 + 20} {x} {y})"):
                c.rect(x - size, y - 9, size * 2, 18, "#8f1f18")
        c.circle(x + 8, y + 12, size, "none", stroke="#1a2224", stroke_width=24, opacity=0.4)
        c.circle(x, y, size, "none", stroke="#d8392c", stroke_width=26)
        c.circle(x - 3, y - 4, size + 3, "none", stroke="#ff8a6c", stroke_width=6)
        c.circle(x, y, 24, c.linear("#f0a08a", "#7a1a14"))
    for x, value in ((1270, 0.32), (1790, 0.68)):
        c.rect(x - 14, 1040, 28, 60, "#a9783a")
        dial(c, x, 930, 130, value)
    c.poly(c.everything(), c.linear(("#ffdf9a", 0.34), ("#ffdf9a", 0), ("#08141c", 0.5), across=True))


def _pipe(c: Canvas, y: float, size: float, tone: str) -> None:
    c.rect(-10, y - size / 2 + 40, 2020, size, "#1a2a2c", opacity=0.4)
    c.rect(
        -10,
        y - size / 2,
        2020,
        size,
        c.linear(shade(tone, -0.2), shade(tone, 0.6), tone, shade(tone, -0.3), shade(tone, -0.65)),
    )
    c.texture(box(0, y - size / 2, 2000, size), "plaster", 0.5, (2, 0.8))
    for x in range(160, 2000, 460):
        c.rect(x, y - size * 0.58, 36, size * 1.16, c.linear("#e6e8e4", "#a9b0b0", "#33393b"), rx=5)


def ventilator(c: Canvas) -> None:
    """The blades of a big roof ventilator; drawn square."""
    c.rect(0, 0, c.width, c.height, c.linear("#d8b48a", "#b07a54", "#70483a"))
    c.texture(c.everything(), "plaster", 0.6, (2, 4))
    for x in range(60, 1800, 180):
        c.rect(x, 0, 5, c.height, "#5c3a30", opacity=0.6)
        for y in range(90, 1800, 230):
            c.circle(x + 24, y, 11, c.linear("#f6dcb8", "#6d4636"))
    c.circle(948, 968, 810, "#20101a", opacity=0.45)
    fan(c, 900, 900, 740, blades=9, paint="#5f8a96")
    centred(c, "AIR OUT", 900, 878, 44, "#20262a", weight=0.15)
    c.poly([(0, 0), (1300, 0), (0, 1300)], "#fff0c0", opacity=0.16)


def oil_seal(c: Canvas) -> None:
    """Gears behind an opened cover, bright with oil."""
    c.rect(0, 0, c.width, c.height, c.linear("#3a4248", "#20262b", "#12161a"))
    c.texture(c.everything(), "plaster", 0.6, (3, 3), white=True)
    for x, y, radius, teeth, tone, turn in (
        (1500, 420, 470, 34, "#7a8a92", 0.1),
        (620, 820, 560, 42, "#b8863c", 0.0),
        (1440, 1240, 330, 24, "#96a4aa", 0.05),
    ):
        _gear(c, x, y, radius, teeth, tone, turn)
    for _ in range(70):
        left, top, size = c.rng.uniform(0, 2000), c.rng.uniform(0, 1500), c.rng.uniform(4, 20)
        c.oval(left, top, size, size * 0.8, c.linear(("#ffdf9a", 0.5), ("#5c3a10", 0.5)))
        c.circle(left - size * 0.3, top - size * 0.3, size * 0.2, "#fff6dc")
    c.glow(500, 300, 800, "#ffe6b0", 0.3)
    c.focus = (0.55, 0.7)


def _gear(c: Canvas, x: float, y: float, radius: float, teeth: int, tone: str, turn: float) -> None:
    rim = []
    for index in range(teeth):
        for share, reach in ((-0.3, 0.9), (-0.2, 1), (0.2, 1), (0.3, 0.9)):
            a = turn + tau * (index + share) / teeth
            rim.append((x + cos(a) * radius * reach, y + sin(a) * radius * reach))
    c.poly([(px + 22, py + 30) for px, py in rim], "#05070a", opacity=0.6)
    c.poly([(px + 9, py + 12) for px, py in rim], shade(tone, -0.7))
    c.poly(rim, c.linear(shade(tone, 0.45), tone, shade(tone, -0.45)))
    for share, low, high in ((0.84, -0.3, 0.2), (0.8, 0.3, -0.3)):
        c.circle(x, y, radius * share, c.linear(shade(tone, high), shade(tone, low)))
    for ring in range(9):
        c.circle(
            x,
            y,
            radius * (0.34 + ring * 0.05),
            "none",
            stroke=shade(tone, 0.5),
            stroke_width=1.6,
            opacity=0.4,
        )
    for index in range(6):
        a = turn + tau * index / 6
        c.circle(
            x + cos(a) * radius * 0.54,
            y + sin(a) * radius * 0.54,
            radius * 0.15,
            c.linear("#05070a", "#2a3238"),
        )
    c.circle(x, y, radius * 0.26, c.linear(shade(tone, 0.55), shade(tone, -0.4)))
    c.circle(x, y, radius * 0.12, "#0a0d10")


def fan(c: Canvas, x: float, y: float, radius: float, *, blades: int = 7, paint: str = "#8b9499") -> None:
    """A ventilator behind its grille."""
    c.circle(x, y, radius * 1.08, c.linear("#eceeea", "#6b7378"))
    c.circle(x, y, radius, "#14181c")
    for blade in range(blades):
        a = tau * blade / blades
        hub, tip = (x + cos(a) * radius * 0.2, y + sin(a) * radius * 0.2), radius * 0.95
        c.path(
            f"M{hub[0]:.1f},{hub[1]:.1f}L{x + cos(a + 0.1) * tip:.1f},{y + sin(a + 0.1) * tip:.1f}A{tip:.1f},{tip:.1f} 0 0 1 {x + cos(a + 0.62) * tip:.1f},{y + sin(a + 0.62) * tip:.1f}Q{x + cos(a + 0.8) * radius * 0.5:.1f},{y + sin(a + 0.8) * radius * 0.5:.1f} {hub[0]:.1f},{hub[1]:.1f}Z",  # noqa: E501 - one path
            c.linear(shade(paint, 0.3 * sin(a) + 0.1), shade(paint, -0.45)),
        )
    c.circle(x, y, radius * 0.24, c.linear("#dfe3e2", "#3e464b"))
    for ring in (0.4, 0.6, 0.8, 1.0):
        c.circle(x, y, radius * ring, "none", stroke="#cfd4d4", stroke_width=f"{radius * 0.022:.1f}")
    for spoke in range(8):
        a = tau * spoke / 8 + pi / 16
        c.line([(x, y), (x + cos(a) * radius, y + sin(a) * radius)], "#cfd4d4", radius * 0.02)
