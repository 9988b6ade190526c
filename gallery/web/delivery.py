"""Pictures by signed URL, by permanent link, and under a readable name."""

import re
from pathlib import Path

import sqlalchemy as sa
from flask import Blueprint, Response, g, make_response, redirect, request, send_file
from werkzeug.http import quote_header_value

from gallery import current
from gallery.config import ROOT
from gallery.db import db
from gallery.errors import Busy, CorruptFile, TooLarge
from gallery.media.format import Format
from gallery.media.rendering import output_format, render
from gallery.media.signature import is_keyed_digest, is_signed
from gallery.media.transformation import BadChain, Transformation, parse
from gallery.models.image import Image, find_image
from gallery.original import limits_of, source_of
from gallery.present.links import PROXY_DIGITS, THUMBNAIL_DIGITS
from gallery.web.limits import limiter

blueprint = Blueprint("delivery", __name__)

_ADDRESS = re.compile(
    r"s--(?P<signature>[\w-]{8}|[\w-]{32})--/(?P<chain>(?:[^/]+/)*?)(?:v(?P<version>\d{1,18})/)?"
    r"(?P<name>[^/.]+)\.(?P<extension>\w{1,10})",
    re.ASCII,
)
_THUMBNAIL = re.compile(
    r"[^/]*/images/(?P<id>[0-9a-f-]{36})/thumbnails/(?P<type>mini|thumbnail|full|original)-(?P<digits>[0-9a-f]{11,64})\.jpg"
)
_FOR_EVER = "public, max-age=31536000, immutable"
_GUESSES = "120 per minute"


@blueprint.before_request
def begin() -> None:
    """Pictures are the same for everybody: no session, so that any cache may keep them."""
    g.is_program = True


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


@blueprint.get("/image/authenticated/<path:address>")
@limiter.limit(_GUESSES, deduct_when=_is_guess)
def show(address: str) -> Response:
    """The picture at a delivery URL; what is wrong with one stands in `X-Cld-Error`."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return _refusal(400, "this is not a delivery address")
    chain, name = found["chain"].rstrip("/"), f"{found['name']}.{found['extension']}"
    signed = f"{chain}/{name}" if chain else name
    if not is_signed(signed, found["signature"], current.settings().delivery_secret):
        return _refusal(401, "the signature does not fit the address")
    image = db.session.scalar(sa.select(Image).where(Image.delivery_name == found["name"]))
    if image is None:
        return _refusal(404, "there is no such picture")
    response = _deliver(image, chain, found["extension"])
    if response.status_code < 400:
        is_current = found["version"] == str(image.delivery_version)
        response.headers["Cache-Control"] = _FOR_EVER if is_current else "public, max-age=300"
    return response


@blueprint.get("/images/<image_id>/thumbnails/<thumbnail>")
@limiter.limit(_GUESSES, deduct_when=_is_guess)
def thumbnail(image_id: str, thumbnail: str) -> Response:
    """Lead a permanent link to the present delivery URL of its type."""
    found = _THUMBNAIL.fullmatch(f"/images/{image_id}/thumbnails/{thumbnail}")
    key = current.settings().derived_key("thumbnail")
    if found is None or not is_keyed_digest(
        f"{found['id']}/{found['type']}", found["digits"], key, THUMBNAIL_DIGITS
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
        url, digits, current.settings().derived_key("proxy"), PROXY_DIGITS
    ):
        return Response("Invalid url", status=400, mimetype="text/plain")
    image = find_image(found["id"])
    if image is None:
        return Response(status=404)
    chain = current.links().chain_of_type(image, found["type"])
    response = _deliver(image, chain, "jpg")
    response.headers.pop("Content-Disposition", None)
    if response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _deliver(image: Image, chain: str, extension: str) -> Response:
    source = source_of(image, current.settings())
    if source is None or not source.path.exists():
        return _refusal(404, "the file of this picture is not here")
    try:
        transformation = parse(chain)
        if not transformation.reencodes and (
            extension == image.format or "fl_attachment" in chain or not chain
        ):
            return _send(image, source.path, source.format.content_type, source.format.value, transformation)
        output = output_format(transformation, extension, request.headers.get("Accept", ""))
        path = render(source, transformation, output, limits_of(current.settings()))
    except BadChain as error:
        return _refusal(400, str(error))
    except (CorruptFile, TooLarge) as error:
        return _refusal(404, str(error))
    except Busy as error:
        return _refusal(503, str(error))
    return _send(image, path, Format(output).content_type, output, transformation)


def _send(
    image: Image, path: Path, content_type: str, extension: str, transformation: Transformation
) -> Response:
    """The file, with a strong ETag of what it is: HEAD, Range and 304 come with it."""
    etag = f"{path.parent.name[:32]}-{path.name}"
    response = send_file(path, mimetype=content_type, conditional=True, etag=etag, max_age=None)
    response.headers.pop("Content-Disposition", None)  # it would tell our own file's name
    if transformation.attachment is not None:
        name = f"{transformation.attachment or image.filename}.{extension}"
        response.headers["Content-Disposition"] = _attachment(name)
    if transformation.format == "auto":
        response.vary.add("Accept")
    return response


def _attachment(name: str) -> str:
    """RFC 6266: a plain name for old clients, the true one in UTF-8."""
    plain = re.sub(r"[^ -~]|[\"\\%/]", "_", name)[-150:]
    encoded = "".join(
        chr(byte) if (chr(byte).isalnum() and byte < 128) or byte in b"-._~" else f"%{byte:02X}"
        for byte in name[-150:].encode()
    )
    return f"attachment; filename={quote_header_value(plain, allow_token=False)}; filename*=UTF-8''{encoded}"


def _refusal(status: int, reason: str) -> Response:
    response = Response(status=status)
    response.headers["X-Cld-Error"] = reason.encode("ascii", "replace").decode()
    response.headers["Cache-Control"] = "no-store"
    return response
