"""A picture is known again after it was saved again, and one with nothing on it is not known at all."""

import pyvips

from gallery.media.fingerprint import fingerprint_of


def loaded(content: bytes) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(content, "").copy_memory()


def differing(one: int | None, other: int | None) -> int:
    assert one is not None
    assert other is not None
    return (one ^ other).bit_count()


def scene(seed: int) -> pyvips.Image:
    """Hills of grey, as coarse as those of a photograph that was made small."""
    hills = pyvips.Image.gaussnoise(12, 9, sigma=60, mean=128, seed=seed).cast("uchar")
    return hills.resize(50).copy(interpretation="b-w").colourspace("srgb").copy_memory()


def test_saved_again_smaller_or_brighter_it_is_the_same_and_another_is_not() -> None:
    picture, other = scene(5), scene(6)
    first = fingerprint_of(picture)
    for again in (
        loaded(picture.jpegsave_buffer(Q=50)),
        loaded(picture.resize(0.4).jpegsave_buffer(Q=75)),
        (picture * 0.9 + 10).cast("uchar"),
    ):
        assert differing(first, fingerprint_of(again)) <= 3
    assert differing(first, fingerprint_of(other)) > 10
    assert differing(first, fingerprint_of(picture.fliphor())) > 10
    assert first is not None
    assert -(1 << 63) <= first < 1 << 63


def test_a_picture_of_one_colour_has_none_however_noisy() -> None:
    assert fingerprint_of(pyvips.Image.black(60, 40, bands=3).copy(interpretation="srgb")) is None
    noisy = pyvips.Image.gaussnoise(640, 480, sigma=20, mean=128, seed=3).cast("uchar")
    assert fingerprint_of(noisy.copy(interpretation="b-w").colourspace("srgb")) is None
