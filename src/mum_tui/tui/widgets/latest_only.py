"""Does work in a thread, and shows only the result of the latest request."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

from textual.screen import Screen

Request = TypeVar("Request", bound=Hashable)
Result = TypeVar("Result")


class LatestOnly(Generic[Request, Result]):
    """Makes one result at a time; requests that are replaced before their turn are skipped.

    Args:
        screen: the screen that runs the work; when it is closed, nothing is shown.
        make: makes the result of a request, in a thread. It must neither raise nor touch the screen.
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
        """Make the result of a request; earlier requests are not shown any more."""
        self._latest = request
        if not self._is_busy:
            self._is_busy = True
            self._screen.run_worker(partial(self._work, request), thread=True, group="latest")

    def cancel(self) -> None:
        """Show no result of earlier requests."""
        self._latest = None

    def _work(self, request: Request) -> None:
        # Scheduled, not waited for: a waiting thread would keep the program from ending.
        self._screen.call_later(self._done, request, self._make(request))

    def _done(self, request: Request, result: Result) -> None:
        self._is_busy = False
        if request == self._latest:
            self._show(request, result)
        elif self._latest is not None and self._screen.is_attached:
            self.request(self._latest)
