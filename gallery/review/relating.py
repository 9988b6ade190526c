"""What the flags of an image look at beyond its own row: claims before and after it, and twins."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.location.evidence import Met, Said, Twin
from gallery.location.foreign import is_too_fast
from gallery.location.position import Position
from gallery.models.claim import Claim, Source
from gallery.models.fingerprint import alike
from gallery.models.image import Image, untrashed
from gallery.models.sighting import Around, Sighting, around, put_sightings, sightings_of
from gallery.prepared import Borrowed, Prepared
from gallery.present.claims.doubts import placed

MOST_TWINS = 20
"""Images of the same picture that one is compared with, the oldest first."""


class Seen(NamedTuple):
    """A sighting with what was claimed."""

    said: Said
    at: datetime
    has_zone: bool


class _Followed(NamedTuple):
    """The sightings as they are now."""

    now: list[Around]
    parted: set[int]
    """Numbers of others that an image came or stood between, where it is a doubt that they are neighbours."""


_Key = tuple[int, Source]


def follow_sightings(reader: Borrowed, images: Sequence[Image], settings: Settings) -> _Followed:
    """Let the sightings of the images be true."""
    numbers = [image.number for image in images]
    stored: dict[int, list[Around]] = {number: [] for number in numbers}
    for near in around(reader, numbers):
        stored[near.image_number].append(near)
    rows = {image.number: sightings_of(image) for image in images}
    changed = [number for number in numbers if rows[number] != [near.row for near in stored[number]]]
    if not changed:
        return _Followed([near for found in stored.values() for near in found], set())
    before = [near for number in changed for near in stored[number]]
    put_sightings(changed, [row for number in changed for row in rows[number]])
    now = around(reader, numbers)
    moved = [near for near in now if near.image_number in set(changed)]
    return _Followed(now, _doubtful_pairs(reader, [*before, *moved], settings))


def _doubtful_pairs(reader: Borrowed, between: Iterable[Around], settings: Settings) -> set[int]:
    pairs = [(near.before, near.after, near.source) for near in between if near.before and near.after]
    seen = _seen(reader, {number for before, after, _ in pairs for number in (before, after) if number})
    found: set[int] = set()
    for before, after, source in pairs:
        met = _met(after or 0, source, before, seen)
        if met and is_too_fast(met, settings.flag_thresholds):
            found |= {met.other, after or 0}
    return found


def met_by(reader: Borrowed, sightings: Sequence[Around]) -> defaultdict[int, tuple[Met, ...]]:
    """By number of the image the claims before and after it, by camera and by person."""
    numbers = {number for near in sightings for number in (near.before, near.after) if number}
    seen = _seen(reader, numbers | {near.image_number for near in sightings}) if numbers else {}
    met: defaultdict[int, tuple[Met, ...]] = defaultdict(tuple)
    for near in sightings:
        pairs = (_met(near.image_number, near.source, other, seen) for other in (near.before, near.after))
        met[near.image_number] += tuple(pair for pair in pairs if pair)
    return met


def _met(number: int, source: Source, other: int | None, seen: dict[_Key, Seen]) -> Met | None:
    own, there = seen.get((number, source)), seen.get((other or 0, source))
    if own is None or there is None:
        return None
    gap_s = (there.at - own.at).total_seconds()
    return Met(other or 0, own.said, there.said, gap_s, own.has_zone and there.has_zone)


def _seen(reader: Borrowed, numbers: Collection[int]) -> dict[_Key, Seen]:
    return {
        (number, source): Seen(Said(source.value, Position(latitude, longitude), radius_m), at, has_zone)
        for number, source, at, has_zone, latitude, longitude, radius_m in _SEEN.rows(
            reader, numbers=list(numbers)
        )
    }


_SEEN = Prepared(
    sa.select(
        *(Sighting.image_number, Sighting.source, Sighting.at, Sighting.has_zone),
        *(Claim.latitude, Claim.longitude, Claim.accuracy_m),
    )
    .join(Claim, sa.and_(Claim.image_number == Sighting.image_number, Claim.source == Sighting.source))
    .where(Sighting.image_number.in_(sa.bindparam("numbers", expanding=True))),
    "numbers",
)


def twins_of(reader: Borrowed, image: Image, settings: Settings) -> tuple[Twin, ...]:
    """Images of the same picture, where both were placed by more than an address."""
    said = placed(image, settings.gps_precedence)
    if said is None or image.trashed_at is not None:
        return ()
    bits = alike(reader, image.number, settings.flag_thresholds.same_picture_bits)
    if not bits:
        return ()
    there = sa.select(Image).where(Image.number.in_(bits), untrashed()).order_by(Image.number)
    others = db.session.scalars(there.limit(MOST_TWINS)).all()
    return tuple(
        Twin(other.number, said, place, bits[other.number])
        for other in others
        if (place := placed(other, settings.gps_precedence)) is not None
    )
