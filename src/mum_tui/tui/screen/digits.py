"""Handles digits: each opens a link, unless a movement follows at once; then it is its count (``5j``, ``12G``)."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.timer import Timer

    from mum_tui.tui.screen.main import MainScreen

MOMENT = 0.3
"""Seconds in which a movement must follow; a web browser takes longer to appear."""

MOST = 9_999
"""The highest count."""

STEPS = {"cursor-down": 1, "cursor-up": -1}
"""Movements by a number of lines."""
AGAIN = ("half-page-down", "half-page-up", "page-down", "page-up", "next-entry", "previous-entry")
"""Movements that are repeated."""
TO_LINE = ("first", "last")
"""Movements to the line with this number."""


class Digits:
    """The digits typed just now, and the links that they will open."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._urls: list[str] = []
        self._timers: list[Timer] = []
        self._notices: set[str] = set()
        self._until = 0.0

    def add(self, number: int, url: str, notice: str = "") -> None:
        """Handle a digit; ``url`` is the link with this number, or ``notice`` the message that there is none."""
        screen = self._screen
        if monotonic() > self._until:
            screen.digits = ""
            self._notices.clear()
            self._timers.clear()
        if notice:
            self._notices.add(notice)
        screen.digits += str(number)
        self._until = monotonic() + MOMENT
        if url:
            self._urls.append(url)
            self._timers.append(screen.set_timer(MOMENT, partial(self._open, url)))

    def apply_to(self, action: str) -> bool:
        """Handle the action after digits: run a movement with their count and return True; before any other action,
        open the links.
        """
        screen = self._screen
        digits, is_late = screen.digits, monotonic() > self._until
        if action == "open-link" and not is_late:
            return False
        if action == "reset-panes" and not is_late:
            self.add(0, "")
            return True
        screen.digits = ""
        if is_late:
            return False
        for timer in self._timers:
            timer.stop()
        self._timers.clear()
        urls, self._urls = self._urls, []
        if action in (*STEPS, *AGAIN, *TO_LINE):
            for notice in self._notices:
                screen.desktop.remove_notices(notice)
            self._move(action, min(int(digits), MOST))
            return True
        for url in urls:
            screen.desktop.open(url)
        return False

    def _move(self, action: str, count: int) -> None:
        moves = self._screen.acts.moves
        if action in STEPS:
            moves.move(STEPS[action] * count)
        elif action in TO_LINE:
            moves.to_line(count)
        else:
            by_action = {"half-page-down": moves.half_page_down, "half-page-up": moves.half_page_up}
            by_action |= {"page-down": moves.page_down, "page-up": moves.page_up}
            by_action |= {"next-entry": moves.next_entry, "previous-entry": moves.previous_entry}
            for _ in range(min(count, moves.line_count)):
                by_action[action]()

    def _open(self, url: str) -> None:
        if url in self._urls:
            self._urls.remove(url)
            self._screen.desktop.open(url)
