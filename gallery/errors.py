"""Named errors: raised low with a sentence for the person who asked, rendered once at the edge."""

from collections.abc import Callable
from typing import ClassVar

from gallery.language import number_said, translated


class GalleryError(Exception):
    """Something that was asked for cannot be done; `str(error)` is a public sentence, in English.

    `code` is stable and machine-readable, `status` the HTTP status the edge answers with.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400

    def __init__(self, sentence: str = "", **values: str | int) -> None:
        """`%(name)s` in the sentence is one of the values."""
        super().__init__(_filled(sentence, values, lambda number: f"{number:,}"))
        self.sentence, self.values = sentence, values

    def said(self) -> str:
        """The sentence in the language spoken."""
        return _filled(translated(self.sentence), self.values, number_said)


def _filled(sentence: str, values: dict[str, str | int], number: Callable[[int], str]) -> str:
    written = {name: number(value) if isinstance(value, int) else value for name, value in values.items()}
    return sentence % written if values else sentence


class SettingInvalid(GalleryError):
    """A `GALLERY_…` setting cannot be used; the sentence names it."""

    code = "setting_invalid"
    status = 500


class NotFound(GalleryError):
    """The thing does not exist, or the person asking may not know that it does."""

    code = "not_found"
    status = 404


class UnsupportedFile(GalleryError):
    """The bytes are of no format that the gallery keeps."""

    code = "unsupported_file"
    status = 415


class CorruptFile(GalleryError):
    """The bytes begin as a known format but cannot be read as a picture."""

    code = "corrupt_file"
    status = 422


class TooLarge(GalleryError):
    """The file has more bytes, pixels or pages, or takes more time or memory, than the settings allow."""

    code = "too_large"
    status = 413


class StorageFull(GalleryError):
    """There is no room on the disk; nothing was kept, and the same may be tried again."""

    code = "storage_full"
    status = 507


class Busy(GalleryError):
    """Everything that could do it is at work on something else; asking again later helps."""

    code = "busy"
    status = 503


class BadChain(GalleryError):
    """A chain of transformations that says nothing we know."""

    code = "bad_chain"
    status = 400


class BadSignature(GalleryError):
    """A signed address that was changed, or signed with a secret that is not ours."""

    code = "bad_signature"
    status = 401
