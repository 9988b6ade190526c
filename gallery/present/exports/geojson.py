"""An export as GeoJSON (RFC 7946): a feature for each image, without a geometry where it has no position."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from gallery.location.extent import Extent
from gallery.present.exports.columns import instant, moment
from gallery.present.exports.row import ExportRow

_encode = msgspec.json.Encoder().encode


def geojson_file(batches: Iterable[Sequence[ExportRow]], _title: str) -> Iterator[bytes]:
    """The file, a batch at a time; its bounding box stands at the end, when it is known (section 5)."""
    extent, separator = Extent(), b"\n"
    yield b'{"type":"FeatureCollection","features":['
    for rows in batches:
        for row in rows:
            if row.position is not None:
                extent.add(*row.position)
        yield separator + b",\n".join(_encode(feature(row)) for row in rows)
        separator = b",\n"
    box = extent.box
    yield b"\n]" + (b"" if box is None else b',"bbox":' + _encode(box)) + b"}\n"


def feature(row: ExportRow) -> dict[str, Any]:
    """One image. Coordinates are longitude, latitude."""
    place = row.position and {"type": "Point", "coordinates": row.position[::-1]}
    return {"type": "Feature", "id": row.id, "geometry": place, "properties": _properties(row)}


def _properties(row: ExportRow) -> dict[str, Any]:
    return {
        "album": row.album_id,
        "title": row.title,
        "filename": row.filename,
        "format": row.format,
        "taken_at": row.taken_at and moment(row.taken_at),
        "created_at": moment(row.created_at),
        "position_source": row.position_source,
        "claims": [
            {
                "source": claim.source,
                "latitude": claim.latitude,
                "longitude": claim.longitude,
                "radius_m": claim.radius_m,
                "radius_95_m": claim.radius_95_m,
                "at": claim.made_at and instant(claim.made_at),
            }
            for claim in row.claims
        ],
        "distances": [
            {"between": (each.one, each.other), "distance_m": each.distance_m} for each in row.distances
        ],
        "flags": [{"code": flag.code, "severity": flag.severity.name.lower()} for flag in row.flags],
        "worst_flag": row.worst_flag and row.worst_flag.name.lower(),
        "review": row.review,
        "verdict": row.verdict
        and {
            "decision": row.verdict.decision,
            "trusted": row.verdict.trusted,
            "by": row.verdict.reviewer,
            "at": instant(row.verdict.decided_at),
            "reasons": row.verdict.reasons,
            "comment": row.verdict.comment,
        },
        "tags": row.tags,
        "sha256": row.sha256,
        "page_url": row.page_url,
        "thumbnail_url": row.thumbnail_url,
        "original_url": row.original_url or None,
    }
