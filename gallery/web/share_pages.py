"""The pages of a share, for whoever has its link."""

from dataclasses import replace

import sqlalchemy as sa
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current, throttle
from gallery.db import db
from gallery.errors import NotFound
from gallery.location.precision import Precision
from gallery.models.image import Image, untrashed
from gallery.models.scope import Condition
from gallery.models.share import Share
from gallery.models.text import storable
from gallery.present import order
from gallery.present.filters.filter import Filter
from gallery.present.grid import grid_page
from gallery.present.maps.photo_map import map_shell
from gallery.present.page_order import page_numbers
from gallery.present.shares.image import shared_image, shared_tile
from gallery.present.shares.links import ShareLinks
from gallery.present.shares.scope import looked_at, share_scope
from gallery.web.assets import static_url
from gallery.web.grids import joined
from gallery.web.share_door import (
    NOTHING,
    absolute,
    guard,
    is_unlocked,
    links_in,
    open_share,
    remember_unlocked,
    visited_share,
)
from gallery.web.share_form import UnlockForm

blueprint = Blueprint("share_pages", __name__, url_prefix="/s/<token>")
blueprint.after_request(guard)


@blueprint.get("")
def show(token: str) -> ResponseReturnValue:
    """The grid, or the part of it in a box of the map."""
    share, links = visited_share(token), links_in(token)
    box, keys = Filter.from_query(request.args).bbox, current.settings().signing_keys("cursor")
    cursor, scope = request.args.get("after", ""), looked_at(share, box)
    after = order.read_cursor(cursor, keys) if cursor else None
    page = grid_page(page_numbers(scope, after), links, after)
    query = Filter(bbox=box).query_string()
    more = (
        f"?{query}{'&' if query else ''}after={order.cursor_of(order.Place.of(page.last), keys)}"
        if page.last
        else ""
    )
    return render_template(
        "shares/show.html",
        **_frame(share, token, links),
        page=replace(page, tiles=[shared_tile(tile, share.precision) for tile in page.tiles]),
        path=links.base,
        more=more,
        query=joined("", query),
        count=count_of(scope),
        is_part=bool(box or cursor),
        preview_url=_preview_url(share, scope, links),
    )


@blueprint.get("/images/<image_id>")
def image(token: str, image_id: str) -> ResponseReturnValue:
    """One image; the box of the map says which come before and after it."""
    share, links = visited_share(token), links_in(token)
    box = Filter.from_query(request.args).bbox
    found = image_in(share, image_id)
    query = joined("", Filter(bbox=box).query_string())
    shown = shared_image(found, share, looked_at(share, box), links)
    return render_template("shares/image.html", **_frame(share, token, links), shown=shown, query=query)


@blueprint.get("/map")
def photo_map(token: str) -> ResponseReturnValue:
    """Where the images lie, as exactly as the share tells."""
    share, links = visited_share(token), links_in(token)
    if share.precision is Precision.NONE:
        raise NotFound(NOTHING)
    settings = current.settings()
    return render_template(
        "shares/map.html",
        **_frame(share, token, links),
        count=count_of(share_scope(share)),
        shell=map_shell(static_url),
        tiles_url=settings.tiles_url,
        tiles_attribution=settings.tiles_attribution,
    )


@blueprint.get("/password")
def unlock(token: str) -> ResponseReturnValue:
    """The form, for somebody who has not typed the password yet."""
    share = open_share(token)
    if is_unlocked(share):
        return redirect(url_for("share_pages.show", token=token))
    return _password_form(UnlockForm(), token)


@blueprint.post("/password")
def try_password(token: str) -> ResponseReturnValue:
    """Open the share to this visitor alone."""
    share = open_share(token)
    throttle.count_unlocking(share.id, request.remote_addr)
    form = UnlockForm()
    if not form.validate_on_submit():
        return _password_form(form, token), 422
    if not share.has_password(form.password.data):
        return _password_form(form, token, "This is not the password of this link."), 422
    remember_unlocked(share)
    return redirect(url_for("share_pages.show", token=token), 303)


def image_in(share: Share, image_id: str) -> Image:
    """The image, if the share leads to it. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Image).where(share_scope(share), untrashed(), Image.id == storable(image_id))
    )
    if found is None:
        raise NotFound(NOTHING)
    return found


def count_of(scope: Condition) -> int:
    """How many images there are."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Image).where(scope)) or 0


def _frame(share: Share, token: str, links: ShareLinks) -> dict[str, object]:
    """What the head of every page of a share needs."""
    has_map = share.precision is not Precision.NONE
    return {
        "share": share,
        "grid_url": links.base,
        "map_url": url_for("share_pages.photo_map", token=token) if has_map else "",
        "clusters_url": url_for("share_files.clusters", token=token),
        "image_url": links.page,
    }


def _preview_url(share: Share, scope: Condition, links: ShareLinks) -> str:
    """What a chat shows beside the link: the first picture, where no password keeps it."""
    if share.password_hash is not None:
        return ""
    first = sa.select(Image).where(scope, Image.processed).order_by(*order.ORDER).limit(1)
    found = db.session.scalar(first)
    return absolute(links.picture(found, "1920")) if found else ""


def _password_form(form: UnlockForm, token: str, refusal: str = "") -> str:
    return render_template("shares/password.html", form=form, token=token, refusal=refusal)
