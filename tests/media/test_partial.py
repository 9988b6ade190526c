"""A file in pieces, however it is cut and interrupted."""

import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gallery.errors import StorageFull, TooLarge
from gallery.media.partial import (
    BLOCK_BYTES,
    Checksum,
    ChecksumMismatch,
    OffsetConflict,
    Partial,
    UploadLocked,
)


class Breaking(BytesIO):
    """A connection that is lost where the bytes end."""

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size)
        if not block:
            raise ConnectionResetError
        return block


FATES = ("whole", "lost", "spoiled", "checked", "killed", "wrong place")
PIECES = st.lists(st.tuples(st.integers(1, 2 * BLOCK_BYTES), st.sampled_from(FATES)), max_size=8)


@given(PIECES)
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_pieces_with_any_interruptions_come_to_the_same_bytes(
    tmp_path: Path, pieces: list[tuple[int, str]]
) -> None:
    content = bytes(range(251)) * 12_000
    partial = Partial(tmp_path / os.urandom(8).hex(), len(content))
    partial.create()
    for size, fate in [*pieces, (len(content), "whole")]:
        with partial.open() as file:
            at = file.size_bytes
            piece = content[at : at + size]
            right, wrong = (Checksum("sha1", hashlib.sha1(text).digest()) for text in (piece, b"other"))
            if fate == "lost":
                with pytest.raises(ConnectionResetError):
                    file.append(Breaking(piece), offset_bytes=at, checksum=None, keep_free_bytes=0)
            elif fate == "killed":  # with unverified bytes on the disk
                with pytest.raises(ConnectionResetError):
                    file.append(Breaking(b"unverified"), offset_bytes=at, checksum=right, keep_free_bytes=0)
                piece = b""
            elif fate == "spoiled":
                with pytest.raises(ChecksumMismatch):
                    file.append(BytesIO(piece), offset_bytes=at, checksum=wrong, keep_free_bytes=0)
                piece = b""
            elif fate == "wrong place":
                with pytest.raises(OffsetConflict):
                    file.append(BytesIO(piece), offset_bytes=at + 1, checksum=None, keep_free_bytes=0)
                piece = b""
            else:
                checksum = right if fate == "checked" else None
                file.append(BytesIO(piece), offset_bytes=at, checksum=checksum, keep_free_bytes=0)
        with partial.open() as file:
            assert file.size_bytes == at + len(piece)
    assert partial.path.read_bytes() == content
    assert [path for path in tmp_path.iterdir() if path.suffix] == []


def test_a_piece_that_the_disk_has_no_room_for_is_named_and_can_be_sent_later(tmp_path: Path) -> None:
    partial = Partial(tmp_path / "file", 10)
    partial.create()
    with partial.open() as file:
        with pytest.raises(UploadLocked):
            partial.open()
        with pytest.raises(StorageFull):
            file.append(BytesIO(b"12345"), offset_bytes=0, checksum=None, keep_free_bytes=2**60)
        with pytest.raises(TooLarge):
            file.append(BytesIO(b"x" * 11), offset_bytes=0, checksum=None, keep_free_bytes=0)
        file.append(BytesIO(b"12345"), offset_bytes=0, checksum=None, keep_free_bytes=0)
        assert file.size_bytes == 5


@pytest.mark.parametrize("checksum", [None, Checksum("md5", b"x" * 16)])
def test_of_a_piece_that_goes_beyond_the_end_no_byte_counts(
    tmp_path: Path, checksum: Checksum | None
) -> None:
    partial = Partial(tmp_path / "file", 2 * BLOCK_BYTES)
    partial.create()
    with partial.open() as file:
        file.append(BytesIO(b"12345"), offset_bytes=0, checksum=None, keep_free_bytes=0)
        with pytest.raises(TooLarge):
            file.append(BytesIO(bytes(2 * BLOCK_BYTES)), offset_bytes=5, checksum=checksum, keep_free_bytes=0)
        assert file.size_bytes == 5
