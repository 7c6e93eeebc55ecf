"""How many examples hypothesis tries: few while one works, many in the long checks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")

FACTOR = float(os.environ.get("MUM_TUI_TEST_EXAMPLES", "0.15"))
"""What the numbers in the tests are multiplied with; ``make test-slow`` sets it to 5."""


def examples(count: int) -> settings:
    """Settings for a property that is tried with ``count`` examples, without a limit of time for each."""
    return settings(max_examples=max(round(count * FACTOR), 10), deadline=None)


settings.register_profile("tests", examples(100))
settings.load_profile("tests")


def some(items: Sequence[T], each: int = 3) -> Sequence[T]:
    """Every third (or ``each``) of them while one works, all in the long checks."""
    return items[:: 1 if FACTOR >= 1 else each]
