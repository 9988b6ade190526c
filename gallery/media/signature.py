"""Signatures of delivery URLs, as Cloudinary makes them, and of this app's own permanent links.

Source: Cloudinary, "Authenticated access to media assets", signature generation.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha1, sha256

SHORT_LENGTH = 8
LONG_LENGTH = 32


def sign(text: str, secret: str, length: int = SHORT_LENGTH) -> str:
    """The first `length` characters of base64url over SHA-1 (8) or SHA-256 (32) of text + secret.

    `text` is CHAIN/NAME.EXT as it stands in the URL, or NAME.EXT where the chain is empty.
    """
    algorithm = sha1 if length == SHORT_LENGTH else sha256
    digest = algorithm((text + secret).encode()).digest()
    return urlsafe_b64encode(digest[: length * 3 // 4]).decode()


def is_signed(text: str, signature: str, secrets: Iterable[str]) -> bool:
    """Whether the signature is that of the text under one of the secrets: 8 or 32 characters.

    Eight are SHA-1's, or SHA-256's where a client is set to that algorithm but not to the long form.
    """
    if len(signature) not in (SHORT_LENGTH, LONG_LENGTH):
        return False
    lengths = {len(signature), LONG_LENGTH}
    good = [sign(text, secret, length)[: len(signature)] for secret in secrets for length in lengths]
    return any(hmac.compare_digest(one.encode(), signature.encode()) for one in good)


def keyed_digest(text: str, key: bytes, length: int) -> str:
    """The first `length` lower-case hex digits of HMAC-SHA-256."""
    return hmac.digest(key, text.encode(), sha256).hex()[:length]


def is_keyed_digest(text: str, given: str, keys: Iterable[bytes], minimum: int) -> bool:
    """Whether `given` is a cut of the digest under one of the keys, `minimum` digits or longer."""
    if not minimum <= len(given) <= 64:
        return False
    good = [keyed_digest(text, key, len(given)) for key in keys]
    return any(hmac.compare_digest(one.encode(), given.encode()) for one in good)
