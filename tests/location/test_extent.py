"""Boxes around points, over 180° too."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gallery.location.box import Box
from gallery.location.extent import Extent

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
POINTS = st.lists(st.tuples(LATITUDES, LONGITUDES), min_size=1, max_size=8)


def around(*points: tuple[float, float]) -> Box | None:
    extent = Extent()
    for point in points:
        extent.add(*point)
    return extent.box


@given(POINTS)
def test_every_point_lies_in_the_box_and_one_on_each_side(points: list[tuple[float, float]]) -> None:
    box = around(*points)
    assert box is not None
    assert all(box.holds(*point) for point in points)
    longitudes, latitudes = {point[1] for point in points}, {point[0] for point in points}
    assert {box.west, box.east} <= longitudes
    assert (box.south, box.north) == (min(latitudes), max(latitudes))


@given(POINTS)
def test_the_box_goes_the_shorter_way_round(points: list[tuple[float, float]]) -> None:
    box = around(*points)
    assert box is not None
    width = box.east - box.west + (360 if box.crosses_180 else 0)
    longitudes = sorted(point[1] for point in points)
    gaps = [after - before for before, after in pairwise(longitudes)]
    widest = max([*gaps, 360 - (longitudes[-1] - longitudes[0])])
    assert width <= 360 - widest + 1


def test_around_fiji_the_box_crosses_180() -> None:
    assert around((-17.0, 178.0), (-18.0, -179.0)) == Box(178.0, -18.0, -179.0, -17.0)


def test_around_nothing_there_is_no_box() -> None:
    assert around() is None
