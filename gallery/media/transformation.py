"""The grammar of delivery URLs: a chain of components, each acting on the result before it.

Names and meaning are Cloudinary's ("Transformation URL API reference"), cut to what the contract lists.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from gallery.errors import BadChain
from gallery.media.component import attachment_name, number_in, read_component

MAX_SIDE_PX = 10_000
MAX_CROP_PX = 99_999
MAX_COMPONENTS = 20


class Mode(StrEnum):
    """How a step uses its box."""

    FIT = "fit"
    LIMIT = "limit"
    FILL = "fill"
    SCALE = "scale"
    CROP = "crop"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of geometry. Pixels are of the result before it; None: not said."""

    mode: Mode
    width_px: int | None = None
    height_px: int | None = None
    x_px: int = 0
    y_px: int = 0
    angle: int = 0
    """Degrees clockwise, of TURN alone."""


@dataclass(frozen=True, slots=True)
class Transformation:
    """What a whole chain asks for."""

    steps: tuple[Step, ...] = ()
    format: str | None = None
    """`auto`, `jpg`, `png`, `webp`, `avif`; None: as the URL's extension says."""
    quality: int | None = None
    """1 to 100; None: ours to choose."""
    attachment: str | None = None
    """Download under this name; "" = under the image's own; None: shown in the page."""
    depends_on_dpr: bool = False
    """The size follows the caller's `DPR` hint."""
    reencodes: bool = False
    """Anything but `fl_attachment` was said: the answer is a picture of ours, not the original file."""


def parse(chain: str, dpr_hint: float = 1.0) -> Transformation:
    """Read a chain ("" = none). Raises BadChain with the reason.

    `dpr_hint` (1.0 to 3.0) is what `dpr_auto` stands for.
    """
    parts = chain.split("/") if chain else []
    if len(parts) > MAX_COMPONENTS:
        raise BadChain(f"more than {MAX_COMPONENTS} components")
    result = Transformation()
    for part in parts:
        result = _apply(result, read_component(part), dpr_hint)
    return result


def _apply(result: Transformation, values: dict[str, str], dpr_hint: float) -> Transformation:
    if "fl" in values:
        result = replace(result, attachment=attachment_name(values["fl"]))
    if values.keys() - {"fl"}:
        result = replace(result, reencodes=True)
    if "f" in values:
        result = replace(result, format=values["f"])
    if "q" in values:
        quality = None if values["q"] == "auto" else number_in(values, "q", 1, 100)
        result = replace(result, quality=quality)
    if values.get("dpr") == "auto" and values.get("c") != Mode.CROP and values.keys() & {"w", "h"}:
        result = replace(result, depends_on_dpr=True)
    return replace(result, steps=result.steps + tuple(_steps(values, _dpr(values.get("dpr"), dpr_hint))))


def _steps(values: dict[str, str], dpr: float) -> list[Step]:
    mode = Mode(values.get("c", "scale"))
    most = MAX_CROP_PX if mode is Mode.CROP else MAX_SIDE_PX
    width, height = number_in(values, "w", 1, most), number_in(values, "h", 1, most)
    x, y = number_in(values, "x", 0, MAX_CROP_PX), number_in(values, "y", 0, MAX_CROP_PX)
    if (x, y) != (None, None) and mode is not Mode.CROP:
        raise BadChain("x_ and y_ go with c_crop")
    if "c" in values and width is None and height is None:
        raise BadChain(f"c_{mode} needs w_ or h_")
    steps = []
    if width is not None or height is not None:
        if mode is not Mode.CROP:
            width, height = _times(width, dpr), _times(height, dpr)
        steps.append(Step(mode, width, height, x or 0, y or 0))
    if angle := int(values.get("a", 0)):
        steps.append(Step(Mode.TURN, angle=angle))
    return steps


def _times(side_px: int | None, factor: float) -> int | None:
    return None if side_px is None else min(round(side_px * factor), MAX_SIDE_PX)


def _dpr(text: str | None, hint: float) -> float:
    if text is None:
        return 1.0
    return hint if text == "auto" else float(text)
