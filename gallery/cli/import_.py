"""`flask import`: files and folders into an album."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import OperationalError

from gallery import current
from gallery.cli.database import prepared_with_originals
from gallery.cli.failure import failing_in_words, known_user
from gallery.cli.terminal import say
from gallery.db import begin_write, db
from gallery.editing.album_editing import add_album, add_member
from gallery.errors import GalleryError
from gallery.ingest import Kept, Upload, keep_file
from gallery.jobs import Queue, queue_of
from gallery.models.album import Album, find_album
from gallery.models.image import Image, untrashed
from gallery.models.user import User


@dataclass(slots=True)
class Report:
    """What became of the files."""

    added: int = 0
    images: int = 0
    present: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    """(path, reason), in the order they were met."""
    failed: list[tuple[str, str]] = field(default_factory=list)
    """Likewise, of files that were kept, but could not be processed here and now."""

    def as_json(self) -> dict[str, Any]:
        """For a machine."""
        return {
            "added": self.added,
            "images": self.images,
            "already_there": self.present,
            "refused": [{"path": path, "reason": reason} for path, reason in self.refused],
            "failed": [{"path": path, "reason": reason} for path, reason in self.failed],
        }


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--album", "album_id", required=True, help="Id of the album; made if there is none.")
@click.option("--tag", "tags", multiple=True, help="Put this tag on every image; may be repeated.")
@click.option("--user", "email", help="Whose upload it is; becomes a member of the album.")
@click.option("--process", is_flag=True, help="Process here and now instead of leaving it to the worker.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@prepared_with_originals
@failing_in_words
def import_(
    paths: tuple[Path, ...],
    album_id: str,
    tags: tuple[str, ...],
    email: str | None,
    process: bool,
    as_json: bool,
) -> None:
    """Add the pictures in PATHS, files or whole folders. Run again, it adds nothing twice.

    The exit status is 0 only when no file was refused and, with --process,
    every picture could be read.
    """
    user = known_user(email) if email else None
    album = _album(album_id, user)
    files = list(_files(paths))
    report = Report()
    with click.progressbar(files, label="Importing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for path in bar:
            _import_file(path, album, user, tags, process, report)
    say(json.dumps(report.as_json(), ensure_ascii=False) if as_json else _summary(report))
    sys.exit(1 if report.refused or report.failed else 0)


def _album(album_id: str, user: User | None) -> Album:
    begin_write()
    album = find_album(album_id) or add_album(album_id)
    if user is not None:
        add_member(album, user)
    db.session.commit()
    return album


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Every file at or below the paths, in order of name; hidden ones below a folder are left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
            if found.is_file() and not hidden:
                yield found


def _import_file(
    path: Path, album: Album, user: User | None, tags: tuple[str, ...], process: bool, report: Report
) -> None:
    try:
        kept = keep_file(path, Upload(path.name, album, user, tags), current.settings())
        db.session.commit()
    except (GalleryError, OSError, OperationalError) as error:
        db.session.rollback()
        report.refused.append((click.format_filename(path), _reason(error)))
        return
    if kept.is_new:
        report.added += 1
        report.images += len(kept.images)
    else:
        report.present += 1
    for failure in _hand_over(kept, queue_of(current_app), process):
        report.failed.append((click.format_filename(path), failure))


def _hand_over(kept: Kept, queue: Queue, process: bool) -> Iterator[str]:
    """Why images could not be processed, as far as it is known yet."""
    for number in kept.numbers_to_process:
        if not process:
            queue.process(number)
            continue
        queue.process_now(number)
        failure = db.session.scalar(
            sa.select(Image.processing_error).where(Image.number == number, untrashed())
        )
        db.session.rollback()
        if failure:
            yield failure


def _reason(error: GalleryError | OSError | OperationalError) -> str:
    if isinstance(error, OperationalError):
        return f"The database did not take it: {error.orig}"
    return str(error) if isinstance(error, GalleryError) else (error.strerror or str(error))


def _summary(report: Report) -> str:
    lines = [f"Added {report.added} files ({report.images} images); {report.present} were already there."]
    for what, files in (("Refused", report.refused), ("Kept but not processed", report.failed)):
        if files:
            lines.append(f"{what} {len(files)}:")
            lines += [f"  {path}: {reason}" for path, reason in files]
    return "\n".join(lines)
