"""A gallery whose very many images lie all over the world, all with the same picture, and who looks at it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from benchmarks import tagged_stock
from benchmarks.photos import drawn_photographs
from benchmarks.stock import let_go
from gallery import create_app
from gallery.config import load_settings
from gallery.db import begin_write, db
from gallery.index.marks import forget_marks
from gallery.location.position import Position
from gallery.location.tile import key_of
from gallery.media.store import Store
from gallery.models.user import find_by_email

EMAIL = tagged_stock.EMAIL
TOWNS, CITY = 300, Position(48.8566, 2.3522)
SPREAD_DEGREES = 0.05


@dataclass(frozen=True, slots=True)
class PlacedStock:
    """What it takes to serve it, and to look at it."""

    environ: dict[str, str]
    cookie: tuple[str, str]
    """The name and value of somebody's session who is a member of every album."""


def fill(folder: Path, count: int) -> PlacedStock:
    """Half of the images anywhere, a quarter in towns, a quarter in one city."""
    environ = tagged_stock.fill(folder, count)
    app = create_app(load_settings(environ))
    with app.app_context():
        _place(count, Store(load_settings(environ).originals))
        stock = PlacedStock(environ, _cookie(app))
        let_go()
    return stock


def places(count: int) -> Iterator[Position]:
    """The same in every run."""
    dice = random.Random(7)
    towns = [Position(dice.uniform(-50, 65), dice.uniform(-170, 170)) for _ in range(TOWNS)]
    for number in range(1, count + 1):
        middle = Position(dice.uniform(-60, 75), dice.uniform(-178, 178))
        if number % 2:
            middle = CITY if number % 4 == 1 else dice.choice(towns)
        beside = dice.gauss(0, SPREAD_DEGREES), dice.gauss(0, SPREAD_DEGREES)
        yield Position(middle.latitude + beside[0], middle.longitude + beside[1])


def _place(count: int, store: Store) -> None:
    sha256 = _keep(store, drawn_photographs()[1][0])
    rows = [
        {
            "number": number,
            "lat": place.latitude,
            "lon": place.longitude,
            "key": key_of(place),
            "sha256": sha256,
        }
        for number, place in enumerate(places(count), start=1)
    ]
    begin_write()
    db.session.execute(_PLACE, rows)
    forget_marks(db.session.connection(), keep=0)
    db.session.commit()


def _keep(store: Store, jpeg: bytes) -> str:
    """The digest under which the picture lies."""
    with store.receive(BytesIO(jpeg), max_bytes=len(jpeg)) as incoming:
        store.keep(incoming)
        return incoming.sha256


def _cookie(app: Flask) -> tuple[str, str]:
    user, client = find_by_email(EMAIL), app.test_client()
    assert user is not None
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = user.get_id(), True
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.key, cookie.value


_PLACE = sa.text("""
    UPDATE image SET latitude = :lat, longitude = :lon, map_key = :key, sha256 = :sha256, format = 'jpg',
        filename = printf('IMG_%07d.jpg', number), delivery_extension = 'jpg'
    WHERE number = :number
""")
