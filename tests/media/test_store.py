import hashlib
from io import BytesIO
from pathlib import Path

import pytest

from gallery.errors import TooLarge
from gallery.media.store import BLOCK_BYTES, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "originals")


def files(store: Store) -> list[Path]:
    return sorted(path for path in store.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size_bytes", [0, 1, BLOCK_BYTES, 2 * BLOCK_BYTES + 1])
def test_a_file_lies_under_its_digest(store: Store, size_bytes: int) -> None:
    content = b"x" * size_bytes
    with store.receive(BytesIO(content), max_bytes=size_bytes) as incoming:
        kept = store.keep(incoming)
    sha256 = hashlib.sha256(content).hexdigest()
    assert (incoming.sha256, incoming.md5) == (sha256, hashlib.md5(content).hexdigest())
    assert incoming.size_bytes == size_bytes
    assert kept == store.path_of(sha256) == store.folder / sha256[:2] / sha256[2:4] / sha256
    assert kept.read_bytes() == content
    assert files(store) == [kept]


def test_a_file_that_is_too_large_leaves_nothing(store: Store) -> None:
    with (
        pytest.raises(TooLarge, match="1,048,576"),
        store.receive(BytesIO(b"x" * (BLOCK_BYTES + 1)), max_bytes=BLOCK_BYTES),
    ):
        pytest.fail("it was received")
    assert files(store) == []


def test_reading_stops_at_the_first_byte_too_many(store: Store) -> None:
    stream = BytesIO(b"x" * 10 * BLOCK_BYTES)
    with pytest.raises(TooLarge), store.receive(stream, max_bytes=5):
        pytest.fail("it was received")
    assert stream.tell() == BLOCK_BYTES


def test_a_file_that_is_not_kept_leaves_nothing(store: Store) -> None:
    with store.receive(BytesIO(b"x"), max_bytes=5) as incoming:
        assert files(store) == [incoming.path]
    assert files(store) == []


def test_a_failure_while_it_is_looked_at_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.receive(BytesIO(b"x"), max_bytes=5):
        raise RuntimeError
    assert files(store) == []


def test_a_stream_that_breaks_leaves_nothing(store: Store) -> None:
    class Breaking(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError
            self.seek(1)
            return b"x"

    with pytest.raises(ConnectionResetError), store.receive(Breaking(b"xx"), max_bytes=5):
        pytest.fail("it was received")
    assert files(store) == []


def test_identical_content_is_kept_once_and_as_it_was(store: Store) -> None:
    kept = []
    for _ in range(2):
        with store.receive(BytesIO(b"same"), max_bytes=5) as incoming:
            kept.append(store.keep(incoming))
            kept.append(kept[-1].stat().st_ino)
    assert kept[:2] == kept[2:]
    assert len(files(store)) == 1
