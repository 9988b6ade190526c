"""What the page of one image says inside a share: no more of its place than the share tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gallery.language import gettext as _
from gallery.location.position import Position
from gallery.location.precision import Precision, rounded
from gallery.media.bare_copy import has_bare_copy
from gallery.media.format import Format
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.models.share import Share
from gallery.present import words
from gallery.present.exif_list import ExifGroup, exif_groups
from gallery.present.image_page import Fact, neighbour, ratio_of
from gallery.present.shares.links import ShareLinks
from gallery.present.tile import Tile, tile

HARMLESS = frozenset(
    "Make Model LensMake LensModel ExposureTime FNumber ISO ExposureProgram ExposureMode "
    "ExposureCompensation ApertureValue MaxApertureValue ShutterSpeedValue BrightnessValue MeteringMode "
    "LightSource Flash FocalLength FocalLengthIn35mmFormat WhiteBalance DigitalZoomRatio SceneCaptureType "
    "SceneType SensingMethod Contrast Saturation Sharpness ColorSpace DateTimeOriginal CreateDate".split()
)
"""What of the EXIF is told without the place: how the picture was made. No serial number, no free text."""
DIGITS = {Precision.KM_1: 3, Precision.KM_10: 2}
"""Of a degree: as many as the middle of a cell has."""


@dataclass(frozen=True, slots=True)
class SharedImage:
    """What the page shows."""

    image: Image
    tile: Tile
    ratio: float
    """Width over height of the picture as shown, exactly."""
    facts: list[Fact]
    exif: list[ExifGroup]
    previous_id: str | None
    next_id: str | None
    map_hash: str
    """Where the map looks; empty without a place."""
    original_url: str
    """Empty: the share gives none, or it cannot be given."""
    picture_url: str
    """The largest picture, to be saved where the original cannot be given; else empty."""


def shared_image(image: Image, share: Share, scope: Condition, links: ShareLinks) -> SharedImage:
    """The page; `scope` is the share's."""
    place = told_position(image, share.precision)
    gives = share.gives_originals and image.sha256 is not None
    is_whole = gives and gives_original(image, share.precision)
    return SharedImage(
        image=image,
        tile=shared_tile(tile(image, links), share.precision),
        ratio=ratio_of(image),
        facts=[fact for fact in _facts(image, share.precision, place) if fact.value],
        exif=exif_groups(_told_exif(image.exifs, share.precision)),
        previous_id=_id(neighbour(scope, image, backwards=True)),
        next_id=_id(neighbour(scope, image, backwards=False)),
        map_hash=_map_hash(place, share.precision),
        original_url=links.original(image) if is_whole else "",
        picture_url=links.picture(image, "1920") if gives and not is_whole and image.processed else "",
    )


def _id(image: Image | None) -> str | None:
    return None if image is None else image.id


def told_position(image: Image, precision: Precision) -> Position | None:
    """The believed position as the share tells it."""
    return None if image.believed_position is None else rounded(image.believed_position, precision)


def told_radius_m(image: Image, precision: Precision) -> float | None:
    """How far off it may be: that of the claim, and no less than the rounding's. None: nobody knows."""
    place = image.believed_position
    stated = [claim.accuracy_m for claim in image.claims if claim.position == place and claim.accuracy_m]
    if precision.is_rounded:
        coarse = [radius_m for radius_m in stated if radius_m > 10 * precision.radius_m]
        return max([precision.radius_m, *coarse])
    return stated[0] if stated else None


def gives_original(image: Image, precision: Precision) -> bool:
    """Whether the file can be given without telling more than the share does."""
    return precision is Precision.EXACT or has_bare_copy(Format(image.format), image.size_bytes)


def shared_tile(shown: Tile, precision: Precision) -> Tile:
    """A tile that does not say whether there is a place, where none is told."""
    return shown._replace(is_placed=False) if precision is Precision.NONE else shown


def _told_exif(exifs: Mapping[str, Any], precision: Precision) -> Mapping[str, Any]:
    if precision is Precision.EXACT:
        return exifs
    return {name: value for name, value in exifs.items() if name in HARMLESS}


def _facts(image: Image, precision: Precision, place: Position | None) -> list[Fact]:
    taken = image.taken_wall_time
    is_exact = precision is Precision.EXACT
    width, height = image.shown_size_px
    return [
        Fact(
            _("Taken"), words.instant(taken) if taken else "", words.zone(taken) if taken and is_exact else ""
        ),
        Fact(_("File"), image.filename, is_from_outside=True),
        Fact(_("Size"), f"{words.number(width)} × {words.number(height)}"),
        Fact(
            _("Place"),
            words.coordinates(*place, DIGITS.get(precision, 5)) if place else "",
            _note(image, precision),
        ),
    ]


def _note(image: Image, precision: Precision) -> str:
    radius_m = told_radius_m(image, precision)
    return _("within %(distance)s", distance=words.distance(radius_m)) if radius_m else ""


def _map_hash(place: Position | None, precision: Precision) -> str:
    if place is None:
        return ""
    zoom = {Precision.KM_1: 13, Precision.KM_10: 10}.get(precision, 16)
    return f"#map={zoom}/{place.latitude:.6f}/{place.longitude:.6f}"
