"""Each flag is raised by what it names and by nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gallery.location.evidence import Evidence, Said, gps_time, states_offset
from gallery.location.flag import Code, Flag, Severity
from gallery.location.flags import flags_of
from gallery.location.position import Position, distance_m
from gallery.present.claims.doubt_sentences import SENTENCES
from gallery.thresholds import Thresholds

USUAL = Thresholds()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUAY = Position(59.30843, 18.07512)

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
positions = st.builds(Position, latitudes, longitudes)
radii = st.none() | st.floats(0, 1e6)
moments = st.integers(-62_135_500_000, 253_402_200_000).map(
    lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


def claims_of(source: str) -> st.SearchStrategy[Said]:
    return st.builds(Said, st.just(source), positions, radii, st.none() | moments)


evidences = st.builds(
    Evidence,
    uploaded_at=moments,
    claims=st.tuples(*(claims_of(source) for source in ("exif", "html", "ip"))),
    taken_at=st.none() | moments,
    offset_s=st.none() | st.integers(-14 * 3600, 14 * 3600),
    gps_time=st.none() | moments,
    software=st.text(max_size=100),
)


def found(evidence: Evidence, thresholds: Thresholds = USUAL) -> dict[Code, Flag]:
    return {flag.code: flag for flag in flags_of(evidence, thresholds)}


def two(exif: Position, html: Position, **more: datetime) -> Evidence:
    """A file and a browser that both know their place to a few metres."""
    return Evidence(NOON, (Said("exif", exif, 5), Said("html", html, 20)), **more)


def sentence_told(flag: Flag) -> str:
    return SENTENCES[flag.code]({**flag.inputs, "other": "IMG 1"})


@given(evidences)
def test_whatever_is_claimed_each_flag_has_its_sentence_and_the_worst_comes_first(evidence: Evidence) -> None:
    flags = flags_of(evidence, USUAL)
    assert flags == flags_of(evidence, USUAL)
    assert [flag.severity for flag in flags] == sorted((flag.severity for flag in flags), reverse=True)
    for flag in flags:
        assert sentence_told(flag).endswith(".")


def test_every_flag_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)


@given(positions, positions, radii, radii)
def test_two_mismatch_when_radii_and_tolerance_do_not_explain_the_distance(
    exif: Position, html: Position, exif_radius: float | None, html_radius: float | None
) -> None:
    evidence = Evidence(NOON, (Said("exif", exif, exif_radius), Said("html", html, html_radius)))
    explained = (exif_radius * 1.62 if exif_radius else 1000) + (html_radius or 1000) + 200
    distance = distance_m(exif, html)
    assume(abs(distance - explained) > 1e-6 * explained)
    assert (Code.PAIR_MISMATCH in found(evidence)) == (distance > explained)


@given(positions, st.floats(0, 400))
def test_an_honest_picture_of_a_phone_raises_nothing(place: Position, metres: float) -> None:
    """A few hundred metres lie between, wherever on the Earth, the 180th meridian and the poles too."""
    beyond = Position(max(-90, min(90, place.latitude + metres / 111_700 / 2)), place.longitude)
    assume(place != (0, 0))
    assume(beyond != (0, 0))
    offset_s = round(place.longitude / 15) * 3600
    evidence = replace(
        two(place, beyond, taken_at=NOON, gps_time=NOON - timedelta(seconds=40)), offset_s=offset_s
    )
    assert flags_of(evidence, USUAL) == []


def test_time_to_travel_softens_a_mismatch() -> None:
    far = Position(59.4, 18.0)
    at_once = found(two(QUAY, far))[Code.PAIR_MISMATCH]
    later = found(replace(two(QUAY, far, taken_at=NOON - timedelta(hours=2)), offset_s=0))[Code.PAIR_MISMATCH]
    too_far = found(
        replace(two(QUAY, Position(-33.9, 151.2), taken_at=NOON - timedelta(hours=2)), offset_s=3600)
    )
    assert (at_once.severity, later.severity) == (Severity.CONFLICT, Severity.DOUBT)
    assert too_far[Code.PAIR_MISMATCH].severity == Severity.CONFLICT


@given(positions)
def test_exchanged_and_sign_flipped_numbers_are_named(place: Position) -> None:
    mistakes = [Position(-place.latitude, place.longitude), Position(place.latitude, -place.longitude)]
    if abs(place.longitude) <= 90:
        mistakes.append(Position(place.longitude, place.latitude))
    for mistaken in mistakes:
        is_far = distance_m(mistaken, place) > 300
        assert (Code.SWAPPED in found(two(mistaken, place))) == is_far


@given(positions)
def test_zero_zero_is_doubted_and_no_other_place_on_the_lines(place: Position) -> None:
    said = Evidence(NOON, (Said("exif", place, 5),))
    assert (Code.NULL_ISLAND in found(said)) == (place == (0, 0))
    for zero in (Position(0.0, 0.0), Position(-0.0, 0.0)):
        assert Code.NULL_ISLAND in found(Evidence(NOON, (Said("html", zero, 5),)))
    for line in (Position(0.0, 9.4), Position(51.5, 0.0)):
        assert Code.NULL_ISLAND not in found(Evidence(NOON, (Said("html", line, 5),)))


def test_a_radius_of_nothing_is_doubted_and_an_unstated_one_is_told() -> None:
    zero, unstated, ip = (
        found(Evidence(NOON, (Said(source, QUAY, radius),)))
        for source, radius in (("exif", 0.0), ("html", None), ("ip", None))
    )
    assert zero[Code.RADIUS_ZERO].inputs == {"source": "exif"}
    assert unstated[Code.RADIUS_UNSTATED].inputs == {"source": "html", "assumed_m": 1000}
    assert ip == {}


@given(st.integers(0, 10**6))
def test_an_old_fix_is_doubted_from_the_threshold_on(age_s: int) -> None:
    made_at = NOON - timedelta(seconds=age_s)
    evidence = Evidence(NOON, (Said("html", QUAY, 20, made_at),))
    assert (Code.STALE_FIX in found(evidence)) == (age_s > 300)


@pytest.mark.parametrize(
    ("hours", "offset_s", "expected"),
    [
        (0.5, 0, set()),
        (2, 0, {Code.UPLOADED_LATER}),
        (2, None, set()),  # the zone may be what is wrong
        (16, None, {Code.UPLOADED_LATER}),
        (-2, 0, {Code.TAKEN_AFTER_UPLOAD}),
        (-2, None, set()),
        (-15, None, {Code.TAKEN_AFTER_UPLOAD}),
    ],
)
def test_the_time_between_picture_and_upload(hours: float, offset_s: int | None, expected: set[Code]) -> None:
    evidence = Evidence(NOON, taken_at=NOON - timedelta(hours=hours), offset_s=offset_s)
    assert set(found(evidence)) == expected


@given(st.integers(-86_400, 86_400))
def test_clocks_that_differ_are_told_and_whole_quarters_only_where_the_zone_is_known(off_s: int) -> None:
    known = Evidence(NOON, taken_at=NOON, gps_time=NOON + timedelta(seconds=off_s), offset_s=0)
    assert (Code.GPS_TIME in found(known)) == (abs(off_s) > 300)
    nearest = min(abs(off_s) % 900, 900 - abs(off_s) % 900)
    unknown = replace(known, offset_s=None)
    assert (Code.GPS_TIME in found(unknown)) == (nearest > 300 or abs(off_s) > 14 * 3600 + 300)


@pytest.mark.parametrize(
    ("longitude", "hours", "is_doubted"),
    [
        *((18.0, 1, False), (18.0, 2, False), (75.0, 8, False), (18.0, 8, True), (-122.0, 1, True)),
        *((-157.0, 14, False), (180.0, -12, False), (-180.0, 12, False), (179.9, -11, False)),
    ],
)
def test_the_zone_fits_the_sun_at_the_place(longitude: float, hours: int, is_doubted: bool) -> None:
    evidence = Evidence(NOON, (Said("exif", Position(10, longitude), 5),), offset_s=hours * 3600)
    assert (Code.ZONE in found(evidence)) == is_doubted


@pytest.mark.parametrize(
    ("software", "is_told"),
    [
        ("Adobe Photoshop 26.1", True),
        ("GIMP 3.0", True),
        ("18.1.1", False),
        ("HDR+ 1.0.5", False),
        ("", False),
    ],
)
def test_programs_that_edit_are_told_from_cameras(software: str, is_told: bool) -> None:
    assert (Code.EDITED in found(Evidence(NOON, software=software))) == is_told


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("2026:03:02", "12:00:00", NOON),
        ("2026-03-02", "12:00:00.97", NOON),
        *(("", "12:00:00", None), ("2026:02:30", "12:00:00", None), ("2026:03:02", "12:00:60", None)),
        *(("0000:00:00", "00:00:00", None), ("２０２６:03:02", "12:00:00", None)),
    ],
)
def test_the_satellites_time_is_read_or_passed_over(day: str, clock: str, expected: datetime | None) -> None:
    assert gps_time({"GPSDateStamp": day, "GPSTimeStamp": clock}) == expected


def test_only_a_stated_offset_counts() -> None:
    assert states_offset({"OffsetTimeOriginal": "+01:00"})
    for text in ("", "Z", "+1:00", "   :  "):
        assert not states_offset({"OffsetTimeOriginal": text})


def test_thresholds_are_the_operators() -> None:
    assert Code.PAIR_MISMATCH not in found(two(QUAY, Position(59.4, 18.0)), Thresholds(tolerance_m=50_000))
