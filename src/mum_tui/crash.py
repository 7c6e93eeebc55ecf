"""Reports a fault of the program itself: the traceback goes into a log file, one line says where."""

from __future__ import annotations

import os
import platform
import stat
import sys
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from mum_tui import __version__, console
from mum_tui.text import clean, one_line

LOG_VARIABLE = "MUM_TUI_LOG"
"""The environment variable that names the log file; ``--log`` sets it."""

LARGEST_LOG = 1 << 18
"""In bytes. A larger log is emptied first."""

LONGEST_MESSAGE = 200


def report(*errors: BaseException) -> int:
    """Write tracebacks to the log file and one line on the first error to standard error; returns the exit status."""
    path = log_file()
    first = errors[0]
    words = one_line(clean(f"{type(first).__name__}: {first}"))[:LONGEST_MESSAGE].rstrip(": ")
    try:
        write(path, "".join(map(_as_text, errors)))
        where = f"the traceback is in {clean(str(path))}"
    except OSError as error:
        frames = traceback.extract_tb(first.__traceback__)
        at = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        where = f"it happened{at}; the log {clean(str(path))} cannot be written: {error.strerror or error}"
    console.warn(f"ended by a fault of mum-tui itself: {words}; {where}")
    return console.Exit.CRASH


def log_file(environ: Mapping[str, str] = os.environ) -> Path:
    """``$MUM_TUI_LOG``, or else ``crash.log`` in the state folder."""
    from mum_tui.settings import paths

    if given := environ.get(LOG_VARIABLE):
        return paths.absolute(paths.expanded(given))
    return paths.find(environ).state / "crash.log"


def write(path: Path, text: str) -> None:
    """Append to a log file that only its owner can read. Raises ``OSError``, also for a pipe without a reader."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
    number = os.open(path, flags, 0o600)
    with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as file:
        status = os.fstat(number)
        if stat.S_ISREG(status.st_mode) and status.st_size > LARGEST_LOG:
            os.ftruncate(number, 0)
        file.write(text)


def _as_text(error: BaseException) -> str:
    lines = clean("".join(traceback.format_exception(error)))
    system = f"mum-tui {__version__}, Python {platform.python_version()}, {platform.system()}"
    terminal = clean(os.environ.get("TERM", ""))
    textual = sys.modules.get("textual")
    screen = f", Textual {getattr(textual, '__version__', '?')}, TERM={terminal}" if textual else ""
    return f"{time.strftime('%Y-%m-%d %H:%M:%S %z')} · {system}{screen}\n{lines}\n"
