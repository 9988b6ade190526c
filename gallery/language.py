"""The language in which a person is spoken to, and what the gallery's sentences are in it.

The sentences stand in the program in English and are their own keys; `translations/`
says them in another language. A catalogue is read when it is first asked for, so nothing compiled can be
stale. The language belongs to a context (PEP 567) that the edge sets for each request; whatever runs outside
one speaks English.
"""

from collections.abc import ItemsView
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeVar

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

FOLDER = Path(__file__).parent / "translations"
CATALOGUE = "LC_MESSAGES/messages.po"
SCRIPTS = "static/js/"
ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted(path.parts[-3] for path in FOLDER.glob(f"*/{CATALOGUE}")))
_Key = TypeVar("_Key")
_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


class Sentences(NamedTuple):
    """What one language's catalogue holds."""

    all: Translations
    of_scripts: dict[str, dict[str, str]]
    """By a module's path under `static/js/`, without suffix: what it says, by its English."""


def spoken() -> str:
    """The language of this context, as a code of `LANGUAGES`."""
    return _spoken.get()


def speak(language: str) -> None:
    """From now on in this context."""
    _spoken.set(language if language in LANGUAGES else ENGLISH)


def locale() -> Locale:
    """How the language writes dates and numbers."""
    return _locale(_spoken.get())


def translated(message: str) -> str:
    """The sentence as the catalogue has it."""
    language = _spoken.get()
    return message if language == ENGLISH or not message else sentences(language).all.gettext(message)


def translated_number(one: str, many: str, number: int) -> str:
    """The sentence for a number of things as the catalogue has it."""
    language = _spoken.get()
    if language == ENGLISH:
        return one if number == 1 else many
    return sentences(language).all.ngettext(one, many, number)


def gettext(message: str, **values: object) -> str:
    """The sentence, its `%(name)s` replaced where values are given."""
    said = translated(message)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The sentence for a number of things; `%(num)s` is that number."""
    said = translated_number(one, many, number)
    return said % ({"num": number} | values)


def number_said(number: int) -> str:
    """A whole number as the language writes it."""
    return format_decimal(number, locale=locale())


def later(message: str) -> str:
    """Marks a sentence that is kept in a table and translated when it is shown."""
    return message


class Phrases(dict[_Key, str]):
    """A table of marked sentences, each of which is answered in the language spoken."""

    def __getitem__(self, key: _Key) -> str:
        return translated(super().__getitem__(key))

    def items(self) -> ItemsView[_Key, str]:  # type: ignore[override]  # a view of a copy
        """The pairs, in the language spoken."""
        return {key: self[key] for key in self}.items()


@lru_cache
def sentences(language: str) -> Sentences:
    """The catalogue of a language other than English."""
    with (FOLDER / language / CATALOGUE).open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Sentences(Translations(compiled), _of_scripts(catalog))


def _of_scripts(catalog: Catalog) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for message in catalog:
        if isinstance(message.id, str) and isinstance(message.string, str) and message.string:
            for path, _ in message.locations:
                if path.startswith(SCRIPTS) and path.endswith(".js"):
                    module = path.removeprefix(SCRIPTS).removesuffix(".js")
                    found.setdefault(module, {})[message.id] = message.string
    return found


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
