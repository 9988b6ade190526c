"""When cameras and people were where, so that the claims before and after one are found at once."""

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from gallery.db import Model, db
from gallery.location.evidence import gps_time, states_offset
from gallery.models.claim import SOURCE, Source
from gallery.models.image import Image
from gallery.prepared import Borrowed, Prepared


class Sighting(Model):
    """The claim of a file, by its camera, or of a browser, by who uploaded; none of what is in the trash."""

    __tablename__ = "sighting"
    __table_args__ = (sa.Index("ix_sighting_who", "who", "at", "image_number"),)

    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[Source] = mapped_column(SOURCE, primary_key=True)
    who: Mapped[int] = mapped_column(sa.BigInteger)
    """A digest of the camera's or person's names."""
    at: Mapped[datetime]
    has_zone: Mapped[bool]
    """False: by a clock that does not say its zone, called UTC."""


class Around(NamedTuple):
    """A sighting, and those by the same camera or person next to it."""

    image_number: int
    source: Source
    who: int
    at: datetime
    has_zone: bool
    before: int | None
    """Number of the image; None: it is the first."""
    after: int | None

    @property
    def row(self) -> tuple[Any, ...]:
        """The sighting alone."""
        return self[:5]


_TABLE = cast(sa.Table, Sighting.__table__)
_NAMES = [column.name for column in _TABLE.columns]
_NO_SERIAL = frozenset("0- .")


def sightings_of(image: Image) -> list[tuple[Any, ...]]:
    """The rows that there must be of the image, in the order of their sources."""
    if image.trashed_at is not None:
        return []
    there = {claim.source: claim for claim in image.claims}
    found = []
    camera, fixed_at = camera_of(image), gps_time(image.exifs)
    exif_at = fixed_at or image.taken_at
    if Source.EXIF in there and camera and exif_at:
        has_zone = fixed_at is not None or states_offset(image.exifs)
        found.append((image.number, Source.EXIF, _digest(camera), exif_at, has_zone))
    if (html := there.get(Source.HTML)) and image.uploader_number is not None:
        at = min(html.made_at or image.created_at, image.created_at)
        found.append((image.number, Source.HTML, _digest(("person", image.uploader_number)), at, True))
    return found


def camera_of(image: Image) -> tuple[object, ...]:
    """Make, model and serial number, or else who uploaded it, for a model is no camera; empty: neither."""
    make, model, serial = (
        str(image.exifs.get(name, "")).strip().lower() for name in ("Make", "Model", "SerialNumber")
    )
    if set(serial) - _NO_SERIAL and (make or model):
        return "serial", make, model, serial
    return ("camera", make, model, image.uploader_number) if image.uploader_number is not None else ()


def put_sightings(numbers: Collection[int], rows: list[tuple[Any, ...]]) -> None:
    """Put the rows in the place of those that the images have."""
    connection = db.session.connection()
    connection.execute(sa.delete(_TABLE).where(_TABLE.c.image_number.in_(numbers)))
    if rows:
        connection.execute(sa.insert(_TABLE), [dict(zip(_NAMES, row, strict=True)) for row in rows])


def around(reader: Borrowed, numbers: Collection[int]) -> list[Around]:
    """The sightings of the images, and what is next to them: two steps in an index for each."""
    return [Around(*row) for row in _AROUND.rows(reader, numbers=list(numbers))]


def _digest(who: tuple[object, ...]) -> int:
    return int.from_bytes(blake2b(repr(who).encode(), digest_size=8).digest(), signed=True)


def _neighbour(*, is_before: bool) -> sa.ScalarSelect[int]:
    other = aliased(Sighting)
    place, own = sa.tuple_(other.at, other.image_number), sa.tuple_(Sighting.at, Sighting.image_number)
    order = [column.desc() if is_before else column.asc() for column in (other.at, other.image_number)]
    beyond = place < own if is_before else place > own
    found = sa.select(other.image_number).where(other.who == Sighting.who, beyond)
    return found.order_by(*order).limit(1).scalar_subquery()


_AROUND = Prepared(
    sa.select(
        *(Sighting.image_number, Sighting.source, Sighting.who, Sighting.at, Sighting.has_zone),
        _neighbour(is_before=True),
        _neighbour(is_before=False),
    )
    .where(Sighting.image_number.in_(sa.bindparam("numbers", expanding=True)))
    .order_by(Sighting.image_number, Sighting.source),
    "numbers",
)
