"""An export as KML 2.2 (OGC 07-147r2): a placemark for each image, with a point where it has a position."""

from collections.abc import Iterable, Iterator, Sequence

from gallery.present.exports.columns import known, moment, number
from gallery.present.exports.row import ExportRow
from gallery.present.exports.xml_text import escaped

_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n<name>{title}</name>\n'
)


def kml_file(batches: Iterable[Sequence[ExportRow]], title: str) -> Iterator[bytes]:
    """The file, a batch at a time."""
    yield _BEGIN.format(title=escaped(title)).encode()
    for rows in batches:
        yield "".join(map(placemark, rows)).encode()
    yield b"</Document>\n</kml>\n"


def placemark(row: ExportRow) -> str:
    """One image; what is known of it is untyped data, which every reader shows."""
    taken = f"<TimeStamp><when>{moment(row.taken_at)}</when></TimeStamp>" if row.taken_at else ""
    point = ""
    if row.position is not None:
        latitude, longitude = map(number, row.position)
        point = f"<Point><coordinates>{longitude},{latitude}</coordinates></Point>"
    return (
        f'<Placemark id="image-{row.id}"><name>{escaped(row.label)}</name>{taken}'
        f"<ExtendedData>{_data(row)}</ExtendedData>{point}</Placemark>\n"
    )


def _data(row: ExportRow) -> str:
    return "".join(f'<Data name="{name}"><value>{escaped(text)}</value></Data>' for name, text in known(row))
