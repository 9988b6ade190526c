"""Each flag as a sentence with its numbers."""

from collections.abc import Callable, Mapping
from typing import Any

from gallery.language import Phrases, later
from gallery.language import gettext as _
from gallery.location.flag import Code
from gallery.present import words
from gallery.present.claims.doubts_beyond import BEYOND, SOURCES


def _pair_mismatch(inputs: Mapping[str, Any]) -> str:
    distance, radii = words.distance(inputs["distance_m"]), words.distance(inputs["radii_m"])
    if not inputs["gap_s"]:
        return _(
            "The file and the browser are %(distance)s apart, and their radii explain %(radii)s of that: the "
            "picture may have been uploaded somewhere else than it was taken.",
            distance=distance,
            radii=radii,
        )
    return _(
        "The file and the browser are %(distance)s apart, and their radii explain %(radii)s of that: the "
        "picture may have been uploaded somewhere else than it was taken, which the %(gap)s between allow.",
        distance=distance,
        radii=radii,
        gap=words.duration(inputs["gap_s"]),
    )


_MISTAKES = Phrases(
    {
        "south": later("the other sign of the latitude"),
        "west": later("the other sign of the longitude"),
        "south_west": later("the other signs of both numbers"),
        "exchanged": later("latitude and longitude exchanged"),
    }
)


def _swapped(inputs: Mapping[str, Any]) -> str:
    return _(
        "With %(mistake)s the file's position is where the browser was.", mistake=_MISTAKES[inputs["mistake"]]
    )


def _null_island(inputs: Mapping[str, Any]) -> str:
    return _(
        "The position of the %(source)s is 0°, 0°, off Africa, which broken programs write for “unknown”.",
        source=SOURCES[inputs["source"]],
    )


def _radius_zero(inputs: Mapping[str, Any]) -> str:
    return _(
        "The %(source)s gives its position with a radius of 0 m, which nothing measures.",
        source=SOURCES[inputs["source"]],
    )


def _radius_unstated(inputs: Mapping[str, Any]) -> str:
    return _(
        "The %(source)s does not say how exact its position is; %(radius)s are assumed.",
        source=SOURCES[inputs["source"]],
        radius=words.distance(inputs["assumed_m"]),
    )


def _stale_fix(inputs: Mapping[str, Any]) -> str:
    return _(
        "The browser found its position %(time)s before the upload.", time=words.duration(inputs["age_s"])
    )


def _uploaded_later(inputs: Mapping[str, Any]) -> str:
    return _(
        "Uploaded %(time)s after it was taken, perhaps somewhere else.", time=words.duration(inputs["gap_s"])
    )


def _taken_after_upload(inputs: Mapping[str, Any]) -> str:
    return _(
        "By its camera's clock it was taken %(time)s after it was uploaded: that clock is wrong.",
        time=words.duration(inputs["gap_s"]),
    )


def _gps_time(inputs: Mapping[str, Any]) -> str:
    return _(
        "The camera's clock and the satellites' differ by %(time)s.", time=words.duration(inputs["off_s"])
    )


def _zone(inputs: Mapping[str, Any]) -> str:
    longitude, clock = inputs["longitude"], inputs["clock_h"]
    return _(
        "The camera's clock is set to UTC%(clock)s, %(hours)s off the sun at %(longitude)s.",
        clock=f"{'−' if clock < 0 else '+'}{abs(clock):g}",
        hours=f"{words.number(inputs['off_h'], 1)}{words.NO_BREAK}h",
        longitude=f"{abs(longitude):.0f}° {_('W') if longitude < 0 else _('E')}",
    )


def _edited(inputs: Mapping[str, Any]) -> str:
    return _(
        "The file was last written by %(software)s, a program that edits pictures.",
        software=inputs["software"],
    )


def _outside_place(inputs: Mapping[str, Any]) -> str:
    distance, radius_m = words.distance(inputs["distance_m"]), inputs["radius_95_m"]
    source = SOURCES[inputs["source"]]
    if not radius_m:
        return _(
            "The position of the %(source)s is %(distance)s outside the album's expected place.",
            source=source,
            distance=distance,
        )
    return _(
        "The position of the %(source)s is %(distance)s outside the album's expected place, and its radius "
        "explains %(radius)s of that.",
        source=source,
        distance=distance,
        radius=words.distance(radius_m),
    )


SENTENCES: dict[Code, Callable[[Mapping[str, Any]], str]] = {
    Code.PAIR_MISMATCH: _pair_mismatch,
    Code.SWAPPED: _swapped,
    Code.NULL_ISLAND: _null_island,
    Code.RADIUS_ZERO: _radius_zero,
    Code.RADIUS_UNSTATED: _radius_unstated,
    Code.STALE_FIX: _stale_fix,
    Code.UPLOADED_LATER: _uploaded_later,
    Code.TAKEN_AFTER_UPLOAD: _taken_after_upload,
    Code.GPS_TIME: _gps_time,
    Code.ZONE: _zone,
    Code.EDITED: _edited,
    Code.OUTSIDE_PLACE: _outside_place,
    **BEYOND,
}
