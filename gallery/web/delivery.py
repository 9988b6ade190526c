"""Pictures by signed URL, by permanent link, and under a readable name."""

import re

import sqlalchemy as sa
from flask import Blueprint, Response, g, make_response, redirect, request, send_file
from werkzeug.exceptions import HTTPException

from gallery import current
from gallery.config import ROOT
from gallery.db import db
from gallery.errors import GalleryError, NotFound
from gallery.media.signature import is_keyed_digest
from gallery.models.image import Image, find_image, untrashed
from gallery.present.links import PROXY_DIGITS, THUMBNAIL_DIGITS
from gallery.throttle import limiter
from gallery.web.delivery_address import read_address
from gallery.web.picture_answer import deliver
from gallery.web.picture_refusal import refusal

blueprint = Blueprint("delivery", __name__)

_THUMBNAIL = re.compile(
    r"[^/]*/images/(?P<id>[0-9a-f-]{36})/thumbnails/(?P<type>mini|thumbnail|full|original)-(?P<digits>[0-9a-f]{11,64})\.jpg"
)
_FOR_EVER = "public, max-age=31536000, immutable"
_GUESSES = "120 per minute"


@blueprint.before_request
def begin() -> None:
    """Pictures are the same for everybody: no session, so that any cache may keep them."""
    g.is_program = True
    if request.headers.get("If-Range", "").startswith("W/"):  # never proves the bytes (RFC 9110, 13.1.5)
        request.environ.pop("HTTP_RANGE", None)


@blueprint.after_request
def harden(response: Response) -> Response:
    """A picture is never anything but a picture."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


@blueprint.get("/assets/blank.jpg")
def blank() -> Response:
    """The picture that stands for one not processed yet."""
    return send_file(ROOT / "static" / "blank.jpg", max_age=86_400)


def _is_guess(response: Response) -> bool:
    return response.status_code in (400, 401)


@blueprint.errorhandler(GalleryError)
def refuse(error: GalleryError) -> Response:
    """Say what is wrong in `X-Cld-Error`; the place of a picture stays empty."""
    return refusal(error.status, str(error))


@blueprint.errorhandler(HTTPException)
def refuse_request(error: HTTPException) -> Response:
    """The same for what HTTP refuses: too many guesses, a range beyond the file's end."""
    response = refusal(error.code or 400, error.description or error.name)
    response.headers.extend((key, value) for key, value in error.get_headers() if key != "Content-Type")
    return response


@blueprint.get("/image/authenticated/<anything:address>", merge_slashes=False)
@limiter.limit(_GUESSES, deduct_when=_is_guess)
def show(address: str) -> Response:
    """The picture at a delivery URL."""
    settings = current.settings()
    asked = read_address(address, (settings.delivery_secret, *settings.retired_delivery_secrets))
    image = db.session.scalar(sa.select(Image).where(Image.delivery_name == asked.name, untrashed()))
    if image is None:
        raise NotFound("there is no such picture")
    response = deliver(image, asked.chain, asked.extension)
    is_current = asked.version == str(image.delivery_version)
    response.headers["Cache-Control"] = _FOR_EVER if is_current else "public, max-age=300"
    return response


@blueprint.get("/images/<image_id>/thumbnails/<thumbnail>")
@limiter.limit(_GUESSES, deduct_when=_is_guess)
def thumbnail(image_id: str, thumbnail: str) -> Response:
    """Lead a permanent link to the present delivery URL of its type."""
    found = _THUMBNAIL.fullmatch(f"/images/{image_id}/thumbnails/{thumbnail}")
    keys = current.settings().derived_keys("thumbnail")
    if found is None or not is_keyed_digest(
        f"{found['id']}/{found['type']}", found["digits"], keys, THUMBNAIL_DIGITS
    ):
        return Response("Invalid url", status=400, mimetype="text/plain")
    image = find_image(image_id)
    if image is None:
        return Response(status=404)
    response = make_response(redirect(current.links().of_type(image, found["type"])))
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/proxy/<path:name>")
@limiter.limit(_GUESSES, deduct_when=_is_guess)
def proxy(name: str) -> Response:  # noqa: ARG001  # the name is for people who save the picture
    """The picture that a permanent link of ours leads to; no other address is ever followed."""
    url, digits = request.args.get("url", ""), request.args.get("s", "")
    found = _THUMBNAIL.fullmatch(url)
    if found is None or not is_keyed_digest(
        url, digits, current.settings().derived_keys("proxy"), PROXY_DIGITS
    ):
        return Response("Invalid url", status=400, mimetype="text/plain")
    image = find_image(found["id"])
    if image is None:
        return Response(status=404)
    chain = current.links().chain_of_type(image, found["type"])
    response = deliver(image, chain, "jpg")
    response.headers.pop("Content-Disposition", None)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
