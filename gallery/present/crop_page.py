"""The picture as it was uploaded, and the frame of which something is shown."""

from dataclasses import dataclass

from gallery.media.crop import Crop
from gallery.models.image import Image
from gallery.present.links import FULL, Links


@dataclass(frozen=True, slots=True)
class CropPage:
    """What the page shows. Pixels are of the upright original."""

    image: Image
    source: str
    """Of the whole picture, not turned."""
    width_px: int
    height_px: int
    crop: Crop
    """Around everything where nothing is cropped."""


def crop_page(image: Image, links: Links) -> CropPage:
    """The page of an image."""
    width, height = image.original_width_px, image.original_height_px
    crop = Crop(0, 0, width, height)
    if image.is_cropped:
        crop = Crop(*(round(n) for n in (image.crop_x, image.crop_y, image.crop_w, image.crop_h)))
    source = links.delivery(image, FULL) if image.processed else ""
    return CropPage(image, source, width, height, crop)
