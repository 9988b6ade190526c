"""The map's points in memory, against points counted one by one."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from gallery.index import live_points, pyramid
from gallery.index.cell import UNPROCESSED, Cell
from gallery.index.points import Points, Row
from gallery.index.pyramid import Pyramid
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.location.tile import LEVEL, key_of
from gallery.location.view import View

WORLD = Box(-180, -90, 180, 90)
LATITUDES = st.sampled_from((-90.0, 0.0, 48.85, 48.8501, 48.851, 48.9, 90.0))
LONGITUDES = st.sampled_from((-180.0, -1e-300, 0.0, 2.35, 2.3501, 2.351, 2.4, 179.9, 180.0))
MEANINGS = st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 5))
Drawn = tuple[float, float, tuple[bool, int, int]] | None
ROWS = st.none() | st.tuples(LATITUDES, LONGITUDES, MEANINGS)
CHANGES = st.dictionaries(st.integers(1, 40), ROWS, max_size=12)
PARIS, SOME = Box(2, 48, 3, 49), BitMap(range(1, 20))
VIEWS = st.builds(View.at, st.just(WORLD), st.integers(0, 6)) | st.builds(
    View.at, st.just(PARIS), st.integers(7, 12)
)


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that cells are crowded, and arrays put in order, with few points."""
    monkeypatch.setattr(live_points, "MOST_LATE", 15)
    for name, number in (("MOST_SINGLE", 1), ("MOST_ADDED", 2), ("MOST_SUMMED_ANEW", 3)):
        monkeypatch.setattr(pyramid, name, number)


def row_of(number: int, drawn: Drawn) -> Row | None:
    if drawn is None:
        return None
    latitude, longitude, (is_processed, flag, review) = drawn
    rank = number if is_processed else number + UNPROCESSED
    return key_of(Position(latitude, longitude)), rank, latitude, longitude, flag, review


def counted(rows: dict[int, Row], view: View) -> list[Cell]:
    held = defaultdict(list)
    for row in rows.values():
        key = row[0] >> 2 * (LEVEL - view.level)
        if view.holds(key):
            held[key].append(row)
    return [_cell(cell) for _, cell in sorted(held.items())]


def _cell(rows: list[Row]) -> Cell:
    _, ranks, souths, wests, flags, reviews = zip(*rows, strict=True)
    return Cell(
        len(rows),
        pytest.approx(sum(wests) / len(rows)),
        pytest.approx(sum(souths) / len(rows)),
        Box(min(wests), min(souths), max(wests), max(souths)),
        min(ranks) % UNPROCESSED,
        max(flags),
        max(reviews),
    )


@pytest.mark.slow
@given(st.lists(st.tuples(CHANGES, VIEWS), max_size=8), st.booleans())
def test_whatever_changes_the_cells_are_those_of_the_points(
    steps: list[tuple[dict[int, Drawn], View]], is_ready: bool
) -> None:
    rows: dict[int, Row] = {}
    places = Pyramid(Points.of(()))
    if is_ready:
        places.make_ready()
    for changes, view in steps:
        found = {number: row_of(number, drawn) for number, drawn in changes.items()}
        places.put(found)
        rows = {number: row for number, row in (rows | found).items() if row is not None}
        assert list(places.cells(view)) == counted(rows, view)
        assert len(places.points) == len(rows)
        anew = Pyramid(Points.of([list(rows.values())]))
        assert places.extent == anew.extent
        assert places.points.inside(PARIS) == anew.points.inside(PARIS)
        assert [places.points.row(number) for number in range(50)] == [
            rows.get(number) for number in range(50)
        ]
        some = {number: row for number, row in rows.items() if number in SOME}
        assert list(Pyramid(places.points.among(SOME)).cells(view)) == counted(some, view)
        assert set(places.points.nearest(Position(48, 2), 40)) == set(rows)
