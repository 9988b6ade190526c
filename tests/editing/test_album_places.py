"""Albums expect their pictures at a place, and whatever lies outside is flagged."""

from typing import Any

import pytest
import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.album_editing import edit_album
from gallery.editing.moving import move
from gallery.models.audit import AuditEntry, Deed
from gallery.models.claim import Claim, Source
from gallery.models.flag import StoredFlag
from gallery.models.image import Image
from gallery.present.claims.doubts import doubts_of, evidence_of
from gallery.present.reviews.checks import Check, Level, checks
from gallery.present.sync_document import write_documents
from gallery.review.album_flagging import flag_albums
from gallery.review.flagging import flag_again
from tests.engines import both_engines
from tests.records import album_of, bare_image

pytestmark = both_engines
QUAY = {"type": "Point", "coordinates": [18.07512, 59.30843], "radius_m": 500.0}
RING = [[18.0, 59.3], [18.2, 59.3], [18.2, 59.4], [18.0, 59.4], [18.0, 59.3]]


@pytest.fixture
def images(context: None, settings: Settings) -> list[Image]:
    """One at the quay and one some 11 km north of it, whose browser was at the quay."""
    begin_write()
    images = [bare_image(album_of()) for _ in range(2)]
    for image, latitude in zip(images, (59.30843, 59.40843), strict=True):
        image.claims = [
            Claim(source=Source.EXIF, latitude=latitude, longitude=18.07512, accuracy_m=5.0),
            Claim(source=Source.HTML, latitude=59.30843, longitude=18.07512, accuracy_m=90_000.0),
        ]
        image.derive_position(settings.gps_precedence)
    flag_again(images, settings)
    write_documents(images, settings)
    db.session.commit()
    return images


def outside() -> list[tuple[int, float]]:
    """(number, km outside) of what is flagged."""
    stored = sa.select(StoredFlag.image_number, StoredFlag.inputs).where(StoredFlag.code == "outside_place")
    return [(number, round(inputs["distance_m"] / 1000, 1)) for number, inputs in db.session.execute(stored)]


def expect_at(place: dict[str, Any] | None, settings: Settings) -> None:
    edit_album(album_of(), {"place": place}, settings)
    db.session.commit()


def place_checked(number: int, settings: Settings) -> list[Check]:
    image = db.session.get_one(Image, number)
    evidence = evidence_of(image, settings.gps_precedence)
    found = doubts_of([image], sa.true())[number]
    return checks(evidence, found, settings.flag_thresholds, has_file=False, has_travelled=False)


def test_an_album_is_flagged_again_by_and_by_when_its_place_changes_and_goes_on_after_a_kill(
    images: list[Image], settings: Settings
) -> None:
    near, far = [image.number for image in images]
    expect_at(QUAY, settings)
    assert outside() == []
    assert flag_albums(settings, within_s=0)
    assert album_of().flagged_up_to == 0
    assert not flag_albums(settings, within_s=30)
    assert (outside(), album_of().flagged_up_to) == ([(far, 10.6)], None)
    levels = {check.name: check.level for check in place_checked(far, settings)}
    assert (levels["Place"], levels["EXIF"]) == (Level.WARN, Level.PASS)
    levels = {check.name: check.level for check in place_checked(near, settings)}
    assert levels["Place"] is Level.PASS
    expect_at({"type": "Polygon", "coordinates": [[[lng, lat + 0.1] for lng, lat in RING]]}, settings)
    flag_albums(settings, within_s=30)
    assert outside() == [(near, 10.2)]
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.deed == Deed.ALBUM_EDITED)).all()[0]
    assert entry.details["changed"]["place"] == [None, QUAY]
    expect_at(None, settings)
    flag_albums(settings, within_s=30)
    assert outside() == []


def test_what_is_moved_to_an_album_is_looked_at_with_its_place(
    images: list[Image], settings: Settings
) -> None:
    far = images[1].number
    begin_write()
    album_of("other")
    db.session.commit()
    expect_at(QUAY, settings)
    flag_albums(settings, within_s=30)
    move([db.session.get_one(Image, far)], album_of("other"), settings)
    db.session.commit()
    assert outside() == []
    move([db.session.get_one(Image, far)], album_of(), settings)
    db.session.commit()
    assert [number for number, _ in outside()] == [far]
