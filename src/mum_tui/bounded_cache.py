"""A dictionary of values that can be made again, with room for so many of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Keeps up to ``size`` values; a further one takes the place of the value that was put in first.

    Reading costs one look-up and changes nothing, so that values may be read in any thread.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __reversed__(self) -> Iterator[K]:
        """The keys, the latest first."""
        return reversed(self._values)

    def __getitem__(self, key: K) -> V:
        return self._values[key]

    def get(self, key: K) -> V | None:
        """The value; None where it is not kept."""
        return self._values.get(key)

    def __setitem__(self, key: K, value: V) -> None:
        while len(self._values) >= self._size and key not in self._values:
            del self._values[next(iter(self._values))]
        self._values[key] = value

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """The value, made and kept where it is not kept yet."""
        if key not in self._values:
            self[key] = make()
        return self._values[key]

    def clear(self) -> None:
        """Keep nothing."""
        self._values.clear()
