"""The matrix of a reviewer's checks: each passes, warns, fails or is unknown, with its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gallery.language import gettext as _
from gallery.language import later
from gallery.location.country import countries_around
from gallery.location.evidence import Evidence, Said, apart
from gallery.location.flag import Code, Severity
from gallery.location.foreign import country_of_address
from gallery.models.image import Image
from gallery.present import words
from gallery.present.claims.doubts import Doubt
from gallery.thresholds import Thresholds


class Level(StrEnum):
    """What came of a check."""

    PASS = "pass"  # noqa: S105  # no password
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One row."""

    name: str
    level: Level
    sentences: list[str]
    others: tuple[Image, ...] = ()
    """The images that it compares with, as far as they may be seen."""


_CODES = {
    **dict.fromkeys((Code.UPLOADED_LATER, Code.TAKEN_AFTER_UPLOAD, Code.GPS_TIME, Code.ZONE), "Time"),
    **dict.fromkeys((Code.PAIR_MISMATCH, Code.SWAPPED, Code.STALE_FIX), "Browser"),
    Code.IMPOSSIBLE_TRAVEL: "Travel",
    Code.IP_COUNTRY: "IP address",
    Code.OUTSIDE_PLACE: "Place",
}
"""Which check a flag belongs to, whatever its source."""
_SAID_BY_NOTES = ("Time", "IP address", "Travel")
"""The checks whose notes say more than that they pass."""


def checks(
    evidence: Evidence,
    found: Sequence[Doubt],
    thresholds: Thresholds,
    *,
    has_file: bool,
    has_travelled: bool,
) -> list[Check]:
    """All of them, in the order in which a reviewer looks.

    `has_travelled`: the same camera or person was seen before or after.
    """
    unsaid = _unsaid(evidence, thresholds, has_file=has_file, has_travelled=has_travelled)
    by_name: dict[str, list[Doubt]] = {name: [] for name in unsaid}
    for doubt in found:
        by_name[_name_of(doubt)].append(doubt)
    return [_check(name, by_name[name], *unsaid[name]) for name in unsaid]


def _check(name: str, found: Sequence[Doubt], level: Level, sentence: str) -> Check:
    """A note alone takes nothing away from a check."""
    worst = max((doubt.flag.severity for doubt in found), default=Severity.NOTE)
    said = {Severity.CONFLICT: Level.FAIL, Severity.DOUBT: Level.WARN}.get(worst, level)
    keeps = [sentence] if said is level and not (found and name in _SAID_BY_NOTES) else []
    others = tuple(doubt.other for doubt in found if doubt.other)
    return Check(name, said, keeps + [doubt.sentence for doubt in found], others)


def _name_of(doubt: Doubt) -> str:
    code, source = doubt.flag.code, doubt.flag.inputs.get("source")
    if code in _CODES:
        return _CODES[code]
    by_source = {"html": "Browser", "ip": "IP address", "exif": "EXIF"}
    return by_source.get(str(source), "Place" if code is Code.NULL_ISLAND else "Integrity")


def _unsaid(
    evidence: Evidence, thresholds: Thresholds, *, has_file: bool, has_travelled: bool
) -> dict[str, tuple[Level, str]]:
    """By check what it says where no flag says more."""
    exif, html = evidence.of("exif"), evidence.of("html")
    return {
        later("Time"): _time(evidence),
        later("EXIF"): _one(_("The file"), exif),
        later("Browser"): _browser(html, exif, thresholds),
        later("IP address"): _known(
            _is_country_known(evidence) or None,
            _("The address is in the country of the position, or in one that is near."),
            _("No country was found for the address or for the position."),
        ),
        later("Travel"): _known(
            has_travelled or None,
            _("The photographs before and after it by the same camera or person are within reach."),
            _("No other photograph by this camera or person has a time and a position."),
        ),
        later("Place"): _place(evidence),
        later("Integrity"): _known(
            has_file or None,
            _("The original is kept under its SHA-256, and names no program that edits pictures."),
            _("The record came without its file."),
        ),
    }


def _is_country_known(evidence: Evidence) -> bool:
    said = (evidence.of("exif"), evidence.of("html"))
    return bool(country_of_address(evidence)) and any(
        claim and countries_around(claim.position) for claim in said
    )


def _known(fact: object, sentence: str, unknown: str) -> tuple[Level, str]:
    return (Level.UNKNOWN, unknown) if fact is None else (Level.PASS, sentence)


def _time(evidence: Evidence) -> tuple[Level, str]:
    if evidence.taken_at is None:
        return Level.UNKNOWN, _("The file does not say when it was taken.")
    gap_s = (evidence.uploaded_at - evidence.taken_at).total_seconds()
    return Level.PASS, _("Taken %(time)s before the upload.", time=words.duration(max(gap_s, 0)))


def _place(evidence: Evidence) -> tuple[Level, str]:
    if evidence.place is None:
        return Level.UNKNOWN, _("The album expects no place of its own.")
    if evidence.placed is None:
        return Level.UNKNOWN, _("The album expects a place, and the photograph has no position to compare.")
    return Level.PASS, _("It is where the album expects it.")


def _one(who: str, said: Said | None) -> tuple[Level, str]:
    if said is None:
        return Level.UNKNOWN, _("%(who)s gives no position.", who=who)
    if not said.radius_m:
        return Level.PASS, _("%(who)s gives a position.", who=who)
    radius = f"±{words.NO_BREAK}{words.distance(said.radius_m)}"
    return Level.PASS, _("%(who)s gives a position, to %(radius)s.", who=who, radius=radius)


def _browser(html: Said | None, exif: Said | None, thresholds: Thresholds) -> tuple[Level, str]:
    if html is None or exif is None:
        return _one(_("The browser"), html)
    return Level.PASS, _(
        "%(distance)s from where the file says.", distance=words.distance(apart(exif, html, thresholds)[0])
    )
