"""Shares: what a link opens, what it tells of a place, and that nothing is left when it ends."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Picture
from werkzeug.test import TestResponse

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.location.precision import Precision
from gallery.models.album import Album, find_album
from gallery.models.image import Image
from gallery.models.share import Share, create_share, find_share
from gallery.models.user import Role, User, find_by_email
from gallery.present.shares.links import token_of
from tests.drawing import drawn, drawn_jpeg
from tests.engines import both_engines
from tests.evidence import AT, WORD, telling_jpeg, told_by

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
MakeShare = Callable[..., str]
SignIn = Callable[..., FlaskClient]
HINTS = ("59.30", "59.31", "18.07", "18.08", "59° 18", "59 deg", "GPS", "SN-4711", WORD.decode())
"""What no answer of a share that rounds to 10 km may hold."""
DOORS = ("", "/images/{id}", "/map", "/clusters.geojson", "/images.json", "/originals/{id}", "/password")
DOORS += tuple(f"/pictures/{{id}}/{size}.jpg" for size in ("mini", "300", "450", "900", "1920"))


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    return make_user("ann@example.org")


@pytest.fixture
def telling(make_album: Callable[..., Album], owner: User, make_image: Callable[..., Image]) -> Image:
    """An image whose file tells everything."""
    make_album("one", owner)
    image = make_image(telling_jpeg(), album_id="one", process=True, title="A wall", filename="wall.jpg")
    assert (image.latitude, image.longitude) == pytest.approx(AT, abs=1e-5)
    assert image.exifs["GPSLatitude"]
    assert image.exifs["SerialNumber"] == "SN-4711"
    return image


@pytest.fixture
def make_share(app: Flask, settings: Settings, owner: User) -> MakeShare:
    """Make a share as the owner; the path of its link."""

    def make(subject: str | list[Image] = "one", **more: Any) -> str:
        values = {"precision": Precision.KM_10, "gives_originals": True, **more}
        lasts = values.pop("lasts", None)
        with app.app_context():
            begin_write()
            user = find_by_email(values.pop("email", owner.email))
            leads_to = find_album(subject) if isinstance(subject, str) else subject
            assert user is not None
            assert leads_to is not None
            share = create_share(user, values.pop("name", "For you"), leads_to, **values)
            if lasts is not None:
                share.expires_at = datetime.now(UTC) + lasts
            db.session.commit()
            return f"/s/{token_of(share, settings)}"

    return make


def answers(client: FlaskClient, link: str, image: Image, **more: Any) -> dict[str, TestResponse]:
    return {door: client.get(link + door.format(id=image.id), **more) for door in DOORS}


def share_in(app: Flask, link: str) -> SimpleNamespace:
    with app.app_context():
        share = find_share(link.split("/")[2].partition(".")[0])
        assert share is not None
        return SimpleNamespace(views=share.view_count, viewed_at=share.viewed_at, id=share.id)


def csrf(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def ids_in(client: FlaskClient, link: str) -> list[str]:
    return [entry["id"] for entry in client.get(f"{link}/images.json").json["images"]]  # type: ignore[index]


@pytest.mark.parametrize("precision", [Precision.KM_10, Precision.NONE])
def test_no_door_tells_the_place_on_any_byte(
    client: FlaskClient, make_share: MakeShare, telling: Image, precision: Precision, settings: Settings
) -> None:
    link = make_share(precision=precision)
    hidden = {"/map", "/clusters.geojson"} if precision is Precision.NONE else set()
    for door, answer in answers(client, link, telling).items():
        assert answer.status_code == (404 if door in hidden else 302 if door == "/password" else 200), door
        shown = str(answer.headers) + ("" if answer.mimetype.startswith("image/") else answer.text)
        assert [hint for hint in HINTS if hint in shown] == [], door
        assert telling.delivery_name not in shown, "a link for ever would outlive the share"
        assert str(telling.sha256) not in shown
        assert told_by(answer.data) == [], door
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"].startswith("private, no-")


@both_engines
def test_what_is_told_is_rounded(client: FlaskClient, make_share: MakeShare, telling: Image) -> None:
    for precision, place in ((Precision.KM_10, (59.35, 18.1)), (Precision.KM_1, (59.305, 18.07))):
        link = make_share(precision=precision)
        listed = client.get(f"{link}/images.json").json["images"][0]  # type: ignore[index]
        told = listed["position"]
        assert (told["latitude"], told["longitude"]) == pytest.approx(place)
        assert told["radius_m"] == precision.radius_m
        assert listed["taken_at"] == "2026-02-03T09:41:07"
        found = client.get(f"{link}/clusters.geojson?zoom=18").json
        assert found is not None
        assert found["features"][0]["geometry"]["coordinates"] == pytest.approx(place[::-1])
        assert found["extent"] == pytest.approx([place[1], place[0]] * 2)
        north, east = place
        told_box = f"{east - 0.001},{north - 0.001},{east + 0.001},{north + 0.001}"
        for box, count in (("18.0751,59.3084,18.0752,59.3085", 0), (told_box, 1)):
            assert len(client.get(f"{link}/clusters.geojson?bbox={box}").json["features"]) == count  # type: ignore[index]
            assert client.get(f"{link}?bbox={box}").text.count('class="tile ') == count


def test_an_exact_share_tells_everything(client: FlaskClient, make_share: MakeShare, telling: Image) -> None:
    link = make_share(precision=Precision.EXACT)
    page = client.get(f"{link}/images/{telling.id}").text
    assert "59.30843° N".replace(" ", "\xa0") in page
    assert "SN-4711" in page
    original = client.get(f"{link}/originals/{telling.id}")
    assert original.data == telling_jpeg()
    assert "A%20wall.jpg" in original.headers["Content-Disposition"]
    told = client.get(f"{link}/images.json").json["images"][0]  # type: ignore[index]
    assert told["taken_at"] == "2026-02-03T09:41:07+01:00"


def test_the_original_without_its_place_is_the_same_picture(
    client: FlaskClient, make_share: MakeShare, telling: Image
) -> None:
    answer = client.get(f"{make_share()}/originals/{telling.id}")
    before = Picture.open(BytesIO(telling_jpeg())).tobytes()
    assert Picture.open(BytesIO(answer.data)).tobytes() == before
    assert answer.headers["Content-Disposition"].endswith("''A%20wall.jpg")
    kept = client.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (kept.status_code, kept.data) == (304, b"")


def test_an_original_that_cannot_be_parted_from_its_place_is_not_given(
    client: FlaskClient, make_share: MakeShare, make_image: Callable[..., Image], telling: Image
) -> None:
    image = make_image(drawn("TIFF"), album_id="one", process=True, title='../\x00Plan\n"x"')
    link = make_share()
    page = client.get(f"{link}/images/{image.id}").text
    assert f"/originals/{image.id}" not in page
    assert "so it is not given" in page
    refused = client.get(f"{link}/originals/{image.id}")
    assert (refused.status_code, "cannot be given" in refused.text) == (422, True)
    largest = client.get(f"{link}/pictures/{image.id}/1920.jpg?download=1")
    assert largest.mimetype == "image/jpeg"
    assert largest.headers["Content-Disposition"].startswith('attachment; filename="')
    assert client.get(f"{make_share(precision=Precision.EXACT)}/originals/{image.id}").data == drawn("TIFF")
    for without in (
        make_share(gives_originals=False),
        make_share(gives_originals=False, precision=Precision.EXACT),
    ):
        assert client.get(f"{without}/originals/{telling.id}").status_code == 404
        assert "/originals/" not in client.get(f"{without}/images/{telling.id}").text


@pytest.mark.slow
def test_an_ended_share_serves_nothing_at_any_door(
    app: Flask,
    client: FlaskClient,
    make_share: MakeShare,
    telling: Image,
    sign_in: Callable[..., FlaskClient],
    owner: User,
) -> None:
    link, unknown = make_share(), make_share()
    etag = client.get(f"{link}/pictures/{telling.id}/300.jpg").headers["ETag"]
    sign_in(owner)
    token = csrf(client.get("/shares").text)
    for share in (link, unknown):
        path = f"/shares/{share_in(app, share).id}/revocation"
        assert client.post(path, data={"csrf_token": token}).status_code == 303
    client.post("/sign-out", data={"csrf_token": token})
    forged = link[:-4] + ("AAAA" if not link.endswith("AAAA") else "BBBB")
    pages = set()
    for gone in (link, unknown, forged, "/s/x", "/s/" + "a" * 22 + "." + "b" * 43, "/s/%00%ff" + "é" * 60):
        for door, answer in answers(client, gone, telling, headers={"If-None-Match": etag}).items():
            assert answer.status_code == 404, door
            pages.add(re.sub(r'(nonce|value)="[^"]+"', "", answer.text))
    assert len(pages) == 1, "nobody learns whether there was a share"
    over = make_share(lasts=timedelta(seconds=-1))
    for door, answer in answers(client, over, telling).items():
        assert answer.status_code == 404, door
        assert "was good until" in answer.text
    assert answers(client, make_share(lasts=timedelta(hours=1)), telling)[""].status_code == 200


@pytest.mark.slow
def test_a_share_ends_with_its_makers_membership(
    app: Flask, client: FlaskClient, make_share: MakeShare, telling: Image, owner: User
) -> None:
    whole, chosen = make_share(), make_share([telling])
    with app.app_context():
        begin_write()
        album = find_album("one")
        assert album is not None
        album.dismiss(owner)
        db.session.commit()
    assert {answer.status_code for answer in answers(client, whole, telling).values()} == {404}
    assert ids_in(client, chosen) == []
    assert client.get(f"{chosen}/pictures/{telling.id}/300.jpg").status_code == 404


@both_engines
def test_what_a_share_leads_to(
    app: Flask, client: FlaskClient, make_share: MakeShare, telling: Image, make_image: Callable[..., Image]
) -> None:
    crack = make_image(album_id="one", tags=("crack",), title="First")
    whole, filtered, chosen = make_share(), make_share(query="tags=crack"), make_share([telling])
    later = make_image(album_id="one", tags=("crack",))
    elsewhere = make_image(album_id="two", tags=("crack",))
    assert ids_in(client, whole) == [telling.id, crack.id, later.id]
    assert ids_in(client, filtered) == [crack.id, later.id]
    assert ids_in(client, chosen) == [telling.id]
    page = client.get(filtered).text
    assert "crack" not in page, "tags are not for visitors"
    for image in (telling, elsewhere):
        assert client.get(f"{filtered}/images/{image.id}").status_code == 404
        assert client.get(f"{filtered}/pictures/{image.id}/300.jpg").status_code == 404
    with app.app_context():
        begin_write()
        moved = (
            sa.update(Image).where(Image.id.in_([telling.id, crack.id])).values(trashed_at=datetime.now(UTC))
        )
        db.session.execute(moved)
        db.session.commit()
    assert (ids_in(client, filtered), ids_in(client, chosen)) == ([later.id], [])
    assert client.get(f"{whole}/pictures/{telling.id}/300.jpg").status_code == 404


@pytest.mark.slow
def test_a_password_opens_one_share_to_one_visitor(
    app: Flask, client: FlaskClient, make_share: MakeShare, telling: Image, settings: Settings
) -> None:
    link, other = make_share(password="open sesame"), make_share(password="open sesame", name="Other")
    pages = ("", "/images/{id}", "/map")
    for door, answer in answers(client, link, telling).items():
        wanted = 302 if door in pages else 200 if door == "/password" else 401
        assert answer.status_code == wanted, door
        assert b"og:" not in answer.data
        assert b"For you" not in answer.data
        assert b"A wall" not in answer.data
    token = csrf(client.get(f"{link}/password").text)
    for wrong in ("", "x" * 2_000, "open\x00", "sesame"):
        tried = client.post(f"{link}/password", data={"csrf_token": token, "password": wrong})
        assert tried.status_code == 422
    right = client.post(f"{link}/password", data={"csrf_token": token, "password": "open sesame"})
    assert (right.status_code, right.location) == (303, link)
    opened = answers(client, link, telling)
    assert {door: a.status_code for door, a in opened.items()} == dict.fromkeys(DOORS, 200) | {
        "/password": 302
    }
    assert b"og:" not in opened[""].data
    assert client.get(f"{other}/images.json").status_code == 401
    assert app.test_client().get(f"{link}/images.json").status_code == 401
    stranger = app.test_client()
    token = csrf(stranger.get(f"{link}/password").text)
    tries = [
        stranger.post(f"{link}/password", data={"csrf_token": token, "password": "guess"}).status_code
        for _ in range(6)
    ]
    assert tries[-1] == 429
    with app.app_context():
        assert "open sesame" not in str(db.session.scalars(sa.select(Share.password_hash)).all())


@both_engines
def test_visits_are_counted_not_pictures(
    app: Flask,
    client: FlaskClient,
    make_share: MakeShare,
    telling: Image,
    sign_in: Callable[..., FlaskClient],
    owner: User,
) -> None:
    link = make_share()
    assert share_in(app, link).viewed_at is None
    for _ in range(2):
        answers(client, link, telling)
    assert share_in(app, link).views == 1
    app.test_client().get(f"{link}/pictures/{telling.id}/300.jpg")
    assert share_in(app, link).views == 1
    app.test_client().get(f"{link}/images/{telling.id}")
    assert share_in(app, link).views == 2
    with app.test_client() as own:
        with own.session_transaction() as session:
            session["_user_id"], session["_fresh"] = owner.get_id(), True
        assert own.get(link).status_code == 200
    assert share_in(app, link).views == 2


def test_a_link_shows_itself_in_chats(client: FlaskClient, make_share: MakeShare, telling: Image) -> None:
    link = make_share(name='Bridge "4" <b>')
    page = client.get(link).text
    assert '<meta property="og:title" content="Bridge &#34;4&#34; &lt;b&gt;">' in page
    found = re.search(r'og:image" content="http://[^/]+(/[^"]+)"', page)
    assert found
    assert client.get(found[1]).mimetype == "image/jpeg"
    assert 'name="robots" content="noindex' in page


@both_engines
def test_a_member_makes_and_revokes_a_share(
    app: Flask,
    client: FlaskClient,
    telling: Image,
    sign_in: Callable[..., FlaskClient],
    owner: User,
    make_image: Callable[..., Image],
) -> None:
    assert client.get("/shares/new?album=one").location.startswith("/sign-in")
    sign_in(owner)
    assert "No shares yet" in client.get("/shares").text
    assert "/shares/new?album=one&tags=a" in client.get("/albums/one?tags=a").text.replace("&amp;", "&")
    form = client.get("/shares/new?album=one&tags=a,b").text
    assert "passes the filter" in form
    data = {"csrf_token": csrf(form), "album": "one", "name": "Nåm\x00e <b>", "precision": "none"}
    wrong = [{"name": " "}, {"name": "x" * 201}, {"precision": "5m"}, {"expires_on": "2020-01-01"}]
    for bad in (*wrong, {"expires_on": "9999-12-31"}, {"expires_on": "soon"}):
        assert client.post("/shares?tags=a,b", data=data | bad).status_code == 422, bad
    made = client.post("/shares?tags=a,b", data=data | {"password": "pass", "expires_on": ""})
    assert made.status_code == 303
    listed = client.get(made.location).text
    link = re.search(r'class="share-link"><a href="https?://[^/]+(/s/[^"]+)"', listed)
    assert link
    with app.app_context():
        share = db.session.scalars(sa.select(Share)).one()
        assert (share.query, share.name, share.precision) == ("tags=a,b", "Nåm�e <b>", Precision.NONE)
        assert (share.expires_at, share.gives_originals, share.has_password("pass")) == (None, False, True)
    theirs = make_image(album_id="theirs")
    for subject in (
        {"album": "theirs"},
        {"image": theirs.id},
        {"image": [telling.id, "\x00"]},
        {"album": "\x00"},
    ):
        assert client.get("/shares/new", query_string=subject).status_code == 404
        assert client.post("/shares", data={**data, "album": "theirs", **subject}).status_code == 404
    assert client.get("/shares/new").status_code == 422
    chosen = client.get("/shares/new", query_string={"image": telling.id}).text
    assert "this one image" in chosen
    del data["album"]
    assert client.post("/shares", data={**data, "image": [telling.id] * 2}).status_code == 303
    assert "1 chosen image<" in client.get("/shares").text


def test_only_its_maker_and_admins_see_and_revoke_a_share(
    app: Flask,
    client: FlaskClient,
    make_share: MakeShare,
    telling: Image,
    sign_in: Callable[..., FlaskClient],
    make_user: Callable[..., User],
    make_album: Callable[..., Album],
) -> None:
    link = make_share(name="Ann's")
    path = f"/shares/{share_in(app, link).id}/revocation"
    other, admin = make_user("bob@example.org"), make_user("root@example.org", Role.ADMIN)
    make_album("one", other)
    sign_in(other)
    page = client.get("/shares?of=all").text
    assert "Ann&#39;s" not in page
    assert client.post(path, data={"csrf_token": csrf(page)}).status_code == 404
    assert client.post("/shares/%00/revocation", data={"csrf_token": csrf(page)}).status_code == 404
    sign_in(admin)
    assert "Ann&#39;s" not in client.get("/shares").text
    assert "Ann&#39;s" in client.get("/shares?of=all").text
    assert client.post(path, data={"csrf_token": csrf(page)}).status_code == 303
    assert client.get(link).status_code == 404


@both_engines
def test_a_long_share_comes_in_pages(
    app: Flask, client: FlaskClient, make_share: MakeShare, telling: Image
) -> None:
    with app.app_context():
        begin_write()
        same = {c.key: getattr(telling, c.key) for c in sa.inspect(Image).mapper.column_attrs}
        for name in ("number", "id", "delivery_name", "map_key"):
            del same[name]
        db.session.add_all(Image(**same) for _ in range(230))
        db.session.commit()
    link = make_share()
    page = client.get(link).text
    more = re.search(rf'href="({link}\?after=[^"]+)" rel="next"', page)
    assert more
    assert (page.count('class="tile '), client.get(more[1]).text.count('class="tile ')) == (200, 31)
    first = client.get(f"{link}/images.json").json
    assert first is not None
    second = client.get(first["next"].partition("8000")[2]).json
    assert second is not None
    assert (len(first["images"]), len(second["images"]), second["next"]) == (200, 31, None)
    for bad in ("after=x", "bbox=1,2", "bbox=nan,0,0,0"):
        assert client.get(f"{link}?{bad}").status_code == 400
    assert client.get(f"{link}/clusters.geojson?zoom=x").status_code == 400
    assert json.dumps(first).count(telling.delivery_name) == 0


def test_pictures_are_as_the_image_is_shown(
    app: Flask, client: FlaskClient, make_share: MakeShare, telling: Image
) -> None:
    link = make_share()
    with app.app_context():
        begin_write()
        cropped = {"crop_x": 0.0, "crop_y": 0.0, "crop_w": 40.0, "crop_h": 20.0, "rotation": 90}
        db.session.execute(sa.update(Image).where(Image.id == telling.id).values(**cropped))
        db.session.commit()
    answer = client.get(f"{link}/pictures/{telling.id}/300.jpg")
    assert Picture.open(BytesIO(answer.data)).size == (300, 600)
    assert client.get(f"{link}/pictures/{telling.id}/9999.jpg").status_code == 404
    assert drawn_jpeg() != answer.data
