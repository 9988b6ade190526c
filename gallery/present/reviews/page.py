"""The screen on which one image is reviewed, and the page of the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gallery.config import Settings
from gallery.db import db
from gallery.language import gettext as _
from gallery.models.claim import Source
from gallery.models.image import Image
from gallery.models.scope import Scope
from gallery.models.sighting import around
from gallery.models.verdict import standing, verdicts_of
from gallery.prepared import Borrowed
from gallery.present import words
from gallery.present.claims.comparison import Comparison, compare
from gallery.present.claims.doubts import Doubt, doubts_of, evidence_of
from gallery.present.claims.marks import claim_marks
from gallery.present.credential_check import check_of_credentials
from gallery.present.image_page import ratio_of
from gallery.present.links import Links
from gallery.present.reviews.checks import Check, checks
from gallery.present.reviews.nearest import Near, near_in_space, near_in_time
from gallery.present.reviews.queue import ReviewQueue
from gallery.present.reviews.queue_place import QueuePlace
from gallery.present.reviews.review_words import STATES, TRUST, Decided, decided
from gallery.present.tile import Tile, tile

AHEAD = 2
"""Pictures that are fetched before somebody comes to them."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What the screen shows."""

    image: Image
    tile: Tile
    ratio: float
    full: str
    """Address of the largest picture; empty while there is none."""
    state: str
    taken: str
    comparison: Comparison
    checks: list[Check]
    marks: dict[str, Any]
    """The claims as the map draws them."""
    trusts: list[tuple[Source, str]]
    """Whom the image gives to trust."""
    near: list[tuple[str, list[Near]]]
    verdicts: list[Decided]
    undo_id: str
    """Of the verdict that the person may take back; empty: there is none."""
    previous: Tile | None
    ahead: list[Tile]
    """The next ones of the queue."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An image of the queue."""

    tile: Tile
    album_name: str
    state: str
    doubts: list[Doubt]
    """The worst of them."""
    age: str


def review_page(image: Image, queue: ReviewQueue, seen: Scope, settings: Settings) -> ReviewPage:
    """The screen, on the way through a queue; `seen` holds of all images that its person sees."""
    links, thresholds = Links(settings), settings.flag_thresholds
    found = verdicts_of([image.number])[image.number]
    last = next(iter(standing(found)), None)
    person, place, taken = queue.person, QueuePlace.of(image), image.taken_wall_time
    before = queue.images(place, 1, backwards=True)
    return ReviewPage(
        image=image,
        tile=tile(image, links),
        ratio=ratio_of(image),
        full=links.shown(image, "c_fit,h_1920,w_1920") if image.processed else "",
        state=STATES[image.review],
        taken=f"{words.instant(taken)} {words.zone(taken)}" if taken else "",
        comparison=compare(
            image.claims, image.precedence(settings.gps_precedence), image.created_at, thresholds, image.exifs
        ),
        checks=[*_checks(image, seen, settings), check_of_credentials(image)],
        marks=claim_marks(image, f"/images/{image.id}", thresholds),
        trusts=[(source, TRUST[source]) for source in _sources(image)],
        near=[
            (_("Nearest in space"), near_in_space(image, seen, links)),
            (_("Nearest in time"), near_in_time(image, seen, links)),
        ],
        verdicts=[decided(verdict, settings.time_zone) for verdict in found],
        undo_id=last.id if last and (last.user_number == person.number or person.is_admin) else "",
        previous=tile(before[0], links) if before else None,
        ahead=[tile(near, links) for near in queue.images(place, AHEAD)],
    )


def _checks(image: Image, seen: Scope, settings: Settings) -> list[Check]:
    return checks(
        evidence_of(image, settings.gps_precedence),
        doubts_of([image], seen)[image.number],
        settings.flag_thresholds,
        has_file=image.sha256 is not None,
        has_travelled=_has_travelled(image),
    )


def _has_travelled(image: Image) -> bool:
    with Borrowed(db.session.connection()) as reader:
        return any(near.before or near.after for near in around(reader, [image.number]))


def _sources(image: Image) -> list[Source]:
    there = {claim.source for claim in image.claims}
    return [source for source in (Source.EXIF, Source.HTML, Source.IP) if source in there]


def queue_rows(images: Sequence[Image], seen: Scope, settings: Settings, at: datetime) -> list[QueueRow]:
    """The rows of these images, as they are at a moment, for somebody who may see so much."""
    links, doubts = Links(settings), doubts_of(images, seen)
    return [
        QueueRow(
            tile(image, links),
            image.album.name,
            STATES[image.review],
            doubts[image.number][:2],
            words.duration((at - image.created_at).total_seconds()),
        )
        for image in images
    ]
