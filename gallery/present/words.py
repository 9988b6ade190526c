"""Numbers and times as people read them."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from gallery import language
from gallery.language import gettext as _

NO_BREAK = "\N{NO-BREAK SPACE}"


def number(value: float, digits: int = 0) -> str:
    """`12,431`, or `12 431` where that is how it is written; with so many digits after the point."""
    if language.spoken() == language.ENGLISH:
        return f"{value:,.{digits}f}"
    return format_decimal(round(value, digits), f"#,##0.{'0' * digits}".rstrip("."), language.locale())


def distance(metres: float) -> str:
    """`85 cm` is no distance here: `under 1 m`, `340 m`, `1.2 km`, `34 km`, `5,830 km`."""
    if metres < 1:
        return _("under %(distance)s", distance="1\N{NO-BREAK SPACE}m")
    if metres < 999.5:
        return f"{metres:.0f}{NO_BREAK}m"
    if metres < 9_950:
        return f"{number(metres / 1000, 1)}{NO_BREAK}km"
    return f"{number(metres / 1000)}{NO_BREAK}km"


def rough_distance(metres: float) -> str:
    """For what is known to a region at best: two digits at most."""
    if metres < 50_000:
        return _("under %(distance)s", distance="50\N{NO-BREAK SPACE}km")
    kilometres = metres / 1000
    step = 10 if kilometres < 1000 else 100
    rounded = f"{number(round(kilometres / step) * step)}{NO_BREAK}km"
    return _("about %(distance)s", distance=rounded)


def file_size(size_bytes: int) -> str:
    """In units of 1,000 as disks are sold."""
    if size_bytes < 1000:
        return f"{size_bytes}{NO_BREAK}{_('bytes')}"
    size, unit = float(size_bytes), ""
    for larger in (_("kB"), _("MB"), _("GB")):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{number(size, 0 if size >= 100 else 1)}{NO_BREAK}{unit}"


def duration(seconds: float) -> str:
    """`45 s`, `12 min`, `3 h`, `5 days`: in the largest unit of which there are two."""
    for unit, length in ((_("days"), 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{number(seconds / length)}{NO_BREAK}{unit}"
    return f"{seconds:.0f}{NO_BREAK}s"


def day(moment: datetime) -> str:
    """`3 Mar 2026`."""
    return _day(moment.date(), language.spoken())


@lru_cache(maxsize=4096)
def _day(moment: date, spoken: str) -> str:
    if spoken == language.ENGLISH:
        return f"{moment.day}{NO_BREAK}{moment:%b}{NO_BREAK}{moment.year:04d}"
    return format_date(moment, "medium", spoken).replace(" ", NO_BREAK)


def _day_of_year(moment: datetime) -> str:
    if language.spoken() == language.ENGLISH:
        return f"{moment.day}{NO_BREAK}{moment:%b}"
    return format_skeleton("MMMd", moment, locale=language.spoken()).replace(" ", NO_BREAK)


def month(first: date) -> str:
    """`Mar 2026`."""
    if language.spoken() == language.ENGLISH:
        return f"{first:%b} {first.year:04d}"
    return format_skeleton("yMMM", first, locale=language.spoken())


def minute(moment: datetime) -> str:
    """`3 Mar 2026, 09:41`."""
    return f"{day(moment)}, {moment:%H:%M}"


def instant(moment: datetime) -> str:
    """`3 Mar 2026, 09:41:07`, by the clock of the moment's own zone."""
    return f"{day(moment)}, {moment:%H:%M:%S}"


def zone(moment: datetime) -> str:
    """`UTC` or `UTC+05:30`."""
    offset = moment.utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def days(first: datetime, last: datetime) -> str:
    """A span of days, with nothing said twice: `3–9 Mar 2026`, `28 Feb – 3 Mar 2026`."""
    if first.date() == last.date():
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    start = _day_of_year(first) if first.year == last.year else day(first)
    return f"{start} – {day(last)}"


def coordinates(latitude: float, longitude: float, digits: int = 5) -> str:
    """`48.85837° N, 2.29448° E`."""
    north = _("N") if latitude >= 0 else _("S")
    east = _("E") if longitude >= 0 else _("W")
    first, second = number(abs(latitude), digits), number(abs(longitude), digits)
    return f"{first}°{NO_BREAK}{north}{_(', ')}{second}°{NO_BREAK}{east}"
