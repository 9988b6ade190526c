"""What the page of an image says about its content credentials."""

from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gallery.media.credentials import Credentials
from gallery.models.claim import Source
from gallery.models.content_credentials import credentials_of
from gallery.models.image import Image
from gallery.present import words
from gallery.present.credential_check import Check, credential_check


class Line(NamedTuple):
    """A name and what the manifest says, in a stranger's words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class CredentialsShown:
    """The check, and what it was made of."""

    check: Check
    lines: list[Line]


def check_of(image: Image) -> Check:
    """The check alone, as it stands among the others of a review."""
    return _check(image, credentials_of(image.number))


def credentials_shown(image: Image, zone: ZoneInfo) -> CredentialsShown:
    """All of it."""
    found = credentials_of(image.number)
    lines = [] if found is None else [line for line in _lines(found, zone) if line.value]
    return CredentialsShown(_check(image, found), lines)


def _check(image: Image, found: Credentials | None) -> Check:
    has_exif_position = any(claim.source is Source.EXIF for claim in image.claims)
    return credential_check(found, has_exif_position=has_exif_position)


def _lines(found: Credentials, zone: ZoneInfo) -> list[Line]:
    signed_at = found.signed_at and found.signed_at.astimezone(zone)
    return [
        Line("Signed as", found.signer),
        Line("Certificate of", found.issuer),
        Line("Signed at", f"{words.instant(signed_at)} {words.zone(signed_at)}" if signed_at else ""),
        Line("Written by", found.generator),
        Line("Steps", ", ".join(filter(None, found.actions))),
        Line("Made from", ", ".join(filter(None, found.ingredients))),
        Line("Does not hold", ", ".join(found.failures)),
    ]
