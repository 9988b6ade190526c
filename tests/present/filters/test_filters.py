from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from gallery.location.box import Box
from gallery.location.flag import Code
from gallery.models.text import storable
from gallery.present.claims.doubt_sentences import SENTENCES
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import FilterInvalid, Placed
from gallery.present.filters.flag_filter import CODES
from gallery.present.filters.tag_filter import TagState

names = st.text(min_size=1, max_size=8).map(lambda text: storable(text).strip()).filter(bool)
few = st.lists(names, max_size=4).map(lambda found: tuple(sorted(set(found))))
boxes = st.builds(
    lambda west, east, edges: Box(west, min(edges), east, max(edges)),
    st.floats(-180, 180),
    st.floats(-180, 180),
    st.tuples(st.floats(-90, 90), st.floats(-90, 90)),
)
filters = st.builds(
    Filter,
    few,
    few,
    few,
    st.booleans(),
    st.none() | boxes,
    formats=st.sampled_from(((), ("heic", "jpg"))),
    placed=st.sampled_from((None, *Placed)),
    flags=st.sampled_from(((), ("conflict", "edited"))),
    verdicts=st.sampled_from(((), ("approved", "needs_info"))),
    text=st.sampled_from(("", "north façade")),
)


def read(query: str) -> Filter:
    return Filter.from_query(MultiDict(parse_qsl(query, keep_blank_values=True)))


@given(filters)
def test_the_address_holds_the_whole_filter(wanted: Filter) -> None:
    assert read(wanted.query_string()) == wanted


@given(filters)
def test_there_is_one_address_for_a_filter(wanted: Filter) -> None:
    assert read(wanted.query_string()).query_string() == wanted.query_string()


@given(filters, names)
def test_three_presses_ask_nothing_of_the_tag(wanted: Filter, name: str) -> None:
    wanted = wanted.switched_off(name)
    states = [wanted.state_of(name)]
    for _ in range(3):
        wanted = wanted.cycled(name)
        states.append(wanted.state_of(name))
    assert states == [TagState.OFF, TagState.WITH, TagState.WITHOUT, TagState.OFF]


@given(filters)
def test_all_and_any_ask_for_the_same_tags(wanted: Filter) -> None:
    assert wanted.switched_to_any().switched_to_all() == wanted.switched_to_all()
    assert wanted.switched_to_any().names == wanted.names


def test_commas_and_backslashes_can_be_part_of_a_name() -> None:
    assert read(r"tags=a\,b,c\\d").tags == ("a,b", r"c\d")


def test_a_repeated_parameter_is_a_longer_list() -> None:
    assert read("tags=a&tags=b,c&tags=a") == Filter(tags=("a", "b", "c"))


def test_unknown_and_empty_parameters_filter_nothing() -> None:
    assert not read("tags=,,&not=&bbox=&colour=red&after=x")


@pytest.mark.parametrize(
    "query",
    [
        "tags=a\\",
        "not=a\\b",
        "flag=grave",
        "flag=%00",
        "verdict=maybe",
        "bbox=1,2,3",
        "bbox=1,2,3,x",
        "bbox=1,2,3,nan",
        "bbox=1,2,3,inf",
        "bbox=-181,0,0,1",
        "bbox=0,5,1,4",
        "bbox=0,-91,1,4",
        "tags=" + ",".join(f"t{number}" for number in range(101)),
    ],
)
def test_a_malformed_parameter_is_refused_in_words(query: str) -> None:
    with pytest.raises(FilterInvalid, match=r"^[A-Z].*\.$") as refusal:
        read(query)
    assert refusal.value.status == 400


def test_every_code_of_a_flag_can_be_asked_for_and_has_a_sentence() -> None:
    assert set(CODES) == set(SENTENCES) == set(Code)
