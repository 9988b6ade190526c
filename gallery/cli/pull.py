"""`flask pull`: load the records of a sync payload."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from gallery import current
from gallery.cli.database import prepared
from gallery.cli.failure import failing_in_words
from gallery.db import begin_write, db
from gallery.errors import GalleryError
from gallery.payload import Loaded, PayloadInvalid, load_payload


@click.command()
@click.option(
    "--file",
    "path",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="A sync payload: a JSON array.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@prepared
@failing_in_words
def pull(path: Path, as_json: bool) -> None:
    """Create or replace the records that a payload describes, in its order."""
    records = _records(path)
    begin_write()
    try:
        loaded = load_payload(records, current.settings())
    except GalleryError:
        db.session.rollback()
        raise
    db.session.commit()
    click.echo(json.dumps(_as_json(loaded)) if as_json else _summary(loaded))
    sys.exit(1 if loaded.differing else 0)


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
        "differing": [{"id": image_id, "keys": keys} for image_id, keys in loaded.differing],
    }


def _summary(loaded: Loaded) -> str:
    lines = [f"Created {loaded.created} records, replaced {loaded.replaced}."]
    lines += [f"  {image_id}: served differently: {', '.join(keys)}" for image_id, keys in loaded.differing]
    return "\n".join(lines)
