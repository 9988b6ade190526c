"""`flask import`: files and folders into an album."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from gallery.config import Settings
from gallery.db import db
from gallery.media.store_marker import MARKER
from gallery.models import tag
from gallery.models.album import find_album, visible_albums
from gallery.models.image import Image
from gallery.models.user import User
from tests.drawing import drawn, drawn_jpeg, drawn_pdf
from tests.engines import both_engines
from tests.records import fresh_documents, stored_documents

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures in two folders, and a hidden one."""
    folder = tmp_path / "photos"
    (folder / "deep" / ".hidden").mkdir(parents=True)
    (folder / "b.jpg").write_bytes(drawn_jpeg((1, 2, 3)))
    (folder / "a.png").write_bytes(drawn("PNG"))
    (folder / "deep" / "c.webp").write_bytes(drawn("WEBP"))
    (folder / "deep" / ".hidden" / "d.jpg").write_bytes(drawn_jpeg((4, 5, 6)))
    (folder / ".e.jpg").write_bytes(drawn_jpeg((7, 8, 9)))
    return folder


@pytest.fixture
def run(app: Flask) -> Run:
    """Import paths into the album A."""
    return lambda *args: app.test_cli_runner().invoke(args=["import", "--album", "A", *map(str, args)])


def images(app: Flask) -> list[Image]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Image).order_by(Image.number)))


def kept_files(settings: Settings) -> list[Path]:
    return [path for path in settings.originals.rglob("*") if path.is_file() and path.name != MARKER]


@both_engines
def test_a_folder_is_added_in_order_of_name_without_hidden_files(
    app: Flask, run: Run, folder: Path, settings: Settings
) -> None:
    result = run(folder, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == {
        "added": 3,
        "images": 3,
        "already_there": 0,
        "refused": [],
        "failed": [],
    }
    assert [(image.filename, image.format) for image in images(app)] == [
        ("a", "png"),
        ("b", "jpg"),
        ("c", "webp"),
    ]
    assert len(kept_files(settings)) == 3
    with app.app_context():
        assert stored_documents() == fresh_documents(settings)


@both_engines
def test_a_second_run_adds_nothing(app: Flask, run: Run, folder: Path, settings: Settings) -> None:
    run(folder)
    before = [image.id for image in images(app)]
    again = run(folder, folder / "b.jpg", "--json")
    assert again.exit_code == 0
    assert json.loads(again.output) == {
        "added": 0,
        "images": 0,
        "already_there": 4,
        "refused": [],
        "failed": [],
    }
    assert [image.id for image in images(app)] == before
    assert len(kept_files(settings)) == 3


def test_the_same_bytes_in_another_album_are_another_image_of_one_file(
    app: Flask, run: Run, folder: Path, settings: Settings
) -> None:
    run(folder / "b.jpg")
    app.test_cli_runner().invoke(args=["import", "--album", "B", str(folder / "b.jpg")])
    assert len({image.id for image in images(app)}) == 2
    assert len(kept_files(settings)) == 1


def test_the_bytes_say_what_a_file_is_and_never_its_name(app: Flask, run: Run, tmp_path: Path) -> None:
    (tmp_path / "really a png.jpg").write_bytes(drawn("PNG"))
    (tmp_path / "no extension").write_bytes(drawn_jpeg())
    assert run(tmp_path / "really a png.jpg", tmp_path / "no extension").exit_code == 0
    assert [(image.filename, image.format) for image in images(app)] == [
        ("really a png", "png"),
        ("no extension", "jpg"),
    ]


def test_what_is_refused_is_named_with_its_reason_and_the_rest_is_added(
    app: Flask, run: Run, folder: Path, tmp_path: Path, settings: Settings
) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "drawing.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (bad / "empty.jpg").touch()
    (bad / "text.txt").write_text("hello")
    (bad / "torn.png").write_bytes(drawn("PNG")[:20])
    result = run(bad, tmp_path / "missing.jpg", folder / "b.jpg", "--json")
    assert result.exit_code == 1
    report = json.loads(result.output)
    assert report["added"] == len(images(app)) == 1
    reasons = {Path(found["path"]).name: found["reason"] for found in report["refused"]}
    assert list(reasons) == ["drawing.svg", "empty.jpg", "text.txt", "torn.png", "missing.jpg"]
    assert "SVG drawing" in reasons["drawing.svg"]
    assert reasons["empty.jpg"] == "This file is empty."
    assert "not a picture format" in reasons["text.txt"]
    assert "header cannot be read" in reasons["torn.png"]
    assert reasons["missing.jpg"] == "No such file or directory"
    assert len(kept_files(settings)) == 1


def test_the_first_failing_file_is_named_without_json_too(run: Run, tmp_path: Path) -> None:
    result = run(tmp_path / "missing.jpg")
    assert result.exit_code == 1
    assert f"{tmp_path / 'missing.jpg'}: No such file or directory" in result.output


def test_a_file_that_may_not_be_read_is_named(run: Run, tmp_path: Path) -> None:
    loop = tmp_path / "loop.jpg"
    loop.symlink_to(loop)
    result = run(loop)
    assert result.exit_code == 1
    assert "loop.jpg: " in result.output


def test_a_name_that_is_not_utf_8_is_added_or_named(app: Flask, run: Run, tmp_path: Path) -> None:
    good, bad = (os.fsencode(tmp_path) + name for name in (b"/\xff.jpg", b"/\xfe.jpg"))
    for path, content in ((good, drawn_jpeg()), (bad, b"x")):
        with open(path, "wb") as file:  # noqa: PTH123  # a path of bytes
            file.write(content)
    for option in ((), ("--json",)):
        result = run(tmp_path, *option)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        assert "\ufffd.jpg" in result.output
    assert [image.filename for image in images(app)] == ["\ufffd"]


@both_engines
def test_tags_are_put_on_and_the_person_becomes_a_member(
    app: Flask, run: Run, folder: Path, make_user: Callable[..., User]
) -> None:
    make_user("ann@example.org", sfid="005")
    run(folder / "b.jpg", "--tag", "roof", "--tag", "2026", "--tag", "roof", "--user", "ann@example.org")
    (image,) = images(app)
    with app.app_context():
        ann = db.session.scalars(sa.select(User)).one()
        assert tag.names_on([image.number]) == {image.number: ["roof", "2026"]}
        assert [album.id for album in db.session.scalars(visible_albums(ann))] == ["A"]
        assert (image.uploader_number, image.user_sfid) == (ann.number, "005")


def test_an_unknown_person_is_refused_before_anything_is_made(app: Flask, run: Run, folder: Path) -> None:
    result = run(folder, "--user", "nobody@example.org")
    assert result.exit_code == 1
    assert "nobody@example.org" in result.output
    assert images(app) == []
    with app.app_context():
        assert find_album("A") is None


@both_engines
def test_every_page_of_a_pdf_is_an_image_of_one_group(app: Flask, run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(drawn_pdf(3))
    result = run(tmp_path / "plan.pdf", "--process", "--json")
    assert json.loads(result.output) == {
        "added": 1,
        "images": 3,
        "already_there": 0,
        "refused": [],
        "failed": [],
    }
    pages = images(app)
    assert [image.page for image in pages] == [1, 2, 3]
    assert len({image.group_id for image in pages}) == 1
    assert pages[0].group_id is not None
    assert len({image.id for image in pages}) == len({image.delivery_name for image in pages}) == 3
    assert all(image.processed and image.filename == "plan" for image in pages)
    widths = [image.original_width_px for image in pages]
    assert widths == sorted(set(widths))


def test_a_single_picture_has_no_group(app: Flask, run: Run, folder: Path) -> None:
    run(folder / "b.jpg")
    (image,) = images(app)
    assert image.group_id is None


def test_without_process_an_image_waits_for_the_worker(app: Flask, run: Run, folder: Path) -> None:
    run(folder / "b.jpg")
    assert [image.processed for image in images(app)] == [False]
    run(folder / "a.png", "--process")
    assert [image.processed for image in images(app)] == [False, True]


def test_a_picture_that_cannot_be_decoded_is_kept_and_named_with_its_error(
    app: Flask, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "torn.jpg").write_bytes(drawn_jpeg(size=(900, 700))[:3000])
    result = run(tmp_path / "torn.jpg", "--process")
    assert result.exit_code == 1
    assert f"{tmp_path}/torn.jpg: The picture's data ends too early or is damaged." in result.output
    (image,) = images(app)
    assert (image.processed, image.processing_error) == (
        False,
        "The picture's data ends too early or is damaged.",
    )


def test_no_path_and_no_album_are_usage_errors(app: Flask) -> None:
    for args in (["import", "--album", "A"], ["import", "x.jpg"]):
        assert app.test_cli_runner().invoke(args=args).exit_code == 2
