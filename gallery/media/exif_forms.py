"""The forms in which exiftool prints numbers that are more than numbers: times, apertures, lenses, angles."""

import math

from gallery.media.ifd import Entry, Rational

_MAX_CELLS = 64
_CHANNELS = ("-", "Y", "Cb", "Cr", "R", "G", "B")
_COLOURS = ("Red", "Green", "Blue", "Cyan", "Magenta", "Yellow", "White")


def print_number(number: float | Rational) -> str:
    """Ten significant digits; `inf` and `undef` for what a denominator of zero makes of it."""
    if isinstance(number, int):
        return str(number)
    if isinstance(number, Rational) and number.denominator == 0:
        return "inf" if number.numerator else "undef"
    return f"{float(number):.10g}"


def print_seconds(seconds: float) -> str:
    if 0 < seconds < 0.25001:
        return f"1/{int(0.5 + 1 / seconds)}"
    return f"{seconds:.1f}".removesuffix(".0")


def print_shutter(apex: float) -> str:
    return print_seconds(2**-apex if abs(apex) < 100 else 0)


def print_aperture(apex: float) -> str:
    return f"{2 ** (apex / 2):.1f}" if abs(apex) < 200 else f"{apex:.10g}"


def print_f_number(number: float) -> str:
    if number <= 0:
        return f"{number:.10g}"
    return f"{number:.2f}" if number < 1 else f"{number:.1f}"


def print_steps(steps: float) -> str:
    """Exposure steps as whole numbers, halves or thirds where they are that."""
    steps *= 1.00001  # as exiftool does, against rounding
    if not steps:
        return "0"
    for parts in (1, 2, 3):
        if int(steps * parts) / (steps * parts) > 0.999:
            return f"{int(steps * parts):+d}" + (f"/{parts}" if parts > 1 else "")
    return f"{steps:+.3g}"


def print_lens(entry: Entry) -> str | None:
    numbers = entry.numbers()
    if len(numbers) != 4:
        return None
    shortest, longest, widest, narrowest = (
        printed if printed not in ("inf", "undef") else "?" for printed in map(print_number, numbers)
    )
    focal = shortest + ("" if longest == shortest else f"-{longest}") + "mm"
    return f"{focal} f/{widest}" + ("" if narrowest == widest else f"-{narrowest}")


def print_degrees(entry: Entry) -> str | None:
    """Degrees, minutes and seconds; the parts may be fractions, and missing ones are zero."""
    parts = entry.numbers()[:3]
    if not parts or math.isnan(float(parts[0])):
        return ""
    total = sum(_finite(part) / 60**power for power, part in enumerate(parts))
    degrees, minutes = int(total), (total - int(total)) * 60
    seconds = f"{(minutes - int(minutes)) * 60:.2f}"
    if seconds == "60.00":
        seconds, minutes = "0.00", minutes + 1
    if int(minutes) >= 60:
        degrees, minutes = degrees + 1, 0
    return f"{degrees} deg {int(minutes)}' {seconds}\""


def print_clock(entry: Entry) -> str | None:
    parts = [_finite(part) for part in entry.numbers()[:3]]
    if len(parts) != 3:
        return None
    total = round(parts[0] * 3600 + parts[1] * 60 + parts[2], 9)
    hours, minutes = int(total // 3600), int(total % 3600 // 60)
    seconds = f"{total - hours * 3600 - minutes * 60:012.9f}".rstrip("0").rstrip(".")
    return f"{hours:02d}:{minutes:02d}:{seconds}"


def _finite(number: float | Rational) -> float:
    value = float(number)
    return value if math.isfinite(value) else 0.0


def print_pattern(entry: Entry) -> str | None:
    """Two sizes of 16 bits in either byte order, then a colour a byte (section 4.6.5, tag A302)."""
    for order in ("big", "little"):
        across, down = (int.from_bytes(entry.data[at : at + 2], order) for at in (0, 2))
        cells = entry.data[4:]
        if across and down and across * down == len(cells) <= _MAX_CELLS:
            names = [_COLOURS[cell] if cell < len(_COLOURS) else "Unknown" for cell in cells]
            return "".join(f"[{','.join(names[row : row + across])}]" for row in range(0, len(names), across))
    return None


def print_channels(entry: Entry) -> str:
    return ", ".join(_CHANNELS[code] if code < len(_CHANNELS) else f"Err ({code})" for code in entry.data[:8])
