"""The edge of a polygon: whether a point is within, and where the edge is nearest to it."""

import math
from collections.abc import Sequence

from gallery.location.position import Position

Edge = tuple[float, float, float, float]
"""(latitude, longitude) of one end and of the other. Longitudes may go on beyond ±180°, side by side."""
_REFINED, _STEPS = 3, 30


def turn(degrees: float) -> float:
    """The same turn, the shorter way."""
    return (degrees + 180) % 360 - 180


def nearest(edges: Sequence[Edge], position: Position) -> Position:
    """The point of the edges that is nearest on a sphere."""
    found = sorted(_closest(edge, position) for edge in edges)[:_REFINED]
    points = [_refined(edge, part, position) for _, part, edge in found]
    return min(points, key=lambda point: _angle(point, position))


def is_within(edges: Sequence[Edge], position: Position) -> bool:
    """By the number of edges to the east of the point, which may be on any of the world's copies."""
    latitude = position.latitude
    west = min(edge[1] for edge in edges)
    longitude = west + (position.longitude - west) % 360
    is_odd = False
    for south, start, north, end in edges:
        if (south > latitude) != (north > latitude):
            is_odd ^= longitude < start + (latitude - south) / (north - south) * (end - start)
    return is_odd


def _closest(edge: Edge, position: Position) -> tuple[float, float, Edge]:
    """(about how far in radians, at which part of the edge, the edge), on a plane around the position."""
    latitude, longitude, other_latitude, other_longitude = edge
    narrow = max(math.cos(math.radians(position.latitude)), 1e-9)
    middle = (longitude + other_longitude) / 2
    here = middle + turn(position.longitude - middle)
    x, y = (longitude - here) * narrow, latitude - position.latitude
    dx, dy = (other_longitude - longitude) * narrow, other_latitude - latitude
    length = dx * dx + dy * dy
    part = min(max(-(x * dx + y * dy) / length, 0.0), 1.0) if length else 0.0
    best = min((0.0, part, 1.0), key=lambda at: _angle(_at(edge, at), position))
    return _angle(_at(edge, best), position), best, edge


def _refined(edge: Edge, part: float, position: Position) -> Position:
    """The nearest point around that part of the edge."""
    low, high = max(part - 0.5, 0.0), min(part + 0.5, 1.0)
    for _ in range(_STEPS):
        third = (high - low) / 3
        if _angle(_at(edge, low + third), position) < _angle(_at(edge, high - third), position):
            high -= third
        else:
            low += third
    ends = (part, (low + high) / 2)
    return _at(edge, min(ends, key=lambda at: _angle(_at(edge, at), position)))


def _at(edge: Edge, part: float) -> Position:
    latitude, longitude, other_latitude, other_longitude = edge
    return Position(
        latitude + part * (other_latitude - latitude),
        turn(longitude + part * (other_longitude - longitude)),
    )


def _angle(one: Position, other: Position) -> float:
    """Radians between two points of a sphere (haversine)."""
    south, north = math.radians(one.latitude), math.radians(other.latitude)
    across = math.sin(math.radians(other.longitude - one.longitude) / 2)
    up = math.sin((north - south) / 2)
    return 2 * math.asin(min(1.0, math.sqrt(up * up + math.cos(south) * math.cos(north) * across * across)))
