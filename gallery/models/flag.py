"""The flags of images, as they were found last; who changes what they come from finds them again."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model
from gallery.location.flag import Code, Flag, Severity
from gallery.models.image import Image


class StoredFlag(Model):
    """One explained doubt about one image."""

    __tablename__ = "flag"
    __table_args__ = (
        sa.Index("ix_flag_code", "code", "image_number"),
        sa.Index(
            "ix_flag_other",
            "other_number",
            postgresql_where=sa.text("other_number IS NOT NULL"),
            sqlite_where=sa.text("other_number IS NOT NULL"),
        ),
    )

    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    """Among the image's flags, from 0, the worst first: a code can stand there for several sources."""
    code: Mapped[str] = mapped_column(sa.String(40))
    severity: Mapped[int] = mapped_column(sa.SmallInteger)
    inputs: Mapped[dict[str, Any]]
    """What it was found from: metres, seconds, degrees, names."""
    other_number: Mapped[int | None] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"))
    """Of the image that it stands between too; None: it is about this one alone."""


def stored_flags(connection: sa.Connection, numbers: Collection[int]) -> defaultdict[int, list[Flag]]:
    """Of each of the images, the worst first."""
    found: defaultdict[int, list[Flag]] = defaultdict(list)
    for number, code, severity, inputs, other in connection.execute(_STORED, {"numbers": list(numbers)}):
        found[number].append(Flag(Code(code), Severity(severity), inputs, other))
    return found


_STORED = (
    sa.select(
        *(StoredFlag.image_number, StoredFlag.code, StoredFlag.severity),
        *(StoredFlag.inputs, StoredFlag.other_number),
    )
    .where(StoredFlag.image_number.in_(sa.bindparam("numbers", expanding=True)))
    .order_by(StoredFlag.image_number, StoredFlag.rank)
)


def plain_flags(connection: sa.Connection, image_number: int) -> list[dict[str, Any]]:
    """Those of one image as values that JSON has; `other` is the other image's id."""
    flags = stored_flags(connection, [image_number])[image_number]
    others = {flag.other for flag in flags if flag.other}
    named = sa.select(Image.number, Image.id).where(Image.number.in_(others))
    ids: dict[int | None, str] = {row.number: row.id for row in connection.execute(named)} if others else {}
    return [
        {
            "code": flag.code.value,
            "severity": flag.severity.name.lower(),
            "inputs": dict(flag.inputs),
            "other": ids.get(flag.other),
        }
        for flag in flags
    ]


def flagged(codes: Collection[str], severities: Collection[int]) -> sa.ColumnElement[bool]:
    """The images that have a flag of one of the codes, or whose gravest is of one of the severities."""
    with_code = sa.select(StoredFlag.image_number).where(StoredFlag.code.in_(codes))
    return sa.or_(Image.number.in_(with_code), Image.worst_flag.in_(severities))
