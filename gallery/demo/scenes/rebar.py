"""Reinforcement."""

from gallery.demo.canvas import Canvas


def rebar(c: Canvas) -> None:
    """A mat of tied reinforcement over fresh formwork, running out of focus."""
    c.rect(0, 0, c.width, c.height, c.linear("#d8c49a", "#c0a070", "#8a6a44"))
    for index in range(8):
        y = 60 + index * index * 30
        c.rect(0, y, c.width, 6, "#6d4f30")
    c.texture(c.everything(), "plaster", 0.9, (5, 0.7))
    vanish = (1150, -900)
    rows = [90 + 1500 * (index / 11) ** 1.9 for index in range(12)]
    for offset, ink in ((26, "#3a2418"), (0, "")):
        for index in range(-4, 17):
            foot = -600 + index * 230
            near = [
                (foot + offset, 1560 + offset),
                (foot + (vanish[0] - foot) * 0.66 + offset * 0.3, 1560 - 2460 * 0.66),
            ]
            _bar(c, near, 30, ink)
        for index, y in enumerate(rows):
            _bar(c, [(-20, y + offset * (0.4 + index / 14)), (2020, y - 26 + offset)], 8 + index * 2.6, ink)
    for index, y in enumerate(rows[2:]):
        for column in range(-4, 17):
            foot = -600 + column * 230
            x = foot + (vanish[0] - foot) * (1560 - y) / 2460
            size = 7 + index * 1.6
            c.line([(x - size, y - size - 10), (x + size, y + size - 10)], "#d8d4c8", 3)
            c.line([(x + size, y - size - 10), (x - size, y + size - 10)], "#8a8a84", 3)
    for x, y in ((430, 1180), (1330, 820)):
        c.oval(x, y + 26, 74, 26, "#3a2418", opacity=0.5)
        c.path(
            f"M{x - 60},{y + 26}L{x - 40},{y - 50}H{x + 40}L{x + 60},{y + 26}Z",
            c.linear("#f08a3c", "#b8501c"),
        )
    c.poly(c.everything(), c.linear(("#fff0c0", 0.35), ("#fff0c0", 0), ("#1c1420", 0.3)))
    c.focus = (0.66, 0.5)


def _bar(c: Canvas, points: list[tuple[float, float]], width: float, ink: str) -> None:
    if ink:
        c.line(points, ink, width, opacity=0.4)
        return
    c.line(points, "#5c2c1c", width)
    c.line([(x, y - width * 0.16) for x, y in points], "#a85a34", width * 0.5)
    c.line([(x, y - width * 0.28) for x, y in points], "#e8a070", width * 0.12)
    c.line(
        points,
        "#4a2014",
        width * 0.9,
        stroke_dasharray=f"3 {width * 0.8:.0f}",
        stroke_linecap="butt",
        opacity=0.55,
    )
