"""The cells of a map from the index: its sets say which images, and its points where they lie."""

from typing import TYPE_CHECKING

from gallery.index.image_sets import ImageSets
from gallery.location.position import Position
from gallery.location.precision import Precision
from gallery.location.view import View
from gallery.models.scope import Scope
from gallery.present.filters.filter import Filter
from gallery.present.filters.selection import Selection
from gallery.present.maps.placing import Placing

if TYPE_CHECKING:
    from gallery.index.cell_sums import CellSums
    from gallery.index.pyramid import Pyramid
    from gallery.index.spots import Spots


class PlacedCells:
    """A filter over a scope, to be asked while the sets are held."""

    def __init__(self, sets: ImageSets, scope: Scope, wanted: Filter) -> None:
        self._sets, self._wanted = sets, wanted
        self._selection = Selection(sets, scope, wanted)
        self._places = self._of(sets, wanted)

    def cells(self, view: View) -> "CellSums":
        """Those of the view that hold any, in the order of their keys."""
        return self._places.cells(view)

    def spots(self, precision: Precision) -> "Spots":
        """All of them, as they are told."""
        from gallery.index.spots import Spots  # noqa: PLC0415  # loads NumPy, which the index has loaded by now

        key = "spots", self._selection.albums, self._wanted, precision
        return self._sets.worked_out(key, lambda: Spots.of_points(self._places.points.all(), precision))

    def nearest(self, here: Position, count: int) -> list[int]:
        """The numbers of so many images, the nearest first."""
        return self._places.points.nearest(here, count)

    def placing(self) -> Placing:
        """How many have a position, how many have none, and the smallest box around them."""
        total = len(self._places.points)
        return Placing(total, self._selection.total - total, self._places.extent)

    def _of(self, sets: ImageSets, wanted: Filter) -> "Pyramid":
        selection = self._selection
        if selection.is_everything:
            return sets.places.whole()
        return sets.places.part((selection.albums, wanted), lambda: selection.numbers)
