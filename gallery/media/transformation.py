"""The grammar of delivery URLs: a chain of components, each acting on the result before it.

Names and meaning are Cloudinary's ("Transformation URL API reference"), cut to what the contract lists.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gallery.errors import GalleryError

MAX_SIDE_PX = 10_000
MAX_COMPONENTS = 20


class BadChain(GalleryError):
    """A chain of transformations that says nothing we know."""

    code = "bad_chain"
    status = 400


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


@dataclass(slots=True)
class _Component:
    values: dict[str, str] = field(default_factory=dict)

    def number(self, key: str, low: int, high: int) -> int | None:
        text = self.values.get(key)
        if text is None:
            return None
        if not re.fullmatch(r"\d{1,5}", text, re.ASCII) or not low <= int(text) <= high:
            raise BadChain(f"{key}_ takes a whole number from {low} to {high}, not {text[:20]!r}")
        return int(text)


def parse(chain: str, dpr_hint: float = 1.0) -> Transformation:
    """Read a chain ("" = none). Raises BadChain with the reason.

    `dpr_hint` (1.0 to 3.0) is what `dpr_auto` stands for.
    """
    parts = chain.split("/") if chain else []
    if len(parts) > MAX_COMPONENTS:
        raise BadChain(f"more than {MAX_COMPONENTS} components")
    result = Transformation()
    for part in parts:
        result = _apply(result, _component(part), dpr_hint)
    return result


def _component(text: str) -> _Component:
    component = _Component()
    for pair in text.split(","):
        key, _, value = pair.partition("_")
        if key not in _CHECKS or not _CHECKS[key](value):
            raise BadChain(f"unknown transformation {pair[:40]!r}")
        if key in component.values:
            raise BadChain(f"{key}_ stands twice in one component")
        component.values[key] = value
    return component


def _apply(result: Transformation, component: _Component, dpr_hint: float) -> Transformation:
    values = component.values
    if "fl" in values:
        result = replace(result, attachment=values["fl"].partition(":")[2])
    if values.keys() - {"fl"}:
        result = replace(result, reencodes=True)
    if "f" in values:
        result = replace(result, format=values["f"])
    if "q" in values and values["q"] != "auto":
        result = replace(result, quality=component.number("q", 1, 100))
    sized = values.keys() & {"w", "h"}
    if values.get("dpr") == "auto" and sized:
        result = replace(result, depends_on_dpr=True)
    return replace(result, steps=result.steps + tuple(_steps(component, _dpr(values.get("dpr"), dpr_hint))))


def _steps(component: _Component, dpr: float) -> list[Step]:
    values = component.values
    width, height = component.number("w", 1, MAX_SIDE_PX), component.number("h", 1, MAX_SIDE_PX)
    mode = Mode(values.get("c", "scale"))
    x, y = component.number("x", 0, 99_999), component.number("y", 0, 99_999)
    if (x, y) != (None, None) and mode is not Mode.CROP:
        raise BadChain("x_ and y_ go with c_crop")
    if "c" in values and width is None and height is None:
        raise BadChain(f"c_{mode} needs w_ or h_")
    steps = []
    if width is not None or height is not None:
        factor = 1.0 if mode is Mode.CROP else dpr
        steps.append(Step(mode, _times(width, factor), _times(height, factor), x or 0, y or 0))
    if angle := int(values.get("a", 0)):
        steps.append(Step(Mode.TURN, angle=angle))
    return steps


def _times(side_px: int | None, factor: float) -> int | None:
    return None if side_px is None else min(round(side_px * factor), MAX_SIDE_PX)


def _dpr(text: str | None, hint: float) -> float:
    if text is None:
        return 1.0
    return hint if text == "auto" else float(text)


def _is_dpr(text: str) -> bool:
    return text == "auto" or (re.fullmatch(r"[123](\.\d)?", text, re.ASCII) is not None and float(text) <= 3)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


_CHECKS: dict[str, Callable[[str], bool]] = {
    "c": {"fit", "limit", "fill", "scale", "crop"}.__contains__,
    "w": _is_number,
    "h": _is_number,
    "x": _is_number,
    "y": _is_number,
    "a": {"0", "90", "180", "270"}.__contains__,
    "fl": lambda text: text == "attachment" or (text.startswith("attachment:") and len(text) > 11),
    "q": lambda text: text == "auto" or _is_number(text),
    "f": {"auto", "jpg", "png", "webp", "avif"}.__contains__,
    "dpr": _is_dpr,
}
