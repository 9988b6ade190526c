"""Reviews in words."""

from dataclasses import dataclass
from datetime import tzinfo

from gallery.language import Phrases, later
from gallery.language import gettext as _
from gallery.models.claim import Source
from gallery.models.review_state import ReviewState
from gallery.models.verdict import Decision, Reason, Verdict
from gallery.present import words
from gallery.present.reviews.part import Part

PARTS = Phrases(
    {
        Part.WAITING: later("Waiting"),
        Part.CONFLICT: later("Conflicts"),
        Part.UNREVIEWED: later("Unreviewed"),
        Part.CHANGED: later("Changed since"),
        Part.AWAITS_SECOND: later("Awaiting a second"),
        Part.NEEDS_INFO: later("Needs information"),
        Part.DECIDED: later("Decided"),
    }
)
STATES = Phrases(
    {
        ReviewState.UNREVIEWED: later("Unreviewed"),
        ReviewState.AWAITS_SECOND: later("Awaits a second pair of eyes"),
        ReviewState.NEEDS_INFO: later("Needs information"),
        ReviewState.CHANGED: later("Changed since it was decided"),
        ReviewState.APPROVED: later("Approved"),
        ReviewState.REJECTED: later("Rejected"),
    }
)
DECISIONS = Phrases(
    {
        Decision.APPROVED: later("approved it"),
        Decision.REJECTED: later("rejected it"),
        Decision.NEEDS_INFO: later("asked for information"),
    }
)
YOURS = Phrases(
    {
        Decision.APPROVED: later("you approved it"),
        Decision.REJECTED: later("you rejected it"),
        Decision.NEEDS_INFO: later("you asked for information"),
    }
)
REASONS = Phrases(
    {
        Reason.SOURCES_AGREE: later("The sources agree"),
        Reason.PLACE_RECOGNISED: later("The place can be recognised"),
        Reason.UPLOADED_ELSEWHERE: later("Uploaded somewhere else than taken"),
        Reason.SOURCE_WRONG: later("A source is wrong about the place"),
        Reason.WRONG_PLACE: later("Not taken where it should be"),
        Reason.WRONG_TIME: later("Not taken when it should be"),
        Reason.EDITED: later("The picture was edited"),
        Reason.NOT_ORIGINAL: later("A picture of a picture or a screen"),
        Reason.TWICE: later("Handed in before"),
        Reason.UNCLEAR: later("Too little can be seen"),
        Reason.OTHER: later("Another reason: see the comment"),
    }
)
TRUST = Phrases(
    {
        Source.EXIF: later("EXIF"),
        Source.HTML: later("Browser"),
        Source.IP: later("IP address"),
        Source.MANUAL: later("By hand"),
    }
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict as people read it."""

    who: str
    what: str
    """After the name: `approved it`."""
    when: str
    trusted: str
    """Empty: it named no source."""
    place: str
    reasons: list[str]
    comment: str
    undone: str
    """By whom and when; empty: it stands."""


def decided(verdict: Verdict, zone: tzinfo) -> Decided:
    """The verdict, its times by the clock of a zone."""
    undone = verdict.undone_at
    what = DECISIONS[verdict.decision]
    if verdict.outcome is ReviewState.AWAITS_SECOND:
        what = _("approved it, as the first of two")
    return Decided(
        who=verdict.reviewer_name,
        what=what,
        when=words.instant(verdict.decided_at.astimezone(zone)),
        trusted=TRUST[verdict.trusted] if verdict.trusted else "",
        place=words.coordinates(*verdict.place) if verdict.place else "",
        reasons=[REASONS[Reason(reason)] for reason in verdict.reasons],
        comment=verdict.comment,
        undone=f"{verdict.undone_by_name}, {words.instant(undone.astimezone(zone))}" if undone else "",
    )
