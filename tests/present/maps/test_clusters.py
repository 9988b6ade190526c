from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery import current
from gallery.db import db
from gallery.location import tile
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.location.view import MOST_CELLS_ACROSS, View
from gallery.models.album import Album
from gallery.models.image import Image, now
from gallery.models.review_state import ReviewState
from gallery.models.scope import Condition, of_album
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import Placed
from gallery.present.maps.clusters import CROWD, feature_collection, known_cells
from gallery.present.maps.counted_cells import CountedCells
from gallery.present.maps.placed_cells import PlacedCells
from tests.engines import both_engines

WORLD = Box(-180, -90, 180, 90)
longitudes, latitudes, everywhere = st.floats(-180, 180), st.floats(-85, 85), st.floats(-90, 90)


def drawn(album: Album, view: Box = WORLD, zoom: int = 2) -> dict[str, Any]:
    db.session.commit()  # the index sees what is committed
    return feature_collection(
        of_album(album), Filter(), view, zoom, current.links(), lambda image_id: f"/images/{image_id}"
    )


@given(longitudes, longitudes, st.tuples(latitudes, latitudes), st.integers(0, 24))
def test_no_view_has_more_cells_than_a_screen(
    west: float, east: float, edges: tuple[float, float], zoom: int
) -> None:
    view = View.of(Box(west, min(edges), east, max(edges)), zoom)
    assert sum(map(len, view.columns)) <= MOST_CELLS_ACROSS + 2
    assert len(view.rows) <= MOST_CELLS_ACROSS + 2


@given(longitudes, longitudes, st.tuples(everywhere, everywhere), st.integers(0, 24), longitudes, everywhere)
def test_the_cells_of_a_view_lose_no_point(
    west: float, east: float, edges: tuple[float, float], zoom: int, longitude: float, latitude: float
) -> None:
    box = Box(west, min(edges), east, max(edges))
    view = View.of(box, zoom)
    if box.holds(latitude, longitude):
        cell = View.at(Box(longitude, latitude, longitude, latitude), view.level)
        assert cell.north in view.rows
        assert any(cell.west in part for part in view.columns)


lat_lon = st.tuples(
    st.one_of(everywhere, st.sampled_from((-90.0, 0.0, 85.0511, 90.0))),
    st.one_of(longitudes, st.sampled_from((-180.0, 0.0, 179.9999999, 180.0))),
)
lying = st.lists(
    st.tuples(st.none() | lat_lon, st.sampled_from("ab"), st.integers(0, 3), st.sampled_from(ReviewState)),
    min_size=1,
    max_size=12,
)
boxes = st.builds(
    lambda west, east, edges: Box(west, min(edges), east, max(edges)),
    longitudes,
    longitudes,
    st.tuples(everywhere, everywhere),
)
filters = st.builds(
    lambda name, box, placed, flags, verdicts: Filter(
        tags=name, bbox=box, placed=placed, flags=flags, verdicts=verdicts
    ),
    st.sampled_from(((), ("a",))),
    st.none() | boxes,
    st.sampled_from((None, *Placed)),
    st.sampled_from(((), ("note",), ("conflict",))),
    st.sampled_from(((), ("unreviewed",), ("approved", "changed"))),
)


def counted(condition: Condition, view: View) -> list[tuple[int, Box]]:
    """(images, smallest box) of each cell of a view, counted one by one."""
    places = sa.select(Image.latitude, Image.longitude).where(condition, Image.map_key.is_not(None))
    cells = defaultdict(list)
    for latitude, longitude in db.session.execute(places):
        cell = View.at(Box(longitude, latitude, longitude, latitude), view.level)
        if cell.north in view.rows and any(cell.west in part for part in view.columns):
            key = tile.key_of(Position(latitude, longitude)) >> 2 * (tile.LEVEL - view.level)
            cells[key].append((longitude, latitude))
    return [
        (len(held), Box(*map(min, zip(*held, strict=True)), *map(max, zip(*held, strict=True))))
        for _, held in sorted(cells.items())
    ]


@both_engines
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lying, st.lists(st.tuples(filters, boxes, st.integers(0, 20)), min_size=1, max_size=3), st.integers(0, 12)
)
def test_the_map_counts_what_the_database_counts(
    add_row: Callable[..., Image],
    album: Album,
    images: list[tuple[Any, ...]],
    looks: list[tuple[Filter, Box, int]],
    trashed: int,
) -> None:
    album = db.session.merge(album)
    rows = [
        add_row(album, at=at, tags=[name], worst_flag=flag, review=review)
        for at, name, flag, review in images
    ]
    db.session.commit()
    with known_cells(of_album(album), Filter()) as known:  # the index is there; what follows is followed
        assert isinstance(known, PlacedCells)
    if trashed < len(rows):
        rows[trashed].trashed_at = now()
        db.session.commit()
    scope = of_album(album)
    for wanted, box, zoom in looks:
        view, by_sql = View.of(box, zoom), CountedCells(wanted.where(scope))
        with known_cells(scope, wanted) as known:
            cells, placing = list(known.cells(view)), known.placing()
        assert placing == by_sql.placing()
        assert [(cell.count, cell.bounds) for cell in cells] == counted(wanted.where(scope), view)
        for cell, same in zip(cells, by_sql.cells(view), strict=True):
            assert replace(cell, latitude=same.latitude, longitude=same.longitude) == same
            assert (cell.latitude, cell.longitude) == pytest.approx((same.latitude, same.longitude))
    db.session.execute(sa.delete(Image))
    db.session.commit()
    db.session.expunge_all()


@both_engines
def test_images_in_one_cell_are_one_feature(album: Album, add_row: Callable[..., Image]) -> None:
    near = [add_row(album, at=(48.8580, 2.2940)), add_row(album, at=(48.8582, 2.2944))]
    far = add_row(album, at=(-33.86, 151.21))
    add_row(album)
    found = drawn(album)
    assert (found["total"], found["unplaced"]) == (3, 1)
    pair = next(feature for feature in found["features"] if feature["properties"]["count"] == 2)
    assert pair["geometry"]["coordinates"] == pytest.approx([2.2942, 48.8581])
    assert pair["properties"]["bounds"] == pytest.approx([2.2940, 48.8580, 2.2944, 48.8582])
    assert pair["properties"]["id"] in {image.id for image in near}
    assert {feature["properties"]["count"] for feature in found["features"]} == {1, 2}
    assert far.id in {feature["properties"]["id"] for feature in found["features"]}


def test_a_crowd_of_pins_is_drawn_coarser_and_loses_nobody(
    album: Album, add_row: Callable[..., Image]
) -> None:
    count = CROWD + 60
    for nth in range(count):
        add_row(album, at=(nth // 20 * 4.0, nth % 20 * 4.0))
    found = drawn(album, zoom=6)["features"]
    assert 0 < len(found) <= CROWD
    assert sum(feature["properties"]["count"] for feature in found) == count
    assert len(drawn(album, Box(-1, -1, 20, 20), zoom=6)["features"]) == 36


@both_engines
def test_a_closer_look_parts_a_cluster(album: Album, add_row: Callable[..., Image]) -> None:
    add_row(album, at=(48.8580, 2.2940))
    add_row(album, at=(48.8582, 2.2944))
    found = drawn(album, Box(2.29, 48.85, 2.30, 48.86), 18)
    assert [feature["properties"]["count"] for feature in found["features"]] == [1, 1]


@both_engines
def test_a_view_across_the_180th_meridian_shows_both_sides(
    album: Album, add_row: Callable[..., Image]
) -> None:
    for longitude in (179.0, -179.0, 0.0):
        add_row(album, at=(-17.0, longitude))
    found = drawn(album, Box(175, -30, -175, 0), 6)
    assert sorted(f["geometry"]["coordinates"][0] for f in found["features"]) == pytest.approx([-179, 179])


@both_engines
def test_the_extent_goes_the_short_way_round(album: Album, add_row: Callable[..., Image]) -> None:
    add_row(album, at=(-17.0, 178.0))
    add_row(album, at=(-18.0, -178.0))
    assert drawn(album)["extent"] == (178.0, -18.0, -178.0, -17.0)


@both_engines
def test_an_album_without_positions_has_no_extent(album: Album, add_row: Callable[..., Image]) -> None:
    add_row(album)
    found = drawn(album)
    assert (found["total"], found["unplaced"], found["extent"], found["features"]) == (0, 1, None, [])


@both_engines
def test_an_unprocessed_image_has_no_picture_on_the_map(album: Album, add_row: Callable[..., Image]) -> None:
    add_row(album, at=(1.0, 1.0), processed=False)
    (feature,) = drawn(album)["features"]
    assert feature["properties"]["thumbnail"] is None
    assert feature["properties"]["preview"] is None
