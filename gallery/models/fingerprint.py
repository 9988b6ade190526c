"""What pictures look like, so that the same one is found again."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, db
from gallery.prepared import Borrowed, Prepared

BANDS, _BITS = 4, 16
MOST_OF_BAND = 64
"""Images looked at for each quarter, the oldest first: of what a thousand have, no more is needed."""


class Fingerprint(Model):
    """One image's, whole and in quarters: of two that differ in 3 bits at most, one quarter is equal."""

    __tablename__ = "fingerprint"
    __table_args__ = tuple(
        sa.Index(f"ix_fingerprint_band_{band}", f"band_{band}", "image_number") for band in range(BANDS)
    )

    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True
    )
    bits: Mapped[int] = mapped_column(sa.BigInteger)
    """As of `media.fingerprint`."""
    band_0: Mapped[int]
    band_1: Mapped[int]
    band_2: Mapped[int]
    band_3: Mapped[int]


_COLUMNS = Fingerprint.image_number, Fingerprint.bits


def keep_fingerprint(image_number: int, bits: int | None) -> None:
    """Put it in the place of what was known, in the transaction under way; None: there is none."""
    db.session.execute(sa.delete(Fingerprint).where(Fingerprint.image_number == image_number))
    if bits is not None:
        bands = {f"band_{band}": _band(bits, band) for band in range(BANDS)}
        db.session.execute(sa.insert(Fingerprint).values(image_number=image_number, bits=bits, **bands))


def known_fingerprint(image_number: int) -> int | None:
    """What was kept; None: nothing was."""
    return db.session.scalar(sa.select(Fingerprint.bits).where(Fingerprint.image_number == image_number))


def copy_fingerprint(image_number: int, to: int) -> None:
    """The same picture is another image, too."""
    keep_fingerprint(to, known_fingerprint(image_number))


def alike(reader: Borrowed, image_number: int, most_bits: int) -> dict[int, int]:
    """By number of the images that look like this one, in how many bits they differ."""
    rows: dict[int, int] = dict(_NEAR.rows(reader, number=image_number))
    bits = rows.pop(image_number, None)
    if bits is None:
        return {}
    differing = {number: bits_apart(bits, other) for number, other in rows.items()}
    return {number: count for number, count in differing.items() if count <= most_bits}


def bits_apart(one: int, other: int) -> int:
    """In how many of 64 bits they differ; both are signed, and so is the difference of two signs."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()


def _band(bits: int, band: int) -> int:
    return bits >> (band * _BITS) & ((1 << _BITS) - 1)


def _near() -> sa.CompoundSelect[tuple[int, int]]:
    """The image's own row, and those that share a quarter."""
    own = Fingerprint.image_number == sa.bindparam("number")
    parts = [sa.select(*_COLUMNS).where(own)]
    for band in range(BANDS):
        column = getattr(Fingerprint, f"band_{band}")
        value = sa.select(column).where(own).scalar_subquery()
        found = sa.select(*_COLUMNS).where(column == value).order_by(Fingerprint.image_number)
        part = found.limit(MOST_OF_BAND).subquery()
        parts.append(sa.select(part.c.image_number, part.c.bits))
    return sa.union_all(*parts)


_NEAR = Prepared(_near())
