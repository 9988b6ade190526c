"""A chain of steps as one crop, one resize and one turn.

Two spaces: the *original* (upright, as stored) and the *result*. The window is kept in pixels of the turned
original, so that a later step sees the picture as the one before it left it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gallery.errors import BadChain
from gallery.media.transformation import Mode, Step


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle in pixels, from the top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Cut `window` out of the original turned by `angle`, then resize it to `width_px` × `height_px`."""

    window: Window
    turned_width: int
    turned_height: int
    angle: int
    """Degrees clockwise, 0 to 270."""
    width_px: int
    height_px: int

    @property
    def scale(self) -> float:
        """Result pixels for one pixel of the original, on the axis that is reduced least."""
        return max(self.width_px / self.window.width, self.height_px / self.window.height)

    @property
    def is_whole(self) -> bool:
        """Whether all of the original is shown."""
        return self.window == Window(0, 0, self.turned_width, self.turned_height)

    def original_window(self) -> Window:
        """The window in pixels of the original before it is turned."""
        window, width, height = self.window, self.turned_width, self.turned_height
        for _ in range((360 - self.angle) % 360 // 90):
            window, (width, height) = _turned(window, height), (height, width)
        return window


def plan(width_px: int, height_px: int, steps: Iterable[Step]) -> Plan:
    """What the steps make of an upright original of this size. Raises BadChain for a crop outside it."""
    result = Plan(Window(0, 0, width_px, height_px), width_px, height_px, 0, width_px, height_px)
    for step in steps:
        result = _ACTIONS[step.mode](result, step)
    return result


def _fit(plan: Plan, step: Step) -> Plan:
    factor = min(_ratios(plan, step))
    return _resized(plan, plan.width_px * factor, plan.height_px * factor)


def _limit(plan: Plan, step: Step) -> Plan:
    factor = min(1.0, *_ratios(plan, step))
    return _resized(plan, plan.width_px * factor, plan.height_px * factor)


def _scale(plan: Plan, step: Step) -> Plan:
    if step.width_px is None or step.height_px is None:
        return _fit(plan, step)
    return _resized(plan, step.width_px, step.height_px)


def _fill(plan: Plan, step: Step) -> Plan:
    if step.width_px is None or step.height_px is None:
        return _fit(plan, step)
    factor = max(_ratios(plan, step))
    width, height = step.width_px / factor, step.height_px / factor
    cut = _cut(plan, (plan.width_px - width) / 2, (plan.height_px - height) / 2, width, height)
    return _resized(cut, step.width_px, step.height_px)


def _crop(plan: Plan, step: Step) -> Plan:
    width = min(step.width_px or plan.width_px, plan.width_px - step.x_px)
    height = min(step.height_px or plan.height_px, plan.height_px - step.y_px)
    if width < 1 or height < 1:
        raise BadChain("the crop lies outside the picture")
    return _resized(_cut(plan, step.x_px, step.y_px, width, height), width, height)


def _turn(plan: Plan, step: Step) -> Plan:
    for _ in range(step.angle // 90):
        plan = Plan(
            window=_turned(plan.window, plan.turned_height),
            turned_width=plan.turned_height,
            turned_height=plan.turned_width,
            angle=(plan.angle + 90) % 360,
            width_px=plan.height_px,
            height_px=plan.width_px,
        )
    return plan


_ACTIONS = {
    Mode.FIT: _fit,
    Mode.LIMIT: _limit,
    Mode.SCALE: _scale,
    Mode.FILL: _fill,
    Mode.CROP: _crop,
    Mode.TURN: _turn,
}


def _ratios(plan: Plan, step: Step) -> list[float]:
    ratios = []
    if step.width_px is not None:
        ratios.append(step.width_px / plan.width_px)
    if step.height_px is not None:
        ratios.append(step.height_px / plan.height_px)
    return ratios


def _resized(plan: Plan, width: float, height: float) -> Plan:
    return replace(plan, width_px=max(1, round(width)), height_px=max(1, round(height)))


def _cut(plan: Plan, x: float, y: float, width: float, height: float) -> Plan:
    """The part of the window that a rectangle in result pixels covers."""
    across, down = plan.window.width / plan.width_px, plan.window.height / plan.height_px
    window = Window(plan.window.x + x * across, plan.window.y + y * down, width * across, height * down)
    return replace(plan, window=window)


def _turned(window: Window, frame_height: float) -> Window:
    """The window after its frame is turned a quarter clockwise."""
    return Window(frame_height - window.y - window.height, window.x, window.height, window.width)
