"""Photographs to measure with: drawn here, and real ones where a folder on the machine has them."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pyvips
from numpy.typing import NDArray
from PIL import Image

SIZE_PX = (4000, 3000)
REAL_PIXELS = 8_000_000
"""Smaller files are not what a phone sends today."""
MAX_REAL = 6
WALLPAPERS = (Path("/usr/share/backgrounds"), Path("/usr/share/wallpapers"), Path("/usr/share/images"))
"""Where Debian's packages of desktops put theirs."""


def photographs() -> tuple[str, list[bytes]]:
    """What they are, and JPEG files: real ones where GALLERY_TEST_PHOTOS names a folder, else drawn."""
    real = list(_real([_test_photos()]))
    if real:
        return f"{len(real)} real photographs", real
    return drawn_photographs()


def drawn_photographs() -> tuple[str, list[bytes]]:
    """The same on every machine, with more noise, and so more bytes, than a phone leaves in."""
    return "12 megapixels, drawn", [_drawn(seed) for seed in (1, 2)]


def real_photographs() -> tuple[str, list[bytes]]:
    """Those of GALLERY_TEST_PHOTOS and the desktop's wallpapers; none where there are neither."""
    real = list(_real([_test_photos(), *WALLPAPERS]))
    return f"{len(real)} real photographs", real


def _test_photos() -> Path:
    return Path(os.environ.get("GALLERY_TEST_PHOTOS", "/nonexistent"))


def marked(jpeg: bytes, number: int) -> bytes:
    """The same picture as another file: a comment segment after the start (ITU T.81, B.2.4.5)."""
    return jpeg[:2] + b"\xff\xfe\x00\x0a" + number.to_bytes(8) + jpeg[2:]


def _real(folders: list[Path]) -> Iterator[bytes]:
    found = 0
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if path.suffix.lower() not in (".jpg", ".jpeg") or found == MAX_REAL:
            continue
        try:
            with Image.open(path) as picture:
                picture.draft("RGB", (picture.width // 8, picture.height // 8))
                large = picture.format == "JPEG" and picture.width * picture.height * 64 >= REAL_PIXELS
                picture.load()
                pyvips.Image.new_from_file(str(path), fail_on="error").avg()
        except (OSError, pyvips.Error):
            continue  # the folder holds broken files on purpose
        if large:
            found += 1
            yield path.read_bytes()


def _drawn(seed: int) -> bytes:
    """Light that falls off with frequency as in nature, hard edges, and a sensor's noise on top."""
    dice = np.random.default_rng(seed)
    width, height = SIZE_PX
    light = _natural(dice, width, height)
    tint = np.stack([np.roll(light, shift, axis=1) for shift in (0, 400, 900)], axis=2)
    pixels = 120 + 45 * (0.8 * light[:, :, None] + 0.2 * tint)
    for _ in range(400):
        x, y = dice.integers(0, width), dice.integers(0, height)
        w, h = dice.integers(4, 300, 2)
        pixels[y : y + h, x : x + w] += dice.uniform(-60, 60, 3)
    pixels += dice.standard_normal((height, width, 1), dtype=np.float32) * 3
    picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=93, exif=_exif())
    return buffer.getvalue()


def _natural(dice: np.random.Generator, width: int, height: int) -> NDArray[np.float32]:
    """Mean 0, deviation 1, with amplitudes as 1/f (Field 1987)."""
    spectrum = np.fft.rfft2(dice.standard_normal((height, width), dtype=np.float32))
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width))
    frequency[0, 0] = np.inf
    light = np.fft.irfft2(spectrum / frequency, (height, width)).astype(np.float32)
    return np.asarray(light / light.std(), dtype=np.float32)


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Apple", "iPhone 15", 1
    exif.get_ifd(0x8769).update({0x9003: "2026:01:01 09:00:00", 0x9011: "+01:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return exif
