"""The only place that writes to standard output and standard error or reads standard input; the exit statuses.

Data goes to standard output, messages go to standard error. A stream that the caller closed (``>&-``), a full disk and
a pipe without a reader lead to one line at most, never to a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import NoReturn, TextIO

MAX_INPUT = 100_000_000
"""The most bytes read from standard input."""


class Exit(IntEnum):
    """Exit statuses."""

    DONE = 0
    """Success."""
    NOT_FOUND = 1
    """Nothing matched, an id is unknown, or a check found problems."""
    USAGE = 2
    """Wrong arguments, a file that cannot be read or written, or a configuration with mistakes."""
    CRASH = 70
    """A fault in mum-tui itself."""
    INTERRUPTED = 130
    """Interrupted by ctrl+c."""


class InputError(Exception):
    """Standard input cannot be read; the message says why in one line."""


def write(text: str) -> None:
    """Write data to standard output.

    Raises:
        SystemExit: the data cannot be written. The status is ``DONE`` if the reader is gone (``| head``). It is
            ``USAGE``, after one line on standard error, if the stream is closed or the disk is full.
    """
    if not text:
        return
    if sys.stdout is None:
        _give_up("it is closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
        raise SystemExit(Exit.DONE) from None
    except OSError as error:
        _discard(sys.stdout)
        _give_up(error.strerror or str(error))


def _give_up(reason: str) -> NoReturn:
    warn(f"standard output cannot be written: {reason}")
    raise SystemExit(Exit.USAGE) from None


def _discard(stream: TextIO) -> None:
    """Discard what is still buffered, so that it does not fail again when Python closes the stream at exit."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return  # a stream in memory
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, number)
    os.close(null)


def warn(*messages: object) -> None:
    """Write each message, cleaned, as a line to standard error; does nothing if that cannot be written."""
    from mum_tui.text import clean

    for message in messages:
        draw(f"mum-tui: {clean(str(message))}\n")


def warn_all(messages: Iterable[object], limit: int = 10, more: str = "mum-tui check") -> None:
    """Write the first ``limit`` messages to standard error, then how many more the command ``more`` lists."""
    texts = list(messages)
    warn(*texts[:limit])
    if len(texts) > limit:
        warn(f"… and {len(texts) - limit} more ({more} lists all)")


def draw(text: str) -> None:
    """Write ``text`` as it is, escape sequences included, to standard error; never fails."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def progress(done: int, total: int, what: str = "") -> None:
    """Draw a progress bar on one line of standard error if that is a terminal; clear it when ``done`` is ``total``."""
    if sys.stderr is None or not sys.stderr.isatty():
        return
    filled = 24 * done // max(total, 1)
    bar = f"[{'#' * filled}{'.' * (24 - filled)}] {done} of {total}  {what[:40]}"
    draw("\r\x1b[K" + (bar if done < total else ""))


def ask(question: str) -> str:
    """Ask on standard error and read one line from standard input; empty at the end of the input."""
    draw(f"{question}: ")
    return read_line().strip()


def read() -> bytes:
    """All of standard input.

    Raises:
        InputError: it is closed, cannot be read or is larger than ``MAX_INPUT``.
    """
    if sys.stdin is None:
        raise InputError("standard input: cannot be read: it is closed")
    try:
        data = sys.stdin.buffer.read(MAX_INPUT + 1)
    except OSError as error:
        raise InputError(f"standard input: cannot be read: {error.strerror or error}") from error
    if len(data) > MAX_INPUT:
        raise InputError(f"standard input: is larger than {MAX_INPUT // 10**6} MB")
    return data


def read_line() -> str:
    """The next line of standard input with its line end; empty at the end of the input."""
    return sys.stdin.readline() if sys.stdin else ""


def input_is_terminal() -> bool:
    """Whether somebody can answer on standard input."""
    return sys.stdin is not None and sys.stdin.isatty()


def output_is_terminal() -> bool:
    """Whether somebody reads standard output as it is written."""
    return sys.stdout is not None and sys.stdout.isatty()


def columns() -> int:
    """The width of the terminal in cells: ``$COLUMNS`` if it is set, else the terminal's own; 80 without a terminal."""
    columns = os.environ.get("COLUMNS", "")
    if len(columns) < 6 and columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80


def output_is_utf8() -> bool:
    """Whether standard output can show any character."""
    return (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") == "utf8"


def prepare() -> None:
    """Make the three standard streams safe to use. Call it once, before anything is opened.

    A closed descriptor is opened on the null device. Otherwise the first file opened, perhaps the library, would get
    its number, and whatever is written to that stream would go into the file. Characters that a stream's encoding lacks
    become ``?``.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number: this one
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
