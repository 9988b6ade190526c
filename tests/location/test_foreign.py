"""Doubts that come of an address, or of another image, are raised by what they name and by nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gallery.location.country import countries_around
from gallery.location.evidence import Evidence, Met, Said, Twin
from gallery.location.flag import Code, Flag, Severity
from gallery.location.flags import flags_of
from gallery.location.foreign import FASTEST_TOLD_KM_H
from gallery.location.position import Position, distance_m
from gallery.thresholds import Thresholds

USUAL = Thresholds()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PARIS, LYON, LILLE = Position(48.85, 2.35), Position(45.76, 4.84), Position(50.63, 3.06)
BERLIN, BASEL, SEA = Position(52.52, 13.4), Position(47.56, 7.59), Position(30.0, -40.0)
positions = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
gaps = st.floats(-1e7, 1e7)


def found(evidence: Evidence) -> dict[Code, Flag]:
    return {flag.code: flag for flag in flags_of(evidence, USUAL)}


def met(here: Position, there: Position, gap_s: float, *, source: str = "exif", **more: bool) -> Evidence:
    said, other = Said(source, here, 5), Said(source, there, 5)
    pair = Met(7, said, other, gap_s, more.get("has_zones", True))
    return Evidence(NOON, (said,), met=(pair,))


@given(positions, positions, gaps)
def test_travel_is_doubted_over_50_km_and_1000_km_h_whichever_was_first(
    here: Position, there: Position, gap_s: float
) -> None:
    way_m = distance_m(here, there) - 2 * 5 * 1.62
    speed = way_m * 3.6 / abs(gap_s) if gap_s else float("inf")
    assume(abs(way_m - 50_000) > 1 and abs(speed - 1000) > 1e-6)
    expected = way_m > 50_000 and speed > 1000
    forth, back = (
        found(met(*pair)).get(Code.IMPOSSIBLE_TRAVEL)
        for pair in ((here, there, gap_s), (there, here, -gap_s))
    )
    assert (forth is not None) == (back is not None) == expected
    if forth and back:
        assert forth.other == 7
        assert forth.inputs["distance_m"] == pytest.approx(back.inputs["distance_m"])
        assert forth.inputs["least_km_h"] <= FASTEST_TOLD_KM_H


@given(positions, positions, gaps)
def test_a_clock_without_a_zone_is_doubted_no_more_than_one_with(
    here: Position, there: Position, gap_s: float
) -> None:
    if Code.IMPOSSIBLE_TRAVEL in found(met(here, there, gap_s, has_zones=False)):
        assert Code.IMPOSSIBLE_TRAVEL in found(met(here, there, gap_s))


def test_a_camera_at_two_places_weighs_more_than_an_account() -> None:
    camera, account = (
        found(met(PARIS, LYON, 600, source=source))[Code.IMPOSSIBLE_TRAVEL] for source in ("exif", "html")
    )
    assert (camera.severity, account.severity) == (Severity.CONFLICT, Severity.DOUBT)
    assert Code.IMPOSSIBLE_TRAVEL not in found(met(PARIS, LYON, 600, has_zones=False))


def test_a_radius_that_reaches_there_excuses_travel() -> None:
    wide = Said("html", PARIS, 400_000)
    pair = Met(7, wide, Said("html", LYON, 20), 600, True)
    assert Code.IMPOSSIBLE_TRAVEL not in found(Evidence(NOON, (wide,), met=(pair,)))


@given(positions)
def test_a_place_has_countries_in_their_order_or_none(place: Position) -> None:
    around = countries_around(place)
    assert list(around) == sorted(around)
    assert all(len(code) == 2 and code.isupper() for code in around)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (PARIS, ("FR",)),
        (BASEL, ("CH", "DE", "FR")),
        (Position(-21.1, 55.5), ("FR",)),
        (Position(-17.0, 179.99), ("FJ",)),
        (Position(-17.0, -180.0), ("FJ",)),
        (Position(-90.0, 180.0), ("AQ",)),
        (Position(90.0, 0.0), ()),
        (Position(44.95, 34.1), ()),
        (SEA, ()),
    ],
)
def test_the_countries_around_are_known_but_not_at_sea_or_where_they_are_contested(
    place: Position, expected: tuple[str, ...]
) -> None:
    assert countries_around(place) == expected


@pytest.mark.parametrize(
    ("place", "country", "is_doubted"),
    [
        (PARIS, "DE", True),
        (PARIS, "FR", False),
        (Position(-21.1, 55.5), "RE", False),
        (BASEL, "FR", False),
        (BASEL, "US", True),
        (SEA, "DE", False),
        (PARIS, "", False),
    ],
)
def test_an_address_in_a_country_that_is_not_around_is_doubted(
    place: Position, country: str, is_doubted: bool
) -> None:
    evidence = Evidence(NOON, (Said("html", place, 20),), ip_country=country)
    assert (Code.IP_COUNTRY in found(evidence)) == is_doubted


def test_where_the_database_put_an_address_stands_in_for_its_country() -> None:
    said = (Said("exif", PARIS, 5), Said("ip", BERLIN, 50_000))
    assert found(Evidence(NOON, said))[Code.IP_COUNTRY].inputs["country"] == "DE"
    assert Code.IP_COUNTRY not in found(Evidence(NOON, (said[0], Said("ip", BASEL, 50_000))))


def test_an_address_is_a_note_where_there_was_time_to_come_home() -> None:
    evidence = Evidence(NOON, (Said("exif", PARIS, 5),), ip_country="US", offset_s=0)
    at_once, later = (
        found(replace(evidence, taken_at=NOON - timedelta(hours=hours)))[Code.IP_COUNTRY] for hours in (0, 9)
    )
    assert (at_once.severity, later.severity) == (Severity.DOUBT, Severity.NOTE)


@given(positions, positions, st.floats(1, 5000), st.floats(1, 5000))
def test_the_same_picture_is_doubted_beyond_both_radii_and_a_kilometre(
    here: Position, there: Position, radius_m: float, other_m: float
) -> None:
    said, other = Said("html", here, radius_m), Said("html", there, other_m)
    far = distance_m(here, there) - radius_m - other_m
    assume(abs(far - 1000) > 1e-3)
    flag = found(Evidence(NOON, (said,), twins=(Twin(7, said, other, 2),))).get(Code.SAME_PICTURE)
    assert (flag is not None) == (far > 1000)
    assert flag is None or flag.other == 7


def test_of_several_twins_elsewhere_the_first_is_named() -> None:
    said = Said("exif", PARIS, 5)
    twins = tuple(
        Twin(n, said, Said("exif", place, 5), 0) for n, place in ((9, LYON), (4, LILLE), (2, PARIS))
    )
    flag = found(Evidence(NOON, (said,), twins=twins))[Code.SAME_PICTURE]
    assert (flag.other, flag.severity) == (4, Severity.CONFLICT)
