"""A verdict as programs read it."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from gallery.config import Settings
from gallery.models.verdict import Verdict
from gallery.present.sync_document import timestamp

Decided = Literal["approved", "rejected", "needs_info"]
Trusted = Literal["exif", "html", "ip", "manual"]


class VerdictRecord(msgspec.Struct):
    """What a reviewer decided."""

    id: str
    image_id: str
    reviewer: Annotated[str | None, msgspec.Meta(description="The person's id; null: they are gone.")]
    reviewer_name: str
    decision: Decided
    trusted: Annotated[
        Trusted | None, msgspec.Meta(description="The source that is believed; null: `gps` stays as it is.")
    ]
    place: Annotated[
        list[float] | None, msgspec.Meta(description="[latitude, longitude], where it was put by hand.")
    ]
    reasons: list[str]
    comment: str
    decided_at: str
    outcome: Annotated[str, msgspec.Meta(description="What the image's review was from then on.")]
    second_of: Annotated[str | None, msgspec.Meta(description="The verdict that it agrees with.")]
    undone_at: Annotated[str | None, msgspec.Meta(description="null: it stands.")]
    undone_by_name: str | None


def verdict_record(verdict: Verdict, image_id: str, settings: Settings) -> VerdictRecord:
    """The record of one verdict."""

    def told(moment: datetime) -> str:
        return timestamp(moment, settings.time_zone)

    place = verdict.place
    return VerdictRecord(
        id=verdict.id,
        image_id=image_id,
        reviewer=verdict.reviewer.id if verdict.reviewer else None,
        reviewer_name=verdict.reviewer_name,
        decision=verdict.decision.value,
        trusted=verdict.trusted.value if verdict.trusted else None,
        place=list(place) if place else None,
        reasons=list(verdict.reasons),
        comment=verdict.comment,
        decided_at=told(verdict.decided_at),
        outcome=verdict.outcome.value,
        second_of=verdict.second_of.id if verdict.second_of else None,
        undone_at=told(verdict.undone_at) if verdict.undone_at else None,
        undone_by_name=verdict.undone_by_name,
    )


def plain(record: VerdictRecord) -> dict[str, Any]:
    """The record as values that JSON has."""
    return msgspec.structs.asdict(record)
