"""A pinhole camera for drawings: metres in the scene become units on the canvas."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin

from gallery.demo.canvas import Canvas, Point
from gallery.demo.colour import mix, shade

Space = tuple[float, float, float]
"""Metres to the right, up from the ground, and ahead."""


@dataclass(frozen=True, slots=True)
class Camera:
    centre_x: float
    horizon_y: float
    focal: float
    eye_m: float
    yaw_deg: float = 0
    haze: str = "#c9d4dc"
    reach_m: float = 1e6
    """The distance at which two thirds of a colour is haze."""

    def see(self, x: float, y: float, z: float) -> Point:
        turn = radians(self.yaw_deg)
        ahead = max(0.05, z * cos(turn) + x * sin(turn))
        side = x * cos(turn) - z * sin(turn)
        return self.centre_x + self.focal * side / ahead, self.horizon_y + self.focal * (
            self.eye_m - y
        ) / ahead

    def far(self, colour: str, z: float) -> str:
        return mix(colour, self.haze, 1 - 0.37 ** (max(0.0, z) / self.reach_m))

    def face(
        self, canvas: Canvas, corners: Iterable[Space], colour: str, **attributes: object
    ) -> list[Point]:
        corners = list(corners)
        points = [self.see(*corner) for corner in corners]
        paint = (
            colour
            if not colour.startswith("#")
            else self.far(colour, sum(c[2] for c in corners) / len(corners))
        )
        canvas.poly(points, paint, **attributes)
        return points

    def block(self, canvas: Canvas, at: Space, size: Space, colour: str, light: float = 0.25) -> None:
        """A box from its near lower left corner; `light` falls from the left above 0, else the right."""
        (x, y, z), (w, h, d) = at, size
        flank = shade(colour, light if x > 0 else -light)
        side = x if x > 0 else x + w
        if x > 0 or x + w < 0:
            self.face(canvas, [(side, y, z), (side, y + h, z), (side, y + h, z + d), (side, y, z + d)], flank)
        if y + h < self.eye_m:
            top = [(x, y + h, z), (x + w, y + h, z), (x + w, y + h, z + d), (x, y + h, z + d)]
            self.face(canvas, top, shade(colour, 0.4))
        self.face(canvas, [(x, y, z), (x + w, y, z), (x + w, y + h, z), (x, y + h, z)], colour)
