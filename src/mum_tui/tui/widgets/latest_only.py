"""Work in a thread of which only the result for the latest wish is shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

from textual.screen import Screen

Wish = TypeVar("Wish", bound=Hashable)
Result = TypeVar("Result")


class Latest(Generic[Wish, Result]):
    """Makes one result at a time; what was wished for meanwhile and no longer is, is never made.

    Args:
        screen: where the work belongs; once it is closed, nothing is shown.
        make: called in a thread. It must neither raise nor touch the screen.
        show: called with what is still wished for.
    """

    def __init__(
        self, screen: Screen[Any], make: Callable[[Wish], Result], show: Callable[[Wish, Result], None]
    ) -> None:
        self._screen = screen
        self._make = make
        self._show = show
        self._wanted: Wish | None = None
        self._is_busy = False

    def ask(self, wish: Wish) -> None:
        """Wish for this instead of anything else."""
        self._wanted = wish
        if not self._is_busy:
            self._is_busy = True
            self._screen.run_worker(partial(self._work, wish), thread=True, group="latest")

    def forget(self) -> None:
        """Wish for nothing."""
        self._wanted = None

    def _work(self, wish: Wish) -> None:
        # Posted, not waited for: a thread that waits would keep a program that ends from ending.
        self._screen.call_later(self._done, wish, self._make(wish))

    def _done(self, wish: Wish, result: Result) -> None:
        self._is_busy = False
        if wish == self._wanted:
            self._show(wish, result)
        elif self._wanted is not None and self._screen.is_attached:
            self.ask(self._wanted)
