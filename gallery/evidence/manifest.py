"""The list of a pack's members, which is what is signed."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Self

import msgspec

from gallery.chain import Head, canonical
from gallery.errors import GalleryError

FORMAT = "evidence-pack/1"
MANIFEST, SIGNATURE, SUMS, PUBLIC_KEY = "manifest.json", "manifest.sig", "SHA256SUMS", "public_key.pem"
MOST_IMAGES = 1_000
"""Of one pack."""
MOST_BYTES = 16 * 1024**2
"""Of a manifest that is read."""


class EvidenceInvalid(GalleryError):
    """A file is no evidence pack, or none can be made of what was chosen."""

    code = "evidence_invalid"
    status = 422


class Member(msgspec.Struct, frozen=True):
    """One file of a pack."""

    name: str
    size_bytes: int
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """A file with this content."""
        return cls(name, len(content), sha256(content).hexdigest())


class ChainEnd(msgspec.Struct, frozen=True):
    """The newest entry of the audit chain when the pack was made."""

    number: int
    hash: str

    @property
    def head(self) -> Head:
        """As the chain knows it."""
        return Head(self.number, self.hash)


class Manifest(msgspec.Struct, frozen=True):
    """What a pack holds, by whom and when it was made."""

    format: str
    made_at: str
    made_by: str
    gallery: str
    """Its address."""
    image_count: int
    chain_head: ChainEnd
    public_key: str
    """Hex, of the key that signs this."""
    files: list[Member]

    @property
    def content(self) -> bytes:
        """The bytes that are signed."""
        return canonical(msgspec.to_builtins(self))


def manifest_in(content: bytes) -> Manifest:
    """The manifest. Raises EvidenceInvalid."""
    try:
        found = msgspec.json.decode(content, type=Manifest)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise EvidenceInvalid(f"{MANIFEST} cannot be read: {error}") from error
    if found.format != FORMAT:
        raise EvidenceInvalid(f"This pack is of the format {found.format[:40]!r}, and not {FORMAT!r}.")
    return found


def sums(members: Iterable[Member]) -> bytes:
    """The list as `sha256sum -c` reads it."""
    return "".join(f"{member.sha256}  {member.name}\n" for member in members).encode()


def json_file(values: list[dict[str, Any]]) -> bytes:
    """A member for people and programs: indented."""
    return msgspec.json.format(msgspec.json.encode(values), indent=2) + b"\n"
