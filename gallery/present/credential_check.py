"""What content credentials speak for or against an image, in one sentence."""

from collections.abc import Collection

from gallery.language import gettext as _
from gallery.language import later
from gallery.media.credentials import Credentials, CredentialState
from gallery.models.claim import Source
from gallery.models.content_credentials import credentials_of
from gallery.models.image import Image
from gallery.present.reviews.checks import Check, Level

_BYTES = {"assertion.dataHash.mismatch", "assertion.bmffHash.mismatch", "assertion.boxesHash.mismatch"}
"""The bytes of the file are not those that were signed; everything else about the signature holds."""


def check_of_credentials(image: Image) -> Check:
    """The check of one image, as it stands among the others."""
    return credential_check(credentials_of(image.number), has_place=has_exif_position(image))


def has_exif_position(image: Image) -> bool:
    """Whether the place is still in the file."""
    return any(claim.source is Source.EXIF for claim in image.claims)


def credential_check(credentials: Credentials | None, *, has_place: bool) -> Check:
    """A phone that takes the place out of a file breaks its seal: that alone is no tampering.

    `has_place`: the EXIF still names one.
    """
    if credentials is None:
        return _check(
            Level.UNKNOWN,
            _(
                "No content credentials are known, which says nothing against the image: few cameras write "
                "them."
            ),
        )
    if credentials.state is CredentialState.UNREADABLE:
        return _check(Level.UNKNOWN, _("The file carries content credentials that cannot be read."))
    if credentials.state is CredentialState.INVALID:
        return _broken(credentials.failures, has_place)
    if credentials.is_generated:
        return _check(
            Level.FAIL, _("The file says of itself that a model made the picture, or a part of it.")
        )
    signer = credentials.signer or credentials.issuer or _("somebody without a name")
    if credentials.state is CredentialState.VALID:
        return _check(
            Level.PASS,
            _("Unchanged since it was signed by %(signer)s, whom this gallery trusts.", signer=signer),
        )
    return _check(
        Level.WARN,
        _(
            "Unchanged since it was signed as %(signer)s; this gallery does not know the signer, and anyone "
            "can sign under any name.",
            signer=signer,
        ),
    )


def _broken(failures: Collection[str], has_place: bool) -> Check:
    if not failures or not set(failures) <= _BYTES:
        return _check(Level.FAIL, _("The signature of the content credentials does not hold."))
    if has_place:
        return _check(Level.FAIL, _("The file was changed after it was signed."))
    return _check(
        Level.WARN,
        _(
            "The file is not byte for byte what was signed, and its place is missing: phones take the place "
            "out of what they upload, which breaks the seal as an edit does. Neither can be told from the "
            "other."
        ),
    )


def _check(level: Level, sentence: str) -> Check:
    return Check(later("Credentials"), level, [sentence])
