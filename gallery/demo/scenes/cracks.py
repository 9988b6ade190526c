"""Cracks, and the card that is held beside them."""

from math import sin

from gallery.demo.canvas import Canvas


def pier_crack(c: Canvas) -> None:
    """A crack in a quay wall with a gauge card beside it and the tide mark below."""
    c.rect(0, 0, c.width, c.height, c.linear("#bdb8aa", "#a29d92", "#7d7d72"))
    c.texture(c.everything(), "plaster", 0.75, (2.4, 2.4))
    c.texture(c.everything(), "speckle", 0.35, (1.5, 1.5))
    c.texture(c.everything(), "mottle", 0.35, (0.6, 5))
    for y in (330, 980):
        c.rect(0, y, c.width, 9, "#5f5c55")
        c.rect(0, y + 9, c.width, 5, "#d3cebf", opacity=0.6)
    for x in range(140, 2100, 430):
        for y in (120, 660, 1200):
            c.circle(x, y, 21, c.linear("#4a4741", "#8d887b"))
    tide = [
        (0, 1190),
        *((x, 1190 + 26 * sin(x / 130) + c.rng.uniform(-14, 14)) for x in range(0, 2020, 25)),
        (2000, 1500),
        (0, 1500),
    ]
    c.poly(tide, c.linear(("#3d4a34", 0.55), ("#1f2c22", 0.9)))
    c.texture(tide, "plaster", 0.9, (0.8, 1.6))
    crack(c, 1120, -20, 1520, width=15)
    gauge_card(c, 1290, 520, turn=4)
    c.poly([(0, 0), (900, 0), (240, 1500), (0, 1500)], "#141a2c", opacity=0.3)


def crack(c: Canvas, x: float, top: float, bottom: float, *, width: float) -> None:
    """A crack that wanders down, branches, and has a lit lower lip."""
    line, y, drift = [(x, top)], top, 0.0
    while y < bottom:
        y += c.rng.uniform(14, 48)
        drift = drift * 0.6 + c.rng.gauss(0, 16)
        x += drift
        line.append((x, y))
        if c.rng.random() < 0.13:
            side, branch = c.rng.choice((-1, 1)), [(x, y)]
            for _ in range(c.rng.randrange(3, 9)):
                branch.append(
                    (branch[-1][0] + side * c.rng.uniform(8, 34), branch[-1][1] + c.rng.uniform(-4, 34))
                )
            c.line(branch, "#2a2624", width * 0.22)
    edge = [(px + width * c.rng.uniform(0.2, 0.75), py) for px, py in line]
    c.line([(px + width * 0.7, py + 2) for px, py in line], "#efe8d8", width * 0.4, opacity=0.55)
    c.poly([*((px - width * c.rng.uniform(0.1, 0.5), py) for px, py in line), *reversed(edge)], "#191615")


def gauge_card(c: Canvas, x: float, y: float, *, turn: float) -> None:
    """The paper scale that a surveyor holds to a crack."""
    with c.group(transform=f"rotate({turn} {x} {y})"):
        c.rect(x + 10, y + 14, 430, 210, "#15131a", opacity=0.4)
        c.rect(x, y, 430, 210, c.linear("#fffdf2", "#e8e2d0"), rx=8)
        for index in range(41):
            tall = 54 if index % 10 == 0 else 38 if index % 5 == 0 else 24
            c.rect(x + 14 + index * 10, y, 2.2, tall, "#20242c")
        for index, thick in enumerate((2, 4, 7, 11, 16)):
            c.rect(x + 26 + index * 80, y + 92, 56, thick, "#20242c")
        c.rect(x, y + 150, 430, 60, "#c9392c", rx=8)
        for index in range(4):
            c.rect(x + 24 + index * 60, y + 168, 40, 24, "#fff6e0", opacity=0.9)
