"""Clusters of the map through the real server, over very many images that lie all over the world."""

import http.client
import math
import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from benchmarks.servers import gallery
from benchmarks.stock import let_go
from benchmarks.table import Figure
from benchmarks.tagged_stock import EMAIL, fill
from gallery import create_app
from gallery.config import load_settings
from gallery.db import begin_write, db
from gallery.index.marks import forget_marks
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.location.tile import key_of
from gallery.location.view import View
from gallery.models.scope import of_person
from gallery.models.user import find_by_email
from gallery.present.counted_cells import CountedCells
from gallery.present.filters import Filter

PATH = "/api/v1/clusters.geojson"
VIEWS, QUICK_VIEWS, TOWNS = 200, 40, 300
FILTERS = {
    "unfiltered": Filter(),
    "under a tag of half the images": Filter(tags=("tag 001",)),
    "under two tags": Filter(tags=("tag 001", "tag 005")),
}
PATIENCE_S = 300


def run(folder: Path, count: int, *, quick: bool) -> Iterator[Figure]:
    """Wall time of one client's calls, one after the other; the peer groups rows by SQL."""
    environ = fill(folder, count)
    app = create_app(load_settings(environ))
    with app.app_context():
        _scatter(count)
        user = find_by_email(EMAIL)
        assert user is not None
        session_id, scope = user.get_id(), of_person(user)
        by_sql = {name: _peer_ms(CountedCells(wanted.where(scope))) for name, wanted in FILTERS.items()}
        let_go()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = session_id, True
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    with gallery(environ) as server, closing(http.client.HTTPConnection("127.0.0.1", server.port)) as asking:
        headers = {"Cookie": f"{cookie.key}={cookie.value}"}
        _wait_for_the_index(asking, headers)
        for name, wanted in FILTERS.items():
            found = sorted(_calls(asking, headers, wanted, QUICK_VIEWS if quick else VIEWS))
            for title, part in (("median", 0.5), ("p95", 0.95)):
                figure = f"clusters of {count:,} {name}, {title}"
                beside = ("peer: GROUP BY over the world", by_sql[name]) if part == 0.5 else ()
                yield Figure(figure, found[int(len(found) * part)], "ms", *beside)


def _scatter(count: int) -> None:
    """Half of the images in towns, half anywhere."""
    dice = random.Random(7)
    towns = [(dice.uniform(-50, 65), dice.uniform(-170, 170)) for _ in range(TOWNS)]
    rows = []
    for number in range(1, count + 1):
        latitude, longitude = (
            dice.choice(towns) if number % 2 else (dice.uniform(-60, 75), dice.uniform(-178, 178))
        )
        place = Position(latitude + dice.gauss(0, 0.05), longitude + dice.gauss(0, 0.05))
        rows.append({"number": number, "lat": place.latitude, "lon": place.longitude, "key": key_of(place)})
    begin_write()
    db.session.execute(_PLACE, rows)
    forget_marks(db.session.connection(), keep=0)
    db.session.commit()


def _peer_ms(counted: CountedCells) -> float:
    begun = time.perf_counter()
    counted.cells(View.of(Box(-180, -90, 180, 90), 3))
    return (time.perf_counter() - begun) * 1e3


def _calls(
    asking: http.client.HTTPConnection, headers: dict[str, str], wanted: Filter, views: int
) -> Iterator[float]:
    """Milliseconds of each call, every view another; the first of a filter is among them."""
    dice = random.Random(11)
    for _ in range(views):
        zoom = dice.randint(2, 14)
        width = min(359.0, 1440 / 256 * 360 / 2**zoom)
        height = min(120.0, width * 0.6)
        west, south = (
            dice.uniform(-180, 180 - width) if width < 359 else -179.5,
            dice.uniform(-55, 65 - height / 2),
        )
        box = f"{west:.6f},{max(-85.0, south):.6f},{west + width:.6f},{min(85.0, south + height):.6f}"
        query = wanted.query_string()
        begun = time.perf_counter()
        _ask(asking, f"{PATH}?bbox={box}&zoom={zoom}{'&' + query if query else ''}", headers)
        yield (time.perf_counter() - begun) * 1e3


def _ask(asking: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> None:
    asking.request("GET", path, headers=headers)
    response = asking.getresponse()
    if response.status != 200 or not response.read():
        raise RuntimeError(f"{path} was answered with {response.status}")


def _wait_for_the_index(asking: http.client.HTTPConnection, headers: dict[str, str]) -> None:
    """Until a call takes no longer than a fifth of a second."""
    deadline = time.monotonic() + PATIENCE_S
    took_s = math.inf
    while took_s > 0.2 and time.monotonic() < deadline:
        begun = time.perf_counter()
        _ask(asking, f"{PATH}?zoom=2", headers)
        took_s = time.perf_counter() - begun
        time.sleep(0.5)


_PLACE = sa.text("UPDATE image SET latitude = :lat, longitude = :lon, map_key = :key WHERE number = :number")
