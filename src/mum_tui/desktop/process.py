"""Child processes that cannot write to the terminal or read its keys, and have a time limit."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress


def feed(command: Sequence[str], text: str, seconds: float = 2.0) -> bool:
    """Run ``command`` with ``text`` on its standard input; returns whether it ended with status 0 within ``seconds``.

    Its other streams are /dev/null: xclip continues as a daemon and would keep a pipe open.
    """
    return _run(command, text.encode(errors="replace"), subprocess.DEVNULL, seconds) is not None


def output(command: Sequence[str], seconds: float = 2.0) -> bytes | None:
    """What ``command`` prints; None if it fails or takes longer than ``seconds``."""
    return _run(command, b"", subprocess.PIPE, seconds)


def _run(command: Sequence[str], octets: bytes, stdout: int, seconds: float) -> bytes | None:
    """What a child process printed (nothing if ``stdout`` is not a pipe); None if it failed or took too long."""
    try:
        child = subprocess.Popen(  # noqa: S603 - argv, never a shell
            command,
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    try:
        printed: bytes | None = child.communicate(octets, timeout=seconds)[0]
    except (OSError, subprocess.TimeoutExpired):
        _kill(child)
        return None
    return (printed or b"") if child.returncode == 0 else None


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill a child process and its own child processes."""
    with suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL) if hasattr(os, "killpg") else child.kill()
    with suppress(OSError, subprocess.SubprocessError):
        child.wait(timeout=1)


def launch(command: Sequence[str], seconds: float = 1.5) -> int | None:
    """Start a program that continues on its own.

    Returns its exit status if it ended within ``seconds``, None if it is still running. Raises ``OSError``
    if it cannot be started.
    """
    child = subprocess.Popen(  # noqa: S603 - argv, never a shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        # It continues; waiting in a thread prevents a zombie when it ends.
        threading.Thread(target=child.wait, daemon=True).start()
        return None
