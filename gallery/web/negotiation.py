"""What the caller says of itself that decides which picture it gets."""

import math

from flask import Request

HINTS = ("Sec-CH-DPR", "DPR")
"""Pixels of the screen for one of the page; the first that is sent counts."""
DPR_RANGE = (1.0, 3.0)


def accepted_types(request: Request) -> frozenset[str]:
    """The content types that the caller accepts by name; `*/*` names none, and `q=0` refuses."""
    return frozenset(name.lower() for name, quality in request.accept_mimetypes if quality > 0)


def dpr_hint(request: Request) -> float:
    """1.0 to 3.0 in hundredths, so that no caller can have more than 201 pictures made by one URL."""
    text = next((request.headers[name] for name in HINTS if name in request.headers), "1")
    try:
        ratio = float(text)
    except ValueError:
        return DPR_RANGE[0]
    low, high = DPR_RANGE
    return low if math.isnan(ratio) else round(min(max(ratio, low), high), 2)
