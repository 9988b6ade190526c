"""JSON Web Tokens (RFC 7519) of one kind: compact, signed with HS256 (RFC 7515; RFC 7518, section 3.2).

Written here, because libraries for them load public-key cryptography, 8 MB in every process that HS256 does
without.
"""

import hmac
import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple, Self


class TokenMalformed(ValueError):
    """This is no such token."""


class WebToken(NamedTuple):
    """What somebody sent: nothing in it is to be believed, nor read, before its signature is found good."""

    header: str
    payload: str
    signature: bytes

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises TokenMalformed."""
        if not text.isascii() or text.count(".") != 2:
            raise TokenMalformed
        header, payload, signature = text.split(".")
        return cls(header, payload, _decoded(signature))

    def is_signed(self, key: bytes) -> bool:
        """Whether the holder of the key made it."""
        message = f"{self.header}.{self.payload}".encode()
        return hmac.compare_digest(_digest(key, message), self.signature)

    def claims(self) -> dict[str, Any]:
        """What it says. Raises TokenMalformed."""
        if _object(self.header).get("alg") != _HEADER["alg"]:
            raise TokenMalformed
        return _object(self.payload)


def written(claims: Mapping[str, Any], key: bytes) -> str:
    """A token that says so."""
    message = f"{_encoded(_json(_HEADER))}.{_encoded(_json(claims))}"
    return f"{message}.{_encoded(_digest(key, message.encode()))}"


_HEADER = {"typ": "JWT", "alg": "HS256"}


def _digest(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(_decoded(text))
    except (ValueError, RecursionError):
        raise TokenMalformed from None
    if not isinstance(value, dict):
        raise TokenMalformed
    return value


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except ValueError:
        raise TokenMalformed from None
