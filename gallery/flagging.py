"""The stored flags of images follow whatever they come from: claims, EXIF, dates, thresholds."""

from collections.abc import Collection, Sequence
from typing import Any, cast

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.location.flags import flags_of
from gallery.models.document import Site
from gallery.models.flag import StoredFlag
from gallery.models.image import Image
from gallery.present.doubts import evidence_of

_COLUMNS = (
    StoredFlag.image_number,
    StoredFlag.rank,
    StoredFlag.code,
    StoredFlag.severity,
    StoredFlag.inputs,
)
_FLAGS, _IMAGES = cast(sa.Table, StoredFlag.__table__), cast(sa.Table, Image.__table__)


def flag_again(images: Sequence[Image], settings: Settings) -> None:
    """Find the flags of these images (a few hundred at most) anew, in the transaction under way.

    Call it after every change of claims, EXIF or dates. What is stored already is not written again.
    """
    db.session.flush()
    stored = _stored([image.number for image in images])
    rows = {image.number: _rows(image, settings) for image in images}
    changed = [image for image in images if rows[image.number] != stored[image.number]]
    worst = {number: max((row["severity"] for row in found), default=0) for number, found in rows.items()}
    if changed:
        _store([image.number for image in changed], [row for image in changed for row in rows[image.number]])
        _mark([image.number for image in changed if image.worst_flag == worst[image.number]])
    for image in images:
        image.worst_flag = worst[image.number]


def refresh_flags(settings: Settings, batch: int = 200) -> int:
    """Find every flag again if a threshold or the way they are found has changed; of how many images.

    Commits batch by batch. A run that is cut short starts over, because the recipe is noted last.
    """
    recipe = settings.flag_recipe
    if db.session.scalar(sa.select(Site.flag_recipe)) == recipe:
        db.session.rollback()
        return 0
    done, last = 0, 0
    while True:
        begin_write()
        images = _images_after(last, batch)
        if not images:
            break
        flag_again(images, settings)
        done, last = done + len(images), images[-1].number
        db.session.commit()
        db.session.expunge_all()
    db.session.execute(sa.update(Site).values(flag_recipe=recipe))
    db.session.commit()
    return done


def _images_after(number: int, most: int) -> Sequence[Image]:
    """Those in the trash, too: they may come back."""
    found = sa.select(Image).where(Image.number > number).order_by(Image.number).limit(most)
    return db.session.scalars(found.with_for_update(of=Image)).all()


def _rows(image: Image, settings: Settings) -> list[dict[str, Any]]:
    return [
        {
            "image_number": image.number,
            "rank": rank,
            "code": flag.code.value,
            "severity": int(flag.severity),
            "inputs": dict(flag.inputs),
        }
        for rank, flag in enumerate(flags_of(evidence_of(image), settings.flag_thresholds))
    ]


def _stored(numbers: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    query = sa.select(*_COLUMNS).where(StoredFlag.image_number.in_(numbers)).order_by(StoredFlag.rank)
    for row in db.session.connection().execute(query).mappings():
        found[row["image_number"]].append(dict(row))
    return found


def _store(numbers: list[int], rows: list[dict[str, Any]]) -> None:
    """Put the rows in the place of those that the images have."""
    connection = db.session.connection()  # the session would look for rows that it holds, and holds none
    connection.execute(sa.delete(_FLAGS).where(_FLAGS.c.image_number.in_(numbers)))
    if rows:
        connection.execute(sa.insert(_FLAGS), rows)


def _mark(numbers: list[int]) -> None:
    """Write the rows as they are, which tells the index of filters, where the gravest flag stays the same."""
    if numbers:
        marked = sa.update(_IMAGES).where(_IMAGES.c.number.in_(numbers))
        db.session.connection().execute(marked.values(worst_flag=_IMAGES.c.worst_flag))
