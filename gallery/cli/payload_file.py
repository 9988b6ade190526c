"""The records of a sync payload that lies in a file."""

import json
from pathlib import Path
from typing import Any

from gallery import current
from gallery.cli.terminal import say
from gallery.db import begin_write, db
from gallery.errors import GalleryError
from gallery.payload import Loaded, load_payload
from gallery.record_copy import PayloadInvalid


def load_file(path: Path, as_json: bool) -> int:
    """Create or replace the records in the array's order, all or none; the exit status."""
    records = _records(path)
    begin_write()
    try:
        loaded = load_payload(records, current.settings())
    except GalleryError:
        db.session.rollback()
        raise
    db.session.commit()
    say(json.dumps(_as_json(loaded)) if as_json else _summary(loaded))
    return 1 if loaded.differing else 0


def _records(path: Path) -> list[Any]:
    try:
        records = json.loads(path.read_bytes(), parse_constant=_refuse_constant)
    except OSError as error:
        raise PayloadInvalid(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise PayloadInvalid(f"{path} is not JSON: {error}") from error
    if not isinstance(records, list):
        raise PayloadInvalid(f"{path} is not a JSON array of records.")
    return records


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _as_json(loaded: Loaded) -> dict[str, Any]:
    return {
        "created": loaded.created,
        "replaced": loaded.replaced,
        "unchanged": loaded.unchanged,
        "differing": [{"id": image_id, "keys": keys} for image_id, keys in loaded.differing],
    }


def _summary(loaded: Loaded) -> str:
    lines = [
        f"Created {loaded.created} records, replaced {loaded.replaced}, left {loaded.unchanged} as they were."
    ]
    lines += [f"  {image_id}: served differently: {', '.join(keys)}" for image_id, keys in loaded.differing]
    return "\n".join(lines)
