"""What a filter can ask of flags: one by its code, or at least so grave a one."""

from collections.abc import Iterable

from gallery.language import Phrases, later
from gallery.location.flag import Code, Severity

LEVELS = {
    "note": later("Any at all"),
    "doubt": later("Doubts and conflicts"),
    "conflict": later("Conflicts"),
}
CODES = {
    Code.PAIR_MISMATCH: later("File and browser apart"),
    Code.SWAPPED: later("Numbers exchanged or of the wrong sign"),
    Code.NULL_ISLAND: later("At 0°, 0°"),
    Code.RADIUS_ZERO: later("A radius of 0 m"),
    Code.RADIUS_UNSTATED: later("No radius stated"),
    Code.STALE_FIX: later("An old position of the browser"),
    Code.UPLOADED_LATER: later("Uploaded long after it was taken"),
    Code.TAKEN_AFTER_UPLOAD: later("Taken after it was uploaded"),
    Code.GPS_TIME: later("Clocks of camera and satellites differ"),
    Code.ZONE: later("Time zone of another place"),
    Code.EDITED: later("Written by an editing program"),
    Code.IMPOSSIBLE_TRAVEL: later("Faster than anyone travels"),
    Code.IP_COUNTRY: later("IP address in another country"),
    Code.SAME_PICTURE: later("The same picture at two places"),
    Code.OUTSIDE_PLACE: later("Outside the album's expected place"),
}
WORDS = Phrases(LEVELS | {code.value: label for code, label in CODES.items()})
"""By what stands in an address what people read."""


def codes_in(words: Iterable[str]) -> list[str]:
    """The codes among what is asked."""
    return [word for word in words if word not in LEVELS]


def severities_in(words: Iterable[str]) -> list[int]:
    """The severities that the gravest flag of an image may have; empty: none is asked."""
    least = [Severity[word.upper()] for word in words if word in LEVELS]
    return [int(severity) for severity in Severity if least and severity >= min(least)]
