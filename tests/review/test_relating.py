"""Flags between two images stand at both, name each other, and follow whatever is done to either."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as at_most
from hypothesis import strategies as st

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.duplication import duplicate
from gallery.editing.moving import move
from gallery.editing.trash import discard, restore
from gallery.location.flag import Code
from gallery.models.album import Membership
from gallery.models.claim import Claim, Source
from gallery.models.fingerprint import MOST_OF_BAND, alike, keep_fingerprint
from gallery.models.flag import stored_flags
from gallery.models.flag_lock import hold_flags, left_to_us
from gallery.models.image import Image
from gallery.models.scope import of_person
from gallery.models.user import Role, User
from gallery.models.verdict import Decision
from gallery.prepared import Borrowed
from gallery.present.claims.doubts import doubts_of
from gallery.present.claims.record import claims_record
from gallery.present.reviews.verdict_evidence import told
from gallery.present.sync_document import write_documents
from gallery.review import reviewing
from gallery.review.flagging import flag_again, found_now
from gallery.review.judgement import Judgement
from tests.engines import both_engines
from tests.records import album_of, bare_image

pytestmark = [both_engines, pytest.mark.usefixtures("context")]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CAMERA = {"Make": "Ricoh", "Model": "G900", "SerialNumber": "0301", "OffsetTimeOriginal": "+00:00"}
PARIS, LYON, LILLE = (48.85, 2.35), (45.76, 4.84), (50.63, 3.06)
BETWEEN = ("impossible_travel", "same_picture")
LOOKS = 0x0F1E_2D3C_4B5A_6978


def photo(settings: Settings, at: tuple[float, float], minutes: float = 0, **more: Any) -> Image:
    """Committed with its flags; by the same camera as all others."""
    looks = more.pop("looks", None)
    begin_write()
    album = album_of(more.pop("album_id", "one"))
    image = bare_image(album, exifs=CAMERA, taken_at=NOON + timedelta(minutes=minutes), **more)
    image.claims = [Claim(source=Source.EXIF, latitude=at[0], longitude=at[1], accuracy_m=5.0)]
    image.derive_position(settings.gps_precedence)
    db.session.flush()
    keep_fingerprint(image.number, looks)
    flag_again([image], settings)
    write_documents([image], settings)
    db.session.commit()
    return image


def named(image: Image, code: Code) -> list[int | None]:
    """Whom the image's stored flags of that code name."""
    flags = stored_flags(db.session.connection(), [image.number])[image.number]
    return [flag.other for flag in flags if flag.code is code]


def assert_true(settings: Settings) -> None:
    """What is stored of every image is what would be found."""
    db.session.expire_all()
    images = db.session.scalars(sa.select(Image)).all()
    found = found_now(images, settings)
    stored = stored_flags(db.session.connection(), [image.number for image in images])
    for image in images:
        assert stored[image.number] == found[image.number]
        assert image.worst_flag == max((flag.severity for flag in stored[image.number]), default=0)


def test_impossible_travel_stands_at_both_until_one_is_gone(
    settings: Settings, make_user: Callable[..., User]
) -> None:
    person = db.session.merge(make_user("ann@example.org", role=Role.ADMIN))
    early, late = photo(settings, PARIS), photo(settings, LYON, 10)
    assert named(early, Code.IMPOSSIBLE_TRAVEL) == [late.number]
    assert named(late, Code.IMPOSSIBLE_TRAVEL) == [early.number]
    between = photo(settings, PARIS, 5)
    assert named(early, Code.IMPOSSIBLE_TRAVEL) == []
    assert named(between, Code.IMPOSSIBLE_TRAVEL) == [late.number]
    assert_true(settings)
    discard(between, person, settings)
    db.session.commit()
    assert named(early, Code.IMPOSSIBLE_TRAVEL) == [late.number]
    assert_true(settings)
    restore(between, settings)
    db.session.commit()
    assert named(early, Code.IMPOSSIBLE_TRAVEL) == []
    assert_true(settings)
    begin_write()
    late.claims[0].latitude, late.claims[0].longitude = PARIS
    flag_again([late], settings)
    db.session.commit()
    assert named(between, Code.IMPOSSIBLE_TRAVEL) == []
    assert_true(settings)


def test_the_same_picture_elsewhere_is_named_by_both_and_only_while_it_is_there(
    settings: Settings, make_user: Callable[..., User]
) -> None:
    person = db.session.merge(make_user("ann@example.org", role=Role.ADMIN))
    first = photo(settings, PARIS, looks=LOOKS)
    other = photo(settings, LYON, 9000, looks=LOOKS ^ 1 ^ 1 << 40 ^ -(1 << 63))
    photo(settings, LILLE, 18000, looks=LOOKS ^ 0b1111)
    third = photo(settings, LYON, 27000, looks=LOOKS)
    assert named(first, Code.SAME_PICTURE) == [other.number]
    assert named(other, Code.SAME_PICTURE) == named(third, Code.SAME_PICTURE) == [first.number]
    assert_true(settings)
    discard(other, person, settings)
    db.session.commit()
    assert named(first, Code.SAME_PICTURE) == [third.number]
    second = album_of("two")
    db.session.commit()
    copy = duplicate(third, second, {}, settings)
    db.session.commit()
    assert named(copy, Code.SAME_PICTURE) == [first.number]
    assert_true(settings)


def test_nobody_hears_of_an_image_that_they_may_not_see(
    settings: Settings, make_user: Callable[..., User]
) -> None:
    person = db.session.merge(make_user("bo@example.org", role=Role.REVIEWER))
    early = photo(settings, PARIS, looks=LOOKS)
    photo(settings, LYON, 10, album_id="secret", looks=LOOKS, title="Bunker 9")
    db.session.add(Membership(album_number=early.album_number, user_number=person.number))
    db.session.commit()
    doubts = doubts_of([early], of_person(person))[early.number]
    assert {doubt.flag.code for doubt in doubts} >= {Code.IMPOSSIBLE_TRAVEL, Code.SAME_PICTURE}
    assert not any(doubt.other for doubt in doubts)
    assert not any(word in doubt.sentence for doubt in doubts for word in ("Bunker", "km"))
    record = claims_record(early, of_person(person), settings)
    between = [flag for flag in record.flags if flag.code in BETWEEN]
    assert [(flag.inputs, flag.other) for flag in between] == [({}, None)] * 2
    verdict = reviewing.decide(early, Judgement(Decision.NEEDS_INFO), person, settings)
    db.session.commit()
    kept = [flag for flag in verdict.evidence["flags"] if flag["other"]]
    assert {flag["inputs"]["distance_m"] > 1e5 for flag in kept} == {True}
    shown = told([verdict], of_person(person))[verdict.id]
    assert [(f["inputs"], f["other"]) for f in shown["flags"] if f["code"] in BETWEEN] == [({}, None)] * 2


def test_who_may_see_the_other_image_is_led_there_wherever_it_moves(
    settings: Settings, make_user: Callable[..., User]
) -> None:
    person = db.session.merge(make_user("bo@example.org", role=Role.REVIEWER))
    early, late = photo(settings, PARIS), photo(settings, LYON, 10, album_id="secret", title="Bunker 9")
    db.session.add(Membership(album_number=early.album_number, user_number=person.number))
    db.session.commit()
    move([late], early.album, settings)
    db.session.commit()
    doubt = doubts_of([early], of_person(person))[early.number][0]
    assert doubt.other is not None
    assert "Bunker 9" in doubt.sentence
    flag = claims_record(early, of_person(person), settings).flags[0]
    assert (flag.other, flag.inputs["gap_s"]) == (late.id, 600.0)


def test_whoever_is_about_to_find_the_flags_of_an_image_is_left_to_do_so() -> None:
    takes_turns = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as one, db.engine.connect() as other:
        hold_flags(one, [7])
        assert left_to_us(other, {7, 8}) == ({7, 8} if takes_turns else {8})
        one.rollback()
        assert left_to_us(other, {7, 8}) == {7, 8}


def test_pictures_that_all_look_the_same_are_looked_at_in_bounds(settings: Settings) -> None:
    begin_write()
    images = [bare_image(album_of("one")) for _ in range(MOST_OF_BAND + 6)]
    db.session.flush()
    for image in images:
        keep_fingerprint(image.number, LOOKS)
    with Borrowed(db.session.connection()) as reader:
        last, before = (alike(reader, image.number, 3) for image in (images[-1], images[-2]))
    assert len(last) == MOST_OF_BAND
    assert last == before
    db.session.rollback()


steps = st.lists(
    st.tuples(
        st.sampled_from(("add", "claim", "trash", "restore")),
        st.integers(0, 9),
        st.sampled_from((PARIS, LYON, LILLE)),
        st.integers(0, 60),
        st.sampled_from((None, LOOKS, LOOKS ^ 1)),
    ),
    min_size=3,
    max_size=9,
)


@given(steps)
@at_most(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_in_whichever_order_every_stored_flag_is_true(
    settings: Settings, done: list[tuple[str, int, tuple[float, float], int, int | None]]
) -> None:
    begin_write()
    db.session.execute(sa.delete(Image))
    db.session.commit()
    for what, which, at, minutes, looks in done:
        images = db.session.scalars(sa.select(Image).order_by(Image.number)).all()
        if what == "add" or not images:
            photo(settings, at, minutes, looks=looks)
            continue
        image = images[which % len(images)]
        if what == "claim":
            image.claims[0].latitude, image.claims[0].longitude = at
            image.taken_at = NOON + timedelta(minutes=minutes)
        else:
            image.trashed_at = NOON if what == "trash" else None
        flag_again([image], settings)
        db.session.commit()
        assert_true(settings)
