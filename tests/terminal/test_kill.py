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

from mum_tui.library.document import Document
from mum_tui.library.library import Library
from mum_tui.storage.files import STALE_SECONDS, TEMPORARY, remove_leftovers
from tests.catalogs import entry, write

SAVES = """
import itertools, os, sys
from pathlib import Path
from mum_tui.library.library import Library
from mum_tui.library.outcomes import Saved
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


USUAL_START = 0.15
"""Seconds until a process starts its work on a machine with nothing else to do."""


def killed(code: str, arguments: list[str], seconds: float) -> list[str]:
    """Start a process, kill it ``seconds`` after it has started its work, or later where all is slow; what it wrote."""
    begin = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"start\n"
        time.sleep(seconds * max(1, (time.monotonic() - begin) / USUAL_START))
        child.kill()
        lines = child.stdout.read().decode().splitlines()
        assert child.wait() == -signal.SIGKILL, "it ended by itself"
    return lines


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(TEMPORARY)]


@pytest.mark.slow
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
    assert len(saved) > 25
    assert interrupted
    folders = list(tmp_path.iterdir())
    left = [path for folder in folders for path in leftovers(folder)]
    assert left, "no kill ever fell into a write: the test proves nothing"
    for leftover in left:
        old = time.time() - STALE_SECONDS - 1
        os.utime(leftover, (old, old))
    for folder in folders:
        remove_leftovers(folder / "library.json")
        assert {file.name for file in folder.iterdir()} <= {"library.json", "library.json.bak", "library.json.lock"}


@pytest.mark.slow
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


@pytest.mark.slow
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


NOTES = """
import itertools, os, sys
from pathlib import Path
from mum_tui.library.library import Library
from mum_tui.library.outcomes import Saved
from mum_tui.library.operations import Change
library = Library(Path(sys.argv[1]), lock_seconds=10)
round_ = int(sys.argv[2])
assert library.notices == [], library.notices
os.write(1, b"start\\n")
for number in itertools.count():
    library.change(Change(f"id{(round_ * 7919 + number) % 5000}", "note", f"{round_}-{number}"))
    assert library.save() == Saved()
    os.write(1, f"{number}\\n".encode())
"""


@pytest.mark.parametrize("rounds", [10, pytest.param(1000, marks=pytest.mark.slow)])
def test_kills_over_a_library_of_five_thousand_lose_no_change_that_was_saved(tmp_path: Path, rounds: int) -> None:
    chance = random.Random(20261125)
    path = tmp_path / "library.json"
    expected: dict[str, str] = {f"id{number}": "as before" for number in range(5000)}
    path.write_bytes(
        Document({key: {"title": f"Title of {key}", "note": note} for key, note in expected.items()}).encode()
    )
    acknowledged = halfway = 0
    for round_ in range(rounds):
        told = killed(NOTES, [str(path), str(round_)], chance.uniform(0, 0.08))
        for number in range(len(told)):
            assert told[number] == str(number)
            expected[f"id{(round_ * 7919 + number) % 5000}"] = f"{round_}-{number}"
        acknowledged += len(told)
        found = {key: item["note"] for key, item in json.loads(path.read_bytes())["entries"].items()}
        # One more may be there than was said: it was killed before it could say so.
        following, value = f"id{(round_ * 7919 + len(told)) % 5000}", f"{round_}-{len(told)}"
        if found[following] == value:
            expected[following] = value
            halfway += 1
        assert found == expected
    assert acknowledged > rounds / 2, "hardly anything was written: the test proves nothing"
    assert halfway or rounds < 100
    assert Library(path).notices == []
    assert list(tmp_path.glob("library.json.corrupt-*")) == []


SCREEN = """
import os, sys, time
from pathlib import Path
from mum_tui.library.library import Library
from mum_tui.library.outcomes import Saved
from mum_tui.library.operations import Change
from mum_tui.library.writer import Writer
library = Library(Path(sys.argv[1]), lock_seconds=30)
writer = Writer(library)
sys.stdin.readline()  # all start when something is written to it
for number in range(300):
    name = f"{sys.argv[2]}{number}"
    library.change(Change(name, "bookmarked", True), Change("shared", f"tag:{name}", True))
    writer.save()
    writer.poll()
    time.sleep(0.05)
assert writer.close() == Saved()
os.write(1, b"done\\n")
sys.stdin.readline()  # now all are done
library.refresh()
print(len(library.bookmarks), len(library.annotations["shared"].tags), end=" ")
print(library.annotations == Library(library.path).annotations)
"""


@pytest.mark.slow
def test_two_browsers_and_a_shell_loop_keep_all_nine_hundred_changes(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    screens = [
        subprocess.Popen(
            [sys.executable, "-c", SCREEN, str(path), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        for name in "ab"
    ]
    catalog = tmp_path / "catalog.yaml"
    write(catalog, [entry(f"shell{number}") for number in range(300)])
    environ = {**os.environ, "MUM_TUI_HOME": str(tmp_path)}
    for screen in screens:
        assert screen.stdin is not None
        screen.stdin.write(b"go\n")
    for number in range(300):
        command = [sys.executable, "-m", "mum_tui", "--catalog", str(catalog), "bookmark", "add", f"shell{number}"]
        done = subprocess.run(command, env=environ, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
    for screen in screens:
        assert screen.stdout is not None
        assert screen.stdout.readline() == b"done\n"
    for screen in screens:
        assert screen.stdout is not None
        assert screen.communicate(b"go\n")[0] == b"900 600 True\n"
    assert len(Library(path).bookmarks) == 900
