"""Files with content credentials, signed on the spot by a certificate of the tests' own."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from PIL import Image

DAY = timedelta(days=1)
CAPTURE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
GPS = (59).to_bytes(4, "big") + (1).to_bytes(4, "big")
"""How the degrees of latitude stand in the file: 59/1."""


class Signer(NamedTuple):
    """PEM texts."""

    chain: bytes
    key: bytes
    root: bytes


@cache
def signer(ocsp_url: str = "http://127.0.0.1:9/") -> Signer:
    """Somebody's, vouched for by a root that nobody knows."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certificate("Test root", "Test root", root_key.public_key(), is_root=True).sign(
        root_key, hashes.SHA256()
    )
    ocsp = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(ocsp_url)
    )
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    own = (
        _certificate("Field camera 7", "Test root", key.public_key(), is_root=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityInformationAccess([ocsp]), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key_pem = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Signer(own.public_bytes(pem) + root.public_bytes(pem), key_pem, root.public_bytes(pem))


def _certificate(
    name: str, issuer: str, key: ec.EllipticCurvePublicKey, *, is_root: bool
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + 90 * DAY)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(_usage(is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _named(name: str) -> x509.Name:
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tests")
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), organisation])


def _usage(is_root: bool) -> x509.KeyUsage:
    names = (
        "content_commitment key_encipherment data_encipherment key_agreement crl_sign encipher_only "
        "decipher_only"
    )
    return x509.KeyUsage(
        **dict.fromkeys(names.split(), False), digital_signature=not is_root, key_cert_sign=is_root
    )


def picture(kind: str = "JPEG") -> bytes:
    """With a position in its EXIF, and enough pixels to change some."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 18.0, 30.0), 3: "E", 4: (18.0, 4.0, 30.0)})
    file = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, kind, exif=exif.tobytes())
    return file.getvalue()


def signed(
    content: bytes, media: str = "image/jpeg", by: Signer | None = None, source: str = CAPTURE
) -> bytes:
    """The file with a manifest in it."""
    by = by or signer()
    action: dict[str, Any] = {"action": "c2pa.created", "digitalSourceType": source}
    manifest = {
        "claim_generator_info": [{"name": "Fieldphone", "version": "7"}],
        "title": "Test",
        "assertions": [{"label": "c2pa.actions", "data": {"actions": [action]}}],
    }
    info = c2pa.C2paSignerInfo(b"es256", by.chain, by.key, None)
    file = BytesIO()
    c2pa.Builder(manifest).sign(c2pa.Signer.from_info(info), media, BytesIO(content), file)
    return file.getvalue()


def without_place(content: bytes) -> bytes:
    """As a phone hands it over: the numbers of the place are zero, and all else is as it was."""
    start = content.index(GPS)
    return content[:start] + bytes(24) + content[start + 24 :]


def with_other_pixels(content: bytes) -> bytes:
    """One bit of the picture is another."""
    place = len(content) - 40
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
