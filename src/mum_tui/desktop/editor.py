"""Opens a text in the user's editor: a child process that has the terminal until it ends."""

from __future__ import annotations

import math
import os
import shlex
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from mum_tui.storage.files import read

FALLBACK = "notepad" if os.name == "nt" else "vi"

SIGNALS = ("SIGTERM", "SIGHUP")
"""Signals that end this program; those that a key sends are meant for the editor."""

KILL_SECONDS = 0.3
"""How long the editor may take to end when this program has to."""

POLL_SECONDS = 0.2


class Edited(NamedTuple):
    """The edited text; ``problem`` says in one line why it should not be used, and is empty if it can be."""

    text: str
    problem: str = ""


def edit(text: str, environ: Mapping[str, str], name: str = "note.md") -> Edited:
    """Open ``text`` in ``$VISUAL`` or ``$EDITOR`` and wait for it. Never raises.

    The file ``name`` is in a folder that only the user can access, and is removed afterwards. A signal that this
    program handles ends the editor, too: its handler may wait for this to return.
    """
    named = (environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    command = next(filter(None, named), FALLBACK)
    try:
        words = shlex.split(command)
    except ValueError as error:
        return Edited(text, f"$EDITOR cannot be parsed: {error}")
    try:
        with tempfile.TemporaryDirectory(prefix="mum-tui-") as folder:
            path = Path(folder) / name
            path.write_text(f"{text}\n" if text else "", encoding="utf-8", errors="replace")
            status = _run([*words, str(path)])
            try:
                edited = read(path).decode(errors="replace").replace("\r\n", "\n").removesuffix("\n")
            except OSError as error:
                return Edited(text, f"{command} left no file ({error.strerror or error})")
    except OSError as error:
        return Edited(text, f"{command}: {error.strerror or error}")
    how = f"with status {status}" if status > 0 else f"by signal {-status}"
    return Edited(edited, f"{command} ended {how}" if status else "")


def _run(command: Sequence[str]) -> int:
    """Run the editor; returns its status."""
    with _signals_noted() as noted, subprocess.Popen(command) as child:  # noqa: S603
        kill_at = math.inf
        try:
            while True:
                if noted and kill_at == math.inf:
                    child.terminate()
                    kill_at = time.monotonic() + KILL_SECONDS
                elif time.monotonic() > kill_at:
                    child.kill()
                # Not without a limit: a signal just before would not be noted until the editor ends.
                with suppress(subprocess.TimeoutExpired):
                    return child.wait(POLL_SECONDS)
        except BaseException:
            child.kill()
            raise


@contextmanager
def _signals_noted() -> Iterator[list[int]]:
    """In the block, signals that this program handles are added to the list; an event loop learns of them, too."""
    noted: list[int] = []
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    handlers = {number: handler for number in numbers if callable(handler := signal.getsignal(number))}
    if threading.current_thread() is not threading.main_thread():
        handlers = {}
    try:
        for number in handlers:
            signal.signal(number, lambda number, _: noted.append(number))
        yield noted
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
            signal.siginterrupt(number, False)  # as an event loop has it
