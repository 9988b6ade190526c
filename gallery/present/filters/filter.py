"""What narrows a page's images: read from the address, written back to it, and turned into SQL."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Self

import sqlalchemy as sa

from gallery.location.box import Box
from gallery.models import scope as images
from gallery.models.flag import flagged
from gallery.models.image import Image
from gallery.models.image_words import found_by
from gallery.models.scope import Condition, inside, tagged_with_any
from gallery.present.filters import filter_query, name_list
from gallery.present.filters.filter_query import MOST_NAMES, Args, FilterInvalid, Key, Placed, View
from gallery.present.filters.flag_filter import codes_in, severities_in
from gallery.present.filters.period import NO_PERIOD, Period
from gallery.present.filters.tag_filter import TagFilter
from gallery.present.time_order import TimeOrder, read_order


@dataclass(frozen=True, slots=True)
class Filter(TagFilter):
    """What must be true of an image: what is asked of its tags, and the rest."""

    bbox: Box | None = None
    text: str = ""
    period: Period = NO_PERIOD
    formats: tuple[str, ...] = ()
    uploaders: tuple[str, ...] = ()
    """Ids of people."""
    placed: Placed | None = None
    flags: tuple[str, ...] = ()
    """With one of these flags at least, as `flag_filter` reads them."""
    verdicts: tuple[str, ...] = ()
    """In one of these states of review."""
    sort: TimeOrder | None = None
    """What follows says how images are shown, not which; None: in the album's order."""
    view: View | None = None
    """None: a grid."""

    @classmethod
    def from_query(cls, args: Args, *, bbox_key: str = Key.BOX) -> Self:
        """The filter of an address; keys that it does not know are nobody's error. Raises FilterInvalid."""
        tags, any_of, without = (filter_query.names(args, key) for key in (Key.TAGS, Key.ANY, Key.NOT))
        if len(tags) + len(any_of) + len(without) > MOST_NAMES:
            raise FilterInvalid("A filter takes at most %(most)s tags.", most=MOST_NAMES)
        return cls(
            tags,
            any_of,
            without,
            filter_query.untagged(args),
            filter_query.box(args, bbox_key),
            filter_query.text(args),
            filter_query.period(args),
            filter_query.formats(args),
            filter_query.uploaders(args),
            filter_query.placed(args),
            filter_query.flags(args),
            filter_query.verdicts(args),
            read_order(args.get(Key.SORT, "")),
            filter_query.view(args),
        )

    def parts(self, *, bbox_key: str = Key.BOX) -> dict[str, str]:
        """The parameters, in the order of an address; of what is not asked the value is empty."""
        return {
            Key.TAGS: name_list.join(self.tags),
            Key.ANY: name_list.join(self.any_of),
            Key.NOT: name_list.join(self.without),
            Key.UNTAGGED: "1" if self.untagged else "",
            Key.TEXT: self.text,
            Key.FORMAT: ",".join(self.formats),
            Key.UPLOADER: ",".join(self.uploaders),
            Key.POSITION: self.placed or "",
            Key.FLAG: ",".join(self.flags),
            Key.VERDICT: ",".join(self.verdicts),
            Key.FROM: self.period.first,
            Key.TO: self.period.last,
            bbox_key: str(self.bbox) if self.bbox else "",
            Key.SORT: self.sort or "",
            Key.VIEW: self.view or "",
        }

    def query_string(self, *, bbox_key: str = Key.BOX) -> str:
        """The canonical query, without the question mark; empty when nothing is filtered."""
        return filter_query.written(self.parts(bbox_key=bbox_key))

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return any(getattr(self, field.name) for field in fields(self) if field.name not in ("sort", "view"))

    def where(self, scope: Condition) -> sa.ColumnElement[bool]:
        """The images of the scope that pass."""
        conditions = [scope, *(tagged_with_any((name,)) for name in self.tags)]
        if self.any_of:
            conditions.append(tagged_with_any(self.any_of))
        if self.without:
            conditions.append(sa.not_(tagged_with_any(self.without)))
        if self.untagged:
            conditions.append(images.untagged())
        if self.formats:
            conditions.append(Image.format.in_(self.formats))
        if self.uploaders:
            conditions.append(images.uploaded_by(self.uploaders))
        if self.placed:
            is_placed = Image.map_key.is_not(None)
            conditions.append(is_placed if self.placed is Placed.WITH else sa.not_(is_placed))
        if self.flags:
            conditions.append(flagged(codes_in(self.flags), severities_in(self.flags)))
        if self.verdicts:
            conditions.append(Image.review.in_(self.verdicts))
        return sa.and_(*conditions, *self.searched())

    def searched(self) -> Iterator[Condition]:
        """What of the conditions only the database can answer."""
        if self.bbox:
            yield inside(self.bbox)
        if self.text:
            yield found_by(self.text)
        if self.period:
            yield self.period.where()
