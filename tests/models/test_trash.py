"""The trash costs those who look past it nothing, and comes to a gallery that has images already."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from gallery.cli.migrations import bind
from gallery.config import ROOT
from gallery.db import db
from gallery.models.image import Image
from gallery.models.scope import in_trash_of_person, of_album
from gallery.models.trash import overdue_numbers
from gallery.models.user import User
from gallery.models.waiting import waiting_numbers
from gallery.present.trash_list import ORDER
from tests.engines import both_engines
from tests.records import album_of


def plan_of(query: sa.Select[Any]) -> str:
    text = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    return " ".join(row[3] for row in db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {text}")))


@pytest.mark.usefixtures("context")
def test_what_every_page_counts_and_every_minute_looks_for_is_read_from_indexes_alone() -> None:
    images = sa.select(sa.func.count()).select_from(Image)
    assert "COVERING INDEX ix_image_album_order" in plan_of(images.where(of_album(album_of())))
    assert "ix_image_waiting" in plan_of(waiting_numbers())
    member = User.create("member@example.org", "12345678")
    db.session.add(member)
    db.session.flush()
    trashed = sa.select(Image.id).where(in_trash_of_person(member)).order_by(*ORDER)
    assert "ix_image_trash" in plan_of(trashed)
    assert "TEMP" not in plan_of(trashed), "it is sorted"
    assert "ix_image_trash" in plan_of(overdue_numbers(30))


@both_engines
def test_the_tables_are_changed_without_touching_what_they_hold(
    app: Flask, make_image: Callable[..., Image]
) -> None:
    place = {"latitude": 48.85, "longitude": 2.29, "accuracy": 5.0}
    make_image(tags=("a", "b"), location=place)

    def counts() -> list[int]:
        with app.app_context():
            tables = ("image", "tagging", "claim", "sync_document")
            return [db.session.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0 for table in tables]

    bind(app)
    before = counts()
    for _ in range(2):
        with app.app_context():
            downgrade(str(ROOT / "migrations"), revision="0003")
            db.session.remove()
        assert counts() == before
        with app.app_context():
            upgrade(str(ROOT / "migrations"))
            db.session.remove()
        assert counts() == before == [1, 2, 1, 1]
