"""The months of a scope's images, each with how many there are and where to look."""

from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa

from gallery.db import db
from gallery.language import locale
from gallery.models.image import Image
from gallery.models.scope import TAKEN, Condition
from gallery.present.time_order import TimeOrder, TimePlace, cursor_of


class Month(NamedTuple):
    """Of one year."""

    name: str
    images: int
    cursor: str
    """Of the page that begins with its last image; empty where there is none."""


class Year(NamedTuple):
    """Its twelve months."""

    number: int
    months: list[Month]


def years(condition: Condition, keys: list[bytes]) -> list[Year]:
    """The last first. Months are of UTC, by when images were taken; added, where nothing says so."""
    month = _month().label("month")
    rows = db.session.execute(
        sa.select(month, sa.func.count()).select_from(Image).where(condition).group_by(month)
    )
    counts = {(int(text[:4]), int(text[5:7])): count for text, count in rows}
    found = sorted({year for year, _ in counts}, reverse=True)
    return [
        Year(year, [_month_of(year, nth, counts.get((year, nth), 0), keys) for nth in range(1, 13)])
        for year in found
    ]


def _month_of(year: int, nth: int, count: int, keys: list[bytes]) -> Month:
    end = datetime(year + nth // 12, nth % 12 + 1, 1, tzinfo=UTC)
    cursor = cursor_of(TimeOrder.TAKEN_LAST, TimePlace(end, ""), keys) if count else ""
    return Month(locale().months["format"]["abbreviated"][nth], count, cursor)


def _month() -> sa.ColumnElement[str]:
    if db.engine.dialect.name == "sqlite":
        return sa.func.strftime("%Y-%m", TAKEN, type_=sa.Text())
    return sa.func.to_char(sa.func.timezone("UTC", TAKEN), "YYYY-MM", type_=sa.Text())
