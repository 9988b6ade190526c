"""Filters that a person keeps: saved and deleted where they are used."""

from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from gallery.access import own_row
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.language import gettext as _
from gallery.models.saved_filter import find_saved_filter, save
from gallery.present.filters.filter import Filter
from gallery.web.grids import joined
from gallery.web.sessions import local_path, sign_in_first

blueprint = Blueprint("saved_filters", __name__, url_prefix="/saved-filters")
blueprint.before_request(sign_in_first)


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Keep the filter of a page under a name."""
    query = _query(request.form.get("query", ""))
    begin_write()
    name = save(own_row(), request.form.get("name", ""), query).name
    db.session.commit()
    flash(_("The filter “%(name)s” is saved.", name=name))
    return _back(query)


@blueprint.post("/<filter_id>/removal")
def destroy(filter_id: str) -> ResponseReturnValue:
    """Keep it no longer."""
    query = _query(request.form.get("query", ""))
    begin_write()
    found = find_saved_filter(own_row(), filter_id)
    if found is None:
        raise NotFound("There is no such filter; it may be deleted.")
    name = found.name
    db.session.delete(found)
    db.session.commit()
    flash(_("The filter “%(name)s” is saved no longer.", name=name))
    return _back(query)


def _query(text: str) -> str:
    """The canonical one. Raises FilterInvalid."""
    return Filter.from_query(MultiDict(parse_qsl(text))).query_string()


def _back(query: str) -> ResponseReturnValue:
    return redirect(joined(local_path(request.form.get("path", "")), query), 303)
