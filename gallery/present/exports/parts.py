"""What other tables than the images' hold for the rows of an export, read for a few hundred at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import sqlalchemy as sa

from gallery.location.evidence import Said
from gallery.location.flag import Flag
from gallery.location.position import Position
from gallery.models.claim import Claim
from gallery.models.flag import stored_flags
from gallery.models.review_state import ReviewState
from gallery.models.tag import Tag, Tagging
from gallery.models.verdict import Verdict
from gallery.present.exports.row import SOURCES, ToldClaim, ToldVerdict
from gallery.thresholds import Thresholds

_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Parts:
    """By the images' numbers."""

    claims: defaultdict[int, list[ToldClaim]]
    tags: defaultdict[int, list[str]]
    verdicts: dict[int, ToldVerdict]
    flags: defaultdict[int, list[Flag]]

    @classmethod
    def of(cls, connection: sa.Connection, rows: Sequence[Any]) -> Self:
        """Of images whose numbers and reviews are known; who was never decided about is not looked up."""
        numbers = [row.number for row in rows]
        decided = [row.number for row in rows if row.review is not ReviewState.UNREVIEWED]
        verdicts = _verdicts(connection, decided) if decided else {}
        return cls(
            _claims(connection, numbers),
            _tags(connection, numbers),
            verdicts,
            stored_flags(connection, numbers),
        )


def _claims(connection: sa.Connection, numbers: list[int]) -> defaultdict[int, list[ToldClaim]]:
    columns = (Claim.source, Claim.latitude, Claim.longitude, Claim.accuracy_m, Claim.made_at)
    found: defaultdict[int, list[ToldClaim]] = defaultdict(list)
    rows = connection.execute(sa.select(Claim.image_number, *columns).where(Claim.image_number.in_(numbers)))
    for number, source, latitude, longitude, radius_m, made_at in rows.all():
        said = Said(source.value, Position(latitude, longitude), radius_m)
        r95_m = said.r95_m(_THRESHOLDS) if radius_m else None
        found[number].append(ToldClaim(source, latitude, longitude, radius_m, r95_m, made_at))
    for told in found.values():
        told.sort(key=lambda claim: SOURCES.index(claim.source))
    return found


def _tags(connection: sa.Connection, numbers: list[int]) -> defaultdict[int, list[str]]:
    """In the order in which they were put on."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = connection.execute(
        sa.select(Tagging.image_number, Tag.name)
        .join(Tag)
        .where(Tagging.image_number.in_(numbers))
        .order_by(Tagging.image_number, Tagging.position)
    )
    for number, name in rows.all():
        found[number].append(name)
    return found


def _verdicts(connection: sa.Connection, numbers: list[int]) -> dict[int, ToldVerdict]:
    """The last of each that was not undone."""
    columns = (Verdict.decision, Verdict.trusted, Verdict.reviewer_name, Verdict.decided_at)
    rows = connection.execute(
        sa.select(Verdict.image_number, *columns, Verdict.reasons, Verdict.comment)
        .where(Verdict.image_number.in_(numbers), Verdict.undone_at.is_(None))
        .order_by(Verdict.number)
    )
    return {
        number: ToldVerdict(decision.value, trusted, name, decided_at, reasons, comment)
        for number, decision, trusted, name, decided_at, reasons, comment in rows.all()
    }
