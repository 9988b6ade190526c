"""A folder of originals and a database that do not belong together are refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from gallery.config import Settings
from gallery.media.store_marker import MARKER, read_marker, write_marker
from gallery.models.image import Image
from tests.drawing import drawn_jpeg
from tests.engines import both_engines

MakeImage = Callable[..., Image]
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *args: app.test_cli_runner().invoke(args=[str(arg) for arg in args])


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(drawn_jpeg())
    return path


@both_engines
def test_the_first_import_marks_the_folder_and_the_next_keeps_the_mark(
    run: Run, photo: Path, settings: Settings
) -> None:
    assert run("import", photo, "--album", "A").exit_code == 0
    marked = read_marker(settings.originals)
    assert marked is not None
    assert len(marked) == 32
    assert run("import", photo, "--album", "A").exit_code == 0
    assert read_marker(settings.originals) == marked


def test_a_folder_from_before_there_were_markers_is_marked_if_it_holds_the_originals(
    run: Run, make_image: MakeImage, settings: Settings
) -> None:
    make_image()
    assert read_marker(settings.originals) is None
    assert run("fsck").exit_code == 0
    assert read_marker(settings.originals) is not None


def test_an_empty_folder_is_refused_on_a_first_start_with_markers_too(
    run: Run, make_image: MakeImage, settings: Settings
) -> None:
    make_image()
    settings.originals.rename(settings.originals.with_name("elsewhere"))
    assert run("fsck").exit_code == 2
    assert not settings.originals.exists()


@pytest.mark.parametrize("command", ["import", "worker", "serve", "fsck", "demo"])
def test_an_empty_mount_is_refused_in_a_sentence_that_names_the_setting(
    command: str, run: Run, photo: Path, settings: Settings
) -> None:
    assert run("import", photo, "--album", "A").exit_code == 0
    settings.originals.rename(settings.originals.with_name("elsewhere"))
    settings.originals.mkdir()
    more = (photo, "--album", "A") if command == "import" else ()
    result = run(command, *more)
    assert result.exit_code == (2 if command == "fsck" else 1)
    assert "GALLERY_STORAGE_URL" in result.output
    assert "--adopt-store" in result.output
    assert list(settings.originals.iterdir()) == []


def test_the_folder_of_another_installation_is_refused(run: Run, photo: Path, settings: Settings) -> None:
    assert run("import", photo, "--album", "A").exit_code == 0
    write_marker(settings.originals, "f" * 32)
    result = run("import", photo, "--album", "A")
    assert result.exit_code == 1
    assert "another installation" in result.output
    assert read_marker(settings.originals) == "f" * 32


def test_a_new_database_does_not_take_a_used_folder_over(run: Run, photo: Path, settings: Settings) -> None:
    write_marker(settings.originals, "f" * 32)
    (settings.originals / "ab").mkdir()
    result = run("import", photo, "--album", "A")
    assert (result.exit_code, "another installation" in result.output) == (1, True)


def test_a_first_start_cut_short_after_the_marker_goes_on(run: Run, photo: Path, settings: Settings) -> None:
    write_marker(settings.originals, "e" * 32)
    assert run("import", photo, "--album", "A").exit_code == 0
    assert read_marker(settings.originals) == "e" * 32


def test_restored_originals_are_adopted_when_asked(run: Run, photo: Path, settings: Settings) -> None:
    assert run("import", photo, "--album", "A").exit_code == 0
    marked = read_marker(settings.originals)
    (settings.originals / MARKER).unlink()
    assert run("fsck").exit_code == 2
    assert run("fsck", "--adopt-store").exit_code == 0
    assert read_marker(settings.originals) == marked
    assert run("fsck").exit_code == 0
