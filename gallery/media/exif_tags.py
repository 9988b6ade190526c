"""Names of EXIF tags, as exiftool prints them.

Sources: Exif 2.32 (CIPA DC-008), tables 4 to 15; TIFF 6.0. Most names are Pillow's; exiftool renames some.
"""

from PIL.ExifTags import GPSTAGS, TAGS

EXIF_POINTER, GPS_POINTER, INTEROP_POINTER = 0x8769, 0x8825, 0xA005

_UNPRINTED = {
    *(0x0111, 0x0117, 0x0144, 0x0145, 0x014A, 0x0201, 0x0202, 0x015B),  # where pixels lie
    *(0x012D, 0x0140, 0x02BC, 0x83BB, 0x8649, 0x8773, 0x927C, 0xC4A5, 0xEA1C),  # blobs: MakerNote, XMP, ICC…
    *(0x8828, 0xA20C, 0xA40B, EXIF_POINTER, GPS_POINTER, INTEROP_POINTER),
}
_RENAMED = {
    0x00FE: "SubfileType",
    0x00FF: "OldSubfileType",
    0x0101: "ImageHeight",
    0x0132: "ModifyDate",
    0x1001: "RelatedImageWidth",
    0x1002: "RelatedImageHeight",
    0x4746: "Rating",
    0x4749: "RatingPercent",
    0x828F: "BatteryLevel",
    0x8827: "ISO",
    0x882A: "TimeZoneOffset",
    0x9004: "CreateDate",
    0x9204: "ExposureCompensation",
    0x9214: "SubjectArea",
    0x9290: "SubSecTime",
    0x9291: "SubSecTimeOriginal",
    0x9292: "SubSecTimeDigitized",
    0x9400: "AmbientTemperature",
    0xA000: "FlashpixVersion",
    0xA002: "ExifImageWidth",
    0xA003: "ExifImageHeight",
    0xA405: "FocalLengthIn35mmFormat",
    0xA430: "OwnerName",
    0xA431: "SerialNumber",
    0xA432: "LensInfo",
    0xA435: "LensSerialNumber",
    0xA500: "Gamma",
    0xEA1D: "OffsetSchema",
}

NAMES = {tag: name for tag, name in (TAGS | _RENAMED).items() if tag not in _UNPRINTED}
GPS_NAMES = dict(GPSTAGS)
INTEROP_NAMES = {1: "InteropIndex", 2: "InteropVersion", 0x1001: NAMES[0x1001], 0x1002: NAMES[0x1002]}
