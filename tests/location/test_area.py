"""Areas: what is within, and how far away the rest is, right across ±180°."""

from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gallery.location.area import Circle, PlaceInvalid, Polygon, polygon, read_area, read_area_text
from gallery.location.position import Position, distance_m

LATITUDES, LONGITUDES = st.floats(-80, 80), st.floats(-180, 180)
POSITIONS = st.builds(Position, LATITUDES, LONGITUDES)


def wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180


@st.composite
def quadrangles(draw: st.DrawFn) -> Polygon:
    """Around a point anywhere, up to a degree to each side."""
    latitude, longitude = draw(st.floats(-75, 75)), draw(LONGITUDES)
    reach = st.floats(0.001, 1)
    sides = ((1, 1), (1, -1), (-1, -1), (-1, 1))
    return polygon(
        [
            Position(latitude + up * draw(reach), wrapped(longitude + right * draw(reach)))
            for up, right in sides
        ]
    )


@settings(max_examples=40, deadline=None)
@given(quadrangles(), POSITIONS, st.floats(0, 360))
def test_an_area_turned_round_the_earth_is_as_far_from_a_point_turned_with_it(
    area: Polygon, position: Position, turn: float
) -> None:
    turned = polygon([Position(at.latitude, wrapped(at.longitude + turn)) for at in area.corners])
    there = Position(position.latitude, wrapped(position.longitude + turn))
    assert turned.outside_m(there) == pytest.approx(area.outside_m(position), rel=1e-6, abs=0.01)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(quadrangles(), st.floats(-3, 3), st.floats(-3, 3))
@example(polygon([Position(0, 179.5), Position(1, -179.5), Position(-1, -179.5)]), 0.0, 0.3)
def test_the_distance_is_that_to_the_nearest_point_of_the_edge(
    area: Polygon, up: float, right: float
) -> None:
    first = area.corners[0]
    position = Position(max(-80, min(80, first.latitude + up)), wrapped(first.longitude + right))
    told = area.outside_m(position)
    assume(told > 0)
    ends = [*area.corners[1:], first]
    walked = [
        Position(
            one.latitude + (other.latitude - one.latitude) * step / 50,
            wrapped(one.longitude + wrapped(other.longitude - one.longitude) * step / 50),
        )
        for one, other in zip(area.corners, ends, strict=True)
        for step in range(51)
    ]
    least = min(distance_m(position, point) for point in walked)
    assert told <= least * 1.001 + 0.01
    assert told >= least - 3_500  # less than a step along the longest edge


@given(quadrangles(), POSITIONS)
@settings(max_examples=30)
def test_what_is_stored_is_read_as_the_same_area(area: Polygon, position: Position) -> None:
    assert read_area(area.stored) == area
    around = Circle(position, 250.0)
    assert read_area(around.stored) == around
    assert around.outside_m(position) == 0.0


def test_the_middle_of_an_area_across_the_180th_meridian_is_within_and_the_other_side_is_not() -> None:
    area = polygon([Position(-1, 179), Position(-1, -179), Position(1, -179), Position(1, 179)])
    assert area.outside_m(Position(0, 180)) == area.outside_m(Position(0.5, -179.5)) == 0
    assert area.outside_m(Position(0, 178)) == pytest.approx(111_319, abs=1)
    assert area.outside_m(Position(0, 0)) > 19_000_000


RING = [[18.0, 59.0], [18.1, 59.0], [18.1, 59.1], [18.0, 59.0]]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"type": "LineString", "coordinates": RING}, "Point with a radius_m"),
        ({"type": "Point", "coordinates": [18, 59]}, "without a radius_m"),
        ({"type": "Point", "coordinates": [18, 59], "radius_m": True}, "without a radius_m"),
        ({"type": "Point", "coordinates": [18, 59], "radius_m": float("nan")}, "radius is from"),
        ({"type": "Point", "coordinates": [18, 91], "radius_m": 5}, "longitude, latitude"),
        ({"type": "Point", "coordinates": [18, float("inf")], "radius_m": 5}, "longitude, latitude"),
        ({"type": "Polygon", "coordinates": [RING, RING]}, "one ring"),
        ({"type": "Polygon", "coordinates": [RING[:3]]}, "not closed"),
        ({"type": "Polygon", "coordinates": [[RING[0], RING[1], RING[1], RING[0]]]}, "three different"),
        ({"type": "Polygon", "coordinates": [[[181, 0], *RING]]}, "longitude, latitude"),
        ({"type": "Polygon", "coordinates": [[[x / 100, 0] for x in range(202)]]}, "200 corners"),
        ({"type": "Polygon", "coordinates": [[[0, 80], [120, 80], [-120, 80], [0, 80]]]}, "round a pole"),
    ],
)
def test_a_place_that_is_none_is_refused_in_words(said: dict[str, Any], why: str) -> None:
    with pytest.raises(PlaceInvalid, match=why):
        read_area(said)


def test_a_place_in_text_is_json_or_nothing() -> None:
    assert read_area_text(" ") is read_area_text("null") is None
    with pytest.raises(PlaceInvalid, match="no JSON"):
        read_area_text("{")
