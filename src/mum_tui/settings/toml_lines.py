"""Reads TOML with faults: every line that can be read is used, the others are reported."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, NamedTuple

from mum_tui.settings.toml_faults import in_words, without_texts
from mum_tui.text import clean, one_line

LONGEST = 2_000
"""The most lines of one value in a file with a syntax error."""

LONGEST_LINE = 5_000
"""The most characters of a line."""

DEEPEST = 50
"""The most dots or brackets in a line outside of texts: what ``tomllib`` takes grows with the cube of their number."""

_AT_END = "at end of document"
"""What ``tomllib`` says where more lines may complete a value."""

MOST_PROBLEMS = 100
"""After this many lines that cannot be read, the rest of the file is ignored."""

_WRONG_HEADER = re.compile(r"\s*\[+\s*([\w-]+)\s*\]*\s*(#.*)?$")


class Fault(NamedTuple):
    """A line, counted from 1, that is not TOML, and why."""

    line: int
    message: str


class _Statement(NamedTuple):
    """A statement that can be read: its first line, counted from 0, and its number of lines."""

    at: int
    lines: int


def read(content: str) -> tuple[dict[str, Any], list[Fault]]:
    """The values in ``content``, and the lines that cannot be read, with the reasons."""
    import tomllib

    lines = _lines(content)
    if not any(map(_excess, lines)):
        with suppress(ValueError, RecursionError):
            return tomllib.loads(content), []
    statements, faults = _statements(lines)
    names: list[tuple[str, ...]] = []
    while len(faults) < MOST_PROBLEMS:
        try:
            return tomllib.loads("\n".join(lines)), sorted(faults)
        except (ValueError, RecursionError) as error:
            # Each statement alone can be read, so a key or a table must be there twice.
            names = names or _names(lines, statements)
            statement = _where(error, statements)
            faults.append(_second(lines, statements, names, statement))
            _blank(lines, statements, names, statement)
    return {}, sorted(faults)


def places(content: str) -> dict[tuple[str, ...], int]:
    """The first line, counted from 1, of each key and table, by its path of names."""
    lines = _lines(content)
    line_by_path: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for at, count in _statements(lines)[0]:
        paths = _paths(lines, at, count)
        if _is_header(lines[at]):
            table = _whole(paths)
            paths = [table[: size + 1] for size in range(len(table))]
        else:
            paths = [table + path for path in paths]
        for path in paths:
            line_by_path.setdefault(path, at + 1)
    return line_by_path


def _lines(content: str) -> list[str]:
    return content.replace("\r\n", "\n").split("\n")


def _excess(line: str) -> str:
    """What a line has too much of, which is not even tried; else empty."""
    if len(line) > DEEPEST:
        bare = without_texts(line[:LONGEST_LINE])
        if max(map(bare.count, ".[{")) > DEEPEST:
            return "is nested too deeply"
    return f"is longer than {LONGEST_LINE:,} characters" if len(line) > LONGEST_LINE else ""


def _may_end(line: str) -> bool:
    """Whether a value that began in an earlier line may end in this one."""
    return '"""' in line or "'''" in line or any(sign in without_texts(line) for sign in "]}")


def _is_header(line: str) -> bool:
    return line.lstrip().startswith("[")


def _paths(lines: list[str], at: int, count: int) -> list[tuple[str, ...]]:
    """The path of names of each key in a statement."""
    import tomllib

    paths: list[tuple[str, ...]] = []
    waiting: list[tuple[tuple[str, ...], Any]] = [((), tomllib.loads("\n".join(lines[at : at + count])))]
    while waiting:
        path, value = waiting.pop()
        if path:
            paths.append(path)
        if isinstance(value, list) and value and _is_header(lines[at]):
            value = value[-1]
        if isinstance(value, dict):
            waiting += [((*path, name), inner) for name, inner in value.items()]
    return paths


def _whole(paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest of the paths of a statement: the full name that it sets."""
    return max(paths, key=lambda path: len(path), default=())


def _statements(lines: list[str]) -> tuple[list[_Statement], list[Fault]]:
    """The statements that can be read; lines that begin no statement are made empty."""
    statements: list[_Statement] = []
    faults: list[Fault] = []
    at = 0
    is_broken_off = False
    while at < len(lines) and len(faults) < MOST_PROBLEMS:
        count, reason = _count(lines, at)
        if count:
            if lines[at].strip() and not lines[at].lstrip().startswith("#"):
                statements.append(_Statement(at, count))
                is_broken_off = False
            at += count
            continue
        message = _excess(lines[at]) or in_words(lines[at], reason)
        # Lines after a value without an end belong to that value.
        if not (is_broken_off and "=" not in lines[at]):
            faults.append(Fault(at + 1, message))
            is_broken_off = message.endswith("is missing") and "=" in lines[at]
        if header := _WRONG_HEADER.match(lines[at]):
            lines[at] = f"[{header[1]}]"  # the meaning is clear, and the lines below belong to this table
            statements.append(_Statement(at, 1))
        else:
            lines[at] = ""
        at += 1
    lines[at:] = [""] * (len(lines) - at)
    return statements, faults


def _count(lines: list[str], at: int) -> tuple[int, str]:
    """The number of lines of the statement that begins at a line; 0 and the reason if none begins."""
    import tomllib

    if _excess(lines[at]):
        return 0, ""
    reason = ""
    is_open = any(sign in lines[at] for sign in ("[", "{", '"""', "'''"))
    for count in range(1, LONGEST + 1 if is_open else 2):
        if at + count > len(lines) or _excess(last := lines[at + count - 1]):
            break
        if count > 1 and not _may_end(last):
            continue
        try:
            tomllib.loads("\n".join(lines[at : at + count]))
        except (ValueError, RecursionError) as error:
            reason = reason or str(error)
            if _AT_END not in str(error):
                break
        else:
            return count, ""
    return 0, reason


def _where(error: Exception, statements: list[_Statement]) -> int:
    """The number of the statement with the error; for the last one ``tomllib`` says only "at end of document"."""
    match = re.search(r"at line (\d+)", str(error))
    line = int(match[1]) - 1 if match else statements[-1].at
    return max(number for number, statement in enumerate(statements) if statement.at <= line or number == 0)


def _names(lines: list[str], statements: list[_Statement]) -> list[tuple[str, ...]]:
    """The full name that each statement sets, with the names of its table."""
    table: tuple[str, ...] = ()
    names: list[tuple[str, ...]] = []
    for at, count in statements:
        name = _whole(_paths(lines, at, count))
        table = name if _is_header(lines[at]) else table
        names.append(name if _is_header(lines[at]) else table + name)
    return names


def _second(lines: list[str], statements: list[_Statement], names: list[tuple[str, ...]], number: int) -> Fault:
    """The fault of a statement that repeats an earlier one."""
    at, count = statements[number]
    name = one_line(clean(".".join(_whole(_paths(lines, at, count)))))
    is_header = _is_header(lines[at])
    shown = f"[{name}]" if is_header else name
    first = _first(lines, statements, names, number)
    before = f"the first one, in line {first}, counts" if first else "the first one counts"
    if is_header:
        return Fault(at + 1, f"{shown} is there a second time: {before}; move the lines below to it")
    return Fault(at + 1, f"{shown} is set a second time: {before}")


def _first(lines: list[str], statements: list[_Statement], names: list[tuple[str, ...]], number: int) -> int:
    """The line, counted from 1, of the first statement that sets what a later one sets; 0 if there is none."""
    last, is_header = names[number], _is_header(lines[statements[number].at])
    for (at, _), name in zip(statements[:number], names, strict=False):
        is_within = name[: len(last)] == last and not (is_header and _is_header(lines[at]))
        is_above = last[: len(name)] == name and not _is_header(lines[at])
        if name == last or is_within or is_above:
            return at + 1
    return 0


def _blank(lines: list[str], statements: list[_Statement], names: list[tuple[str, ...]], number: int) -> None:
    """Remove a statement; if it is the header of a table, with all statements of the table."""
    end = number + 1
    if _is_header(lines[statements[number].at]):
        while end < len(statements) and not _is_header(lines[statements[end].at]):
            end += 1
    for at, count in statements[number:end]:
        lines[at : at + count] = [""] * count
    del statements[number:end], names[number:end]
