"""Which countries are around a place.

`countries.z` is a grid made from Natural Earth's countries (1:50 million, public domain) by
`scripts/countries.py`. It names every country that is near, because coasts and borders of that scale are off
by a few kilometres; it says nothing far out at sea and of land that several claim.
"""

import zlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gallery.location.position import Position

COUNTRIES = Path(__file__).with_name("countries.z")
ROWS, COLUMNS = 720, 1440
"""From the north and from 180° W: a quarter of a degree each."""
NEAR_KM = 25
"""What is so near to a cell is around it."""
PART_OF = {
    **dict.fromkeys(("GF", "GP", "MQ", "RE", "YT"), "FR"),
    **dict.fromkeys(("SJ", "BV"), "NO"),
    **dict.fromkeys(("CC", "CX"), "AU"),
    **{"BQ": "NL", "TK": "NZ", "UM": "US", "AX": "FI"},
}
"""What has letters of its own in ISO 3166-1 and lies in another country there, or shares its networks."""


class _Grid(NamedTuple):
    groups: list[tuple[str, ...]]
    cells: memoryview
    """Row by row the number of a group, from 0, which is nothing."""


def countries_around(position: Position) -> tuple[str, ...]:
    """Two letters each (ISO 3166-1), in their order; none: nobody can say."""
    row = min(int((90 - position.latitude) * ROWS / 180), ROWS - 1)
    column = int((position.longitude + 180) * COLUMNS / 360) % COLUMNS
    grid = _grid()
    return grid.groups[grid.cells[row * COLUMNS + column]]


def whole_country(code: str) -> str:
    """The country as the grid has it."""
    return PART_OF.get(code, code)


@lru_cache(maxsize=1)
def _grid() -> _Grid:
    names, _, numbers = zlib.decompress(COUNTRIES.read_bytes()).partition(b"\0")
    groups = [(), *(tuple(line.split()) for line in names.decode("ascii").splitlines())]
    return _Grid(groups, memoryview(numbers).cast("H"))
