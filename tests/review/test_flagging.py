"""The stored flags are those that would be found now, whatever was changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.duplication import duplicate
from gallery.index.image_index import ImageIndex
from gallery.location.flag import Severity
from gallery.location.flags import flags_of
from gallery.location.position import Position
from gallery.models.claim import Claim, Source
from gallery.models.flag import StoredFlag
from gallery.models.image import Image
from gallery.models.user import Role, User
from gallery.models.verdict import Decision
from gallery.present.claims.doubts import evidence_of
from gallery.present.sync_document import write_documents
from gallery.review import reviewing
from gallery.review.flagging import flag_again, refresh_flags
from gallery.review.judgement import Judgement
from tests.engines import both_engines
from tests.records import album_of, bare_image, stored_documents

pytestmark = [both_engines, pytest.mark.usefixtures("context")]
QUAY = (59.30843, 18.07512)


def stored(image: Image) -> list[tuple[str, int, dict[str, object]]]:
    columns = StoredFlag.code, StoredFlag.severity, StoredFlag.inputs
    rows = db.session.execute(
        sa.select(*columns).where(StoredFlag.image_number == image.number).order_by(StoredFlag.rank)
    )
    return [(code, severity, inputs) for code, severity, inputs in rows]


def assert_true(image: Image, settings: Settings) -> None:
    """What is stored of it is what its row says."""
    flags = flags_of(evidence_of(image, settings.gps_precedence), settings.flag_thresholds)
    assert stored(image) == [(flag.code, int(flag.severity), dict(flag.inputs)) for flag in flags]
    worst = db.session.scalar(sa.select(Image.worst_flag).where(Image.number == image.number))
    assert worst == max((flag.severity for flag in flags), default=0)


def claimed(source: Source, latitude: float, longitude: float, radius_m: float | None = 5.0) -> Claim:
    return Claim(source=source, latitude=latitude, longitude=longitude, accuracy_m=radius_m)


@pytest.fixture
def image(settings: Settings) -> Image:
    """Its file and its browser are 100 km apart."""
    image = bare_image(album_of())
    image.claims = [claimed(Source.EXIF, *QUAY), claimed(Source.HTML, 60.2, 18.1, 20)]
    image.derive_position(settings.gps_precedence)
    flag_again([image], settings)
    write_documents([image], settings)
    db.session.commit()
    return image


def test_a_changed_claim_changes_flags_and_the_gravest_and_no_document(
    image: Image, settings: Settings
) -> None:
    assert image.worst_flag == Severity.CONFLICT
    assert_true(image, settings)
    before = stored_documents()
    begin_write()
    image.claims[1].latitude, image.claims[1].longitude, image.claims[1].accuracy_m = *QUAY, None
    flag_again([image], settings)
    db.session.commit()
    assert [code for code, *_ in stored(image)] == ["radius_unstated"]
    assert_true(image, settings)
    assert stored_documents() == before


def test_flags_that_are_rolled_back_were_never_there(image: Image, settings: Settings) -> None:
    begin_write()
    image.claims = []
    flag_again([image], settings)
    db.session.rollback()
    assert_true(image, settings)
    assert stored(image)


def test_a_place_by_hand_is_looked_at_and_its_undoing_too(
    image: Image, settings: Settings, make_user: Callable[..., User]
) -> None:
    person = db.session.merge(make_user("rev@example.org", role=Role.ADMIN))
    trust = Judgement(Decision.APPROVED, Source.MANUAL, place=Position(0.0, 0.0))
    reviewing.decide(image, trust, person, settings)
    db.session.commit()
    assert "null_island" in [code for code, *_ in stored(image)]
    assert_true(image, settings)
    reviewing.undo(image, person, settings)
    db.session.commit()
    assert "null_island" not in [code for code, *_ in stored(image)]


def test_a_copy_has_flags_of_its_own_and_a_deleted_image_none(image: Image, settings: Settings) -> None:
    image.taken_at = datetime(2025, 12, 31, 12, tzinfo=UTC)
    copy = duplicate(image, image.album, {}, settings)
    db.session.commit()
    assert_true(copy, settings)
    assert stored(copy)
    number = copy.number
    db.session.execute(sa.delete(Image).where(Image.number == number))
    db.session.commit()
    assert db.session.scalar(sa.select(StoredFlag.code).where(StoredFlag.image_number == number)) is None


def test_an_upload_and_its_processing_store_flags(
    make_image: Callable[..., Image], settings: Settings
) -> None:
    waiting = make_image(location={"latitude": 0, "longitude": 0, "accuracy": 0})
    processed = make_image(album_id="other", process=True, location={"latitude": 1.0, "longitude": 1.0})
    for image in (waiting, processed):
        again = db.session.get_one(Image, image.number)
        assert_true(again, settings)
        assert again.worst_flag


def test_changed_thresholds_are_followed_once(image: Image, settings: Settings) -> None:
    refresh_flags(settings)
    thresholds = replace(settings.flag_thresholds, tolerance_m=200_000)
    changed = replace(settings, flag_thresholds=thresholds)
    assert refresh_flags(changed, batch=1) == 1
    again = db.session.scalars(sa.select(Image)).one()
    assert_true(again, changed)
    assert again.worst_flag == 0
    assert refresh_flags(changed) == 0


def test_flags_found_at_the_start_reach_the_index_even_if_the_gravest_stays(
    image: Image, settings: Settings
) -> None:
    number = image.number
    begin_write()
    db.session.execute(sa.delete(StoredFlag))
    db.session.commit()
    index = ImageIndex(db.engine)
    with index.sets() as sets:
        assert sets is not None
        assert sets.flags == {}
    refresh_flags(replace(settings, flag_thresholds=replace(settings.flag_thresholds, clock_s=301)))
    with index.sets() as sets:
        assert sets is not None
        assert {code: list(numbers) for code, numbers in sets.flags.items()} == {"pair_mismatch": [number]}
