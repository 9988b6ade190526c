"""Every link to a picture that the program makes."""

import re
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from gallery.config import Settings
from gallery.media.signature import keyed_digest, sign
from gallery.models.image import Image
from gallery.present.shown_image import PinImage, ShownImage

AUTO = "fl_attachment/dpr_auto,q_auto,f_auto"
FULL = "c_fit,h_1920,w_1920"
BLANK = "/assets/blank.jpg#"
THUMBNAIL_TYPES = ("mini", "thumbnail", "full", "original")
THUMBNAIL_DIGITS = 11
PROXY_DIGITS = 7
_STEPS_OF_TYPE = {
    "mini": ("c_fill,h_100,w_100", AUTO),
    "thumbnail": ("c_fill,h_200,w_200", AUTO),
    "full": (AUTO,),
    "original": (),
}
"""After crop, size and turn; none: the original is neither."""
Shown = Image | ShownImage
Linked = Shown | PinImage


class PictureLinks(Hashable, Protocol):
    """Makes the links of pictures on a page: those of everybody's, or those of a share."""

    def shown(self, image: Linked, step: str) -> str:
        """The image as it is shown, then `step`."""

    def shown_as(self, image: Linked, steps: tuple[str, ...]) -> tuple[str, ...]:
        """The same for several steps."""

    def of_type(self, image: Linked, thumbnail_type: str) -> str:
        """The picture of a thumbnail type."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes the links of images under one installation's settings."""

    settings: Settings

    def __hash__(self) -> int:
        """Quick, for what is kept by its links: a process has one of them."""
        return hash(self.settings.delivery_url)

    def delivery(self, image: Linked, chain: str) -> str:
        """A signed delivery URL of the image through a chain of transformations ("" = the original)."""
        name = f"{image.delivery_name}.{image.delivery_extension}"
        signature = sign(f"{chain}/{name}" if chain else name, self.settings.delivery_secret)
        path = f"{chain}/v{image.delivery_version}/{name}" if chain else f"v{image.delivery_version}/{name}"
        return f"{self.settings.delivery_url}/image/authenticated/s--{signature}--/{path}"

    def original(self, image: Image) -> str:
        """The untouched upload, as a download."""
        return self.delivery(image, "fl_attachment")

    def of_type(self, image: Linked, thumbnail_type: str) -> str:
        """The present delivery URL behind a permanent thumbnail link; `thumbnail_type` of THUMBNAIL_TYPES."""
        return self.delivery(image, self.chain_of_type(image, thumbnail_type))

    def chain_of_type(self, image: Linked, thumbnail_type: str) -> str:
        """The chain of that URL."""
        return _of_type(_crop(image), _turn(image), thumbnail_type)

    def shown(self, image: Linked, step: str) -> str:
        """A delivery URL of the image as it is shown (cropped, turned), then `step` such as `c_fit,w_640`."""
        return self.delivery(image, self.shown_chain(image, step))

    def shown_chain(self, image: Linked, step: str) -> str:
        """The chain of that URL."""
        return _chain(_crop(image), _turn(image), step)

    def shown_as(self, image: Linked, steps: tuple[str, ...]) -> tuple[str, ...]:
        """The same for several steps; a page has hundreds of them."""
        before, name = _chain(_crop(image), _turn(image)), f"{image.delivery_name}.{image.delivery_extension}"
        chains = tuple(_chain(before, step) for step in steps) if before else steps
        settings = self.settings
        return _signed(settings.delivery_url, settings.delivery_secret, chains, image.delivery_version, name)

    def thumbnails(self, image: Image) -> dict[str, str]:
        """The five links for the gallery's own pages, in the contract's order."""
        links = {
            "original": self.of_type(image, "original"),
            "full_no_sharinpix": self.delivery(image, f"{FULL}/{AUTO}"),
            "full": self.of_type(image, "full"),
            "large": self.of_type(image, "thumbnail"),
            "mini": self.of_type(image, "mini"),
        }
        return {key: self.placeheld(image, link) for key, link in links.items()}

    def external(self, image: Image) -> dict[str, str]:
        """The five links for third parties, in the contract's order."""
        return {
            "fill100": self.placeheld(image, self.shown(image, "c_fit,w_300")),
            "fit2000": self.placeheld(image, self.shown(image, "c_fit,h_2000,w_2000")),
            "mini": self.proxy(image, "mini"),
            "large": self.proxy(image, "thumbnail"),
            "full": self.proxy(image, "full"),
        }

    def placeheld(self, image: Image, link: str) -> str:
        """The link, or while the image is not processed the blank picture with the link behind it."""
        return link if image.processed else BLANK + link

    def thumbnail_path(self, image_id: str, thumbnail_type: str) -> str:
        """Path of the permanent link that leads to whatever the delivery URL is at the time."""
        text = f"{image_id}/{thumbnail_type}"
        digits = keyed_digest(text, self.settings.derived_key("thumbnail"), THUMBNAIL_DIGITS)
        return f"/images/{image_id}/thumbnails/{thumbnail_type}-{digits}.jpg"

    def proxy(self, image: Image, thumbnail_type: str) -> str:
        """The permanent link under a readable name, for third parties."""
        url = self.settings.app_host + self.thumbnail_path(image.id, thumbnail_type)
        digits = keyed_digest(url, self.settings.derived_key("proxy"), PROXY_DIGITS)
        return f"{self.settings.proxy_url}/{slug(image.filename)}.{image.format}?s={digits}&url={url}"


@lru_cache(maxsize=20_000)
def _signed(url: str, secret: str, chains: tuple[str, ...], version: int, name: str) -> tuple[str, ...]:
    """A delivery URL for each chain; pages that are looked at again find theirs made."""
    return tuple(
        f"{url}/image/authenticated/s--{sign(f'{chain}/{name}', secret)}--/{chain}/v{version}/{name}"
        for chain in chains
    )


def slug(filename: str) -> str:
    """The file's name in lower-case ASCII letters, digits and dashes; `image` where nothing is left."""
    plain = unicodedata.normalize("NFKD", filename[:200]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100] or "image"


@lru_cache(maxsize=1_000)
def _of_type(crop: str, turn: str, thumbnail_type: str) -> str:
    steps = _STEPS_OF_TYPE[thumbnail_type]
    return _chain(crop, FULL, turn, *steps) if steps else AUTO


def _chain(*steps: str) -> str:
    return "/".join(step for step in steps if step)


def _crop(image: Linked) -> str:
    if not image.is_cropped:
        return ""
    x, y, w, h = (round(n) for n in (image.crop_x, image.crop_y, image.crop_w, image.crop_h))
    return f"c_crop,h_{h},w_{w},x_{x},y_{y}"


def _turn(image: Linked) -> str:
    return f"a_{image.rotation}" if image.rotation else ""
