"""Work in a thread; only the result of the latest request is shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

from textual.screen import Screen

Request = TypeVar("Request", bound=Hashable)
Result = TypeVar("Result")


class LatestOnly(Generic[Request, Result]):
    """Makes one result at a time; a request that a later one replaced before its turn is never made.

    Args:
        screen: the screen that runs the work; once it is closed, nothing is shown.
        make: called in a thread. It must neither raise nor touch the screen.
        show: called with the latest request and its result.
    """

    def __init__(
        self, screen: Screen[Any], make: Callable[[Request], Result], show: Callable[[Request, Result], None]
    ) -> None:
        self._screen = screen
        self._make = make
        self._show = show
        self._latest: Request | None = None
        self._is_busy = False

    def request(self, request: Request) -> None:
        """Make this, and show no earlier request."""
        self._latest = request
        if not self._is_busy:
            self._is_busy = True
            self._screen.run_worker(partial(self._work, request), thread=True, group="latest")

    def cancel(self) -> None:
        """Show no result of an earlier request."""
        self._latest = None

    def _work(self, request: Request) -> None:
        # Posted, not waited for: a thread that waits would keep a program that ends from ending.
        self._screen.call_later(self._done, request, self._make(request))

    def _done(self, request: Request, result: Result) -> None:
        self._is_busy = False
        if request == self._latest:
            self._show(request, result)
        elif self._latest is not None and self._screen.is_attached:
            self.request(self._latest)
