"""The command line as a shell sees it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run() -> Run:
    """Runs ``mum-tui`` with these arguments."""

    def run(*arguments: str, text: str = "", **environ: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "mum_tui", *arguments],
            input=text.encode(),
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, **environ},
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
