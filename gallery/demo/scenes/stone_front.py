"""A Paris front."""

from gallery.demo.canvas import Canvas, box
from gallery.demo.light import MORNING
from gallery.demo.sky import cumulus, sky
from gallery.demo.terrain import tree

STONE = "#e3cfa6"


def haussmann(c: Canvas) -> None:
    """A Paris front square on, with balconies and a mansard; drawn upright."""
    sky(c, MORNING, 700)
    cumulus(c, MORNING, 1130, 300, 520)
    c.poly([(0, 420), (1500, 420), (1500, 2000), (0, 2000)], c.linear("#f0deb6", STONE, "#c8ae86"))
    c.poly([(0, 420), (60, 130), (1440, 130), (1500, 420)], c.linear("#8fa3b6", "#4f6274"))
    for x in range(70, 1500, 44):
        c.line([(x, 130), (x - (750 - x) * 0.05, 420)], "#3f5060", 3)
    c.texture(box(0, 420, 1500, 1580), "plaster", 0.45, (1.5, 2.5))
    for row in range(30):
        c.rect(0, 460 + row * 52, 1500, 2.5, "#a88f6a", opacity=0.5)
    for column in range(5):
        x = 110 + column * 275
        _dormer(c, x, 205)
        for floor in range(4):
            _tall_window(c, x, 500 + floor * 352, balcony=floor in (0, 2))
    for y in (408, 1180):
        c.rect(0, y, 1500, 30, c.linear("#fff2d2", "#b89c74"))
        for x in range(10, 1500, 38):
            c.rect(x, y + 30, 20, 20, c.linear("#b89c74", "#d8c094"))
    for floor in (0, 2):
        _balcony(c, 40, 768 + floor * 352, 1420)
    c.poly([(0, 0), (620, 0), (0, 1150)], "#1d2440", opacity=0.24)
    tree(c, 1330, 2150, 720, "#6f8a3e", MORNING)


def _balcony(c: Canvas, x: float, y: float, width: float) -> None:
    c.rect(x, y + 92, width, 70, c.linear(("#3a2a1c", 0.5), ("#3a2a1c", 0)))
    c.rect(x, y + 70, width, 26, c.linear("#fff2d2", "#a98d66"))
    for index in range(int(width / 22)):
        px = x + 10 + index * 22
        c.stroke(f"M{px},{y - 28}v98M{px},{y + 20}q11,-16 11,-30q0,-14 -11,-14", "#1c2228", 3)
    c.rect(x, y - 36, width, 9, "#1c2228")
    c.rect(x, y + 56, width, 6, "#1c2228")


def _dormer(c: Canvas, x: float, y: float) -> None:
    c.path(f"M{x - 12},{y + 30}Q{x + 65},{y - 70} {x + 142},{y + 30}Z", "#cdb68e")
    c.rect(x, y + 24, 130, 185, c.linear("#f3e3c0", "#cdb68e"))
    c.rect(x + 22, y + 48, 86, 160, c.linear("#9fc0d0", "#34506a"))
    c.rect(x + 62, y + 48, 6, 160, "#f6eedd")


def _tall_window(c: Canvas, x: float, y: float, *, balcony: bool) -> None:
    c.rect(x - 34, y - 34, 198, 20, c.linear("#fff0cc", "#b2966c"))
    c.rect(x - 18, y - 14, 166, 292, c.linear("#f4e4c0", "#d0b88e", across=True))
    c.rect(x, y, 130, 276, "#2a3a4a")
    c.poly([(x, y), (x + 130, y), (x + 130, y + 70), (x, y + 190)], c.linear("#cfe3ea", "#86aabb"))
    if c.rng.random() < 0.6:
        for cx in (x, x + 92):
            c.poly(
                [
                    (cx, y),
                    (cx + 38, y),
                    (cx + (24 if cx == x else 38), y + 276),
                    (cx + (0 if cx == x else 14), y + 276),
                ],
                "#f6efe0",
                opacity=0.75,
            )
    for bar in (y + 92, y + 184):
        c.rect(x, bar, 130, 6, "#f6eedd")
    c.rect(x + 61, y, 8, 276, "#f6eedd")
    if not balcony:
        for side, at in ((-1, x - 74), (1, x + 138)):
            c.rect(at, y - 2, 66, 282, c.linear("#dfe3de", "#a7b0b2"))
            for slat in range(25):
                c.rect(at + 6, y + 6 + slat * 11, 54, 3.5, "#7d888c")
            c.rect(at + (66 if side < 0 else -8), y + 4, 8, 276, "#55412c", opacity=0.3)
