"""Text as searches see it: words without accents and case, the same on every database."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORD, MOST_WORDS, MOST_ASKED = 60, 5_000, 20
"""Of a word in characters; of one image and one search in words: the rest is left out."""
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart."""
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\d+|\D+")
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: each character is a word."""


def folded(text: str) -> str:
    """Without accents and case: `Façade`, `FAÇADE` and `facade` are the same."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", bare).casefold().translate(_PLAIN)


def words_of(*texts: str) -> list[str]:
    """The words that texts are found by, each once and sorted; `IMG2034` also by `img` and by `2034`."""
    found: set[str] = set()
    for text in texts:
        for word in _split(text):
            found.add(word)
            runs = _RUN.findall(word)
            if len(runs) > 1:
                found.update(runs)
        if len(found) > MOST_WORDS:
            break
    return sorted(found)[:MOST_WORDS]


def words_asked(text: str) -> list[str]:
    """The words of a search, in their order, each once; the last may be the beginning of one."""
    return list(dict.fromkeys(_split(text)))[:MOST_ASKED]


def _split(text: str) -> Iterator[str]:
    apart = _WITHOUT_SPACES.sub(r" \g<0> ", folded(text))
    return (found[0][:LONGEST_WORD] for found in _WORD.finditer(apart))
