"""From when to when: days as people write them, or instants."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Self

import sqlalchemy as sa

from gallery.models.scope import Condition, taken_between

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """Both ends are part of it; "" = without end. A day is one of UTC, unless another zone is named."""

    first: str = ""
    last: str = ""

    @classmethod
    def parse(cls, first: str, last: str) -> Self:
        """Raises ValueError with a sentence that names the key."""
        for key, text in (("from", first.strip()), ("to", last.strip())):
            if text and _instant(text) is None:
                raise ValueError(f"{key}= needs a day such as 2026-01-31, or a time with an offset")
        return cls(first.strip(), last.strip())

    def __bool__(self) -> bool:
        """Whether it has an end."""
        return bool(self.first or self.last)

    @property
    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Its first instant and the first that is not part of it any more; None: without end."""
        return _instant(self.first), self._end()

    def where(self) -> Condition:
        """The images that were taken in it."""
        return taken_between(*self.bounds)

    def of(self, column: sa.SQLColumnExpression[datetime], zone: tzinfo) -> sa.ColumnElement[bool]:
        """The rows whose instant lies in it, by the days of the zone."""
        begin, end = _instant(self.first, zone), self._end(zone)
        after = sa.true() if begin is None else column >= begin
        return after if end is None else sa.and_(after, column < end)

    def _end(self, zone: tzinfo = UTC) -> datetime | None:
        """The first instant that is not part of it any more."""
        end = _instant(self.last, zone)
        if end is None:
            return None
        if not _DAY.fullmatch(self.last):
            return end + timedelta(microseconds=1)
        next_day = date.fromisoformat(self.last) + timedelta(days=1)
        return datetime.combine(next_day, time(), zone).astimezone(UTC)


NO_PERIOD = Period()


def _instant(text: str, zone: tzinfo = UTC) -> datetime | None:
    """When a day or instant begins; None for what is neither, or lies where no calendar is needed."""
    try:
        if _DAY.fullmatch(text):
            moment = datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC)
        else:
            moment = datetime.fromisoformat(text)
            moment = moment.astimezone(UTC) if moment.tzinfo else datetime.min.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return moment if 1 < moment.year < 9999 else None
