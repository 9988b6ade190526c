"""`/api/v1/tags`: the tags of the images that the token may see."""

from typing import Annotated

from flask import Blueprint, Response, url_for
from msgspec import Meta

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller, require_admin
from gallery.api.answer import answer, answer_nothing
from gallery.api.operation import Given, operation
from gallery.api.paging import CursorInvalid, Paged, beyond, key_after, with_next
from gallery.api.received import BodyInvalid, QueryInvalid, body, query
from gallery.db import begin_write, db
from gallery.editing.tag_editing import delete_tag, rename_tag
from gallery.errors import Busy, NotFound
from gallery.models.scope import of_album, of_person
from gallery.models.tag import Tag, TagInvalid, find_or_create, find_tag
from gallery.models.user import User
from gallery.present.tag_list import ORDER, TagRecord, tag_page, tag_records

blueprint = Blueprint("tags", __name__, url_prefix="/api/v1/tags")


class TagsAsked(Paged, kw_only=True):
    """Which tags."""

    album_id: Annotated[str, Meta(description="On images of this album.")] = ""
    q: Annotated[str, Meta(description="What the name begins with, in any case of letters.")] = ""


class TagGiven(Given):
    """A tag."""

    name: Annotated[str, Meta(description="Any text; spaces at its ends are dropped.")]


@blueprint.get("")
@operation(
    "List tags",
    query=TagsAsked,
    answers={200: list[TagRecord]},
    refusals=(QueryInvalid, CursorInvalid, NotFound),
)
def index() -> Response:
    """By name, a page at a time; `Link` leads to the next. Tags of no image are shown to admins alone."""
    user, asked = caller(), query(TagsAsked)
    album_id = asked.album_id
    scope = of_album(album_for(user, Action.SEE, album_id)) if album_id else of_person(user)
    rows = beyond(ORDER, key_after(asked)) & Tag.name.istartswith(asked.q, autoescape=True)
    page = tag_page(scope, unused_too=user.is_admin and not album_id, page=rows, limit=asked.limit)
    return with_next(answer(page.records), page.last)


@blueprint.post("")
@operation(
    "Create a tag",
    body=TagGiven,
    answers={201: TagRecord, 200: TagRecord},
    refusals=(BodyInvalid, TagInvalid),
)
def create() -> Response:
    """201, or 200 if it was there. Putting a tag on an image creates it, too."""
    user, name = caller(), body(TagGiven).name
    begin_write()
    is_new = find_tag(name) is None
    (made,) = find_or_create([name])
    response = _answer(user, made, 201 if is_new else 200)
    db.session.commit()
    return response


@blueprint.put("/<tag:name>")
@operation(
    "Rename a tag",
    body=TagGiven,
    answers={200: TagRecord},
    refusals=(BodyInvalid, TagInvalid, NotFound, Busy),
)
def update(name: str) -> Response:
    """For admins. It is renamed on every image at once; with a tag of the new name it becomes one."""
    user = require_admin(caller())
    response = _answer(user, rename_tag(name, body(TagGiven).name, current.settings()))
    db.session.commit()
    return response


@blueprint.delete("/<tag:name>")
@operation("Delete a tag", answers={204: None}, refusals=(NotFound, Busy))
def delete(name: str) -> Response:
    """For admins. It is taken off every image at once."""
    require_admin(caller())
    delete_tag(name, current.settings())
    db.session.commit()
    return answer_nothing()


def _answer(user: User, tag: Tag, status: int = 200) -> Response:
    response = answer(tag_records([tag], of_person(user))[0], status)
    response.headers["Location"] = url_for("tags.update", name=tag.name)
    return response
