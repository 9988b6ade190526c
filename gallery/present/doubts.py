"""The flags of an image, each as a sentence with its numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gallery.location.evidence import Evidence, Said, gps_time, states_offset
from gallery.location.flags import Code, Flag, Severity, flags_of
from gallery.models.claim import Claim
from gallery.models.image import Image
from gallery.present import words
from gallery.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Doubt:
    """A flag as people read it."""

    flag: Flag
    sentence: str

    @property
    def level(self) -> str:
        """`note`, `doubt` or `conflict`."""
        return self.flag.severity.name.lower()

    @property
    def level_word(self) -> str:
        """The same for those who do not see the colour."""
        return {Severity.NOTE: "Note", Severity.DOUBT: "Doubt", Severity.CONFLICT: "Conflict"}[
            self.flag.severity
        ]


def doubts_of(image: Image, thresholds: Thresholds) -> list[Doubt]:
    """The worst first."""
    return [
        Doubt(flag, SENTENCES[flag.code](flag.inputs)) for flag in flags_of(evidence_of(image), thresholds)
    ]


def evidence_of(image: Image) -> Evidence:
    """What the flags look at, out of the row."""
    return Evidence(
        uploaded_at=image.created_at,
        claims=tuple(map(said_by, image.claims)),
        taken_at=image.taken_at,
        offset_s=image.taken_offset_s if states_offset(image.exifs) else None,
        gps_time=gps_time(image.exifs),
        software=str(image.exifs.get("Software", "")),
    )


def said_by(claim: Claim) -> Said:
    """The claim without its row."""
    return Said(claim.source.value, claim.position, claim.accuracy_m, claim.made_at)


def _pair_mismatch(inputs: Mapping[str, Any]) -> str:
    distance, radii = words.distance(inputs["distance_m"]), words.distance(inputs["radii_m"])
    sentence = (
        f"The file and the browser are {distance} apart, and their radii explain {radii} of that: the "
        "picture may have been uploaded somewhere else than it was taken"
    )
    if not inputs["gap_s"]:
        return f"{sentence}."
    return f"{sentence}, which the {words.duration(inputs['gap_s'])} between allow."


_MISTAKES = {
    "south": "the other sign of the latitude",
    "west": "the other sign of the longitude",
    "south_west": "the other signs of both numbers",
    "exchanged": "latitude and longitude exchanged",
}
_SOURCES = {"exif": "file", "html": "browser", "ip": "IP address", "manual": "reviewer"}


def _swapped(inputs: Mapping[str, Any]) -> str:
    return f"With {_MISTAKES[inputs['mistake']]} the file's position is where the browser was."


def _null_island(inputs: Mapping[str, Any]) -> str:
    return (
        f"The position of the {_SOURCES[inputs['source']]} is 0°, 0°, off Africa, which broken programs "
        "write for “unknown”."
    )


def _radius_zero(inputs: Mapping[str, Any]) -> str:
    return (
        f"The {_SOURCES[inputs['source']]} gives its position with a radius of 0 m, which nothing measures."
    )


def _radius_unstated(inputs: Mapping[str, Any]) -> str:
    radius = words.distance(inputs["assumed_m"])
    return f"The {_SOURCES[inputs['source']]} does not say how exact its position is; {radius} are assumed."


def _stale_fix(inputs: Mapping[str, Any]) -> str:
    return f"The browser found its position {words.duration(inputs['age_s'])} before the upload."


def _uploaded_later(inputs: Mapping[str, Any]) -> str:
    return f"Uploaded {words.duration(inputs['gap_s'])} after it was taken, perhaps somewhere else."


def _taken_after_upload(inputs: Mapping[str, Any]) -> str:
    return (
        f"By its camera's clock it was taken {words.duration(inputs['gap_s'])} after it was uploaded: "
        "that clock is wrong."
    )


def _gps_time(inputs: Mapping[str, Any]) -> str:
    return f"The camera's clock and the satellites' differ by {words.duration(inputs['off_s'])}."


def _zone(inputs: Mapping[str, Any]) -> str:
    longitude, clock = inputs["longitude"], inputs["clock_h"]
    sign = "−" if clock < 0 else "+"
    return (
        f"The camera's clock is set to UTC{sign}{abs(clock):g}, {inputs['off_h']:.1f}{words.NO_BREAK}h off "
        f"the sun at {abs(longitude):.0f}° {'W' if longitude < 0 else 'E'}."
    )


def _edited(inputs: Mapping[str, Any]) -> str:
    return f"The file was last written by {inputs['software']}, a program that edits pictures."


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
}
