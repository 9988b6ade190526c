"""The demo's albums and photographs: drawn when first asked for, the same on every machine."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path

import pyvips

from gallery.demo.canvas import Canvas
from gallery.demo.capture import Capture, capture
from gallery.demo.darkroom import develop
from gallery.demo.exif_block import exif_block
from gallery.demo.picture_file import damaged, jpeg, stored, write_picture
from gallery.demo.plan import PLAN
from gallery.demo.scenes.cracks import pier_crack
from gallery.demo.shot import LANDSCAPE, Scene, Shot
from gallery.demo.site_report import site_report
from gallery.demo.sites import SITES, Site

Row = tuple[int, int]
"""Place in PLAN, and number among the site's shots."""


@dataclass(frozen=True, slots=True)
class DemoAlbum:
    id: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class DemoPhoto:
    path: Path
    album_id: str
    tags: tuple[str, ...]
    title: str | None
    description: str | None
    browser: tuple[float, float, float] | None
    """Latitude, longitude, accuracy in metres; `None` if the browser gave no position."""
    ip: tuple[float, float] | None
    """Latitude, longitude; `None` if the address told nothing."""
    uploaded_at: datetime
    """Aware, UTC."""


def demo_albums() -> list[DemoAlbum]:
    return [DemoAlbum(site.album_id, site.name, site.description) for site in SITES]


def photo_count() -> int:
    return sum(len(shots) for _, shots in PLAN)


def draw_photos(folder: Path) -> Iterator[DemoPhoto]:
    """Each photograph as soon as it is drawn; one that lies in the folder already is taken as it is.

    Drawn by as many processes as there are cores: the pictures are many, and somebody waits for them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        rolls = [(roll, processes.submit(_make_roll, folder, roll)) for roll in _missing(folder)]
        drawn = {row: future for roll, future in rolls for row in roll}
        for place, (site, shots) in enumerate(PLAN):
            for number, shot in enumerate(shots):
                if (place, number) in drawn:
                    drawn[place, number].result()
                yield _photo(folder / shot.name, site, shot, capture(shot, site, number))


def _missing(folder: Path) -> list[tuple[Row, ...]]:
    """The photographs that are not there, those of one scene together: it is drawn once for all of them."""
    rows = [
        ((place, number), shot.scene)
        for place, (_, shots) in enumerate(PLAN)
        for number, shot in enumerate(shots)
        if not (folder / shot.name).exists()
    ]
    return [tuple(row for row, _ in group) for _, group in groupby(rows, key=itemgetter(1))]


def _make_roll(folder: Path, roll: tuple[Row, ...]) -> None:
    darkroom = Darkroom()
    for place, number in roll:
        site, shots = PLAN[place]
        darkroom.make(shots[number], capture(shots[number], site, number), folder / shots[number].name)


def _photo(path: Path, site: Site, shot: Shot, taken: Capture) -> DemoPhoto:
    tags = tuple(shot.tags.split())
    said = (shot.title, shot.description)
    return DemoPhoto(path, site.album_id, tags, *said, taken.browser, taken.ip, taken.uploaded_at)


class Darkroom:
    """Makes files, and keeps the last picture, because one scene is stored in eight ways."""

    def __init__(self) -> None:
        self._last: tuple[object, pyvips.Image] | None = None

    def make(self, shot: Shot, taken: Capture, path: Path) -> None:
        """A file under its own name is always complete: it is written beside and renamed."""
        unfinished = path.with_name(f".unfinished-{os.getpid()}")
        exif = exif_block(taken, shot.orientation, shot.name) if shot.has_exif else None
        if shot.scene is None:
            photo = _picture(pier_crack, LANDSCAPE, 0.5)
            unfinished.write_bytes(site_report(jpeg(photo, None), photo.width, photo.height))
        else:
            picture = stored(self._picture_of(shot.scene, shot), shot.orientation)
            if shot.damaged:
                unfinished.write_bytes(damaged(jpeg(picture, exif)))
            else:
                write_picture(picture, unfinished, exif, suffix=path.suffix)
        unfinished.rename(path)

    def _picture_of(self, scene: Scene, shot: Shot) -> pyvips.Image:
        key = (scene, shot.scale)
        if self._last is None or self._last[0] != key:
            self._last = key, _picture(scene, shot.shape, shot.scale)
        return self._last[1]


def _picture(scene: Scene, shape: tuple[int, int], scale: float) -> pyvips.Image:
    canvas = Canvas(*shape, seed=scene.__name__)
    scene(canvas)
    return develop(canvas, scale).copy_memory()
