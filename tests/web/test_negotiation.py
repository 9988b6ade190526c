"""What decides which picture a caller gets, and what tells its caches."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image as Pillow

from gallery.config import Settings
from gallery.models.image import Image
from tests.drawing import drawn_jpeg
from tests.web.test_delivery import delivery_path

HINTS = {"Sec-CH-DPR", "DPR"}


@pytest.fixture
def image(make_image: Callable[..., Image]) -> Image:
    return make_image(drawn_jpeg(size=(800, 400)), process=True)


@pytest.mark.parametrize(
    ("headers", "width_px"),
    [
        ({}, 100),
        ({"Sec-CH-DPR": "2.0"}, 200),
        ({"DPR": "1.5"}, 150),
        ({"Sec-CH-DPR": "3", "DPR": "2"}, 300),
        ({"DPR": "2.625"}, 262),
        ({"DPR": "0.5"}, 100),
        ({"DPR": "9"}, 300),
        ({"DPR": "inf"}, 300),
        ({"DPR": "nan"}, 100),
        ({"DPR": "-1e400"}, 100),
        ({"DPR": "two"}, 100),
        ({"DPR": "2, 3"}, 100),
        ({"DPR": ""}, 100),
    ],
)
def test_an_automatic_ratio_follows_the_hint_within_its_bounds(
    client: FlaskClient, image: Image, settings: Settings, headers: dict[str, str], width_px: int
) -> None:
    answer = client.get(delivery_path(image, "c_fit,dpr_auto,w_100", settings), headers=headers)
    assert Pillow.open(BytesIO(answer.data)).width == width_px
    assert set(answer.vary) == HINTS


@pytest.mark.parametrize(
    ("chain", "vary"),
    [
        ("c_fit,w_100", set()),
        ("dpr_2.0,w_100", set()),
        ("c_fit,w_100/dpr_auto,q_auto", set()),
        ("c_crop,dpr_auto,h_9,w_9", set()),
        ("c_fit,w_100/dpr_auto,f_auto,q_auto", {"Accept"}),
        ("c_fit,dpr_auto,w_100", HINTS),
        ("c_fit,dpr_auto,f_auto,w_100", HINTS | {"Accept"}),
        ("fl_attachment", set()),
    ],
)
def test_vary_names_what_the_answer_depends_on_and_nothing_else(
    client: FlaskClient, image: Image, settings: Settings, chain: str, vary: set[str]
) -> None:
    path = delivery_path(image, chain, settings)
    answer = client.get(path)
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (answer.status_code, again.status_code) == (200, 304)
    assert set(answer.vary) == set(again.vary) == vary
    other = client.get(path, headers={"DPR": "3", "Accept": "image/webp"})
    assert (other.data != answer.data) == bool(vary)


def test_an_etag_is_matched_in_a_list_and_by_a_star(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    for chain in ("c_fit,w_100", "fl_attachment"):
        path = delivery_path(image, chain, settings)
        etag = client.get(path).headers["ETag"]
        assert not etag.startswith("W/")
        for given in (etag, "*", f'"other", {etag}', f'W/{etag}, "x"'):
            answer = client.get(path, headers={"If-None-Match": given})
            assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag), given
        for given in ('"other"', etag.strip('"') + "x", '"*"'):
            assert client.get(path, headers={"If-None-Match": given}).status_code == 200


def test_a_range_is_sent_only_of_the_file_that_it_was_asked_of(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    path = delivery_path(image, "fl_attachment", settings)
    whole = client.get(path)
    assert whole.headers["Accept-Ranges"] == "bytes"
    for given, status in (
        (whole.headers["ETag"], 206),
        ('"other"', 200),
        (f"W/{whole.headers['ETag']}", 200),
    ):
        answer = client.get(path, headers={"Range": "bytes=5-9", "If-Range": given})
        assert answer.status_code == status, given
        assert answer.data == (whole.data[5:10] if status == 206 else whole.data)


def test_transparency_is_white_in_every_format_and_stays_in_the_original(
    client: FlaskClient, make_image: Callable[..., Image], settings: Settings
) -> None:
    """A picture looks the same whatever the caller accepts."""
    file = BytesIO()
    Pillow.new("RGBA", (800, 400), (255, 0, 0, 0)).save(file, "PNG")
    image = make_image(file.getvalue(), process=True)
    for chain in ("f_png", "f_webp", "c_fit,f_png,w_60", "c_fit,f_avif,w_60", "c_fit,w_60"):
        with Pillow.open(BytesIO(client.get(delivery_path(image, chain, settings)).data)) as picture:
            assert "A" not in picture.getbands()
            assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    original = client.get(delivery_path(image, "fl_attachment", settings))
    assert (original.mimetype, original.data) == ("image/png", file.getvalue())
