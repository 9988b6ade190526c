"""Names of EXIF tags, and of the choices their numbers stand for, in the words that exiftool prints.

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

_LEVELS = {0: "Normal", 1: "Low", 2: "High"}
_RESOLUTION_UNITS = {1: "None", 2: "inches", 3: "cm", 4: "mm", 5: "um"}
_NORTHS = {"T": "True North", "M": "Magnetic North"}
_LATITUDES = {"N": "North", "S": "South"}
_LONGITUDES = {"E": "East", "W": "West"}
_DISTANCES = {"K": "Kilometers", "M": "Miles", "N": "Nautical Miles"}

_FIRED = {0: "No Flash", 1: "Fired", 5: "Fired, Return not detected", 7: "Fired, Return detected"}
_COMPULSORY_ON = {
    8: "On, Did not fire",
    9: "On, Fired",
    13: "On, Return not detected",
    15: "On, Return detected",
}
_OFF = {16: "Off, Did not fire", 20: "Off, Did not fire, Return not detected"}
_AUTO = {
    24: "Auto, Did not fire",
    25: "Auto, Fired",
    29: "Auto, Fired, Return not detected",
    31: "Auto, Fired, Return detected",
}
_NO_FUNCTION = {32: "No flash function", 48: "Off, No flash function"}
_RED_EYE = {
    65: "Fired, Red-eye reduction",
    69: "Fired, Red-eye reduction, Return not detected",
    71: "Fired, Red-eye reduction, Return detected",
    73: "On, Red-eye reduction",
    77: "On, Red-eye reduction, Return not detected",
    79: "On, Red-eye reduction, Return detected",
    80: "Off, Red-eye reduction",
    88: "Auto, Did not fire, Red-eye reduction",
    89: "Auto, Fired, Red-eye reduction",
    93: "Auto, Fired, Red-eye reduction, Return not detected",
    95: "Auto, Fired, Red-eye reduction, Return detected",
}

LETTERS: dict[str, dict[str, str]] = {
    "GPSLatitudeRef": _LATITUDES,
    "GPSDestLatitudeRef": _LATITUDES,
    "GPSLongitudeRef": _LONGITUDES,
    "GPSDestLongitudeRef": _LONGITUDES,
    "GPSTrackRef": _NORTHS,
    "GPSImgDirectionRef": _NORTHS,
    "GPSDestBearingRef": _NORTHS,
    "GPSDestDistanceRef": _DISTANCES,
    "GPSSpeedRef": {"K": "km/h", "M": "mph", "N": "knots"},
    "GPSStatus": {"A": "Measurement Active", "V": "Measurement Void"},
    "GPSMeasureMode": {"2": "2-Dimensional Measurement", "3": "3-Dimensional Measurement"},
    "InteropIndex": {
        "R98": "R98 - DCF basic file (sRGB)",
        "R03": "R03 - DCF option file (Adobe RGB)",
        "THM": "THM - DCF thumbnail file",
    },
}

CHOICES: dict[str, dict[int, str]] = {
    "SubfileType": {
        0: "Full-resolution image",
        1: "Reduced-resolution image",
        2: "Single page of multi-page image",
    },
    "OldSubfileType": {
        1: "Full-resolution image",
        2: "Reduced-resolution image",
        3: "Single page of multi-page image",
    },
    "Compression": {
        1: "Uncompressed",
        2: "CCITT 1D",
        3: "T4/Group 3 Fax",
        4: "T6/Group 4 Fax",
        5: "LZW",
        6: "JPEG (old-style)",
        7: "JPEG",
        8: "Adobe Deflate",
        32773: "PackBits",
        32946: "Deflate",
        34712: "JPEG 2000",
    },
    "PhotometricInterpretation": {
        0: "WhiteIsZero",
        1: "BlackIsZero",
        2: "RGB",
        3: "RGB Palette",
        4: "Transparency Mask",
        5: "CMYK",
        6: "YCbCr",
        8: "CIELab",
    },
    "PlanarConfiguration": {1: "Chunky", 2: "Planar"},
    "Predictor": {1: "None", 2: "Horizontal differencing", 3: "Floating point"},
    "SampleFormat": {1: "Unsigned", 2: "Signed", 3: "Float", 4: "Undefined"},
    "ExtraSamples": {0: "Unspecified", 1: "Associated Alpha", 2: "Unassociated Alpha"},
    "FillOrder": {1: "Normal", 2: "Reversed"},
    "Orientation": {
        1: "Horizontal (normal)",
        2: "Mirror horizontal",
        3: "Rotate 180",
        4: "Mirror vertical",
        5: "Mirror horizontal and rotate 270 CW",
        6: "Rotate 90 CW",
        7: "Mirror horizontal and rotate 90 CW",
        8: "Rotate 270 CW",
    },
    "ResolutionUnit": _RESOLUTION_UNITS,
    "FocalPlaneResolutionUnit": _RESOLUTION_UNITS,
    "YCbCrPositioning": {1: "Centered", 2: "Co-sited"},
    "ExposureProgram": {
        0: "Not Defined",
        1: "Manual",
        2: "Program AE",
        3: "Aperture-priority AE",
        4: "Shutter speed priority AE",
        5: "Creative (Slow speed)",
        6: "Action (High speed)",
        7: "Portrait",
        8: "Landscape",
        9: "Bulb",
    },
    "SensitivityType": {
        0: "Unknown",
        1: "Standard Output Sensitivity",
        2: "Recommended Exposure Index",
        3: "ISO Speed",
        4: "Standard Output Sensitivity and Recommended Exposure Index",
        5: "Standard Output Sensitivity and ISO Speed",
        6: "Recommended Exposure Index and ISO Speed",
        7: "Standard Output Sensitivity, Recommended Exposure Index and ISO Speed",
    },
    "MeteringMode": {
        0: "Unknown",
        1: "Average",
        2: "Center-weighted average",
        3: "Spot",
        4: "Multi-spot",
        5: "Multi-segment",
        6: "Partial",
        255: "Other",
    },
    "LightSource": {
        0: "Unknown",
        1: "Daylight",
        2: "Fluorescent",
        3: "Tungsten (Incandescent)",
        4: "Flash",
        9: "Fine Weather",
        10: "Cloudy",
        11: "Shade",
        12: "Daylight Fluorescent",
        13: "Day White Fluorescent",
        14: "Cool White Fluorescent",
        15: "White Fluorescent",
        16: "Warm White Fluorescent",
        17: "Standard Light A",
        18: "Standard Light B",
        19: "Standard Light C",
        20: "D55",
        21: "D65",
        22: "D75",
        23: "D50",
        24: "ISO Studio Tungsten",
        255: "Other",
    },
    "Flash": _FIRED | _COMPULSORY_ON | _OFF | _AUTO | _NO_FUNCTION | _RED_EYE,
    "ColorSpace": {
        1: "sRGB",
        2: "Adobe RGB",
        0xFFFD: "Wide Gamut RGB",
        0xFFFE: "ICC Profile",
        0xFFFF: "Uncalibrated",
    },
    "SensingMethod": {
        1: "Monochrome area",
        2: "One-chip color area",
        3: "Two-chip color area",
        4: "Three-chip color area",
        5: "Color sequential area",
        6: "Monochrome linear",
        7: "Trilinear",
        8: "Color sequential linear",
    },
    "FileSource": {1: "Film Scanner", 2: "Reflection Print Scanner", 3: "Digital Camera"},
    "SceneType": {1: "Directly photographed"},
    "CustomRendered": {
        0: "Normal",
        1: "Custom",
        2: "HDR (no original saved)",
        3: "HDR (original saved)",
        4: "Original (for HDR)",
        6: "Panorama",
        7: "Portrait HDR",
        8: "Portrait",
    },
    "ExposureMode": {0: "Auto", 1: "Manual", 2: "Auto bracket"},
    "WhiteBalance": {0: "Auto", 1: "Manual"},
    "SceneCaptureType": {0: "Standard", 1: "Landscape", 2: "Portrait", 3: "Night", 4: "Other"},
    "GainControl": {0: "None", 1: "Low gain up", 2: "High gain up", 3: "Low gain down", 4: "High gain down"},
    "Contrast": _LEVELS,
    "Saturation": _LEVELS,
    "Sharpness": {0: "Normal", 1: "Soft", 2: "Hard"},
    "SubjectDistanceRange": {0: "Unknown", 1: "Macro", 2: "Close", 3: "Distant"},
    "CompositeImage": {
        0: "Unknown",
        1: "Not a Composite Image",
        2: "General Composite Image",
        3: "Composite Image Captured While Shooting",
    },
    "GPSAltitudeRef": {0: "Above Sea Level", 1: "Below Sea Level"},
    "GPSDifferential": {0: "No Correction", 1: "Differential Corrected"},
}
