from collections import Counter
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pypdfium2
import pytest
from PIL import ExifTags, Image, ImageChops, ImageOps, ImageStat

from gallery.demo.capture import Capture, capture
from gallery.demo.photos import Darkroom, DemoPhoto, demo_albums, draw_photos, photo_count
from gallery.demo.plan import PLAN
from gallery.demo.shot import Claims, Shot
from gallery.demo.sites import Site

ROWS = [(site, number, shot) for site, shots in PLAN for number, shot in enumerate(shots)]


def test_the_plan_is_as_large_and_as_varied_as_promised() -> None:
    assert photo_count() == len(ROWS) >= 64
    assert len({shot.name for _, _, shot in ROWS}) == len(ROWS)
    assert len({album.id for album in demo_albums()}) == 4
    assert {Path(shot.name).suffix for _, _, shot in ROWS} == set(
        ".jpg .png .webp .gif .tif .avif .heic .pdf".split()
    )
    assert sum(shot.claims is Claims.NONE for _, _, shot in ROWS) >= 5
    assert all(1 <= len(shot.tags.split()) <= 4 for _, _, shot in ROWS)


def test_no_scene_is_drawn_for_two_photographs_but_the_door_and_the_damaged_one() -> None:
    drawn = Counter(shot.scene for _, _, shot in ROWS if shot.scene and not shot.damaged)
    assert sorted(drawn.values())[-2:] == [1, 8]


def test_claims_agree_within_metres_unless_they_are_meant_to_differ() -> None:
    for site, number, shot in ROWS:
        taken = capture(shot, site, number)
        assert taken.uploaded_at.tzinfo is UTC
        assert taken.uploaded_at > taken.taken_at
        if shot.claims is Claims.EXIF_SIGN_SWAPPED:
            assert taken.exif is not None
            assert taken.exif[1] * site.longitude < 0
        elif taken.exif and taken.browser and shot.claims is not Claims.EXIF_40_KM_OFF:
            assert taken.exif == pytest.approx(taken.browser[:2], abs=3e-4)


@pytest.mark.slow
def test_the_eight_orientations_show_one_upright_picture(tmp_path: Path) -> None:
    darkroom, upright = Darkroom(), []
    for site, number, shot in _rows("door orientation"):
        path = _make(darkroom, shot, capture(shot, site, number), tmp_path)
        with Image.open(path) as image:
            assert image.getexif()[ExifTags.Base.Orientation] == shot.orientation
            upright.append(ImageOps.exif_transpose(image).reduce(8))
    assert len(upright) == 8
    for other in upright[1:]:
        assert other.size == upright[0].size
        assert max(ImageStat.Stat(ImageChops.difference(upright[0], other)).mean) < 2


def test_exif_is_what_the_capture_says(tmp_path: Path) -> None:
    ((site, number, shot),) = _rows("IMG_0392.jpg")
    taken = capture(shot, site, number)
    with Image.open(_make(Darkroom(), _small(shot), taken, tmp_path)) as image:
        exif = image.getexif()
    gps, detail = exif.get_ifd(ExifTags.IFD.GPSInfo), exif.get_ifd(ExifTags.IFD.Exif)
    assert taken.exif is not None
    degrees, minutes, seconds = (float(part) for part in gps[ExifTags.GPS.GPSLatitude])
    assert degrees + minutes / 60 + seconds / 3600 == pytest.approx(taken.exif[0], abs=1e-7)
    assert float(gps[ExifTags.GPS.GPSHPositioningError]) == taken.exif_error_m
    assert detail[ExifTags.Base.DateTimeOriginal] == f"{taken.taken_at:%Y:%m:%d %H:%M:%S}"
    assert detail[ExifTags.Base.OffsetTimeOriginal] == "+02:00"


def test_the_damaged_photograph_shows_its_size_and_then_fails(tmp_path: Path) -> None:
    ((site, number, shot),) = _rows("IMG_0417 (damaged).jpg")
    path = _make(Darkroom(), shot, capture(shot, site, number), tmp_path)
    with Image.open(path) as image:
        assert image.size == (1000, 750)
        with pytest.raises(OSError, match=r"broken data stream|truncated"):
            image.load()


def test_the_report_has_three_pages_that_can_be_read(tmp_path: Path) -> None:
    ((site, number, shot),) = _rows("site report")
    path = _make(Darkroom(), shot, capture(shot, site, number), tmp_path)
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == 3
        assert "Site report 14" in document[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("name", ["meter.jpg", "gauges.avif", "site report 14.pdf"])
def test_drawing_twice_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    ((site, number, shot),) = _rows(name)
    taken = capture(shot, site, number)
    copies = [_make(Darkroom(), _small(shot), taken, tmp_path / folder) for folder in ("a", "b")]
    assert copies[0].read_bytes() == copies[1].read_bytes()


def test_what_lies_in_the_folder_is_not_drawn_again(tmp_path: Path) -> None:
    for _, _, shot in ROWS:
        (tmp_path / shot.name).write_bytes(b"already here")
    photos = list(draw_photos(tmp_path))
    assert [photo.path.read_bytes() for photo in photos] == [b"already here"] * photo_count()
    assert {photo.album_id for photo in photos} == {album.id for album in demo_albums()}
    assert isinstance(photos[0], DemoPhoto)


def _rows(start: str) -> list[tuple[Site, int, Shot]]:
    return [row for row in ROWS if row[2].name.startswith(start)]


def _small(shot: Shot) -> Shot:
    return replace(shot, scale=0.25)


def _make(darkroom: Darkroom, shot: Shot, taken: Capture, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    darkroom.make(shot, taken, folder / shot.name)
    return folder / shot.name
