"""Of an image's row what a thumbnail shows, without the object that the database keeps track of."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from gallery.models.image import Image

_RULES: Any = Image


class _AsImage:
    """The image's own rules about columns of its row."""

    __slots__ = ()

    @property
    def is_cropped(self) -> bool:
        """As of Image."""
        return bool(_RULES.is_cropped.fget(self))

    @property
    def shown_size_px(self) -> tuple[int, int]:
        """As of Image."""
        size: tuple[int, int] = _RULES.shown_size_px.fget(self)
        return size

    @property
    def taken_wall_time(self) -> datetime | None:
        """As of Image."""
        moment: datetime | None = _RULES.taken_wall_time.fget(self)
        return moment

    @property
    def label(self) -> str:
        """As of Image."""
        return str(_RULES.label.fget(self))


class _ShownRow(NamedTuple):
    id: str
    album_number: int
    position: int
    created_at: datetime
    taken_at: datetime | None
    taken_offset_s: int
    title: str | None
    filename: str
    format: str
    frames_counted: object
    """As `infos` has it; None: not asked for."""
    original_width_px: int
    original_height_px: int
    rotation: int
    crop_x: float
    crop_y: float
    crop_w: float
    crop_h: float
    colour: str
    map_key: int | None
    processed: bool
    processing_error: str | None
    delivery_name: str
    delivery_version: int
    delivery_extension: str


class ShownImage(_AsImage, _ShownRow):
    """Stands for an Image where hundreds are shown: its columns, and the image's own rules about them."""

    __slots__ = ()


class _PinRow(NamedTuple):
    id: str
    album_number: int
    title: str | None
    filename: str
    taken_at: datetime | None
    taken_offset_s: int
    rotation: int
    crop_x: float
    crop_y: float
    crop_w: float
    crop_h: float
    processed: bool
    delivery_name: str
    delivery_version: int
    delivery_extension: str


class PinImage(_AsImage, _PinRow):
    """The same for the map, which shows less of it."""

    __slots__ = ()


COLUMNS = (
    Image.id,
    Image.album_number,
    Image.position,
    Image.created_at,
    Image.taken_at,
    Image.taken_offset_s,
    Image.title,
    Image.filename,
    Image.format,
    sa.case((Image.format != "jpg", Image.infos["frames"].as_string())),  # a JPEG is no animation
    Image.original_width_px,
    Image.original_height_px,
    Image.rotation,
    Image.crop_x,
    Image.crop_y,
    Image.crop_w,
    Image.crop_h,
    Image.colour,
    Image.map_key,
    Image.processed,
    Image.processing_error,
    Image.delivery_name,
    Image.delivery_version,
    Image.delivery_extension,
)
"""In the order of the fields."""
PIN_COLUMNS = tuple(Image.__table__.c[name] for name in PinImage._fields)
