"""The key that signs evidence packs: worked out from the secret key, so that every worker has the same."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from gallery.config import Settings

_PURPOSE = "evidence pack"


def signing_key(settings: Settings) -> Ed25519PrivateKey:
    """The one that signs now."""
    return Ed25519PrivateKey.from_private_bytes(settings.derived_key(_PURPOSE))


def public_keys(settings: Settings) -> list[str]:
    """In hex, the one that signs now first, then those of retired secret keys."""
    return [
        hex_of(Ed25519PrivateKey.from_private_bytes(seed).public_key())
        for seed in settings.derived_keys(_PURPOSE)
    ]


def hex_of(key: Ed25519PublicKey) -> str:
    """The 32 bytes of the public key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def pem_of(key: Ed25519PublicKey) -> bytes:
    """The public key as `openssl` reads it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_key_in(text: str) -> str:
    """The hex of a public key that is given in hex or as PEM. Raises ValueError."""
    if "BEGIN" in text:
        key = load_pem_public_key(text.encode())
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError("The key is none of Ed25519.")
        return hex_of(key)
    if len(bytes.fromhex(text.strip())) != 32:
        raise ValueError("A public key has 64 hexadecimal digits.")
    return text.strip().lower()


def is_signed(content: bytes, signature: bytes, key: str) -> bool:
    """Whether the holder of the key (hex) signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, content)
    except InvalidSignature:
        return False
    return True
