"""A person's own account: name, password, sessions."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from gallery.access import own_row, person
from gallery.db import begin_write, db
from gallery.editing import user_editing
from gallery.language import gettext as _
from gallery.models.user import UserInvalid
from gallery.present.user_list import RIGHTS, ROLES
from gallery.throttle import count_sign_in
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("accounts", __name__, url_prefix="/account")
blueprint.before_request(sign_in_first)


@blueprint.get("")
def show() -> ResponseReturnValue:
    """What somebody can change about themselves."""
    return _page()


@blueprint.post("/name")
def rename() -> ResponseReturnValue:
    """Be called otherwise."""
    name = request.form.get("name", "")
    begin_write()
    try:
        user_editing.rename(own_row(), name)
    except UserInvalid as refusal:
        db.session.rollback()
        return _page(refusal.said()), 422
    db.session.commit()
    return _done(_("Your name is changed."))


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    """Another password for the old one. This session alone goes on."""
    old, new, again = (request.form.get(field, "") for field in ("old", "new", "again"))
    count_sign_in(person().email, request.remote_addr)
    if new != again:
        return _page(_("The new password was typed in two ways.")), 422
    if not person().has_password(old):
        return _page(_("That is not your present password.")), 422
    begin_write()
    user = own_row()
    try:
        user_editing.give_password(user, new)
    except UserInvalid as refusal:
        db.session.rollback()
        return _page(refusal.said()), 422
    db.session.commit()
    login_user(user)
    return _done(_("Your password is changed, and you are signed out everywhere else."))


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("accounts.show"), 303)


def _page(refusal: str = "") -> str:
    return render_template("accounts/show.html", roles=ROLES, rights=RIGHTS, refusal=refusal)
