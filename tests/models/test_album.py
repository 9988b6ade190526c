import string
from collections.abc import Callable
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery.db import db
from gallery.models.album import (
    Album,
    AlbumExists,
    AlbumInvalid,
    Membership,
    create_album,
    find_album,
    visible_albums,
)
from gallery.models.user import Role, User
from gallery.web.urls import AnyTextConverter
from tests.engines import both_engines

IDS = [
    "00100000123BB175",
    "new_id",
    "14364f29-c30d-4bbb-992c-19e6031244f7",
    "x" * 10_000,
    "a/b//c/",
    "/",
    ".",
    "..",
    "../../etc",
    "~",
    "~YQ",
    ".hidden",
    "map",
    "upload",
    "a b+c%20d%2F&e=f?g#h",
    "é漢🏗",
    " lead and trail ",
    "'; DROP TABLE album;--",
    "<b>",
    "a\\b",
    "tab\tnew\nline",
    "\x7f\u202e",
]


@both_engines
@pytest.mark.parametrize("album_id", IDS, ids=lambda text: quote(text[:12], safe=""))
def test_an_album_of_any_id_is_found_by_exactly_that_id(context: None, album_id: str) -> None:
    album = create_album(album_id)
    db.session.commit()
    db.session.expire_all()
    assert find_album(album_id) is album
    assert album.id == album.name == album_id
    assert find_album(album_id + " ") is None
    assert find_album(album_id[1:]) is None


@both_engines
def test_ids_differ_by_case_and_by_every_character(context: None) -> None:
    for album_id in ("Ab", "ab", "aB", "AB", "ab ", "a\u0301b", "áb"):
        create_album(album_id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Album)) == 7
    with pytest.raises(AlbumExists, match="already"):
        create_album("aB")


def test_an_album_needs_an_id(context: None) -> None:
    with pytest.raises(AlbumInvalid):
        create_album("")


@pytest.mark.parametrize("album_id", IDS, ids=lambda text: quote(text[:12], safe=""))
def test_an_album_of_any_id_has_an_address(
    client: FlaskClient,
    sign_in: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    make_album: Callable[..., Album],
    album_id: str,
) -> None:
    make_album(album_id)
    sign_in(make_user(role=Role.ADMIN))
    with client.application.test_request_context():
        path = client.application.url_for("albums.show", album_id=album_id)
    assert path.startswith("/albums/")
    assert client.get(path).status_code == 200


@given(st.text(min_size=1, max_size=20) | st.text(string.punctuation, min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_an_address_says_is_the_id_that_it_was_made_of(album_id: str) -> None:
    from urllib.parse import unquote

    from werkzeug.routing import Map

    try:
        album_id.encode()
    except UnicodeEncodeError:
        return
    converter = AnyTextConverter(Map())
    part = converter.to_url(album_id)
    assert "/" not in part
    assert part not in (".", "..")
    assert converter.to_python(unquote(part)) == album_id


@both_engines
def test_members_see_their_albums_and_admins_all(context: None) -> None:
    ann, boss = User.create("a@b", "12345678"), User.create("c@d", "12345678", role=Role.ADMIN)
    db.session.add_all([ann, boss])
    first, second = create_album("1", name="Zebra"), create_album("2", name="Ant")
    db.session.flush()
    first.admit(ann)
    db.session.flush()
    first.admit(ann)
    assert [album.id for album in db.session.scalars(visible_albums(ann))] == ["1"]
    assert [album.id for album in db.session.scalars(visible_albums(boss))] == ["2", "1"]
    second.dismiss(ann)
    first.dismiss(ann)
    assert db.session.scalars(visible_albums(ann)).all() == []


@both_engines
def test_a_person_who_is_deleted_is_a_member_no_longer(context: None) -> None:
    ann = User.create("a@b", "12345678")
    db.session.add(ann)
    album = create_album("1")
    db.session.flush()
    album.admit(ann)
    db.session.commit()
    db.session.execute(sa.delete(User).where(User.number == ann.number))
    assert db.session.scalars(sa.select(Membership)).all() == []
