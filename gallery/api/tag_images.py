"""`/api/v1/tag_images`: which tag is on which image."""

from collections.abc import Sequence
from typing import Annotated

from flask import Blueprint, Response, request
from msgspec import UNSET, Meta, UnsetType

from gallery import current
from gallery.access import Action
from gallery.api.access import caller, image_for, images_for
from gallery.api.answer import answer, answer_nothing
from gallery.api.operation import Asked, Given, operation
from gallery.api.received import BodyInvalid, QueryInvalid, body, query
from gallery.db import db
from gallery.editing.tagging import put_on, take_off
from gallery.errors import NotFound
from gallery.models.tag import TagInvalid, tag_name
from gallery.present.tag_list import TagImage, tag_images

blueprint = Blueprint("tag_images", __name__, url_prefix="/api/v1/tag_images")

Ids = Annotated[list[str], Meta(min_length=1, max_length=1_000)]


class ImageAsked(Asked):
    """Which image."""

    image_id: str


class TagImagesGiven(Given):
    """A tag, and the image or the images."""

    tag_name: str
    image_id: str | UnsetType = UNSET
    image_ids: Ids | UnsetType = UNSET


class TagImagesNamed(Asked):
    """The same, instead of a body."""

    tag_name: str | UnsetType = UNSET
    image_id: str | UnsetType = UNSET


@blueprint.get("")
@operation(
    "List an image's tags",
    query=ImageAsked,
    answers={200: list[TagImage]},
    refusals=(QueryInvalid, NotFound),
)
def index() -> Response:
    """In the order in which they were put on."""
    user = caller()
    image = image_for(user, Action.SEE, query(ImageAsked).image_id)
    return answer(tag_images([(image.number, image.id)]))


@blueprint.post("")
@operation(
    "Put a tag on images",
    body=TagImagesGiven,
    answers={201: list[TagImage], 200: list[TagImage]},
    refusals=(BodyInvalid, TagInvalid, NotFound),
)
def create() -> Response:
    """On all of them or none: 201, or 200 if all had it already. The tag is made if there is none."""
    user, given = caller(), body(TagImagesGiven)
    images = images_for(user, Action.EDIT, _ids(given))
    known = [(image.number, image.id) for image in images]
    is_changed = put_on(images, given.tag_name, current.settings())
    response = answer(tag_images(known, tag_name(given.tag_name)), 201 if is_changed else 200)
    db.session.commit()
    return response


@blueprint.delete("")
@operation(
    "Take a tag off images",
    query=TagImagesNamed,
    body=TagImagesGiven,
    body_required=False,
    answers={204: None},
    refusals=(BodyInvalid, QueryInvalid, NotFound),
)
def delete() -> Response:
    """Off all of them or none; from those that have it not, nothing is taken."""
    user, given = caller(), _given()
    take_off(images_for(user, Action.EDIT, _ids(given)), given.tag_name, current.settings())
    db.session.commit()
    return answer_nothing()


def _given() -> TagImagesGiven:
    named = query(TagImagesNamed)
    if request.content_length or not isinstance(named.tag_name, str):
        return body(TagImagesGiven)
    return TagImagesGiven(tag_name=named.tag_name, image_id=named.image_id)


def _ids(given: TagImagesGiven) -> Sequence[str]:
    if isinstance(given.image_id, str) and given.image_ids is UNSET:
        return [given.image_id]
    if isinstance(given.image_ids, list) and given.image_id is UNSET:
        return given.image_ids
    raise BodyInvalid("Say either `image_id` or `image_ids`.")
