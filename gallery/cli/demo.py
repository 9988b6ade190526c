"""`flask demo`: albums to look at on a first visit."""

import secrets
import sys

import click
from flask import current_app

from gallery import current
from gallery.cli.database import prepared_with_originals
from gallery.cli.failure import failing_in_words
from gallery.db import begin_write, db
from gallery.demo.photos import DemoPhoto, demo_albums, draw_photos, photo_count
from gallery.editing.album_editing import add_album
from gallery.ingest import Upload, keep_file
from gallery.jobs import queue_of
from gallery.location.geoip import AddressPlace
from gallery.location.position import Position
from gallery.models.album import Album, find_album
from gallery.models.user import Role, User, find_by_email
from gallery.present.links import slug

EMAIL = "demo@example.org"
"""Who looks at the demo. A crew brought each album: nobody reviews what they brought themselves."""


@click.command()
@prepared_with_originals
@failing_in_words
def demo() -> None:
    """Add the demo albums, drawn here, and somebody who may see them. Done once; again it adds nothing."""
    fill()
    click.echo("Sign in as {} with the password {}".format(*credentials()))


def fill() -> None:
    """Draw and add what is not there yet, with a progress bar on a terminal."""
    crews, albums = _people_and_albums()
    if _is_complete():
        return
    folder = current.settings().instance / "demo"
    with click.progressbar(
        draw_photos(folder), length=photo_count(), label="Drawing demo pictures", file=sys.stderr
    ) as photos:
        for photo in photos:
            _add(photo, albums[photo.album_id], crews[photo.album_id])
    (folder / "complete").touch()


def credentials() -> tuple[str, str]:
    """(e-mail, password) of the demo's person; the password is made on first use and kept in the instance."""
    path = current.settings().instance / "demo_password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return EMAIL, path.read_text().strip()


def _is_complete() -> bool:
    return (current.settings().instance / "demo" / "complete").exists()


def _people_and_albums() -> tuple[dict[str, User], dict[str, Album]]:
    """By album who brought it, and the albums by id."""
    begin_write()
    if find_by_email(EMAIL) is None:
        db.session.add(User.create(*credentials(), name="Demo", role=Role.ADMIN))
    crews, albums = {}, {}
    for planned in demo_albums():
        found = find_album(planned.id)
        albums[planned.id] = found or add_album(
            planned.id, name=planned.name, description=planned.description
        )
        crews[planned.id] = _crew(planned.name.rpartition(", ")[2])
    db.session.commit()
    return crews, albums


def _crew(town: str) -> User:
    """Those who work there."""
    email = f"crew-{slug(town)}@example.org"
    crew = find_by_email(email) or User.create(email, secrets.token_urlsafe(24), name=f"Crew in {town}")
    db.session.add(crew)
    return crew


def _add(photo: DemoPhoto, album: Album, user: User) -> None:
    location = None
    if photo.browser is not None:
        latitude, longitude, accuracy = photo.browser
        location = {"accuracy": accuracy, "latitude": latitude, "longitude": longitude}
    upload = Upload(
        filename=photo.path.name,
        album=album,
        uploader=user,
        tags=photo.tags,
        title=photo.title,
        description=photo.description,
        location=location,
        address_place=None if photo.ip is None else AddressPlace(Position(*photo.ip), None),
        uploaded_at=photo.uploaded_at,
    )
    kept = keep_file(photo.path, upload, current.settings())
    db.session.commit()
    for number in [image.number for image in kept.images]:
        queue_of(current_app).process_now(number)
