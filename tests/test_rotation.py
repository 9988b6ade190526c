"""The secret key changes, and what was signed with the old one stays good until that is dropped."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient

from gallery import create_app
from gallery.config import Settings, load_settings
from gallery.errors import SettingInvalid
from gallery.models import token
from gallery.models.image import Image
from gallery.models.user import User
from gallery.present.links import Links
from tests.conftest import Client, close

OLD = "a secret of the tests"
ROUTE = "/api/v1/albums"


def with_key(environ: dict[str, str], secret: str) -> Settings:
    return load_settings(
        {f"GALLERY_{name}": value for name, value in environ.items()} | {"GALLERY_SECRET_KEY": secret}
    )


@contextmanager
def running(settings: Settings) -> Iterator[FlaskClient]:
    app = create_app(settings)
    app.test_client_class = Client
    yield app.test_client()
    close(app)


@pytest.fixture
def made_before(
    app: Flask,
    settings: Settings,
    make_user: Any,
    make_album: Any,
    make_image: Callable[..., Image],
    sign_in: Any,
) -> dict[str, Any]:
    """What the old key signed."""
    user: User = make_user()
    make_album("A", user)
    make_album("B", user)
    image = make_image(album_id="A", process=True)
    headers = {"Authorization": f"Token {token.issue(user, settings)}"}
    listed = app.test_client().get(f"{ROUTE}?limit=1", headers=headers)
    client = sign_in(user)
    csrf_token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    cookie = client.get_cookie("gallery_session")
    assert cookie is not None
    assert csrf_token is not None
    links = Links(settings)
    return {
        "headers": headers,
        "cookie": cookie.value,
        "csrf_token": csrf_token[1],
        "cursor": listed.headers["Link"].split(";")[0].strip("<>").removeprefix(settings.public_url),
        "thumbnail": links.thumbnail_path(image.id, "mini"),
        "proxy": links.proxy(image, "mini").removeprefix(settings.public_url),
        "delivery": links.original(image).removeprefix(settings.delivery_url),
    }


def statuses(client: FlaskClient, made: dict[str, Any]) -> dict[str, int]:
    """What each thing that was signed is answered with."""
    found = {name: client.get(made[name]).status_code for name in ("thumbnail", "proxy", "delivery")}
    found["token"] = client.get(ROUTE, headers=made["headers"]).status_code
    client.set_cookie("gallery_session", made["cookie"])
    found["session"] = client.get("/").status_code
    found["form"] = client.post("/sign-out", data={"csrf_token": made["csrf_token"]}).status_code
    return found


def test_what_the_old_key_signed_is_good_until_it_is_dropped(
    environ: dict[str, str], made_before: dict[str, Any]
) -> None:
    with running(with_key(environ, f"new, {OLD}")) as client:
        assert statuses(client, made_before) == {
            "thumbnail": 302,
            "proxy": 200,
            "delivery": 200,
            "token": 200,
            "session": 200,
            "form": 303,
        }
        assert client.get(made_before["cursor"], headers=made_before["headers"]).status_code == 200
    with running(with_key(environ, "new")) as client:
        assert statuses(client, made_before) == {
            "thumbnail": 400,
            "proxy": 400,
            "delivery": 401,
            "token": 401,
            "session": 302,
            "form": 400,
        }


@pytest.mark.slow
def test_a_token_is_renewed_under_the_new_key_in_the_same_chain(
    environ: dict[str, str], made_before: dict[str, Any]
) -> None:
    rotated = with_key(environ, f"new,{OLD}")
    with running(rotated) as client:
        renewed = client.get(ROUTE, headers=made_before["headers"]).headers["X-token"]
    given = made_before["headers"]["Authorization"].removeprefix("Token ")
    day = jwt.decode(given, options={"verify_signature": False})["iat"] // 86_400
    assert token.read(renewed, with_key(environ, "new")).key == token._day_key(rotated, day)
    with pytest.raises(token.TokenRefused):
        token.read(renewed, with_key(environ, OLD))


def test_a_list_with_an_empty_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid, match="GALLERY_SECRET_KEY"):
        load_settings({"GALLERY_INSTANCE": str(tmp_path), "GALLERY_SECRET_KEY": "new,"})
