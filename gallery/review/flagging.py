"""The stored flags of images follow whatever they come from: claims, EXIF, dates, thresholds."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.location.evidence import Evidence
from gallery.location.flag import Flag
from gallery.location.flags import flags_of
from gallery.location.foreign import elsewhere
from gallery.models import recipe
from gallery.models.document import Site
from gallery.models.flag import StoredFlag
from gallery.models.flag_lock import hold_flags, left_to_us
from gallery.models.image import Image
from gallery.models.lock import lock_images
from gallery.models.sighting import Around, around
from gallery.prepared import Borrowed, Prepared
from gallery.present.claims.doubts import evidence_of
from gallery.review.relating import follow_sightings, met_by, twins_of

_COLUMNS = (
    StoredFlag.image_number,
    StoredFlag.rank,
    StoredFlag.code,
    StoredFlag.severity,
    StoredFlag.inputs,
    StoredFlag.other_number,
)
_FLAGS, _IMAGES = cast(sa.Table, StoredFlag.__table__), cast(sa.Table, Image.__table__)


def flag_again(images: Sequence[Image], settings: Settings) -> None:
    """Find the flags of these images (a few hundred at most) anew, in the transaction under way.

    Call it after every change of claims, EXIF, dates or looks, and when one comes into or out of the trash.
    Flags of others that stand between two images follow. What is stored already is not written again.
    """
    if not images:
        return
    db.session.flush()
    connection = db.session.connection()
    hold_flags(connection, [image.number for image in images])
    with Borrowed(connection) as reader:
        sightings, others = follow_sightings(reader, images, settings)
        others |= _flag(reader, images, sightings, settings)
        others = left_to_us(connection, others - {image.number for image in images})
        if others:
            _flag(reader, lock_images(others), around(reader, others), settings)


def _flag(
    reader: Borrowed, images: Sequence[Image], sightings: Sequence[Around], settings: Settings
) -> set[int]:
    """Flag these alone: the numbers of others that were or are in a flag between two."""
    stored, others = _stored(reader, [image.number for image in images])
    evidence = _evidence_of_all(reader, images, sightings, settings)
    rows = {number: _rows(number, known, settings) for number, known in evidence.items()}
    changed = [image for image in images if rows[image.number] != stored[image.number]]
    worst = {number: max((row["severity"] for row in found), default=0) for number, found in rows.items()}
    if changed:
        for image in changed:
            _store(reader, image.number, rows[image.number])
            if image.worst_flag == worst[image.number]:
                _MARK.run(reader, marked=image.number)
    for image in images:
        if image.worst_flag != worst[image.number]:  # set to what it is, it would be looked at once more
            image.worst_flag = worst[image.number]
    now = {row["other_number"] for found in rows.values() for row in found if row["other_number"]}
    twins = {twin.other for known in evidence.values() for twin in elsewhere(known, settings.flag_thresholds)}
    return others | now | twins


def found_now(images: Sequence[Image], settings: Settings) -> dict[int, list[Flag]]:
    """By number the flags that must be stored of the images, if their sightings are."""
    with Borrowed(db.session.connection()) as reader:
        sightings = around(reader, [image.number for image in images])
        evidence = _evidence_of_all(reader, images, sightings, settings)
    return {number: flags_of(known, settings.flag_thresholds) for number, known in evidence.items()}


def _evidence_of_all(
    reader: Borrowed, images: Sequence[Image], sightings: Sequence[Around], settings: Settings
) -> dict[int, Evidence]:
    met = met_by(reader, sightings)
    return {
        image.number: replace(
            evidence_of(image, settings.gps_precedence),
            met=met[image.number],
            twins=twins_of(reader, image, settings),
        )
        for image in images
    }


def refresh_flags(settings: Settings, batch: int = 200) -> int:
    """Find every flag again if a threshold or the way they are found has changed; of how many images."""
    again = recipe.for_images(lambda images: flag_again(images, settings), batch)
    return recipe.follow(Site.flag_recipe, settings.flag_recipe, again)


def _rows(number: int, evidence: Evidence, settings: Settings) -> list[dict[str, Any]]:
    return [
        {
            "image_number": number,
            "rank": rank,
            "code": flag.code.value,
            "severity": int(flag.severity),
            "inputs": dict(flag.inputs),
            "other_number": flag.other,
        }
        for rank, flag in enumerate(flags_of(evidence, settings.flag_thresholds))
    ]


def _stored(reader: Borrowed, numbers: list[int]) -> tuple[dict[int, list[dict[str, Any]]], set[int]]:
    """By number what is stored of each, and who else is named in it or names one of them."""
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    others: set[int] = set()
    for values in _KNOWN.rows(reader, numbers=numbers, others=numbers):
        row = dict(zip(_NAMES, values, strict=True))
        if row["image_number"] in found:
            found[row["image_number"]].append(row)
        if row["other_number"]:
            others |= {row["image_number"], row["other_number"]}
    return found, others


_NAMES = [column.key for column in _COLUMNS]
_KNOWN = Prepared(
    sa.select(*_COLUMNS)
    .where(
        sa.or_(
            StoredFlag.image_number.in_(sa.bindparam("numbers", expanding=True)),
            StoredFlag.other_number.in_(sa.bindparam("others", expanding=True)),
        )
    )
    .order_by(StoredFlag.rank),
    "numbers",
    "others",
)


def _store(reader: Borrowed, number: int, rows: list[dict[str, Any]]) -> None:
    """Put the rows in the place of those that the image has."""
    _FORGET.run(reader, number=number)
    for row in rows:
        _KEEP.run(reader, **row)


_FORGET = Prepared(sa.delete(_FLAGS).where(_FLAGS.c.image_number == sa.bindparam("number")))
_KEEP = Prepared(sa.insert(_FLAGS))
_MARK = Prepared(
    sa.update(_IMAGES)
    .where(_IMAGES.c.number == sa.bindparam("marked"))
    .values(worst_flag=_IMAGES.c.worst_flag)
)
"""Writes the row as it is, which tells the index of filters, where the gravest flag stays the same."""
