"""Changes that could not be written before a program ended, and what the next start makes of them."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from mum_tui.library import unsaved
from mum_tui.library.library import Library
from mum_tui.library.notes import BETWEEN_NOTES
from mum_tui.library.operations import Change
from mum_tui.library.outcomes import Saved, Unsaved
from tests.disks import failing, lock_held

OLD, NEW = "2026-01-01T00:00:00Z", "2026-02-02T00:00:00Z"


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "state" / "unsaved"


def kept(folder: Path, *changes: Change) -> None:
    unsaved.store(folder, changes)


@pytest.mark.parametrize(
    ("in_file", "change", "expected"),
    [
        (None, Change("a", "rating", 4, at=OLD), 4),
        (Change("a", "rating", 2, at=OLD), Change("a", "rating", 4, at=NEW), 4),
        (Change("a", "rating", 2, at=NEW), Change("a", "rating", 4, at=OLD), 2),
        (Change("a", "rating", 2, at=OLD), Change("a", "rating", None, at=NEW), 0),
    ],
)
def test_the_newest_value_wins(home: Path, folder: Path, in_file: Change | None, change: Change, expected: int) -> None:
    library = Library(home / "library.json")
    library.change(Change("a", "bookmarked", True), *([in_file] if in_file else []))
    library.save()
    kept(folder, change)
    again = Library(home / "library.json", unsaved_folder=folder)
    assert again.annotations["a"].rating == expected
    assert again.save() == Saved()
    assert list(folder.iterdir()) == []
    assert Library(home / "library.json").annotations["a"].rating == expected


def test_two_notes_are_both_kept(home: Path, folder: Path) -> None:
    library = Library(home / "library.json")
    library.change(Change("a", "note", "newer", at=NEW))
    library.save()
    kept(folder, Change("a", "note", "older", at=OLD))
    assert Library(home / "library.json", unsaved_folder=folder).annotations["a"].note == f"newer{BETWEEN_NOTES}older"


def test_what_was_changed_since_is_told(home: Path, folder: Path) -> None:
    library = Library(home / "library.json")
    library.change(Change("a", "status", "read", at=NEW))
    library.save()
    kept(folder, Change("a", "status", "reading", at=OLD))
    again = Library(home / "library.json", unsaved_folder=folder)
    assert again.annotations["a"].status == "read"
    assert again.notices == ["a has changed since; a change that could not be saved last time was dropped"]


@pytest.mark.parametrize("content", [b"", b"[", b"[1]", b"\xff", b"{}", b'[{"id": 1, "field": 2, "value": 3}]'])
def test_a_file_that_cannot_be_read_is_left_alone(home: Path, folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "odd.json").write_bytes(content)
    library = Library(home / "library.json", unsaved_folder=folder)
    assert not library.annotations
    library.change(Change("a", "rating", 1))
    assert library.save() == Saved()
    assert (folder / "odd.json").read_bytes() == content


def test_what_is_brought_in_and_fails_again_is_kept_once(home: Path, folder: Path) -> None:
    kept(folder, Change("a", "rating", 4, at=OLD))
    library = Library(home / "library.json", lock_seconds=0.05, unsaved_folder=folder)
    library.change(Change("b", "rating", 5))
    home.mkdir(exist_ok=True)
    with lock_held(home / "library.json"):
        assert isinstance(library.save(), Unsaved)
    assert library.store_unsaved() is not None
    assert library.notices == [], "what failed again was not added"
    assert len(list(folder.iterdir())) == 1
    again = Library(home / "library.json", unsaved_folder=folder)
    assert (again.annotations["a"].rating, again.annotations["b"].rating) == (4, 5)
    assert again.save() == Saved()
    assert again.notices == ["2 changes could not be saved last time; added now"]


@pytest.mark.parametrize("kind", ["folder", "loop", "socket"])
def test_a_lock_that_cannot_be_opened_is_named(home: Path, kind: str) -> None:
    home.mkdir()
    lock = home / "library.json.lock"
    if kind == "folder":
        lock.mkdir()
    elif kind == "loop":
        lock.symlink_to(lock.name)
    else:
        os.mknod(lock, stat.S_IFSOCK | 0o600)
    library = Library(home / "library.json")
    library.change(Change("a", "rating", 1))
    outcome = library.save()
    assert isinstance(outcome, Unsaved)
    assert "its lock file library.json.lock cannot be opened: " in outcome.reason


def test_a_terminal_executes_nothing_of_a_notice(home: Path, folder: Path) -> None:
    library = Library(home / "library.json")
    library.change(Change("\x1b[2J", "status", "read", at=NEW))
    library.save()
    kept(folder, Change("\x1b[2J", "status", "reading", at=OLD))
    (notice,) = Library(home / "library.json", unsaved_folder=folder).notices
    assert notice.startswith("\ufffd[2J has changed since")


def test_a_disk_without_locks_is_told_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", failing(errno.ENOLCK))
    library = Library(home / "library.json")
    for rating in (1, 2):
        library.change(Change("a", "rating", rating))
        assert library.save() == Saved()
    assert library.notices == [f"{library.path} is on a disk without locks: do not change it from two programs at once"]


def test_nothing_is_made_where_nothing_is_pending(home: Path, folder: Path) -> None:
    assert Library(home / "library.json", unsaved_folder=folder).store_unsaved() is None
    assert not home.exists()


def test_a_folder_that_cannot_be_looked_at_is_none(home: Path) -> None:
    library = Library(home / "library.json", unsaved_folder=Path("/", "a" * 5000))
    library.change(Change("a", "rating", 1))
    assert library.save() == Saved()


def names(changes: Sequence[Change]) -> list[str]:
    return [change.id for change in changes]


def test_the_oldest_file_comes_first(folder: Path) -> None:
    kept(folder, Change("a", "rating", 1, at=OLD))
    kept(folder, Change("b", "rating", 1, at=OLD))
    assert [names(changes) for changes in unsaved.load(folder).values()] == [["a"], ["b"]]


@pytest.mark.parametrize(
    "changes",
    [[Change("a", "bookmarked", True)], [Change("a", "note", "second")], [Change("a", "tag:x", True)]],
    ids=lambda changes: changes[0].field,
)
def test_undoing_that_could_not_be_saved_is_done_at_the_next_start(
    home: Path, folder: Path, changes: list[Change]
) -> None:
    library = Library(home / "library.json", unsaved_folder=folder)
    library.change(Change("a", "rating", 3), Change("a", "note", "first"))
    library.save()
    before = library.annotations["a"]
    library.change(*changes)
    library.save()
    library.undo()
    library.store_unsaved()
    again = Library(home / "library.json", unsaved_folder=folder)
    assert again.annotations["a"] == before
    assert again.save() == Saved()
    assert again.notices == ["1 change could not be saved last time; added now"]


def test_undoing_that_could_not_be_saved_leaves_what_others_did_since(home: Path, folder: Path) -> None:
    library = Library(home / "library.json", unsaved_folder=folder)
    library.change(Change("a", "note", "first"))
    library.save()
    library.undo()
    library.store_unsaved()
    other = Library(home / "library.json")
    other.change(Change("a", "note", "of another"))
    other.save()
    again = Library(home / "library.json", unsaved_folder=folder)
    assert again.annotations["a"].note == "of another"
    assert again.notices == ["a has changed since; a change that could not be saved last time was dropped"]
