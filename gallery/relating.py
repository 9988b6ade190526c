"""What the flags of an image look at beyond its own row: claims before and after it, and twins."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.location.evidence import Met, Said, Twin
from gallery.location.foreign import is_too_fast
from gallery.location.position import Position, believed
from gallery.models.claim import Claim, Source
from gallery.models.fingerprint import alike
from gallery.models.image import Image, untrashed
from gallery.models.sighting import (
    Around,
    Sighting,
    around,
    put_sightings,
    sightings_of,
    stored_sightings,
)
from gallery.present.doubts import said_by

MOST_TWINS = 20
"""Images of the same picture that one is compared with, the oldest first."""


class Seen(NamedTuple):
    """A sighting with what was claimed."""

    said: Said
    at: datetime
    has_zone: bool


_Key = tuple[int, Source]


def follow_sightings(images: Sequence[Image], settings: Settings) -> set[int]:
    """Let the sightings of the images be true: numbers of others whose flags may have changed by that.

    Those are the ones that an image came or stood between, where it is a doubt that they are neighbours.
    """
    numbers = [image.number for image in images]
    stored = stored_sightings(numbers)
    rows = {image.number: sightings_of(image) for image in images}
    changed = [number for number in numbers if rows[number] != stored[number]]
    if not changed:
        return set()
    before = around(changed)
    put_sightings(changed, [row for number in changed for row in rows[number]])
    return _doubtful_pairs([*before, *around(changed)], settings)


def _doubtful_pairs(between: Iterable[Around], settings: Settings) -> set[int]:
    pairs = [(gap.before, gap.after, gap.source) for gap in between if gap.before and gap.after]
    seen = _seen({number for before, after, _ in pairs for number in (before, after) if number})
    found: set[int] = set()
    for before, after, source in pairs:
        met = _met(after or 0, source, before, seen)
        if met and is_too_fast(met, settings.flag_thresholds):
            found |= {met.other, after or 0}
    return found


def met_by(images: Sequence[Image]) -> dict[int, tuple[Met, ...]]:
    """By number of the image the claims before and after it, by camera and by person."""
    found = around([image.number for image in images])
    numbers = {number for near in found for number in (near.before, near.after) if number}
    seen = _seen(numbers | {near.image_number for near in found}) if numbers else {}
    met: dict[int, tuple[Met, ...]] = {image.number: () for image in images}
    for near in found:
        pairs = (_met(near.image_number, near.source, other, seen) for other in (near.before, near.after))
        met[near.image_number] += tuple(pair for pair in pairs if pair)
    return met


def _met(number: int, source: Source, other: int | None, seen: dict[_Key, Seen]) -> Met | None:
    own, there = seen.get((number, source)), seen.get((other or 0, source))
    if own is None or there is None:
        return None
    gap_s = (there.at - own.at).total_seconds()
    return Met(other or 0, own.said, there.said, gap_s, own.has_zone and there.has_zone)


def _seen(numbers: Collection[int]) -> dict[_Key, Seen]:
    rows = db.session.connection().execute(_SEEN, {"numbers": list(numbers)})
    return {
        (number, source): Seen(Said(source.value, Position(latitude, longitude), radius_m), at, has_zone)
        for number, source, at, has_zone, latitude, longitude, radius_m in rows
    }


_SEEN = (
    sa.select(
        *(Sighting.image_number, Sighting.source, Sighting.at, Sighting.has_zone),
        *(Claim.latitude, Claim.longitude, Claim.accuracy_m),
    )
    .join(Claim, sa.and_(Claim.image_number == Sighting.image_number, Claim.source == Sighting.source))
    .where(Sighting.image_number.in_(sa.bindparam("numbers", expanding=True)))
)


def twins_of(image: Image, settings: Settings) -> tuple[Twin, ...]:
    """Images of the same picture, where both were placed by more than an address."""
    said = _placed(image, settings)
    if said is None or image.trashed_at is not None:
        return ()
    bits = alike(image.number, settings.flag_thresholds.same_picture_bits)
    if not bits:
        return ()
    there = sa.select(Image).where(Image.number.in_(bits), untrashed()).order_by(Image.number)
    others = db.session.scalars(there.limit(MOST_TWINS)).all()
    return tuple(
        Twin(other.number, said, place, bits[other.number])
        for other in others
        if (place := _placed(other, settings)) is not None
    )


def _placed(image: Image, settings: Settings) -> Said | None:
    """The believed claim, of those that are better than a region."""
    claims = [claim for claim in image.claims if claim.source is not Source.IP]
    claim = believed(claims, image.precedence(settings.gps_precedence))
    return None if claim is None else said_by(claim)
