"""Whether a terminal was given back: the modes that were switched on and off in what a program wrote."""

from __future__ import annotations

import re

_LONGEST = 16
"""Characters of the longest sequence that is looked for."""


class Modes:
    """Follows what a program writes, piece by piece."""

    def __init__(self) -> None:
        self._is_on: dict[str, bool] = {}
        self._rest = b""
        self.keyboards = 0
        """How often the keyboard protocol was switched on, less how often it was left."""

    def follow(self, data: bytes) -> None:
        """This was written next; a sequence may be cut."""
        text = self._rest + data
        end = 0
        for found in re.finditer(rb"\x1b\[(?:\?(\d+)([hl])|>\d+u|<u)", text):
            end = found.end()
            if found[1]:
                self._is_on[found[1].decode()] = found[2] == b"h"
            else:
                self.keyboards += 1 if found[0].startswith(b"\x1b[>") else -1
        self._rest = text[max(end, len(text) - _LONGEST) :]

    def left_on(self) -> set[str]:
        """What is still on, apart from the cursor and the wrapping of lines."""
        return {mode for mode, on in self._is_on.items() if on} - {"25", "7"}

    def assert_given_back(self) -> None:
        """The main screen and its cursor are there, lines wrap, and all else that was asked for is off again."""
        modes = dict(self._is_on)
        assert modes.pop("25") is True  # the cursor
        assert modes.pop("7") is True  # lines wrap
        assert self.left_on() == set()
        # The other screen, the mouse, reports of the focus and of pastes: all were asked for.
        assert {"1049", "1000", "1003", "1006", "1004", "2004"} <= modes.keys()
        assert self.keyboards <= 0
