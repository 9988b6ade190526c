"""Database and originals belong together: an id stands in both, and nothing starts where they differ."""

import secrets
from pathlib import Path

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.errors import GalleryError
from gallery.media.store import Store
from gallery.media.store_marker import MARKER, read_marker, write_marker
from gallery.models.document import Site
from gallery.models.image import Image

_SAMPLE = 100
_WAYS_ON = (
    "Mount the disk of the originals or name their folder in GALLERY_STORAGE_URL; if you put them there "
    "yourself, `flask fsck --adopt-store` takes the folder over."
)


class StoreRefused(GalleryError):
    """The folder of originals is not the one that this database's images were kept in."""

    code = "store_refused"
    status = 500


def require_own_store(settings: Settings) -> None:
    """Raises StoreRefused unless the originals' folder bears this database's id.

    An installation without images marks its folder, and so does one from before there were markers whose
    folder holds its originals. Commits.
    """
    folder = settings.originals
    noted = _noted_id()
    if noted is not None and read_marker(folder) == noted:
        return
    begin_write()
    site = db.session.get_one(Site, 1, with_for_update=True)  # of two that start at once, one marks
    try:
        _mark(site, folder, _trusted_id(site, folder))
        db.session.commit()
    finally:
        db.session.rollback()


def is_own_store(settings: Settings) -> bool:
    """Whether the originals' folder bears the id that this database noted, if it has noted one yet."""
    noted = _noted_id()
    return noted is None or read_marker(settings.originals) == noted


def adopt_store(settings: Settings) -> None:
    """Take the folder over as it is, whatever its marker says; nobody else may use it from then on."""
    begin_write()
    site = db.session.get_one(Site, 1, with_for_update=True)
    _mark(site, settings.originals, site.store_id or secrets.token_hex(16))
    db.session.commit()


def _noted_id() -> str | None:
    noted = db.session.scalar(sa.select(Site.store_id))
    db.session.rollback()
    return noted


def _mark(site: Site, folder: Path, store_id: str) -> None:
    """The file first: an id that only the file has is taken over at the next start."""
    if read_marker(folder) != store_id:
        write_marker(folder, store_id)
    site.store_id = store_id


def _trusted_id(site: Site, folder: Path) -> str:
    """The id that database and folder may share from now on. Raises StoreRefused."""
    marked, sample = read_marker(folder), _some_originals()
    is_unmarked_but_ours = site.store_id is None and any(Store(folder).path_of(s).exists() for s in sample)
    if marked is None:
        if sample and not is_unmarked_but_ours:
            raise StoreRefused(
                f"GALLERY_STORAGE_URL: the folder {folder} lacks {MARKER}, the marker of this gallery's "
                f"originals. {_WAYS_ON}"
            )
        return site.store_id or secrets.token_hex(16)
    is_first_run = site.store_id is None and not sample and not _holds_originals(folder)
    if marked != site.store_id and not is_unmarked_but_ours and not is_first_run:
        raise StoreRefused(
            f"GALLERY_STORAGE_URL: the folder {folder} holds the originals of another installation: its "
            f"{MARKER} bears an id that this database does not know. {_WAYS_ON}"
        )
    return marked


def _some_originals() -> list[str]:
    """Digests of the oldest images that came with a file."""
    named = sa.select(Image.sha256).where(Image.sha256.is_not(None)).order_by(Image.number).limit(_SAMPLE)
    return [sha256 for sha256 in db.session.scalars(named) if sha256 is not None]


def _holds_originals(folder: Path) -> bool:
    return any(path.is_dir() and len(path.name) == 2 for path in folder.iterdir())
