"""Meters and gauges."""

from gallery.demo.canvas import Canvas
from gallery.demo.lettering import centred, letter


def electricity_meter(c: Canvas) -> None:
    """A digital meter in its grey cabinet, its display readable."""
    c.rect(0, 0, c.width, c.height, c.linear("#8f9c9f", "#6d7a7e", "#4a555a"))
    c.texture(c.everything(), "plaster", 0.4, (3, 1))
    c.rect(330, 60, 1340, 1380, c.linear("#2a3236", "#454f54", across=True), rx=22)
    for x in range(380, 1640, 62):
        c.line(
            [(x, 1440), (x + c.rng.uniform(-90, 90), 1180)],
            c.rng.choice(("#1c1c22", "#b8392c", "#3f6aa8", "#4a8a4a", "#d8b03c")),
            24,
        )
    c.rect(520, 190, 990, 1010, "#0a0d10", opacity=0.45, rx=60)
    c.rect(490, 150, 990, 1010, c.linear("#fbf8ee", "#e2dfd2", "#b4b3a8"), rx=60)
    c.rect(590, 270, 790, 300, "#4a5450", rx=22)
    c.rect(604, 284, 762, 272, c.linear("#b4cfa0", "#8fb07f"), rx=14)
    letter(c, "048213.7", 646, 350, 112, "#1a2a1c", weight=0.15)
    letter(c, "KWH", 1200, 508, 30, "#1a2a1c", weight=0.15)
    c.poly([(604, 284), (980, 284), (820, 556), (604, 556)], "#ffffff", opacity=0.2)
    letter(c, "230 V  5-80 A  50 HZ", 620, 640, 36, "#3a4044", weight=0.12)
    letter(c, "NO 7 110 482", 620, 710, 36, "#3a4044", weight=0.12)
    for index in range(52):
        c.rect(620 + index * 9.4, 790, c.rng.choice((2.4, 4, 6)), 110, "#20262a")
    c.circle(1260, 840, 44, c.linear("#3f7ac0", "#1f4f8a"))
    c.circle(1260, 990, 20, "#ff5a3c")
    c.glow(1260, 990, 130, "#ff6a48", 0.9)
    for x in (580, 1390):
        c.circle(x, 1080, 26, c.linear("#d8d8d2", "#7a7c7a"))
        c.line([(x - 16, 1090), (x + 16, 1070)], "#3a3c3c", 6)
    c.poly([(1180, 0), (1500, 0), (900, 1500), (560, 1500)], "#ffffff", opacity=0.1)
    c.focus = (0.33, 0.9)


def pressure_gauges(c: Canvas) -> None:
    """Three pressure gauges on a copper manifold, one in the red; drawn square."""
    c.rect(0, 0, c.width, c.height, c.linear("#24424a", "#1a2f38", "#0f1d26"))
    for x, y, radius, tone in (
        (200, 250, 260, "#3f7a7a"),
        (1500, 180, 320, "#c9823f"),
        (1620, 1300, 240, "#3f7a7a"),
    ):
        c.circle(x, y, radius, c.radial(tone, 0.55))
    for y, size in ((1330, 150), (1560, 90)):
        c.rect(-10, y - size / 2, 1820, size, c.linear("#5c2c18", "#ffc890", "#d8824a", "#8a4524", "#3a1a10"))
    for x, y, radius, value in ((430, 900, 250, 0.35), (1000, 620, 330, 0.86), (1500, 980, 210, 0.5)):
        c.rect(x - 36, y, 72, 1330 - y, c.linear("#5c3a14", "#ffdf9a", "#b8862c", "#4a2e10", across=True))
        c.rect(x - 62, y + radius * 1.02, 124, 60, c.linear("#7a521c", "#ffe6a8", "#7a521c", across=True))
        dial(c, x, y, radius, value)
    c.glow(760, 380, 360, "#fff0c8", 0.3)


def dial(c: Canvas, x: float, y: float, radius: float, value: float) -> None:
    """A round gauge; `value` runs from 0 to 1."""
    c.circle(x + radius * 0.08, y + radius * 0.12, radius * 1.08, "#0c1416", opacity=0.45)
    c.circle(x, y, radius * 1.08, c.linear("#fff0c0", "#b88a3c", "#6d4a1c"))
    c.circle(x, y, radius * 0.93, c.linear("#fffdf2", "#e8e2cc"))
    for index in range(41):
        with c.group(transform=f"rotate({index * 6.75 - 135} {x} {y})"):
            major = index % 5 == 0
            c.rect(
                x - radius * 0.012,
                y - radius * 0.86,
                radius * 0.024,
                radius * (0.16 if major else 0.08),
                "#c22f22" if index > 32 else "#20242a",
            )
    for index in range(5):
        centred(
            c,
            str(index * 2),
            x + (index - 2) * radius * 0.29,
            y - radius * (0.55 - abs(index - 2) * 0.17),
            radius * 0.14,
            "#20242a",
            weight=0.16,
        )
    centred(c, "BAR", x, y + radius * 0.36, radius * 0.12, "#20242a", weight=0.14)
    with c.group(transform=f"rotate({value * 270 - 135} {x} {y})"):
        c.poly(
            [
                (x - radius * 0.05, y + radius * 0.2),
                (x, y - radius * 0.74),
                (x + radius * 0.05, y + radius * 0.2),
            ],
            "#c22f22",
        )
    c.circle(x, y, radius * 0.09, "#20242a")
    c.path(
        f"M{x - radius * 0.8},{y - radius * 0.3}A{radius * 0.86},{radius * 0.86} 0 0 1 {x + radius * 0.3},{y - radius * 0.8}L{x + radius * 0.1},{y - radius * 0.4}Z",  # noqa: E501 - one path
        "#ffffff",
        opacity=0.3,
    )
