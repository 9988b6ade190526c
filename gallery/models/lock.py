"""Who waits for whom, where rows and files must not change under a decision.

An upload locks its album, then images there; every other change locks images. The counter of changes
comes last.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from gallery.db import begin_write, db
from gallery.models.image import Image


def lock_images(numbers: Iterable[int]) -> list[Image]:
    """Those of the images, trashed or not, as they are now.

    Nobody else changes them until this transaction ends, which must be one that writes. In order of their
    numbers, so that of two who lock, one waits.
    """
    found = db.session.scalars(
        sa.select(Image)
        .where(Image.number.in_(list(numbers)))
        .order_by(Image.number)
        .with_for_update(of=Image)
        .execution_options(populate_existing=True)
    )
    return list(found)


def hold_uploads() -> None:
    """Wait until every upload under way has its rows, and let none begin: each locks its album first.

    Starts a writing transaction, which is enough on SQLite.
    """
    begin_write()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("LOCK TABLE album IN EXCLUSIVE MODE"))
