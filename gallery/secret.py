"""The secrets that sign: one made on first run and kept, others given, several while they change."""

import contextlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from gallery.errors import SettingInvalid


def kept_secret(instance: Path) -> str:
    """The key made on first run; of two processes that start at once, one makes it and both read it."""
    path = instance / "secret_key"
    if not path.exists():
        mine = instance / f".secret_key-{secrets.token_hex(8)}"
        mine.touch(mode=0o600)
        mine.write_text(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(mine, path)
        mine.unlink()
    secret = path.read_text().strip()
    if not secret:
        raise SettingInvalid(f"SECRET_KEY: the file {path} is empty; delete it to have a new one made.")
    return secret


def secrets_in(name: str, value: str) -> list[str]:
    """The secrets of a setting, the one that signs first; none for "". Raises SettingInvalid."""
    found = [part.strip() for part in value.split(",")] if value else []
    if not all(found):
        raise SettingInvalid(f"GALLERY_{name} must be one secret or several joined by commas, none empty.")
    return found


@lru_cache(maxsize=64)
def derived(secret: str, purpose: str) -> bytes:
    """A key for one purpose (bytes, 32), so that no two uses share a secret."""
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")
