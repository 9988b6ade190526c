"""What was derived of every image by a recipe is derived again when the recipe is another."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from gallery.db import begin_write, db
from gallery.models.document import Site
from gallery.models.image import Image


def follow(noted: InstrumentedAttribute[str], recipe: str, derive_after: Callable[[int], list[int]]) -> int:
    """Derive it again of all images unless `noted`, of Site, is this recipe; of how many.

    `derive_after` does so for some beyond a number, in the transaction under way, and says for which, in
    order. Commits batch by batch. A run that is cut short starts over, because the recipe is noted last.
    """
    if db.session.scalar(sa.select(noted)) == recipe:
        db.session.rollback()  # a server asks this once, and must not keep a transaction open for days
        return 0
    done, last = 0, 0
    while True:
        begin_write()
        numbers = derive_after(last)
        if not numbers:
            break
        done, last = done + len(numbers), numbers[-1]
        db.session.commit()
        db.session.expunge_all()
    db.session.execute(sa.update(Site).values({noted: recipe}))
    db.session.commit()
    return done


def for_images(derive: Callable[[Sequence[Image]], None], batch: int) -> Callable[[int], list[int]]:
    """The same for `follow`, of something that is derived of images; of those in the trash, too."""

    def derive_after(last: int) -> list[int]:
        found = sa.select(Image).where(Image.number > last).order_by(Image.number).limit(batch)
        images = db.session.scalars(found.with_for_update(of=Image)).all()
        if images:
            derive(images)
        return [image.number for image in images]

    return derive_after
