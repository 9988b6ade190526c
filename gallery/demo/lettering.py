"""A stroke alphabet for painted signs, so that they read the same on a machine without fonts."""
# ruff: noqa: E501 - a row of the alphabet is a line

from gallery.demo.canvas import Canvas

_STROKES = {
    "A": "06 20 46|14 34", "B": "00 06 36 45 44 33 03|33 42 41 30 00", "C": "41 30 10 01 05 16 36 45",
    "D": "00 06 26 44 42 20 00", "E": "40 00 06 46|03 33", "F": "40 00 06|03 33", "G": "41 30 10 01 05 16 36 45 43 23",
    "H": "00 06|40 46|03 43", "I": "20 26", "J": "40 45 36 16 05", "K": "00 06|40 03 46", "L": "00 06 46",
    "M": "06 00 23 40 46", "N": "06 00 46 40", "O": "10 01 05 16 36 45 41 30 10", "P": "06 00 30 41 42 33 03",
    "Q": "10 01 05 16 36 45 41 30 10|24 46", "R": "06 00 30 41 42 33 03|23 46", "S": "41 30 10 01 02 13 33 44 45 36 16 05",
    "T": "00 40|20 26", "U": "00 05 16 36 45 40", "V": "00 26 40", "W": "00 16 23 36 40", "X": "00 46|40 06",
    "Y": "00 23 40|23 26", "Z": "00 40 06 46", "0": "10 01 05 16 36 45 41 30 10", "1": "11 20 26",
    "2": "01 10 30 41 42 06 46", "3": "01 10 30 41 42 33 44 45 36 16 05|33 23", "4": "36 30 04 44", "5": "40 00 03 33 44 45 36 16 05",
    "6": "41 30 10 01 05 16 36 45 44 33 03", "7": "00 40 16", "8": "10 01 02 13 33 44 45 36 16 05 04 13|33 42 41 30 10",
    "9": "05 16 36 45 41 30 10 01 02 13 43", ".": "26 26", "-": "13 33", "/": "06 40", ":": "22 22|25 25",
    "É": "40 00 06 46|03 33|2/ 4-", "!": "20 24|26 26", "°": "10 30 32 12 10", "'": "20 21",
}  # fmt: skip
"""Polylines on a grid of five columns and seven rows: column digit, row digit."""

_ODD_ROWS = {"/": -1.0, "-": -2.0}


def letter(
    c: Canvas, text: str, x: float, y: float, height: float, colour: str, *, weight: float = 0.16
) -> None:
    """Writes from `x`, its top at `y`; `weight` is the stroke's width in parts of the height."""
    unit = height / 6
    for index, sign in enumerate(text.upper()):
        left = x + index * letter_step(height)
        for stroke in _STROKES.get(sign, "").split("|"):
            points = [(left + int(p[0]) * unit * 0.84, y + _row(p[1]) * unit) for p in stroke.split()]
            if points:
                c.line(points, colour, height * weight)


def letter_step(height: float) -> float:
    """How far one letter is from the next."""
    return height * 0.78


def centred(
    c: Canvas, text: str, x: float, y: float, height: float, colour: str, *, weight: float = 0.16
) -> None:
    width = letter_step(height) * len(text) - height * 0.22
    letter(c, text, x - width / 2, y, height, colour, weight=weight)


def _row(mark: str) -> float:
    return _ODD_ROWS[mark] if mark in _ODD_ROWS else float(mark)
