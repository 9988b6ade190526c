"""The EXIF that an invented camera writes. Tag names and types: Exif 3.0, sections 4.6.5 to 4.6.7."""

from dataclasses import dataclass
from datetime import UTC
from random import Random

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from gallery.demo.capture import Capture


@dataclass(frozen=True, slots=True)
class Body:
    make: str
    model: str
    lens: str
    software: str
    aperture: float
    focal_mm: float
    focal_in_35_mm: int


BODIES = (
    Body(
        "Northlight",
        "Fieldphone 7",
        "Fieldphone 7 back camera 5.9mm f/1.8",
        "Fieldphone OS 26.2",
        1.8,
        5.9,
        25,
    ),
    Body(
        "Northlight",
        "Fieldphone 6a",
        "Fieldphone 6a back camera 4.4mm f/2.0",
        "Fieldphone OS 25.7",
        2.0,
        4.4,
        26,
    ),
    Body("Kestrel Optical", "KX-40", "KX 16-55mm F2.8 WR", "KX-40 Ver.2.10", 5.6, 24.0, 36),
    Body("Skyward", "Heron 3", "Heron 3 24mm f/2.8", "v03.14.0210", 2.8, 8.8, 24),
)


def exif_block(capture: Capture, orientation: int, seed: str) -> Image.Exif:
    rng = Random(f"exif {seed}")  # noqa: S311 - it varies sample exposures
    body = rng.choice(BODIES)
    stamp = f"{capture.taken_at:%Y:%m:%d %H:%M:%S}"
    exif = Image.Exif()
    base = ExifTags.Base
    exif.update({
        base.Make: body.make, base.Model: body.model, base.Orientation: orientation,
        base.Software: body.software, base.DateTime: stamp,
    })  # fmt: skip
    exif.get_ifd(ExifTags.IFD.Exif).update(_exposure(body, rng) | _clock(capture, stamp))
    if capture.exif is not None:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_receiver(capture, *capture.exif))
    return exif


def _exposure(body: Body, rng: Random) -> dict[int, object]:
    base = ExifTags.Base
    return {
        base.ExposureTime: IFDRational(1, rng.choice((30, 60, 125, 250, 500, 1000, 2000))),
        base.FNumber: IFDRational(round(body.aperture * 10), 10),
        base.ISOSpeedRatings: rng.choice((50, 64, 100, 200, 400, 800)),
        base.ExifVersion: b"0232",
        base.FocalLength: IFDRational(round(body.focal_mm * 10), 10),
        base.FocalLengthIn35mmFilm: body.focal_in_35_mm,
        base.LensMake: body.make,
        base.LensModel: body.lens,
    }


def _clock(capture: Capture, stamp: str) -> dict[int, object]:
    base = ExifTags.Base
    offset = f"{capture.taken_at:%z}"
    offset = f"{offset[:3]}:{offset[3:]}"
    return {
        base.DateTimeOriginal: stamp, base.DateTimeDigitized: stamp,
        base.OffsetTime: offset, base.OffsetTimeOriginal: offset, base.OffsetTimeDigitized: offset,
    }  # fmt: skip


def _receiver(capture: Capture, latitude: float, longitude: float) -> dict[int, object]:
    gps, utc = ExifTags.GPS, capture.taken_at.astimezone(UTC)
    return {
        gps.GPSVersionID: b"\x02\x03\x00\x00",
        gps.GPSLatitudeRef: "N" if latitude >= 0 else "S", gps.GPSLatitude: _sexagesimal(latitude),
        gps.GPSLongitudeRef: "E" if longitude >= 0 else "W", gps.GPSLongitude: _sexagesimal(longitude),
        gps.GPSAltitudeRef: b"\x00", gps.GPSAltitude: IFDRational(round(capture.altitude_m * 10), 10),
        gps.GPSTimeStamp: (IFDRational(utc.hour, 1), IFDRational(utc.minute, 1), IFDRational(utc.second, 1)),
        gps.GPSMapDatum: "WGS-84", gps.GPSDateStamp: f"{utc:%Y:%m:%d}",
        gps.GPSHPositioningError: IFDRational(round(capture.exif_error_m * 10), 10),
    }  # fmt: skip


def _sexagesimal(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Degrees, minutes and seconds to a ten-thousandth, about 3 mm."""
    parts = round(abs(degrees) * 36_000_000)
    whole, rest = divmod(parts, 36_000_000)
    minutes, seconds = divmod(rest, 600_000)
    return IFDRational(whole, 1), IFDRational(minutes, 1), IFDRational(seconds, 10_000)
