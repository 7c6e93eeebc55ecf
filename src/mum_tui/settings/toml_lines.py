"""TOML of which every line that can be read is read, whatever stands in the others."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from mum_tui.text import clean

LONGEST = 60
"""The most lines one value may take where the file has a syntax error somewhere."""

MOST_PROBLEMS = 100
"""After so many lines that cannot be read, the rest of the file is not looked at."""


class Fault(NamedTuple):
    """A line, counted from 1, that is no TOML, and why."""

    line: int
    message: str


def read(content: str) -> tuple[dict[str, Any], list[Fault]]:
    """The values in ``content``, without the lines that cannot be read; those come with the reason."""
    import tomllib

    try:
        return tomllib.loads(content), []
    except (tomllib.TOMLDecodeError, RecursionError):
        lines, faults = _readable(content.replace("\r\n", "\n").split("\n"))
    while len(faults) < MOST_PROBLEMS:
        try:
            return tomllib.loads("\n".join(lines)), sorted(faults)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            # Each line can be read; what is wrong is that a key or a table is there twice.
            line = _line_of(error, lines)
            faults.append(Fault(line, _reason(error)))
            _blank(lines, line - 1)
    return {}, sorted(faults)


def _line_of(error: Exception, lines: list[str]) -> int:
    """Where the error is; ``tomllib`` says "at end of document" of the last line."""
    match = re.search(r"at line (\d+)", str(error))
    return (
        int(match[1]) if match else max(number for number, line in enumerate(lines, 1) if line.strip() or number == 1)
    )


def _readable(lines: list[str]) -> tuple[list[str], list[Fault]]:
    """The lines with those blanked that begin nothing that can be read."""
    readable: list[str] = []
    faults: list[Fault] = []
    at = 0
    while at < len(lines):
        count, reason = _statement(lines, at)
        if count:
            readable += lines[at : at + count]
        else:
            readable.append("")
            faults.append(Fault(at + 1, reason))
            if len(faults) >= MOST_PROBLEMS:
                break
        at += count or 1
    return readable, faults


def _statement(lines: list[str], at: int) -> tuple[int, str]:
    """How many lines the statement takes that begins here; 0, and why, where there is none."""
    import tomllib

    reason = ""
    is_open = any(sign in lines[at] for sign in ("[", "{", '"""', "'''"))
    for count in range(1, LONGEST + 1 if is_open else 2):
        if at + count > len(lines):
            break
        try:
            tomllib.loads("\n".join(lines[at : at + count]))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            reason = reason or _reason(error)
        else:
            return count, ""
    return 0, reason


def _blank(lines: list[str], at: int) -> None:
    """Take a statement out; after the header of a table, all that belongs to it."""
    is_header = lines[at].lstrip().startswith("[")
    count, _ = _statement(lines, at)
    lines[at : at + count] = [""] * count
    while is_header and (at := at + 1) < len(lines) and not lines[at].lstrip().startswith("["):
        lines[at] = ""


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "TOML syntax error: nested too deeply"
    return f"TOML syntax error: {re.sub(r' [(]at .*', '', clean(str(error)))}"
