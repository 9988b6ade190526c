"""The records of a long JSON array, one after the other, in bounded memory."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from gallery.mirror.remote import RemoteFailed

BLOCK_BYTES = 256 * 1024
MOST_CHARACTERS = 8 * 1024**2
"""Of one record."""


def records_in(file: BinaryIO) -> Iterator[Any]:
    """Each element of the array. Raises RemoteFailed where it breaks off or is no array."""
    decoder, text = json.JSONDecoder(parse_constant=_refuse_constant), _Text(file)
    if text.next_character() != "[":
        raise RemoteFailed("The list of records is no JSON array.")
    if text.next_character(peek=True) == "]":
        return
    while True:
        yield text.next_value(decoder)
        separator = text.next_character()
        if separator == "]":
            return
        if separator != ",":
            raise RemoteFailed("The list of records breaks off or is damaged.")


class _Text:
    """What has been read and not yet used."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._rest = ""

    def next_character(self, *, peek: bool = False) -> str:
        """The next that is no space; empty: there is none."""
        self._rest = self._rest.lstrip()
        while not self._rest and self._read():
            self._rest = self._rest.lstrip()
        found = self._rest[:1]
        if not peek:
            self._rest = self._rest[1:]
        return found

    def next_value(self, decoder: json.JSONDecoder) -> Any:
        """The next value, reading on for as long as it is not whole."""
        self.next_character(peek=True)
        while True:
            try:
                value, end = decoder.raw_decode(self._rest)
            except RecursionError:
                raise RemoteFailed("A record is nested too deeply.") from None
            except ValueError:
                if len(self._rest) > MOST_CHARACTERS or not self._read():
                    raise RemoteFailed("The list of records breaks off or is damaged.") from None
            else:
                self._rest = self._rest[end:]
                return value

    def _read(self) -> bool:
        block = self._file.read(BLOCK_BYTES)
        try:
            self._rest += self._decode(block, final=not block)
        except UnicodeDecodeError:
            raise RemoteFailed("The list of records is not in UTF-8.") from None
        return bool(block)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
