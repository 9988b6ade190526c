"""The rows of an export as flat columns, for formats that know no lists."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import combinations

from gallery.present.exports.row import SOURCES, ExportRow, ToldClaim, ToldVerdict
from gallery.present.filters import name_list

Value = str | float | None
_PAIRS = tuple(combinations(SOURCES, 2))
_OF_CLAIM = ("latitude", "longitude", "radius_m", "radius_95_m", "at")
_SILENT, _UNDECIDED = (None,) * len(_OF_CLAIM), (None,) * 6
COLUMNS = (
    *("id", "album", "title", "filename", "format", "taken_at", "created_at"),
    *("latitude", "longitude", "position_source"),
    *(f"{source}_{name}" for source in SOURCES for name in _OF_CLAIM),
    *(f"{one}_{other}_m" for one, other in _PAIRS),
    *("flags", "worst_flag", "review"),
    *("verdict", "verdict_trusted", "verdict_by", "verdict_at", "verdict_reasons", "verdict_comment"),
    *("tags", "sha256", "page_url", "thumbnail_url", "original_url"),
)
"""Their names, which strangers may rely on."""


def values(row: ExportRow) -> list[Value]:
    """One for each of COLUMNS; None: nothing is known."""
    claims = {claim.source: _of_claim(claim) for claim in row.claims}
    apart = {(each.one, each.other): each.distance_m for each in row.distances}
    latitude, longitude = row.position or (None, None)
    return [
        *(row.id, row.album_id, row.title, row.filename, row.format),
        *(moment(row.taken_at) if row.taken_at else None, moment(row.created_at)),
        *(latitude, longitude, row.position_source and row.position_source.value),
        *(value for source in SOURCES for value in claims.get(source, _SILENT)),
        *(apart.get(pair) for pair in _PAIRS),
        " ".join(f"{flag.code}:{flag.severity.name.lower()}" for flag in row.flags),
        row.worst_flag and row.worst_flag.name.lower(),
        row.review,
        *(_of_verdict(row.verdict) if row.verdict else _UNDECIDED),
        *(name_list.join(row.tags), row.sha256, row.page_url, row.thumbnail_url, row.original_url),
    ]


def _of_claim(claim: ToldClaim) -> tuple[Value, ...]:
    made_at = None if claim.made_at is None else instant(claim.made_at)
    return claim.latitude, claim.longitude, claim.radius_m, claim.radius_95_m, made_at


def _of_verdict(verdict: ToldVerdict) -> tuple[Value, ...]:
    trusted, reasons = verdict.trusted, " ".join(verdict.reasons)
    decided_at = instant(verdict.decided_at)
    return verdict.decision, trusted and trusted.value, verdict.reviewer, decided_at, reasons, verdict.comment


def known(row: ExportRow) -> Iterator[tuple[str, str]]:
    """(column, text) of those that hold something."""
    for name, value in zip(COLUMNS, values(row), strict=True):
        if value is not None and value != "":
            yield name, value if isinstance(value, str) else number(value)


def moment(time: datetime) -> str:
    """ISO 8601 with three fraction digits and the offset of the time."""
    text = time.isoformat(timespec="milliseconds")
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def instant(time: datetime) -> str:
    """The same in UTC."""
    return moment(time.astimezone(UTC))


def number(value: float) -> str:
    """The shortest digits from which the same double is read, without an exponent."""
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text
