"""What follows of a verdict: the image's review and position, its record, and who is told."""

from collections.abc import Sequence

from gallery.config import Settings
from gallery.location.position import Position
from gallery.models.audit import Deed, record
from gallery.models.claim import Claim, Source
from gallery.models.event import Event, announce, is_heard
from gallery.models.image import Image, now
from gallery.models.review_state import ReviewState
from gallery.models.user import User
from gallery.models.verdict import Verdict, trusting
from gallery.present.reviews.verdict_record import plain, verdict_record
from gallery.present.sync_document import write_documents
from gallery.review.flagging import flag_again

BATCH = 200


def follow(image: Image, verdicts: Sequence[Verdict], settings: Settings) -> None:
    """Let the image be as the standing verdicts, the newest first, say."""
    image.review = verdicts[0].outcome if verdicts else ReviewState.UNREVIEWED
    if verdicts and not verdicts[0].saw(image):
        image.review = ReviewState.CHANGED
    if verdicts and verdicts[0].is_in_force and verdicts[0].place is not None:
        place_by_hand(image, verdicts[0].place)
    says = trusting(verdicts)
    image.trusted = says.trusted if says is not None and says.holds_for(image) else None
    image.derive_position(settings.gps_precedence)
    flag_again([image], settings)


def place_by_hand(image: Image, place: Position | None) -> None:
    """Put the claim of a reviewer in the place of the one before; None: take it away."""
    image.claims = [claim for claim in image.claims if claim.source is not Source.MANUAL]
    if place is not None:
        image.claims.append(Claim(source=Source.MANUAL, latitude=place.latitude, longitude=place.longitude))


def note(deed: Deed, image: Image, verdict: Verdict, person: User) -> None:
    """Let the audit chain say what the verdict says."""
    said = ("decision", "trusted", "outcome", "reasons", "comment", "latitude", "longitude")
    record(deed, actor=person, image=image, **{name: getattr(verdict, name) for name in said})


def tell(decided: Sequence[tuple[Image, Verdict]], settings: Settings) -> None:
    """Let records, feed and webhooks say what was decided."""
    images, moment = [image for image, _ in decided], now()
    for image in images:
        image.updated_at = moment
    for start in range(0, len(images), BATCH):
        write_documents(images[start : start + BATCH], settings)
    announce(Event.UPDATED_IMAGE, images)
    for image, verdict in decided if is_heard(Event.VERDICT) else ():
        announce(Event.VERDICT, [image], verdict=plain(verdict_record(verdict, image.id, settings)))
