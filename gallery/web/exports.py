"""What is on the screen, as a file for other programs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, Self

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from gallery.access import Action, person, require
from gallery.evidence.manifest import MOST_IMAGES
from gallery.language import gettext as _
from gallery.models.album import Album, find_album
from gallery.models.scope import of_album, of_person
from gallery.present.exports.formats import KINDS, ExportFormat
from gallery.present.filters.filter import Filter
from gallery.web.export_answer import answer_export
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("exports", __name__)
blueprint.before_request(sign_in_first)
TITLE_OF_ALL = "All images"
FORMAT = f"<any({','.join(ExportFormat)}):format>"


@blueprint.get(f"/images/export.{FORMAT}")
def index(format: str) -> ResponseReturnValue:
    """The images of every album that the person may see."""
    return answer_export(ExportFormat(format), of_person(person()), TITLE_OF_ALL)


@blueprint.get(f"/albums/<album:album_id>/export.{FORMAT}")
def album(album_id: str, format: str) -> ResponseReturnValue:
    """The images of one album."""
    found = require(Action.SEE, find_album(album_id))
    return answer_export(ExportFormat(format), of_album(found), found.name)


class ExportFile(NamedTuple):
    """One of the files that a page offers."""

    name: str
    note: str
    url: str


class ExportMenu(NamedTuple):
    """How what a page shows can be taken along."""

    files: tuple[ExportFile, ...]
    pack_url: str
    """Where a form has it packed as evidence; empty: it is nothing, or too much for one pack."""

    @classmethod
    def of(cls, urls: Mapping[ExportFormat, str], pack_url: str, count: int) -> Self:
        """Of the files' addresses; `count` images are shown."""
        files = tuple(ExportFile(KINDS[format].name, _note(format), url) for format, url in urls.items())
        return cls(files, pack_url if 0 < count <= MOST_IMAGES else "")


def export_menu(album: Album | None, wanted: Filter, count: int) -> ExportMenu:
    """Of an album's images, or everybody's, under the page's filter and in its order."""
    query = replace(wanted, view=None).query_string()
    end = f"?{query}" if query else ""
    urls = {format: _path(album, format) + end for format in ExportFormat}
    return ExportMenu.of(urls, url_for("batches.create") + end, count)


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
