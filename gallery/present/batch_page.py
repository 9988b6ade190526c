"""How far a batch is, in words."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gallery.db import db
from gallery.models.batch import Batch, BatchItem, Deed, count_items

_DOING = {
    Deed.PUT_ON: "Putting “{tag}” on {photographs}",
    Deed.TAKE_OFF: "Taking “{tag}” off {photographs}",
    Deed.MOVE: "Moving {photographs} to “{album_name}”",
    Deed.TITLE: "Giving {photographs} the title “{title}”",
    Deed.TRASH: "Putting {photographs} into the trash",
    Deed.PROCESS: "Having {photographs} processed again",
    Deed.APPROVE: "Approving {photographs}",
    Deed.DOWNLOAD: "Downloading {photographs}",
    Deed.UNDO: "Undoing what was done to {photographs}",
}
_DONE = {
    Deed.PUT_ON: "“{tag}” was put on {photographs}.",
    Deed.TAKE_OFF: "“{tag}” was taken off {photographs}.",
    Deed.MOVE: "{photographs} moved to “{album_name}”.",
    Deed.TITLE: "{photographs} got the title “{title}”.",
    Deed.TRASH: "{photographs} put into the trash.",
    Deed.PROCESS: "{photographs} will be processed again.",
    Deed.APPROVE: "{photographs} approved.",
    Deed.DOWNLOAD: "{photographs} chosen.",
    Deed.UNDO: "Undone for {photographs}.",
}
CANNOT_BE_UNDONE = (Deed.PROCESS, Deed.DOWNLOAD, Deed.UNDO)


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
        sentence += f" Then it ended: {batch.trouble}"
    elif unchanged:
        sentence += f" {_photographs(unchanged)} {'was' if unchanged == 1 else 'were'} left as before."
    return Said(sentence, can_undo=changed > 0 and batch.deed not in CANNOT_BE_UNDONE)


def _words(pattern: str, batch: Batch, count: int) -> str:
    details = batch.details
    if batch.deed is Deed.UNDO and batch.undoes_number is not None:
        details = db.session.get_one(Batch, batch.undoes_number).details
    return pattern.format_map({**details, "photographs": _photographs(count)})


def _photographs(count: int) -> str:
    return "1 photograph" if count == 1 else f"{count:,} photographs"


def _left(batch: Batch, done: int) -> str:
    if batch.ended_at or not done:
        return ""
    seconds = (datetime.now(UTC) - batch.created_at).total_seconds() / done * (batch.total - done)
    return "Less than a minute left." if seconds < 60 else f"About {round(seconds / 60)} min left."
