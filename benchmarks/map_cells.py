"""Clusters of the map through the real server, over very many images that lie all over the world."""

import http.client
import math
import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from benchmarks import placed_stock
from benchmarks.processes import cpu_s
from benchmarks.servers import Server, gallery
from benchmarks.stock import let_go
from benchmarks.table import Figure
from gallery import create_app
from gallery.config import load_settings
from gallery.db import begin_write, db
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.location.tile import key_of
from gallery.location.view import View
from gallery.models.scope import of_person
from gallery.models.user import find_by_email
from gallery.present.filters.filter import Filter
from gallery.present.maps.counted_cells import CountedCells

PATH = "/api/v1/clusters.geojson"
VIEWS, QUICK_VIEWS = 200, 40
EDITS, QUICK_EDITS = 20, 5
FILTERS = {
    "unfiltered": Filter(),
    "under a tag of half the images": Filter(tags=("tag 001",)),
    "under two tags": Filter(tags=("tag 001", "tag 005")),
}
MOST_MS, MOST_FILTERED_MS = 10, 50
PATIENCE_S = 300


class Cost(NamedTuple):
    """Of one call, in milliseconds."""

    wall: float
    cpu: float
    """Of all the server's threads and processes."""


def run(folder: Path, count: int, *, quick: bool) -> Iterator[Figure]:
    """One client's calls, one after the other; the peer groups rows by SQL."""
    stock = placed_stock.fill(folder, count)
    yield from measured(stock, count, quick=quick)


def measured(stock: placed_stock.PlacedStock, count: int, *, quick: bool) -> Iterator[Figure]:
    """Of a stock that is there."""
    by_sql = _by_sql(stock)
    with gallery(stock.environ) as server, closing(Asking(server, stock.cookie)) as asking:
        asking.wait_for_the_index()
        for name, wanted in FILTERS.items():
            about, peer = f"clusters of {count:,} {name}", ("peer: GROUP BY over the world", by_sql[name])
            asked = ("asked: at most", MOST_FILTERED_MS if wanted else MOST_MS)
            found = list(_calls(asking, wanted, QUICK_VIEWS if quick else VIEWS))
            yield Figure(f"{about}, median", _part([each.wall for each in found], 0.5), "ms", *peer)
            yield Figure(f"{about}, p95", _part([each.wall for each in found], 0.95), "ms", *asked)
            yield Figure(f"{about}, CPU p95", _part([each.cpu for each in found], 0.95), "ms", *asked)
        for name, wanted in FILTERS.items():
            about = f"clusters of {count:,} {name}, the first call after an edit"
            asked = ("asked: at most", MOST_FILTERED_MS if wanted else MOST_MS)
            found = list(_after_edits(stock, asking, wanted, QUICK_EDITS if quick else EDITS, count))
            yield Figure(f"{about}, CPU median", _part([each.cpu for each in found], 0.5), "ms", *asked)
            yield Figure(f"{about}, CPU p95", _part([each.cpu for each in found], 0.95), "ms", *asked)


class Asking:
    """One client with a session, on a connection that is kept."""

    def __init__(self, server: Server, cookie: tuple[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self._headers = {"Cookie": "=".join(cookie)}
        self._pid = server.pid

    def ask(self, path: str) -> Cost:
        """What a good answer costs."""
        cpu_before, begun = cpu_s(self._pid), time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        if response.status != 200 or not response.read():
            raise RuntimeError(f"{path} was answered with {response.status}")
        took_s = time.perf_counter() - begun
        return Cost(took_s * 1e3, (cpu_s(self._pid) - cpu_before) * 1e3)

    def wait_for_the_index(self) -> None:
        """Until a call takes no longer than a fifth of a second."""
        deadline, took_ms = time.monotonic() + PATIENCE_S, math.inf
        while took_ms > 200 and time.monotonic() < deadline:
            took_ms = self.ask(f"{PATH}?zoom=2").wall
            time.sleep(0.5)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def _by_sql(stock: placed_stock.PlacedStock) -> dict[str, float]:
    app = create_app(load_settings(stock.environ))
    with app.app_context():
        user = find_by_email(placed_stock.EMAIL)
        assert user is not None
        scope = of_person(user)
        found = {name: _peer_ms(CountedCells(wanted.where(scope))) for name, wanted in FILTERS.items()}
        let_go()
    return found


def _peer_ms(counted: CountedCells) -> float:
    begun = time.perf_counter()
    counted.cells(View.of(Box(-180, -90, 180, 90), 3))
    return (time.perf_counter() - begun) * 1e3


def _calls(asking: Asking, wanted: Filter, views: int) -> Iterator[Cost]:
    """Every view another; the first of a filter is among them."""
    dice, middles = random.Random(11), placed_stock.places(10_000)
    for _ in range(views):
        yield asking.ask(_path(dice, next(middles), wanted))


def _after_edits(
    stock: placed_stock.PlacedStock, asking: Asking, wanted: Filter, edits: int, count: int
) -> Iterator[Cost]:
    """An image is moved, judged, or put into the trash; then comes the call."""
    app = create_app(load_settings(stock.environ))
    dice, middles = random.Random(13), placed_stock.places(10_000)
    with app.app_context():
        for nth in range(edits):
            middle = next(middles)
            path = _path(dice, middle, wanted)
            asking.ask(path)
            place = {"lat": middle.latitude, "lon": middle.longitude, "key": key_of(middle)}
            begin_write()
            db.session.execute(_EDITS[nth % len(_EDITS)], place | {"number": dice.randint(1, count)})
            db.session.commit()
            yield asking.ask(path)
        let_go()


def _path(dice: random.Random, middle: Position, wanted: Filter) -> str:
    """What a screen of 1440 pixels shows around a place where an image may lie."""
    zoom = dice.randint(2, 14)
    width = min(359.0, 1440 / 256 * 360 / 2**zoom)
    height = min(120.0, width * 0.6)
    west = max(-180.0, min(180 - width, middle.longitude - width / 2))
    south, north = middle.latitude - height / 2, middle.latitude + height / 2
    box = f"{west:.6f},{max(-85.0, south):.6f},{west + width:.6f},{min(85.0, north):.6f}"
    query = wanted.query_string()
    return f"{PATH}?bbox={box}&zoom={zoom}{'&' + query if query else ''}"


def _part(numbers: list[float], part: float) -> float:
    return sorted(numbers)[int(len(numbers) * part)]


_EDITS = (
    sa.text("UPDATE image SET latitude = :lat, longitude = :lon, map_key = :key WHERE number = :number"),
    sa.text("UPDATE image SET review = 'approved' WHERE number = :number"),
    sa.text("UPDATE image SET trashed_at = updated_at WHERE number = :number"),
)
