"""Very many images as GeoJSON, KML, GPX and CSV: how fast, at what cost, and in how much memory."""

import csv
import io
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from benchmarks.client import Client
from benchmarks.processes import cpu_s, forget_peak, resident_mb
from benchmarks.servers import gallery
from benchmarks.stock import let_go
from benchmarks.table import Figure
from benchmarks.tagged_stock import EMAIL, fill
from gallery import create_app
from gallery.config import load_settings
from gallery.db import begin_write, db
from gallery.models import token
from gallery.models.user import find_by_email

FORMATS = ("geojson", "kml", "gpx", "csv")
BESIDE = "peer: plain SQL and Python's csv"


def run(folder: Path, count: int) -> Iterator[Figure]:
    """Every image that a person may see, each with a claim of its file and every second with a browser's."""
    environ = fill(folder, count)
    text = _claim(environ)
    peer_s = _plain_s(folder / "gallery.db")
    with gallery(environ) as server, closing(Client(server.port, text)) as client:
        client.get("/api/v1/locations.csv?tags=nobody%20has")
        rest_mb = resident_mb(server.pid, "VmRSS")
        for format in FORMATS:
            forget_peak(server.pid)
            before = cpu_s(server.pid)
            read = client.read(f"/api/v1/locations.{format}")
            used_s, name = cpu_s(server.pid) - before, f"{count:,} images as {format}"
            yield Figure(f"{name}, server CPU", used_s, "s", BESIDE, peer_s)
            yield Figure(f"{name}, speed", count / read.wall_s, "images/s")
            yield Figure(f"{name}, size", read.size_bytes / 1e6, "MB")
            yield Figure(f"{name}, first byte", read.first_byte_s * 1e3, "ms")
            grown_mb = resident_mb(server.pid, "VmHWM") - rest_mb
            yield Figure(f"{name}, memory above the server at rest", grown_mb, "MB")


def _claim(environ: dict[str, str]) -> str:
    """Give the images their claims: a token of somebody who sees all of them."""
    settings = load_settings(environ)
    with create_app(settings).app_context():
        begin_write()
        db.session.execute(_EXIF)
        db.session.execute(_HTML)
        db.session.commit()
        user = find_by_email(EMAIL)
        assert user is not None
        text = token.issue(user, settings)
        let_go()
    return text


def _plain_s(path: Path) -> float:
    """CPU of the same images, claims and tags as lines, without distances, links and order."""
    begun = time.process_time()
    with closing(sqlite3.connect(path)) as connection:
        lines = csv.writer(_Nowhere())
        lines.writerows(connection.execute(_PLAIN))
    return time.process_time() - begun


class _Nowhere(io.StringIO):
    def write(self, text: str) -> int:
        return len(text)


_EXIF = sa.text("""
    INSERT INTO claim (image_number, source, latitude, longitude, accuracy_m)
    SELECT number, 'exif', latitude, longitude, 5.0 FROM image
""")
_HTML = sa.text("""
    INSERT INTO claim (image_number, source, latitude, longitude, accuracy_m, made_at)
    SELECT number, 'html', latitude + 0.0001, longitude, 20.0, created_at FROM image WHERE number % 2
""")
_PLAIN = """
    SELECT image.id, album.id, title, filename, format, taken_at, image.created_at, sha256, image.latitude,
        image.longitude, exif.latitude, exif.longitude, exif.accuracy_m, html.latitude, html.longitude,
        html.accuracy_m, html.made_at,
        (SELECT group_concat(name) FROM tagging JOIN tag ON tag.number = tag_number
         WHERE image_number = image.number)
    FROM image JOIN album ON album.number = album_number
    LEFT JOIN claim AS exif ON exif.image_number = image.number AND exif.source = 'exif'
    LEFT JOIN claim AS html ON html.image_number = image.number AND html.source = 'html'
    WHERE trashed_at IS NULL
"""
