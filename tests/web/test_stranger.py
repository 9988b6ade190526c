"""Delivery URLs as Cloudinary's own client writes them, to a server that its makers never saw."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from io import BytesIO
from math import floor
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import cloudinary
import pytest
from cloudinary.utils import cloudinary_url
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from gallery.config import Settings
from gallery.errors import BadChain, BadSignature
from gallery.models.image import Image
from gallery.web.delivery_address import read_address
from tests.drawing import drawn_jpeg

SIZE = (400, 250)
SIDE = st.integers(1, 500)
BOX = st.builds(
    lambda crop, width, height: {"crop": crop, "width": width, "height": height},
    st.sampled_from(["fit", "limit", "fill", "scale"]),
    SIDE,
    SIDE,
)
ONE_SIDE = st.builds(
    lambda crop, side, length: {"crop": crop, side: length},
    st.sampled_from(["fit", "limit", "fill", "scale"]),
    st.sampled_from(["width", "height"]),
    SIDE,
)
CROP = st.builds(
    lambda width, height, x, y: {"crop": "crop", "width": width, "height": height, "x": x, "y": y},
    SIDE,
    SIDE,
    st.integers(0, 300),
    st.integers(0, 200),
)
TURN = st.builds(lambda angle: {"angle": angle}, st.sampled_from([0, 90, 180, 270]))
MORE = st.fixed_dictionaries(
    {},
    optional={
        "quality": st.sampled_from(["auto", 1, 50, 100]),
        "fetch_format": st.sampled_from(["auto", "jpg", "png", "webp"]),
        "flags": st.sampled_from(["attachment", "attachment:site-plan"]),
        "dpr": st.sampled_from(["auto", 1, "1.5", "3.0"]),
    },
)
CHAIN = st.lists(st.builds(lambda one, more: one | more, BOX | ONE_SIDE | CROP | TURN, MORE), max_size=4)
SIGNING = st.sampled_from(
    [
        {},
        {"long_url_signature": True},
        {"signature_algorithm": "sha256"},
        {"signature_algorithm": "sha256", "long_url_signature": True},
    ]
)
quickly = hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.fixture(autouse=True)
def account(settings: Settings) -> Iterator[None]:
    """An account at a private host, whose URLs hold the path alone."""
    cloudinary.reset_config()
    cloudinary.config(
        cloud_name="gallery",
        api_key="1",
        api_secret=settings.delivery_secret,
        private_cdn=True,
        secure=True,
        secure_distribution="pictures.example.org",
    )
    yield
    cloudinary.reset_config()


@pytest.fixture
def image(make_image: Callable[..., Image]) -> Image:
    return make_image(drawn_jpeg(size=SIZE), process=True)


def path_by_client(image: Image, chain: list[dict[str, Any]], **options: Any) -> str:
    """The path of the URL that the client writes, as it is sent."""
    url, _ = cloudinary_url(
        image.delivery_name,
        **{"type": "authenticated", "sign_url": True, "format": "jpg", "version": image.delivery_version},
        transformation=[dict(part) for part in chain],
        **options,
    )
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc) == ("https", "pictures.example.org")
    assert parts.path.startswith("/image/authenticated/s--")
    return parts.path


def sizes_by_grammar(chain: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """What the grammar says, in exact fractions: more than one size only where a side ends on a half.

    Nothing for a crop outside the picture.
    """
    sizes = {SIZE}
    for part in chain:
        sizes = {after for size in sizes for after in sizes_after(part, size)}
    return sizes


def sizes_after(part: dict[str, Any], size: tuple[int, int]) -> Iterator[tuple[int, int]]:
    if "angle" in part:
        yield size[::-1] if part["angle"] in (90, 270) else size
        return
    box = [part.get("width"), part.get("height")]
    if part["crop"] == "crop":
        left = (size[0] - part["x"], size[1] - part["y"])
        if min(left) > 0:
            yield min(box[0], left[0]), min(box[1], left[1])
        return
    ratio = Fraction(str(part.get("dpr", 1)).replace("auto", "1"))
    wanted = [side and next(iter(sorted(rounded(side * ratio), key=lambda n: n % 2))) for side in box]
    factors = [Fraction(side, of) for side, of in zip(wanted, size, strict=True) if side]
    if part["crop"] in ("fill", "scale") and all(wanted):
        yield wanted[0], wanted[1]
        return
    factor = min([Fraction(1), *factors] if part["crop"] == "limit" else factors)
    for width in rounded(size[0] * factor):
        for height in rounded(size[1] * factor):
            yield width, height


def rounded(side: Fraction) -> set[int]:
    """The nearest pixels, at least one; both neighbours of a half."""
    return {max(1, floor(side + Fraction(1, 2))), max(1, -floor(Fraction(1, 2) - side))}


@pytest.mark.slow
@quickly
@given(CHAIN, SIGNING)
def test_whatever_the_client_writes_is_answered_in_the_size_that_it_says(
    client: FlaskClient, image: Image, chain: list[dict[str, Any]], signing: dict[str, Any]
) -> None:
    sizes = sizes_by_grammar(chain)
    assume(sizes)
    path = path_by_client(image, chain, **signing)
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.headers)
    with Pillow.open(BytesIO(answer.data)) as picture:
        assert picture.size in sizes, path
    said = [part["fetch_format"] for part in chain if "fetch_format" in part]
    wanted = {"png": "image/png", "webp": "image/webp"}.get(said[-1] if said else "", "image/jpeg")
    assert answer.mimetype == wanted
    assert ("Content-Disposition" in answer.headers) == any("flags" in part for part in chain)


@pytest.mark.slow
@quickly
@given(
    st.sampled_from(["fit", "scale", "limit", "fill"]),
    SIDE,
    st.floats(-1, 9).map(lambda ratio: f"{ratio:.3f}"),
)
def test_a_hint_counts_as_the_ratio_that_it_says(
    client: FlaskClient, image: Image, crop: str, side: int, hint: str
) -> None:
    path = path_by_client(image, [{"crop": crop, "width": side, "height": side, "dpr": "auto"}])
    ratio = min(max(float(hint), 1.0), 3.0)
    answer = client.get(path, headers={"Sec-CH-DPR": hint})
    with Pillow.open(BytesIO(answer.data)) as picture:
        longest = max(picture.size)
    assert longest <= side * ratio + 1 + side / 200
    if crop != "limit":
        assert longest >= side * ratio - 1 - side / 200


@pytest.mark.parametrize(("signing", "length"), [({}, 8), ({"long_url_signature": True}, 32)])
def test_both_lengths_of_signature_are_taken(
    client: FlaskClient, image: Image, signing: dict[str, Any], length: int
) -> None:
    cloudinary.config(**signing)
    path = path_by_client(image, [{"crop": "fit", "width": 60}])
    assert len(path.split("--")[1]) >= length or length == 8
    assert client.get(path).status_code == 200
    cloudinary.config(api_secret="another")
    assert client.get(path_by_client(image, [{"crop": "fit", "width": 60}])).status_code == 401


ENCODINGS: dict[str, Callable[[str], str]] = {
    "quote": lambda name: quote(name, safe=""),
    "encodeURIComponent": lambda name: quote(name, safe="!'()*"),
    "smart_escape": cloudinary.utils.smart_escape,
    "commas and slashes alone": lambda name: name.replace(",", "%2C").replace("/", "%2F"),
}
NAMES = [
    "site plan",
    "Zoë, roof/east",
    'a";x="b',
    "漢字 🏗",
    "a,w_5",
    "100 %",
    "a\r\nX: y",
    "..",
    "\\\\host\\x",
    "~!'()*",
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", NAMES)
def test_a_download_has_the_name_however_it_was_encoded(
    client: FlaskClient, image: Image, name: str, encoding: str
) -> None:
    written = ENCODINGS[encoding](name)
    if any(mark in written for mark in ",/\r") or ("%" in name and written.count("%25") == 0):
        pytest.skip("unencoded, such a mark is not part of a name")
    chain = [{"flags": f"attachment:{written}", "quality": 50}, {"crop": "fit", "width": 60}]
    path = path_by_client(image, chain)
    assert written in path
    answer = client.get(quote(path, safe="/%:,"))
    assert answer.status_code == 200, answer.headers
    said = unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])
    assert said == name.replace("/", "_").replace("\\", "_") + ".jpg"


@pytest.mark.parametrize(
    "part",
    [
        {"effect": "sepia"},
        {"crop": "thumb", "width": 10},
        {"overlay": "text:Arial_20:hello"},
        {"width": "0.5"},
        {"angle": 45},
        {"quality": "auto:best"},
        {"radius": "max"},
        {"if": "w_gt_5", "width": 10},
        {"raw_transformation": "w_100,,h_5"},
    ],
)
def test_what_the_grammar_leaves_out_is_refused_in_words(
    client: FlaskClient, image: Image, part: dict[str, Any]
) -> None:
    answer = client.get(path_by_client(image, [part]))
    assert (answer.status_code, answer.data) == (400, b"")
    assert answer.headers["X-Cld-Error"]


@pytest.mark.parametrize("long", [False, True])
def test_each_changed_character_of_what_is_signed_is_refused(
    image: Image, settings: Settings, long: bool
) -> None:
    chain = [{"crop": "fit", "width": 60}, {"flags": "attachment:site plan", "dpr": "auto"}]
    path = path_by_client(image, chain, long_url_signature=long)
    text = path.removeprefix("/image/authenticated/")
    assert read_address(text, [settings.delivery_secret]).name == image.delivery_name
    version = f"/v{image.delivery_version}/"
    unsigned = range(text.index(version) + 2, text.index(version) + len(version) - 1)
    for at in (at for at in range(len(text)) if at not in unsigned):
        for letter in {*"aZ09_-,./:%~ v\0é"} - {text[at]}:
            with pytest.raises((BadSignature, BadChain)):
                read_address(text[:at] + letter + text[at + 1 :], [settings.delivery_secret])


@given(st.text(max_size=60) | st.text("s-/v1.,_:%ab", max_size=60))
def test_any_text_is_an_address_or_refused_in_words(text: str) -> None:
    for address in (text, f"s--12345678--/{text}", f"s--12345678--/fl_attachment:{text}/v1/a.jpg"):
        with pytest.raises((BadSignature, BadChain), match=r"address"):
            read_address(address, ["secret"])
