"""A machine that loses its power loses nothing that was acknowledged."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.disks import as_power_cut_leaves_it, disk_in_file
from tests.faults.nursery import Nursery, wait_until
from tests.faults.witness import fsck, half_visible, lost

pytestmark = pytest.mark.slow

ROUNDS = 6
NewFiles = Callable[..., list[Path]]
Cut = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def cut(nursery: Nursery, sqlite_template: Path, new_files: NewFiles, tmp_path: Path) -> Cut:
    """Upload until the power is cut; (acknowledged, lost of those, rows whose original is not whole)."""

    def run(
        number: int, *, then: Callable[[dict[str, str]], None] = lambda _environ: None, **broken: bool
    ) -> tuple[int, list[str], list[str]]:
        disk, copy = tmp_path / f"disk-{number}", tmp_path / f"copy-{number}"
        with disk_in_file(disk, tmp_path / "mounted") as mounted:
            environ = {"INSTANCE": str(mounted / "instance"), "KEEP_FREE_BYTES": "0"}
            (mounted / "instance").mkdir()
            shutil.copy(sqlite_template, mounted / "instance" / "gallery.db")
            os.sync()
            uploader = nursery.upload(environ, new_files(200), **broken)
            wait_until(lambda: len(uploader.kept()) >= 5, uploader)
            time.sleep(random.uniform(0, 0.3))
            os.kill(uploader.pid, signal.SIGSTOP)
            as_power_cut_leaves_it(disk, copy)
            uploader.kill()
        with disk_in_file(copy, tmp_path / "mounted") as mounted:
            instance = mounted / "instance"
            result = len(uploader.kept()), lost(instance, [uploader]), half_visible(instance)
            then(environ)
        return result

    return run


def test_no_acknowledged_upload_is_lost_in_a_power_cut(
    cut: Cut, record_property: Callable[..., None]
) -> None:
    acknowledged = 0
    for number in range(ROUNDS):
        then = check if number == ROUNDS - 1 else lambda _environ: None
        count, gone, half = cut(number, then=then)
        assert (gone, half) == ([], [])
        acknowledged += count
    record_property("acknowledged", acknowledged)
    assert acknowledged >= 5 * ROUNDS


def check(environ: dict[str, str]) -> None:
    """The checkup finds at worst what nobody named yet."""
    status, kinds = fsck(environ, "--repair")
    assert (status, set(kinds) <= {"orphaned-original"}) == (0, True)
    assert fsck(environ) == (0, [])


def test_control_without_fsync_a_power_cut_loses_uploads(
    cut: Cut, record_property: Callable[..., None]
) -> None:
    count, gone, _ = cut(0, unsynced=True)
    record_property("lost", f"{len(gone)} of {count}")
    assert gone
