"""A person's own tokens: made, listed and revoked."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from gallery import current
from gallery.access import own_row
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.language import gettext as _
from gallery.models import personal_token
from gallery.models.album import visible_albums
from gallery.models.personal_token import (
    TokenInvalid,
    albums_by_token,
    find_token,
    revoke_personal,
    revoke_token,
    tokens_of,
)
from gallery.models.token import revoke_all
from gallery.present.token_list import token_rows
from gallery.web.sessions import local_path, sign_in_first
from gallery.web.token_form import MOST_LISTED, TokenForm

blueprint = Blueprint("tokens", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/tokens")
def index() -> ResponseReturnValue:
    """The tokens, and a form for another."""
    return _page(TokenForm())


@blueprint.post("/tokens")
def create() -> ResponseReturnValue:
    """Make a token. This answer alone says what it is."""
    form = TokenForm()
    if not form.validate_on_submit():
        return _page(form), 422
    begin_write()
    user, zone = own_row(), current.settings().time_zone
    try:
        made, text = personal_token.create(
            user,
            form.name.data,
            [personal_token.Scope(scope) for scope in form.scopes.data],
            form.chosen(user),
            form.expires_at(zone),
        )
    except TokenInvalid as refusal:
        db.session.rollback()
        return _page(form, refusal=refusal.said()), 422
    name = made.name
    db.session.commit()
    return _page(TokenForm(formdata=None), made=name, text=text), 201


@blueprint.post("/tokens/<token_id>/revocation")
def revoke(token_id: str) -> ResponseReturnValue:
    """Revoke one."""
    begin_write()
    found = find_token(own_row(), token_id)
    if found is None:
        raise NotFound("There is no such token; it may be revoked already.")
    name = found.name
    revoke_token(found)
    db.session.commit()
    flash(_("The token “%(name)s” is revoked. Programs that used it are refused from now on.", name=name))
    return redirect(url_for("tokens.index"), 303)


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session but this one and every token that was got; personal tokens where asked."""
    begin_write()
    user, is_all = own_row(), "personal" in request.form
    revoke_all(user)
    if is_all:
        revoke_personal(user)
    db.session.commit()
    login_user(user)
    flash(
        _("You are signed out everywhere else, and every token is revoked.")
        if is_all
        else _("You are signed out everywhere else.")
    )
    return redirect(local_path(request.form.get("next") or url_for("tokens.index")), 303)


def _page(form: TokenForm, *, refusal: str = "", made: str = "", text: str = "") -> str:
    albums = db.session.scalars(visible_albums(current_user).limit(MOST_LISTED + 1)).all()
    names = albums_by_token(current_user, names=True)
    rows = token_rows(db.session.scalars(tokens_of(current_user)), names, current.settings().time_zone)
    return render_template(
        "tokens/index.html",
        form=form,
        refusal=refusal,
        made=made,
        text=text,
        rows=rows,
        albums=albums if len(albums) <= MOST_LISTED else [],
        is_by_id=len(albums) > MOST_LISTED,
    )
