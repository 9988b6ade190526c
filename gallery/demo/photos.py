"""The demo's albums and photographs: drawn when first asked for, the same on every machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
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
from gallery.demo.sites import SITES


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
    """Draws each photograph as it is asked for; one that lies in the folder already is taken as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    darkroom = Darkroom()
    for site, shots in PLAN:
        for number, shot in enumerate(shots):
            taken = capture(shot, site, number)
            path = folder / shot.name
            if not path.exists():
                darkroom.make(shot, taken, path)
            tags = tuple(shot.tags.split())
            said = (shot.title, shot.description)
            yield DemoPhoto(path, site.album_id, tags, *said, taken.browser, taken.ip, taken.uploaded_at)


class Darkroom:
    """Makes files, and keeps the last picture, because one scene is stored in eight ways."""

    def __init__(self) -> None:
        self._last: tuple[object, pyvips.Image] | None = None

    def make(self, shot: Shot, taken: Capture, path: Path) -> None:
        """A file under its own name is always complete: it is written beside and renamed."""
        unfinished = path.with_name(".unfinished")
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
