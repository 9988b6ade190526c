"""What is on the screen, as a file for other programs."""

from dataclasses import replace
from typing import NamedTuple

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from gallery.access import Action, person, require
from gallery.language import gettext as _
from gallery.models.album import Album, find_album
from gallery.models.scope import of_album, of_person
from gallery.present.exports import KINDS, ExportFormat
from gallery.present.filters import Filter
from gallery.web.export_answer import answer_export
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("exports", __name__)
blueprint.before_request(sign_in_first)
TITLE_OF_ALL = "All images"
_FORMAT = f"<any({','.join(ExportFormat)}):format>"


@blueprint.get(f"/images/export.{_FORMAT}")
def index(format: str) -> ResponseReturnValue:
    """The images of every album that the person may see."""
    return answer_export(ExportFormat(format), of_person(person()), TITLE_OF_ALL)


@blueprint.get(f"/albums/<album:album_id>/export.{_FORMAT}")
def album(album_id: str, format: str) -> ResponseReturnValue:
    """The images of one album."""
    found = require(Action.SEE, find_album(album_id))
    return answer_export(ExportFormat(format), of_album(found), found.name)


class ExportFile(NamedTuple):
    """One of the files that a page offers."""

    name: str
    note: str
    url: str


def export_files(album: Album | None, wanted: Filter) -> list[ExportFile]:
    """Those of what the page shows: an album's images, or everybody's, under its filter and in its order."""
    query = replace(wanted, view=None).query_string()
    end = f"?{query}" if query else ""
    return [
        ExportFile(KINDS[format].name, _note(format), _path(album, format) + end) for format in ExportFormat
    ]


def _path(album: Album | None, format: ExportFormat) -> str:
    if album is None:
        return url_for("exports.index", format=format.value)
    return url_for("exports.album", album_id=album.id, format=format.value)


def _note(format: ExportFormat) -> str:
    return {
        ExportFormat.GEOJSON: _("for map programs"),
        ExportFormat.KML: _("for Google Earth"),
        ExportFormat.GPX: _("for GPS devices"),
        ExportFormat.CSV: _("for spreadsheets"),
    }[format]
