"""Signing in and out."""

import re

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from gallery import current
from gallery.access import signed_in_user
from gallery.db import begin_write, db
from gallery.language import gettext as _
from gallery.models.audit import Deed, record
from gallery.models.text import storable
from gallery.signing_in import sign_in
from gallery.throttle import count_sign_in

blueprint = Blueprint("sessions", __name__)
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")


class SignInForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Who somebody says they are."""

    email = EmailField("E-mail address", [InputRequired("Type your e-mail address."), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Type your password."), Length(max=1000)])


@blueprint.get("/sign-in")
def new() -> ResponseReturnValue:
    """The form, for somebody who is not signed in yet."""
    if signed_in_user() is not None:
        return redirect(_onward())
    return _form(SignInForm())


@blueprint.post("/sign-in")
def create() -> ResponseReturnValue:
    """Sign in, and go on to where the person was going."""
    count_sign_in(request.form.get("email", ""), request.remote_addr)
    form = SignInForm()
    if not form.validate_on_submit():
        return _form(form), 422
    email, password = storable(form.email.data), form.password.data
    user = sign_in(email, password, request.remote_addr, current.settings(), "page")
    db.session.commit()
    if user is None:
        return _form(form, _("This e-mail address and password do not belong together.")), 422
    session.permanent = True
    login_user(user)
    return redirect(_onward(), 303)


@blueprint.post("/sign-out")
def destroy() -> ResponseReturnValue:
    """Sign out."""
    user = signed_in_user()
    if user is not None:
        begin_write()
        record(Deed.SIGNED_OUT, actor=user)
        db.session.commit()
    logout_user()
    session.pop("_flashes", None)  # what was said to one person is not for the next
    return redirect(url_for("sessions.new"), 303)


def sign_in_first() -> ResponseReturnValue | None:
    """Before any page of a blueprint that is for people we know."""
    if signed_in_user() is not None:
        return None
    answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return answer


def _form(form: SignInForm, refusal: str = "") -> str:
    return render_template(
        "sessions/new.html", form=form, refusal=refusal, onward=request.values.get("next", "")
    )


def _onward() -> str:
    """Where the person was going, if that is a path of ours and not somebody's trap."""
    return local_path(request.values.get("next", ""))


def local_path(path: str) -> str:
    """The path, or where everybody begins if it leads to another server."""
    return path if _LOCAL_PATH.fullmatch(path) else url_for("albums.index")
