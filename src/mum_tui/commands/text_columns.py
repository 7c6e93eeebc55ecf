"""Text in columns on a terminal, measured in cells like ``mum_tui.tui.cells``, but without loading Rich."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """The width of a text in cells."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    return 0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")


def fit(text: str, room: int) -> str:
    """``text`` in exactly ``room`` cells, cut with ``…`` or padded."""
    if width(text) <= room:
        return text + " " * (room - width(text))
    head, _ = _cut(text, room - 1)
    return head + "…" + " " * (room - 1 - width(head))


def _cut(text: str, room: int) -> tuple[str, str]:
    """The beginning of ``text`` that fits into ``room`` cells, and the rest."""
    used = 0
    for number, char in enumerate(text):
        used += _cells(char)
        if used > room:
            return text[:number], text[number:]
    return text, ""


def wrap(text: str, room: int) -> list[str]:
    """``text`` in lines of at most ``room`` (at least 2) cells, broken at spaces and inside longer words."""
    room = max(room, 2)
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) > room:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while width(line) > room:
            head, rest = _cut(line, room)
            # Long addresses are broken after a slash or a hyphen if possible.
            if (nice := re.match(r"^.*[/_-](?=.)", head)) and len(nice[0]) > len(head) // 2:
                head, rest = nice[0], head[len(nice[0]) :] + rest
            lines.append(head)
            line = rest
    return [*lines, line] if line or not lines else lines


def side_by_side(cells: Sequence[str], widths: Sequence[int], gap: str = "  ") -> list[str]:
    """Lines with the cells side by side, wrapped to these widths, without trailing spaces."""
    columns = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
    height = max(map(len, columns))
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [
        gap.join(fit(line, room) for line, room in zip(parts, widths, strict=True)).rstrip()
        for parts in zip(*padded, strict=True)
    ]
