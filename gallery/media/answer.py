"""What a decoding child answers, read as data: a child that its file took over may answer anything."""

import pickle
from dataclasses import is_dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

from gallery.errors import GalleryError


def unpickled(answer: bytes) -> tuple[Exception | str | None, Any]:
    """(what was raised, or its traceback as text, or None; the value). Raises ValueError for nonsense."""
    try:
        raised, value = _Values(BytesIO(answer)).load()
    except Exception as error:
        raise ValueError("a child answered with what is no answer") from error
    if raised is None or isinstance(raised, Exception | str):
        return raised, value
    raise ValueError("a child raised what is no error")


class _Values(pickle.Unpickler):
    """Unpickles plain values, dates, and the values and errors of `gallery.media`; nothing to call."""

    def find_class(self, module: str, name: str) -> Any:
        """The class, if it is one of those."""
        if (module, name) in _KNOWN:
            return super().find_class(module, name)
        if (module == "gallery.errors" or module.startswith("gallery.media.")) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module and _is_value(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


_KNOWN = {("datetime", name) for name in ("datetime", "timezone", "timedelta")}
_KNOWN |= {("builtins", "FileNotFoundError")}


def _is_value(found: type) -> bool:
    return issubclass(found, GalleryError | tuple | StrEnum) or is_dataclass(found)
