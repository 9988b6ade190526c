"""Which images a share leads to, now."""

from urllib.parse import parse_qsl

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from gallery.location.box import Box
from gallery.location.precision import Precision
from gallery.models.album import visible_album_numbers
from gallery.models.image import Image, untrashed
from gallery.models.rounding import inside_rounded
from gallery.models.scope import Condition, inside, of_album
from gallery.models.share import Share, ShareImage
from gallery.present.filters.filter import Filter


def share_scope(share: Share) -> Condition:
    """The images of `shared`, as one condition. Raises FilterInvalid."""
    scope, wanted = shared(share)
    return wanted.where(scope)


def shared(share: Share) -> tuple[Condition, Filter]:
    """The album's images and the filter that they pass, or the chosen ones in albums that the sharer sees.

    Whether the sharer may share the album is asked before. Raises FilterInvalid where the filter is of
    another time.
    """
    if share.album is not None:
        return of_album(share.album), filter_of(share.query)
    chosen = sa.select(ShareImage.image_number).where(ShareImage.share_number == share.number)
    seen = Image.album_number.in_(visible_album_numbers(share.user))
    return sa.and_(Image.number.in_(chosen), seen, untrashed()), Filter()


def filter_of(query: str) -> Filter:
    """The filter of a page's query. Raises FilterInvalid."""
    return Filter.from_query(MultiDict(parse_qsl(query, keep_blank_values=True)))


def looked_at(share: Share, box: Box | None) -> Condition:
    """The share's images within the box, judged by the place as it is told."""
    scope = share_scope(share)
    if box is None:
        return scope
    if share.precision is Precision.NONE:
        return sa.and_(scope, sa.false())
    is_in = inside_rounded(box, share.precision) if share.precision.is_rounded else inside(box)
    return sa.and_(scope, is_in)
