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
    """The sightings by the same camera or person next to one; None: it is the first or last."""

    image_number: int
    source: Source
    before: int | None
    after: int | None


_TABLE = cast(sa.Table, Sighting.__table__)
_NAMES = [column.name for column in _TABLE.columns]
_NO_SERIAL = frozenset("0- .")


def sightings_of(image: Image) -> list[dict[str, Any]]:
    """The rows that there must be of the image."""
    if image.trashed_at is not None:
        return []
    there = {claim.source: claim for claim in image.claims}
    found = []
    if (html := there.get(Source.HTML)) and image.uploader_number is not None:
        at = min(html.made_at or image.created_at, image.created_at)
        found.append(_row(image, Source.HTML, ("person", image.uploader_number), at, has_zone=True))
    camera, fixed_at = camera_of(image), gps_time(image.exifs)
    exif_at = fixed_at or image.taken_at
    if Source.EXIF in there and camera and exif_at:
        has_zone = fixed_at is not None or states_offset(image.exifs)
        found.append(_row(image, Source.EXIF, camera, exif_at, has_zone=has_zone))
    return sorted(found, key=lambda row: row["source"])


def camera_of(image: Image) -> tuple[object, ...]:
    """Make, model and serial number, or else who uploaded it, for a model is no camera; empty: neither."""
    make, model, serial = (
        str(image.exifs.get(name, "")).strip().lower() for name in ("Make", "Model", "SerialNumber")
    )
    if set(serial) - _NO_SERIAL and (make or model):
        return "serial", make, model, serial
    return ("camera", make, model, image.uploader_number) if image.uploader_number is not None else ()


def stored_sightings(numbers: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The rows that there are, by image."""
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    query = sa.select(_TABLE).where(_TABLE.c.image_number.in_(numbers)).order_by(_TABLE.c.source)
    for row in db.session.connection().execute(query):
        found[row.image_number].append(dict(zip(_NAMES, row, strict=True)))
    return found


def put_sightings(numbers: Collection[int], rows: list[dict[str, Any]]) -> None:
    """Put the rows in the place of those that the images have."""
    connection = db.session.connection()
    connection.execute(sa.delete(_TABLE).where(_TABLE.c.image_number.in_(numbers)))
    if rows:
        connection.execute(sa.insert(_TABLE), rows)


def around(numbers: Collection[int]) -> list[Around]:
    """What is next to the sightings of the images: two steps in an index for each."""
    rows = db.session.connection().execute(_AROUND, {"numbers": list(numbers)})
    return [Around(*row) for row in rows]


def _row(
    image: Image, source: Source, who: tuple[object, ...], at: datetime, *, has_zone: bool
) -> dict[str, Any]:
    digest = blake2b(repr(who).encode(), digest_size=8).digest()
    values = image.number, source, int.from_bytes(digest, signed=True), at, has_zone
    return dict(zip(_NAMES, values, strict=True))


def _neighbour(*, is_before: bool) -> sa.ScalarSelect[int]:
    other = aliased(Sighting)
    place, own = sa.tuple_(other.at, other.image_number), sa.tuple_(Sighting.at, Sighting.image_number)
    order = [column.desc() if is_before else column.asc() for column in (other.at, other.image_number)]
    beyond = place < own if is_before else place > own
    found = sa.select(other.image_number).where(other.who == Sighting.who, beyond)
    return found.order_by(*order).limit(1).scalar_subquery()


_AROUND = sa.select(
    Sighting.image_number, Sighting.source, _neighbour(is_before=True), _neighbour(is_before=False)
).where(Sighting.image_number.in_(sa.bindparam("numbers", expanding=True)))
