"""An album's words, id and members are changed; an album without images is deleted."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.revision import Accepts, PreconditionFailed, any_revision
from gallery.editing.rewriting import rewrite
from gallery.errors import GalleryError, NotFound
from gallery.models import departure
from gallery.models.album import Album, create_album, free_id, note_gone
from gallery.models.audit import Deed, record
from gallery.models.image import Image, now
from gallery.models.lock import lock_album, lock_images_of
from gallery.models.text import digest, storable
from gallery.models.user import User
from gallery.present.album_record import album_record, album_revision


class AlbumNotEmpty(GalleryError):
    """An album with images, be it in the trash, is not deleted."""

    code = "album_not_empty"
    status = 409


def add_album(album_id: str, *, name: str = "", description: str = "", member: User | None = None) -> Album:
    """A new album in the transaction under way, and its first member. Raises as `create_album` does."""
    album = create_album(album_id, name=name, description=description)
    record(Deed.ALBUM_CREATED, album=album, name=album.name)
    if member is not None:
        add_member(album, member)
    return album


def add_member(album: Album, person: User) -> bool:
    """Make the person a member in the transaction under way. Whether they were none."""
    is_new = album.admit(person)
    if is_new:
        record(Deed.MEMBER_ADMITTED, album=album, person=person.name, person_number=person.number)
    return is_new


def edit_album(
    album: Album, values: Mapping[str, Any], settings: Settings, accepts: Accepts = any_revision
) -> Album:
    """Set those of id, name, description, `place` (a stored area, or None) and `needs_second` that are named.

    The caller commits; what is so already is none. A new id is written into the record of every image, and
    another place lets a worker find all flags again. Raises AlbumInvalid, AlbumExists, PreconditionFailed,
    and NotFound where the album was deleted meanwhile.
    """
    album = album_change_begun(album, settings, accepts)
    wanted = {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}
    if "name" in wanted:
        wanted["name"] = wanted["name"] or wanted.get("id") or album.id
    changed = {name: value for name, value in wanted.items() if getattr(album, name) != value}
    if not changed:
        return album
    if "id" in changed:
        free_id(changed["id"])
        album.id_digest = digest(changed["id"])
    said = {name: [getattr(album, name), value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(album, name, value)
    if "place" in changed:
        album.flagged_up_to = 0
    record(Deed.ALBUM_EDITED, album=album, changed=said)
    album.updated_at = now()
    db.session.flush()
    if "id" in changed:
        rewrite(lock_images_of(album), settings)
    return album


def set_cover(image: Image, settings: Settings) -> None:
    """Let the image stand for its album. The caller commits. Raises NotFound."""
    number, album = image.number, album_change_begun(image.album, settings)
    found = db.session.get(Image, number)
    if found is None or found.album_number != album.number or found.trashed_at is not None:
        raise NotFound("The image was moved or deleted a moment ago.")
    album.cover_number = number
    record(Deed.ALBUM_COVERED, image=found)


def set_archived(album: Album, settings: Settings, *, is_archived: bool) -> None:
    """Put the album away, or bring it back. The caller commits. Raises NotFound."""
    album = album_change_begun(album, settings)
    album.archived_at = now() if is_archived else None
    record(Deed.ALBUM_ARCHIVED if is_archived else Deed.ALBUM_UNARCHIVED, album=album)


def delete_album(album: Album, settings: Settings, accepts: Accepts = any_revision) -> None:
    """Delete an album without images. The caller commits.

    Raises AlbumNotEmpty, PreconditionFailed, and NotFound where somebody else has done so.
    """
    album = album_change_begun(album, settings, accepts)
    held = db.session.execute(
        sa.select(sa.func.count(), sa.func.count(Image.trashed_at)).where(Image.album_number == album.number)
    ).one()
    if held[0]:
        raise AlbumNotEmpty(_why_not(*held))
    record(Deed.ALBUM_DELETED, album=album, name=album.name)
    remove_row(album)


def remove_row(album: Album) -> None:
    """Delete the row of a locked album of no images, and keep telling which images were deleted from it."""
    departure.replace_deleted(album)
    note_gone(album.number)
    db.session.flush()
    db.session.execute(sa.delete(Album).where(Album.number == album.number))
    db.session.expunge(album)


def admit(album: Album, user: User) -> bool:
    """Make the person a member. The caller commits. Whether they were none. Raises NotFound."""
    album, user = _with_person(album, user)
    return add_member(album, user)


def dismiss(album: Album, user: User) -> None:
    """Let the person be a member no longer. The caller commits. Raises NotFound."""
    album, user = _with_person(album, user)
    if album.dismiss(user):
        record(Deed.MEMBER_DISMISSED, album=album, person=user.name, person_number=user.number)


def album_change_begun(album: Album, settings: Settings, accepts: Accepts = any_revision) -> Album:
    """The album, locked in a writing transaction of its own. Raises NotFound and PreconditionFailed."""
    number = album.number
    begin_write()
    found = lock_album(number)
    if found is None:
        raise NotFound("The album was deleted a moment ago.")
    if not accepts(album_revision(album_record(found, settings))):
        raise PreconditionFailed("This album has changed since you read it. Read it again, then decide.")
    return found


def _with_person(album: Album, user: User) -> tuple[Album, User]:
    album_number, user_number = album.number, user.number
    begin_write()
    found, person = lock_album(album_number), db.session.get(User, user_number)
    if found is None or person is None:
        raise NotFound("The album or the person was deleted a moment ago.")
    return found, person


def _why_not(count: int, trashed: int) -> str:
    if count == trashed:
        return f"The album has {count:,} images in the trash. Delete them for good first."
    return f"The album has {count - trashed:,} images. Delete or move them first."
