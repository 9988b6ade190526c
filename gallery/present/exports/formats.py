"""The images of a filter as a file for other programs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from gallery.models.scope import Condition
from gallery.present.exports.csv_table import csv_file
from gallery.present.exports.geojson import geojson_file
from gallery.present.exports.gpx import gpx_file
from gallery.present.exports.kml import kml_file
from gallery.present.exports.row import ExportRow
from gallery.present.exports.rows import export_rows
from gallery.present.filters.filter import Filter
from gallery.present.links import Links


class ExportFormat(StrEnum):
    """As the end of an address and of a file's name."""

    GEOJSON = "geojson"
    KML = "kml"
    GPX = "gpx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a format is called and written."""

    name: str
    media_type: str
    write: Callable[[Iterable[Sequence[ExportRow]], str], Iterator[bytes]]
    """Of batches of rows and a title."""


KINDS = {
    ExportFormat.GEOJSON: Kind("GeoJSON", "application/geo+json", geojson_file),
    ExportFormat.KML: Kind("KML", "application/vnd.google-earth.kml+xml", kml_file),
    ExportFormat.GPX: Kind("GPX", "application/gpx+xml", gpx_file),
    ExportFormat.CSV: Kind("CSV", "text/csv; charset=utf-8", csv_file),
}


def export(
    format: ExportFormat, engine: sa.Engine, scope: Condition, wanted: Filter, links: Links, title: str
) -> Iterator[bytes]:
    """The file as bytes, in bounded memory; everything in it is of one state of the database.

    The filter is asked of the database alone: what the index in memory knows may be of another state.
    """
    rows = export_rows(engine, wanted.where(scope), wanted.sort, links)
    return KINDS[format].write(rows, title)
