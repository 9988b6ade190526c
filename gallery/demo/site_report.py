"""A site report of three A4 pages, written as PDF 1.4 by hand: text, a drawn plan, a table, a photograph."""

from gallery.demo.canvas import Point

_READINGS = (
    ("Axis", "Member", "Crack [mm]", "Cover [mm]", "Finding"),
    ("12", "Pier, north face", "0.2", "41", "No action"),
    ("13", "Pier, north face", "2.5", "33", "Inject, monitor"),
    ("14", "Bearing shelf", "0.1", "45", "No action"),
    ("15", "Column, foot", "0.4", "38", "Seal"),
    ("16", "Column, foot", "0.3", "40", "Seal"),
    ("17", "Deck soffit", "0.0", "46", "No action"),
    ("18", "Deck soffit", "0.8", "29", "Patch repair"),
    ("19", "Expansion joint", "-", "-", "Replace seal"),
)
_COLUMNS = (56, 110, 250, 330, 410)


def site_report(photo: bytes, width_px: int, height_px: int) -> bytes:
    """`photo` is a JPEG of that size; it is placed on the last page as it is."""
    pages = [_summary(), _table(), _photograph(width_px, height_px)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *_fonts(), _image(photo, width_px, height_px)]
    kids = []
    for content in pages:
        stream = content.encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        resources = b"<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</Photo 5 0 R>>>>"
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources%s/Contents %d 0 R>>"
        objects.append(page % (resources, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows)
    return out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))


def _fonts() -> list[bytes]:
    names = (b"Helvetica", b"Helvetica-Bold")
    return [b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name for name in names]


def _image(photo: bytes, width_px: int, height_px: int) -> bytes:
    head = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB" % (width_px, height_px)
    return head + b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream" % (
        len(photo),
        photo,
    )


def _text(x: float, y: float, size: float, words: str, *, bold: bool = False) -> str:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F{2 if bold else 1} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def _frame(title: str, page: int) -> str:
    band = "0.12 0.29 0.42 rg 0 772 595 70 re f 0.95 0.62 0.18 rg 0 766 595 6 re f 1 1 1 rg\n"
    ink = "0.13 0.16 0.2 rg 0.13 0.16 0.2 RG\n"
    foot = _text(56, 34, 8, f"Harbour crossing, Hamburg  -  Site report 14  -  page {page} of 3")
    return band + _text(56, 798, 22, title, bold=True) + ink + foot


def _summary() -> str:
    lines = (
        "Inspection of axes 12 to 19 on 18 September 2026, at low tide, dry, 14 °C.",
        "The crossing is in good order. One crack in pier 13 has grown since spring and is to be",
        "injected; the columns' feet are to be sealed before the frost.",
    )
    body = "".join(_text(56, 730 - row * 16, 11, line) for row, line in enumerate(lines))
    return _frame("Site report 14", 1) + body + _text(56, 650, 13, "Plan, 1:500", bold=True) + _plan()


def _plan() -> str:
    water = "0.82 0.9 0.94 rg 56 250 483 210 re f 0.9 0.87 0.8 rg 56 460 483 150 re f 56 130 483 120 re f\n"
    deck = (
        "0.75 0.77 0.8 rg 56 330 483 60 re f 0.13 0.16 0.2 RG 1.5 w 56 330 m 539 330 l 56 390 m 539 390 l S\n"
    )
    piers = ""
    for axis in range(8):
        x = 84 + axis * 60
        piers += f"0.35 0.38 0.42 rg {x - 7} 312 14 96 re f 0.13 0.16 0.2 rg\n" + _text(
            x - 6, 430, 10, str(12 + axis)
        )
        piers += f"0.5 w [4 3] 0 d {x} 140 m {x} 600 l S [] 0 d\n"
    mark = _polygon([(144, 360), (158, 384), (130, 384)], "0.85 0.2 0.15")
    shores = (
        _text(89, 588, 10, "North quay") + _text(89, 140, 10, "South quay") + _text(449, 268, 10, "Fairway")
    )
    return water + deck + piers + mark + "0.13 0.16 0.2 rg\n" + shores


def _polygon(points: list[Point], colour: str) -> str:
    path = " ".join(f"{x} {y} {'m' if index == 0 else 'l'}" for index, (x, y) in enumerate(points))
    return f"{colour} rg {path} h f\n"


def _table() -> str:
    content = _frame("Readings", 2)
    for row, cells in enumerate(_READINGS):
        y = 716 - row * 30
        tone = "0.86 0.9 0.93" if row == 0 else "0.96 0.97 0.97" if row % 2 else "1 1 1"
        content += (
            f"{tone} rg 50 {y - 10} 495 30 re f 0.13 0.16 0.2 rg 0.4 w 50 {y - 10} m 545 {y - 10} l S\n"
        )
        for x, cell in zip(_COLUMNS, cells, strict=True):
            content += _text(x, y, 11, cell, bold=row == 0)
    return content + _text(
        56, 400, 10, "Crack widths by card, cover by covermeter; both to 0.1 of the unit shown."
    )


def _photograph(width_px: int, height_px: int) -> str:
    height = 483 * height_px / width_px
    place = f"q 483 0 0 {height:.1f} 56 {720 - height:.1f} cm /Photo Do Q\n"
    caption = _text(56, 696 - height, 11, "Pier 13, north face. The card's red edge is 43 mm long.")
    return _frame("Pier 13", 3) + place + caption
