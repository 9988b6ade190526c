import json
import math
import os
import shutil
import struct
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gallery.errors import GalleryError
from gallery.media.exif import Exif, read_exif
from gallery.media.format import Format, sniff

# Tags that exiftool prints and people do not look for: where a TIFF's pixels lie.
PLACES_OF_PIXELS = {"StripOffsets", "StripByteCounts", "TileOffsets", "TileByteCounts"}

PARIS = {1: "N", 2: (48.0, 51.0, 42.96), 3: "E", 4: (2.0, 21.0, 7.2)}


def exif_of(
    folder: Path,
    gps: dict[int, Any] | None = None,
    camera: dict[int, Any] | None = None,
    main: dict[int, Any] | None = None,
) -> Exif:
    exif = Image.Exif()
    exif.update(main or {})
    exif.get_ifd(0x8769).update(camera or {})
    exif.get_ifd(0x8825).update(gps or {})
    path = folder / "tagged.jpg"
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    return read_exif(path, Format.JPG)


def little_endian_gps(folder: Path, rationals: tuple[int, ...], reference: bytes = b"N\0\0\0") -> Exif:
    """A TIFF of a GPS directory alone, its latitude made of the given numerators and denominators."""
    latitude, longitude = struct.pack("<6I", *rationals), struct.pack("<6I", 2, 1, 21, 1, 7, 1)
    entries = (
        struct.pack("<HHI4s", 1, 2, 2, reference),
        struct.pack("<HHII", 2, 5, 3, 100),
        struct.pack("<HHI4s", 3, 2, 2, b"E\0\0\0"),
        struct.pack("<HHII", 4, 5, 3, 124),
    )
    main = struct.pack("<HHHIII", 1, 0x8825, 4, 1, 40, 0)
    head = (b"II*\0\x08\0\0\0" + main).ljust(40, b"\0")
    gps = (head + struct.pack("<H", 4) + b"".join(entries) + bytes(4)).ljust(100, b"\0")
    path = folder / "gps.tiff"
    path.write_bytes(gps + latitude + longitude)
    return read_exif(path, Format.TIFF)


def test_a_position_is_the_plain_sum_of_its_fractions(tmp_path: Path) -> None:
    position = exif_of(tmp_path, PARIS | {5: b"\x01", 6: 35.5, 31: 4.5}).position
    assert position is not None
    assert position.latitude == 48.0 + 51.0 / 60 + (4296 / 100) / 3600
    assert position.longitude == 2.0 + 21.0 / 60 + (72 / 10) / 3600
    assert (position.altitude_m, position.accuracy_m) == (-35.5, 4.5)


def test_south_and_west_are_negative(tmp_path: Path) -> None:
    position = exif_of(tmp_path, PARIS | {1: "S", 3: "W"}).position
    assert position is not None
    assert position.latitude < -48
    assert position.longitude < -2


def test_null_island_is_returned_as_it_is(tmp_path: Path) -> None:
    position = exif_of(tmp_path, {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}).position
    assert position is not None
    assert (position.latitude, position.longitude) == (0.0, 0.0)


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_a_half_gps_block_gives_no_position(tmp_path: Path, missing: int) -> None:
    gps = {tag: value for tag, value in PARIS.items() if tag != missing}
    assert exif_of(tmp_path, gps).position is None


@pytest.mark.parametrize(
    "change", [{1: ""}, {1: "X"}, {3: "N"}, {2: (91.0, 0.0, 0.0)}, {4: (180.0, 0.0, 1.0)}]
)
def test_a_senseless_coordinate_gives_no_position(tmp_path: Path, change: dict[int, Any]) -> None:
    assert exif_of(tmp_path, PARIS).position is not None
    assert exif_of(tmp_path, PARIS | change).position is None


def test_a_denominator_of_zero_gives_no_position(tmp_path: Path) -> None:
    assert little_endian_gps(tmp_path, (48, 1, 51, 1, 42, 1)).position is not None
    assert little_endian_gps(tmp_path, (48, 1, 51, 1, 0, 0)).position is None
    assert little_endian_gps(tmp_path, (0, 0, 0, 0, 0, 0)).position is None
    assert little_endian_gps(tmp_path, (48, 1, 51, 1, 42, 1), b"\0\0\0\0").position is None


def test_time_has_its_offset_and_milliseconds(tmp_path: Path) -> None:
    camera = {0x9003: "2018:01:01 08:00:00", 0x9291: "7629", 0x9011: "-05:30"}
    offset = timezone(-timedelta(hours=5, minutes=30))
    assert exif_of(tmp_path, camera=camera).taken_at == datetime(2018, 1, 1, 8, 0, 0, 762000, offset)
    camera |= {0x9291: "054", 0x9011: "+25:00"}
    assert exif_of(tmp_path, camera=camera).taken_at == datetime(2018, 1, 1, 8, 0, 0, 54000, UTC)


@pytest.mark.parametrize(
    "written", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2018:02:30 08:00:00", "yesterday", ""]
)
def test_a_time_that_never_was_is_none(tmp_path: Path, written: str) -> None:
    assert exif_of(tmp_path, camera={0x9003: written}).taken_at is None


def test_text_is_clean_whatever_its_bytes(tmp_path: Path) -> None:
    tags = exif_of(
        tmp_path, main={0x010E: b"caf\xe9 \x07bell", 0x013B: "Zoë".encode(), 0x0131: b"1\0junk"}
    ).tags
    assert tags["ImageDescription"] == "café bell"
    assert tags["Artist"] == "Zoë"
    assert tags["Software"] == "1"


def test_a_value_is_cut_and_blobs_are_left_out(tmp_path: Path) -> None:
    tags = exif_of(tmp_path, main={0x010E: "x" * 20_000}, camera={0x927C: b"\xff" * 900}).tags
    assert len(tags["ImageDescription"]) == 10_000
    assert "MakerNote" not in tags


def test_a_bad_tag_does_not_cost_the_others(tmp_path: Path) -> None:
    """Make points beyond the end; Model lies behind it in the directory."""
    entries = struct.pack("<HHII", 0x010F, 2, 40, 9999) + struct.pack("<HHI4s", 0x0110, 2, 4, b"K10\0")
    path = tmp_path / "bad.tiff"
    path.write_bytes(b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + entries + bytes(4))
    assert read_exif(path, Format.TIFF).tags == {"Model": "K10"}


def test_every_format_that_carries_exif_gives_it(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0110] = "K10"
    for suffix in ("jpg", "png", "webp", "tiff", "avif"):
        path = tmp_path / f"tagged.{suffix}"
        Image.new("RGB", (16, 16)).save(path, exif=exif)
        assert read_exif(path, Format(suffix)).tags["Model"] == "K10"


@pytest.mark.photos
def test_every_photograph_has_its_true_position_and_time(
    photos: Path, truth: dict[str, dict[str, Any]]
) -> None:
    wrong = {}
    for name, expected in truth.items():
        path = photos / name
        exif = read_exif(path, sniff(path.read_bytes()[:4096]))
        found = (exif.position.latitude, exif.position.longitude) if exif.position else None
        if not same_place(found, expected["gps"]):
            wrong[name] = (found, expected["gps"])
        written = expected["DateTimeOriginal"]
        if exif.taken_at and f"{exif.taken_at:%Y:%m:%d %H:%M:%S}" != written:
            wrong[name] = (exif.taken_at, written)
        if exif.taken_at is None and is_a_time(written):
            wrong[name] = (None, written)
        offset = expected["OffsetTimeOriginal"]
        if offset and exif.taken_at and exif.taken_at.isoformat()[-6:] != offset:
            wrong[name] = (exif.taken_at, offset)
    assert not wrong


def same_place(found: tuple[float, float] | None, expected: list[float] | None) -> bool:
    """Within one metre."""
    if found is None or expected is None:
        return found is expected is None
    metres_north = (found[0] - expected[0]) * 111_320
    metres_east = (found[1] - expected[1]) * 111_320 * math.cos(math.radians(found[0]))
    return math.hypot(metres_north, metres_east) < 1


def is_a_time(written: str | None) -> bool:
    try:
        return bool(written) and bool(datetime.strptime(str(written), "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007  # wall time
    except ValueError:
        return False


@pytest.mark.photos
def test_tags_are_what_exiftool_prints(photos: Path) -> None:
    command = shutil.which("exiftool")
    if command is None:
        assert os.environ.get("CI") != "true", "CI must have exiftool: run scripts/install-test-servers"
        pytest.skip("exiftool is missing: scripts/install-test-servers installs it")
    printed = subprocess.run(
        [command, "-r", "-j", "-q", "-q", "-G1", "-EXIF:all", str(photos)],
        capture_output=True,
        check=False,  # its status tells of files without EXIF
        text=True,
    ).stdout
    different: Counter[str] = Counter()
    compared = 0
    for record in json.loads(printed):
        path = Path(record.pop("SourceFile"))
        try:
            tags = read_exif(path, sniff(path.read_bytes()[:4096])).tags
        except GalleryError:
            continue
        for group_and_name, value in record.items():
            group, name = group_and_name.split(":")
            if group != "IFD1" and name not in PLACES_OF_PIXELS and not str(value).startswith("(Binary"):
                compared += 1
                different[name] += not same_text(tags.get(name), value)
    assert compared > 100
    assert sum(different.values()) / compared < 0.005, +different


def same_text(ours: str | None, theirs: Any) -> bool:
    """JSON turns a text that looks like a number into one."""
    if isinstance(theirs, str) or ours is None:
        return ours == theirs
    return float(ours) == theirs
