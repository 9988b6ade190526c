"""A whole album is flagged again, a hundred images at a time, when its expected place is another."""

import time

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models.album import Album
from gallery.models.image import Image
from gallery.models.lock import lock_album, lock_images
from gallery.review.flagging import flag_again

STEP = 100


def flag_albums(settings: Settings, within_s: float) -> bool:
    """Go on with the albums that wait for it; whether any still does when the time is over. Commits.

    May be killed at any moment and begun again: how far it is stands in the album's row.
    """
    end = time.monotonic() + within_s
    while (number := db.session.scalar(_WAITING)) is not None:
        if time.monotonic() >= end:
            db.session.rollback()
            return True
        _step(number, settings)
    db.session.rollback()
    return False


_WAITING = sa.select(Album.number).where(Album.flagged_up_to.is_not(None)).order_by(Album.number).limit(1)


def _step(album_number: int, settings: Settings) -> None:
    """The next hundred, those in the trash, too: they may come back. Nobody changes the place meanwhile."""
    begin_write()
    album = lock_album(album_number)
    if album is None or album.flagged_up_to is None:
        db.session.rollback()
        return
    of_album = Image.album_number == album.number, Image.number > album.flagged_up_to
    numbers = db.session.scalars(sa.select(Image.number).where(*of_album).order_by(Image.number).limit(STEP))
    images = lock_images(numbers)
    flag_again(images, settings)
    album.flagged_up_to = images[-1].number if images else None
    db.session.commit()
    db.session.expunge_all()
