"""Reads and writes files named on the command line; ``-`` means standard input or standard output."""

from __future__ import annotations

from pathlib import Path

from mum_tui import console
from mum_tui.commands.opening import printable
from mum_tui.console import Exit, InputError
from mum_tui.patience import said_if_slow

STREAM = Path("-")


def name_of(path: Path) -> str:
    """The name of a file in messages."""
    return "standard input" if path == STREAM else printable(str(path))


def read_bytes(path: Path) -> bytes:
    """The content of a file, or standard input for ``-``.

    Raises:
        InputError: it cannot be read; the message has its name and the reason.
    """
    if path == STREAM:
        return console.read()
    from mum_tui.storage import files

    try:
        if not path.is_fifo():
            return files.read_given(path, console.MAX_INPUT)
        with said_if_slow(f"waiting for {name_of(path)}: nothing is written to this pipe yet"):
            return files.read_given(path, console.MAX_INPUT)
    except (OSError, ValueError) as error:
        raise InputError(f"{name_of(path)}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def read_text(path: Path) -> str:
    """Like ``read_bytes``, as text; bytes that are not UTF-8 become U+FFFD. Raises ``InputError``."""
    return read_bytes(path).decode("utf-8-sig", errors="replace")


def write_text(text: str, output: Path | None) -> Exit:
    """Write to standard output, or atomically to a file; if that fails, warn and return ``USAGE``."""
    if output is None or output == STREAM:
        console.write(text)
        return Exit.DONE
    from mum_tui.storage import output as files

    try:
        files.write(output, text)
    except (OSError, ValueError) as error:
        console.warn(f"{printable(str(output))}: cannot be written: {files.reason(error)}")
        return Exit.USAGE
    return Exit.DONE
