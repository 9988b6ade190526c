"""The header that makes a browser save a picture under a name, whatever the name is."""

import re
from urllib.parse import quote

MAX_CHARACTERS = 150


def attachment(name: str) -> str:
    """The value of Content-Disposition (RFC 6266): a plain name for old clients, the true one in UTF-8.

    Neither names a folder; of a long name the end is kept, with its extension.
    """
    name = re.sub(r"[/\\]", "_", name)[-MAX_CHARACTERS:]
    plain = re.sub(r"[^ -~]|[\"%]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
