"""The sync documents that a person may see, as bytes in the contract's order."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gallery.models.album import Album, Membership, is_in_most_albums, visible_album_numbers
from gallery.models.document import SyncDocument
from gallery.models.token_album import is_reached
from gallery.models.user import Role, User
from gallery.models.viewer import Viewer
from gallery.prepared import Borrowed, Prepared, Reader
from gallery.text_list import as_parameter, rows_of


def bodies(reader: Reader, viewer: User | Viewer, image_ids: Sequence[str]) -> list[bytes]:
    """Those of the documents that the person may see, in the contract's order."""
    named = _seen_by(viewer) | {"image_ids": as_parameter(image_ids)}
    if viewer.token_number is None:
        rows = _NAMED.rows(reader, **named)
    else:
        rows = _NAMED_BY_TOKEN.rows(reader, token_number=viewer.token_number, **named)
    return [row[0] for row in rows]


def bodies_for(reader: Reader, user_id: str, signed_at: datetime, image_ids: Sequence[str]) -> list[bytes]:
    """The same for the person with this id, who is looked up by the same query.

    None of them for somebody who is gone, or who has revoked the tokens of that time.
    """
    named = as_parameter(image_ids)
    rows = _NAMED_FOR.rows(reader, user_id=user_id, signed_at=signed_at, image_ids=named)
    return [row[0] for row in rows]


def stream_bodies(engine: sa.Engine, viewer: User | Viewer, batch: int = 50) -> Iterator[Sequence[bytes]]:
    """All that the person may see, in that order, in batches; the connection ends with the iteration."""
    with engine.connect() as connection:
        found = _all_of(connection, viewer)
        if engine.dialect.name == "sqlite":
            with Borrowed(connection) as reader:
                for some in Prepared(found).batches(reader, batch, **_seen_by(viewer)):
                    yield [row[0] for row in some]
            return
        streaming = connection.execution_options(stream_results=True, yield_per=batch)
        with streaming.execute(found, _seen_by(viewer)) as rows:
            yield from rows.scalars().partitions(batch)


def sees_all(reader: Reader, viewer: User | Viewer) -> bool:
    """Whether every document is one that the person may see."""
    if viewer.token_number is not None:
        return False
    return viewer.is_admin or bool(_SEEN_ALL.rows(reader, user_number=viewer.number)[0][0])


def _all_of(connection: sa.Connection, viewer: User | Viewer) -> sa.Select[Any]:
    if viewer.token_number is not None:
        return _IN_ORDER.where(SyncDocument.album_number.in_(visible_album_numbers(viewer)))
    return _ALL if viewer.is_admin or is_in_most_albums(connection, viewer) else _ALL_OF_FEW


def _seen_by(viewer: User | Viewer) -> dict[str, Any]:
    return {"is_admin": viewer.role is Role.ADMIN, "user_number": viewer.number}


_IN_ORDER = (
    sa.select(sa.type_coerce(SyncDocument.body, sa.types.NullType))
    .where(SyncDocument.deleted_at.is_(None))
    .order_by(SyncDocument.position, SyncDocument.created_at, SyncDocument.image_id)
)
"""Both drivers give bytes: nothing has to be made of them."""
_IS_OWN = Membership.user_number == sa.bindparam("user_number")
_VISIBLE = sa.or_(
    sa.bindparam("is_admin", type_=sa.Boolean),
    sa.exists().where(Membership.album_number == SyncDocument.album_number, _IS_OWN),
)
"""Looked up document by document. As a list of albums SQLite would read all of these for a hundred ids."""

_IS_NAMED = SyncDocument.image_id == rows_of("image_ids")
_OF_IDS = _IN_ORDER.where(_IS_NAMED, _VISIBLE)
_NAMED = Prepared(_OF_IDS)
_NAMED_BY_TOKEN = Prepared(
    _OF_IDS.where(is_reached(sa.bindparam("token_number", type_=sa.BigInteger), SyncDocument.album_number))
)
_NAMED_FOR = Prepared(
    _IN_ORDER.where(
        _IS_NAMED,
        User.id == sa.bindparam("user_id"),
        User.tokens_valid_from <= sa.bindparam("signed_at"),
        sa.or_(
            User.role == Role.ADMIN,
            sa.exists().where(
                Membership.album_number == SyncDocument.album_number, Membership.user_number == User.number
            ),
        ),
    )
)
_ALL = _IN_ORDER.where(_VISIBLE)
_IS_MEMBER = sa.exists().where(Membership.album_number == Album.number, _IS_OWN).correlate(Album)
_SEEN_ALL = Prepared(sa.select(sa.not_(sa.select(Album.number).where(sa.not_(_IS_MEMBER)).exists())))
"""In the order of the index: the first row comes at once, and what may not be seen is passed over."""
_OWN_ALBUMS = sa.select(Membership.album_number).where(_IS_OWN)
_ALL_OF_FEW = _IN_ORDER.where(SyncDocument.album_number.in_(_OWN_ALBUMS))
"""Only those albums' documents are read, then sorted."""
