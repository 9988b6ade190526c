"""Content credentials (C2PA): who signed the file, and whether it is still what was signed.

Nothing is asked of any network: manifests that lie elsewhere are not fetched, and nobody is asked whether a
certificate was revoked. What a manifest says is a stranger's word, cut to a length.
"""

import json
import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from gallery.media.format import Format

MARK = b"jumdc2pa"
"""How the description of a manifest store begins, in every format (C2PA 2.1, section 11.1; ISO 19566-5)."""
MOST_ENTRIES, MOST_CHARACTERS = 50, 200
UNTRUSTED = "signingCredential.untrusted"
_GENERATED = ("trainedalgorithmicmedia", "compositewithtrainedalgorithmicmedia")
_SETTINGS: dict[str, Any] = {
    "verify": {"verify_trust": True, "remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"allowed_network_hosts": []},
}


class CredentialState(StrEnum):
    """What of a signature can be said."""

    VALID = "valid"
    """Unchanged since somebody signed it whom one of the anchors vouches for."""
    UNKNOWN_SIGNER = "unknown_signer"
    """Unchanged since somebody signed it, whoever that is."""
    INVALID = "invalid"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The summary of the newest manifest of a file."""

    state: CredentialState
    signer: str = ""
    """The name in the certificate."""
    issuer: str = ""
    generator: str = ""
    """The program that wrote the manifest."""
    signed_at: datetime | None = None
    """By a time stamp; None: there is none."""
    actions: tuple[str, ...] = ()
    """What was done to the picture, such as `c2pa.created`, in order."""
    ingredients: tuple[str, ...] = ()
    """Titles of the files that it was made from."""
    is_generated: bool = False
    """It says of itself that a model made it, or a part of it."""
    failures: tuple[str, ...] = ()
    """Codes of the C2PA specification of what does not hold, but for an unknown signer."""


def read_credentials(path: Path, format: Format, anchors: str = "") -> Credentials | None:
    """The credentials in the file; None: it has none. `anchors` are certificates (PEM) that are trusted."""
    if not _is_marked(path):
        return None
    import c2pa  # noqa: PLC0415  # takes a tenth of a second, and few files need it

    trusted = {"trust": {"trust_anchors": anchors}} if anchors else {}
    context = c2pa.Context(c2pa.Settings.from_dict(_SETTINGS | trusted))
    try:
        with path.open("rb") as file:
            reader = c2pa.Reader.try_create(format.content_type, file, None, context)
            return None if reader is None else summary(json.loads(reader.json()))
    except (c2pa.C2paError, ValueError, KeyError, TypeError, AttributeError):
        return Credentials(CredentialState.UNREADABLE)


def _is_marked(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(MARK) >= 0


def summary(report: Mapping[str, Any]) -> Credentials:
    """Of what the library reports. Raises KeyError, TypeError or AttributeError for an unknown shape."""
    manifest = report["manifests"][report["active_manifest"]]
    signature = manifest.get("signature_info") or {}
    actions = list(_actions(manifest))
    codes = [str(status["code"]) for status in report.get("validation_status") or ()]
    return Credentials(
        state=_state(str(report.get("validation_state"))),
        signer=_text(signature.get("common_name")),
        issuer=_text(signature.get("issuer")),
        generator=_generator(manifest),
        signed_at=_instant(signature.get("time")),
        actions=tuple(_text(action.get("action")) for action in actions[:MOST_ENTRIES]),
        ingredients=tuple(
            _text(each.get("title")) for each in (manifest.get("ingredients") or ())[:MOST_ENTRIES]
        ),
        is_generated=any(_kind(action) in _GENERATED for action in actions),
        failures=tuple(dict.fromkeys(_text(code) for code in codes if code != UNTRUSTED))[:MOST_ENTRIES],
    )


def _state(said: str) -> CredentialState:
    known = {"Trusted": CredentialState.VALID, "Valid": CredentialState.UNKNOWN_SIGNER}
    return known.get(said, CredentialState.INVALID)


def _actions(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for assertion in manifest.get("assertions") or ():
        if str(assertion.get("label")).startswith("c2pa.actions"):
            yield from assertion["data"]["actions"]


def _kind(action: Mapping[str, Any]) -> str:
    return str(action.get("digitalSourceType") or "").rpartition("/")[2].lower()


def _generator(manifest: Mapping[str, Any]) -> str:
    for info in manifest.get("claim_generator_info") or ():
        return _text(f"{info.get('name') or ''} {info.get('version') or ''}".strip())
    return _text(manifest.get("claim_generator"))


def _text(value: object) -> str:
    return value[:MOST_CHARACTERS] if isinstance(value, str) else ""


def _instant(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo and 1 < moment.year < 9999 else None
