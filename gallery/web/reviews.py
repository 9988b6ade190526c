"""The queue of what waits for reviewers, and the screen on which they decide."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action, person, require, signed_in_user
from gallery.db import db
from gallery.editing.revision import PreconditionFailed, revision_of
from gallery.errors import GalleryError
from gallery.language import gettext as _
from gallery.models.image import Image, find_image, now
from gallery.models.scope import of_person
from gallery.models.text import storable
from gallery.present.filters.chips import chip_board
from gallery.present.filters.panel import filter_panel
from gallery.present.reviews.page import queue_rows, review_page
from gallery.present.reviews.part import Part
from gallery.present.reviews.queue import ReviewQueue
from gallery.present.reviews.queue_place import QueuePlace, cursor_of, read_cursor
from gallery.present.reviews.review_words import PARTS, REASONS, YOURS
from gallery.review.judgement import VerdictInvalid
from gallery.review.reviewing import VerdictOver, decide, require_other, undo
from gallery.web.asked_queue import asked_queue, query_of
from gallery.web.grids import joined
from gallery.web.queue_files import queue_menu
from gallery.web.review_form import judgement
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("reviews", __name__, url_prefix="/review")
blueprint.before_request(sign_in_first)
PAGE_SIZE = 48


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What waits, the gravest first."""
    queue, settings = asked_queue(), current.settings()
    keys = settings.signing_keys("cursor")
    after = read_cursor(request.args.get("after", ""), keys)
    images = queue.images(after, PAGE_SIZE + 1)
    shown = images[:PAGE_SIZE]
    more = cursor_of(QueuePlace.of(shown[-1]), keys) if len(images) > PAGE_SIZE else ""
    board = chip_board(of_person(person()), queue.wanted)
    numbers = queue.counts()
    return render_template(
        "reviews/index.html",
        board=board,
        panel=filter_panel(board, signed_in_user()),
        path=request.path,
        exports=queue_menu(queue, numbers[queue.part]),
        parts=[
            (part, PARTS[part], numbers[part], joined(request.path, query_of(queue, part=part)))
            for part in Part
        ],
        queue=queue,
        part=queue.part.value,
        rows=queue_rows(shown, of_person(person()), settings, now()),
        more=joined(request.path, query_of(queue, after=more)) if more else "",
        image_query=joined("", query_of(queue)),
        agreeing_url=joined(url_for("agreeing_reviews.show"), queue.wanted.query_string()),
    )


@blueprint.get("/<image_id>")
def show(image_id: str) -> ResponseReturnValue:
    """One image, with all that speaks for and against it."""
    return _screen(_reviewed(image_id))


@blueprint.post("/<image_id>/verdict")
def create(image_id: str) -> ResponseReturnValue:
    """Decide, and go on to the next of the queue."""
    image, queue = _reviewed(image_id), asked_queue()
    require_other(image, person())
    place, label = QueuePlace.of(image), image.label
    try:
        verdict = decide(image, judgement(), person(), current.settings(), _seen)
    except (PreconditionFailed, VerdictInvalid) as refusal:
        db.session.rollback()
        return _screen(_reviewed(image_id), refusal)
    said, undoing = f"{label}: {YOURS[verdict.decision]}.", _undoing(image_id, verdict.id)
    db.session.commit()
    flash(said, joined(undoing, query_of(queue)))
    return redirect(_onward(queue, place), 303)


@blueprint.post("/<image_id>/verdict/<verdict_id>/undoing")
def take_back(image_id: str, verdict_id: str) -> ResponseReturnValue:
    """Undo the verdict if it is the last, and look at the image again."""
    try:
        undo(_reviewed(image_id), person(), current.settings(), meant=verdict_id)
    except VerdictOver as refusal:
        db.session.rollback()
        return _screen(_reviewed(image_id), refusal)
    db.session.commit()
    flash("The verdict is undone.")
    return redirect(url_for("reviews.show", image_id=image_id) + joined("", query_of(asked_queue())), 303)


def _undoing(image_id: str, verdict_id: str) -> str:
    return url_for("reviews.take_back", image_id=image_id, verdict_id=verdict_id)


def _onward(queue: ReviewQueue, place: QueuePlace) -> str:
    """The next of the queue, or its first, or that there is none."""
    for begin in (place, None):
        if found := queue.images(begin, 1):
            return url_for("reviews.show", image_id=found[0].id) + joined("", query_of(queue))
    return joined(url_for("reviews.index"), query_of(queue))


def _reviewed(image_id: str) -> Image:
    return require(Action.REVIEW, find_image(storable(image_id)))


def _seen(revision: str) -> bool:
    """Whether the form was made of this state of the image."""
    return request.form.get("revision", "") == revision


def _screen(image: Image, refusal: GalleryError | None = None) -> ResponseReturnValue:
    """The screen; after a refusal with what was typed still in its form."""
    queue, settings = asked_queue(), current.settings()
    shown = review_page(image, queue, of_person(person()), settings)
    status = 409 if isinstance(refusal, PreconditionFailed) else refusal.status if refusal else 200
    return render_template(
        "reviews/show.html",
        shown=shown,
        image=image,
        is_own=image.uploader_number == person().number,
        revision=revision_of(image),
        refusal=_why(refusal, shown.verdicts),
        typed=request.form,
        reasons=REASONS,
        tiles_url=settings.tiles_url,
        image_query=joined("", query_of(queue)),
        queue_url=joined(url_for("reviews.index"), query_of(queue)),
    ), status


def _why(refusal: GalleryError | None, verdicts: list[Any]) -> str:
    if not isinstance(refusal, PreconditionFailed):
        return refusal.said() if refusal else ""
    if verdicts and not verdicts[0].undone:
        last = verdicts[0]
        return _(
            "%(name)s %(verdict)s at %(when)s. Look at that, then decide.",
            name=last.who,
            verdict=last.what,
            when=last.when,
        )
    return _("The image has changed while you looked at it. Look again, then decide.")
