"""Albums are made, described, put away, merged and deleted; people are admitted to them."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action, may_create_albums, person, require
from gallery.db import begin_write, db
from gallery.editing.album_editing import (
    add_album,
    admit,
    delete_album,
    dismiss,
    edit_album,
    set_archived,
    set_cover,
)
from gallery.editing.merging import merge
from gallery.errors import GalleryError, NotFound
from gallery.language import gettext as _
from gallery.models.album import Album, find_album, members_of, visible_albums
from gallery.models.image import find_image
from gallery.models.text import storable
from gallery.models.user import User, find_by_email, find_by_id
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("album_edits", __name__)
blueprint.before_request(sign_in_first)
ONE = "/albums/<album:album_id>"
MOST_LISTED = 500


@blueprint.get("/albums/new")
def new() -> ResponseReturnValue:
    """The form for another album."""
    _require_creator()
    return render_template("albums/new.html", refusal="")


@blueprint.post("/albums/new")
def create() -> ResponseReturnValue:
    """Make it; who makes it is its first member."""
    _require_creator()
    name = request.form.get("name", "").strip()
    if not name:
        return render_template("albums/new.html", refusal=_("Give the album a name.")), 422
    begin_write()
    album_id = request.form.get("id", "").strip() or str(uuid.uuid4())
    try:
        description, member = request.form.get("description", "").strip(), _user(find_by_id(person().id))
        album = add_album(album_id, name=name, description=description, member=member)
    except GalleryError as refusal:
        db.session.rollback()
        return render_template("albums/new.html", refusal=refusal.said()), refusal.status
    path = url_for("albums.show", album_id=album.id)
    db.session.commit()
    return redirect(path, 303)


@blueprint.get(f"{ONE}/settings")
def edit(album_id: str) -> ResponseReturnValue:
    """Everything that can be changed about it."""
    return _page(_managed(album_id))


@blueprint.post(f"{ONE}/settings")
def update(album_id: str) -> ResponseReturnValue:
    """Set name, id and description."""
    album = _managed(album_id)
    values = {name: request.form.get(name, "").strip() for name in ("id", "name", "description")}
    try:
        changed = edit_album(album, values, current.settings())
    except GalleryError as refusal:
        db.session.rollback()
        return _page(_managed(album_id), refusal=refusal.said()), refusal.status
    return _done(changed, "The album is changed.")


@blueprint.post(f"{ONE}/archive")
def archive(album_id: str) -> ResponseReturnValue:
    """Put it away, or bring it back."""
    album, is_archived = _managed(album_id), "archived" in request.form
    set_archived(album, current.settings(), is_archived=is_archived)
    return _done(album, "The album is put away." if is_archived else "The album is back among the others.")


@blueprint.post(f"{ONE}/reviewing")
def reviewing(album_id: str) -> ResponseReturnValue:
    """Ask for a second pair of eyes, or for one alone."""
    needs_second = "needs_second" in request.form
    album = edit_album(_managed(album_id), {"needs_second": needs_second}, current.settings())
    return _done(album, "Two reviewers must agree." if needs_second else "One reviewer is enough.")


@blueprint.post(f"{ONE}/members")
def admit_member(album_id: str) -> ResponseReturnValue:
    """Let somebody see it and add to it."""
    album, email = _managed(album_id), storable(request.form.get("email", "")).strip()
    user = find_by_email(email)
    if user is None:
        return _page(
            album, refusal=_("Nobody here has the e-mail address %(email)s.", email=repr(email[:80]))
        ), 422
    name = user.name
    admit(album, user)
    return _done(album, f"{name} is a member now.")


@blueprint.post(f"{ONE}/members/<user_id>/dismissal")
def dismiss_member(album_id: str, user_id: str) -> ResponseReturnValue:
    """Let it exist no longer for somebody."""
    album, user = _managed(album_id), _user(find_by_id(storable(user_id)))
    name = user.name
    dismiss(album, user)
    return _done(album, f"{name} is a member no longer.")


@blueprint.post(f"{ONE}/merging")
def merge_into(album_id: str) -> ResponseReturnValue:
    """Let another album have all of it."""
    source, target = _managed(album_id), _managed(request.form.get("target", ""))
    name = source.name
    try:
        merged = merge(source, target, current.settings())
    except GalleryError as refusal:
        db.session.rollback()
        return _page(_managed(album_id), refusal=refusal.said()), refusal.status
    path = url_for("albums.show", album_id=merged.id)
    db.session.commit()
    flash(_("“%(name)s” is part of this album now.", name=name))
    return redirect(path, 303)


@blueprint.post(f"{ONE}/deletion")
def destroy(album_id: str) -> ResponseReturnValue:
    """Delete it, if it has no images."""
    album = _managed(album_id)
    name = album.name
    try:
        delete_album(album, current.settings())
    except GalleryError as refusal:
        db.session.rollback()
        return _page(_managed(album_id), refusal=refusal.said()), refusal.status
    db.session.commit()
    flash(_("The album “%(name)s” is deleted.", name=name))
    return redirect(url_for("albums.index"), 303)


@blueprint.post("/images/<image_id>/cover")
def choose_cover(image_id: str) -> ResponseReturnValue:
    """Let one image stand for its album."""
    image = require(Action.EDIT, find_image(storable(image_id)))
    set_cover(image, current.settings())
    db.session.commit()
    flash("This is the album’s cover now.")
    return redirect(url_for("images.show", image_id=image_id), 303)


def _done(album: Album, sentence: str) -> ResponseReturnValue:
    path = url_for("album_edits.edit", album_id=album.id)
    db.session.commit()
    flash(sentence)
    return redirect(path, 303)


def _managed(album_id: str) -> Album:
    return require(Action.MANAGE, find_album(album_id))


def _require_creator() -> None:
    if not may_create_albums(person()):
        raise NotFound("Albums are made by admins and reviewers. Ask one of them.")


def _user(user: User | None) -> User:
    if user is None:
        raise NotFound("There is no such person.")
    return user


def _page(album: Album, refusal: str = "") -> str:
    others = visible_albums(person()).where(Album.number != album.number).limit(MOST_LISTED)
    return render_template(
        "albums/edit.html",
        album=album,
        members=db.session.scalars(members_of(album).limit(MOST_LISTED)).all(),
        others=db.session.scalars(others).all(),
        refusal=refusal,
    )
