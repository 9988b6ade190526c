"""The rows of an export, read a few hundred at a time out of one state of the database."""

from collections.abc import Iterator, Sequence
from datetime import timedelta, timezone
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from gallery.db import snapshot
from gallery.location.position import Position
from gallery.models.album import Album
from gallery.models.claim import Source
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.present.exports.parts import Parts
from gallery.present.exports.row import ExportRow, ToldClaim, ToldFlag
from gallery.present.links import Links
from gallery.present.order import ORDER
from gallery.present.time_order import TimeOrder

BATCH = 500
THUMBNAIL = "thumbnail"
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
    Image.review,
    Image.trusted,
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
                parts = Parts.of(connection, rows)
                yield [_row(row, parts, links) for row in rows]


def _row(row: Any, parts: Parts, links: Links) -> ExportRow:
    claims = parts.claims[row.number]
    position = None if row.latitude is None else Position(row.latitude, row.longitude)
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
        position_source=_believed(row.trusted, position, claims, links.settings.gps_precedence),
        claims=claims,
        flags=[ToldFlag(flag.code, flag.severity) for flag in parts.flags[row.number]],
        review=row.review.value,
        verdict=parts.verdicts.get(row.number),
        tags=parts.tags[row.number],
        page_url=f"{links.settings.public_url}/images/{row.id}",
        thumbnail_url=links.settings.public_url + links.thumbnail_path(row.id, THUMBNAIL),
        original_url=links.original(row) if row.sha256 else "",
    )


def _believed(
    trusted: Source | None, position: Position | None, claims: Sequence[ToldClaim], usual: Sequence[str]
) -> Source | None:
    """Whose claim the position is: of several at the same place, that of the one who is believed first."""
    said = {claim.source.value: claim.source for claim in claims if claim[1:3] == position}
    return next((said[name] for name in (trusted or "", *usual) if name in said), None)


@lru_cache(maxsize=1_000)
def _zone(offset_s: int) -> timezone:
    return timezone(timedelta(seconds=offset_s))
