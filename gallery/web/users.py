"""The people of the gallery, for admins: looked through, added, changed, shut out and let in again."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import require_admin
from gallery.db import begin_write, db
from gallery.editing import user_editing
from gallery.errors import GalleryError, NotFound
from gallery.language import gettext as _
from gallery.models.people import known
from gallery.models.text import storable
from gallery.models.user import Role, User, UserInvalid, find_by_id
from gallery.present.user_list import RIGHTS, ROLES, user_page, user_row
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("users", __name__, url_prefix="/users")
blueprint.before_request(sign_in_first)
blueprint.before_request(require_admin)
LONGEST_SEARCH = 200


@blueprint.get("")
def index() -> ResponseReturnValue:
    """All of them, or those that a search finds."""
    search = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    after = request.args.get("after", "")
    page = user_page(search, _person(after) if after else None, current.settings().time_zone)
    return render_template("users/index.html", page=page, search=search, is_continued=bool(after))


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """The form for another."""
    return _form()


@blueprint.post("/new")
def create() -> ResponseReturnValue:
    """Add a person. A password that was made is shown by this answer alone."""
    given, typed = request.form, request.form.get("password", "")
    password = typed or user_editing.made_password()
    begin_write()
    try:
        person = user_editing.add_person(
            storable(given.get("email", "")), password, name=given.get("name", ""), role=_role()
        )
    except GalleryError as refusal:
        db.session.rollback()
        return _form(refusal.said()), refusal.status
    name, user_id = person.name, person.id
    db.session.commit()
    if not typed:
        return _page(user_id, made=password), 201
    return _done(user_id, _("%(name)s is added.", name=name))


@blueprint.get("/<user_id>")
def show(user_id: str) -> ResponseReturnValue:
    """One of them."""
    return _page(user_id)


@blueprint.post("/<user_id>")
def update(user_id: str) -> ResponseReturnValue:
    """Another name, another role."""
    name, role = request.form.get("name", ""), _role() if "role" in request.form else None

    def change(person: User) -> None:
        user_editing.rename(person, name)
        user_editing.give_role(person, role or person.role)

    return _refused(user_id, change) or _done(user_id, _("The person is changed."))


@blueprint.post("/<user_id>/password")
def give_password(user_id: str) -> ResponseReturnValue:
    """Another password. One that was made is shown by this answer alone."""
    typed = request.form.get("password", "")
    password = typed or user_editing.made_password()

    def change(person: User) -> None:
        if user_editing.is_acting(person):
            raise UserInvalid("Change your own password on the page of your account.")
        user_editing.give_password(person, password)

    if refused := _refused(user_id, change):
        return refused
    return _done(user_id, _("The password is changed.")) if typed else _page(user_id, made=password)


@blueprint.post("/<user_id>/exclusion")
def shut_out(user_id: str) -> ResponseReturnValue:
    """Let the person in by no door."""
    return _refused(user_id, user_editing.shut_out) or _done(user_id, _("The person is shut out."))


@blueprint.post("/<user_id>/readmission")
def let_in(user_id: str) -> ResponseReturnValue:
    """Let the person sign in again."""
    return _refused(user_id, user_editing.let_in) or _done(user_id, _("The person may sign in again."))


def _refused(user_id: str, change: Callable[[User], None]) -> ResponseReturnValue | None:
    """Change the person; where that cannot be, the page with the reason."""
    begin_write()
    person = _person(user_id)
    try:
        change(person)
    except GalleryError as refusal:
        db.session.rollback()
        return _page(user_id, refusal=refusal.said()), refusal.status
    db.session.commit()
    return None


def _done(user_id: str, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("users.show", user_id=user_id), 303)


def _person(user_id: str) -> User:
    person = find_by_id(storable(user_id))
    if person is None:
        raise NotFound("There is no such person.")
    return person


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        raise UserInvalid("Choose one of the roles.") from None


def _form(refusal: str = "") -> str:
    return render_template("users/new.html", roles=ROLES, rights=RIGHTS, refusal=refusal)


def _page(user_id: str, *, refusal: str = "", made: str = "") -> str:
    person = _person(user_id)
    return render_template(
        "users/show.html",
        user=person,
        row=user_row(known(person), current.settings().time_zone),
        is_self=user_editing.is_acting(person),
        roles=ROLES,
        rights=RIGHTS,
        refusal=refusal,
        made=made,
    )
