"""Doubts about where and when an image was taken. Pure functions: the same evidence, the same flags."""

import re
from collections.abc import Callable, Iterator

from gallery.location.evidence import UNSTATED_ZONE, Evidence, apart
from gallery.location.flag import Code, Flag, Severity
from gallery.location.foreign import ip_country, same_picture, travel
from gallery.location.position import Position
from gallery.thresholds import Thresholds

Check = Callable[[Evidence, Thresholds], Iterator[Flag]]
_QUARTER_S = 900
"""Zones lie whole quarters of an hour apart."""
_EDITORS = re.compile(
    r"photoshop|lightroom|gimp|snapseed|affinity|pixelmator|capture one|darktable|rawtherapee|picsart"
    r"|paint\.net|imagemagick|luminar|acdsee|picasa|vsco|facetune|canva|dxo|polarr|fotor|photoscape|paintshop|corel",
    re.IGNORECASE,
)


def flags_of(evidence: Evidence, thresholds: Thresholds) -> list[Flag]:
    """Every doubt, the worst first."""
    found = [flag for check in CHECKS for flag in check(evidence, thresholds)]
    return sorted(found, key=lambda flag: -flag.severity)


def pair_mismatch(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """File and browser are further apart than radii and tolerance; weaker where there was time to travel."""
    exif, html = evidence.of("exif"), evidence.of("html")
    if exif is None or html is None:
        return
    distance, excess = apart(exif, html, thresholds)
    if excess <= thresholds.tolerance_m:
        return
    gap_s = evidence.upload_gap_s
    could_travel = gap_s >= thresholds.upload_gap_s and excess / 1000 <= thresholds.speed_km_h * gap_s / 3600
    yield Flag(
        Code.PAIR_MISMATCH,
        Severity.DOUBT if could_travel else Severity.CONFLICT,
        {"distance_m": distance, "radii_m": distance - excess, "gap_s": gap_s if could_travel else 0.0},
    )


def swapped(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """The file's numbers agree with the browser's once they are exchanged or change their sign."""
    exif, html = evidence.of("exif"), evidence.of("html")
    if exif is None or html is None or apart(exif, html, thresholds)[1] <= thresholds.tolerance_m:
        return
    for name, position in _mistaken(exif.position):
        if apart(exif._replace(position=position), html, thresholds)[1] <= thresholds.tolerance_m:
            yield Flag(Code.SWAPPED, Severity.CONFLICT, {"mistake": name})
            return


def _mistaken(position: Position) -> Iterator[tuple[str, Position]]:
    """What the position could have been before somebody's mistake, by the mistake."""
    latitude, longitude = position
    yield "south", Position(-latitude, longitude)
    yield "west", Position(latitude, -longitude)
    yield "south_west", Position(-latitude, -longitude)
    if abs(longitude) <= 90:
        yield "exchanged", Position(longitude, latitude)


def null_island(evidence: Evidence, _thresholds: Thresholds) -> Iterator[Flag]:
    """Both numbers are zero, which broken software writes for "unknown"; one zero alone is a place."""
    for said in evidence.claims:
        if said.position == (0, 0):
            yield Flag(Code.NULL_ISLAND, Severity.DOUBT, {"source": said.source})


def radius(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """A radius of exactly zero, which nothing measures, or none at all."""
    for said in evidence.claims:
        if said.source not in ("exif", "html"):
            continue
        if said.radius_m == 0:
            yield Flag(Code.RADIUS_ZERO, Severity.DOUBT, {"source": said.source})
        elif said.radius_m is None:
            assumed_m = float(thresholds.unstated_radius_m)
            yield Flag(Code.RADIUS_UNSTATED, Severity.NOTE, {"source": said.source, "assumed_m": assumed_m})


def stale_fix(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """The browser's position is older than the upload."""
    html = evidence.of("html")
    if html is None or html.made_at is None:
        return
    age_s = (evidence.uploaded_at - html.made_at).total_seconds()
    if age_s > thresholds.stale_fix_s:
        yield Flag(Code.STALE_FIX, Severity.DOUBT, {"age_s": age_s})


def upload_time(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """Brought long after it was taken, or before."""
    gap_s = evidence.upload_gap_s
    if gap_s >= thresholds.upload_gap_s:
        yield Flag(Code.UPLOADED_LATER, Severity.NOTE, {"gap_s": gap_s})
    elif gap_s < -thresholds.clock_s:
        yield Flag(Code.TAKEN_AFTER_UPLOAD, Severity.DOUBT, {"gap_s": -gap_s})


def gps_clock(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """The camera's clock is not the satellites'; of an unknown zone, quarters of an hour do not count."""
    if evidence.taken_at is None or evidence.gps_time is None:
        return
    off_s = abs((evidence.taken_at - evidence.gps_time).total_seconds())
    if evidence.offset_s is None and off_s <= UNSTATED_ZONE.total_seconds() + thresholds.clock_s:
        off_s %= _QUARTER_S
        off_s = min(off_s, _QUARTER_S - off_s)
    if off_s > thresholds.clock_s:
        yield Flag(Code.GPS_TIME, Severity.DOUBT, {"off_s": off_s})


def zone(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """The zone of the camera's clock is not that of the place."""
    said = evidence.of("exif") or evidence.of("html")
    if said is None or evidence.offset_s is None:
        return
    clock_h = evidence.offset_s / 3600
    off_h = (clock_h - said.position.longitude / 15 + 12) % 24 - 12
    if abs(off_h) > thresholds.zone_hours:
        inputs = {"clock_h": clock_h, "longitude": said.position.longitude, "off_h": abs(off_h)}
        yield Flag(Code.ZONE, Severity.DOUBT, inputs)


def edited(evidence: Evidence, _thresholds: Thresholds) -> Iterator[Flag]:
    """The file was last written by a program that edits pictures."""
    if _EDITORS.search(evidence.software):
        yield Flag(Code.EDITED, Severity.NOTE, {"software": evidence.software[:80]})


def outside_place(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """Further from the album's expected place than the radius of the believed claim; a hand has none."""
    said = evidence.placed
    if said is None or evidence.place is None:
        return
    distance_m = evidence.place.outside_m(said.position)
    radius_m = 0.0 if said.source == "manual" else said.r95_m(thresholds)
    if distance_m > radius_m:
        inputs: dict[str, float | str] = {
            "source": said.source,
            "distance_m": distance_m,
            "radius_95_m": radius_m,
        }
        yield Flag(Code.OUTSIDE_PLACE, Severity.DOUBT, inputs)


CHECKS: tuple[Check, ...] = (
    *(swapped, pair_mismatch, null_island, radius, stale_fix),
    *(upload_time, gps_clock, zone, edited),
    *(travel, ip_country, same_picture),
    outside_place,
)
