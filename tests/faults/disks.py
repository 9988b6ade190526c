"""Disks of the tests' own: a small one in memory, and one in a file that is copied as a cut leaves it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


@contextmanager
def _mounted(folder: Path, *options: str | Path) -> Iterator[Path]:
    """Skips the test where nothing may be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.getuid() != 0:
        pytest.skip("only root mounts disks")
    try:
        _run("mount", *options, folder)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"this machine mounts no disk: {error.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        _run("umount", folder)


@contextmanager
def small_disk(folder: Path, size_bytes: int) -> Iterator[Path]:
    """A disk of that size, gone after the block."""
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={size_bytes}", "none") as mounted:
        yield mounted


def enlarge(folder: Path, size_bytes: int) -> None:
    """Give a small disk more room."""
    _run("mount", "-o", f"remount,size={size_bytes}", folder)


@contextmanager
def disk_in_file(file: Path, folder: Path, size_bytes: int = 64 * 1024**2) -> Iterator[Path]:
    """The ext4 file system in the file, made if there is none."""
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("e2fsprogs is not installed; scripts/install-test-servers installs it")
    if not file.exists():
        with file.open("xb") as empty:
            empty.truncate(size_bytes)
        _run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", file)
    with _mounted(folder, "-o", "loop", file) as mounted:
        yield mounted


def as_power_cut_leaves_it(file: Path, copy: Path) -> None:
    """Copy what has reached the disk by now, without what the mounted file system holds in memory."""
    _run("cp", "--sparse=always", file, copy)
