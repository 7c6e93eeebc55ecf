"""A cache of limited size, for values that can be computed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Keeps up to ``size`` values; when it is full, it drops the oldest quarter.

    Reading is one look-up and changes nothing, so it is safe in any thread.
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
        return reversed(tuple(self._values))

    def __getitem__(self, key: K) -> V:
        return self._values[key]

    def get(self, key: K) -> V | None:
        """The cached value, or None."""
        return self._values.get(key)

    def __setitem__(self, key: K, value: V) -> None:
        if len(self._values) >= self._size and key not in self._values:
            # Many at once: a dictionary whose first keys were removed one by one finds its first key slowly.
            for oldest in tuple(self._values)[: self._size // 4 + 1]:
                self._values.pop(oldest, None)
        self._values[key] = value

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """The cached value; if there is none, make and cache it. ``make`` must not return None."""
        value = self._values.get(key)
        if value is None:
            self[key] = value = make()
        return value

    def clear(self) -> None:
        """Remove all values."""
        self._values.clear()
