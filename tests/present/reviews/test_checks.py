"""Each doubt stands in the row of what it is about, and decides what came of it."""

from datetime import UTC, datetime

import pytest

from gallery.location.evidence import Evidence, Said
from gallery.location.flag import Code, Flag, Severity
from gallery.location.position import Position
from gallery.present.claims.doubts import Doubt
from gallery.present.reviews.checks import Check, Level, checks
from gallery.thresholds import Thresholds

PARIS = Position(48.85, 2.35)
KNOWN = Evidence(datetime(2026, 3, 2, tzinfo=UTC), (Said("html", PARIS, 20),), ip_country="FR")


def rows(*found: Flag, evidence: Evidence = KNOWN, has_travelled: bool = True) -> dict[str, Check]:
    doubts = [Doubt(flag, f"{flag.code}.") for flag in found]
    found_so = checks(evidence, doubts, Thresholds(), has_file=True, has_travelled=has_travelled)
    return {check.name: check for check in found_so}


@pytest.mark.parametrize(
    ("code", "severity", "row", "level"),
    [
        (Code.IMPOSSIBLE_TRAVEL, Severity.DOUBT, "Travel", Level.WARN),
        (Code.IMPOSSIBLE_TRAVEL, Severity.CONFLICT, "Travel", Level.FAIL),
        (Code.IP_COUNTRY, Severity.DOUBT, "IP address", Level.WARN),
        (Code.IP_COUNTRY, Severity.NOTE, "IP address", Level.PASS),
        (Code.SAME_PICTURE, Severity.CONFLICT, "Integrity", Level.FAIL),
        (Code.STALE_FIX, Severity.DOUBT, "Browser", Level.WARN),
    ],
)
def test_a_doubt_stands_in_its_row_and_nowhere_else(
    code: Code, severity: Severity, row: str, level: Level
) -> None:
    inputs = {} if code is Code.SAME_PICTURE else {"source": "html"}
    found = rows(Flag(code, severity, inputs, 7))
    assert found[row].level is level
    assert [name for name, check in found.items() if f"{code}." in check.sentences] == [row]
    if row in ("Time", "IP address", "Travel"):
        assert found[row].sentences == [f"{code}."]


def test_what_was_compared_with_nothing_is_unknown_and_what_agrees_passes() -> None:
    bare = rows(evidence=Evidence(KNOWN.uploaded_at), has_travelled=False)
    assert bare["Travel"].level is bare["IP address"].level is Level.UNKNOWN
    assert rows()["Travel"].level is rows()["IP address"].level is Level.PASS
