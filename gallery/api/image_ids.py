"""The ids of images, as a call names them."""

import re

from gallery.errors import GalleryError

IDS = ("ids[]", "ids")
"""The parameters that name them."""
MAX_IDS = 1_000
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)


class BadIds(GalleryError):
    """The ids asked for are too many, or not a list."""

    code = "bad_ids"


def well_formed(ids: list[str]) -> list[str]:
    """Those that can be ids, each once. Raises BadIds for too many."""
    if len(ids) > MAX_IDS:
        raise BadIds(f"At most {MAX_IDS:,} ids can be asked for at once; these are {len(ids):,}.")
    return list({plain for text in ids if _UUID.fullmatch(plain := text.strip().lower())})
