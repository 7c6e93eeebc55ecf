"""The end of the program: what is saved, what is stored outside, what is told, and how long all of it may take."""

from __future__ import annotations

import errno
import shlex
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mum_tui.library import closing, unsaved
from mum_tui.library.closing import Closing, tell
from mum_tui.library.library import Library
from mum_tui.library.operations import Change
from mum_tui.library.outcomes import Saved, Unsaved
from mum_tui.library.writer import Writer
from mum_tui.storage import files
from tests.disks import failing

SECONDS = 0.8
"""How long ending may take in these tests."""


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "state" / "unsaved"


@pytest.fixture
def library(home: Path, folder: Path) -> Library:
    library = Library(home / "library.json", unsaved_folder=folder)
    library.change(Change("a", "rating", 1), Change("b", "rating", 2))
    return library


@pytest.fixture
def answers() -> Iterator[threading.Event]:
    """Set it, and the disk answers."""
    event = threading.Event()
    yield event
    event.set()


Write = Callable[..., object]


def slow(write: Write, seconds: float) -> Write:
    def wait(*arguments: object, **named: object) -> object:
        time.sleep(seconds)
        return write(*arguments, **named)

    return wait


def hanging(write: Write, answers: threading.Event) -> Write:
    def wait(*arguments: object, **named: object) -> object:
        answers.wait(20)
        return write(*arguments, **named)

    return wait


def next_start(library: Library) -> Library:
    again = Library(library.path, unsaved_folder=library.unsaved_folder)
    assert again.save() == Saved()
    assert library.unsaved_folder is not None
    assert not library.unsaved_folder.exists() or list(library.unsaved_folder.iterdir()) == []
    return again


def test_what_is_saved_soon_makes_no_file_and_takes_no_time(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "QUICK_SECONDS", 9)  # this machine may be busy
    start = time.monotonic()
    assert Closing(library, Writer(library), 9).finish() == Saved()
    assert time.monotonic() - start < 2
    assert not folder.exists()


def test_a_slow_disk_has_all_of_the_time(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "write_atomically", failing(errno.ENOSPC))
    monkeypatch.setattr(unsaved, "store", slow(unsaved.store, SECONDS * 0.7))
    left = Closing(library, Writer(library), SECONDS).finish()
    assert isinstance(left, Unsaved)
    assert Path(left.stored_in).exists()
    assert (left.count, left.commands) == (2, ())
    monkeypatch.undo()
    assert next_start(library).notices == ["2 changes could not be saved last time; added now"]


def test_both_disks_are_waited_for_at_once(
    library: Library, answers: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "write_atomically", hanging(files.write_atomically, answers))
    monkeypatch.setattr(unsaved, "store", slow(unsaved.store, SECONDS * 0.6))
    start = time.monotonic()
    left = Closing(library, Writer(library), SECONDS).finish()
    assert time.monotonic() - start < SECONDS + 0.2
    assert isinstance(left, Unsaved)
    assert left.reason.endswith("the disk does not answer")
    assert left.stored_in


def test_a_file_whose_folder_is_written_late_is_stored(
    library: Library, answers: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "write_atomically", failing(errno.ENOSPC))
    monkeypatch.setattr(files, "sync_folder", lambda _: answers.wait(20))
    left = Closing(library, Writer(library), 0.3).finish()
    assert isinstance(left, Unsaved)
    assert Path(left.stored_in).exists()


def test_what_was_stored_outside_and_then_saved_leaves_nothing(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[bool] = []
    write = slow(files.write_atomically, 0.4)

    def save(*arguments: object, **named: object) -> None:
        write(*arguments, **named)
        stored.append(any(folder.iterdir()))

    monkeypatch.setattr(files, "write_atomically", save)
    assert Closing(library, Writer(library), SECONDS).finish() == Saved()
    assert stored == [True]
    assert list(folder.iterdir()) == []


def test_changes_that_were_saved_after_all_are_no_news(library: Library, folder: Path) -> None:
    changes = [
        Change("a", "rating", 3, at="2030-01-01T00:00:00Z"),
        Change("a", "rating", 4, at="2030-01-01T00:00:09Z"),
        Change("c", "bookmarked", True, at="2030-01-01T00:00:00Z"),
        Change("c", "bookmarked", False, at="2030-01-01T00:00:00Z"),
    ]
    library.change(*changes)
    assert library.save() == Saved()
    unsaved.store(folder, changes[:1])  # as if the process had ended before it could remove them
    unsaved.store(folder, changes)
    content = library.path.read_bytes()
    again = next_start(library)
    assert again.notices == []
    assert again.path.read_bytes() == content


def test_a_file_stays_until_each_of_its_changes_is_saved(
    library: Library, folder: Path, answers: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = threading.Event()
    write = files.write_atomically

    def first_slow(*arguments: object, **named: object) -> None:
        if not writing.is_set():
            writing.set()
            answers.wait(20)
        write(*arguments, **named)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(files, "write_atomically", first_slow)
    saving = threading.Thread(target=library.save)
    saving.start()
    assert writing.wait(5)
    library.change(Change("late", "rating", 5))
    assert library.store_unsaved() is not None
    answers.set()
    saving.join()
    left = library.left_over("reason")
    assert isinstance(left, Unsaved)
    assert left.count == 1
    assert left.stored_in == str(next(folder.iterdir()))
    assert next_start(library).notices == ["1 change could not be saved last time; added now"]
    assert library.save() == Saved()


def test_the_count_is_that_of_the_commands(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when changes were saved while others were not."""
    writer = Writer(library)
    monkeypatch.setattr(unsaved, "store", failing(errno.ENOSPC))
    write = files.write_atomically

    def once(*arguments: object, **named: object) -> None:
        library.change(Change("late", "rating", 5))
        write(*arguments, **named)  # type: ignore[arg-type]  # passed on
        monkeypatch.setattr(files, "write_atomically", failing(errno.EIO))

    monkeypatch.setattr(files, "write_atomically", once)
    end = Closing(library, writer, SECONDS)
    end.begin()
    writer.wait(5)
    left = end.finish()
    assert isinstance(left, Unsaved)
    assert (left.count, left.commands) == (1, ("mum-tui rate late 5",))


def test_few_commands_are_told_all(capsys: pytest.CaptureFixture[str]) -> None:
    tell(Unsaved("full", 2, commands=("mum-tui rate a 1", "mum-tui rate b 2")))
    assert capsys.readouterr().err.splitlines() == [
        "mum-tui: 2 changes could not be saved: full",
        "mum-tui: these commands repeat the changes:",
        "mum-tui: mum-tui rate a 1",
        "mum-tui: mum-tui rate b 2",
    ]


@pytest.mark.parametrize(
    "commands", [[f"echo {n}" for n in range(3000)], ["echo 1", "echo '" + "long\nnote " * 5000 + "'"]]
)
def test_many_commands_are_in_a_file(
    commands: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tell(Unsaved("full", len(commands), commands=tuple(commands)))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) <= 8
    assert max(map(len, lines)) < 300
    (path,) = tmp_path.iterdir()
    shown = [line for line in lines if line.startswith("mum-tui: echo")]
    assert lines[-1] == f"mum-tui: … and {len(commands) - len(shown):,} more; to run all of them: sh {path}"
    assert path.stat().st_mode & 0o077 == 0
    said = subprocess.run(["sh", str(path)], capture_output=True, text=True, check=True).stdout
    assert said == "".join(f"{shlex.split(command)[1]}\n" for command in commands)


def test_many_commands_without_room_for_a_file_are_told_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    commands = tuple(f"mum-tui rate id{n} 1" for n in range(20))
    tell(Unsaved("full", 20, commands=commands))
    assert capsys.readouterr().err.splitlines()[2:] == [f"mum-tui: {command}" for command in commands]
