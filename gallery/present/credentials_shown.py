"""What the page of an image says about its content credentials."""

from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gallery.language import gettext as _
from gallery.media.credentials import Credentials
from gallery.models.content_credentials import credentials_of
from gallery.models.image import Image
from gallery.present import words
from gallery.present.credential_check import credential_check, has_exif_position
from gallery.present.reviews.checks import Check


class Line(NamedTuple):
    """A name and what the manifest says, in a stranger's words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class CredentialsShown:
    """The check, and what it was made of."""

    check: Check
    lines: list[Line]


def credentials_shown(image: Image, zone: ZoneInfo) -> CredentialsShown:
    """All of it."""
    found = credentials_of(image.number)
    lines = [] if found is None else [line for line in _lines(found, zone) if line.value]
    check = credential_check(found, has_place=has_exif_position(image))
    return CredentialsShown(check, lines)


def _lines(found: Credentials, zone: ZoneInfo) -> list[Line]:
    signed_at = found.signed_at and found.signed_at.astimezone(zone)
    return [
        Line(_("Signed as"), found.signer),
        Line(_("Certificate of"), found.issuer),
        Line(_("Signed at"), f"{words.instant(signed_at)} {words.zone(signed_at)}" if signed_at else ""),
        Line(_("Written by"), found.generator),
        Line(_("Steps"), ", ".join(filter(None, found.actions))),
        Line(_("Made from"), ", ".join(filter(None, found.ingredients))),
        Line(_("Does not hold"), ", ".join(found.failures)),
    ]
