"""The audit chain: appended by whoever commits, and whatever is done to it later is found."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from gallery.chain import Break, Head, content_digest, first_break, link
from gallery.db import begin_write, db
from gallery.models.audit import AuditEntry, Deed, head, record
from gallery.present.audit.audit_log import entries
from tests.engines import both_engines

pytestmark = both_engines


def append(app: Flask, *names: str) -> None:
    """One transaction with a deed for each name."""
    with app.app_context():
        begin_write()
        for name in names:
            record(Deed.TAG_DELETED, name=name, weight=0.1, parts=[1, 2.0, None, "ü\n"])
        db.session.commit()


def check(app: Flask, kept: Head | None = None) -> tuple[Head, Break | None]:
    with app.app_context(), db.engine.connect() as connection:
        return first_break(entries(connection), kept)


@pytest.fixture
def tampering(app: Flask) -> Callable[..., None]:
    """Run SQL past the triggers."""
    append(app, *"abcdefgh")

    def run(*statements: str) -> None:
        with app.app_context():
            if db.engine.dialect.name == "postgresql":
                drops = ["DROP TRIGGER audit_entry_no_change ON audit_entry"]
            else:
                drops = ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"]
            begin_write()
            for statement in (*drops, *statements):
                db.session.execute(sa.text(statement))
            db.session.commit()

    return run


def test_concurrent_writers_append_without_gap_or_fork(app: Flask) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda nth: append(app, f"{nth}a", f"{nth}b"), range(24)))
    last, found = check(app)
    assert (last.number, found) == (48, None)


def test_what_is_rolled_back_is_not_recorded(app: Flask) -> None:
    with app.app_context():
        begin_write()
        record(Deed.TAG_DELETED, name="a")
        db.session.rollback()
        begin_write()
        record(Deed.TAG_DELETED, name="b")
        nested = db.session.begin_nested()
        record(Deed.TAG_DELETED, name="c")
        nested.rollback()
        with db.session.begin_nested():
            record(Deed.TAG_DELETED, name="d")
        db.session.commit()
        kept = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number)).all()
        assert [entry.details["name"] for entry in kept] == ["b", "d"]
        assert head(db.session())[0] == 2


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor_name = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_chain(app: Flask, statement: str) -> None:
    append(app, "a")
    with app.app_context():
        begin_write()
        with pytest.raises(sa.exc.DBAPIError, match="only appended"):
            db.session.execute(sa.text(statement))
        db.session.rollback()


SWAP = [
    "UPDATE audit_entry SET number = 0 WHERE number = 4",
    "UPDATE audit_entry SET number = 4 WHERE number = 5",
    "UPDATE audit_entry SET number = 5 WHERE number = 0",
]
COPY = (
    "INSERT INTO audit_entry SELECT 0, at, actor_number, actor_name, deed, image_id, album_id, album_number, "
    "details, previous, hash FROM audit_entry WHERE number = 3"
)
TAMPERED: list[tuple[list[str], int, str]] = [
    (["UPDATE audit_entry SET actor_name = 'x' WHERE number = 3"], 3, "changed"),
    (['UPDATE audit_entry SET details = \'{"name":"z"}\' WHERE number = 7'], 7, "changed"),
    (["DELETE FROM audit_entry WHERE number = 3"], 3, "missing"),
    (["DELETE FROM audit_entry WHERE number = 1"], 1, "missing"),
    (SWAP, 4, "reordered"),
    ([COPY], 0, "inserted"),
]


@pytest.mark.parametrize(("statements", "number", "kind"), TAMPERED)
def test_the_first_broken_link_is_named(
    app: Flask, tampering: Callable[..., None], statements: list[str], number: int, kind: str
) -> None:
    assert check(app)[1] is None
    tampering(*statements)
    found = check(app)[1]
    assert found is not None
    assert (found.number, found.kind) == (number, kind)


def test_a_head_that_was_kept_shows_what_was_cut_off_or_rewritten(
    app: Flask, tampering: Callable[..., None]
) -> None:
    kept = check(app)[0]
    append(app, "later")
    assert check(app, kept)[1] is None
    rewritten = check(app, Head(3, "0" * 64))[1]
    assert rewritten is not None
    assert (rewritten.number, rewritten.kind) == (3, "changed")
    tampering("DELETE FROM audit_entry WHERE number > 6")
    assert check(app)[1] is None
    found = check(app, kept)[1]
    assert found is not None
    assert (found.number, found.kind) == (7, "truncated")


def test_a_rewritten_entry_with_its_own_hash_is_found_at_the_next(
    app: Flask, tampering: Callable[..., None]
) -> None:
    """Who recomputes one hash has to recompute all that follow."""
    with app.app_context(), db.engine.connect() as connection:
        entry: dict[str, Any] = dict(next(iter(entries(connection))))
    forged = _hash_of({**entry, "actor_name": "x"})
    tampering(f"UPDATE audit_entry SET actor_name = 'x', hash = '{forged}' WHERE number = 1")
    found = check(app)[1]
    assert found is not None
    assert (found.number, found.kind) == (2, "relinked")


def _hash_of(entry: dict[str, Any]) -> str:
    return link(entry["previous"], content_digest(entry))
