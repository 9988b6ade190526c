"""A disk that is full: what does not fit is refused in words, and nothing else is harmed."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.disks import enlarge, small_disk
from tests.faults.witness import fsck, half_visible, rows, undocumented
from tests.serving import child_environ, flask

pytestmark = pytest.mark.slow

MIB = 1024**2
NewFiles = Callable[..., list[Path]]


def import_(environ: dict[str, str], files: list[Path]) -> tuple[int, dict[str, Any]]:
    done = flask(child_environ(**environ), "import", "--json", "--album", "A", *files)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize(
    ("size_bytes", "count", "filler"), [(MIB, 14, 0), (0, 200, 7.2)], ids=["originals", "rows"]
)
def test_what_does_not_fit_is_refused_in_words_and_taken_once_there_is_room(
    new_files: NewFiles,
    sqlite_template: Path,
    tmp_path: Path,
    size_bytes: int,
    count: int,
    filler: float,
    record_property: Callable[..., None],
) -> None:
    files = new_files(count, size_bytes)
    with small_disk(tmp_path / "disk", 8 * MIB) as disk:
        environ = {"INSTANCE": str(disk), "KEEP_FREE_BYTES": "0"}
        shutil.copy(sqlite_template, disk / "gallery.db")
        assert flask(child_environ(**environ), "album", "add", "A").returncode == 0
        (disk / "filler").write_bytes(b"x" * int(filler * MIB))
        status, report = import_(environ, files)
        record_property("added", f"{report['added']} of {count}")
        assert (status, report["added"] > 0, len(report["refused"]) > 0) == (1, True, True)
        assert report["added"] + len(report["refused"]) == count
        for refused in report["refused"]:
            assert any(word in refused["reason"] for word in ("No space left", "full", "disk")), refused
        assert len(rows(disk, "SELECT id FROM image")) == report["added"]
        assert (half_visible(disk), undocumented(disk)) == ([], [])
        assert list((disk / "originals" / "incoming").iterdir()) == []
        enlarge(disk, 64 * MIB)
        status, again = import_(environ, files)
        assert (status, again["refused"]) == (0, [])
        assert (again["added"], again["already_there"]) == (len(report["refused"]), report["added"])
        assert fsck(environ, "--repair")[0] == 0
        assert fsck(environ) == (0, [])


def test_control_with_room_nothing_is_refused(
    new_files: NewFiles, sqlite_template: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 64 * MIB) as disk:
        shutil.copy(sqlite_template, disk / "gallery.db")
        status, report = import_({"INSTANCE": str(disk), "KEEP_FREE_BYTES": "0"}, new_files(14, MIB))
        assert (status, report["added"], report["refused"]) == (0, 14, [])
