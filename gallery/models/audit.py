"""The audit chain: who did what, appended and never changed. `gallery.chain` says how it is linked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from gallery.chain import START, Head, content_digest, link, time_text
from gallery.db import Model, db
from gallery.models.album import Album
from gallery.models.deed import Deed
from gallery.models.image import Image, now
from gallery.models.text import storable_json
from gallery.models.user import User
from gallery.models.viewer import Viewer
from gallery.prepared import Prepared

__all__ = ["Actor", "AuditEntry", "Deed", "act_as", "acting", "head", "record", "record_all"]

_LOCK = 0x617564
"""Of PostgreSQL's advisory locks, the one that whoever appends holds until the commit."""
_BATCH = 500


class AuditEntry(Model):
    """One deed. Triggers of the database refuse that a row is changed or deleted."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.Index("ix_audit_entry_at", "at"),
        sa.Index("ix_audit_entry_image", "image_id", "number"),
        sa.Index("ix_audit_entry_album", "album_number", "number"),
        sa.Index("ix_audit_entry_actor", "actor_number", "number"),
        sa.Index("ix_audit_entry_deed", "deed", "number"),
    )

    number: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    """From 1, without gaps."""
    at: Mapped[datetime]
    actor_number: Mapped[int | None] = mapped_column(sa.BigInteger)
    """Of the person, who may be gone; None: no person of the gallery, `actor_name` says who."""
    actor_name: Mapped[str]
    deed: Mapped[Deed] = mapped_column(
        sa.Enum(Deed, native_enum=False, length=40, values_callable=lambda deeds: [d.value for d in deeds])
    )
    image_id: Mapped[str | None] = mapped_column(sa.String(36))
    """None: it was done to no image."""
    album_id: Mapped[str | None]
    """As the album was called then. None: it was done to no album."""
    album_number: Mapped[int | None] = mapped_column(sa.BigInteger)
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))


class Actor(NamedTuple):
    """Who does something."""

    number: int | None
    name: str

    @classmethod
    def of(cls, user: User | Viewer) -> "Actor":
        """A person of the gallery."""
        return cls(user.number, user.name)


GALLERY = Actor(None, "the gallery")
"""What happens by itself, in time."""


class Thing(NamedTuple):
    """What of an image is written down."""

    image_id: str
    album_id: str
    album_number: int


class _Waiting(NamedTuple):
    within: SessionTransaction | None
    """The part of the transaction that may still be undone alone."""
    said: dict[str, Any]


def act_as(actor: Actor) -> None:
    """Whoever does what follows in this session, unless a deed names somebody else."""
    db.session.info["actor"] = actor


def acting() -> Actor | None:
    """Who does it; None: nobody said so."""
    return cast("Actor | None", db.session.info.get("actor"))


def record(
    deed: Deed,
    *,
    actor: User | Actor | None = None,
    image: Image | None = None,
    album: Album | None = None,
    **details: Any,
) -> None:
    """Let the chain say so when the transaction under way is committed; `album` None: the image's.

    `actor` None: who is acting. Details are values that JSON has, and never a secret.
    """
    album = image.album if album is None and image is not None else album
    thing = (image and image.id, album and album.id, album and album.number)
    _wait(deed, actor, thing, details)


def record_all(
    deed: Deed,
    images: Iterable[Image | int],
    *,
    actor: User | Actor | None = None,
    details: Mapping[int, Mapping[str, Any]] | None = None,
    **common: Any,
) -> None:
    """The same of each image, which may be given as its number. `details` are each one's own, by number."""
    for number, thing in _things(list(images)):
        _wait(deed, actor, thing, {**common, **(details or {}).get(number, {})})


def head(session: Session | sa.Connection) -> Head:
    """The last entry."""
    connection = session.connection() if isinstance(session, Session) else session
    rows = _HEAD.rows_on(connection)
    return Head(*rows[0]) if rows else Head(0, START)


_INSERT = Prepared(
    sa.insert(AuditEntry.__table__)  # type: ignore[arg-type]  # a table, though declared as any clause
)
_HEAD = Prepared(sa.select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1))


def _wait(deed: Deed, actor: User | Actor | None, thing: Sequence[Any], details: dict[str, Any]) -> None:
    who = Actor.of(actor) if isinstance(actor, User) else actor or acting() or GALLERY
    image_id, album_id, album_number = thing
    said = {
        "at": now(),
        "actor_number": who.number,
        "actor_name": who.name,
        "deed": deed,
        "image_id": image_id,
        "album_id": album_id,
        "album_number": album_number,
        "details": storable_json(details),
    }
    waiting = db.session.info.setdefault("deeds", [])
    waiting.append(_Waiting(db.session().get_nested_transaction(), said))


def _things(images: Sequence[Image | int]) -> Iterator[tuple[int, Thing]]:
    known = [image for image in images if isinstance(image, Image)]
    yield from ((i.number, Thing(i.id, i.album.id, i.album_number)) for i in known)
    numbers = [image for image in images if isinstance(image, int)]
    query = sa.select(Image.number, Image.id, Album.id, Album.number).join(Image.album)
    for start in range(0, len(numbers), _BATCH):
        chunk = numbers[start : start + _BATCH]
        rows = db.session.execute(query.where(Image.number.in_(chunk)).order_by(Image.number))
        yield from ((number, Thing(id, album, place)) for number, id, album, place in rows)


@sa.event.listens_for(Session, "before_commit")
def _append(session: Session) -> None:
    """All at once and last, so that whoever waits here holds back nobody but others who append."""
    if session.get_nested_transaction() is not None or not session.info.get("deeds"):
        return
    session.flush()
    waiting: list[_Waiting] = session.info.pop("deeds")
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    number, previous = head(session)
    rows = []
    for _, said in waiting:
        number += 1
        entry = {"number": number, **said}
        hash = link(previous, content_digest({**entry, "at": time_text(said["at"])}))
        rows.append({**entry, "previous": previous, "hash": hash})
        previous = hash
    _INSERT.run_on(session.connection(), rows)


@sa.event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, undone: SessionTransaction) -> None:
    """What was undone was not done."""
    waiting: list[_Waiting] = session.info.get("deeds", [])
    session.info["deeds"] = [one for one in waiting if undone.nested and one.within is not undone]
