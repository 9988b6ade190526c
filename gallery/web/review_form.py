"""What a reviewer's form says."""

import math

from flask import request

from gallery.location.position import Position, is_position
from gallery.models.claim import Source
from gallery.models.verdict import Decision, Reason
from gallery.review.judgement import Judgement, VerdictInvalid


def judgement() -> Judgement:
    """The judgement of the request's form. Raises VerdictInvalid."""
    form = request.form
    try:
        decision = Decision(form.get("decision", ""))
        trusted = Source(form["trusted"]) if form.get("trusted") else None
        reasons = tuple(Reason(reason) for reason in form.getlist("reason"))
    except ValueError:
        raise VerdictInvalid("Choose what you decide from what the page offers.") from None
    if decision is Decision.NEEDS_INFO:
        trusted = None
    place = _place() if trusted is Source.MANUAL else None
    return Judgement(decision, trusted, place, reasons, form.get("comment", ""))


def _place() -> Position | None:
    """Where it was put by hand; None: it is left where somebody has put it."""
    texts = [request.form.get(name, "").strip() for name in ("latitude", "longitude")]
    if not any(texts):
        return None
    try:
        latitude, longitude = map(float, texts)
    except ValueError:
        latitude = longitude = math.nan
    if not is_position(latitude, longitude):
        raise VerdictInvalid("A place is a latitude from -90 to 90 and a longitude from -180 to 180.")
    return Position(latitude, longitude)
