"""Whoever changes an image waits for who holds its album, with empty hands: nobody can wait in a circle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.trash import delete_for_good, discard_mirrored, restore
from gallery.models.image import Image
from gallery.models.lock import lock_album, lock_known
from gallery.payload import load_payload
from gallery.present.links import Links
from gallery.present.sync_document import sync_record
from gallery.processing import fail
from tests.engines import both_engines

A_WHILE_S, PATIENCE_S = 0.4, 20.0


def record_again(image: Image, settings: Settings) -> None:
    """Its own record, as if it came from another server, with another title."""
    record = sync_record(image, [], Links(settings), settings.time_zone) | {"title": "another"}
    begin_write()
    load_payload([record], settings)
    db.session.commit()


def discard_as_mirror(image: Image, settings: Settings) -> None:
    """As a mirror does whose original is gone."""
    begin_write()
    lock_known([image.id], ())
    discard_mirrored([image], settings)
    db.session.commit()


def restore_and_commit(image: Image, settings: Settings) -> None:
    """From the trash."""
    restore(image, settings)
    db.session.commit()


CHANGES: dict[str, Callable[[Image, Settings], object]] = {
    "the end of processing": lambda image, settings: fail(image.number, settings, "It cannot be read."),
    "a payload": record_again,
    "a mirror": discard_as_mirror,
    "a restoring": restore_and_commit,
    "a deletion for good": lambda image, settings: delete_for_good([image.number], settings),
}


@both_engines
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_an_image_waits_for_its_album_before_it_takes_the_image(
    app: Flask, settings: Settings, make_image: Callable[..., Image], name: str
) -> None:
    number = make_image().number
    if name in ("a restoring", "a deletion for good"):
        with app.app_context():
            begin_write()
            db.session.execute(sa.update(Image).values(trashed_at=sa.func.now()))
            db.session.commit()

    def change() -> Any:
        with app.app_context():
            return CHANGES[name](db.session.get_one(Image, number), settings)

    with ThreadPoolExecutor(1) as pool, app.app_context():
        album_number = db.session.get_one(Image, number).album_number
        begin_write()
        assert lock_album(album_number) is not None
        changing = pool.submit(change)
        assert not wait([changing], A_WHILE_S).done, "it did not wait"
        at_once = sa.select(Image.number).where(Image.number == number).with_for_update(nowait=True)
        assert db.session.scalar(at_once) == number
        db.session.rollback()
        changing.result(PATIENCE_S)
