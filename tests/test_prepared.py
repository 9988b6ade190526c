"""Statements that are prepared once and run past SQLAlchemy."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from gallery.errors import StorageFull
from gallery.prepared import Prepared


def test_a_full_database_has_its_name_there_too(tmp_path: Path) -> None:
    keep = Prepared(sa.text("INSERT INTO kept VALUES (:text)"))
    with sa.create_engine(f"sqlite:///{tmp_path}/small.db").connect() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (text TEXT)")
        connection.exec_driver_sql("PRAGMA max_page_count=4")
        keep.run_on(connection, [{"text": "a"}, {"text": "b"}])
        connection.commit()
        with pytest.raises(StorageFull):
            keep.run_on(connection, [{"text": "x" * 100_000}])
        assert connection.exec_driver_sql("SELECT text FROM kept").scalars().all() == ["a", "b"]


def test_what_the_driver_raises_is_raised_as_everywhere(tmp_path: Path) -> None:
    keep = Prepared(sa.text("INSERT INTO kept VALUES (:number)"))
    with sa.create_engine(f"sqlite:///{tmp_path}/small.db").connect() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (number INTEGER PRIMARY KEY)")
        with pytest.raises(sa.exc.IntegrityError, match="UNIQUE"):
            keep.run_on(connection, [{"number": 1}, {"number": 1}])
