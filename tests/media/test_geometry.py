import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gallery.errors import BadChain
from gallery.media.geometry import Plan, Window, plan
from gallery.media.transformation import Mode, Step, parse

SIDE = st.integers(1, 6000)
BOXED = st.builds(Step, st.sampled_from([Mode.FIT, Mode.LIMIT, Mode.FILL, Mode.SCALE]), SIDE, SIDE)
CROP = st.builds(Step, st.just(Mode.CROP), SIDE, SIDE, st.integers(0, 50), st.integers(0, 50))
TURN = st.builds(Step, st.just(Mode.TURN), angle=st.sampled_from([0, 90, 180, 270]))
STEPS = st.lists(BOXED | CROP | TURN, max_size=6)


def of(width: int, height: int, chain: str) -> Plan:
    return plan(width, height, parse(chain).steps)


def planned(width: int, height: int, steps: list[Step]) -> Plan:
    try:
        return plan(width, height, steps)
    except BadChain:
        assume(False)
        raise


@pytest.mark.parametrize(
    ("chain", "size"),
    [
        ("", (800, 400)),
        ("c_fit,w_300", (300, 150)),
        ("c_fit,h_2000,w_2000", (2000, 1000)),
        ("c_limit,h_2000,w_2000", (800, 400)),
        ("c_limit,h_100,w_2000", (200, 100)),
        ("c_fill,h_200,w_200", (200, 200)),
        ("c_fill,h_2000,w_100", (100, 2000)),
        ("c_scale,h_10,w_700", (700, 10)),
        ("c_scale,h_10", (20, 10)),
        ("c_crop,h_11,w_10,x_3,y_2", (10, 11)),
        ("c_crop,h_11,w_10,x_795,y_2", (5, 11)),
        ("a_90", (400, 800)),
        ("a_180", (800, 400)),
        ("a_90/c_fit,w_300", (300, 600)),
        ("c_fit,w_300/a_90", (150, 300)),
        ("c_crop,h_100,w_50/a_270/c_fit,w_300", (300, 150)),
        ("c_fit,h_1920,w_1920/c_fill,h_200,w_200", (200, 200)),
    ],
)
def test_each_chain_gives_its_size(chain: str, size: tuple[int, int]) -> None:
    made = of(800, 400, chain)
    assert (made.width_px, made.height_px) == size


@pytest.mark.parametrize(
    "chain", ["c_crop,h_1,w_1,x_800", "c_crop,h_1,w_1,y_400", "c_fit,w_10/c_crop,h_1,w_1,x_10"]
)
def test_a_crop_outside_the_picture_is_refused(chain: str) -> None:
    with pytest.raises(BadChain, match="outside"):
        of(800, 400, chain)


def test_a_crop_is_of_the_result_before_it() -> None:
    assert of(800, 400, "c_scale,w_400,h_200/c_crop,h_10,w_20,x_30,y_40").window == Window(60, 80, 40, 20)
    assert of(800, 400, "c_crop,h_100,w_100,x_100/c_crop,h_10,w_10,x_5,y_6").window == Window(105, 6, 10, 10)


def test_a_crop_after_a_turn_is_found_in_the_original() -> None:
    """Top left of the turned picture: bottom left of the original."""
    made = of(800, 400, "a_90/c_crop,h_20,w_10")
    assert made.original_window() == Window(0, 390, 20, 10)
    made = of(800, 400, "a_270/c_crop,h_20,w_10")
    assert made.original_window() == Window(780, 0, 20, 10)
    made = of(800, 400, "a_180/c_crop,h_20,w_10")
    assert made.original_window() == Window(790, 380, 10, 20)


@given(SIDE, SIDE, STEPS)
def test_the_window_lies_inside_the_original(width: int, height: int, steps: list[Step]) -> None:
    window = planned(width, height, steps).original_window()
    slack = 1e-6 * max(width, height)
    assert min(window.x, window.y) >= -slack
    assert window.width > 0
    assert window.height > 0
    assert window.x + window.width <= width + slack
    assert window.y + window.height <= height + slack


@given(SIDE, SIDE, SIDE, SIDE, st.sampled_from(list(Mode)))
def test_a_box_bounds_what_each_mode_makes(width: int, height: int, w: int, h: int, mode: Mode) -> None:
    assume(mode is not Mode.TURN)
    made = planned(width, height, [Step(mode, w, h)])
    size = (made.width_px, made.height_px)
    if mode in (Mode.FILL, Mode.SCALE):
        assert size == (w, h)
        return
    assert 1 <= size[0] <= w
    assert 1 <= size[1] <= h
    if mode is Mode.FIT:
        assert w in size[:1] or h in size[1:]
    if mode is Mode.LIMIT:
        assert size[0] <= width
        assert size[1] <= height


@given(SIDE, SIDE, SIDE, SIDE)
def test_filling_keeps_the_proportions_and_the_centre(width: int, height: int, w: int, h: int) -> None:
    window = plan(width, height, [Step(Mode.FILL, w, h)]).window
    assert math.isclose(window.width / window.height, w / h, rel_tol=1e-9)
    assert math.isclose(window.x + window.width / 2, width / 2, rel_tol=1e-9)
    assert math.isclose(window.y + window.height / 2, height / 2, rel_tol=1e-9)
    assert math.isclose(window.width, width) or math.isclose(window.height, height)


@given(SIDE, SIDE, STEPS)
def test_four_quarter_turns_are_none(width: int, height: int, steps: list[Step]) -> None:
    made, quarter = planned(width, height, steps), Step(Mode.TURN, angle=90)
    assert close(plan(width, height, [*steps, *[quarter] * 4]), made)
    assert plan(width, height, [*steps, quarter, quarter]) == plan(
        width, height, [*steps, Step(Mode.TURN, angle=180)]
    )


def close(a: Any, b: Any) -> bool:
    exact = ("angle", "width_px", "height_px", "turned_width", "turned_height")
    sides = zip(
        (a.window.x, a.window.y, a.window.width), (b.window.x, b.window.y, b.window.width), strict=True
    )
    return all(getattr(a, n) == getattr(b, n) for n in exact) and all(
        math.isclose(x, y, abs_tol=1e-6) for x, y in sides
    )
