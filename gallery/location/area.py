"""A part of the Earth in which pictures are expected: a circle, or a polygon."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from gallery.errors import GalleryError
from gallery.location.edge import Edge, is_within, nearest, turn
from gallery.location.position import Position, distance_m, is_position

MOST_CORNERS = 200
LEAST_RADIUS_M, MOST_RADIUS_M = 1, 1_000_000


class PlaceInvalid(GalleryError):
    """An expected place cannot be as asked."""

    code = "place_invalid"
    status = 422


class Circle(NamedTuple):
    """All that is no further from a point."""

    centre: Position
    radius_m: float

    def outside_m(self, position: Position) -> float:
        """Metres from the position to the area; 0 within."""
        return max(0.0, distance_m(self.centre, position) - self.radius_m)

    @property
    def stored(self) -> dict[str, Any]:
        """As `read_area` takes it."""
        latitude, longitude = self.centre
        return {"type": "Point", "coordinates": [longitude, latitude], "radius_m": self.radius_m}


class Polygon(NamedTuple):
    """All within corners that lines of constant slope in degrees join (RFC 7946, section 3.1.1).

    Each line goes the shorter way round the Earth, so that it may cross ±180°.
    """

    corners: tuple[Position, ...]
    """The last is not the first again."""

    def outside_m(self, position: Position) -> float:
        """Metres from the position to the area; 0 within. What is nearest is found on a sphere."""
        edges = list(self._edges())
        return 0.0 if is_within(edges, position) else distance_m(nearest(edges, position), position)

    @property
    def stored(self) -> dict[str, Any]:
        """As `read_area` takes it, closed."""
        ring = [[longitude, latitude] for latitude, longitude in (*self.corners, self.corners[0])]
        return {"type": "Polygon", "coordinates": [ring]}

    def _edges(self) -> Iterator[Edge]:
        """One after the other, with longitudes that go on beyond ±180°."""
        latitude, longitude = self.corners[0]
        for corner in (*self.corners[1:], self.corners[0]):
            onward = longitude + turn(corner.longitude - longitude)
            yield (latitude, longitude, corner.latitude, onward)
            latitude, longitude = corner.latitude, onward


Area = Circle | Polygon


def read_area(said: object) -> Area:
    """The area of a GeoJSON geometry: a Point with a `radius_m`, or a Polygon. Raises PlaceInvalid."""
    if isinstance(said, dict) and said.get("type") == "Point":
        return _circle(said.get("coordinates"), said.get("radius_m"))
    if isinstance(said, dict) and said.get("type") == "Polygon":
        return _polygon(said.get("coordinates"))
    raise PlaceInvalid("A place is a Point with a radius_m, or a Polygon.")


def read_area_text(text: str) -> Area | None:
    """The area of that as JSON; None for nothing, or null. Raises PlaceInvalid."""
    try:
        said = msgspec.json.decode(text) if text.strip() else None
    except (msgspec.DecodeError, RecursionError):
        raise PlaceInvalid("The place is no JSON.") from None
    return None if said is None else read_area(said)


def polygon(corners: Sequence[Position]) -> Polygon:
    """The polygon of these, closed or not. Raises PlaceInvalid."""
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners = corners[:-1]
    if len(set(corners)) < 3:
        raise PlaceInvalid("A polygon needs three different corners at least.")
    if len(corners) > MOST_CORNERS:
        raise PlaceInvalid(f"A polygon has {MOST_CORNERS} corners at most, and this one {len(corners):,}.")
    found = Polygon(tuple(corners))
    *_, last = found._edges()
    if abs(last[3] - corners[0].longitude) > 1:
        raise PlaceInvalid("The polygon goes round a pole. Draw one that does not.")
    return found


def circle(centre: Position, radius_m: float) -> Circle:
    """The circle. Raises PlaceInvalid."""
    if not LEAST_RADIUS_M <= radius_m <= MOST_RADIUS_M:
        raise PlaceInvalid(f"The radius is from {LEAST_RADIUS_M} to {MOST_RADIUS_M:,} metres.")
    return Circle(centre, float(radius_m))


def _circle(centre: object, radius_m: object) -> Circle:
    if isinstance(radius_m, bool) or not isinstance(radius_m, int | float):
        raise PlaceInvalid("The place is a point without a radius_m, which is a number of metres.")
    return circle(_position(centre), radius_m)


def _polygon(rings: object) -> Polygon:
    if not isinstance(rings, list) or len(rings) != 1 or not isinstance(rings[0], list):
        raise PlaceInvalid("The place needs one ring of coordinates, without holes.")
    (ring,) = rings
    if len(ring) > MOST_CORNERS + 1:
        raise PlaceInvalid(f"A polygon has {MOST_CORNERS} corners at most, and this one {len(ring) - 1:,}.")
    corners = [_position(pair) for pair in ring]
    if len(corners) < 4 or corners[0] != corners[-1]:
        raise PlaceInvalid("The ring is not closed: its last position is not its first.")
    return polygon(corners)


def _position(pair: object) -> Position:
    if not isinstance(pair, list) or len(pair) != 2 or not is_position(pair[1], pair[0]):
        raise PlaceInvalid(
            "A position is [longitude, latitude] in degrees, from -180 to 180 and from -90 to 90."
        )
    return Position(float(pair[1]), float(pair[0]))
