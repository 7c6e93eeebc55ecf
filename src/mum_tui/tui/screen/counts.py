"""Digits: each opens a link, unless a movement is typed right behind it, whose count it then is (``5j``, ``12G``)."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen

MOMENT = 0.3
"""Seconds in which a movement takes the digits before it for its count; a web browser takes longer to appear."""

MOST = 9_999
"""The highest count."""

STEPS = {"cursor-down": 1, "cursor-up": -1}
"""Movements by lines, which are done at once."""
AGAIN = ("half-page-down", "half-page-up", "page-down", "page-up", "next-entry", "previous-entry")
"""Movements that are done as often as the count says."""
TO_LINE = ("first", "last")
"""Movements to the line with the number that the count is."""


class Counts:
    """The digits that were typed, and the links they open in a moment."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._urls: list[str] = []
        self._said: set[str] = set()
        self._until = 0.0

    def digit(self, number: int, url: str, said: str = "") -> None:
        """A digit was typed; ``url`` is the link of this number, or ``said`` what was said where there is none."""
        screen = self._screen
        if monotonic() > self._until:
            screen.digits = ""
            self._said.clear()
        if said:
            self._said.add(said)
        screen.digits += str(number)
        self._until = monotonic() + MOMENT
        if url:
            self._urls.append(url)
            screen.run_worker(self._open_soon(url), group="links")

    def take(self, action: str) -> bool:
        """An action follows the digits: a movement is done with their count, and true returned; before any other one
        the links are opened that wait."""
        screen = self._screen
        digits, is_late = screen.digits, monotonic() > self._until
        if action == "open-link" and not is_late:
            return False
        if action == "reset-panes" and not is_late:
            self.digit(0, "")
            return True
        screen.digits = ""
        if is_late:
            return False
        screen.workers.cancel_group(screen, "links")
        urls, self._urls = self._urls, []
        if action in (*STEPS, *AGAIN, *TO_LINE):
            for said in self._said:
                screen.desktop.remove_notices(said)
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

    async def _open_soon(self, url: str) -> None:
        await asyncio.sleep(MOMENT)
        if url in self._urls:
            self._urls.remove(url)
            self._screen.desktop.open(url)
