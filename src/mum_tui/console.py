"""The only place that writes to standard output and standard error, and the meaning of exit codes.

Standard output is data, standard error is speech.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

DONE = 0
NOTHING = 1
USAGE = 2
INTERRUPTED = 130


def put(text: str) -> None:
    """Write data to standard output. A reader that went away (``| head``) is no error; a full disk is one, told in a
    line. Neither comes back from here.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is still buffered must not fail again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise SystemExit(DONE) from None
        say(f"standard output cannot be written: {error.strerror}")
        raise SystemExit(USAGE) from None


def say(*messages: object) -> None:
    """Write lines of speech to standard error."""
    for message in messages:
        try:
            sys.stderr.write(f"mum-tui: {message}\n")
        except OSError:
            return


def say_all(messages: Iterable[object], limit: int = 10) -> None:
    """Write the first ``limit`` messages, and how many more there are."""
    listed = list(messages)
    for message in listed[:limit]:
        say(message)
    if len(listed) > limit:
        say(f"… and {len(listed) - limit} more (mum-tui check lists all)")


def progress(done: int, total: int, what: str = "") -> None:
    """Draw how far something is in one line of standard error, if that is a terminal; clear it when all is done."""
    if not sys.stderr.isatty():
        return
    filled = 24 * done // max(total, 1)
    bar = f"[{'#' * filled}{'.' * (24 - filled)}] {done} of {total}  {what[:40]}"
    with suppress(OSError):
        sys.stderr.write("\r\x1b[K" + (bar if done < total else ""))
        sys.stderr.flush()


def draw(text: str) -> None:
    """Write a part of a screen, with its escape sequences, to the terminal that standard error is."""
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def ask(question: str) -> str:
    """Ask for a line on standard error; the answer from standard input, empty at its end."""
    with suppress(OSError):
        sys.stderr.write(f"{question}: ")
        sys.stderr.flush()
    return sys.stdin.readline().strip()


def tolerate_any_text() -> None:
    """Let a terminal that cannot show a character show ``?`` instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (getattr(stream, "encoding", "") or "").lower().replace("-", "") != "utf8":
            reconfigure(errors="replace")
