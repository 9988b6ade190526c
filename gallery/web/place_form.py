"""The form of an expected place: what it holds, and what was sent of it."""

import math
import re
from collections.abc import Mapping
from typing import NamedTuple, Self

from gallery.language import gettext as _
from gallery.location.area import Area, Circle, PlaceInvalid, Polygon, circle, polygon
from gallery.location.position import Position, is_position

_BETWEEN = re.compile(r"[,;\s]+")
USUAL_RADIUS_M = 500
MOST_CHARACTERS = 20_000


class PlaceForm(NamedTuple):
    """The fields as text."""

    kind: str = "circle"
    """`circle` or `polygon`."""
    latitude: str = ""
    longitude: str = ""
    radius_m: str = str(USUAL_RADIUS_M)
    corners: str = ""
    """A latitude and a longitude each, a corner a line."""

    @classmethod
    def of(cls, area: Area | None) -> Self:
        """The fields of a place that is there."""
        if isinstance(area, Circle):
            latitude, longitude = map(repr, area.centre)
            return cls("circle", latitude, longitude, f"{area.radius_m:.15g}")
        if isinstance(area, Polygon):
            return cls(
                "polygon", corners="\n".join(f"{at.latitude!r}, {at.longitude!r}" for at in area.corners)
            )
        return cls()

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> Self:
        """Whatever was typed."""
        return cls(*(form.get(name, "").strip()[:MOST_CHARACTERS] for name in cls._fields))

    @property
    def area(self) -> Area:
        """The place. Raises PlaceInvalid."""
        if self.kind == "polygon":
            return polygon([_corner(line) for line in self.corners.splitlines() if line.strip()])
        radius_m = _number(self.radius_m)
        if radius_m is None:
            raise PlaceInvalid(_("The radius is a number of metres."))
        return circle(_position(self.latitude, self.longitude, _("The middle")), radius_m)


def _corner(line: str) -> Position:
    parts = _BETWEEN.split(line.strip())
    name = _("The corner “%(line)s”", line=line.strip()[:40])
    if len(parts) != 2:
        raise PlaceInvalid(_("%(name)s is no latitude and longitude, as in 59.30843, 18.07512.", name=name))
    return _position(parts[0], parts[1], name)


def _position(latitude: str, longitude: str, name: str) -> Position:
    numbers = _number(latitude), _number(longitude)
    if numbers[0] is None or numbers[1] is None or not is_position(*numbers):
        raise PlaceInvalid(
            _(
                "%(name)s needs a latitude from -90 to 90 and a longitude from -180 to 180, in degrees.",
                name=name,
            )
        )
    return Position(numbers[0], numbers[1])


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
