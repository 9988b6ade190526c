"""What the number of the EXIF tag Flash stands for, in the words that exiftool prints.

Source: Exif 2.32 (CIPA DC-008), 4.6.5, tag 37385: each bit says something, and not every sum makes sense.
"""

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

FLASH = _FIRED | _COMPULSORY_ON | _OFF | _AUTO | _NO_FUNCTION | _RED_EYE
