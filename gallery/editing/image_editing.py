"""An image's words, tags and view are changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gallery.config import Settings
from gallery.editing.revision import Accepts, any_revision, change_begun
from gallery.media.crop import Crop
from gallery.models import tag
from gallery.models.audit import Deed, record
from gallery.models.event import Event, announce
from gallery.models.image import Image, now
from gallery.models.image_key import ImageKey
from gallery.models.text import storable_json
from gallery.present.sync_document import write_documents

CROP = ("crop_x", "crop_y", "crop_w", "crop_h")


@dataclass(frozen=True, slots=True)
class Changes:
    """What shall be different."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """By name: title, description, rotation, metadatas, crop_x and so on. What is not named stays."""
    tags: Sequence[str] | None = None
    """These and no others, in this order; None: they stay."""


def edit(
    image: Image | ImageKey, changes: Changes, settings: Settings, accepts: Accepts = any_revision
) -> Image:
    """Make the changes in a transaction that the caller commits; what is so already is none.

    Raises CropInvalid, TagInvalid, PreconditionFailed, and NotFound where the image was deleted meanwhile.
    """
    image = change_begun(image, accepts)
    before = after = tag.names_on([image.number])[image.number]
    changed: dict[str, Any] = apply_values(image, changes.values)
    if changes.tags is not None:
        tag.replace_on(image, changes.tags)
        after = tag.names_on([image.number])[image.number]
    if before != after:
        changed["tags"] = [before, after]
    if not changed:
        return image
    record(Deed.IMAGE_EDITED, image=image, changed=changed)
    image.updated_at = now()
    write_documents([image], settings)
    announce(Event.UPDATED_IMAGE, [image])
    _announce_tags(image, before, after)
    return image


def apply_values(image: Image, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set them on the row alone: what that changed, each as [before, after]. Raises CropInvalid."""
    wanted = {name: storable_json(value) for name, value in values.items()}
    for name in ("title", "description"):
        if name in wanted:
            wanted[name] = wanted[name] or None
    if any(name in wanted for name in CROP):
        wanted |= dict(zip(CROP, _crop(image, wanted), strict=True))
    changed = {name: value for name, value in wanted.items() if not _is_same(getattr(image, name), value)}
    before = {name: getattr(image, name) for name in changed}
    for name, value in changed.items():
        setattr(image, name, value)
    return {name: [before[name], value] for name, value in changed.items()}


def _crop(image: Image, given: Mapping[str, Any]) -> Crop:
    """What is not given stays as it is, but a crop that loses width and height is none."""
    crop = Crop(*(given.get(name, getattr(image, name)) for name in CROP))
    is_none = crop.w == crop.h == 0 and not any(given.get(name) for name in CROP)
    crop = Crop(0.0, 0.0, 0.0, 0.0) if is_none else crop
    return crop.within(image.original_width_px, image.original_height_px)


def _is_same(old: object, new: object) -> bool:
    """As JSON: 1, 1.0 and true differ there, and so does the order of keys."""
    return json.dumps(old) == json.dumps(new)


def _announce_tags(image: Image, before: list[str], after: list[str]) -> None:
    for name in after:
        if name not in before:
            announce(Event.NEW_TAG_IMAGE, [image], tag_name=name)
    for name in before:
        if name not in after:
            announce(Event.DELETE_TAG_IMAGE, [image], tag_name=name)
