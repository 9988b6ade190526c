"""An export as GPX 1.1: a waypoint for each image that has a position; GPX knows nothing else."""

from collections.abc import Iterable, Iterator, Sequence

from gallery.location.position import Position
from gallery.present.exports.columns import instant, known, number
from gallery.present.exports.row import ExportRow
from gallery.present.exports.xml_text import escaped

NAMESPACE = "urn:x-evident:export:1"
"""Of what GPX has no element for."""
_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx xmlns="http://www.topografix.com/GPX/1/1" '
    f'xmlns:e="{NAMESPACE}" version="1.1" creator="Evident">\n<metadata><name>{{title}}</name></metadata>\n'
)


def gpx_file(batches: Iterable[Sequence[ExportRow]], title: str) -> Iterator[bytes]:
    """The file, a batch at a time."""
    yield _BEGIN.format(title=escaped(title)).encode()
    for rows in batches:
        yield "".join(waypoint(row, row.position) for row in rows if row.position).encode()
    yield b"</gpx>\n"


def waypoint(row: ExportRow, position: Position) -> str:
    """One image. Its time is when it was taken, in UTC; none where that is unknown."""
    latitude, longitude = position
    longitude = -180.0 if longitude == 180.0 else longitude  # `longitudeType` ends before 180
    taken = f"<time>{instant(row.taken_at)}</time>" if row.taken_at else ""
    return (
        f'<wpt lat="{number(latitude)}" lon="{number(longitude)}">{taken}<name>{escaped(row.label)}</name>'
        f'<link href="{escaped(row.page_url)}"/><extensions>{_extensions(row)}</extensions></wpt>\n'
    )


def _extensions(row: ExportRow) -> str:
    return "".join(f"<e:{name}>{escaped(text)}</e:{name}>" for name, text in known(row))
