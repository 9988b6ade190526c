"""The index against SQL: whatever is committed, by whomever, both give the same counts and images."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery.db import begin_write, db
from gallery.index import image_index, marks
from gallery.index.image_index import ImageIndex
from gallery.models import image_words, tag
from gallery.models.album import Album, create_album, find_album
from gallery.models.flag import StoredFlag
from gallery.models.image import Image, now
from gallery.models.review_state import ReviewState
from gallery.models.scope import of_album, of_person
from gallery.models.search_text import words_of
from gallery.models.tag import Tag
from gallery.models.user import Role, User
from gallery.present import shown_images
from gallery.present.filters.counted_rows import CountedRows
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import Placed
from gallery.present.filters.period import NO_PERIOD, Period
from gallery.present.filters.selection import Selection
from gallery.present.shown_images import shown_by
from tests.engines import both_engines

pytestmark = both_engines

NAMES = ("a", "b", "c", "d")
chosen = st.sets(st.sampled_from((*NAMES, "unknown")), max_size=2).map(lambda found: tuple(sorted(found)))
filters = st.builds(
    Filter,
    chosen,
    chosen,
    chosen,
    untagged=st.booleans(),
    formats=st.sampled_from(((), ("jpg",), ("heic", "png"))),
    placed=st.sampled_from((None, *Placed)),
    flags=st.sampled_from(((), ("doubt",), ("edited",), ("edited", "zone"), ("conflict", "edited"))),
    verdicts=st.sampled_from(((), ("changed",), ("approved", "unreviewed"))),
    text=st.sampled_from(("", "", "pier", "old p", "n", "b", "new photo")),
    period=st.sampled_from(
        (NO_PERIOD, NO_PERIOD, Period("2026-03-02", "2026-03-02"), Period("", "2026-03-02T00:00:00Z"))
    ),
)
moments = st.sampled_from(
    (-86_400, -1, -0.001, -0.000_001, 0, 0.000_001, 0.5, 1.000_001, 86_399.999_999, 86_400)
)
"""Seconds after the second of March."""
numbers = st.integers(0, 7)
changes = st.lists(
    st.one_of(
        st.tuples(
            st.just("add"), st.sets(st.sampled_from(NAMES)), st.sampled_from(("jpg", "heic")), st.booleans()
        ),
        st.tuples(st.just("tag"), numbers, st.sampled_from(NAMES)),
        st.tuples(st.just("untag"), numbers, st.sampled_from(NAMES)),
        st.tuples(st.just("trash"), numbers),
        st.tuples(st.just("restore"), numbers),
        st.tuples(st.just("purge"), numbers),
        st.tuples(st.just("move"), numbers),
        st.tuples(st.just("place"), numbers),
        st.tuples(st.just("review"), numbers, st.sampled_from(("changed", "approved"))),
        st.tuples(st.just("flag"), numbers, st.sampled_from(("edited", "zone")), st.integers(1, 3)),
        st.tuples(st.just("take"), numbers, moments),
        st.tuples(st.just("title"), numbers, st.sampled_from(("old pier", "new quay", "b"))),
        st.tuples(st.just("rename"), st.sampled_from(NAMES)),
        st.tuples(st.just("forget"), st.sampled_from(NAMES)),
        st.tuples(st.just("forget marks")),
    ),
    max_size=6,
)


class Gallery:
    """Makes changes, each a transaction of its own."""

    def __init__(self, add_row: Callable[..., Image]) -> None:
        self._add_row = add_row

    def do(self, what: str, *details: object) -> None:
        begin_write()
        getattr(self, f"_{what.replace(' ', '_')}")(*details)

    def _add(self, names: set[str], format: str, is_placed: bool) -> None:
        self._add_row(_album("one"), tags=names, format=format, at=(5.0, 5.0) if is_placed else None)

    def _nth(self, nth: int) -> Image | None:
        return db.session.scalar(sa.select(Image).order_by(Image.number).offset(nth).limit(1))

    def _change(self, nth: int, **values: object) -> None:
        image = self._nth(nth)
        if image is not None:
            for name, value in values.items():
                setattr(image, name, value)

    def _tag(self, nth: int, name: str) -> None:
        image = self._nth(nth)
        if image is not None:
            tag.put_on(image, [name])

    def _untag(self, nth: int, name: str) -> None:
        image, found = self._nth(nth), tag.find_tag(name)
        if image is not None and found is not None:
            tag.take_off_all(found, [image.number])

    def _trash(self, nth: int) -> None:
        self._change(nth, trashed_at=now())

    def _restore(self, nth: int) -> None:
        self._change(nth, trashed_at=None)

    def _move(self, nth: int) -> None:
        self._change(nth, album_number=_album("two").number)

    def _place(self, nth: int) -> None:
        self._change(nth, map_key=7, latitude=5.0, longitude=5.0)

    def _review(self, nth: int, state: str) -> None:
        self._change(nth, review=ReviewState(state))

    def _take(self, nth: int, after_s: float) -> None:
        self._change(nth, taken_at=datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=after_s))

    def _flag(self, nth: int, code: str, severity: int) -> None:
        image = self._nth(nth)
        if image is not None:
            db.session.execute(sa.delete(StoredFlag).where(StoredFlag.image_number == image.number))
            row = StoredFlag(image_number=image.number, rank=0, code=code, severity=severity, inputs={})
            db.session.add(row)
            image.worst_flag, image.updated_at = severity, now()

    def _title(self, nth: int, title: str) -> None:
        self._change(nth, title=title)
        image = self._nth(nth)
        if image is not None:
            image_words.store({image.number: words_of(title, image.filename)})

    def _purge(self, nth: int) -> None:
        image = self._nth(nth)
        if image is not None:
            db.session.execute(sa.delete(Image).where(Image.number == image.number))
            db.session.expunge_all()

    def _rename(self, name: str) -> None:
        found = tag.find_tag(name)
        if found is not None and tag.find_tag("renamed") is None:
            found.name, found.name_digest = "renamed", tag.digest("renamed")

    def _forget(self, name: str) -> None:
        db.session.execute(sa.delete(Tag).where(Tag.name == name))
        db.session.expunge_all()

    def _forget_marks(self) -> None:
        marks.forget_marks(db.session.connection(), keep=2)


def _album(album_id: str) -> Album:
    found = find_album(album_id)
    assert found is not None
    return found


@pytest.fixture
def indexes(album: Album) -> Iterator[list[ImageIndex]]:
    """Of three processes."""
    create_album("two")
    db.session.add(User.create("root@example.org", "correct horse", role=Role.ADMIN))
    db.session.add(User.create("ann@example.org", "correct horse"))
    album.admit(db.session.scalars(sa.select(User).where(User.role == Role.MEMBER)).one())
    db.session.commit()
    yield [ImageIndex(db.engine) for _ in range(3)]
    db.session.rollback()


def assert_same(index: ImageIndex, wanted: Filter) -> None:
    people = db.session.scalars(sa.select(User)).all()
    for scope in (of_album(_album("one")), of_album(_album("two")), *map(of_person, people)):
        counted = CountedRows(scope, wanted)
        with index.sets() as sets:
            assert sets is not None
            selection = Selection(sets, scope, wanted)
            assert (
                list(selection.numbers)
                == db.session.scalars(
                    sa.select(Image.number).where(wanted.where(scope)).order_by(Image.number)
                ).all()
            )
            assert (selection.total, selection.uses) == (counted.total, counted.uses)
            assert selection.untagged_count == counted.untagged_count
            expected = {name: CountedRows(scope, wanted.switched_on(name)).total for name in counted.names}
            assert selection.counts_on(counted.names) == counted.counts_on(counted.names) == expected


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(changes, st.booleans(), st.sets(st.integers(0, 2)), filters), max_size=4))
def test_the_index_gives_what_sql_gives_after_every_commit_and_rollback(
    indexes: list[ImageIndex],
    add_row: Callable[..., Image],
    rounds: list[tuple[list[tuple[str, ...]], bool, set[int], Filter]],
) -> None:
    gallery = Gallery(add_row)
    for changed, is_kept, asked, wanted in rounds:
        for what, *details in changed:
            gallery.do(what, *details)
            (db.session.commit if is_kept else db.session.rollback)()
        for process in asked:
            assert_same(indexes[process], wanted)
        db.session.rollback()
    for index in indexes:
        assert_same(index, Filter())
    db.session.rollback()
    with db.session.begin():
        db.session.execute(sa.delete(Image))
        db.session.execute(sa.delete(Tag))
    db.session.expunge_all()


def test_what_pages_keep_of_a_row_goes_with_every_change_of_it(
    indexes: list[ImageIndex], add_row: Callable[..., Image]
) -> None:
    gallery, numbers, seen = Gallery(add_row), [add_row(_album("one")).number for _ in range(2)], []
    db.session.commit()
    changes_of_one = (("title", 0, "new"), ("place", 0), ("move", 0), ("purge", 0))
    for what, *details in (*changes_of_one, ("title", 0, "the other")):
        with indexes[0].sets() as sets:
            seen.append(shown_by(sets, numbers))
        gallery.do(what, *details)
        db.session.commit()
        with indexes[0].sets() as sets:
            assert shown_by(sets, numbers) == shown_by(None, numbers) not in seen, what


def test_a_page_has_all_its_images_however_few_are_kept(
    indexes: list[ImageIndex], add_row: Callable[..., Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_images, "MOST_KEPT", 2)
    numbers = [add_row(_album("one")).number for _ in range(4)]
    db.session.commit()
    with indexes[0].sets() as sets:
        assert sets
        for page in (numbers[:3], numbers, numbers[1:], numbers[::-1]):
            assert shown_by(sets, page) == shown_by(None, page)
            assert len(sets.kept) == 2


@pytest.mark.slow
def test_the_uses_of_tags_that_are_remembered_are_those_of_now(
    indexes: list[ImageIndex], add_row: Callable[..., Image]
) -> None:
    gallery = Gallery(add_row)
    changes_in_turn = (
        *(("add", {"a", "b"}, "jpg", False), ("add", {"a"}, "png", True), ("add", set(), "jpg", False)),
        *(("tag", 2, "b"), ("untag", 0, "b"), ("title", 0, "new"), ("trash", 0), ("tag", 0, "c")),
        *(("restore", 0), ("move", 1), ("place", 1), ("rename", "a"), ("purge", 0), ("forget", "b")),
    )
    for what, *details in changes_in_turn:
        gallery.do(what, *details)
        db.session.commit()
        for album in ("one", "two"):
            scope = of_album(_album(album))
            with indexes[0].sets() as sets:
                assert sets is not None
                assert Selection(sets, scope, Filter()).uses == CountedRows(scope, Filter()).uses, what


def test_what_commits_out_of_order_is_not_missed(
    app: Flask, engine: str, album: Album, add_row: Callable[..., Image]
) -> None:
    """A transaction that began before others and ends after they were read."""
    image = add_row(album, format="jpg")
    number, other = image.number, add_row(album).number
    db.session.commit()
    index = ImageIndex(db.engine)
    with index.sets() as sets:
        assert sets is not None
        assert (number in sets.placed, other in sets.placed) == (False, False)
    if engine == "sqlite":
        pytest.skip("writers take turns here")
    place = sa.update(Image).values(map_key=1)
    with db.engine.connect() as early, db.engine.connect() as late:
        early.execute(place.where(Image.number == number))
        late.execute(place.where(Image.number == other))
        late.commit()
        with index.sets() as sets:
            assert sets is not None
            assert (number in sets.placed, other in sets.placed) == (False, True)
        with db.engine.begin() as third:
            third.execute(sa.text("SELECT pg_current_xact_id()"))
        with index.sets() as sets:
            assert sets is not None
        early.commit()
    with index.sets() as sets:
        assert sets is not None
        assert (number in sets.placed, other in sets.placed) == (True, True)


def test_open_work_of_the_asker_is_not_seen_and_its_rollback_leaves_nothing(
    album: Album, add_row: Callable[..., Image]
) -> None:
    db.session.commit()
    index = ImageIndex(db.engine)
    with index.sets() as sets:
        assert sets is not None
        assert len(sets.there) == 0
    begin_write()
    add_row(_album("one"))
    with index.sets() as sets:
        assert sets is not None
        assert len(sets.there) == 0
    db.session.rollback()
    begin_write()
    kept = add_row(_album("one"), tags=["a"]).number
    db.session.commit()
    with index.sets() as sets:
        assert sets is not None
        assert (list(sets.there), list(sets.with_tag("a"))) == ([kept], [kept])


def test_while_a_large_gallery_is_read_sql_answers_and_so_it_is_after_very_many_changes(
    album: Album, add_row: Callable[..., Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_index, "LOADED_AT_ONCE", 0)
    monkeypatch.setattr(image_index, "FOLLOWED", 1)
    add_row(album, tags=["a"])
    db.session.commit()
    index = ImageIndex(db.engine)
    for count in (1, 4):
        with index.sets() as sets:
            assert sets is None
        index.wait(10)
        with index.sets() as sets:
            assert sets is not None
            assert len(sets.with_tag("a")) == count
        for _ in range(3):
            add_row(_album("one"), tags=["a"])
        db.session.commit()
