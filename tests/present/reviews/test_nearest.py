"""Which pictures are nearest."""

from hypothesis import given
from hypothesis import strategies as st

from gallery.index.live_points import LivePoints
from gallery.index.points import Points
from gallery.location.position import Position, distance_m
from gallery.location.tile import key_of

ANYWHERE = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
NEAR_180 = st.builds(Position, st.floats(10, 11), st.sampled_from([-180, -179.9, 179.99, 180]))
IN_A_TOWN = st.builds(Position, st.floats(48.85, 48.86), st.floats(2.3, 2.31))
AT_A_POLE = st.builds(Position, st.floats(84.9, 90), st.floats(-180, 180))
PLACES = st.one_of(ANYWHERE, NEAR_180, IN_A_TOWN, AT_A_POLE)


@given(places=st.lists(PLACES, max_size=60), here=PLACES)
def test_no_place_that_is_left_out_is_nearer(places: list[Position], here: Position) -> None:
    rows = [(key_of(place), number, *place, 0, 0) for number, place in enumerate(places)]
    found = LivePoints(Points.of([rows])).nearest(here, 5)
    assert len(found) == min(len(places), 5)
    assert len(set(found)) == len(found)
    far = sorted(distance_m(here, place) for place in places)[: len(found)]
    for number, metres in zip(found, far, strict=True):
        assert distance_m(here, places[number]) <= metres * 1.012 + 0.01, "a sphere is off by half a percent"
