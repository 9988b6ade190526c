"""How far the review of an image is, as programs read it."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from gallery.config import Settings
from gallery.location.flag import Severity
from gallery.models.image import Image
from gallery.models.verdict import standing, verdicts_of
from gallery.present.reviews.verdict_record import Trusted, VerdictRecord, verdict_record

State = Literal["unreviewed", "awaits_second", "needs_info", "changed", "approved", "rejected"]


class ReviewRecord(msgspec.Struct):
    """How far the review of an image is."""

    image_id: str
    album_id: str
    review: State
    worst_flag: Annotated[
        Literal["note", "doubt", "conflict"] | None, msgspec.Meta(description="null: there is no doubt.")
    ]
    trusted: Annotated[
        Trusted | None,
        msgspec.Meta(description="The source that a verdict in force says to believe; null: the setting's."),
    ]
    gps: Annotated[list[float] | None, msgspec.Meta(description="[latitude, longitude]")]
    verdict: Annotated[VerdictRecord | None, msgspec.Meta(description="The last that stands.")]


class FullReviewRecord(ReviewRecord):
    """The same, with everything that was ever decided."""

    verdicts: Annotated[list[VerdictRecord], msgspec.Meta(description="The newest first, undone ones too.")]


def review_records(images: Sequence[Image], settings: Settings) -> list[ReviewRecord]:
    """The records of these images, in this order."""
    found = verdicts_of([image.number for image in images])
    records = {
        image.number: [
            verdict_record(verdict, image.id, settings) for verdict in standing(found[image.number])
        ]
        for image in images
    }
    return [_record(image, records[image.number]) for image in images]


def full_record(image: Image, settings: Settings) -> FullReviewRecord:
    """The record of one image."""
    found = [
        verdict_record(verdict, image.id, settings) for verdict in verdicts_of([image.number])[image.number]
    ]
    short = _record(image, [record for record in found if record.undone_at is None])
    return FullReviewRecord(**msgspec.structs.asdict(short), verdicts=found)


def _record(image: Image, stand: Sequence[VerdictRecord]) -> ReviewRecord:
    position = image.believed_position
    return ReviewRecord(
        image_id=image.id,
        album_id=image.album.id,
        review=image.review.value,
        worst_flag=_SEVERITIES.get(image.worst_flag),
        trusted=image.trusted.value if image.trusted else None,
        gps=list(position) if position else None,
        verdict=stand[0] if stand else None,
    )


_SEVERITIES: dict[int, Literal["note", "doubt", "conflict"]] = {
    Severity.NOTE: "note",
    Severity.DOUBT: "doubt",
    Severity.CONFLICT: "conflict",
}
