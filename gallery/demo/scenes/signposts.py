"""Signs that lead."""

from gallery.demo.canvas import Canvas, box
from gallery.demo.colour import mix, shade
from gallery.demo.lettering import centred
from gallery.demo.light import OVERCAST
from gallery.demo.sky import cumulus, sky
from gallery.demo.terrain import grass, ridge


def waymarker(c: Canvas) -> None:
    """A finger post at a path's fork, hills behind; drawn upright."""
    sky(c, OVERCAST, 1300)
    cumulus(c, OVERCAST, 350, 620, 700)
    for index in range(4):
        tone = mix("#3f6a5c", "#c8cdcd", 0.75 - index * 0.2)
        ridge(c, 1020 + index * 120, 240 - index * 30, tone, rough=0.5, foot=mix(tone, "#c8cdcd", 0.35))
    c.path("M0,1480Q760,1400 1500,1500V2000H0Z", c.linear("#7f9a54", "#4a6434"))
    c.path("M560,2000Q700,1700 420,1470L470,1465Q830,1680 960,2000Z", c.linear("#d8c8a0", "#b09a70"))
    c.rect(722, 430, 66, 1330, c.linear("#5c4030", "#a8805a", "#3d2a20", across=True))
    c.texture(box(722, 430, 66, 1330), "plaster", 0.9, (0.6, 3))
    for y, side, text, tint in (
        (520, 1, "QUAI 1.2", "#f2e6c8"),
        (700, -1, "PHARE 4", "#f2c84a"),
        (880, 1, "GARE 0.6", "#f2e6c8"),
    ):
        near, far, tip = 755 - side * 80, 755 + side * 470, 755 + side * 560
        board = [(near, y), (far, y), (tip, y + 66), (far, y + 132), (near, y + 132)]
        c.poly([(px + 10, py + 16) for px, py in board], "#1c2420", opacity=0.4)
        c.poly(board, c.linear(shade(tint, 0.2), shade(tint, -0.2)), stroke="#3a3024", stroke_width=5)
        c.texture(board, "plaster", 0.5, (3, 0.8))
        centred(c, text, (near + far) / 2, y + 40, 56, "#2a3a34", weight=0.17)
    grass(c, 1520, 2040, ("#8fa85c", "#5c7a3c", "#b9c07a", "#3f5a30", "#f0e6b8"), count=1300, height=120)
