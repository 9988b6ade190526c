"""The sentences of doubts that come of an address or of another image."""

from collections.abc import Callable, Mapping
from typing import Any

from babel.lists import format_list

from gallery.language import Phrases, later, locale
from gallery.language import gettext as _
from gallery.location.flag import Code, Flag
from gallery.present import words

SOURCES = Phrases(
    {"exif": later("file"), "html": later("browser"), "ip": later("IP address"), "manual": later("reviewer")}
)


def _travel(inputs: Mapping[str, Any]) -> str:
    said = {
        "other": inputs["other"],
        "distance": words.distance(inputs["distance_m"]),
        "time": words.duration(abs(inputs["gap_s"])),
        "speed": f"{words.number(inputs['least_km_h'])}{words.NO_BREAK}km/h",
    }
    if abs(inputs["gap_s"]) < 1:
        return _TRAVEL[inputs["source"], 0] % said
    return _TRAVEL[inputs["source"], 1 if inputs["gap_s"] > 0 else -1] % said


_TRAVEL = Phrases(
    {
        ("exif", 1): later(
            "The same camera took “%(other)s” %(distance)s from here, %(time)s later: "
            "nobody travels at %(speed)s."
        ),
        ("exif", -1): later(
            "The same camera took “%(other)s” %(distance)s from here, %(time)s before: "
            "nobody travels at %(speed)s."
        ),
        ("exif", 0): later("The same camera took “%(other)s” %(distance)s from here, at the same time."),
        ("html", 1): later(
            "The same person uploaded “%(other)s” %(distance)s from here, %(time)s later: "
            "nobody travels at %(speed)s."
        ),
        ("html", -1): later(
            "The same person uploaded “%(other)s” %(distance)s from here, %(time)s before: "
            "nobody travels at %(speed)s."
        ),
        ("html", 0): later("The same person uploaded “%(other)s” %(distance)s from here, at the same time."),
    }
)


def _ip_country(inputs: Mapping[str, Any]) -> str:
    around = [_country(code) for code in inputs["there"].split()]
    return _(
        "The uploader's IP address is in another country (%(country)s) than the position of the %(source)s "
        "(%(there)s).",
        country=_country(inputs["country"]),
        source=SOURCES[inputs["source"]],
        there=format_list(around, "or", locale()),
    )


def _country(code: str) -> str:
    return str(locale().territories.get(code, code))


def _same_picture(inputs: Mapping[str, Any]) -> str:
    return _(
        "“%(other)s” is the same picture, and is said to have been taken %(distance)s from here.",
        other=inputs["other"],
        distance=words.distance(inputs["distance_m"]),
    )


BEYOND: dict[Code, Callable[[Mapping[str, Any]], str]] = {
    Code.IMPOSSIBLE_TRAVEL: _travel,
    Code.IP_COUNTRY: _ip_country,
    Code.SAME_PICTURE: _same_picture,
}


def hidden(flag: Flag) -> str:
    """Of a flag between two for somebody who may not see the other."""
    if flag.code is Code.SAME_PICTURE:
        return _(
            "The same picture is there again, in an album that you may not see, "
            "and is said to have been taken elsewhere."
        )
    if flag.inputs["source"] == "exif":
        return _("The same camera took a photograph that you may not see, too far away for the time between.")
    return _("The same person uploaded a photograph that you may not see, too far away for the time between.")
