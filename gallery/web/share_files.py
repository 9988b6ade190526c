"""What the pages of a share are made of: pictures, originals and data. Each asks the share anew."""

import hashlib
from io import BytesIO

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify, request, send_file, url_for

from gallery import current
from gallery.api.clusters import view_asked, zoom_asked
from gallery.db import db
from gallery.errors import NotFound
from gallery.location.precision import Precision
from gallery.media.bare_copy import bare_copy
from gallery.models.image import Image, untrashed
from gallery.original import source_of
from gallery.present import order
from gallery.present.shares.clusters import shared_clusters
from gallery.present.shares.links import SIZES
from gallery.present.shares.listing import shared_listing
from gallery.present.shares.scope import share_scope, shared
from gallery.web.attachment import attachment
from gallery.web.picture_answer import deliver
from gallery.web.share_door import NOTHING, absolute, guard, links_in, unlocked_share
from gallery.web.share_pages import image_in

blueprint = Blueprint("share_files", __name__, url_prefix="/s/<token>")
blueprint.after_request(guard)
LISTED = 200
_ASK_EACH_TIME = "private, no-cache"
"""A browser may keep a picture, and shows it only after the share was asked again."""


@blueprint.get("/pictures/<image_id>/<size>.jpg")
def picture(token: str, image_id: str, size: str) -> Response:
    """A picture as the pages show it. Renditions never carry metadata."""
    image = image_in(unlocked_share(token), image_id)
    if size not in SIZES:
        raise NotFound(NOTHING)
    response = deliver(image, current.links().shown_chain(image, SIZES[size]), "jpg")
    if "download" in request.args:
        response.headers["Content-Disposition"] = attachment(f"{image.label}.jpg")
    response.headers["Cache-Control"] = _ASK_EACH_TIME
    return response


@blueprint.get("/originals/<image_id>")
def original(token: str, image_id: str) -> Response:
    """The untouched upload where its place may be told; else a copy without it. Raises NoBareCopy."""
    share = unlocked_share(token)
    image = image_in(share, image_id)
    if not share.gives_originals:
        raise NotFound(NOTHING)
    is_whole = share.precision is Precision.EXACT
    response = deliver(image, "fl_attachment", image.format) if is_whole else _bare(image)
    response.headers["Content-Disposition"] = attachment(f"{image.label}.{image.format}")
    response.headers["Cache-Control"] = _ASK_EACH_TIME
    return response


@blueprint.get("/clusters.geojson")
def clusters(token: str) -> Response:
    """What the map draws, rounded before anything is counted or cut."""
    share = unlocked_share(token)
    if share.precision is Precision.NONE:
        raise NotFound(NOTHING)
    found = shared_clusters(*shared(share), share.precision, view_asked(), zoom_asked(), links_in(token))
    answer = jsonify(found)
    answer.mimetype = "application/geo+json"
    return answer


@blueprint.get("/images.json")
def listing(token: str) -> Response:
    """The images as a list, some at a time."""
    share, keys = unlocked_share(token), current.settings().signing_keys("cursor")
    query = sa.select(Image).where(share_scope(share), untrashed()).order_by(*order.ORDER).limit(LISTED + 1)
    if cursor := request.args.get("after", ""):
        query = query.where(order.after(order.read_cursor(cursor, keys)))
    images = db.session.scalars(query).all()
    more = ""
    if len(images) > LISTED:
        place = order.Place.of(images[LISTED - 1])
        more = url_for("share_files.listing", token=token, after=order.cursor_of(place, keys))
    return jsonify(shared_listing(share, images[:LISTED], links_in(token), absolute, more))


def _bare(image: Image) -> Response:
    source = source_of(image, current.settings())
    if source is None or not source.path.exists():
        raise NotFound("The file of this image is not here.")
    content = bare_copy(source.path, source.format)
    digest = hashlib.sha256(content).hexdigest()
    return send_file(BytesIO(content), mimetype=source.format.content_type, conditional=True, etag=digest)
