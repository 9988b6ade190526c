"""The whole list for those who take gzip."""

import gzip
from typing import Any

import pytest

from gallery.models.user import Role
from tests.api.conftest import Program
from tests.engines import both_engines

pytestmark = both_engines
PATH = "/api/v1/image_syncs"


@pytest.mark.parametrize(
    ("accepted", "is_zipped"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("br", False),
        ("", False),
    ],
)
def test_only_who_takes_gzip_and_sees_everything_gets_it(
    program: Program,
    make_user: Any,
    make_image: Any,
    token_of: Any,
    engine: str,
    accepted: str,
    is_zipped: bool,
) -> None:
    is_zipped = is_zipped and engine == "sqlite"
    for _ in range(3):
        make_image()
    everything = Program(program.app, token_of(make_user("root@example.org", Role.ADMIN)))
    expected = everything.call("GET", PATH)
    answer = everything.call("GET", PATH, headers={"Accept-Encoding": accepted})
    assert ("Content-Encoding" in answer.headers) == is_zipped
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert (gzip.decompress(answer.data) if is_zipped else answer.data) == expected.data
    stranger = Program(program.app, token_of(make_user("nobody@example.org")))
    nothing = stranger.call("GET", PATH, headers={"Accept-Encoding": accepted})
    assert (nothing.data, nothing.headers.get("Content-Encoding")) == (b"[]", None)
