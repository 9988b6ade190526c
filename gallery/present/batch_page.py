"""How far a batch is, in words."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gallery.db import db
from gallery.language import Phrases, later, ngettext
from gallery.language import gettext as _
from gallery.models.batch import TAKEN_ALONG, Batch, BatchItem, Deed, count_items
from gallery.present import words

_DOING = Phrases(
    {
        Deed.PUT_ON: later("Putting “{tag}” on {photographs}"),
        Deed.TAKE_OFF: later("Taking “{tag}” off {photographs}"),
        Deed.MOVE: later("Moving {photographs} to “{album_name}”"),
        Deed.TITLE: later("Giving {photographs} the title “{title}”"),
        Deed.TRASH: later("Putting {photographs} into the trash"),
        Deed.PROCESS: later("Having {photographs} processed again"),
        Deed.APPROVE: later("Approving {photographs}"),
        Deed.DOWNLOAD: later("Downloading {photographs}"),
        Deed.EVIDENCE: later("Packing evidence of {photographs}"),
        Deed.UNDO: later("Undoing what was done to {photographs}"),
    }
)
_DONE = Phrases(
    {
        Deed.PUT_ON: later("“{tag}” was put on {photographs}."),
        Deed.TAKE_OFF: later("“{tag}” was taken off {photographs}."),
        Deed.MOVE: later("{photographs} moved to “{album_name}”."),
        Deed.TITLE: later("{photographs} got the title “{title}”."),
        Deed.TRASH: later("{photographs} put into the trash."),
        Deed.PROCESS: later("{photographs} will be processed again."),
        Deed.APPROVE: later("{photographs} approved."),
        Deed.DOWNLOAD: later("{photographs} chosen."),
        Deed.EVIDENCE: later("{photographs} chosen."),
        Deed.UNDO: later("Undone for {photographs}."),
    }
)
CANNOT_BE_UNDONE = (Deed.PROCESS, *TAKEN_ALONG, Deed.UNDO)


@dataclass(frozen=True, slots=True)
class Said:
    """What a batch that is over has done."""

    sentence: str
    can_undo: bool


@dataclass(frozen=True, slots=True)
class BatchPage:
    """What its page shows."""

    batch: Batch
    title: str
    done: int
    said: Said | None
    """None: it is not over."""
    left: str
    """How long it will take still; empty while nobody can say."""


def batch_page(batch: Batch) -> BatchPage:
    """The page as it is now."""
    done = count_items(batch, BatchItem.is_done)
    title = _words(_DOING[batch.deed], batch, batch.total)
    return BatchPage(batch, title, done, said_of(batch) if batch.ended_at else None, _left(batch, done))


def said_of(batch: Batch) -> Said:
    """In a sentence or two; what was so already is counted apart."""
    changed = count_items(batch, BatchItem.before.is_not(None))
    unchanged = batch.total - changed
    sentence = _words(_DONE[batch.deed], batch, changed)
    if batch.trouble:
        sentence += " " + _("Then it ended: %(trouble)s", trouble=batch.trouble)
    elif unchanged:
        left = ngettext(
            "%(photographs)s was left as before.",
            "%(photographs)s were left as before.",
            unchanged,
            photographs=_photographs(unchanged),
        )
        sentence += f" {left}"
    return Said(sentence, can_undo=changed > 0 and batch.deed not in CANNOT_BE_UNDONE)


def _words(pattern: str, batch: Batch, count: int) -> str:
    details = batch.details
    if batch.deed is Deed.UNDO and batch.undoes_number is not None:
        details = db.session.get_one(Batch, batch.undoes_number).details
    return pattern.format_map({**details, "photographs": _photographs(count)})


def _photographs(count: int) -> str:
    return ngettext("%(shown)s photograph", "%(shown)s photographs", count, shown=words.number(count))


def _left(batch: Batch, done: int) -> str:
    if batch.ended_at or not done:
        return ""
    seconds = (datetime.now(UTC) - batch.created_at).total_seconds() / done * (batch.total - done)
    if seconds < 60:
        return _("Less than a minute left.")
    return _("About %(minutes)s min left.", minutes=words.number(round(seconds / 60)))
