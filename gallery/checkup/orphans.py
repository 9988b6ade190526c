"""Files among the originals that no row names: repair sets originals aside, and removes what is temporary."""

import os
import re
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from gallery.checkup.finding import Checkup, Finding, Kind
from gallery.db import db
from gallery.media.store import Store
from gallery.models.image import Image
from gallery.models.lock import hold_uploads

BATCH = 500
LEFTOVER_AGE_S = 24 * 3600
LOST_AND_FOUND, INCOMING = "lost+found", "incoming"

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def orphaned_originals(checkup: Checkup) -> Iterator[Finding]:
    """What lies among the originals and is named by no image, whatever it is called."""
    store = Store(checkup.settings.originals)
    files = _files_below(store.folder)
    while batch := list(islice(files, BATCH)):
        named = _named_among(store, batch)
        for path in batch:
            if path not in named:
                yield from _orphan(store, path, repair=checkup.repair)
        checkup.advance(len(batch))


def leftovers(checkup: Checkup) -> Iterator[Finding]:
    """What was being received a day ago or longer, and never became an original."""
    folder = checkup.settings.originals / INCOMING
    for entry in os.scandir(folder) if folder.exists() else ():
        path = Path(entry)
        try:
            age_s = time.time() - entry.stat().st_mtime
            if age_s < LEFTOVER_AGE_S or not entry.is_file(follow_symlinks=False):
                continue
            if checkup.repair:
                path.unlink()
        except FileNotFoundError:  # received meanwhile
            continue
        yield Finding(
            Kind.LEFTOVER,
            f"{INCOMING}/{entry.name}",
            f"{path} was being received {age_s / 3600:,.0f} hours ago; nobody waits for it any more.",
            repaired=checkup.repair,
        )


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file of the store, folder by folder; neither the marker nor what is set aside or on its way."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        for entry in os.scandir(here) if here.exists() else ():
            if here == folder and (entry.name in (LOST_AND_FOUND, INCOMING) or entry.name.startswith(".")):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry))
            else:
                yield Path(entry)


def _named_among(store: Store, paths: list[Path]) -> set[Path]:
    digests = [path.name for path in paths if _DIGEST.fullmatch(path.name)]
    named = db.session.scalars(sa.select(Image.sha256).where(Image.sha256.in_(digests)).distinct()).all()
    db.session.rollback()
    return {store.path_of(sha256) for sha256 in named if sha256 is not None}


def _orphan(store: Store, path: Path, *, repair: bool) -> Iterator[Finding]:
    """Looked at again while no upload is between its file and its row, and set aside at the same moment."""
    hold_uploads()
    try:
        if path in _named_in_transaction(store, path) or not path.exists():
            return
        target = _set_aside(store, path) if repair else None
    finally:
        db.session.rollback()
    words = f"{path} is named by no image."
    if target is not None:
        words += f" It lies at {target} now."
    yield Finding(
        Kind.ORPHANED_ORIGINAL, str(path.relative_to(store.folder)), words, repaired=target is not None
    )


def _named_in_transaction(store: Store, path: Path) -> set[Path]:
    found = db.session.scalar(sa.select(Image.sha256).where(Image.sha256 == path.name).limit(1))
    return set() if found is None else {store.path_of(found)}


def _set_aside(store: Store, path: Path) -> Path:
    """Move it to `lost+found`, over nothing that lies there. Raises OSError."""
    folder = store.folder / LOST_AND_FOUND
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 0
    while target.exists():
        number += 1
        target = folder / f"{path.name}.{number}"
    return path.rename(target)
