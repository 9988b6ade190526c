"""Images are arranged by hand."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from gallery.config import Settings
from gallery.db import db
from gallery.editing import ordering
from gallery.models.album import Album, find_album
from gallery.models.document import SyncDocument
from gallery.models.image import Image, find_image
from gallery.present.order import ORDER
from tests.engines import both_engines

pytestmark = both_engines


def in_order() -> tuple[list[str], list[str]]:
    """Ids in the order of pages, and in that of the sync list."""
    images = db.session.query(Image.id).order_by(*ORDER)
    key = (SyncDocument.position, SyncDocument.created_at, SyncDocument.image_id)
    documents = (
        db.session.query(SyncDocument.image_id).where(SyncDocument.deleted_at.is_(None)).order_by(*key)
    )
    return [row[0] for row in images], [row[0] for row in documents]


@pytest.mark.slow
@pytest.mark.parametrize("step", [1024, 4], ids=["room", "little room"])
def test_only_the_one_that_is_moved_moves(
    app: Flask, settings: Settings, make_image: Callable[..., Image], monkeypatch: Any, step: int
) -> None:
    monkeypatch.setattr(ordering, "STEP", step)
    expected = [make_image(filename=f"{nth}.jpg").id for nth in range(7)]
    chance = random.Random(step)
    with app.app_context():
        assert in_order() == (expected, expected)
        for _ in range(40):
            moved, target = chance.choice(expected), chance.choice([*expected, None])
            image = find_image(moved)
            assert image is not None
            ordering.put_before(image, None if target is None else find_image(target), settings)
            db.session.commit()
            if moved != target:
                expected.remove(moved)
                expected.insert(len(expected) if target is None else expected.index(target), moved)
            assert in_order() == (expected, expected)


def test_those_behind_keep_having_no_place(
    app: Flask, settings: Settings, make_image: Callable[..., Image]
) -> None:
    ids = [make_image(filename=f"{nth}.jpg").id for nth in range(5)]
    with app.app_context():
        last, second = find_image(ids[4]), find_image(ids[1])
        assert last is not None
        ordering.put_before(last, second, settings)
        db.session.commit()
        album = find_album("00100000123BB175")
        assert isinstance(album, Album)
        placed = db.session.query(Image.id).where(Image.position < 2**31 - 1).count()
        assert placed == 2, "the moved one and the one before it"
