"""One source's word on where an image was taken."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, db
from gallery.location.position import Position
from gallery.prepared import Prepared


class Source(StrEnum):
    """Who says it: a reviewer, the file, the browser at upload, or the uploader's IP address."""

    MANUAL = "manual"
    EXIF = "exif"
    HTML = "html"
    IP = "ip"


SOURCE = sa.Enum(
    Source, native_enum=False, length=20, values_callable=lambda sources: [s.value for s in sources]
)
"""The type of a column that names one."""


class Claim(Model):
    """A position that one source gives an image; the sources stand side by side."""

    __tablename__ = "claim"

    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[Source] = mapped_column(SOURCE, primary_key=True)
    latitude: Mapped[float] = mapped_column(sa.Double())
    longitude: Mapped[float] = mapped_column(sa.Double())
    accuracy_m: Mapped[float | None] = mapped_column(sa.Double())
    """The radius as the source gives it, metres; None: it gave none, which is not zero."""
    made_at: Mapped[datetime | None]
    """When the source took the position; None: unknown."""

    @property
    def position(self) -> Position:
        """(latitude, longitude)."""
        return Position(self.latitude, self.longitude)


Pairs = dict[str, list[float]]
"""[latitude, longitude] by source."""


def pairs_on(image_numbers: list[int]) -> dict[int, Pairs]:
    """What the sources say of each of the images, as it was flushed."""
    pairs: dict[int, Pairs] = {number: {} for number in image_numbers}
    for number, source, latitude, longitude in _PAIRS.rows_on(db.session.connection(), numbers=image_numbers):
        pairs[number][source] = [latitude, longitude]
    return pairs


_PAIRS = Prepared(
    sa.select(
        Claim.image_number, sa.type_coerce(Claim.source, sa.String), Claim.latitude, Claim.longitude
    ).where(Claim.image_number.in_(sa.bindparam("numbers", expanding=True))),
    "numbers",
)
