"""A library that others change, sync, remove or lock while it is open."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mum_tui.library import encoded_entries, recovery
from mum_tui.library.document import Document
from mum_tui.library.encoded_entries import BLOCK
from mum_tui.library.library import Library
from mum_tui.library.notes import BETWEEN_NOTES
from mum_tui.library.operations import Change
from mum_tui.library.outcomes import Saved, Unsaved
from tests.core.test_library_operations import changes
from tests.disks import failing, small_disk
from tests.examples import examples


@pytest.fixture
def path(home: Path) -> Path:
    return home / "library.json"


def change(library: Library, *made: Change) -> None:
    library.change(*made)
    assert library.save() == Saved()


def test_anothers_change_is_noticed_once_and_shown(path: Path) -> None:
    mine, other = Library(path), Library(path)
    assert not mine.changed_on_disk()
    assert not mine.refresh()
    change(other, Change("a", "status", "read"))
    assert mine.changed_on_disk()
    assert mine.refresh()
    assert mine.annotations["a"].status == "read"
    assert not mine.changed_on_disk()
    assert not mine.refresh()
    change(mine, Change("a", "rating", 2))
    assert not mine.changed_on_disk(), "our own writing is no news"
    os.utime(path)
    assert mine.changed_on_disk()
    assert not mine.refresh(), "the same content is no change"


def test_a_refresh_keeps_what_is_not_written_on_top(path: Path) -> None:
    mine, other = Library(path), Library(path)
    mine.change(Change("a", "note", "mine"))
    change(other, Change("a", "rating", 5), Change("b", "bookmarked", True))
    assert mine.refresh()
    assert (mine.annotations["a"].note, mine.annotations["a"].rating, list(mine.annotations)) == ("mine", 5, ["a", "b"])
    assert mine.save() == Saved()
    assert Library(path).annotations == mine.annotations


def test_undoing_leaves_what_another_did_to_the_same_field(path: Path) -> None:
    mine, other = Library(path), Library(path)
    change(mine, Change("a", "status", "reading"), Change("b", "status", "reading"))
    other.refresh()
    change(other, Change("a", "status", "read"), Change("c", "rating", 1))
    done = mine.undo()  # before it is seen
    assert done is not None
    assert done.skipped == ()
    assert mine.save() == Saved(skipped=("a",))
    assert (mine.annotations["a"].status, "b" in mine.annotations, mine.annotations["c"].rating) == ("read", False, 1)
    assert Library(path).annotations == mine.annotations


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_note_that_another_wrote_meanwhile_is_kept_beside_the_new_one(path: Path, is_seen: bool) -> None:
    mine, other = Library(path), Library(path)
    change(mine, Change("a", "note", "old"))
    other.refresh()
    change(other, Change("a", "note", "theirs"))
    if is_seen:
        mine.refresh()
    mine.change(Change("a", "note", "mine", "Title", begun="old"))
    assert mine.save() == Saved()
    assert Library(path).annotations["a"].note == mine.annotations["a"].note == f"theirs{BETWEEN_NOTES}mine"
    assert mine.notices == ["The note was changed elsewhere meanwhile: both are kept (Title)"]
    undone = mine.undo()
    assert undone is not None
    assert not undone.skipped
    assert mine.save() == Saved()
    assert Library(path).annotations["a"].note == mine.annotations["a"].note == "theirs"


@pytest.mark.parametrize(("theirs", "mine", "kept"), [("theirs", None, "theirs"), (None, "mine", "mine")])
def test_of_a_note_that_one_of_two_removed_the_other_stays(
    path: Path, theirs: str | None, mine: str | None, kept: str
) -> None:
    library, other = Library(path), Library(path)
    change(library, Change("a", "note", "old"))
    other.refresh()
    change(other, Change("a", "note", theirs))
    change(library, Change("a", "note", mine, begun="old"))
    assert Library(path).annotations["a"].note == library.annotations["a"].note == kept


def test_a_note_that_waits_for_a_full_disk_replaces_no_newer_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = Library(path), Library(path)
    mine.change(Change("a", "note", "mine", begun=None))
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", failing(errno.ENOSPC))
        assert isinstance(mine.save(), Unsaved)
    change(other, Change("a", "note", "theirs", at="2999-01-01"))
    assert mine.save() == Saved()
    both = Library(path).annotations["a"]
    assert (both.note, both.changed["note"]) == (f"theirs{BETWEEN_NOTES}mine", "2999-01-01")


def test_undoing_what_is_seen_to_have_changed_is_said_at_once(path: Path) -> None:
    mine, other = Library(path), Library(path)
    change(mine, Change("a", "status", "reading"), Change("b", "status", "reading"))
    other.refresh()
    change(other, Change("a", "status", "read"))
    mine.refresh()
    done = mine.undo()
    assert done is not None
    assert done.skipped == ("a",)
    assert mine.annotations["a"].status == "read"
    assert mine.save() == Saved()
    redone = mine.redo()
    assert redone is not None
    assert redone.step.ids == ("b",)
    assert mine.annotations["b"].status == "reading"
    assert mine.annotations["a"].status == "read"


def test_a_folder_removed_while_open_loses_nothing(path: Path) -> None:
    library = Library(path)
    change(library, Change("a", "note", "text"))
    shutil.rmtree(path.parent)
    assert library.changed_on_disk()
    assert not library.refresh()
    assert library.annotations["a"].note == "text"
    assert not library.changed_on_disk()
    change(library, Change("b", "rating", 1))
    assert list(Library(path).annotations) == ["a", "b"]
    (notice,) = library.notices
    assert "was removed" in notice


def test_a_file_seen_half_written_gets_a_second_chance(path: Path) -> None:
    library, other = Library(path), Library(path)
    change(other, Change("a", "rating", 1))
    whole = path.read_bytes()
    path.write_bytes(whole[:20])
    assert not library.refresh()
    assert path.read_bytes() == whole[:20]
    path.write_bytes(whole)
    assert library.refresh()
    assert library.annotations["a"].rating == 1
    assert library.notices == []
    path.write_bytes(b"{")
    assert not library.refresh()
    assert not library.refresh()
    assert library.annotations["a"].rating == 1
    assert json.loads(path.read_bytes())["entries"]["a"]["rating"] == 1
    assert "was damaged" in library.notices[0]


@pytest.mark.parametrize(
    "name",
    [
        "library.sync-conflict-20261125-101010-ABCDEFG.json",
        "library (conflicted copy 2026-11-25 101010).json",
        "library (Ann's conflicted copy 2026-11-25).json",
    ],
)
def test_the_copies_of_synchronising_programs_are_noticed(path: Path, name: str) -> None:
    change(Library(path), Change("a", "rating", 1))
    path.with_name(name).write_bytes(path.read_bytes())
    (notice,) = Library(path).notices
    assert name in notice
    assert "library import" in notice


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_what_cannot_be_written_is_said_in_one_line_and_retried(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    library = Library(path)
    change(library, Change("a", "rating", 1))
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", failing(number))
        library.change(Change("a", "note", "text"))
        outcome = library.save()
        assert outcome == Unsaved(f"{path}: {os.strerror(number)}", 1)
        assert library.undo() is not None
        assert library.save() == Unsaved(f"{path}: {os.strerror(number)}", 2)
        assert library.redo() is not None
    assert library.save() == Saved()
    assert Library(path).annotations["a"].note == "text"


def test_a_link_to_dotfiles_stays_one_through_changes_and_refreshes(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "mum.json"
    real.parent.mkdir()
    path.parent.mkdir()
    path.symlink_to(real)
    library = Library(path)
    change(library, Change("a", "rating", 1))
    assert path.is_symlink()
    change(Library(real), Change("b", "rating", 2))
    assert library.refresh()
    assert list(library.annotations) == ["a", "b"]


def test_three_backups_of_different_days_are_kept_whatever_the_clock_does(path: Path) -> None:
    library = Library(path)
    for number, age in enumerate((0, 0, 90_000, -90_000, 90_000, 10)):
        if recovery.backups(library.path)[0].exists():
            stamp = time.time() - age
            os.utime(recovery.backups(library.path)[0], (stamp, stamp))
        change(library, Change(f"id{number}", "rating", 1))
    kept = [len(json.loads(one.read_bytes())["entries"]) for one in recovery.backups(path)]
    assert kept == [4, 3, 2]


@examples(100)
@given(
    st.lists(changes, max_size=8),
    st.lists(changes, max_size=8),
    st.sampled_from((1, 100, 200, BLOCK)),
    st.sampled_from((1, 80, 150, BLOCK)),
)
def test_encoding_only_what_changed_gives_what_encoding_all_gives(
    first: list[Change], second: list[Change], size: int, long: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoded_entries, "BLOCK", size)
        patch.setattr(encoded_entries, "LONG", long)
        compare_encodings(first, second)


def compare_encodings(first: list[Change], second: list[Change]) -> None:
    document = Document({"a": {"note": "kept"}, "z": ["odd"]})
    for made in (first, second):
        document.encode()
        before = document.copy()
        for one in made:
            document.apply(replace(one, at="2026-01-01T00:00:00Z"))
        assert document.encode() == Document(dict(document.entries)).encode()
        assert before.encode() == Document(dict(before.entries)).encode()


def test_a_disk_that_is_full_loses_nothing_and_is_retried(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    with small_disk(folder, "96k"):
        path = folder / "library.json"
        library = Library(path)
        change(library, Change("a", "note", "x" * 20_000))
        (folder / "other").write_bytes(b"x" * 50_000)
        whole = path.read_bytes()
        library.change(Change("b", "note", "y" * 20_000))
        assert library.save() == Unsaved(f"{path}: No space left on device", 1)
        assert path.read_bytes() == whole
        (folder / "other").unlink()
        assert library.save() == Saved()
        assert list(Library(path).annotations) == ["a", "b"]
