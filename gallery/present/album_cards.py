"""The albums that a person sees, each with its covers and what it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from gallery.db import db
from gallery.models.album import Album, visible_album_numbers, visible_albums
from gallery.models.image import Image, untrashed
from gallery.models.scope import of_person
from gallery.models.user import User
from gallery.present import order, words
from gallery.present.grid import LIGHT
from gallery.present.links import Links
from gallery.present.tile import Tile, tile

COVERS = 4


@dataclass(frozen=True, slots=True)
class AlbumCard:
    """An album at a glance."""

    album: Album
    covers: list[Tile]
    count: int
    placed_count: int
    taken: str
    """The days between the first and the last picture; empty when no picture says."""


@dataclass(frozen=True, slots=True)
class _Sums:
    count: int
    placed_count: int
    first_taken_at: datetime | None
    last_taken_at: datetime | None
    last_created_at: datetime


def count_archived(user: User) -> int:
    """How many albums that the person may see are put away."""
    archived = visible_albums(user).where(Album.archived_at.is_not(None)).order_by(None)
    return db.session.scalar(sa.select(sa.func.count()).select_from(archived.subquery())) or 0


def album_cards(user: User, links: Links, zone: ZoneInfo, *, archived: bool = False) -> list[AlbumCard]:
    """The cards, the album with the newest upload first and the empty ones last; or of those put away."""
    is_shown = Album.archived_at.is_not(None) if archived else Album.archived_at.is_(None)
    albums = db.session.scalars(visible_albums(user).where(is_shown)).all()
    sums, covers = _sums(user), _covers(user, links)
    filled = sorted(
        (album for album in albums if album.number in sums),
        key=lambda album: sums[album.number].last_created_at,
        reverse=True,
    )
    empty = [AlbumCard(album, [], 0, 0, "") for album in albums if album.number not in sums]
    return [_card(album, sums[album.number], covers.get(album.number, []), zone) for album in filled] + empty


def _card(album: Album, sums: _Sums, covers: list[Tile], zone: ZoneInfo) -> AlbumCard:
    first, last = sums.first_taken_at, sums.last_taken_at
    taken = words.days(first.astimezone(zone), last.astimezone(zone)) if first and last else ""
    return AlbumCard(album, covers, sums.count, sums.placed_count, taken)


def _sums(user: User) -> dict[int, _Sums]:
    rows = db.session.execute(
        sa.select(
            Image.album_number,
            sa.func.count(),
            sa.func.count(Image.map_key),
            sa.func.min(Image.taken_at),
            sa.func.max(Image.taken_at),
            sa.func.max(Image.created_at),
        )
        .where(of_person(user))
        .group_by(Image.album_number)
    )
    return {
        number: _Sums(count, placed, first, last, newest)
        for number, count, placed, first, last, newest in rows
    }


def _covers(user: User, links: Links) -> dict[int, list[Tile]]:
    """By album number its cover, or else its first pictures: a step down an index for each."""
    chosen = (
        sa.select(Image.number)
        .where(
            Image.number == Album.cover_number,
            Image.album_number == Album.number,
            Image.processed,
            untrashed(),
        )
        .correlate(Album)
        .scalar_subquery()
    )
    places = [chosen, *(_nth_ready(place) for place in range(COVERS))]
    rows = db.session.execute(
        sa.select(*places).select_from(Album).where(Album.number.in_(visible_album_numbers(user)))
    )
    shown = [row[:1] if row[0] is not None else row[1:] for row in rows]
    numbers = [number for row in shown for number in row if number is not None]
    covers: dict[int, list[Tile]] = {}
    for image in _images(numbers):
        covers.setdefault(image.album_number, []).append(tile(image, links))
    return covers


def _nth_ready(place: int) -> "sa.ScalarSelect[int]":
    return (
        sa.select(Image.number)
        .where(Image.album_number == Album.number, Image.processed, untrashed())
        .order_by(*order.ORDER)
        .limit(1)
        .offset(place)
        .correlate(Album)
        .scalar_subquery()
    )


def _images(numbers: list[int]) -> Iterable[Image]:
    return db.session.scalars(
        sa.select(Image).options(*LIGHT).where(Image.number.in_(numbers)).order_by(*order.ORDER)
    )
