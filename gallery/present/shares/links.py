"""The addresses of a share: its token, and its pictures, which end with it."""

import hashlib
import re
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer

from gallery.config import Settings
from gallery.models.image import Image
from gallery.models.share import Share
from gallery.present.links import Linked
from gallery.present.tile import STEPS, WIDTHS_PX

SIZES = {
    "mini": "c_fill,h_100,w_100",
    **{str(width): step for width, step in zip(WIDTHS_PX, STEPS, strict=False)},
    "1920": "c_fit,h_1920,w_1920",
}
"""By name in an address, the last step of the chain that makes the picture."""
_NAMES = {step: name for name, step in SIZES.items()}
_TOKEN = re.compile(r"[\w-]{22}\.[\w-]{43}", re.ASCII)


def token_of(share: Share, settings: Settings) -> str:
    """What stands in the link: the share's id and a signature of 256 bits, made each time it is shown."""
    return _signer(settings).sign(share.id).decode()


def id_in(token: str, settings: Settings) -> str | None:
    """The share's id of a token that this gallery signed; None: it did not."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        return _signer(settings).unsign(token).decode()
    except BadSignature:
        return None


@dataclass(frozen=True, slots=True)
class ShareLinks:
    """Makes the links of pictures inside one share."""

    base: str
    """The share's own path."""

    def shown(self, image: Linked, step: str) -> str:
        """The picture as it is shown, through a step of SIZES."""
        return self.picture(image, _NAMES[step])

    def shown_as(self, image: Linked, steps: tuple[str, ...]) -> tuple[str, ...]:
        """The same for several steps."""
        return tuple(self.shown(image, step) for step in steps)

    def of_type(self, image: Linked, thumbnail_type: str) -> str:
        """The small square; shares have no other type."""
        if thumbnail_type != "mini":
            raise ValueError(f"a share has no {thumbnail_type} picture")
        return self.picture(image, "mini")

    def picture(self, image: Linked, size: str) -> str:
        """The picture in a size of SIZES."""
        return f"{self.base}/pictures/{image.id}/{size}.jpg"

    def original(self, image: Image) -> str:
        """The file, or its copy without a place."""
        return f"{self.base}/originals/{image.id}"

    def page(self, image_id: str) -> str:
        """The page of one image."""
        return f"{self.base}/images/{image_id}"


def _signer(settings: Settings) -> Signer:
    return Signer(settings.signing_keys("share"), salt="share", digest_method=hashlib.sha256)
