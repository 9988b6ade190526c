"""The flags of images, as they were found last; who changes what they come from finds them again."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model
from gallery.models.image import Image


class StoredFlag(Model):
    """One explained doubt about one image."""

    __tablename__ = "flag"
    __table_args__ = (sa.Index("ix_flag_code", "code", "image_number"),)

    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    """Among the image's flags, from 0, the worst first: a code can stand there for several sources."""
    code: Mapped[str] = mapped_column(sa.String(40))
    severity: Mapped[int] = mapped_column(sa.SmallInteger)
    inputs: Mapped[dict[str, Any]]
    """What it was found from: metres, seconds, degrees, names."""


def flagged(codes: Collection[str], severities: Collection[int]) -> sa.ColumnElement[bool]:
    """The images that have a flag of one of the codes, or whose gravest is of one of the severities."""
    with_code = sa.select(StoredFlag.image_number).where(StoredFlag.code.in_(codes))
    return sa.or_(Image.number.in_(with_code), Image.worst_flag.in_(severities))
