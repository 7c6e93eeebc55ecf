"""A tmux of our own, as the terminal a user sits at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

MUM_TUI = [sys.executable, "-m", "mum_tui"]


class Tmux:
    """One session of a private tmux server with its default configuration."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux.sock"
        self.environ = {key: value for key, value in os.environ.items() if key != "TMUX"}

    def run(self, *arguments: str, check: bool = True) -> str:
        """A tmux command; what it prints."""
        done = subprocess.run(
            ["tmux", "-S", str(self.socket), "-f", "/dev/null", *arguments],
            capture_output=True,
            check=check,
            env=self.environ,
            timeout=20,
        )
        return done.stdout.decode()

    def keys(self, *keys: str) -> None:
        """Press keys, in tmux's names."""
        for key in keys:
            self.run("send-keys", "-t", "main", key)
            time.sleep(0.06)

    def screen(self) -> str:
        """What is on the screen."""
        return self.run("capture-pane", "-p", "-t", "main")

    def wait_for(self, text: str, seconds: float = 15) -> str:
        """Wait until ``text`` is on the screen."""
        deadline = time.monotonic() + seconds
        while text not in (screen := self.screen()):
            assert time.monotonic() < deadline, f"never saw {text!r} on:\n{screen}"
            time.sleep(0.05)
        return screen


@contextmanager
def session(
    folder: Path, command: str, environ: Mapping[str, str] | None = None, size: tuple[int, int] = (100, 30)
) -> Iterator[Tmux]:
    """A tmux session that runs ``command``."""
    tmux = Tmux(folder)
    tmux.environ.update(environ or {})
    columns, rows = map(str, size)
    tmux.run("new-session", "-d", "-s", "main", "-x", columns, "-y", rows, command)
    try:
        yield tmux
    finally:
        tmux.run("kill-server", check=False)
