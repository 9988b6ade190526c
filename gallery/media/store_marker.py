"""The file that says whose originals a folder holds: an empty mount point has none."""

import os
import secrets
from pathlib import Path

MARKER = ".gallery-store"


def read_marker(folder: Path) -> str | None:
    """The id in the folder's marker; None: there is no marker, or no folder."""
    try:
        return (folder / MARKER).read_text().strip()
    except FileNotFoundError:
        return None


def write_marker(folder: Path, store_id: str) -> None:
    """Mark the folder, made if there is none; on return the marker survives a power cut."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{MARKER}.{secrets.token_hex(8)}"
    with part.open("x") as file:
        file.write(f"{store_id}\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / MARKER)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
