"""Stairwells and passages."""

from math import cos, pi, sin, tau

from gallery.demo.camera import Camera
from gallery.demo.canvas import Canvas
from gallery.demo.colour import mix, shade


def spiral_stair(c: Canvas) -> None:
    """Looking straight down a stairwell; drawn square."""
    middle = c.width / 2
    c.rect(0, 0, c.width, c.height, "#d8c5a0")
    c.glow(middle * 0.5, middle * 0.4, middle * 1.6, "#fff1cf", 1)
    turns, steps = 4, 26
    for index in range(turns * steps):
        a0, a1 = tau * index / steps, tau * (index + 1.06) / steps
        outer = middle * 1.5 * 0.962 ** (index * 0.62)
        inner = outer * 0.62
        depth = index / (turns * steps)
        sunny = 0.5 + 0.5 * cos(a0 - 3.9)
        tone = mix(mix("#5c3a2c", "#d9a770", sunny), "#17131f", depth * 0.85)
        ring = [
            (middle + cos(a) * r, middle + sin(a) * r)
            for r, a in ((outer, a0), (outer, a1), (inner, a1), (inner, a0))
        ]
        c.poly(ring, tone)
        edge = [(middle + cos(a0) * r, middle + sin(a0) * r) for r in (outer, inner)]
        c.line(edge, shade(tone, 0.35), 5 * (1 - depth))
        c.poly(
            [
                edge[0],
                edge[1],
                (middle + cos(a0 + 0.05) * inner, middle + sin(a0 + 0.05) * inner),
                (middle + cos(a0 + 0.05) * outer, middle + sin(a0 + 0.05) * outer),
            ],
            "#1a1018",
            opacity=0.4,
        )
        rail = inner * 0.985
        c.line(
            [(middle + cos(a) * rail, middle + sin(a) * rail) for a in (a0, a1)],
            mix("#1d2a33", "#0c0e16", depth),
            20 * (1 - depth * 0.8),
        )
        c.line(
            [
                (middle + cos(a0) * rail, middle + sin(a0) * rail),
                (middle + cos(a0 - pi / 60) * rail * 0.9, middle + sin(a0 - pi / 60) * rail * 0.9),
            ],
            "#141a22",
            5 * (1 - depth * 0.8),
        )
    c.circle(middle, middle, 86, "#0e0f1a")
    c.glow(middle + 12, middle + 8, 120, "#ffcf87", 0.9)
    c.texture(c.everything(), "plaster", 0.3, (1.4, 1.4))


def corridor(c: Canvas) -> None:
    """A long passage, doors down both sides, a bright end; drawn upright."""
    camera = Camera(750, 900, 1150, 1.55, haze="#fff6da", reach_m=40)
    c.rect(0, 0, c.width, c.height, "#fff4d4")
    for side, tone in ((-1, "#8fb0a8"), (1, "#7a9c98")):
        x = side * 1.6
        camera.face(
            c,
            [(x, 1.2, 0.6), (x, 3, 0.6), (x, 3, 60), (x, 1.2, 60)],
            c.linear("#e6ddc2", "#fff4d4", across=side < 0)
            if side < 0
            else c.linear("#fff4d4", "#cfc4a8", across=True),
        )
        camera.face(
            c,
            [(x, 0, 0.6), (x, 1.2, 0.6), (x, 1.2, 60), (x, 0, 60)],
            c.linear(shade(tone, -0.3), "#e8ecd2", across=True)
            if side < 0
            else c.linear("#e8ecd2", shade(tone, -0.35), across=True),
        )
    ceiling = camera.face(
        c, [(-1.6, 3, 0.6), (1.6, 3, 0.6), (1.6, 3, 60), (-1.6, 3, 60)], c.linear("#a89f8c", "#f2e9d0")
    )
    c.texture(ceiling, "plaster", 0.3)
    for row in range(44, 0, -1):
        z = 0.7 + row * 0.4
        for column in range(8):
            x = -1.6 + column * 0.4
            tone = "#e9dcc0" if (row + column) % 2 else "#5c4a48"
            camera.face(c, [(x, 0, z), (x + 0.4, 0, z), (x + 0.4, 0, z + 0.4), (x, 0, z + 0.4)], tone)
    camera.face(c, [(-1.6, 0, 18), (1.6, 0, 18), (1.6, 3, 18), (-1.6, 3, 18)], "#fff8e4")
    for z in range(16, 1, -3):
        for side in (-1, 1):
            x = side * 1.59
            camera.face(c, [(x, 0, z), (x, 2.2, z), (x, 2.2, z + 1.1), (x, 0, z + 1.1)], "#f4ead2")
            camera.face(
                c,
                [(x, 0, z + 0.1), (x, 2.1, z + 0.1), (x, 2.1, z + 1), (x, 0, z + 1)],
                ("#b8502f", "#2f6a7a", "#c8902f")[z % 3 - 1],
            )
        px, py = camera.see(0, 2.98, z)
        c.oval(px, py, 420 / z, 60 / z, "#fffdf0")
        c.glow(px, py, 900 / z, "#fff6d0", 0.6)
        c.oval(750, camera.see(0, 0, z)[1], 520 / z, 90 / z, c.radial("#ffffff", 0.5))
    c.glow(750, 890, 520, "#fff8dc", 0.8)
    c.focus = (0.46, 0.8)
