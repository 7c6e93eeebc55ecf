"""Child processes that can neither draw on our terminal, read its keys, nor outlive their time."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress


def feed(command: Sequence[str], text: str, seconds: float = 2.0) -> bool:
    """Run ``command`` with ``text`` on its standard input; whether it ended with status 0 in time.

    Its other streams are /dev/null: xclip stays behind as a daemon and would hold any pipe open.
    """
    try:
        child = subprocess.Popen(  # noqa: S603 - argv, never a shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return False
    try:
        child.communicate(text.encode(errors="replace"), timeout=seconds)
    except subprocess.TimeoutExpired:
        _kill(child)
        return False
    except OSError:
        _kill(child)
        return False
    return child.returncode == 0


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End a child and all it started."""
    with suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL) if hasattr(os, "killpg") else child.kill()
    with suppress(OSError, subprocess.SubprocessError):
        child.wait(timeout=1)


def output(command: Sequence[str], seconds: float = 2.0) -> bytes | None:
    """What ``command`` prints, or None when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - argv, never a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            start_new_session=True,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def launch(command: Sequence[str], seconds: float = 1.5) -> int | None:
    """Start a program that lives on by itself.

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
        child.returncode = 0  # it lives on: nobody waits for it, and Python shall not warn of that
        return None
