"""A gallery with as many recorded images as a benchmark needs; their files are not there."""

import random
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.copies import Copy, record_copies
from gallery import create_app
from gallery.api.change_cursor import begin
from gallery.cli.database import prepare
from gallery.config import Settings, load_settings
from gallery.db import begin_write, db
from gallery.models import tag, token
from gallery.models.album import Album, create_album
from gallery.models.claim import Claim, Source
from gallery.models.document import Site, SyncDocument
from gallery.models.image import Image
from gallery.models.reach import reach_of
from gallery.models.review_state import ReviewState
from gallery.models.tag import Tagging
from gallery.models.user import User
from gallery.prepared import Reader
from gallery.present.links import Links
from gallery.present.sync_document import encode, sync_record

ALBUMS, TAGS = 20, ("roof", "before", "crack", "delivered")
Row = dict[str, Any]
TEMPLATES, BATCH = 1_000, 20_000
BERLIN = (52.52, 13.405)
BEGIN_AT = datetime(2026, 1, 1, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stock:
    """A filled database, and what a client needs to ask for its records."""

    environ: dict[str, str]
    token: str
    """Of a member of every album, not of an admin: the longer way through the rules."""
    ids: list[str]


def fill(folder: Path, count: int) -> Stock:
    """Make an SQLite gallery of `count` images in ALBUMS albums."""
    environ = {
        "GALLERY_INSTANCE": str(folder),
        "GALLERY_TIME_ZONE": "Europe/Berlin",
        "GALLERY_RATE_LIMIT_API": "100000000/minute",  # calls are counted, and none is refused
    }
    settings = load_settings(environ)
    app = create_app(settings)
    with app.app_context():
        prepare()
        user, albums = _people_and_albums()
        ids = _images(count, albums, settings)
        stock = Stock(environ, token.issue(user, settings), ids)
        let_go()
    return stock


def _people_and_albums() -> tuple[User, list[Album]]:
    begin_write()
    user = User.create("integrator@example.org", "a password nobody types")
    albums = [create_album(f"0010000012{number:02}BB175") for number in range(ALBUMS)]
    db.session.add(user)
    db.session.flush()
    for album in albums:
        album.admit(user)
    tag.find_or_create(TAGS)
    db.session.commit()
    db.session.refresh(user)
    return user, albums


def _images(count: int, albums: list[Album], settings: Settings) -> list[str]:
    dice, links = random.Random(4), Links(settings)
    images = [_image(number, albums[number % ALBUMS], dice) for number in range(1, min(TEMPLATES, count) + 1)]
    begin_write()
    for image in images:
        for model, rows in _rows(image, links, settings).items():
            db.session.execute(sa.insert(model.__table__), rows)  # type: ignore[attr-defined]
    db.session.commit()
    copies = [
        Copy(index + 1, index % TEMPLATES + 1, _id(dice), BEGIN_AT + timedelta(seconds=37 * (index + 1)))
        for index in range(TEMPLATES, count)
    ]
    for first in range(0, len(copies), BATCH):
        begin_write()
        record_copies(copies[first : first + BATCH])
        db.session.commit()
    begin_write()
    db.session.execute(sa.update(Site).values(last_seq=count))
    db.session.commit()
    return [image.id for image in images] + [copy.id for copy in copies]


def _rows(image: Image, links: Links, settings: Settings) -> dict[type, list[Row]]:
    """Of an image that no session knows."""
    stored = {"image_id": image.id, "seq": image.number, "created_at": image.created_at}
    return {
        Image: [_row(image)],
        Claim: [_row(claim, image_number=image.number) for claim in image.claims],
        Tagging: [
            {"image_number": image.number, "tag_number": tag_number, "position": position}
            for position, tag_number in enumerate(_tag_numbers(image.number))
        ],
        SyncDocument: [_document(image, links, settings) | stored],
    }


def _id(dice: random.Random) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))


def _row(thing: Any, **more: Any) -> Row:
    """The columns of an object that no session knows."""
    names = sa.inspect(type(thing)).columns.keys()
    return {name: getattr(thing, name) for name in names} | more


def _image(number: int, album: Album, dice: random.Random) -> Image:
    """As a phone's photograph is after processing."""
    place = [BERLIN[0] + dice.gauss(0, 0.1), BERLIN[1] + dice.gauss(0, 0.1)]
    created_at = BEGIN_AT + timedelta(seconds=37 * number)
    image = Image(
        **_same_on_all(),
        number=number,
        id=_id(dice),
        album=album,
        album_number=album.number,
        created_at=created_at,
        updated_at=created_at + timedelta(seconds=3),
        taken_at=created_at - timedelta(hours=1),
        filename=f"IMG_{number:06}",
        title=f"North façade, axis {number % 40}",
        infos=_infos(album, f"{dice.getrandbits(128):032x}", created_at, place),
        colour=f"#{dice.getrandbits(24):06X}",
        latitude=place[0],
        longitude=place[1],
        delivery_name=f"{number:012x}",
        delivery_version=int(created_at.timestamp()),
    )
    image.claims = [
        Claim(source=Source.EXIF, latitude=place[0], longitude=place[1], accuracy_m=5.0),
        Claim(source=Source.HTML, latitude=place[0] + 1e-4, longitude=place[1], accuracy_m=20.0),
    ]
    return image


def _same_on_all() -> Row:
    size = {"original_width_px": 4000, "original_height_px": 3000, "size_bytes": 4_812_334}
    crop = {"rotation": 0, "crop_x": 0.0, "crop_y": 0.0, "crop_w": 0.0, "crop_h": 0.0}
    words = {
        "description": "Seen from the scaffold.",
        "format": "jpg",
        "page": 1,
        "metadatas": {},
        "exifs": EXIFS,
    }
    state = {"position": 2**31 - 1, "processed": True, "processed_version": 1, "delivery_extension": "jpg"}
    doubts = {"worst_flag": 0, "review": ReviewState.UNREVIEWED, "taken_offset_s": 3600}
    return {**size, **crop, **words, **state, **doubts}


EXIFS = {
    "Make": "Apple",
    "Model": "iPhone 15",
    "Orientation": "Horizontal (normal)",
    "DateTimeOriginal": "2026:01:01 09:00:00",
    "OffsetTimeOriginal": "+01:00",
    "ExposureTime": "1/120",
    "FNumber": "1.6",
    "ISOSpeedRatings": "64",
    "FocalLength": "5.96",
    "LensModel": "iPhone 15 back dual wide camera 5.96mm f/1.6",
    "GPSLatitudeRef": "N",
    "GPSLatitude": "[52, 31, 12.03]",
    "GPSLongitudeRef": "E",
    "GPSLongitude": "[13, 24, 18]",
}


def _infos(album: Album, etag: str, created_at: datetime, place: list[float]) -> Row:
    return {
        "bytes": 4_812_334,
        "created_at": created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "etag": etag,
        "format": "jpg",
        "height": 3000,
        "resource_type": "image",
        "tags": [album.id],
        "type": "authenticated",
        "width": 4000,
        "original_filename": "IMG",
        "location": {"accuracy": 20, "latitude": place[0], "longitude": place[1]},
    }


def _tag_numbers(image_number: int) -> list[int]:
    return [1 + image_number % 2, 3 + image_number % 2]


def _document(image: Image, links: Links, settings: Settings) -> Row:
    names = [TAGS[number - 1] for number in _tag_numbers(image.number)]
    body = encode(sync_record(image, names, links, settings.time_zone))
    return {"album_number": image.album_number, "position": image.position, "body": body}


def let_go() -> None:
    """Close the database of the app whose context this is."""
    db.session.remove()
    db.engine.dispose()


def cursor_at(stock: Stock, seq: int) -> str:
    """The change feed's cursor of the stock's reader after so many changes."""
    app = create_app(load_settings(stock.environ))
    with app.app_context():
        user = db.session.scalars(sa.select(User)).one()
        with Reader(db.engine) as reader:
            reach = reach_of(reader, user, 0)
            cursor = replace(begin(reach, user, 0, 0), seq=seq)
        text = cursor.text(load_settings(stock.environ))
        let_go()
    return text
