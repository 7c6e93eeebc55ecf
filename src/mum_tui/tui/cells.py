"""Fits text into terminal cells: a CJK character has two, a combining character none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len as cell_len
from rich.cells import chop_cells, set_cell_size

_WORD = re.compile(r"\s*\S+")


def fit(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells: padded with spaces, or cut with ``…`` at the end."""
    if width <= 0:
        return ""
    # No script needs more than four characters per cell; measuring a long text would waste time.
    head = text[: 4 * width]
    if cell_len(head) <= width and len(head) == len(text):
        return set_cell_size(head, width)
    return set_cell_size(set_cell_size(head, width - 1).rstrip() + "…", width)


def join_fitting(texts: Iterable[str], width: int) -> str:
    """The first text and those of the others that fit into ``width`` cells with it, joined by dots."""
    line = ""
    for text in texts:
        longer = f"{line} · {text}" if line else text
        if not line or cell_len(longer) <= width:
            line = longer
    return line


def fit_right(text: str, width: int) -> str:
    """Like ``fit``, but aligned to the right."""
    length = cell_len(text)
    return " " * (width - length) + text if length <= width else fit(text, width)


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """``text`` in lines of at most ``width`` cells, broken at spaces; continuation lines begin with ``indent``."""
    width = max(width, len(indent) + 2)
    lines: list[str] = []
    measure = len if text.isascii() else cell_len
    for paragraph in text.expandtabs(4).split("\n"):
        # Stripped, because trailing spaces would take the pattern quadratic time.
        paragraph = paragraph.rstrip()
        if measure(paragraph) <= width:
            lines.append(paragraph)
            continue
        line, cells = "", 0
        for word in _WORD.findall(paragraph):
            length = measure(word)
            if cells + length > width and line.strip():
                lines.append(line)
                line, word = indent, word.lstrip()
                cells, length = len(indent), measure(word)
            if cells + length > width:
                piece = chop_cells(word, width - cells)[0]
                lines.append(line + piece)
                rest = word[len(piece) :]
                *full, word = chop_cells(rest, width - len(indent)) or [rest]
                lines += [indent + piece for piece in full]
                line, cells, length = indent, len(indent), cell_len(word)
            line += word
            cells += length
        lines.append(line)
    return lines
