from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from gallery.errors import BadChain, CorruptFile
from gallery.media.format import Format
from gallery.media.rendering import Source, output_format, render
from gallery.media.rendition import write_renditions
from gallery.media.transformation import parse
from tests.limits import LIMITS

RED, GREEN, BLUE, YELLOW = (200, 0, 0), (0, 160, 0), (0, 0, 200), (230, 230, 0)
CORNERS = (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)


@pytest.fixture(params=["fresh", "processed"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Source:
    """2400 × 1200: red, green over yellow, blue; once before and once after its renditions were made."""
    picture = Image.new("RGB", (2400, 1200), RED)
    picture.paste(GREEN, (1200, 0, 2400, 600))
    picture.paste(YELLOW, (0, 600, 1200, 1200))
    picture.paste(BLUE, (1200, 600, 2400, 1200))
    path, folder = tmp_path / "original", tmp_path / "renditions"
    picture.save(path, "JPEG", quality=95)
    if request.param == "processed":
        write_renditions(path, Format.JPG, 1, folder, LIMITS)
    return Source(path, Format.JPG, 1, 2400, 1200, folder)


def rendered(source: Source, chain: str, output: str = "jpg") -> Image.Image:
    return Image.open(BytesIO(render(source, parse(chain), output, LIMITS).content)).convert("RGB")


def colours(picture: Image.Image) -> list[tuple[int, ...]]:
    """The nearest of the four colours at each corner: top left, top right, bottom left, bottom right."""
    found = []
    for across, down in CORNERS:
        pixel = picture.getpixel((int(picture.width * across), int(picture.height * down)))
        assert isinstance(pixel, tuple)
        nearest = min(
            (RED, GREEN, BLUE, YELLOW), key=lambda c: sum(abs(a - b) for a, b in zip(c, pixel, strict=True))
        )
        assert sum(abs(a - b) for a, b in zip(nearest, pixel, strict=True)) < 40
        found.append(nearest)
    return found


@pytest.mark.parametrize(
    ("chain", "size", "corners"),
    [
        ("q_auto", (2400, 1200), [RED, GREEN, YELLOW, BLUE]),
        ("c_fit,w_300", (300, 150), [RED, GREEN, YELLOW, BLUE]),
        ("c_fit,h_1920,w_1920", (1920, 960), [RED, GREEN, YELLOW, BLUE]),
        ("c_fit,h_3000,w_3000", (3000, 1500), [RED, GREEN, YELLOW, BLUE]),
        ("c_limit,h_3000,w_3000", (2400, 1200), [RED, GREEN, YELLOW, BLUE]),
        ("c_fill,h_200,w_200", (200, 200), [RED, GREEN, YELLOW, BLUE]),
        ("c_fill,h_1300,w_100", (100, 1300), [RED, GREEN, YELLOW, BLUE]),
        ("c_scale,h_500,w_100", (100, 500), [RED, GREEN, YELLOW, BLUE]),
        ("a_90", (1200, 2400), [YELLOW, RED, BLUE, GREEN]),
        ("a_180", (2400, 1200), [BLUE, YELLOW, GREEN, RED]),
        ("a_270", (1200, 2400), [GREEN, BLUE, RED, YELLOW]),
        ("a_90/c_fit,w_300", (300, 600), [YELLOW, RED, BLUE, GREEN]),
        ("c_crop,h_600,w_1200,x_1200,y_600", (1200, 600), [BLUE] * 4),
        ("c_crop,h_1200,w_1200/a_90/c_fit,w_300", (300, 300), [YELLOW, RED, YELLOW, RED]),
        (
            "c_crop,h_1200,w_1200,x_1200/c_fit,h_1920,w_1920/a_270/c_fill,h_100,w_100",
            (100, 100),
            [GREEN, BLUE] * 2,
        ),
        ("a_90/c_crop,h_1200,w_600,x_600", (600, 1200), [RED] * 4),
        ("c_fit,w_240/c_crop,h_60,w_120,x_120", (120, 60), [GREEN] * 4),
        ("c_crop,h_5,w_5,x_2398,y_1198", (2, 2), [BLUE] * 4),
    ],
)
def test_the_picture_has_the_size_and_shows_the_part(
    source: Source, chain: str, size: tuple[int, int], corners: list[tuple[int, int, int]]
) -> None:
    picture = rendered(source, chain)
    assert picture.size == size
    assert colours(picture) == corners


@pytest.mark.parametrize("output", ["jpg", "png", "webp", "avif"])
def test_every_output_is_what_it_is_called(source: Source, output: str) -> None:
    made = render(source, parse("c_fit,w_60"), output, LIMITS)
    with Image.open(BytesIO(made.content)) as picture:
        assert picture.format == {"jpg": "JPEG"}.get(output, output.upper())
        assert picture.size == (60, 30)
    assert made.name.endswith(f".{output}")


def test_the_same_picture_is_made_once(source: Source) -> None:
    first = render(source, parse("c_fit,w_77"), "jpg", LIMITS)
    again = render(source, parse("c_fit,w_77/fl_attachment"), "jpg", LIMITS)
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.content, again.etag) == (first.content, first.etag)
    assert render(source, parse("c_fit,w_77/q_30"), "jpg", LIMITS).etag != first.etag


def test_a_result_that_would_be_too_large_is_refused(source: Source) -> None:
    with pytest.raises(BadChain, match="50,000,000"):
        render(source, parse("c_scale,h_9000,w_9000"), "jpg", LIMITS)


def test_a_small_original_is_enlarged_by_fit_though_its_rendition_is_not(tmp_path: Path) -> None:
    Image.new("RGB", (80, 40), RED).save(tmp_path / "small.png")
    small = Source(tmp_path / "small.png", Format.PNG, 1, 80, 40, tmp_path / "made")
    write_renditions(small.path, small.format, 1, small.folder, LIMITS)
    assert rendered(small, "c_fit,w_300").size == (300, 150)
    assert rendered(small, "c_fit,h_1920,w_1920").size == (1920, 960)
    assert rendered(small, "c_fit,h_1920,w_1920/c_fill,h_200,w_200").size == (200, 200)


def test_a_damaged_original_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "short.jpg"
    Image.effect_noise((900, 700), 80).save(path, quality=95)
    path.write_bytes(path.read_bytes()[:90_000])
    source = Source(path, Format.JPG, 1, 900, 700, tmp_path / "made")
    for chain in ("q_50", "c_fit,w_300", "c_crop,h_700,w_900/a_90", "c_fit,w_2000"):
        with pytest.raises(CorruptFile):
            render(source, parse(chain), "jpg", LIMITS)


@pytest.mark.slow
def test_a_picture_of_more_than_a_hundred_megabytes_needs_no_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / "large.webp"
    Image.new("RGB", (6200, 6200), GREEN).save(path, lossless=True, method=0)
    source = Source(path, Format.WEBP, 1, 6200, 6200, tmp_path / "made")
    assert colours(rendered(source, "c_crop,h_80,w_80")) == [GREEN] * 4


def test_an_orientation_in_the_file_is_followed_once(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = Image.new("RGB", (400, 200), RED)
    picture.paste(GREEN, (200, 0, 400, 200))
    picture.save(tmp_path / "turned.jpg", quality=95, exif=exif)
    source = Source(tmp_path / "turned.jpg", Format.JPG, 1, 200, 400, tmp_path / "made")
    assert rendered(source, "q_auto").size == (200, 400)
    assert colours(rendered(source, "c_fit,w_50")) == [RED, RED, GREEN, GREEN]
    assert colours(rendered(source, "a_90")) == [GREEN, RED, GREEN, RED]


@pytest.mark.parametrize(
    ("chain", "extension", "accept", "wanted"),
    [
        ("", "jpg", set(), "jpg"),
        ("", "jpeg", set(), "jpg"),
        ("", "png", {"image/webp"}, "png"),
        ("f_webp", "jpg", set(), "webp"),
        ("f_auto", "png", {"image/avif", "image/webp", "*/*"}, "avif"),
        ("f_auto", "png", {"image/webp", "*/*"}, "webp"),
        ("f_auto", "png", {"image/png", "*/*"}, "jpg"),
    ],
)
def test_the_format_follows_the_chain_then_the_extension(
    chain: str, extension: str, accept: set[str], wanted: str
) -> None:
    assert output_format(parse(chain), extension, accept) == wanted


def test_an_extension_that_is_not_made_is_refused() -> None:
    with pytest.raises(BadChain):
        output_format(parse(""), "heic", set())


SET_CHAINS = {
    1920: "c_fit,h_1920,w_1920",
    300: "c_fit,w_300",
    200: "c_fit,h_1920,w_1920/c_fill,h_200,w_200",
    100: "c_fill,h_100,w_100",
}


def processed(tmp_path: Path, size: tuple[int, int] = (2400, 1200)) -> Source:
    path = tmp_path / "original"
    Image.effect_noise(size, 60).convert("RGB").save(path, "JPEG", quality=90)
    write_renditions(path, Format.JPG, 1, tmp_path / "made", LIMITS)
    return Source(path, Format.JPG, 1, *size, tmp_path / "made")


@pytest.mark.slow
@pytest.mark.parametrize("gone", ["all", "its own", "all but its own"])
def test_each_of_the_set_is_made_again_to_the_same_bytes(tmp_path: Path, gone: str) -> None:
    source = processed(tmp_path)
    for size_px, chain in SET_CHAINS.items():
        before = render(source, parse(chain), "jpg", LIMITS)
        assert before.is_new is False
        for path in list(source.folder.iterdir()):
            is_own = path.name.startswith(f"{size_px}-")
            if gone == "all" or is_own == (gone == "its own"):
                path.unlink()
        after = render(source, parse(chain), "jpg", LIMITS)
        assert (after.content, after.etag) == (before.content, before.etag)
        write_renditions(source.path, source.format, 1, source.folder, LIMITS)


def test_a_damaged_picture_is_neither_served_nor_made_others_of(tmp_path: Path) -> None:
    source = processed(tmp_path)
    good = {
        chain: render(source, parse(chain), "jpg", LIMITS).content
        for chain in [*SET_CHAINS.values(), "c_fit,w_640"]
    }
    for path in source.folder.iterdir():
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] + bytes(len(content) - len(content) // 2))
    for chain in ["c_fit,w_640", *reversed(SET_CHAINS.values())]:
        assert render(source, parse(chain), "jpg", LIMITS).content == good[chain]


@pytest.mark.slow
def test_what_the_stored_1920_is_too_small_for_comes_from_the_original(tmp_path: Path) -> None:
    """A strip: its 1920 is 31 pixels across, and nothing may be enlarged from that."""
    source = processed(tmp_path, (200, 12_000))
    for chain, size in (
        ("c_fit,w_100", (100, 6000)),
        ("c_fill,h_200,w_200", (200, 200)),
        ("c_fit,w_300", (300, 18_000)),
    ):
        assert rendered(source, chain).size == size
    sharp = rendered(source, "c_fill,h_100,w_100").convert("L").getextrema()
    assert sharp[1] - sharp[0] > 60  # type: ignore[operator]  # noise that was enlarged threefold is flat


def test_a_rendition_is_had_while_the_original_is_away(tmp_path: Path) -> None:
    source = processed(tmp_path)
    source.path.unlink()
    assert rendered(source, "c_fit,w_300").size == (300, 150)
    assert rendered(source, "c_fit,w_640").size == (640, 320)
    with pytest.raises(FileNotFoundError):
        render(source, parse("c_fit,w_2000"), "jpg", LIMITS)
