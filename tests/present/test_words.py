from datetime import UTC, datetime, timedelta, timezone

import pytest

from gallery.present import words


def plain(text: str) -> str:
    return text.replace(words.NO_BREAK, " ")


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0.2, "under 1 m"),
        (1, "1 m"),
        (999.4, "999 m"),
        (999.6, "1.0 km"),
        (9_949, "9.9 km"),
        (9_960, "10 km"),
        (5_837_000, "5,837 km"),
    ],
)
def test_a_distance_has_as_many_digits_as_it_deserves(metres: float, text: str) -> None:
    assert plain(words.distance(metres)) == text


def test_a_rough_distance_has_two_digits() -> None:
    assert [plain(words.rough_distance(m)) for m in (3, 438_000, 5_837_000)] == [
        "under 50 km",
        "about 440 km",
        "about 5,800 km",
    ]


def test_a_span_of_days_says_nothing_twice() -> None:
    def on(year: int, month: int, day: int) -> datetime:
        return datetime(year, month, day, 12, tzinfo=UTC)

    assert plain(words.days(on(2026, 3, 9), on(2026, 3, 9))) == "9 Mar 2026"
    assert plain(words.days(on(2026, 3, 3), on(2026, 3, 9))) == "3–9 Mar 2026"
    assert plain(words.days(on(2026, 2, 28), on(2026, 3, 3))) == "28 Feb – 3 Mar 2026"
    assert plain(words.days(on(2025, 12, 31), on(2026, 1, 1))) == "31 Dec 2025 – 1 Jan 2026"


def test_a_zone_is_named_by_its_offset() -> None:
    def east(**offset: int) -> datetime:
        return datetime(2026, 1, 1, tzinfo=timezone(timedelta(**offset)))

    assert [words.zone(east(hours=h)) for h in (0, 5, -3)] == ["UTC", "UTC+05:00", "UTC−03:00"]
    assert words.zone(east(hours=-3, minutes=-30)) == "UTC−03:30"


def test_coordinates_name_their_half_of_the_world() -> None:
    assert plain(words.coordinates(-33.9, 151.2, 1)) == "33.9° S, 151.2° E"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (1, "1 s"),
        (119, "119 s"),
        (120, "2 min"),
        (7199, "120 min"),
        (7200, "2 h"),
        (172_800, "2 days"),
        (9e9, "104,167 days"),
    ],
)
def test_a_duration_is_told_in_the_largest_unit_of_which_there_are_two(seconds: float, expected: str) -> None:
    assert words.duration(seconds).replace(words.NO_BREAK, " ") == expected
