"""Names of tags that somebody may mean who has typed a beginning."""

import sqlalchemy as sa

from gallery.db import db
from gallery.index.image_index import image_index
from gallery.index.image_sets import ImageSets
from gallery.models.image import Image
from gallery.models.scope import Scope
from gallery.models.search_text import folded
from gallery.models.tag import Tag, Tagging
from gallery.present.filters.filter import Filter
from gallery.present.filters.selection import Selection

MOST = 20


def tag_names(scope: Scope, typed: str) -> list[tuple[str, int]]:
    """(name, images in the scope) of tags one of whose words begins so, the most used first."""
    typed = folded(typed.strip())
    with image_index().sets() as sets:
        if sets is not None:
            return _by_index(sets, Selection(sets, scope, Filter()).uses, typed)
    used = sa.exists().where(Tagging.tag_number == Tag.number, Image.number == Tagging.image_number, scope)
    query = sa.select(Tag.name).where(Tag.name.istartswith(typed, autoescape=True), used)
    return [(name, 0) for name in db.session.scalars(query.order_by(Tag.name).limit(MOST))]


def _by_index(sets: ImageSets, uses: dict[str, int], typed: str) -> list[tuple[str, int]]:
    plain = sets.worked_out("folded", lambda: {name: f" {folded(name)}" for name in sets.tag_numbers})
    found = []
    for name, count in uses.items():
        if f" {typed}" in plain[name]:
            found.append((name, count))
            if len(found) == MOST:
                break
    return found
