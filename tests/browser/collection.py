"""What the gallery of the browser's tests holds: small drawn pictures, every kind of image and album."""

import random
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image as Picture

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.ingest import Upload, keep
from gallery.jobs import queue_of
from gallery.location.geoip import AddressPlace
from gallery.location.position import Position
from gallery.models.album import Album, create_album
from gallery.models.image import Image
from gallery.models.user import Role, User, find_by_email
from tests.browser.site import ADMIN, MEMBER, PASSWORD, STRANGER, app_of
from tests.drawing import drawn_jpeg

RIVER, SHAPES, EMPTY, SEALED = "a00-river", "a00-shapes", "a00-empty", "a00-sealed"
SHAPES_COUNT = 430
"""Three pages of the grid."""
UPLOADED_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
_SIZES = ((480, 320), (320, 480), (400, 400), (640, 240), (240, 640), (600, 338), (338, 600), (900, 150))

CAMERA_AT = Position(48.858370, 2.294481)
BROWSER_AT = Position(48.886452, 2.343121)
ADDRESS_AT = Position(45.764043, 4.835659)
CONFLICTING, DAMAGED = "Two places at once", "Cut off"


def fill(environ: Mapping[str, str]) -> None:
    """Put everything in."""
    with app_of(environ) as app:
        member, stranger = _people()
        river, shapes, empty, sealed = (
            create_album(album_id, name=name)
            for album_id, name in (
                (RIVER, "River crossing"),
                (SHAPES, "All shapes"),
                (EMPTY, "Nothing yet"),
                (SEALED, "Not for Ann"),
            )
        )
        for album in (river, shapes, empty):
            album.admit(member)
        sealed.admit(stranger)
        db.session.commit()
        settings: Settings = app.config["GALLERY"]
        _fill_river(app, river, settings)
        _fill_shapes(app, shapes, settings)
        _add(app, drawn_photo(7), Upload("sealed.jpg", sealed), settings)


def people(environ: Mapping[str, str]) -> None:
    """Put in nobody but the people; one is an admin."""
    with app_of(environ):
        _people()
        db.session.add(User.create(ADMIN, PASSWORD, role=Role.ADMIN))
        db.session.commit()


def new_album(
    environ: Mapping[str, str], count: int, *, members: Iterable[str] = (MEMBER,), **said: Any
) -> str:
    """Another album with as many processed images, `said` of each of them; its id."""
    album_id = f"album-{uuid.uuid4()}"
    with app_of(environ) as app:
        begin_write()
        album = create_album(album_id, name=f"Album {album_id[6:10]}")
        for email in members:
            user = find_by_email(email)
            assert user is not None
            album.admit(user)
        db.session.commit()
        for nth in range(count):
            moment = UPLOADED_AT + timedelta(minutes=nth)
            upload = Upload(f"photo-{nth:02d}.jpg", album, uploaded_at=moment, **said)
            _add(app, drawn_photo(nth), upload, app.config["GALLERY"])
    return album_id


def _people() -> tuple[User, User]:
    """A member and a stranger, in a transaction that the caller commits."""
    begin_write()
    member, stranger = (User.create(email, PASSWORD) for email in (MEMBER, STRANGER))
    db.session.add_all((member, stranger))
    return member, stranger


def _fill_river(app: Flask, album: Album, settings: Settings) -> None:
    """Sixteen images, of which twelve are placed, around three towns."""
    for nth in range(14):
        tags = [name for name, every in (("steel", 2), ("north bank", 3), ("night", 5)) if nth % every == 0]
        at = (Position(45 + nth % 3 * 1.5 + nth / 1000, 4 - nth % 3 * 2.0)) if nth < 11 else None
        upload = Upload(
            f"span-{nth:02d}.jpg",
            album,
            tags=tuple(tags),
            title=f"Span {nth}",
            description="Seen from the quay." if nth == 1 else None,
            uploaded_at=UPLOADED_AT + timedelta(minutes=nth),
        )
        _add(app, drawn_photo(nth, at), upload, settings)
    location = {"latitude": BROWSER_AT.latitude, "longitude": BROWSER_AT.longitude, "accuracy": 25.0}
    conflicting = Upload(
        "conflict.jpg",
        album,
        tags=("night", "crack"),
        title=CONFLICTING,
        location=location,
        address_place=AddressPlace(ADDRESS_AT, None),
        uploaded_at=UPLOADED_AT + timedelta(hours=1),
    )
    _add(app, drawn_photo(20, CAMERA_AT), conflicting, settings)
    damaged = Upload("cut.jpg", album, title=DAMAGED, uploaded_at=UPLOADED_AT + timedelta(hours=2))
    _add(app, cut_off_jpeg(), damaged, settings)


def _fill_shapes(app: Flask, album: Album, settings: Settings) -> None:
    """Many rows of few files: a row a picture."""
    originals = [
        _add(app, drawn_photo(100 + nth), Upload(f"shape-{nth}.jpg", album), settings)
        for nth in range(len(_SIZES))
    ]
    begin_write()
    for nth in range(SHAPES_COUNT - len(originals)):
        original = db.session.get_one(Image, originals[nth % len(originals)])
        same = ("album", "sha256", "size_bytes", "format", "infos", "colour", "processed", "delivery_version")
        sizes = ("original_width_px", "original_height_px")
        copied = {name: getattr(original, name) for name in (*same, *sizes)}
        db.session.add(Image(filename=f"copy-{nth:03d}", **copied))
    db.session.commit()


def _add(app: Flask, content: bytes, upload: Upload, settings: Settings) -> int:
    """Keep and process one file; the number of its image."""
    kept = keep(BytesIO(content), upload, settings)
    number = kept.images[0].number
    db.session.commit()
    queue_of(app).process_now(number)
    return number


def drawn_photo(nth: int, at: Position | None = None, **exif_text: str) -> bytes:
    """A JPEG as a camera would write it: each `nth` is another file, of one of several shapes."""
    exif = Picture.Exif()
    exif[0x010F] = "Maker"
    camera = exif.get_ifd(0x8769)
    camera[0x9003] = f"2026:02:{nth % 27 + 1:02d} 09:41:{nth % 60:02d}"
    camera[0x9011] = "+01:00"
    if at is not None:
        exif.get_ifd(0x8825).update(
            {1: "N" if at.latitude >= 0 else "S", 2: _dms(at.latitude)}
            | {3: "E" if at.longitude >= 0 else "W", 4: _dms(at.longitude)}
        )
    for name, text in exif_text.items():
        exif[{"model": 0x0110, "artist": 0x013B, "description": 0x010E}[name]] = text
    picture = Picture.open(
        BytesIO(drawn_jpeg((40 + nth % 200, 90, 160 - nth % 100), _SIZES[nth % len(_SIZES)]))
    )
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=90, exif=exif)
    return buffer.getvalue()


def _dms(degrees: float) -> tuple[float, float, float]:
    whole = abs(degrees)
    return float(int(whole)), float(int(whole * 60 % 60)), round(whole * 3600 % 60, 5)


def cut_off_jpeg() -> bytes:
    """A file whose header is right and whose second half is missing."""
    noise = Picture.frombytes("RGB", (320, 240), random.Random(1).randbytes(320 * 240 * 3))
    buffer = BytesIO()
    noise.save(buffer, "JPEG")
    return buffer.getvalue()[: buffer.tell() // 2]
