"""Disks and processes that are in the way: full, closed to us, or with a lock that another process holds."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

NOBODY = 65534

HOLD_LOCK = """
import sys, time
from pathlib import Path
from mum_tui.storage.lock import locked
with locked(Path(sys.argv[1]), 5):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def as_nobody(code: str, *arguments: str) -> str:
    """Run Python code as somebody whom permission bits bind; what it prints."""
    # The child gives its rights up itself: where Python is installed may be closed to others.
    drop = f"""
import os, sys
from pathlib import Path
from mum_tui.library import recovery  # imported late otherwise, when it may not be read any more
from mum_tui.library.library import Library
from mum_tui.library.operations import Change
from mum_tui.storage.files import write_atomically
from mum_tui.storage.lock import locked
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
"""
    done = subprocess.run(
        [sys.executable, "-c", drop + code, *arguments], capture_output=True, text=True, check=False, timeout=20
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def everyones_folder() -> Iterator[Path]:
    """A folder that an unprivileged user can reach (pytest's own is closed) and owns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield folder


@contextmanager
def lock_held(path: Path, seconds: float = 30) -> Iterator[subprocess.Popen[str]]:
    """Another process holds the lock of ``path``."""
    command = [sys.executable, "-c", HOLD_LOCK, str(path), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            assert child.stdout.readline() == "held\n"
            yield child
        finally:
            child.kill()


def failing(number: int) -> object:
    """A function that fails like the system would."""

    def fail(*arguments: object, **keywords: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A file system of ``size`` (``64k``) mounted on ``folder``; skips the test where that is not allowed."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "mum-tui-test", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a tmpfs is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
