"""Images recorded again and again by the database itself: a million in a minute or two."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from gallery.db import UtcDateTime, db
from gallery.models.claim import Claim
from gallery.models.document import SyncDocument
from gallery.models.image import Image
from gallery.models.tag import Tagging


class Copy(NamedTuple):
    """One more image like another, whose number is also that of its document's last change."""

    number: int
    template: int
    id: str
    created_at: datetime


def record_copies(copies: Iterable[Copy]) -> None:
    """Record them with claims, tags and documents, in the transaction under way; on SQLite alone."""
    connection = db.session.connection()
    _COPY.create(connection, checkfirst=True)
    connection.execute(sa.delete(_COPY))
    connection.execute(sa.insert(_COPY), [copy._asdict() for copy in copies])
    for statement in _STATEMENTS:
        connection.execute(statement)


_COPY = sa.Table(
    "copy",
    sa.MetaData(),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("template", sa.Integer),
    sa.Column("id", sa.String),
    sa.Column("created_at", UtcDateTime()),
    prefixes=["TEMPORARY"],
)
_OWN = _COPY.c
_BODY = sa.func.replace(sa.cast(SyncDocument.body, sa.Text), SyncDocument.image_id, _OWN.id)


def _copying(model: type[Any], template: Any, **own: Any) -> sa.Insert:
    """All rows of the templates, with some columns of their own."""
    columns = [column for column in model.__table__.columns if column.name not in own]
    found = sa.select(*columns, *own.values()).join(_COPY, _OWN.template == template)
    names = [column.name for column in columns] + list(own)
    return sa.insert(model.__table__).from_select(names, found.order_by(_OWN.number), include_defaults=False)


_DELIVERY_NAME = sa.func.printf("%012x", _OWN.number)
_STATEMENTS = (
    _copying(
        Image,
        Image.number,
        number=_OWN.number,
        id=_OWN.id,
        created_at=_OWN.created_at,
        delivery_name=_DELIVERY_NAME,
    ),
    _copying(Claim, Claim.image_number, image_number=_OWN.number),
    _copying(Tagging, Tagging.image_number, image_number=_OWN.number),
    _copying(
        SyncDocument,
        SyncDocument.seq,
        image_id=_OWN.id,
        seq=_OWN.number,
        created_at=_OWN.created_at,
        body=sa.cast(_BODY, sa.LargeBinary),
    ),
)
