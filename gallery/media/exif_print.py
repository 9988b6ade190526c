"""Values of EXIF tags in the form that exiftool prints by default."""

import math
from collections.abc import Callable

from gallery.media import exif_forms as forms
from gallery.media.exif_choices import CHOICES, LETTERS
from gallery.media.exif_text import clean, decode, decode_comment, decode_copyright, decode_windows
from gallery.media.ifd import Entry, Rational

_MAX_NUMBERS = 64
_TRIMMED = {"Make", "Model", "Software", "Artist", "SubSecTime", "SubSecTimeOriginal", "SubSecTimeDigitized"}


def print_value(name: str, entry: Entry) -> str | None:
    """The value as text, clean and cut; None for a blob or a value that makes no sense."""
    printer = _PRINTERS.get(name)
    text = printer(entry) if printer else _print_plain(name, entry)
    return None if text is None else clean(text)


def _print_plain(name: str, entry: Entry) -> str | None:
    if name in LETTERS:
        letter = decode(entry.data).strip()
        return LETTERS[name].get(letter.upper(), f"Unknown ({letter})")
    if name in CHOICES:
        return _print_choices(name, entry)
    if entry.is_text:
        text = decode(entry.data)
        return text.rstrip() if name in _TRIMMED else text
    if entry.is_undefined:
        return None
    numbers = entry.numbers()
    return " ".join(map(forms.print_number, numbers)) if len(numbers) <= _MAX_NUMBERS else None


def _print_choices(name: str, entry: Entry) -> str | None:
    numbers = entry.numbers()[:_MAX_NUMBERS]
    return "; ".join(_print_choice(name, number) for number in numbers) or None


def _print_choice(name: str, number: float | Rational) -> str:
    code = int(number) if isinstance(number, int | float) and math.isfinite(number) else -1
    unknown = f"Unknown (0x{code:x})" if name == "Flash" else f"Unknown ({forms.print_number(number)})"
    return CHOICES[name].get(code, unknown)


def _number(entry: Entry) -> float:
    """The first number, rounded as printed; NaN where there is none."""
    numbers = [] if entry.is_text else entry.numbers()
    return float(f"{float(numbers[0]):.10g}") if numbers else math.nan


def _printed(form: Callable[[float], str]) -> Callable[[Entry], str | None]:
    """A printer for one number; what is not finite is printed plainly."""

    def printer(entry: Entry) -> str | None:
        number = _number(entry)
        return form(number) if math.isfinite(number) else _print_plain("", entry)

    return printer


_PRINTERS: dict[str, Callable[[Entry], str | None]] = (
    {
        "ExposureTime": _printed(forms.print_seconds),
        "ShutterSpeedValue": _printed(forms.print_shutter),
        "FNumber": _printed(forms.print_f_number),
        "ApertureValue": _printed(forms.print_aperture),
        "MaxApertureValue": _printed(forms.print_aperture),
        "ExposureCompensation": _printed(forms.print_steps),
        "FocalLength": _printed(lambda length_mm: f"{length_mm:.1f} mm"),
        "FocalLengthIn35mmFormat": _printed(lambda length_mm: f"{length_mm:.10g} mm"),
        "SubjectDistance": _printed(lambda distance_m: f"{distance_m:.10g} m"),
        "GPSAltitude": _printed(lambda altitude_m: f"{altitude_m:.10g} m"),
        "GPSHPositioningError": _printed(lambda radius_m: f"{radius_m:.10g} m"),
        "LensInfo": forms.print_lens,
        "GPSLatitude": forms.print_degrees,
        "GPSLongitude": forms.print_degrees,
        "GPSDestLatitude": forms.print_degrees,
        "GPSDestLongitude": forms.print_degrees,
        "GPSTimeStamp": forms.print_clock,
        "GPSVersionID": lambda entry: ".".join(map(str, entry.data[:8])),
        "GPSProcessingMethod": decode_comment,
        "GPSAreaInformation": decode_comment,
        "UserComment": decode_comment,
        "Copyright": lambda entry: decode_copyright(entry.data),
        "ISO": lambda entry: ", ".join(map(forms.print_number, entry.numbers()[:_MAX_NUMBERS])),
        "ComponentsConfiguration": forms.print_channels,
        "CFAPattern": forms.print_pattern,
    }
    | dict.fromkeys(("XPTitle", "XPComment", "XPAuthor", "XPKeywords", "XPSubject"), decode_windows)
    | {
        name: lambda entry: decode(entry.data)
        for name in ("ExifVersion", "FlashpixVersion", "InteropVersion")
    }
)
