"""Connections that are kept for the calls that come all day."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from gallery.kept_readers import KeptReaders


@pytest.fixture
def readers(tmp_path: Path) -> KeptReaders:
    """Of an empty database."""
    return KeptReaders(sa.create_engine(f"sqlite:///{tmp_path}/empty.db"))


def test_the_reader_that_came_back_last_is_lent_first_and_none_to_two(readers: KeptReaders) -> None:
    with readers.lent() as first, readers.lent() as second:
        assert first is not second
    with readers.lent() as again:
        assert again is first


def test_a_reader_that_met_trouble_is_not_lent_again(readers: KeptReaders) -> None:
    with pytest.raises(readers.driver_error), readers.lent() as broken:
        broken.cursor.execute("SELECT nothing")
    with readers.lent() as fresh:
        assert fresh is not broken
        fresh.cursor.execute("SELECT 1")


def test_the_file_is_read_in_the_systems_memory(readers: KeptReaders) -> None:
    with readers.lent() as reader:
        assert reader.cursor.execute("PRAGMA mmap_size").fetchall() != [(0,)]


def test_a_reader_keeps_more_pages_of_the_rest_than_sqlite_would_by_itself(readers: KeptReaders) -> None:
    with readers.lent() as reader:
        ((kibibytes,),) = reader.cursor.execute("PRAGMA cache_size").fetchall()
    assert kibibytes == -16 * 1024
