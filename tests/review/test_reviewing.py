"""What verdicts do to an image, its record and its position."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.revision import PreconditionFailed, revision_of
from gallery.location.position import Position
from gallery.models.audit import AuditEntry, Deed
from gallery.models.claim import Claim, Source
from gallery.models.delivery import Delivery
from gallery.models.image import Image
from gallery.models.review_state import ReviewState
from gallery.models.user import Role, User
from gallery.models.verdict import Decision, Reason, Verdict, reopen
from gallery.present.sync_document import write_documents
from gallery.review import reviewing
from gallery.review.flagging import flag_again
from gallery.review.judgement import Judgement, VerdictInvalid
from gallery.review.reviewing import OwnUpload, VerdictOver
from gallery.webhook_editing import make
from tests.engines import both_engines
from tests.records import album_of, bare_image, fresh_documents, stored_documents

pytestmark = [both_engines, pytest.mark.usefixtures("context")]
EXIF, HTML, IP = (48.1, 2.1), (48.2, 2.2), (50.0, 3.0)
APPROVE, REJECT, ASK = (Judgement(decision) for decision in Decision)


def trust(source: Source, **more: Any) -> Judgement:
    """An approval that names whom to believe."""
    return Judgement(Decision.APPROVED, source, **more)


def by_hand(latitude: float, longitude: float) -> Judgement:
    """An approval of a place that the reviewer found."""
    return trust(Source.MANUAL, place=Position(latitude, longitude))


def decide(*arguments: Any) -> Verdict:
    """And commit."""
    verdict = reviewing.decide(*arguments)
    db.session.commit()
    return verdict


def undo(*arguments: Any) -> Verdict:
    """The same."""
    verdict = reviewing.undo(*arguments)
    db.session.commit()
    return verdict


@pytest.fixture
def people(make_user: Callable[..., User]) -> tuple[User, User, User]:
    """Two reviewers and an admin."""
    roles = {"ann": Role.REVIEWER, "bo": Role.REVIEWER, "root": Role.ADMIN}
    made = [make_user(f"{name}@example.org", role) for name, role in roles.items()]
    ann, bo, root = (db.session.get_one(User, user.number) for user in made)
    return ann, bo, root


@pytest.fixture
def image(settings: Settings) -> Image:
    """With three claims, of which the file's is believed."""
    return placed_image(settings)


def placed_image(settings: Settings, **more: Any) -> Image:
    begin_write()
    made = bare_image(album_of(), **more)
    made.claims = [
        claim(source, *at) for source, at in ((Source.EXIF, EXIF), (Source.HTML, HTML), (Source.IP, IP))
    ]
    made.derive_position(settings.gps_precedence)
    flag_again([made], settings)
    write_documents([made], settings)
    db.session.commit()
    return made


def claim(source: Source, latitude: float, longitude: float) -> Claim:
    return Claim(source=source, latitude=latitude, longitude=longitude)


def change_claim(image: Image, source: Source, latitude: float, settings: Settings) -> list[Image]:
    """As processing does it."""
    begin_write()
    image.claims = [c for c in image.claims if c.source is not source] + [claim(source, latitude, 7.0)]
    reopened = reopen([image])
    image.derive_position(settings.gps_precedence)
    write_documents([image], settings)
    db.session.commit()
    return reopened


def test_who_is_trusted_is_believed_in_record_feed_and_webhooks(
    image: Image, people: tuple[User, ...], settings: Settings
) -> None:
    ann, _, root = people
    begin_write()
    make(root, "https://hooks.example.org/", ["verdict", "updated_image"], None)
    db.session.commit()
    seen, updated = revision_of(image), image.updated_at
    reasons = (Reason.WRONG_TIME, Reason.SOURCE_WRONG)
    verdict = decide(image, trust(Source.HTML, reasons=reasons, comment=" Nice. "), ann, settings)
    db.session.commit()
    assert (image.believed_position, image.review) == (HTML, ReviewState.APPROVED)
    assert image.updated_at > updated
    assert int(revision_of(image)) > int(seen)
    assert stored_documents() == fresh_documents(settings)
    told = {row.event: row.payload for row in db.session.scalars(sa.select(Delivery))}
    assert set(told) == {"verdict", "updated_image"}
    assert b'"verdict":{"id":"' + verdict.id.encode() in told["verdict"]
    assert b'"gps":[48.2,2.2]' in told["verdict"]
    assert (verdict.reasons, verdict.comment) == (["source_wrong", "wrong_time"], "Nice.")
    assert [c["source"] for c in verdict.evidence["claims"]] == ["exif", "html", "ip"]
    assert "pair_mismatch" in {flag["code"] for flag in verdict.evidence["flags"]}
    assert verdict.evidence["gps"] == [*EXIF]


def test_nobody_reviews_their_own_upload_nor_what_they_have_not_seen(
    people: tuple[User, ...], settings: Settings
) -> None:
    ann, bo, _ = people
    own = placed_image(settings, uploader_number=ann.number)
    with pytest.raises(OwnUpload):
        decide(own, APPROVE, ann, settings)
    seen = revision_of(own)
    decide(own, REJECT, bo, settings, lambda revision: revision == seen)
    db.session.commit()
    with pytest.raises(PreconditionFailed):
        decide(own, APPROVE, bo, settings, lambda revision: revision == seen)


def test_a_verdict_that_makes_no_sense_is_refused(
    image: Image, people: tuple[User, ...], settings: Settings
) -> None:
    for judgement in (
        trust(Source.MANUAL),
        Judgement(Decision.NEEDS_INFO, Source.EXIF),
        trust(Source.EXIF, place=Position(1, 1)),
        Judgement(Decision.APPROVED, comment="x" * 4_001),
    ):
        with pytest.raises(VerdictInvalid):
            decide(image, judgement, people[0], settings)


def test_where_a_second_is_asked_for_two_people_must_agree(
    image: Image, people: tuple[User, ...], settings: Settings
) -> None:
    ann, bo, root = people
    begin_write()
    image.album.needs_second = True
    db.session.commit()
    first = decide(image, by_hand(10, 20), ann, settings)
    assert (image.review, image.believed_position) == (ReviewState.AWAITS_SECOND, EXIF)
    decide(image, by_hand(10, 20), ann, settings)
    assert image.review is ReviewState.AWAITS_SECOND, "the same person twice is one person"
    first = decide(image, trust(Source.HTML), bo, settings)
    assert (image.review, image.believed_position) == (ReviewState.AWAITS_SECOND, EXIF), "no agreement"
    second = decide(image, trust(Source.HTML), ann, settings)
    assert (image.review, image.believed_position) == (ReviewState.APPROVED, HTML)
    assert second.second_of is first
    decide(image, REJECT, bo, settings)
    assert (image.review, image.believed_position) == (ReviewState.REJECTED, HTML)
    decide(image, by_hand(10, 20), root, settings)
    decide(image, trust(Source.MANUAL), ann, settings)
    assert image.believed_position == (10, 20), "who agrees need not put it there again"


def test_an_undoing_gives_back_what_was_before(
    image: Image, people: tuple[User, ...], settings: Settings
) -> None:
    ann, bo, root = people
    for judgement in (trust(Source.HTML), by_hand(1, 2), by_hand(3, 4)):
        decide(image, judgement, ann, settings)
    states = []
    with pytest.raises(VerdictOver):
        undo(image, bo, settings)
    for person in (ann, root, ann):
        undone = undo(image, person, settings)
        states.append((image.believed_position, image.review))
        assert undone.undone_by_name == person.name
    assert states == [
        ((1, 2), ReviewState.APPROVED),
        (HTML, ReviewState.APPROVED),
        (EXIF, ReviewState.UNREVIEWED),
    ]
    with pytest.raises(VerdictOver):
        undo(image, ann, settings)
    db.session.commit()
    assert stored_documents() == fresh_documents(settings)


def test_a_changed_claim_reopens_and_a_trust_ends_with_the_claim_that_was_seen(
    image: Image, people: tuple[User, ...], settings: Settings
) -> None:
    decide(image, trust(Source.HTML), people[0], settings)
    db.session.commit()
    assert change_claim(image, Source.IP, 60, settings) == [image]
    assert (image.review, image.believed_position) == (ReviewState.CHANGED, HTML)
    told = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert told is not None
    assert (told.deed, told.actor_name, told.details["decision"]) == (
        *(Deed.VERDICT_REOPENED, "the gallery"),
        "approved",
    )
    assert change_claim(image, Source.IP, 61, settings) == [], "it is open already"
    change_claim(image, Source.HTML, 49, settings)
    assert image.believed_position == EXIF
    decide(image, trust(Source.HTML), people[0], settings)
    assert (image.review, image.believed_position) == (ReviewState.APPROVED, (49, 7))
    undo(image, people[0], settings)
    assert (image.review, image.believed_position) == (ReviewState.CHANGED, EXIF)


def test_the_name_stays_when_the_person_is_gone(
    image: Image, people: tuple[User, ...], settings: Settings
) -> None:
    ann = people[0]
    decide(image, REJECT, ann, settings)
    db.session.commit()
    begin_write()
    db.session.delete(db.session.get_one(User, ann.number))
    db.session.commit()
    verdict = db.session.scalars(sa.select(Verdict)).one()
    assert (verdict.user_number, verdict.reviewer_name) == (None, "ann")


STEPS = st.lists(
    st.one_of(
        st.sampled_from([*(trust(s) for s in (Source.EXIF, Source.HTML, Source.IP)), APPROVE, REJECT, ASK]),
        st.builds(by_hand, st.floats(-80, 80), st.floats(-170, 170)),
        st.tuples(st.sampled_from([Source.EXIF, Source.HTML, Source.IP]), st.sampled_from([5.0, 6.0])),
        st.just("undo"),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@given(steps=STEPS)
@bounds(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_gps_is_where_the_last_standing_verdict_put_it(
    people: tuple[User, ...], settings: Settings, steps: list[Any]
) -> None:
    image = placed_image(settings)
    claims: dict[str, Any] = {"exif": EXIF, "html": HTML, "ip": IP}
    standing: list[tuple[str | None, Any, dict[str, Any]]] = []
    for step in steps:
        if isinstance(step, Judgement):
            before = dict(claims)
            if step.place:
                claims["manual"] = step.place
            trusted = step.trusted.value if step.trusted else None
            standing.append((trusted, claims.get(trusted or ""), before))
            decide(image, step, people[0], settings)
        elif step == "undo":
            if standing:
                trusted, _, before = standing.pop()
                if trusted == "manual":
                    claims.pop("manual")
                    claims |= {name: at for name, at in before.items() if name == "manual"}
                undo(image, people[0], settings)
        else:
            source, latitude = step
            claims[source.value] = (latitude, 7.0)
            change_claim(image, source, latitude, settings)
        says = next(((name, at) for name, at, _ in reversed(standing) if name), None)
        usual = next(claims[name] for name in ("manual", "exif", "html", "ip") if name in claims)
        holds = says is not None and claims.get(says[0]) == says[1]
        expected = says[1] if says and holds else usual
        assert image.believed_position == pytest.approx(tuple(expected)), steps
    db.session.commit()
