"""The smallest box around very many points, found in one pass and little memory."""

import math
from itertools import pairwise

from gallery.location.box import Box

_BINS = 360


class Extent:
    """Takes points one by one; across 180° it is the shorter way round, to a degree."""

    def __init__(self) -> None:
        self._south, self._north = math.inf, -math.inf
        self._wests, self._easts = [math.inf] * _BINS, [-math.inf] * _BINS

    def add(self, latitude: float, longitude: float) -> None:
        """Let the box reach the point."""
        self._south, self._north = min(self._south, latitude), max(self._north, latitude)
        nth = min(int(longitude + 180.0), _BINS - 1)
        self._wests[nth] = min(self._wests[nth], longitude)
        self._easts[nth] = max(self._easts[nth], longitude)

    @property
    def box(self) -> Box | None:
        """Around all points; None: there was none."""
        taken = [nth for nth in range(_BINS) if self._easts[nth] >= -180.0]
        if not taken:
            return None
        gaps = [self._wests[after] - self._easts[before] for before, after in pairwise(taken)]
        gaps.append(360.0 - (self._easts[taken[-1]] - self._wests[taken[0]]))
        widest = gaps.index(max(gaps))
        first, last = taken[(widest + 1) % len(taken)], taken[widest]
        return Box(self._wests[first], self._south, self._easts[last], self._north)
