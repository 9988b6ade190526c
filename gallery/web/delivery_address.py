"""A delivery URL taken apart, and proved to be signed as it was written."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from gallery.errors import BadChain, BadSignature
from gallery.media.signature import is_signed

MAX_CHARACTERS = 2000
_ADDRESS = re.compile(
    r"s--(?P<signature>[\w-]{8}|[\w-]{32})--/(?P<chain>(?:[^/]*/)*?)(?:v(?P<version>\d{1,18})/)?"
    r"(?P<name>[^/.]+)\.(?P<extension>\w{1,10})",
    re.ASCII,
)
_MAX_ENDS = 20
_WRITERS: tuple[Callable[[str], str], ...] = (
    lambda name: quote(name, safe=""),
    lambda name: quote(name, safe="!'()*"),
    lambda name: quote(name, safe="/:").replace("~", "%7E"),
    lambda name: name.replace(",", "%2C").replace("/", "%2F"),
)
"""How a name comes to be encoded: by Python, by a browser's `encodeURIComponent`, by Cloudinary's SDK for
Python, and by that for JavaScript."""


@dataclass(frozen=True, slots=True)
class DeliveryAddress:
    """What is asked for, in the words that were signed."""

    chain: str
    """"" = none."""
    version: str | None
    name: str
    extension: str


def read_address(text: str, secrets: Sequence[str]) -> DeliveryAddress:
    """Read what stands behind `/image/authenticated/`, percent-decoded once, as every server hands it on.

    Raises BadChain for what is no delivery address, BadSignature for one that none of the secrets signed.
    """
    found = _ADDRESS.fullmatch(text) if len(text) <= MAX_CHARACTERS else None
    if found is None:
        raise BadChain("this is not a delivery address")
    name = f"{found['name']}.{found['extension']}"
    for chain in _as_written(found["chain"]):
        if is_signed(chain + name, found["signature"], secrets):
            return DeliveryAddress(chain[:-1], found["version"], found["name"], found["extension"])
    raise BadSignature("the signature does not fit the address")


def _as_written(chain: str) -> Iterator[str]:
    """The chain, and what it may have been before it was decoded: a name in it may be percent-encoded.

    A signature is made over the text as it was written. A comma or slash in the decoded text may belong to
    the name or end it; only the signature tells which.
    """
    yield chain
    before, flag, rest = chain.partition("fl_attachment:")
    if not flag:
        return
    for end in [found.start() for found in re.finditer(r"[,/]", rest)][:_MAX_ENDS]:
        written = {write(rest[:end]) for write in _WRITERS} - {rest[:end]}
        yield from (before + flag + name + rest[end:] for name in sorted(written))
