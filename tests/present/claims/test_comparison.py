from datetime import UTC, datetime, timedelta

import pytest

from gallery.models.claim import Claim, Source
from gallery.present.claims.comparison import compare

PRECEDENCE = ("manual", "exif", "html", "ip")


def claim(source: Source, latitude: float, longitude: float, accuracy_m: float | None = None) -> Claim:
    return Claim(source=source, latitude=latitude, longitude=longitude, accuracy_m=accuracy_m)


def test_the_believed_claim_is_marked() -> None:
    found = compare([claim(Source.HTML, 1, 1), claim(Source.EXIF, 1, 1)], PRECEDENCE)
    assert [(row.name, row.is_believed) for row in found.claims] == [
        ("EXIF in the file", True),
        ("Browser at upload", False),
    ]


def test_file_and_browser_far_apart_are_a_doubt() -> None:
    found = compare([claim(Source.EXIF, 59.3, 18.0, 5), claim(Source.HTML, 59.4, 18.0, 30)], PRECEDENCE)
    assert [(pair.distance, pair.is_doubtful) for pair in found.pairs] == [("11\N{NO-BREAK SPACE}km", True)]


def test_wide_radii_explain_a_distance() -> None:
    found = compare([claim(Source.EXIF, 59.3, 18.0, 5), claim(Source.HTML, 59.4, 18.0, 12_000)], PRECEDENCE)
    assert not any(pair.is_doubtful for pair in found.pairs)


def test_an_unknown_radius_is_not_zero() -> None:
    found = compare([claim(Source.EXIF, 59.3, 18.0), claim(Source.HTML, 59.31, 18.0)], PRECEDENCE)
    assert not any(pair.is_doubtful for pair in found.pairs)


def test_an_ip_address_is_no_doubt_and_is_never_told_in_metres() -> None:
    found = compare([claim(Source.EXIF, 59.3, 18.0, 5), claim(Source.IP, 59.3001, 18.0, 1000)], PRECEDENCE)
    assert found.has_ip
    assert not any(pair.is_doubtful for pair in found.pairs)
    assert found.pairs[0].distance == "under 50\N{NO-BREAK SPACE}km"
    assert found.claims[1].radius == ""


def test_every_pair_is_compared_once() -> None:
    found = compare([claim(source, 1, 1) for source in Source], PRECEDENCE)
    assert len({pair.names for pair in found.pairs}) == 6


def test_without_claims_there_is_nothing_to_compare() -> None:
    found = compare([], PRECEDENCE)
    assert (found.claims, found.pairs) == ([], [])


def test_points_are_drawn_to_scale_inside_the_drawing() -> None:
    far = compare([claim(Source.EXIF, 59.3, 18.0, 900), claim(Source.HTML, 59.4, 18.1, 300)], PRECEDENCE).plot
    assert far
    exif, browser = far.marks
    assert exif.is_believed
    assert exif.x < browser.x
    assert exif.y > browser.y
    assert exif.radius == pytest.approx(3 * browser.radius, rel=0.05)
    for mark in far.marks:
        assert mark.radius <= mark.x <= far.width - mark.radius
        assert mark.radius <= mark.y <= far.height - mark.radius


def test_a_region_is_not_drawn_as_a_point() -> None:
    assert compare([claim(Source.EXIF, 1, 1), claim(Source.IP, 1, 1)], PRECEDENCE).plot is None


def test_points_on_one_spot_are_drawn_on_one_spot() -> None:
    spot = compare([claim(Source.EXIF, 1, 1), claim(Source.HTML, 1, 1)], PRECEDENCE).plot
    assert spot
    assert {(mark.x, mark.y) for mark in spot.marks} == {(spot.width / 2, spot.height / 2)}


def test_a_position_that_was_found_before_the_upload_says_so() -> None:
    uploaded_at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    said = claim(Source.HTML, 1, 1)
    for made_at, expected in (
        (uploaded_at - timedelta(minutes=12), "found 12\N{NO-BREAK SPACE}min before the upload"),
        (uploaded_at, ""),
        (uploaded_at + timedelta(hours=1), ""),
        (None, ""),
    ):
        said.made_at = made_at
        assert compare([said], PRECEDENCE, uploaded_at).claims[0].age == expected


def test_a_claim_tells_all_that_its_source_gave_bounded() -> None:
    exifs = {
        "GPSLatitude": "59 deg 18' 30.35\"",
        "GPSLatitudeRef": "North",
        "GPSLongitude": "x" * 500,
        "GPSAltitude": "18.6 m",
        "GPSImgDirection": "271.5",
        "GPSDateStamp": "2026:09:07",
        "GPSTimeStamp": "06:00:06",
    }
    uploaded_at = datetime(2026, 9, 7, 7, tzinfo=UTC)
    fix = claim(Source.HTML, 59.3, 18.0, 5)
    fix.made_at = uploaded_at - timedelta(minutes=5)
    claims = [claim(Source.EXIF, 59.3, 18.0, 5), fix, claim(Source.IP, 59, 18)]
    exif, html, ip = (
        dict(row.details) for row in compare(claims, PRECEDENCE, uploaded_at, exifs=exifs).claims
    )
    assert exif["95 % radius"] == "±\N{NO-BREAK SPACE}8\N{NO-BREAK SPACE}m"
    assert exif["As it came"] == "59 deg 18' 30.35\" North, " + "x" * 80
    assert (exif["Altitude"], exif["Heading"]) == ("18.6 m", "271.5°")
    assert "06:00:06" in exif["Time by satellite"]
    assert html["Age at the upload"] == "5\N{NO-BREAK SPACE}min"
    assert html["As it came"] == "59.3, 18.0"
    assert ip == {}
