from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery import current
from gallery.location import tile
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.models.album import Album
from gallery.models.image import Image
from gallery.models.scope import of_album
from gallery.present.clusters import MOST_CELLS_ACROSS, cell_level, feature_collection, whole_cells
from tests.engines import both_engines

WORLD = Box(-180, -90, 180, 90)
longitudes, latitudes = st.floats(-180, 180), st.floats(-85, 85)


def drawn(album: Album, view: Box = WORLD, zoom: int = 2) -> dict[str, Any]:
    return feature_collection(
        of_album(album), view, zoom, current.links(), lambda image_id: f"/images/{image_id}"
    )


@given(longitudes, longitudes, st.tuples(latitudes, latitudes), st.integers(0, 24))
def test_no_view_has_more_cells_than_a_screen(
    west: float, east: float, edges: tuple[float, float], zoom: int
) -> None:
    view = Box(west, min(edges), east, max(edges))
    level = cell_level(view, zoom)
    grown = whole_cells(view, level)
    left, top = tile.fractions(Position(grown.north, grown.west))
    right, bottom = tile.fractions(Position(grown.south, grown.east))
    width = right - left if right >= left else right - left + 1
    assert round(width * 2**level) <= MOST_CELLS_ACROSS + 2
    assert round((bottom - top) * 2**level) <= MOST_CELLS_ACROSS + 2


@given(longitudes, longitudes, st.tuples(latitudes, latitudes), st.integers(0, 24), longitudes, latitudes)
def test_growing_to_whole_cells_loses_no_point(
    west: float, east: float, edges: tuple[float, float], zoom: int, longitude: float, latitude: float
) -> None:
    view = Box(west, min(edges), east, max(edges))
    grown = whole_cells(view, cell_level(view, zoom))
    inner = Box(grown.west - 1e-9, grown.south - 1e-9, grown.east + 1e-9, grown.north + 1e-9)
    assert not view.holds(latitude, longitude) or inner.holds(latitude, longitude)


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
    assert drawn(album)["extent"] == [178.0, -18.0, -178.0, -17.0]


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
