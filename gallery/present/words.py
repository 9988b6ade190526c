"""Numbers and times as people read them."""

from datetime import datetime, timedelta

NO_BREAK = "\N{NO-BREAK SPACE}"


def distance(metres: float) -> str:
    """`85 cm` is no distance here: `under 1 m`, `340 m`, `1.2 km`, `34 km`, `5,830 km`."""
    if metres < 1:
        return f"under 1{NO_BREAK}m"
    if metres < 999.5:
        return f"{metres:.0f}{NO_BREAK}m"
    if metres < 9_950:
        return f"{metres / 1000:.1f}{NO_BREAK}km"
    return f"{metres / 1000:,.0f}{NO_BREAK}km"


def rough_distance(metres: float) -> str:
    """For what is known to a region at best: two digits at most."""
    if metres < 50_000:
        return f"under 50{NO_BREAK}km"
    kilometres = metres / 1000
    step = 10 if kilometres < 1000 else 100
    return f"about {round(kilometres / step) * step:,}{NO_BREAK}km"


def file_size(size_bytes: int) -> str:
    """In units of 1,000 as disks are sold."""
    size, unit = float(size_bytes), "bytes"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    digits = 0 if unit == "bytes" or size >= 100 else 1
    return f"{size:.{digits}f}{NO_BREAK}{unit}"


def duration(seconds: float) -> str:
    """`45 s`, `12 min`, `3 h`, `5 days`: in the largest unit of which there are two."""
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f}{NO_BREAK}{unit}"
    return f"{seconds:.0f}{NO_BREAK}s"


def day(moment: datetime) -> str:
    """`3 Mar 2026`."""
    return f"{moment.day}{NO_BREAK}{moment:%b}{NO_BREAK}{moment.year:04d}"


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
    start = f"{first.day}{NO_BREAK}{first:%b}" if first.year == last.year else day(first)
    return f"{start} – {day(last)}"


def coordinates(latitude: float, longitude: float, digits: int = 5) -> str:
    """`48.85837° N, 2.29448° E`."""
    north = "N" if latitude >= 0 else "S"
    east = "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.{digits}f}°{NO_BREAK}{north}, {abs(longitude):.{digits}f}°{NO_BREAK}{east}"
