"""No bytes, however broken, raise anything but a named error."""

import contextlib
import io
import random
from collections.abc import Iterator
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from gallery.errors import CorruptFile, GalleryError
from gallery.media.exif import read_exif
from gallery.media.format import Format, sniff
from gallery.media.header import read_header
from gallery.media.picture import open_fitted, open_upright


def sample(format: Format) -> bytes:
    """A noisy picture with EXIF and GPS, so that a cut or a flipped byte hurts something."""
    noise = Image.frombytes("RGB", (64, 48), random.Random(1).randbytes(64 * 48 * 3))
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2018:01:01 08:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 42.96), 3: "E", 4: (2.0, 21.0, 7.0)})
    file = io.BytesIO()
    if format is Format.HEIC:
        pillow_heif.from_pillow(noise).save(file, exif=exif.tobytes())
    elif format in (Format.PDF, Format.GIF):
        noise.save(file, format=format.value)
    else:
        noise.save(file, format={"jpg": "jpeg"}.get(format, format.value), exif=exif)
    return file.getvalue()


SAMPLES = {format: sample(format) for format in Format}


@contextlib.contextmanager
def only_named_errors() -> Iterator[None]:
    with contextlib.suppress(GalleryError):
        yield


def read_everything(path: Path, format: Format) -> None:
    read_exif(path, format)
    with only_named_errors():
        read_header(path, format, max_pixels=10**6)
        open_fitted(path, format, 1, 32)
        open_upright(path, format)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), format=st.sampled_from(Format))
def test_mutated_files_raise_named_errors_only(tmp_path: Path, data: st.DataObject, format: Format) -> None:
    content = bytearray(SAMPLES[format])
    for place in data.draw(st.lists(st.integers(0, min(len(content), 900) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "mutated"
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    with only_named_errors():
        sniff(path.read_bytes()[:4096])
    read_everything(path, format)


def test_a_beginning_that_ends_at_once_is_refused_by_name() -> None:
    for cut in range(40):
        with only_named_errors():
            sniff(SAMPLES[Format.HEIC][:cut])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), format=st.sampled_from(Format))
def test_random_bytes_raise_named_errors_only(tmp_path: Path, content: bytes, format: Format) -> None:
    path = tmp_path / "random"
    path.write_bytes(content)
    read_everything(path, format)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(block=st.binary(max_size=400), order=st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]))
def test_any_exif_block_is_survived(tmp_path: Path, block: bytes, order: bytes) -> None:
    path = tmp_path / "block.tiff"
    path.write_bytes(order + block)
    for name, value in read_exif(path, Format.TIFF).tags.items():
        assert name
        assert "\0" not in value
        assert len(value) <= 10_000
        value.encode()


@pytest.mark.parametrize(
    "format", [Format.JPG, Format.PNG, Format.WEBP, Format.TIFF, Format.HEIC, Format.AVIF]
)
def test_a_truncated_picture_is_a_corrupt_file(tmp_path: Path, format: Format) -> None:
    path = tmp_path / "short"
    path.write_bytes(SAMPLES[format][: len(SAMPLES[format]) * 6 // 10])
    with pytest.raises(CorruptFile):
        open_upright(path, format)
    with pytest.raises(CorruptFile):
        open_fitted(path, format, 1, 32)
