import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.errors import BadChain
from gallery.media.transformation import MAX_COMPONENTS, MAX_SIDE_PX, Mode, Step, Transformation, parse

SIDE = st.integers(1, MAX_SIDE_PX)
BOXED = st.builds(
    lambda mode, w, h: f"c_{mode},h_{h},w_{w}", st.sampled_from(["fit", "limit", "fill", "scale"]), SIDE, SIDE
)
CROP = st.builds(
    lambda w, h, x, y: f"c_crop,h_{h},w_{w},x_{x},y_{y}",
    SIDE,
    SIDE,
    st.integers(0, 99_999),
    st.integers(0, 99_999),
)
TURN = st.sampled_from(["a_0", "a_90", "a_180", "a_270"])
PLAIN = st.sampled_from(
    [
        "fl_attachment",
        "fl_attachment:name",
        "q_auto",
        "q_80",
        "f_auto",
        "f_webp",
        "dpr_auto",
        "dpr_1.5",
        "dpr_auto,q_auto,f_auto",
    ]
)
CHAIN = st.lists(BOXED | CROP | TURN | PLAIN, max_size=MAX_COMPONENTS)


@pytest.mark.parametrize(
    ("chain", "meaning"),
    [
        ("", Transformation()),
        ("fl_attachment", Transformation(attachment="")),
        ("fl_attachment:a.b c", Transformation(attachment="a.b c")),
        ("c_fit,w_300", Transformation((Step(Mode.FIT, 300),), reencodes=True)),
        ("w_300,h_200", Transformation((Step(Mode.SCALE, 300, 200),), reencodes=True)),
        ("a_90", Transformation((Step(Mode.TURN, angle=90),), reencodes=True)),
        ("a_0", Transformation(reencodes=True)),
        ("c_crop,h_11,w_99999", Transformation((Step(Mode.CROP, 99_999, 11),), reencodes=True)),
        ("c_crop,h_11,w_10,x_3,y_2", Transformation((Step(Mode.CROP, 10, 11, 3, 2),), reencodes=True)),
        ("q_80", Transformation(quality=80, reencodes=True)),
        ("q_80/q_auto", Transformation(reencodes=True)),
        ("f_png/f_auto", Transformation(format="auto", reencodes=True)),
        ("fl_attachment:a%2Cb%20%C3%A9", Transformation(attachment="a,b é")),
        ("fl_attachment:100%", Transformation(attachment="100%")),
        ("c_fit,w_300,dpr_2.0", Transformation((Step(Mode.FIT, 600),), reencodes=True)),
        ("c_fit,w_300,dpr_auto", Transformation((Step(Mode.FIT, 300),), reencodes=True, depends_on_dpr=True)),
        ("c_crop,w_10,h_10,dpr_2", Transformation((Step(Mode.CROP, 10, 10),), reencodes=True)),
        (
            "c_fit,h_1920,w_1920/fl_attachment/dpr_auto,q_auto,f_auto",
            Transformation((Step(Mode.FIT, 1920, 1920),), format="auto", attachment="", reencodes=True),
        ),
    ],
)
def test_a_chain_means_what_the_contract_says(chain: str, meaning: Transformation) -> None:
    assert parse(chain) == meaning


@pytest.mark.parametrize(
    "chain",
    [
        "x",
        "c_thumb,w_10",
        "c_fit",
        "c_fit,w_0",
        "c_fit,w_10001",
        "c_crop,w_100000",
        "c_fit,w_-1",
        "c_fit,w_1.5",
        "c_fit,w_1e3",
        "c_fit,w_10,w_20",
        "c_fit,w_",
        "c_fit,w_١٠",
        "c_fill,w_10,x_3",
        "a_45",
        "a_-90",
        "a_",
        "q_0",
        "q_101",
        "q_best",
        "f_svg",
        "f_",
        "fl_attachment:",
        "fl_progressive",
        "dpr_0",
        "dpr_3.1",
        "dpr_9",
        "dpr_1.55",
        "w_100//a_90",
        "/w_100",
        "w_100/",
        "w_100,",
        "W_100",
        " w_100",
        "l_text:hello",
        "$x_1",
        "/".join(["a_90"] * (MAX_COMPONENTS + 1)),
        "w_" + "9" * 5_000,
    ],
)
def test_any_other_chain_is_refused(chain: str) -> None:
    with pytest.raises(BadChain):
        parse(chain)


@given(CHAIN)
def test_components_act_in_their_order(parts: list[str]) -> None:
    whole = parse("/".join(parts))
    assert whole.steps == tuple(itertools.chain.from_iterable(parse(part).steps for part in parts))


@given(CHAIN, st.randoms(use_true_random=False))
def test_the_order_inside_a_component_means_nothing(parts: list[str], chance: object) -> None:
    shuffled = []
    for part in parts:
        pairs = part.split(",")
        chance.shuffle(pairs)  # type: ignore[attr-defined]
        shuffled.append(",".join(pairs))
    assert parse("/".join(shuffled)) == parse("/".join(parts))


@given(st.text(max_size=40) | st.text("cwhxyaflqdpr_0123456789,/.:auto", max_size=40))
def test_any_text_is_read_or_refused_in_words(chain: str) -> None:
    said = "nothing is wrong"
    try:
        parse(chain)
    except BadChain as error:
        said = str(error)
    assert said


@given(BOXED, st.floats(1, 3))
def test_a_hint_never_asks_for_more_than_the_largest_side(part: str, hint: float) -> None:
    (step,) = parse(f"{part},dpr_auto", hint).steps
    (plain,) = parse(part).steps
    assert step.width_px is not None
    assert plain.width_px is not None
    assert plain.width_px <= step.width_px <= MAX_SIDE_PX
