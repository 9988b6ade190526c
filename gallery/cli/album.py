"""`flask album`: albums and who may see them."""

import click

from gallery.cli.database import prepared
from gallery.cli.failure import failing_in_words, known_user
from gallery.db import begin_write, db
from gallery.editing.album_editing import add_album
from gallery.editing.album_editing import admit as admit_person
from gallery.editing.album_editing import dismiss as dismiss_person
from gallery.models.album import Album, AlbumInvalid, find_album


@click.group()
def album() -> None:
    """Albums and who may see them."""


@album.command()
@click.argument("album_id")
@click.option("--name", default="", help="Shown instead of the id.")
@click.option("--description", default="")
@prepared
@failing_in_words
def add(album_id: str, name: str, description: str) -> None:
    """Add an empty album with the id ALBUM_ID."""
    begin_write()
    add_album(album_id, name=name, description=description)
    db.session.commit()
    click.echo(f"Added the album {album_id}.")


@album.command()
@click.argument("album_id")
@click.argument("email")
@prepared
@failing_in_words
def admit(album_id: str, email: str) -> None:
    """Let the person with EMAIL see the album and add to it."""
    admit_person(_known(album_id), known_user(email))
    db.session.commit()
    click.echo(f"{email} is a member of {album_id}.")


@album.command()
@click.argument("album_id")
@click.argument("email")
@prepared
@failing_in_words
def dismiss(album_id: str, email: str) -> None:
    """Hide the album from the person with EMAIL again."""
    dismiss_person(_known(album_id), known_user(email))
    db.session.commit()
    click.echo(f"{email} is no member of {album_id}.")


def _known(album_id: str) -> Album:
    found = find_album(album_id)
    if found is None:
        raise AlbumInvalid(f"There is no album {album_id}.")
    return found
