"""A map that has been looked at, after things have changed."""

from collections.abc import Callable

import pytest

from gallery.db import db
from gallery.index import pyramid
from gallery.index.cell import Cell
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.location.view import View
from gallery.models import tag
from gallery.models.album import Album, create_album
from gallery.models.image import Image, now
from gallery.models.review_state import ReviewState
from gallery.models.scope import EVERYTHING, of_album, of_person
from gallery.models.user import Role, User
from gallery.present.filters.filter import Filter
from gallery.present.maps.clusters import known_cells
from gallery.present.maps.counted_cells import CountedCells
from gallery.present.maps.placed_cells import PlacedCells
from tests.engines import both_engines

VIEWS = (View.at(Box(-180, -90, 180, 90), 3), View.at(Box(2, 48, 3, 49), 12))
PLACES = ((48.85, 2.35), (48.8501, 2.3502), (48.9, 2.4), (-17.0, 179.9))
FILTERS = (Filter(), Filter(tags=("a",)), Filter(verdicts=("approved",)))


@pytest.mark.slow
@both_engines
def test_every_change_is_on_the_map_at_once(
    add_row: Callable[..., Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyramid, "MOST_SINGLE", 1)
    user = User(email="ann@example.org", name="Ann", role=Role.MEMBER, password_hash="-")
    db.session.add(user)
    one, other = create_album("one"), create_album("other")
    one.admit(user)
    images = [add_row(one, at=PLACES[nth % 4], tags="ab"[nth % 2]) for nth in range(10)]
    _compare(one, user)
    changes: tuple[tuple[tuple[int, ...], Callable[[Image], object]], ...] = (
        ((0, 1), lambda image: image.place(Position(*PLACES[3]))),
        ((2,), lambda image: image.place(None)),
        ((3, 7), lambda image: setattr(image, "trashed_at", now())),
        ((0, 4, 5), lambda image: setattr(image, "review", ReviewState.APPROVED)),
        ((4, 8), lambda image: setattr(image, "album_number", other.number)),
        ((0,), lambda _: other.admit(user)),
        ((1, 8), lambda image: setattr(image, "worst_flag", 3)),
        ((0, 5), lambda image: setattr(image, "processed", False)),
        ((5, 9), lambda image: tag.put_on(image, ["a"])),
        ((3,), lambda image: setattr(image, "trashed_at", None)),
        ((0,), lambda _: other.dismiss(user)),
        ((0, 6, 7), db.session.delete),
    )
    for nths, change in changes:
        for nth in nths:
            change(images[nth])
        _compare(one, user)


def _compare(album: Album, user: User) -> None:
    """What memory draws with what the database counts, in every scope."""
    db.session.commit()
    for scope in (EVERYTHING, of_album(album), of_person(user)):
        for wanted in FILTERS:
            by_sql = CountedCells(wanted.where(scope))
            placing = by_sql.placing()
            for view in VIEWS:
                with known_cells(scope, wanted) as known:
                    assert isinstance(known, PlacedCells)
                    assert known.placing() == placing
                    found = [_exact(cell) for cell in known.cells(view)]
                assert found == [_exact(cell) for cell in by_sql.cells(view)]


def _exact(cell: Cell) -> tuple[object, ...]:
    """Without the means, which are rounded differently."""
    return cell.count, cell.bounds, cell.image_number, cell.worst_flag, cell.worst_review
