"""The part of a picture that is shown."""

import math
from typing import NamedTuple, Self

from gallery.errors import GalleryError
from gallery.language import later
from gallery.media.transformation import MAX_CROP_PX


class CropInvalid(GalleryError):
    """The crop lies outside the picture, or is no rectangle."""

    code = "crop_invalid"
    status = 422


class Crop(NamedTuple):
    """In pixels of the upright original, from its top left; all 0 = the whole picture."""

    x: float
    y: float
    w: float
    h: float

    def within(self, width_px: int, height_px: int) -> Self:
        """The crop of a picture of this size. Raises CropInvalid.

        Links name whole pixels. Where rounding would lead over the edge, the crop is moved by less than one.
        """
        if not any(self):
            return type(self)(0.0, 0.0, 0.0, 0.0)
        if not all(math.isfinite(number) and 0 <= number <= MAX_CROP_PX for number in self):
            raise CropInvalid("A crop is four numbers from 0 to %(most)s.", most=MAX_CROP_PX)
        if round(self.w) < 1 or round(self.h) < 1:
            raise CropInvalid("A crop is a pixel wide and high at least; all four 0 is none.")
        if self.x + self.w > width_px or self.y + self.h > height_px:
            sentence = later("The crop leaves the picture, which has %(width)s × %(height)s pixels.")
            raise CropInvalid(sentence, width=width_px, height=height_px)
        x, y = _inside(self.x, self.w, width_px), _inside(self.y, self.h, height_px)
        return type(self)(x, y, float(self.w), float(self.h))


def _inside(start: float, length: float, most: int) -> float:
    return float(start if round(start) + round(length) <= most else most - round(length)) + 0.0
