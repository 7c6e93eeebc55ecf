"""A cache never holds more than it may, and keeps the latest values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mum_tui.bounded_cache import BoundedCache


@given(st.integers(1, 9), st.lists(st.integers(0, 20), max_size=60))
def test_it_holds_the_latest_values_and_no_more_than_it_may(size: int, keys: list[int]) -> None:
    cache: BoundedCache[int, str] = BoundedCache(size)
    made: list[int] = []

    def make(key: int) -> str:
        made.append(key)
        return str(key)

    for key in keys:
        before = len(made)
        assert cache.get_or_make(key, lambda key=key: make(key)) == str(key)  # type: ignore[misc]  # a bound default
        assert len(cache) <= size
        assert key in cache
        assert cache.get_or_make(key, lambda: "not made again") == str(key)
        assert len(made) - before in (0, 1)
    assert list(reversed(cache))[:1] == [key for key in made if key in cache][-1:]
    cache.clear()
    assert (len(cache), cache.get(0)) == (0, None)


def test_one_value_replaces_another_under_its_key() -> None:
    cache: BoundedCache[str, int] = BoundedCache(2)
    cache["a"], cache["b"] = 1, 2
    cache["b"] = 3
    assert (cache["a"], cache["b"], len(cache)) == (1, 3, 2)
