"""Reviewers decide about an image, and take back what they decided."""

from collections.abc import Sequence
from typing import Any

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.revision import Accepts, PreconditionFailed, any_revision, change_begun, revision_of
from gallery.errors import GalleryError, NotFound
from gallery.location.position import Position
from gallery.models.audit import Deed
from gallery.models.claim import Source
from gallery.models.flag import plain_flags
from gallery.models.image import Image, now
from gallery.models.lock import hold_album, lock_images
from gallery.models.text import storable
from gallery.models.user import User
from gallery.models.verdict import (
    Reason,
    Verdict,
    evidence_of,
    standing,
    verdicts_of,
)
from gallery.review.judgement import Judgement, check, completed, first_of, outcome_of
from gallery.review.verdict_effect import follow, note, place_by_hand, tell


class OwnUpload(GalleryError):
    """Nobody reviews what they brought themselves."""

    code = "own_upload"
    status = 403


class VerdictOver(GalleryError):
    """There is no verdict of the person's that could be undone."""

    code = "verdict_over"
    status = 409


def decide(
    image: Image, judgement: Judgement, person: User, settings: Settings, accepts: Accepts = any_revision
) -> Verdict:
    """Record the verdict, and let `gps` follow it. The caller commits.

    Raises OwnUpload, VerdictInvalid, PreconditionFailed, and NotFound where the image was deleted meanwhile.
    """
    image = change_begun(image, accepts)
    verdict = decide_held(image, judgement, person, settings)
    tell([(image, verdict)], settings)
    return verdict


def decide_all(
    images: Sequence[Image],
    judgement: Judgement,
    person: User,
    settings: Settings,
    accepts: Accepts = any_revision,
) -> list[Verdict]:
    """The same verdict on several images, all or none. The caller commits. Raises the same."""
    numbers, albums = [image.number for image in images], {image.album_number for image in images}
    begin_write()
    for album in sorted(albums):
        hold_album(album)
    found = {image.number: image for image in lock_images(numbers) if image.trashed_at is None}
    if len(found) < len(numbers):
        raise NotFound("One of the images was deleted a moment ago. Nothing was decided.")
    if not all(accepts(revision_of(image)) for image in found.values()):
        raise PreconditionFailed("One of the images has changed since you read it. Nothing was decided.")
    decided = [(found[number], decide_held(found[number], judgement, person, settings)) for number in numbers]
    tell(decided, settings)
    return [verdict for _, verdict in decided]


def decide_held(image: Image, judgement: Judgement, person: User, settings: Settings) -> Verdict:
    """Record it for an image that is locked, and tell nobody yet. Raises OwnUpload and VerdictInvalid."""
    require_other(image, person)
    before = standing(verdicts_of([image.number])[image.number])
    first = first_of(image, judgement, person, before)
    judgement = completed(judgement, first)
    check(judgement, image)
    verdict = Verdict(
        image_number=image.number,
        user_number=person.number,
        reviewer=person,
        reviewer_name=person.name,
        decision=judgement.decision,
        trusted=judgement.trusted,
        latitude=judgement.place.latitude if judgement.place else None,
        longitude=judgement.place.longitude if judgement.place else None,
        reasons=[reason.value for reason in Reason if reason in judgement.reasons],
        comment=storable(judgement.comment).strip(),
        decided_at=now(),
        outcome=outcome_of(image, judgement, first),
        evidence=_evidence(image),
        second_of=first,
    )
    db.session.add(verdict)
    note(Deed.VERDICT_MADE, image, verdict, person)
    follow(image, [verdict, *before], settings)
    return verdict


def undo(
    image: Image, person: User, settings: Settings, accepts: Accepts = any_revision, *, meant: str = ""
) -> Verdict:
    """Take back the last verdict, which is the person's own unless they are an admin. The caller commits.

    `meant` is the id of the verdict that they saw; "" = whichever is the last. Image and `gps` are as the
    verdict before it left them. Raises VerdictOver, PreconditionFailed, NotFound.
    """
    image = change_begun(image, accepts)
    verdicts = standing(verdicts_of([image.number])[image.number])
    if not verdicts:
        raise VerdictOver("There is no verdict on this image that could be undone.")
    if meant not in ("", verdicts[0].id):
        name = verdicts[0].reviewer_name
        raise VerdictOver("%(name)s has decided since then. Look at that first.", name=name)
    return undo_held(image, verdicts, person, settings)


def undo_held(image: Image, verdicts: Sequence[Verdict], person: User, settings: Settings) -> Verdict:
    """The same for an image that is locked, with its standing verdicts. Raises VerdictOver."""
    last, *before = verdicts
    if last.user_number != person.number and not person.is_admin:
        name = last.reviewer_name
        raise VerdictOver("The last verdict is %(name)s’s. Only they or an admin can undo it.", name=name)
    note(Deed.VERDICT_UNDONE, image, last, person)
    last.undone_at, last.undone_by_number, last.undone_by_name = now(), person.number, person.name
    if last.is_in_force and last.place is not None:
        place_by_hand(image, _hand_place_before(last))
    follow(image, before, settings)
    tell([(image, last)], settings)
    return last


def require_other(image: Image, person: User) -> None:
    """Raises OwnUpload for whoever brought the image."""
    if image.uploader_number == person.number:
        raise OwnUpload("You brought this photograph yourself. Somebody else has to review it.")


def _evidence(image: Image) -> dict[str, Any]:
    position = image.believed_position
    return evidence_of(image) | {
        "flags": plain_flags(db.session.connection(), image.number),
        "gps": list(position) if position else None,
        "review": image.review.value,
    }


def _hand_place_before(verdict: Verdict) -> Position | None:
    claims = {claim["source"]: claim for claim in verdict.evidence["claims"]}
    found = claims.get(Source.MANUAL)
    return Position(found["latitude"], found["longitude"]) if found else None
