"""Everything that the page of one image says."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.models import tag
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.present import order, words
from gallery.present.comparison import Comparison, compare
from gallery.present.exif_list import ExifGroup, exif_groups
from gallery.present.links import Links
from gallery.present.tile import Tile, frames_of, tile


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what is known."""

    name: str
    value: str
    note: str = ""
    is_from_outside: bool = False
    """Somebody else's words, which may run in any direction."""


@dataclass(frozen=True, slots=True)
class ImagePage:
    """What the page shows."""

    image: Image
    tile: Tile
    ratio: float
    """Width over height of the picture as shown, exactly."""
    facts: list[Fact]
    comparison: Comparison
    exif: list[ExifGroup]
    tag_names: list[str]
    previous_id: str | None
    next_id: str | None
    map_hash: str
    """Where the map looks; empty without a position."""
    original_url: str


def image_page(image: Image, condition: Condition, settings: Settings, links: Links) -> ImagePage:
    """The page; `condition` says among which images the previous and next one are looked for."""
    position = image.believed_position
    return ImagePage(
        image=image,
        tile=tile(image, links),
        ratio=ratio_of(image),
        facts=[fact for fact in _facts(image, settings) if fact.value],
        comparison=compare(image.claims, settings.gps_precedence),
        exif=exif_groups(image.exifs),
        tag_names=tag.names_on([image.number])[image.number],
        previous_id=neighbour(condition, image, backwards=True),
        next_id=neighbour(condition, image, backwards=False),
        map_hash=f"#map=16/{position.latitude:.6f}/{position.longitude:.6f}" if position else "",
        original_url=links.original(image) if image.sha256 else "",
    )


def ratio_of(image: Image) -> float:
    """Width over height as shown, exactly enough for a page."""
    width, height = image.shown_size_px
    return round(width / height, 6) if width and height else 1.0


def _facts(image: Image, settings: Settings) -> list[Fact]:
    taken, uploaded = image.taken_wall_time, image.created_at.astimezone(settings.time_zone)
    width, height = image.original_width_px, image.original_height_px
    page_count = _page_count(image) if image.group_id else 1
    frames = frames_of(image)
    return [
        Fact("Taken", words.instant(taken) if taken else "", words.zone(taken) if taken else ""),
        Fact("Uploaded", words.instant(uploaded), words.zone(uploaded)),
        Fact("Uploaded by", image.uploader.name if image.uploader else "", is_from_outside=True),
        Fact("File", image.filename, is_from_outside=True),
        Fact("Format", f"{image.format.upper()}, {words.file_size(image.size_bytes)}"),
        Fact("Size", f"{width:,} × {height:,}", _megapixels(width * height)),
        Fact("Page", f"{image.page} of {page_count}" if page_count > 1 else ""),
        Fact("Animation", f"{frames:,} frames" if frames > 1 else "", "The first is shown."),
        Fact("SHA-256", image.sha256 or ""),
    ]


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1e6:.1f} megapixels" if pixels >= 100_000 else ""


def _page_count(image: Image) -> int:
    """How many pages the file has; one that is in the trash, or that was duplicated, is one page."""
    pages = sa.select(sa.func.count(Image.page.distinct())).where(
        Image.group_id == image.group_id, Image.album_number == image.album_number
    )
    return max(db.session.scalar(pages) or 0, image.page or 0)


def neighbour(condition: Condition, image: Image, *, backwards: bool) -> str | None:
    """Id of the image after this one, or before it, of those that pass the condition."""
    place = order.Place.of(image)
    beyond = order.before(place) if backwards else order.after(place)
    direction: list[Any] = [column.desc() if backwards else column for column in order.ORDER]
    return db.session.scalar(sa.select(Image.id).where(condition, beyond).order_by(*direction).limit(1))
