"""When a personal token was last used: noted after the answer, now and then, and never waited for."""

import logging
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from gallery.db import BUSY_TIMEOUT_MS
from gallery.models.personal_token import Grant, PersonalToken

log = logging.getLogger(__name__)
NOTED_EVERY = timedelta(minutes=1)
PATIENCE_MS = 50


def is_due(grant: Grant) -> bool:
    """Whether the last use that was noted is long enough ago."""
    return grant.last_used_at is None or datetime.now(UTC) - grant.last_used_at >= NOTED_EVERY


def note_use(engine: sa.Engine, grant: Grant) -> None:
    """Note that the token was used just now. While somebody else writes it is left to the next call."""
    now = datetime.now(UTC)
    stale = sa.or_(PersonalToken.last_used_at.is_(None), PersonalToken.last_used_at <= now - NOTED_EVERY)
    noted = sa.update(PersonalToken).where(PersonalToken.number == grant.number, stale)
    try:
        with engine.connect() as connection:
            _set_busy_timeout(connection, PATIENCE_MS)
            try:
                with connection.begin():
                    if connection.dialect.name == "postgresql":
                        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
                    connection.execute(noted.values(last_used_at=now))
            finally:
                _set_busy_timeout(connection, BUSY_TIMEOUT_MS)
    except OperationalError as error:
        log.debug("the use of a token was not noted: %s", error)


def _set_busy_timeout(connection: sa.Connection, milliseconds: int) -> None:
    """Of SQLite, past SQLAlchemy, which would begin a transaction."""
    driver = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.cursor().execute(f"PRAGMA busy_timeout={milliseconds}")
