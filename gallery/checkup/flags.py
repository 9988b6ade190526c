"""The stored flags of every image are those that would be found now."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from gallery.checkup.finding import Checkup, Finding, Kind
from gallery.config import Settings
from gallery.db import begin_snapshot, db
from gallery.models.flag import stored_flags
from gallery.models.image import Image
from gallery.models.lock import begin_with_images
from gallery.models.sighting import around, sightings_of
from gallery.prepared import Borrowed
from gallery.review.flagging import flag_again, found_now

BATCH = 200


def stale_flags(checkup: Checkup) -> Iterator[Finding]:
    """Flags that are not; repair finds them again, with those of the images that they stand between."""
    last = 0
    while True:
        begin_snapshot()
        after = sa.select(Image).where(Image.number > last).order_by(Image.number)
        images = db.session.scalars(after.limit(BATCH)).all()
        if not images:
            break
        last, count = images[-1].number, len(images)
        wrong = _wrong_among(images, checkup.settings)
        numbers = [image.number for image in images if image.id in wrong]
        db.session.rollback()
        db.session.expunge_all()
        if checkup.repair and numbers:
            flag_again(begin_with_images(numbers), checkup.settings)
            db.session.commit()
            db.session.expunge_all()
        for image_id, sentence in wrong.items():
            yield Finding(Kind.STALE_FLAGS, image_id, sentence, repaired=checkup.repair)
        checkup.advance(count)
    db.session.rollback()


def _wrong_among(images: Sequence[Image], settings: Settings) -> dict[str, str]:
    """By image id what is wrong with its flags."""
    numbers = [image.number for image in images]
    stored, found = stored_flags(db.session.connection(), numbers), found_now(images, settings)
    with Borrowed(db.session.connection()) as reader:
        seen = {near.row for near in around(reader, numbers)}
    wrong = {}
    for image in images:
        flags = found[image.number]
        if {row for row in seen if row[0] == image.number} != set(sightings_of(image)):
            wrong[image.id] = "Where its camera and uploader were is noted otherwise than it says."
        elif stored[image.number] != flags:
            codes = {flag.code.value for flag in (*stored[image.number], *flags)}
            wrong[image.id] = f"Its flags are not those that would be found now: {', '.join(sorted(codes))}."
        elif image.worst_flag != max((flag.severity for flag in flags), default=0):
            wrong[image.id] = "The gravest of its flags is noted wrongly."
    return wrong
