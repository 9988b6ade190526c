from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery.db import db
from gallery.location.box import Box
from gallery.models.album import Album, create_album
from gallery.models.image import UNPLACED, Image
from gallery.models.scope import of_album
from gallery.present import order, time_order
from gallery.present.filters import foremost, narrowing
from gallery.present.filters.chips import MOST_FOLDED, MOST_SHOWN, chip_board
from gallery.present.filters.filter import Filter
from gallery.present.filters.narrowing import board_numbers
from gallery.present.page_order import Begin, in_order
from gallery.present.time_order import TimeOrder
from tests.engines import both_engines

pytestmark = both_engines

NAMES = ("a", "b", "c", "d")
chosen = st.sets(st.sampled_from((*NAMES, "unknown")), max_size=3).map(lambda found: tuple(sorted(found)))
filters = st.builds(
    Filter, chosen, chosen, chosen, bbox=st.sampled_from((None, Box(0, 0, 10, 10), Box(170, 0, -170, 10)))
)
pictures = st.lists(
    st.tuples(
        st.sets(st.sampled_from(NAMES)),
        st.sampled_from((None, (5.0, 5.0), (5.0, 175.0), (5.0, -175.0), (50.0, 5.0))),
    ),
    max_size=10,
)


def passes(wanted: Filter, tags: set[str], at: tuple[float, float] | None) -> bool:
    """The filter's meaning, said a second time without SQL."""
    return (
        set(wanted.tags) <= tags
        and (not wanted.any_of or bool(set(wanted.any_of) & tags))
        and not set(wanted.without) & tags
        and (wanted.bbox is None or (at is not None and wanted.bbox.holds(*at)))
    )


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pictures, st.lists(filters, min_size=1, max_size=6))
def test_every_count_is_what_the_page_would_hold(
    album: Album,
    add_row: Callable[..., Image],
    pictures: list[tuple[set[str], tuple[float, float] | None]],
    wanted_ones: list[Filter],
) -> None:
    with db.session.begin_nested() as savepoint:
        for tags, at in pictures:
            add_row(album, tags=tags, at=at)
        for wanted in wanted_ones:
            board = chip_board(of_album(album).condition, wanted)  # by SQL, which sees what is open
            assert board.total == sum(passes(wanted, *picture) for picture in pictures)
            for chip in board.shown + board.folded:
                on = wanted.switched_on(chip.name)
                assert chip.count == sum(passes(on, *picture) for picture in pictures), (wanted, chip)
        savepoint.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Image)) == 0


def test_tags_of_other_albums_make_no_chip(album: Album, add_row: Callable[..., Image]) -> None:
    add_row(album, tags=["mine"])
    add_row(create_album("other"), tags=["theirs", "mine"])
    db.session.commit()
    (chip,) = chip_board(of_album(album), Filter()).shown
    assert (chip.name, chip.count) == ("mine", 1)


def test_the_most_used_tags_stand_in_the_open_with_every_active_one(
    album: Album, add_row: Callable[..., Image]
) -> None:
    many = [f"tag {number:02d}" for number in range(40)]
    add_row(album, tags=many)
    add_row(album, tags=["tag 20"])
    db.session.commit()
    board = chip_board(of_album(album), Filter(without=("tag 39",)))
    assert board.shown[0].name == "tag 20"
    assert [chip.name for chip in board.shown][MOST_SHOWN:] == ["tag 39"]
    assert len(board.folded) == 40 - MOST_SHOWN - 1


def test_of_thousands_of_tags_the_most_used_have_chips_and_the_rest_is_counted(
    album: Album, add_row: Callable[..., Image]
) -> None:
    add_row(album, tags=[f"tag {number:03d}" for number in range(300)])
    add_row(album, tags=["tag 299"])
    db.session.commit()
    for scope in (of_album(album), of_album(album).condition):
        board = chip_board(scope, Filter(tags=("tag 299",)))
        assert board.shown[0].name == "tag 299"
        assert (len(board.shown), len(board.folded)) == (MOST_SHOWN, MOST_FOLDED)
        assert board.more_count == 300 - MOST_SHOWN - MOST_FOLDED


@pytest.mark.parametrize(
    ("by", "walked", "most_arranged"),
    [(None, 1_000, 4_000), (None, 0, 4_000), (None, 0, 0), *((by, 0, 4_000) for by in TimeOrder)],
)
def test_a_page_is_found_in_order_whichever_way_is_shorter(
    album: Album,
    add_row: Callable[..., Image],
    monkeypatch: pytest.MonkeyPatch,
    by: TimeOrder | None,
    walked: int,
    most_arranged: int,
) -> None:
    monkeypatch.setattr(narrowing, "WALKED", walked)
    monkeypatch.setattr(foremost, "MOST_ARRANGED", most_arranged)
    for number in range(24):
        added_at = datetime(2026, 3, 1, 12, 0, number * 7 % 5, number * 300_000 % 1_000_000, UTC)
        taken_at = None if number % 3 else added_at - timedelta(seconds=2)
        position = UNPLACED if number % 5 else 1 + number % 4
        tags = ["most"] if number % 6 else ["few"]
        add_row(album, tags=tags, created_at=added_at, taken_at=taken_at, position=position)
    db.session.commit()
    scope = of_album(album)
    for name in ("most", "few"):
        wanted = Filter(tags=(name,))
        board, seen = chip_board(scope, wanted), list[int]()
        after: Begin = None
        while numbers := board_numbers(scope, board, after, by, count=3):
            seen += numbers[:3]
            last = db.session.get_one(Image, seen[-1])
            after = time_order.place_of(by, last) if by else order.Place.of(last)
        whole = in_order(wanted.where(scope), None, by)
        assert seen == db.session.scalars(whole).all()
