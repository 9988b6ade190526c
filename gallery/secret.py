"""The secrets that sign: one made on first run and kept, others given, several while they change."""

import contextlib
import os
import secrets
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


def secrets_in(value: str) -> list[str]:
    """The delivery secrets, the one that signs first; none for "". Raises SettingInvalid."""
    found = [part.strip() for part in value.split(",")] if value else []
    if not all(found):
        raise SettingInvalid(
            "GALLERY_DELIVERY_SECRET must be one secret or several joined by commas, none empty."
        )
    return found
