"""Everything that the page of one image says."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.language import gettext as _
from gallery.models import tag
from gallery.models.image import Image, untrashed
from gallery.models.scope import Condition, Scope
from gallery.present import order, time_order, words
from gallery.present.claims.comparison import Comparison, compare
from gallery.present.claims.doubts import Doubt, doubts_of
from gallery.present.credentials_shown import CredentialsShown, credentials_shown
from gallery.present.exif_list import ExifGroup, exif_groups
from gallery.present.filters import name_list
from gallery.present.grid import LIGHT
from gallery.present.links import Links
from gallery.present.tile import Tile, frames_of, tile
from gallery.present.time_order import TimeOrder

MOST_PAGES = 200
"""Pages of one file that are shown beside it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what is known."""

    name: str
    value: str
    note: str = ""
    is_from_outside: bool = False
    """Somebody else's words, which may run in any direction."""


class Download(NamedTuple):
    """A file that somebody can take along."""

    name: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class ImagePage:
    """What the page shows."""

    image: Image
    tile: Tile
    ratio: float
    """Width over height of the picture as shown, exactly."""
    facts: list[Fact]
    comparison: Comparison
    doubts: list[Doubt]
    credentials: CredentialsShown
    exif: list[ExifGroup]
    tag_names: list[str]
    tag_line: str
    """The names as people type them."""
    previous: Tile | None
    next: Tile | None
    pages: list[Tile]
    """Of a file with several, this one too; otherwise none."""
    map_hash: str
    """Where the map looks; empty without a position."""
    downloads: list[Download]


def image_page(
    image: Image,
    condition: Condition,
    seen: Scope,
    settings: Settings,
    links: Links,
    by: TimeOrder | None = None,
) -> ImagePage:
    """The page; `condition` and order say among which images the previous and next one are looked for.

    `seen` holds of all that the reader may see.
    """
    position = image.believed_position
    names = tag.names_on([image.number])[image.number]
    precedence, thresholds = image.precedence(settings.gps_precedence), settings.flag_thresholds
    before, after = (neighbour(condition, image, backwards=way, by=by) for way in (True, False))
    return ImagePage(
        image=image,
        tile=tile(image, links),
        ratio=ratio_of(image),
        facts=[fact for fact in _facts(image, settings) if fact.value],
        comparison=compare(image.claims, precedence, image.created_at, thresholds, image.exifs),
        doubts=doubts_of([image], seen)[image.number],
        credentials=credentials_shown(image, settings.time_zone),
        exif=exif_groups(image.exifs),
        tag_names=names,
        tag_line=", ".join(name_list.join([name]) for name in names),
        previous=tile(before, links) if before else None,
        next=tile(after, links) if after else None,
        pages=_pages(image, links) if image.group_id else [],
        map_hash=f"#map=16/{position.latitude:.6f}/{position.longitude:.6f}" if position else "",
        downloads=_downloads(image, links),
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
        Fact(_("Taken"), words.instant(taken) if taken else "", words.zone(taken) if taken else ""),
        Fact(_("Uploaded"), words.instant(uploaded), words.zone(uploaded)),
        Fact(_("Uploaded by"), image.uploader.name if image.uploader else "", is_from_outside=True),
        Fact(_("File"), image.filename, is_from_outside=True),
        Fact(_("Format"), f"{image.format.upper()}, {words.file_size(image.size_bytes)}"),
        Fact(_("Size"), f"{words.number(width)} × {words.number(height)}", _megapixels(width * height)),
        Fact(
            _("Page"), _("%(page)s of %(count)s", page=image.page, count=page_count) if page_count > 1 else ""
        ),
        Fact(
            _("Animation"),
            _("%(count)s frames", count=words.number(frames)) if frames > 1 else "",
            _("The first is shown."),
        ),
        Fact("SHA-256", image.sha256 or ""),
    ]


def _megapixels(pixels: int) -> str:
    return _("%(count)s megapixels", count=words.number(pixels / 1e6, 1)) if pixels >= 100_000 else ""


def _page_count(image: Image) -> int:
    """How many pages the file has; one that is in the trash, or that was duplicated, is one page."""
    pages = sa.select(sa.func.count(Image.page.distinct())).where(
        Image.group_id == image.group_id, Image.album_number == image.album_number
    )
    return max(db.session.scalar(pages) or 0, image.page or 0)


def _pages(image: Image, links: Links) -> list[Tile]:
    """The pages of the image's file that are beside it in the album, in order."""
    pages = (
        sa.select(Image)
        .options(*LIGHT)
        .where(Image.group_id == image.group_id, Image.album_number == image.album_number, untrashed())
        .order_by(Image.page, Image.number)
        .limit(MOST_PAGES)
    )
    found = [tile(page, links) for page in db.session.scalars(pages)]
    return found if len(found) > 1 else []


def _downloads(image: Image, links: Links) -> list[Download]:
    """The file, and the smaller pictures that are made of it, none larger than what is shown."""
    found = []
    if image.sha256:
        kind = f"{image.format.upper()}, {words.file_size(image.size_bytes)}"
        found.append(Download(_("Original"), kind, links.original(image)))
    if image.processed:
        longest = max(image.shown_size_px)
        found += [
            Download(
                name,
                f"JPEG, {words.number(min(px, longest))} px",
                links.shown(image, f"c_fit,h_{px},w_{px}/fl_attachment"),
            )
            for name, px, above in ((_("Large"), 1920, 0), (_("Small"), 640, 640))
            if longest > above
        ]
    return found


def neighbour(
    condition: Condition, image: Image, *, backwards: bool, by: TimeOrder | None = None
) -> Image | None:
    """The image before or after this one among those that pass; None: it is the first or last."""
    if by is None:
        place = order.Place.of(image)
        beyond = order.before(place) if backwards else order.after(place)
        direction: list[Any] = [column.desc() if backwards else column for column in order.ORDER]
    else:
        beyond = time_order.after(by, time_order.place_of(by, image), backwards=backwards)
        is_falling = by.is_backwards != backwards
        direction = [column.desc() if is_falling else column for column in (by.moment, Image.id)]
    near = sa.select(Image).options(*LIGHT).where(condition, beyond).order_by(*direction).limit(1)
    return db.session.scalar(near)
