"""The stable codes of problem documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from gallery.errors import GalleryError


@dataclass(frozen=True, slots=True)
class Code:
    """A stable code of a problem document."""

    name: str
    status: int
    sentence: str


def codes() -> list[Code]:
    """Every code that a problem document can have."""
    found = {
        error.code: Code(error.code, error.status, (error.__doc__ or "").strip().partition("\n")[0])
        for error in _errors(GalleryError)
    }
    return sorted(found.values(), key=lambda code: code.name)


def _errors(kind: type[GalleryError]) -> Iterator[type[GalleryError]]:
    for error in kind.__subclasses__():
        yield error
        yield from _errors(error)
