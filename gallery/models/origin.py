"""Another server whose records are mirrored here."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, NumberKey, db
from gallery.models.text import digest


class Origin(Model):
    """Known by its address; how far it has been followed."""

    __tablename__ = "origin"

    number: Mapped[NumberKey]
    url: Mapped[str]
    url_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """SHA-256 of `url`, which may be longer than an index can hold."""
    cursor: Mapped[str] = mapped_column(default="")
    """Where in its change feed the mirror stands; empty: at the beginning."""
    must_sweep: Mapped[bool] = mapped_column(default=False)
    """The feed had to be begun anew, so that deletions may have been missed."""
    pulled_at: Mapped[datetime | None]
    """When the mirror was last complete; None: never yet."""


def find_or_add(url: str) -> Origin:
    """The origin at this address, in the writing transaction under way."""
    origin = db.session.scalar(sa.select(Origin).where(Origin.url_digest == digest(url)))
    if origin is None:
        origin = Origin(url=url, url_digest=digest(url))
        db.session.add(origin)
        db.session.flush()
    return origin
