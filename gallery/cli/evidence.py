"""`flask evidence`: packs that prove to others what the gallery knows."""

import json
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import click
import sqlalchemy as sa
from flask.cli import with_appcontext
from werkzeug.datastructures import MultiDict

from gallery import current
from gallery.cli.database import prepared_with_originals
from gallery.cli.failure import failing_in_words
from gallery.cli.terminal import say, visible
from gallery.db import begin_write, db
from gallery.errors import GalleryError, NotFound
from gallery.evidence.key import public_key_in, public_keys
from gallery.evidence.manifest import MOST_IMAGES, EvidenceInvalid
from gallery.evidence.pack import Pack, pack
from gallery.evidence.verification import verify as verified
from gallery.models.album import find_album
from gallery.models.audit import acting, record_all
from gallery.models.deed import Deed
from gallery.models.image import Image
from gallery.models.scope import EVERYTHING, Condition, of_album
from gallery.present.filters.filter import Filter
from gallery.present.order import ORDER


class Unreadable(click.ClickException):
    """What was given is no pack, or no key."""

    exit_code = 2


@click.group()
def evidence() -> None:
    """Packs that prove to others what the gallery knows of images."""


@evidence.command("pack")
@click.option("--image", "image_ids", multiple=True, help="The id of an image; may be given often.")
@click.option("--album", "album_id", help="The id of an album: its images.")
@click.option("--filter", "query", default="", help="Of the album those that pass, as in a page's address.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
@prepared_with_originals
@failing_in_words
def pack_(image_ids: tuple[str, ...], album_id: str | None, query: str, output: Path) -> None:
    """Write a pack of these images."""
    begin_write()
    images = _chosen(image_ids, album_id, query)
    record_all(Deed.EVIDENCE_PACKED, images)
    db.session.commit()
    actor = acting()
    _write(pack(images, EVERYTHING, current.settings(), actor.name if actor else ""), output)
    click.echo(f"{len(images):,} image(s) are packed in {output}.")


@evidence.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--key", default="", help="The gallery's public key: hex, or a file with it in PEM.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def verify(path: Path, key: str, as_json: bool) -> None:
    """Check a pack, on any machine: no database is asked.

    The exit status is 0 when everything holds, 1 when something is wrong, which is named, and 2 when the file
    is no pack.
    """
    try:
        manifest, found = verified(path, _given(key) if key else "")
    except (GalleryError, OSError, ValueError) as error:
        raise Unreadable(visible(str(error))) from error
    if as_json:
        told = found._asdict() if found else None
        click.echo(json.dumps({"key": manifest.public_key, "made_at": manifest.made_at, "wrong": told}))
    elif found:
        say(found.sentence)
    else:
        click.echo(f"{len(manifest.files):,} files are as they were signed at {manifest.made_at}.")
        whose = "It is the key that you gave." if key else "Ask the gallery whether that is its key."
        click.echo(f"The key that signed them is {manifest.public_key}. {whose}")
    sys.exit(1 if found else 0)


@evidence.command()
@with_appcontext
def key() -> None:
    """Print the public keys (hex): the one that signs now, then those of retired secret keys."""
    for each in public_keys(current.settings()):
        click.echo(each)


def _chosen(image_ids: tuple[str, ...], album_id: str | None, query: str) -> list[Image]:
    if bool(image_ids) == bool(album_id):
        raise EvidenceInvalid("Say which images: with --image, or with --album.")
    wanted = Image.id.in_(image_ids) if image_ids else _of_album(album_id or "", query)
    rows = sa.select(Image).where(wanted, Image.trashed_at.is_(None)).order_by(*ORDER).limit(MOST_IMAGES + 1)
    images = list(db.session.scalars(rows))
    if gone := set(image_ids) - {image.id for image in images}:
        raise NotFound(f"There is no image {min(gone)[:80]!r}.")
    return images


def _of_album(album_id: str, query: str) -> Condition:
    album = find_album(album_id)
    if album is None:
        raise NotFound(f"There is no album {album_id[:80]!r}.")
    return Filter.from_query(MultiDict(parse_qsl(query))).where(of_album(album))


def _write(found: Pack, output: Path) -> None:
    """Beside its place and then moved, so that nothing half-written has the name."""
    part = output.with_name(f".{output.name}.part")
    try:
        with part.open("xb") as file:
            file.writelines(found.stream)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _given(key: str) -> str:
    path = Path(key)
    return public_key_in(path.read_text()[:10_000] if path.is_file() else key)
