"""Pictures in PQ or HLG (ITU-R BT.2100) as sRGB shows them, with reference white at 203 cd/m² (BT.2408, 2.1).

Highlights are rolled off by the EETF of ITU-R BT.2390, 5.4.1, for a display whose peak is reference white,
applied to the largest of red, green and blue, so that hues stay; what sRGB cannot show is drawn towards grey
of the same luminance until it can.
"""

from functools import cache
from typing import Any, NamedTuple

import pyvips

PQ, HLG = 16, 18
"""Transfer characteristics by their number in ITU-T H.273, table 3."""


class Coding(NamedTuple):
    """What a file says that its numbers mean, in numbers of ITU-T H.273."""

    primaries: int
    transfer: int

    @property
    def is_hdr(self) -> bool:
        """Whether its pictures are to be tone-mapped."""
        return self.transfer in (PQ, HLG)


UNSAID = Coding(2, 2)

_MARKS = ("hdr-primaries", "hdr-transfer")
"""Metadata of a picture in memory, after the fields of `Coding`."""

_WHITE_CD_M2 = 203
_PEAK = 1000 / _WHITE_CD_M2
"""Of light, reference white 1. A picture is taken as mastered for that: what is brighter becomes white."""
_TO_709 = {
    9: [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
    12: [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]],
}
"""Linear, by colour primaries (H.273, table 2): BT.2020 (BT.2087) and Display P3; others count as BT.709."""
_LUMINANCE_709 = [[0.2126, 0.7152, 0.0722]]
_LUMINANCE_2020 = [[0.2627, 0.6780, 0.0593]]
_STEPS = 65535


def marked(image: pyvips.Image, coding: Coding) -> pyvips.Image:
    """The same picture, an 8- or 16-bit one, to be tone-mapped: later, for that is quicker when shrunk.

    Its colour profile is left out, since the coding says it all.
    """
    image = image.copy()
    image.remove("icc-profile-data")
    for name, number in zip(_MARKS, coding, strict=True):
        image.set_type(pyvips.GValue.gint_type, name, number)
    return image


def is_marked(image: pyvips.Image) -> bool:
    """Whether it is to be tone-mapped. A grey one is shown as it is."""
    return image.bands >= 3 and bool(image.get_typeof(_MARKS[0]))


def shrunk(image: pyvips.Image, box_px: int) -> pyvips.Image:
    """A marked picture limited to `box_px` on its longer side, still marked."""
    return image.resize(min(1, box_px / max(image.width, image.height))).copy_memory()


def tone_mapped(image: pyvips.Image) -> pyvips.Image:
    """8-bit sRGB, not evaluated yet, of a marked picture; transparency comes along."""
    coding = Coding(*map(image.get, _MARKS))
    most = 255 if image.format == "uchar" else 65535
    curve = _pq_light(most) if coding.transfer == PQ else _hlg_scene(most)
    light = image.extract_band(0, n=3).maplut(curve)
    if coding.transfer == HLG:  # the system gamma of a display of 1000 cd/m² is 1.2
        luminance = light.recomb(pyvips.Image.new_from_array(_LUMINANCE_2020))
        light = light * luminance**0.2 * _PEAK
    mapped = _shown(_rolled_off(light), coding.primaries)
    if image.bands < 4:
        return mapped
    return mapped.bandjoin((image[3] * (255 / most)).cast("uchar"))


def _rolled_off(light: pyvips.Image) -> pyvips.Image:
    steps = (_largest(light) * (_STEPS / _PEAK)).cast("ushort")
    return light * steps.maplut(_gains())


def _shown(light: pyvips.Image, primaries: int) -> pyvips.Image:
    if primaries in _TO_709:
        light = light.recomb(pyvips.Image.new_from_array(_TO_709[primaries]))
    grey = light.recomb(pyvips.Image.new_from_array(_LUMINANCE_709))
    lowest, highest = _least(light), _largest(light)
    keep = (lowest < 0).ifthenelse(grey / (grey - lowest), 1)
    keep_high = (highest > 1).ifthenelse((1 - grey) / (highest - grey), 1)
    keep = (keep < keep_high).ifthenelse(keep, keep_high)
    return (grey + (light - grey) * keep).copy(interpretation="scrgb").colourspace("srgb")


def _largest(image: pyvips.Image) -> pyvips.Image:
    return image[0].bandrank(image.bandsplit()[1:], index=image.bands - 1)


def _least(image: pyvips.Image) -> pyvips.Image:
    return image[0].bandrank(image.bandsplit()[1:], index=0)


@cache
def _pq_light(most: int) -> pyvips.Image:
    """Linear light of each code value, reference white 1 (SMPTE ST 2084)."""
    light = _pq_to_light(_signals(most))
    return _table((light < _PEAK).ifthenelse(light, _PEAK))


@cache
def _hlg_scene(most: int) -> pyvips.Image:
    """Scene light, 0 to 1, of each code value: the inverse of the OETF of BT.2100, table 5."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    signal = _signals(most)
    return _table((signal <= 0.5).ifthenelse(signal**2 / 3, (((signal - c) / a).exp() + b) / 12))


@cache
def _gains() -> pyvips.Image:
    """What light is multiplied with, by 65,536 steps of it from 0 to the peak."""
    light = (_signals(_STEPS) + 1e-6) * _PEAK
    peak = _light_to_pq(_PEAK)
    most = _light_to_pq(1.0) / peak
    signal = _light_to_pq(light) / peak
    knee = 1.5 * most - 0.5
    t = (signal - knee) / (1 - knee)
    spline = (
        (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * most
    )
    return _table(_pq_to_light((signal < knee).ifthenelse(signal, spline) * peak) / light)


def _signals(most: int) -> pyvips.Image:
    return pyvips.Image.identity(ushort=most > 255).cast("double") / most


def _table(values: pyvips.Image) -> pyvips.Image:
    return values.cast("float").copy_memory()


_M1, _M2 = 2610 / 16384, 2523 / 32
_C1, _C2, _C3 = 3424 / 4096, 2413 / 128, 2392 / 128


def _pq_to_light(signal: pyvips.Image) -> pyvips.Image:
    root = signal ** (1 / _M2)
    above = (root > _C1).ifthenelse(root - _C1, 0)
    return (above / (_C2 - _C3 * root)) ** (1 / _M1) * (10_000 / _WHITE_CD_M2)


def _light_to_pq(light: Any) -> Any:
    """Of a number or of each of a picture."""
    power = (light * (_WHITE_CD_M2 / 10_000)) ** _M1
    return ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2
