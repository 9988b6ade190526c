"""What reviewers decided about an image, and on which evidence. Rows are added; only an undoing marks one."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gallery.db import Model, NumberKey, db
from gallery.location.position import Position
from gallery.models.audit import Deed, record_all
from gallery.models.claim import SOURCE, Claim, Source
from gallery.models.image import Image
from gallery.models.review_state import REVIEW_STATE, ReviewState
from gallery.models.user import User

IN_FORCE = frozenset({ReviewState.APPROVED, ReviewState.REJECTED})
"""What a verdict must have led to for the source that it trusts to be believed."""


class Decision(StrEnum):
    """What a reviewer says."""

    APPROVED = "approved"
    REJECTED = "rejected"
    NEEDS_INFO = "needs_info"


class Reason(StrEnum):
    """Why; the sentences are the presenters'."""

    SOURCES_AGREE = "sources_agree"
    PLACE_RECOGNISED = "place_recognised"
    UPLOADED_ELSEWHERE = "uploaded_elsewhere"
    SOURCE_WRONG = "source_wrong"
    WRONG_PLACE = "wrong_place"
    WRONG_TIME = "wrong_time"
    EDITED = "edited"
    NOT_ORIGINAL = "not_original"
    TWICE = "twice"
    UNCLEAR = "unclear"
    OTHER = "other"


_DECISION = sa.Enum(
    Decision, native_enum=False, length=20, values_callable=lambda decisions: [d.value for d in decisions]
)


class Verdict(Model):
    """One decision of one person about one image."""

    __tablename__ = "verdict"
    __table_args__ = (
        sa.Index("ix_verdict_image", "image_number", "number"),
        sa.Index("ix_verdict_user", "user_number", "image_number"),
    )

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid.uuid4()))
    image_number: Mapped[int] = mapped_column(sa.ForeignKey("image.number", ondelete="CASCADE"))
    user_number: Mapped[int | None] = mapped_column(sa.ForeignKey("user.number", ondelete="SET NULL"))
    """None: the person is gone; the name stays."""
    reviewer_name: Mapped[str]
    decision: Mapped[Decision] = mapped_column(_DECISION)
    trusted: Mapped[Source | None] = mapped_column(SOURCE)
    """The source whose claim shall be believed; None: the verdict names none, and leaves `gps` as it is."""
    latitude: Mapped[float | None] = mapped_column(sa.Double())
    """Of the place that the reviewer put it at by hand; None: they did not."""
    longitude: Mapped[float | None] = mapped_column(sa.Double())
    reasons: Mapped[list[str]] = mapped_column(sa.JSON)
    comment: Mapped[str]
    decided_at: Mapped[datetime]
    outcome: Mapped[ReviewState] = mapped_column(REVIEW_STATE)
    """What the image's review was from then on."""
    evidence: Mapped[dict[str, Any]]
    """As of `evidence_of`, before anything was changed."""
    second_of_number: Mapped[int | None] = mapped_column(sa.ForeignKey("verdict.number", ondelete="SET NULL"))
    """The approval of somebody else that this one agrees with; None: it is nobody's second."""
    undone_at: Mapped[datetime | None]
    """None: it stands."""
    undone_by_number: Mapped[int | None] = mapped_column(sa.ForeignKey("user.number", ondelete="SET NULL"))
    undone_by_name: Mapped[str | None]

    reviewer: Mapped[User | None] = relationship(foreign_keys=[user_number])
    second_of: Mapped["Verdict | None"] = relationship(remote_side="Verdict.number")

    @property
    def place(self) -> Position | None:
        """Where the reviewer put the image by hand."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)

    @property
    def is_in_force(self) -> bool:
        """Whether the source that it trusts is believed: an approval that awaits its second is not yet."""
        return self.outcome in IN_FORCE

    def saw(self, image: Image) -> bool:
        """Whether file and claims are still those that the reviewer saw; places put by hand do not count."""
        seen = [claim for claim in self.evidence["claims"] if claim["source"] != Source.MANUAL]
        present = [claim for claim in evidence_of(image)["claims"] if claim["source"] != Source.MANUAL]
        return self.evidence["sha256"] == image.sha256 and seen == present

    def holds_for(self, image: Image) -> bool:
        """Whether the claim that it trusts is still the one that the reviewer saw, or made."""
        if self.trusted is Source.MANUAL and self.place is not None:
            return any(c.source is Source.MANUAL and c.position == self.place for c in image.claims)
        present = {claim["source"]: claim for claim in evidence_of(image)["claims"]}
        seen = {claim["source"]: claim for claim in self.evidence["claims"]}
        return self.trusted in present and present[self.trusted] == seen.get(self.trusted)


def evidence_of(image: Image) -> dict[str, Any]:
    """File and claims of the image as values that JSON has."""
    claims = sorted(image.claims, key=lambda claim: claim.source.value)
    return {"sha256": image.sha256, "claims": [_plain(claim) for claim in claims]}


def _plain(claim: Claim) -> dict[str, Any]:
    return {
        "source": claim.source.value,
        "latitude": claim.latitude,
        "longitude": claim.longitude,
        "accuracy_m": claim.accuracy_m,
        "made_at": claim.made_at.isoformat() if claim.made_at else None,
    }


def verdicts_of(image_numbers: Collection[int]) -> dict[int, list[Verdict]]:
    """By image all its verdicts, undone ones too, the newest first."""
    found: dict[int, list[Verdict]] = {number: [] for number in image_numbers}
    query = sa.select(Verdict).where(Verdict.image_number.in_(list(image_numbers)))
    for verdict in db.session.scalars(query.order_by(Verdict.number.desc())):
        found[verdict.image_number].append(verdict)
    return found


def standing(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those that were not undone."""
    return [verdict for verdict in verdicts if verdict.undone_at is None]


def trusting(verdicts: Sequence[Verdict]) -> Verdict | None:
    """Of standing verdicts, the newest first, the one that says which source is believed."""
    return next((verdict for verdict in verdicts if verdict.is_in_force and verdict.trusted), None)


def reopen(images: Iterable[Image]) -> list[Image]:
    """Let those be reviewed again whose file or claims are not what the last verdict was based on: which.

    The audit chain says so. Call it in the transaction of every change of these, before the believed position
    is derived. A source that a verdict trusts stays believed for as long as its claim is the one that the
    reviewer saw.
    """
    decided = [image for image in images if image.review is not ReviewState.UNREVIEWED or image.trusted]
    if not decided:
        return []
    found = verdicts_of([image.number for image in decided])
    last = {image.number: standing(found[image.number]) for image in decided}
    reopened = [image for image in decided if _is_reopened(image, last[image.number])]
    said = {image.number: {"decision": last[image.number][0].decision.value} for image in reopened}
    record_all(Deed.VERDICT_REOPENED, reopened, details=said)
    return reopened


def _is_reopened(image: Image, verdicts: Sequence[Verdict]) -> bool:
    if not verdicts:
        return False
    says = trusting(verdicts)
    is_moved = bool(image.trusted) and image.believed_position not in {
        claim.position for claim in image.claims if claim.source is image.trusted
    }
    if is_moved or (says is not None and not says.holds_for(image)):
        image.trusted = None
    if image.review is ReviewState.CHANGED or (verdicts[0].saw(image) and not is_moved):
        return False
    image.review = ReviewState.CHANGED
    return True
