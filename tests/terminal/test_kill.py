"""Killed at any instant, a process that saves bookmarks loses none that it said was saved."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mum_tui.library.library import Library
from mum_tui.library.store import STALE_SECONDS, TEMPORARY, remove_stale_temporaries

pytestmark = pytest.mark.slow

SAVES = """
import itertools, os, sys
from pathlib import Path
from mum_tui.library.library import Library, Saved
from mum_tui.library.operations import Change
library = Library(Path(sys.argv[1]), lock_seconds=10)
assert library.notices == [], library.notices
os.write(1, b"start\\n")
for number in itertools.count():
    identifier = f"{sys.argv[2]}-{number}"
    library.change(Change(identifier, "bookmarked", True, f"Title of {identifier}"))
    assert library.save() == Saved()
    os.write(1, f"{identifier}\\n".encode())
"""

RECOVERS = """
import os, sys
from pathlib import Path
from mum_tui.library.library import Library
path = Path(sys.argv[1])
os.write(1, b"start\\n")
while True:
    path.write_bytes(b"damaged")
    Library(path, lock_seconds=10)
"""


def killed(code: str, arguments: list[str], seconds: float) -> list[str]:
    """Start a process, kill it ``seconds`` after it has started its work; the lines it wrote."""
    with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"start\n"
        time.sleep(seconds)
        child.kill()
        lines = child.stdout.read().decode().splitlines()
        assert child.wait() == -signal.SIGKILL, "it ended by itself"
    return lines


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(TEMPORARY)]


def test_three_hundred_kills_lose_no_bookmark_that_was_saved(tmp_path: Path) -> None:
    chance = random.Random(20261124)
    saved: list[str] = []
    path = tmp_path / "library.json"
    interrupted = 0
    for round_ in range(300):
        if round_ % 50 == 0:  # small files are written oftener
            path = tmp_path / f"library{round_}" / "library.json"
            saved.clear()
        saved += killed(SAVES, [str(path), str(round_)], chance.uniform(0, 0.04))
        if path.exists():
            json.loads(path.read_bytes())
        library = Library(path)
        assert library.notices == []
        found = list(library.bookmarks)
        # One more may be there than was said: it was killed before it could say so.
        extra = [identifier for identifier in found if identifier not in set(saved)]
        assert [identifier for identifier in found if identifier in set(saved)] == saved
        assert len(extra) <= round_ % 50 + 1
        interrupted += bool(extra)
        saved = found
    assert len(saved) > 100
    assert interrupted
    folders = list(tmp_path.iterdir())
    left = [path for folder in folders for path in leftovers(folder)]
    assert left, "no kill ever fell into a write: the test proves nothing"
    for leftover in left:
        old = time.time() - STALE_SECONDS - 1
        os.utime(leftover, (old, old))
    for folder in folders:
        remove_stale_temporaries(folder / "library.json")
        assert {file.name for file in folder.iterdir()} <= {"library.json", "library.json.bak", "library.json.lock"}


def test_one_of_two_writers_is_killed_and_the_other_goes_on(tmp_path: Path) -> None:
    chance = random.Random(20261125)
    path = tmp_path / "library.json"
    saved: set[str] = set()
    steady = subprocess.Popen([sys.executable, "-c", SAVES, str(path), "steady"], stdout=subprocess.PIPE)
    try:
        for round_ in range(50):
            saved.update(killed(SAVES, [str(path), str(round_)], chance.uniform(0, 0.04)))
            assert steady.poll() is None
    finally:
        steady.kill()
        printed, _ = steady.communicate()
    own = printed.decode().splitlines()
    assert own.pop(0) == "start"
    assert len(own) > 50
    library = Library(path)
    assert library.notices == []
    assert saved | set(own) <= library.bookmarks.keys()
    assert len(library.bookmarks) <= len(saved) + len(own) + 51


def test_a_kill_while_a_damaged_file_is_repaired_loses_no_backup(tmp_path: Path) -> None:
    chance = random.Random(20261126)
    path = tmp_path / "library.json"
    items = {f"id{number}": {"bookmarked": "2026-01-01T00:00:00Z"} for number in range(200)}
    path.with_name("library.json.bak").write_text(json.dumps({"schema": 1, "entries": items}))
    still_damaged = 0
    for _ in range(100):
        killed(RECOVERS, [str(path)], chance.uniform(0, 0.03))
        if path.read_bytes():  # the child itself may be killed between making the file empty and damaging it
            still_damaged += path.read_bytes() == b"damaged"
        for _ in range(2):
            assert list(Library(path).bookmarks) == list(items)
        assert all(kept.read_bytes() in (b"damaged", b"") for kept in tmp_path.glob("library.json.corrupt-*[0-9]"))
        for kept in tmp_path.glob("library.json.corrupt-*"):
            kept.unlink()
    assert still_damaged, "no kill ever fell into a repair: the test proves nothing"
