"""What a share is to lead to, read from an address or a form."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import request

from gallery.access import Action, require
from gallery.db import db
from gallery.language import later
from gallery.models.album import Album, find_album
from gallery.models.image import Image, find_images
from gallery.models.scope import of_album
from gallery.models.share import MOST_CHOSEN, ShareInvalid
from gallery.models.text import storable
from gallery.present.filters.filter import Filter


@dataclass(frozen=True, slots=True)
class Subject:
    """An album, with a filter or none, or chosen images."""

    album: Album | None
    query: str
    images: Sequence[Image]
    count: int

    @property
    def shared(self) -> Album | Sequence[Image]:
        """What the model takes."""
        return self.images if self.album is None else self.album


def read_subject() -> Subject:
    """What `image=`, or `album=` and the keys of a filter, say.

    Raises NotFound for what the person may not share, FilterInvalid, and ShareInvalid where nothing is said.
    """
    ids = list(dict.fromkeys(map(storable, request.values.getlist("image"))))
    if ids:
        return _chosen(ids)
    if "album" not in request.values:
        raise ShareInvalid("Choose an album or images to share.")
    album = require(Action.SHARE, find_album(request.values["album"]))
    wanted = Filter.from_query(request.values)
    count = sa.select(sa.func.count()).select_from(Image).where(wanted.where(of_album(album)))
    return Subject(album, wanted.query_string(), (), db.session.scalar(count) or 0)


def _chosen(ids: Sequence[str]) -> Subject:
    if len(ids) > MOST_CHOSEN:
        sentence = later("A share takes %(most)s chosen images. These are %(count)s.")
        raise ShareInvalid(sentence, most=MOST_CHOSEN, count=len(ids))
    found = {image.id: image for image in find_images(ids)}
    images = [require(Action.SHARE, found.get(image_id)) for image_id in ids]
    return Subject(None, "", images, len(images))
