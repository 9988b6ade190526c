"""libvips, set up once for files from strangers: which loaders may run, what their failures are called."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyvips

from gallery.errors import CorruptFile, GalleryError, TooLarge
from gallery.media.confinement import TOO_MUCH_MEMORY

DAMAGED = "The picture's data ends too early or is damaged."

FAIL_ON = "error"
"""Truncation and decoding errors fail; mere warnings do not, for many sound cameras leave stray bytes."""

_ALLOWED = ("Jpeg", "Png", "Webp", "Nsgif", "Tiff", "Heif")

pyvips.cache_set_max(0)  # no picture is asked for twice in a row, so remembered operations only hold memory
pyvips.operation_block_set("VipsForeignLoad", True)
for _loader in _ALLOWED:
    pyvips.operation_block_set(f"VipsForeignLoad{_loader}", False)


@contextmanager
def damage_named() -> Iterator[None]:
    """Turn a failure of libvips into `CorruptFile`, or `TooLarge` where it found no memory.

    Pixels must be evaluated inside, for libvips is lazy.
    """
    try:
        yield
    except pyvips.Error as error:
        raise failure_named(error, DAMAGED) from error


def failure_named(error: Exception, sentence: str) -> GalleryError:
    """`CorruptFile` with the sentence, unless it was memory that failed."""
    text = str(error).lower()
    if "out of memory" in text or "alloc" in text:
        return TooLarge(TOO_MUCH_MEMORY)
    return CorruptFile(sentence)


def open_lazily(path: Path, page: int = 0, *, fail_on: str = FAIL_ON) -> pyvips.Image:
    """A picture of which only the header is read yet, from top to bottom once; `page` counts from 0.

    Its path is opened as a source, since libvips takes `name[option]` in a plain name apart.
    Raises `pyvips.Error`, and `FileNotFoundError` where there is no file.
    """
    options = {"page": page} if page else {}
    return pyvips.Image.new_from_source(source_of(path), "", access="sequential", fail_on=fail_on, **options)


def source_of(path: Path) -> pyvips.Source:
    """Raises `FileNotFoundError`, lest a missing file be called a damaged one."""
    path.stat()
    return pyvips.Source.new_from_file(str(path))
