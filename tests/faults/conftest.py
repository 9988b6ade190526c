"""A gallery to be broken, and processes that can be killed."""

import itertools
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.drawing import drawn_jpeg
from tests.faults.nursery import Nursery, nursing

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Starts children; none outlives the tests."""
    with nursing(tmp_path_factory.mktemp("nursery")) as nursery:
        yield nursery


@pytest.fixture
def new_files(tmp_path: Path) -> Callable[..., list[Path]]:
    """So many pictures, no two of the same bytes, each a little larger than `size_bytes`."""
    picture = drawn_jpeg(size=(64, 48))

    def make(count: int, size_bytes: int = 0, content: bytes = picture) -> list[Path]:
        folder = tmp_path / f"files-{next(_NUMBERS)}"
        folder.mkdir()
        paths = []
        for number in range(count):
            comment = _comment(f"{folder.name} {number} ".encode())
            comment += _comment(b"x" * 60_000) * (size_bytes // 60_000)
            path = folder / f"{number}.jpg"
            path.write_bytes(content[:2] + comment + content[2:])
            paths.append(path)
        return paths

    return make


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    """This test's gallery; its small disks may be filled to the last byte."""
    return {**environ, "KEEP_FREE_BYTES": "0"}


def _comment(text: bytes) -> bytes:
    """A COM segment (ITU-T T.81, B.2.4.5)."""
    return b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text
