"""How a personal token is written: so that people, and programs that look for leaked secrets, know it."""

import hashlib
import secrets
import string
import zlib

PREFIX = "evident_"
SHOWN_LETTERS = len(PREFIX) + 4
"""So many of the first are kept, for its owner to know it by."""
_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM_LETTERS, _CHECK_LETTERS = 34, 6


def new_text() -> str:
    """A text that nobody has and nobody guesses."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_LETTERS))
    return PREFIX + letters + _check(letters)


def is_well_formed(text: str) -> bool:
    """Whether the text's last letters fit the others: a misspelt token is known without a look-up."""
    letters = text.removeprefix(PREFIX)
    is_whole = text.startswith(PREFIX) and len(letters) == _RANDOM_LETTERS + _CHECK_LETTERS
    return is_whole and _check(letters[:_RANDOM_LETTERS]) == letters[_RANDOM_LETTERS:]


def digest_of(text: str) -> str:
    """What stands for the token in the database. 200 random bits need no slow digest."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check(letters: str) -> str:
    """CRC-32 of the random letters in base 62."""
    number, written = zlib.crc32(letters.encode()), ""
    while number:
        number, digit = divmod(number, len(_ALPHABET))
        written = _ALPHABET[digit] + written
    return written.rjust(_CHECK_LETTERS, _ALPHABET[0])
