"""The rows of an export, read a few hundred at a time out of one state of the database."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta, timezone
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from gallery.db import snapshot
from gallery.location.evidence import Said
from gallery.location.flags import Severity
from gallery.location.position import Position
from gallery.models.album import Album
from gallery.models.claim import Claim
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.models.tag import Tag, Tagging
from gallery.present.export_row import SOURCES, ExportRow, ToldClaim, ToldFlag
from gallery.present.links import Links
from gallery.present.order import ORDER
from gallery.present.time_order import TimeOrder
from gallery.thresholds import Thresholds

BATCH = 500
THUMBNAIL = "thumbnail"
_THRESHOLDS = Thresholds()
_COLUMNS: tuple[Any, ...] = (
    Image.number,
    Image.id,
    Album.id.label("album_id"),
    Image.title,
    Image.filename,
    Image.format,
    Image.taken_at,
    Image.taken_offset_s,
    Image.created_at,
    Image.sha256,
    Image.latitude,
    Image.longitude,
    Image.worst_flag,
    Image.review,
    Image.delivery_name,
    Image.delivery_version,
    Image.delivery_extension,
)


def export_rows(
    engine: sa.Engine, condition: Condition, by: TimeOrder | None, links: Links
) -> Iterator[list[ExportRow]]:
    """Those that pass, in the album's order or by time; the connection ends with the iteration."""
    wanted = (
        sa.select(*_COLUMNS)
        .join(Album, Album.number == Image.album_number)
        .where(condition)
        .order_by(*(by.columns if by else ORDER))
    )
    with snapshot(engine) as connection:
        streaming = {"stream_results": True, "yield_per": BATCH}
        with connection.execute(wanted, execution_options=streaming) as result:
            for rows in result.partitions(BATCH):
                yield _batch(connection, rows, links)


def _batch(connection: sa.Connection, rows: Sequence[Any], links: Links) -> list[ExportRow]:
    numbers = [row.number for row in rows]
    claims, tags = _claims(connection, numbers), _tags(connection, numbers)
    flags: dict[int, list[ToldFlag]] = {}
    return [_row(row, claims[row.number], flags.get(row.number, []), tags[row.number], links) for row in rows]


def _claims(connection: sa.Connection, numbers: list[int]) -> defaultdict[int, list[ToldClaim]]:
    columns = (Claim.source, Claim.latitude, Claim.longitude, Claim.accuracy_m, Claim.made_at)
    found: defaultdict[int, list[ToldClaim]] = defaultdict(list)
    rows = connection.execute(sa.select(Claim.image_number, *columns).where(Claim.image_number.in_(numbers)))
    for number, source, latitude, longitude, radius_m, made_at in rows.all():
        said = Said(source, Position(latitude, longitude), radius_m)
        r95_m = said.r95_m(_THRESHOLDS) if radius_m else None
        found[number].append(ToldClaim(source, latitude, longitude, radius_m, r95_m, made_at))
    for told in found.values():
        told.sort(key=lambda claim: SOURCES.index(claim.source))
    return found


def _tags(connection: sa.Connection, numbers: list[int]) -> defaultdict[int, list[str]]:
    """In the order in which they were put on."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = connection.execute(
        sa.select(Tagging.image_number, Tag.name)
        .join(Tag)
        .where(Tagging.image_number.in_(numbers))
        .order_by(Tagging.image_number, Tagging.position)
    )
    for number, name in rows.all():
        found[number].append(name)
    return found


def _row(
    row: Any, claims: list[ToldClaim], flags: list[ToldFlag], tags: list[str], links: Links
) -> ExportRow:
    position = None if row.latitude is None else Position(row.latitude, row.longitude)
    said = {claim.source.value: claim.source for claim in claims if claim[1:3] == position}
    precedence = links.settings.gps_precedence
    return ExportRow(
        id=row.id,
        album_id=row.album_id,
        title=row.title,
        filename=row.filename,
        format=row.format,
        taken_at=row.taken_at and row.taken_at.astimezone(_zone(row.taken_offset_s)),
        created_at=row.created_at,
        sha256=row.sha256,
        position=position,
        position_source=next((said[name] for name in precedence if name in said), None),
        claims=claims,
        flags=flags,
        worst_flag=Severity(row.worst_flag) if row.worst_flag else None,
        review=row.review.value,
        tags=tags,
        page_url=f"{links.settings.public_url}/images/{row.id}",
        thumbnail_url=links.settings.public_url + links.thumbnail_path(row.id, THUMBNAIL),
        original_url=links.original(row) if row.sha256 else "",
    )


@lru_cache(maxsize=1_000)
def _zone(offset_s: int) -> timezone:
    return timezone(timedelta(seconds=offset_s))
