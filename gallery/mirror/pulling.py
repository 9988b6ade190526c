"""How the records of another server become and stay ours."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.trash import discard_mirrored
from gallery.mirror.record_stream import records_in
from gallery.mirror.remote import CursorGone, Page, Remote
from gallery.mirror.report import Report
from gallery.models.image import UNPLACED, Image
from gallery.models.lock import lock_known
from gallery.models.mirrored import mirrored, strangers
from gallery.models.origin import Origin, find_or_add
from gallery.payload import is_sorted_by_age, load_payload
from gallery.record_copy import PayloadInvalid
from gallery.record_shape import RecordInvalid, check_record

BATCH = 200
Progress = Callable[[int], None]
"""Told how many more records are done."""


def pull(remote: Remote, settings: Settings, report: Report, progress: Progress, wait_s: int = 0) -> None:
    """Bring the mirror of a server up to date. Commits page by page, and goes on where it was cut short.

    Waits as long for a change if there is none. Raises RemoteFailed.
    """
    origin = _origin(remote)
    page = _page(remote, origin, wait_s)
    if page is None:
        _pull_whole(remote, origin, settings, report, progress)
    else:
        _follow(remote, origin, page, settings, report, progress)
    begin_write()
    origin.pulled_at = datetime.now(UTC)
    db.session.commit()


def _origin(remote: Remote) -> Origin:
    begin_write()
    origin = find_or_add(remote.url)
    db.session.commit()
    return origin


def _page(remote: Remote, origin: Origin, wait_s: int = 0) -> Page | None:
    """The next changes; from the beginning where the other server has forgotten ours."""
    cursor = origin.cursor
    db.session.rollback()  # whoever waits for the other server must not hold a transaction
    try:
        return remote.changes(cursor, wait_s)
    except CursorGone:
        begin_write()
        origin.cursor, origin.must_sweep = "", True
        db.session.commit()
        return remote.changes("")


def _follow(
    remote: Remote, origin: Origin, page: Page | None, settings: Settings, report: Report, progress: Progress
) -> None:
    while page is not None:
        begin_write()
        _lock(page.upserted, page.deleted)
        places = [page.positions.get(_id(record), UNPLACED) for record in page.upserted]
        _load(page.upserted, places, origin, settings, report)
        _discard(page.deleted, origin, settings, report)
        origin.cursor = page.cursor
        db.session.commit()
        progress(len(page.upserted) + len(page.deleted))
        page = _page(remote, origin) if page.has_more else None
    if origin.must_sweep:
        _sweep(remote, origin, settings, report)


def _sweep(remote: Remote, origin: Origin, settings: Settings, report: Report) -> None:
    """Ask of each of its images whether it is still there."""
    last = 0
    while images := db.session.scalars(mirrored(origin, last, BATCH)).all():
        last, ids = images[-1].number, [image.id for image in images]
        db.session.rollback()
        present = {_id(record) for record in remote.records(ids)}
        begin_write()
        _discard([image_id for image_id in ids if image_id not in present], origin, settings, report)
        db.session.commit()
    begin_write()
    origin.must_sweep = False
    db.session.commit()


def _pull_whole(
    remote: Remote, origin: Origin, settings: Settings, report: Report, progress: Progress
) -> None:
    """From a server without a feed: all records, and what is not among them is gone."""
    db.session.rollback()
    with TemporaryFile(dir=settings.instance) as file:
        remote.whole_list(file)
        is_sorted = is_sorted_by_age(_records(file))
        seen: set[str] = set()
        stream = enumerate(_records(file), start=1)
        while chunk := list(islice(stream, BATCH)):
            records = [record for _, record in chunk]
            begin_write()
            _lock(records)
            places = [UNPLACED if is_sorted else place for place, _ in chunk]
            _load(records, places, origin, settings, report)
            db.session.commit()
            seen.update(map(_id, records))
            progress(len(records))
    gone = [image_id for image_id in _ids_of(origin) if image_id not in seen]
    for start in range(0, len(gone), BATCH):
        begin_write()
        _discard(gone[start : start + BATCH], origin, settings, report)
        db.session.commit()


def _records(file: BinaryIO) -> Iterator[Any]:
    file.seek(0)
    return records_in(file)


def _ids_of(origin: Origin) -> Sequence[str]:
    return db.session.scalars(sa.select(Image.id).where(Image.origin_number == origin.number)).all()


def _lock(records: Sequence[Any], gone: Sequence[str] = ()) -> None:
    """Albums and images before anything is changed."""
    named = [record.get("album_id") for record in records if isinstance(record, dict)]
    lock_known([*map(_id, records), *gone], {name for name in named if isinstance(name, str)})


def _load(
    records: Sequence[Any], places: Sequence[int], origin: Origin, settings: Settings, report: Report
) -> None:
    """Load what may be loaded: a record that is wrong, or an image of ours, is named and passed over."""
    foreign = strangers(origin, [_id(record) for record in records])
    good = []
    for record, place in zip(records, places, strict=True):
        if _id(record) in foreign:
            report.refused.append((_id(record), "an image of this server has the same id."))
        elif _is_good(record, report):
            good.append((record, place))
    if not _load_together(good, origin, settings, report):
        for one in good:
            _load_together([one], origin, settings, report)


def _is_good(record: Any, report: Report) -> bool:
    try:
        check_record(record)
    except RecordInvalid as error:
        report.refused.append((_id(record), str(error)))
        return False
    return True


def _load_together(
    good: Sequence[tuple[Any, int]], origin: Origin, settings: Settings, report: Report
) -> bool:
    """Load all of them or none; one that alone cannot be loaded is named."""
    records, places = [record for record, _ in good], [place for _, place in good]
    try:
        with db.session.begin_nested():
            loaded = load_payload(records, settings, places=places, origin_number=origin.number)
    except PayloadInvalid as error:
        if len(records) == 1:
            report.refused.append((_id(records[0]), str(error)))
        return False
    report.created += loaded.created
    report.replaced += loaded.replaced
    report.unchanged += loaded.unchanged
    report.differing += loaded.differing
    return True


def _discard(image_ids: Sequence[str], origin: Origin, settings: Settings, report: Report) -> None:
    """Put images that are gone there into the trash here."""
    lock_known(image_ids, ())
    images = db.session.scalars(
        sa.select(Image).where(Image.id.in_(image_ids), Image.origin_number == origin.number)
    ).all()
    if images:
        report.deleted += discard_mirrored(images, settings)


def _id(record: Any) -> str:
    found = record.get("id") if isinstance(record, dict) else None
    return found if isinstance(found, str) else json.dumps(found)[:80]
