"""An export as CSV (RFC 4180) that spreadsheets read right and that starts nothing in them.

In UTF-8 with a byte-order mark: without it Excel takes every letter beyond ASCII for something else. A text
that a spreadsheet would take for a formula gets an apostrophe in front, unless it is a plain number.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from gallery.present.exports.columns import COLUMNS, Value, values
from gallery.present.exports.row import ExportRow

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def csv_file(batches: Iterable[Sequence[ExportRow]], _title: str) -> Iterator[bytes]:
    """The file, a batch at a time."""
    yield b"\xef\xbb\xbf" + _lines([COLUMNS])
    for rows in batches:
        yield _lines(
            [guarded(value) if isinstance(value, str) else value for value in values(row)] for row in rows
        )


def _lines(rows: Iterable[Sequence[Value]]) -> bytes:
    """Numbers are written with all their digits."""
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def guarded(text: str) -> str:
    """The text as a cell that is no formula in any spreadsheet."""
    if text[:1].isalnum() and text.isprintable():
        return text
    text = _UNPRINTABLE.sub("", text)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
