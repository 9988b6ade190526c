"""`/api/v1/locations.…`: images with all that is claimed of their places, as a file for other programs."""

from collections.abc import Callable
from typing import Annotated, Any

from flask import Blueprint, Response, request
from msgspec import Meta

from gallery.access import Action
from gallery.api.access import album_for, caller
from gallery.api.filter_asked import FilterAsked
from gallery.api.operation import operation
from gallery.errors import NotFound
from gallery.models.scope import of_album, of_person
from gallery.present.exports.formats import KINDS, ExportFormat
from gallery.present.filters.filter_query import FilterInvalid
from gallery.web.export_answer import answer_export

blueprint = Blueprint("locations", __name__, url_prefix="/api/v1")


class LocationsAsked(FilterAsked, kw_only=True):
    """Which images, in which order."""

    album: Annotated[str, Meta(description="Only this album.")] = ""
    bbox: Annotated[str, Meta(description="In this box: W,S,E,N in degrees; W > E crosses 180°.")] = ""
    sort: Annotated[
        str, Meta(description="`taken`, `added`, or with a minus the last first; else the albums' order.")
    ] = ""


def _answer(format: ExportFormat) -> Response:
    user, album_id = caller(), request.args.get("album", "")
    if not album_id:
        return answer_export(format, of_person(user), "locations")
    album = album_for(user, Action.SEE, album_id)
    return answer_export(format, of_album(album), album.name)


def _route(format: ExportFormat, what: str) -> Callable[[], Response]:
    kind = KINDS[format]

    def show() -> Response:
        return _answer(format)

    show.__name__ = show.__qualname__ = format.value
    show.__doc__ = f"{what} Streamed, of one state of the database, in the albums' order or by time."
    describe = operation(
        f"Places as {kind.name}",
        query=LocationsAsked,
        answers={200: dict[str, Any] if format is ExportFormat.GEOJSON else bytes},
        answer_media=(kind.media_type.partition(";")[0],),
        refusals=(FilterInvalid, NotFound),
    )
    return blueprint.get(f"/locations.{format}")(describe(show))


for _format, _what in (
    (ExportFormat.GEOJSON, "A feature (RFC 7946) for each image with all claims, distances and doubts."),
    (ExportFormat.KML, "A placemark (KML 2.3) for each image."),
    (ExportFormat.GPX, "A waypoint (GPX 1.1) for each image that has a position."),
    (ExportFormat.CSV, "A line for each image, in UTF-8 with a byte-order mark; no cell is a formula."),
):
    _route(_format, _what)
