"""A person's shares: made, listed and revoked. What they lead to is in `share_pages` and `share_files`."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gallery import current
from gallery.access import own_row
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.language import gettext as _
from gallery.location.precision import Precision
from gallery.models.share import (
    Share,
    ShareInvalid,
    count_chosen,
    create_share,
    find_share,
    revoke_share,
    shares_of,
)
from gallery.present.shares.links import token_of
from gallery.present.shares.page import share_rows
from gallery.web.sessions import sign_in_first
from gallery.web.share_door import absolute
from gallery.web.share_form import ShareForm
from gallery.web.share_subject import Subject, read_subject

blueprint = Blueprint("shares", __name__, url_prefix="/shares")
blueprint.before_request(sign_in_first)
MOST_LISTED = 500


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The person's own; everybody's, for an admin who asks."""
    is_all = current_user.is_admin and request.args.get("of") == "all"
    query = shares_of(None if is_all else current_user).limit(MOST_LISTED)
    shares = db.session.scalars(query).all()
    rows = share_rows(
        shares,
        count_chosen([share.number for share in shares]),
        current.settings().time_zone,
        link_of,
    )
    return render_template("shares/index.html", rows=rows, is_all=is_all, made=request.args.get("made", ""))


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """The form, for what the address says, or a form of chosen images, too many for an address."""
    subject = read_subject()
    name = subject.album.name if subject.album else "Chosen images"
    return _form(ShareForm(formdata=None, name=name[:200]), subject)


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Make a share."""
    form, subject = ShareForm(), read_subject()
    if not form.validate_on_submit():
        return _form(form, subject), 422
    begin_write()
    subject = read_subject()
    try:
        made = create_share(
            own_row(),
            form.name.data,
            subject.shared,
            query=subject.query,
            precision=Precision(form.precision.data),
            gives_originals=form.gives_originals.data,
            password=form.password.data or "",
            expires_at=form.expires_at(current.settings().time_zone),
        )
    except ShareInvalid as refusal:
        db.session.rollback()
        return _form(form, read_subject(), refusal.said()), 422
    made_id = made.id
    db.session.commit()
    return redirect(url_for("shares.index", made=made_id), 303)


@blueprint.post("/<share_id>/revocation")
def revoke(share_id: str) -> ResponseReturnValue:
    """Revoke one: from now on its link leads nowhere."""
    begin_write()
    share, user = find_share(share_id), own_row()
    if share is None or not (share.user_number == user.number or user.is_admin):
        raise NotFound("There is no such share; it may be revoked already.")
    name, is_own = share.name, share.user_number == user.number
    revoke_share(share)
    db.session.commit()
    flash(_("The share “%(name)s” is revoked. Its link leads nowhere from now on.", name=name))
    return redirect(url_for("shares.index", of=None if is_own else "all"), 303)


def link_of(share: Share) -> str:
    """The whole link, as it is sent to somebody."""
    return absolute(url_for("share_pages.show", token=token_of(share, current.settings())))


def _form(form: ShareForm, subject: Subject, refusal: str = "") -> str:
    return render_template("shares/new.html", form=form, subject=subject, refusal=refusal)
