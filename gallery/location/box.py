"""A part of the map between two meridians and two parallels."""

import math
from typing import NamedTuple, Self


class Box(NamedTuple):
    """Degrees. `west` > `east` is a box across the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """The box of `W,S,E,N`. Raises ValueError with a sentence."""
        try:
            box = cls(*(float(part) for part in text.split(",")))
        except (TypeError, ValueError):
            raise ValueError("needs four numbers: west,south,east,north") from None
        if not all(math.isfinite(degrees) for degrees in box):
            raise ValueError("needs four finite numbers")
        if max(abs(box.west), abs(box.east)) > 180 or max(abs(box.south), abs(box.north)) > 90:
            raise ValueError("needs longitudes from -180 to 180 and latitudes from -90 to 90")
        if box.south > box.north:
            raise ValueError("needs its south below its north")
        return box

    def __str__(self) -> str:
        """`W,S,E,N`, as short as the numbers allow: `parse` reads the same box from it."""
        return ",".join(
            f"{degrees:.15g}" if float(f"{degrees:.15g}") == degrees else repr(degrees) for degrees in self
        )

    @property
    def crosses_180(self) -> bool:
        """Whether the box goes over the 180th meridian."""
        return self.west > self.east

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether the point lies in the box or on its edge."""
        if not self.south <= latitude <= self.north:
            return False
        if self.crosses_180:
            return longitude >= self.west or longitude <= self.east
        return self.west <= longitude <= self.east
