"""A rendition on demand."""

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from statistics import median

from PIL import Image, ImageOps

from benchmarks import sharp_peer, thumbor_peer
from benchmarks.photos import drawn_photographs, real_photographs
from benchmarks.resizing import LIMITS
from benchmarks.table import Figure
from gallery.media.format import Format
from gallery.media.rendering import Source, render
from gallery.media.rendition import VIEWED_PX, write_renditions
from gallery.media.rendition_cache import path_of
from gallery.media.transformation import parse

SMALL_PX = 200


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """CPU of this process, and of a peer's."""
    folder.mkdir(parents=True)
    for kind, originals in (drawn_photographs(), real_photographs()):
        if not originals:
            continue
        name, rounds = f"200 pixels on demand ({kind}), CPU", 5 if quick else 20
        ours, kept, whole = (each * 1e3 for each in _on_demand(originals, folder, rounds))
        yield Figure(name, ours, "ms", "peer: Pillow, from a stored 1920", kept)
        yield Figure(name, ours, "ms", "peer: Pillow, from the original", whole)
        for peer in (sharp_peer, thumbor_peer):
            if spent := peer.cpu_s_a_photo(originals, folder, "small"):
                yield Figure(name, ours, "ms", peer.SMALL_NAME, spent * 1e3)


def _on_demand(originals: list[bytes], folder: Path, rounds: int) -> tuple[float, ...]:
    """The median photo's, from what is stored; Pillow's from the stored 1920, and from the original."""
    spent: list[list[float]] = [[], [], []]
    for number, original in enumerate(originals):
        path, made = folder / f"{number}.jpg", folder / f"renditions-{number}"
        path.write_bytes(original)
        size = write_renditions(path, Format.JPG, 1, made, LIMITS)
        source = Source(path, Format.JPG, 1, size.width_px, size.height_px, made)
        viewed = path_of(made, f"{VIEWED_PX}.jpg")
        for quality in range(60, 60 + rounds):
            chain = parse(f"c_fill,h_200,w_200/q_{quality}")
            spent[0].append(_seconds(lambda source=source, chain=chain: render(source, chain, "jpg", LIMITS)))
            for times, file in ((spent[1], viewed), (spent[2], path)):
                times.append(_seconds(lambda file=file: _by_pillow(file)))
    return tuple(map(median, spent))


def _seconds(make: Callable[[], object]) -> float:
    begun = time.process_time()
    make()
    return time.process_time() - begun


def _by_pillow(path: Path) -> bytes:
    """Decoded as small as it may be for a full Lanczos, as `ImageOps.fit` and `draft` are meant."""
    picture = Image.open(path)
    picture.draft("RGB", (2 * SMALL_PX, 2 * SMALL_PX))
    buffer = BytesIO()
    fitted = ImageOps.fit(ImageOps.exif_transpose(picture), (SMALL_PX, SMALL_PX), Image.Resampling.LANCZOS)
    fitted.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
