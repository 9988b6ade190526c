"""Delivery over the wire: what only a real server decodes, and many first requests at once."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from gallery.config import load_settings
from gallery.media.signature import sign
from tests.drawing import drawn_jpeg
from tests.serving import Server, child_environ, flask

SECRET = "a secret of the tests"


@pytest.mark.slow
def test_the_server_reads_what_is_signed_as_it_was_written(
    server: Callable[..., Server], tmp_path: Path
) -> None:
    instance = {"INSTANCE": str(tmp_path / "instance"), "DELIVERY_SECRET": f"{SECRET},another"}
    (tmp_path / "photo.jpg").write_bytes(drawn_jpeg(size=(2400, 1200)))
    added = flask(child_environ(**instance), "import", tmp_path / "photo.jpg", "--album", "A")
    assert added.returncode == 0, added.stderr
    name = f"{delivery_name(instance)}.jpg"
    served = server(**instance)

    def ask(chain: str, as_sent: str | None = None, secret: str = SECRET) -> tuple[int, str]:
        path = f"/image/authenticated/s--{sign(f'{chain}/{name}', secret, 32)}--/{as_sent or chain}/v1/{name}"
        answer = served.request(path)
        said = answer.header("Content-Disposition") or answer.header("X-Cld-Error") or ""
        return answer.status, unquote(said.partition("UTF-8''")[2]) or said

    assert ask("fl_attachment:site%20plan%2C%20roof%2Feast") == (200, "site plan, roof_east.jpg")
    spaced = "fl_attachment:site plan é"
    assert ask(spaced, quote(spaced)) == (200, "site plan é.jpg")
    assert ask("c_fit,w_60", "c_fit%2Cw_60", "another")[0] == 200
    assert ask("c_fit,w_60", secret="a third")[0] == 401
    assert ask("w_100//a_90")[0] == 400
    assert ask("w_100/%0A", "w_100/%0A")[0] == 401

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(lambda _: ask("c_fit,w_640/f_webp")[0], range(40)))
    assert statuses == [200] * 40
    assert len(list((tmp_path / "instance" / "renditions").rglob("*.webp"))) == 1


def delivery_name(instance: dict[str, str]) -> str:
    settings = load_settings({f"GALLERY_{name}": value for name, value in instance.items()})
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    (name,) = connection.execute("SELECT delivery_name FROM image").fetchone()
    connection.close()
    return str(name)
