"""Numbers, each with one value at most: by value a set."""

from array import array
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from pyroaring import BitMap

Value = TypeVar("Value", bound=Hashable)


class Partition(Generic[Value]):
    """Remembers each number's value in four bytes, so that a change costs the same however many values."""

    def __init__(self) -> None:
        self.sets: dict[Value, BitMap] = {}
        self._codes: dict[Value, int] = {}
        self._values: list[Value | None] = [None]
        self._code_of = array("I")

    def put(self, number: int, value: Value | None) -> bool:
        """Let the number have this value; None: none. Whether it had another."""
        self._grow(number)
        old = self._values[self._code_of[number]]
        if old is not None:
            self.sets[old].discard(number)
        self._code_of[number] = 0 if value is None else self._code(value)
        if value is not None:
            self.sets[value].add(number)
        return value != old

    def load(self, numbers: Sequence[int], values: Sequence[Value | None]) -> None:
        """Put many that have no value yet, at a fraction of the time."""
        self._grow(max(numbers))
        by_value: dict[Value, list[int]] = {}
        for number, value in zip(numbers, values, strict=True):
            if value is not None:
                by_value.setdefault(value, []).append(number)
        codes = self._code_of
        for value, found in by_value.items():
            code = self._code(value)
            self.sets[value].update(found)
            for number in found:
                codes[number] = code

    def having(self, values: Iterable[Value]) -> BitMap:
        """The numbers that have one of these values; not to be changed."""
        found = [self.sets[value] for value in values if value in self.sets]
        if len(found) == 1:
            return found[0]
        return BitMap.union(*found) if found else BitMap()

    def _grow(self, number: int) -> None:
        if number >= len(self._code_of):
            self._code_of.frombytes(bytes(4 * (number + 1 - len(self._code_of))))

    def _code(self, value: Value) -> int:
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self._values)
            self._values.append(value)
            self.sets[value] = BitMap()
        return code
