"""The images that have a word, for words that were asked for and for those that very many images have."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pyroaring import BitMap

MOST_HELD = 300
"""Words that were asked for; the ones asked for long ago are let go."""


class Asked(NamedTuple):
    """A word, or the beginning of one."""

    word: str
    is_begun: bool

    def is_among(self, words: set[str]) -> bool:
        """Whether one of these words is meant."""
        if not self.is_begun:
            return self.word in words
        return any(word.startswith(self.word) for word in words)


class WordSets:
    """What is held is kept true by `put`; a common word is never let go."""

    def __init__(self) -> None:
        self._held: OrderedDict[Asked, BitMap] = OrderedDict()
        self._common: dict[str, BitMap] = {}

    def hold_common(self, word: str, numbers: Iterable[int]) -> None:
        """These images have the word."""
        self._common[word] = BitMap(numbers)

    def common_from(self, beginning: str) -> dict[str, BitMap]:
        """The common words that begin so."""
        return {word: held for word, held in self._common.items() if word.startswith(beginning)}

    def having(self, asked: Asked, find: Callable[[], BitMap]) -> BitMap:
        """The images that have it, found once; not to be changed."""
        if not asked.is_begun and asked.word in self._common:
            return self._common[asked.word]
        if asked not in self._held:
            while len(self._held) >= MOST_HELD:
                self._held.popitem(last=False)
            self._held[asked] = find()
        self._held.move_to_end(asked)
        return self._held[asked]

    def forget_asked(self) -> None:
        """Hold none but the common words."""
        self._held.clear()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held, so that nothing has to be followed."""
        return not self._held and not self._common

    def put(self, number: int, words: Iterable[str]) -> None:
        """The image has these words and no others."""
        present = set(words)
        for asked, numbers in self._held.items():
            (numbers.add if asked.is_among(present) else numbers.discard)(number)
        for word, numbers in self._common.items():
            (numbers.add if word in present else numbers.discard)(number)
