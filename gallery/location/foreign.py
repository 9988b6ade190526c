"""Doubts that come from beyond the image: from an address, and from other images."""

from collections.abc import Iterator

from gallery.location.country import countries_around, whole_country
from gallery.location.evidence import Evidence, Met, Twin, apart
from gallery.location.flag import Code, Flag, Severity
from gallery.thresholds import Thresholds


def travel(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """Nobody comes so far in the time to the claim before or after by the same camera or person."""
    for met in evidence.met:
        distance, speed = speed_km_h(met, thresholds)
        if not is_too_fast(met, thresholds):
            continue
        inputs: dict[str, float | str] = {
            "source": met.said.source,
            "distance_m": distance,
            "gap_s": met.gap_s,
            "least_km_h": min(speed, FASTEST_TOLD_KM_H),
        }
        # An account is lent more often than a camera is in two places.
        severity = Severity.CONFLICT if met.said.source == "exif" else Severity.DOUBT
        yield Flag(Code.IMPOSSIBLE_TRAVEL, severity, inputs, met.other)


def is_too_fast(met: Met, thresholds: Thresholds) -> bool:
    """Whether the way, as short as the radii allow, is long, and the time for it too short."""
    _, excess = apart(met.said, met.there, thresholds)
    return excess >= thresholds.travel_km * 1000 and speed_km_h(met, thresholds)[1] > thresholds.speed_km_h


def speed_km_h(met: Met, thresholds: Thresholds) -> tuple[float, float]:
    """(metres apart, the least km/h that explain them; infinite where there was no time at all)."""
    distance, excess = apart(met.said, met.there, thresholds)
    time_s = abs(met.gap_s)
    if not met.has_zones:
        time_s += _set_between_s(met, thresholds)
    return distance, excess * 3.6 / time_s if time_s else float("inf")


def _set_between_s(met: Met, thresholds: Thresholds) -> float:
    """By how much a clock without a zone can have been set to the time of the other place on the way."""
    degrees = abs(met.said.position.longitude - met.there.position.longitude)
    return (min(degrees, 360 - degrees) / 15 + thresholds.zone_hours) * 3600


def ip_country(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """The address is in none of the countries around the position of file or browser.

    A note where the picture was taken long before: the uploader may have come home since.
    """
    country = country_of_address(evidence)
    for source in ("exif", "html") if country else ():
        said = evidence.of(source)
        around = countries_around(said.position) if said else ()
        if around and country not in around:
            is_past = source == "exif" and evidence.upload_gap_s >= thresholds.upload_gap_s
            inputs = {"source": source, "there": " ".join(around), "country": country}
            yield Flag(Code.IP_COUNTRY, Severity.NOTE if is_past else Severity.DOUBT, inputs)


def country_of_address(evidence: Evidence) -> str:
    """As the database says, or else where it put the address, if only one country is there."""
    if evidence.ip_country:
        return whole_country(evidence.ip_country)
    said = evidence.of("ip")
    around = countries_around(said.position) if said else ()
    return around[0] if len(around) == 1 else ""


def same_picture(evidence: Evidence, thresholds: Thresholds) -> Iterator[Flag]:
    """Another image of the same picture was taken elsewhere; of several the first that came is named."""
    for twin in elsewhere(evidence, thresholds)[:1]:
        distance, excess = apart(twin.said, twin.there, thresholds)
        inputs = {"distance_m": distance, "radii_m": distance - excess, "bits": float(twin.bits)}
        yield Flag(Code.SAME_PICTURE, Severity.CONFLICT, inputs, twin.other)


def elsewhere(evidence: Evidence, thresholds: Thresholds) -> list[Twin]:
    """All that were, in the order of their numbers."""
    limit_m = thresholds.same_picture_km * 1000
    found = [twin for twin in evidence.twins if apart(twin.said, twin.there, thresholds)[1] > limit_m]
    return sorted(found, key=lambda twin: twin.other)


FASTEST_TOLD_KM_H = 1e7
"""JSON has no infinity."""
