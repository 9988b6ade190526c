"""What content credentials speak for or against an image, in one sentence."""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from gallery.media.credentials import Credentials, CredentialState


class Outcome(StrEnum):
    """Of one check."""

    PASS = "pass"  # noqa: S105  # no password
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


class Check(NamedTuple):
    """A check and its sentence."""

    outcome: Outcome
    sentence: str


_BYTES = {"assertion.dataHash.mismatch", "assertion.bmffHash.mismatch", "assertion.boxesHash.mismatch"}
"""The bytes of the file are not those that were signed; everything else about the signature holds."""


def credential_check(credentials: Credentials | None, *, has_exif_position: bool) -> Check:
    """The check. A phone that takes the place out of a file breaks its seal: that alone is no tampering."""
    if credentials is None:
        return Check(
            Outcome.UNKNOWN,
            "No content credentials are known, which says nothing against the image: few cameras write them.",
        )
    if credentials.state is CredentialState.UNREADABLE:
        return Check(Outcome.UNKNOWN, "The file carries content credentials that cannot be read.")
    if credentials.state is CredentialState.INVALID:
        return _broken(credentials.failures, has_exif_position)
    if credentials.is_generated:
        return Check(Outcome.FAIL, "The file says of itself that a model made the picture, or a part of it.")
    signer = credentials.signer or credentials.issuer or "somebody without a name"
    if credentials.state is CredentialState.VALID:
        return Check(Outcome.PASS, f"Unchanged since it was signed by {signer}, whom this gallery trusts.")
    return Check(
        Outcome.WARN,
        f"Unchanged since it was signed as {signer}; this gallery does not know the signer, and anyone can "
        "sign under any name.",
    )


def _broken(failures: Collection[str], has_exif_position: bool) -> Check:
    if not failures or not set(failures) <= _BYTES:
        return Check(Outcome.FAIL, "The signature of the content credentials does not hold.")
    if has_exif_position:
        return Check(Outcome.FAIL, "The file was changed after it was signed.")
    return Check(
        Outcome.WARN,
        "The file is not byte for byte what was signed, and its place is missing: phones take the place out "
        "of what they upload, which breaks the seal as an edit does. Neither can be told from the other.",
    )
