"""Bookmarks: none is lost, whatever happens to the file, and what others wrote stays."""

from __future__ import annotations

import errno
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.library import library_file, recovery
from mum_tui.library.library import Library
from mum_tui.library.notes import BETWEEN_NOTES
from mum_tui.library.operations import _ORDER, Change
from mum_tui.library.outcomes import Saved, Unsaved
from mum_tui.storage import files
from mum_tui.storage.lock import locked
from mum_tui.text import clean
from tests.catalogs import HOSTILE
from tests.disks import as_nobody, everyones_folder, failing, lock_held
from tests.examples import examples

Json = Any


@pytest.fixture
def path(home: Path) -> Path:
    return home / "library.json"


def bookmark(library: Library, *ids: str) -> None:
    """Bookmark ids, each saved at once."""
    for identifier in ids:
        library.change(
            Change(identifier, "bookmarked", True, f"Title of {identifier}", f"https://example.org/{identifier}")
        )
        assert library.save() == Saved()


def remove(library: Library, *ids: str) -> None:
    for identifier in ids:
        library.change(Change(identifier, "bookmarked", False))
        assert library.save() == Saved()


def put(path: Path, content: bytes | Json) -> bytes:
    """Store what somebody else wrote; the octets."""
    path.parent.mkdir(exist_ok=True)
    octets = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(octets)
    return octets


def document(path: Path) -> Json:
    return json.loads(path.read_bytes())


def ids(path: Path) -> list[str]:
    """The bookmarks a new process sees, in order."""
    library = Library(path)
    assert library.notices == []
    return list(library.bookmarks)


def aside(path: Path) -> list[bytes]:
    """The damaged files that were kept."""
    return [found.read_bytes() for found in sorted(path.parent.glob("library.json.corrupt-*"))]


@contextmanager
def disk_full(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.ENOSPC))
        yield


GOOD = {
    "schema": 1,
    "entries": {
        "one": {"bookmarked": "2026-01-01T00:00:00Z", "title": "One", "url": "https://example.org/1"},
        "two": {"bookmarked": "2026-01-02T00:00:00Z", "title": "Two", "url": "https://example.org/2"},
    },
}


# -- setting and removing


def test_reading_creates_nothing(path: Path) -> None:
    library = Library(path)
    assert dict(library.bookmarks) == {}
    assert library.notices == []
    assert library.save() == Saved()
    assert not path.parent.exists()


def test_a_bookmark_is_there_at_once_and_stored_with_what_it_was_called(path: Path) -> None:
    library = Library(path)
    library.change(Change("one", "bookmarked", True, "A title: é 医学", "https://example.org/1"))
    assert list(library.bookmarks) == ["one"]
    assert len(library.pending_commands()) == 1
    assert not path.exists()
    assert library.save() == Saved()
    assert len(library.pending_commands()) == 0
    (found,) = Library(path).bookmarks.values()
    assert (found.id, found.title, found.url) == ("one", "A title: é 医学", "https://example.org/1")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found.bookmarked)
    assert document(path)["schema"] == 1


def test_a_removed_bookmark_leaves_nothing(path: Path) -> None:
    library = Library(path)
    bookmark(library, "one", "two")
    remove(library, "one", "never-set")
    assert list(library.bookmarks) == ["two"]
    assert list(document(path)["entries"]) == ["two"]


def test_bookmarking_again_keeps_the_time_and_renews_the_names(path: Path) -> None:
    put(path, GOOD)
    library = Library(path)
    library.change(Change("one", "bookmarked", True, "One, revised", "https://example.org/new"))
    library.save()
    found = Library(path).bookmarks
    assert list(found) == ["one", "two"]
    assert found["one"].bookmarked == "2026-01-01T00:00:00Z"
    assert (found["one"].title, found["one"].url) == ("One, revised", "https://example.org/new")


@pytest.mark.parametrize("extra", [{}, {"note": "read this"}])
def test_bookmarks_are_in_the_order_they_were_set(path: Path, extra: dict[str, str]) -> None:
    put(path, {"entries": {"c": {"bookmarked": "2026-01-01T00:00:00Z", **extra}}})
    library = Library(path)
    bookmark(library, "b", "a")
    assert ids(path) == ["c", "b", "a"]
    remove(library, "c")
    bookmark(library, "c")
    assert ids(path) == ["b", "a", "c"]
    assert extra.items() <= document(path)["entries"]["c"].items()


def test_a_stamp_that_is_none_does_not_keep_one_from_bookmarking(path: Path) -> None:
    put(path, {"schema": 1, "entries": {"one": {"bookmarked": True, "note": "mine"}}})
    library = Library(path)
    assert dict(library.bookmarks) == {}
    bookmark(library, "one")
    assert ids(path) == ["one"]
    assert document(path)["entries"]["one"]["note"] == "mine"


def test_ids_that_no_catalog_has_stay(path: Path) -> None:
    put(path, GOOD)
    bookmark(Library(path), "three")
    assert ids(path) == ["one", "two", "three"]
    assert Library(path).bookmarks["one"].title == "One"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_stored_and_come_back_harmless(path: Path, text: str) -> None:
    library = Library(path)
    library.change(Change("one", "bookmarked", True, text, text))
    assert library.save() == Saved()
    for found in (library.bookmarks["one"], Library(path).bookmarks["one"]):
        assert (found.title, found.url) == (clean(text), clean(text))


def test_hostile_texts_from_the_file_are_made_harmless(path: Path) -> None:
    texts = [text for text in HOSTILE if "\udc80" not in text]
    items = {f"id{number}": {"bookmarked": text, "title": text, "url": text} for number, text in enumerate(texts)}
    put(path, {"schema": 1, "entries": items})
    for found, text in zip(Library(path).bookmarks.values(), texts, strict=True):
        assert (found.bookmarked, found.title, found.url) == (clean(text),) * 3


@pytest.mark.parametrize("item", [{}, {"title": 5, "url": None}, {"title": ["x"], "url": {"a": 1}}])
def test_names_that_are_no_texts_are_empty(path: Path, item: Json) -> None:
    put(path, {"entries": {"one": {"bookmarked": "2026-01-01T00:00:00Z", **item}}})
    (found,) = Library(path).bookmarks.values()
    assert (found.title, found.url) == ("", "")


# -- what we do not know stays

_texts = st.text(st.characters(codec="utf-8"), max_size=12)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=8,
)


@examples(100)
@given(
    top=st.dictionaries(_texts.filter(lambda key: key not in ("schema", "entries")), _json, max_size=3),
    entries=st.dictionaries(_texts.filter(lambda key: key != "mine"), _json, max_size=4),
    item=st.dictionaries(_texts.filter(lambda key: key not in _ORDER), _json, max_size=3),
)
def test_unknown_keys_and_items_are_kept_with_their_meaning(
    top: dict[str, Json], entries: dict[str, Json], item: dict[str, Json]
) -> None:
    before = {**top, "entries": {**entries, "mine": item}}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.json"
        put(path, before)
        bookmark(Library(path), "mine")
        after = document(path)
        assert after.pop("schema") == 1
        stored = after["entries"].pop("mine")
        assert stored.pop("title") == "Title of mine"
        assert stored.pop("url")
        assert stored.pop("bookmarked")
        # repr tells 1 from 1.0 and True, and -0.0 from 0.0
        assert repr(stored) == repr(item)
        assert repr(after) == repr({**top, "entries": entries})
        remove(Library(path), "mine")
        left = document(path)["entries"].get("mine", {})
        left.pop("title", None)
        left.pop("url", None)
        assert repr(left) == repr(item)


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("item", ["2026-01-01", 7, None, ["x"], False])
def test_an_item_of_unknown_form_is_not_dropped_by_changing_it(path: Path, item: Json, on: bool) -> None:
    put(path, {"schema": 1, "entries": {"odd": item}})
    library = Library(path)
    assert dict(library.bookmarks) == {}
    library.change(Change("odd", "bookmarked", on))
    assert library.save() == Saved()
    assert ("odd" in library.bookmarks) is on
    assert document(path)["entries"]["odd"]["unreadable"] == item


# -- damaged files

DAMAGED = {
    "empty": b"",
    "blank": b" \n\n",
    "zeros": b"\0" * 4096,
    "truncated": json.dumps(GOOD).encode()[:-20],
    "text": b"hello",
    "list": b"[]",
    "null": b"null",
    "entries-list": b'{"schema": 1, "entries": []}',
    "entries-null": b'{"schema": 1, "entries": null}',
    "not-utf8": b'{"schema": 1, "entries": {"\xff": {}}}',
    "surrogate": b'{"schema": 1, "entries": {"\\ud800": {}}}',
    "deep": b'{"entries": ' + b"[" * 100_000,
    "twice": json.dumps(GOOD).encode() * 2,
    "binary": bytes(range(256)),
}
LEFT = {DAMAGED["truncated"]: ["one"], DAMAGED["twice"]: ["one", "two"]}
"""What can still be read of them."""
EMPTY = "it is unreadable and has no backup; starting with an empty library"
damaged = pytest.mark.parametrize("octets", DAMAGED.values(), ids=DAMAGED.keys())


@damaged
def test_a_damaged_file_is_set_aside_and_said_and_one_can_go_on(path: Path, octets: bytes) -> None:
    put(path, octets)
    library = Library(path)
    left = LEFT.get(octets, [])
    assert list(library.bookmarks) == left
    assert aside(path) == [octets]
    first, second = library.notices
    (kept,) = path.parent.glob("library.json.corrupt-*")
    assert re.fullmatch(r"library\.json\.corrupt-\d{8}-\d{6}", kept.name)
    assert str(path) in first
    assert "damaged" in first
    assert kept.name in first
    if left:
        assert re.fullmatch(r"\d entr(y is|ies are) recovered: \d read from the damaged file", second)
    else:
        assert second == EMPTY
    bookmark(library, "mine")
    assert ids(path) == [*left, "mine"]
    assert aside(path) == [octets]


@damaged
def test_the_backup_takes_the_place_of_a_damaged_file(path: Path, octets: bytes) -> None:
    put(path, octets)
    backup = put(path.with_name("library.json.bak"), {**GOOD, "unknown": [1]})
    library = Library(path)
    assert list(library.bookmarks) == ["one", "two"]
    assert aside(path) == [octets]
    assert library.notices[1].startswith("2 entries are recovered: ")
    assert library.notices[1].endswith("from the backup") or octets == DAMAGED["twice"]
    # It is so for good, whether anything is changed now or not.
    assert ids(path) == ["one", "two"]
    bookmark(library, "three")
    assert list(library.bookmarks) == ["one", "two", "three"]
    assert ids(path) == ["one", "two", "three"]
    assert document(path)["unknown"] == [1]
    assert recovery.backups(library.path)[0].read_bytes() == backup


def test_a_damaged_backup_is_left_where_it_is(path: Path) -> None:
    put(path, b"{")
    put(path.with_name("library.json.bak"), b"[")
    library = Library(path)
    assert library.notices[1] == EMPTY
    assert dict(library.bookmarks) == {}
    assert recovery.backups(library.path)[0].read_bytes() == b"["


def test_every_damaged_file_is_kept(path: Path) -> None:
    for octets in (b"1", b"2", b"3"):
        put(path, octets)
        Library(path)
    assert sorted(aside(path)) == [b"1", b"2", b"3"]


def test_a_file_damaged_meanwhile_comes_back_as_it_was_last_seen(path: Path) -> None:
    put(path.with_name("library.json.bak"), GOOD)
    library = Library(path)
    bookmark(library, "a", "b")
    put(path, b"")
    library.change(Change("c", "bookmarked", True))
    outcome = library.save()
    assert isinstance(outcome, Unsaved)
    assert outcome.count == 1
    assert "damaged" in outcome.reason
    assert list(library.bookmarks) == ["a", "b", "c"]
    assert aside(path) == [b""]
    assert ids(path) == ["a", "b"]
    assert "2 entries are recovered: 2 as they were last read" in library.notices
    assert library.save() == Saved()
    assert ids(path) == ["a", "b", "c"]


@damaged
def test_a_damaged_file_that_cannot_be_set_aside_is_left_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch, octets: bytes
) -> None:
    put(path, octets)
    put(path.with_name("library.json.bak"), GOOD)
    with disk_full(monkeypatch):
        library = Library(path)
        assert list(library.bookmarks) == ["one", "two"]
        assert "cannot be replaced (No space left on device)" in library.notices[0]
        library.change(Change("three", "bookmarked", True))
        outcome = library.save()
        assert isinstance(outcome, Unsaved)
        assert "cannot be replaced" in outcome.reason
        assert path.read_bytes() == octets
        assert aside(path) == []
    library.save()
    assert library.save() == Saved()
    assert aside(path) == [octets]
    assert ids(path) == ["one", "two", "three"]


def test_a_file_that_another_process_mended_is_not_set_aside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(path, b"{")

    @contextmanager
    def mended_while_waiting(target: Path, timeout: float) -> Iterator[None]:
        with locked(target, timeout):
            put(path, GOOD)
            yield

    monkeypatch.setattr(library_file, "locked", mended_while_waiting)
    library = Library(path)
    assert list(library.bookmarks) == ["one", "two"]
    assert library.notices == []
    assert aside(path) == []


def test_a_damaged_file_behind_a_link_is_kept_beside_the_file(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "library.json"
    put(real, b"{")
    path.parent.mkdir()
    path.symlink_to(real)
    bookmark(Library(path), "one")
    assert path.is_symlink()
    assert aside(real) == [b"{"]
    assert ids(real) == ["one"]


# -- files we must not touch


def test_a_file_of_a_newer_version_is_only_read(path: Path) -> None:
    octets = put(path, {**GOOD, "schema": 2})
    library = Library(path)
    assert list(library.bookmarks) == ["one", "two"]
    assert len(library.notices) == 1
    assert "newer mum-tui (schema 2)" in library.notices[0]
    assert library.read_only == library.notices[0]
    library.change(Change("three", "bookmarked", True))
    library.change(Change("one", "bookmarked", False))
    outcome = library.save()
    assert outcome == Unsaved(library.read_only, 2)
    assert list(library.bookmarks) == ["two", "three"]
    assert path.read_bytes() == octets
    assert not recovery.backups(library.path)[0].exists()


def test_a_file_that_became_newer_meanwhile_is_only_read(path: Path) -> None:
    library = Library(path)
    bookmark(library, "one")
    octets = put(path, {**GOOD, "schema": 2})
    library.change(Change("three", "bookmarked", True))
    outcome = library.save()
    assert isinstance(outcome, Unsaved)
    assert "newer mum-tui" in outcome.reason
    assert path.read_bytes() == octets
    put(path, GOOD)
    assert library.save() == Saved()
    assert ids(path) == ["one", "two", "three"]


def test_something_that_is_no_file_is_not_replaced(path: Path) -> None:
    path.mkdir(parents=True)
    library = Library(path)
    assert "cannot be read (Is a directory)" in library.notices[0]
    library.change(Change("three", "bookmarked", True))
    outcome = library.save()
    assert isinstance(outcome, Unsaved)
    assert "Is a directory" in outcome.reason
    assert path.is_dir()
    path.rmdir()
    put(path, GOOD)
    assert library.save() == Saved()
    assert list(library.bookmarks) == ["one", "two", "three"]
    assert ids(path) == ["one", "two", "three"]


def test_a_file_that_may_not_be_read_is_not_replaced_and_saved_to_once_it_may() -> None:
    with everyones_folder() as folder:
        path = folder / "library.json"
        octets = put(path, GOOD)
        if os.geteuid() == 0:
            os.chown(path, folder.stat().st_uid, folder.stat().st_gid)
        path.chmod(0)
        code = """
path = Path(sys.argv[1])
library = Library(path)
library.change(Change("three", "bookmarked", True))
print(library.save().reason)
path.chmod(0o600)
print(path.read_text())
print(type(library.save()).__name__, *library.bookmarks)
"""
        reason, stored, after = as_nobody(code, str(path)).splitlines()
        assert "cannot be read (Permission denied)" in reason
        assert stored.encode() == octets
        assert after == "Saved one two three"
        assert ids(path) == ["one", "two", "three"]


# -- failures to write


OLD, NEW = "2026-01-01T00:00:00Z", "2026-02-02T00:00:00Z"


@pytest.mark.parametrize("is_refreshed", [False, True])
@pytest.mark.parametrize(("ours", "theirs", "rating"), [(OLD, NEW, 5), (NEW, OLD, 3)])
def test_a_change_that_waited_does_not_replace_a_newer_one(
    path: Path, monkeypatch: pytest.MonkeyPatch, ours: str, theirs: str, rating: int, is_refreshed: bool
) -> None:
    waiting, other = Library(path), Library(path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.ENOSPC))
        waiting.change(Change("a", "rating", 3, at=ours), Change("a", "note", "of", at=ours))
        waiting.change(Change("a", "note", "ours", at=ours), Change("b", "rating", 1, at=ours))
        assert isinstance(waiting.save(), Unsaved)
    other.change(Change("a", "rating", 5, at=theirs), Change("a", "note", "theirs", at=theirs))
    assert other.save() == Saved()
    if is_refreshed:
        waiting.refresh()
    is_late = ours < theirs
    assert waiting.save() == Saved(("a",) if is_late else ())
    stored = Library(path).annotations
    assert waiting.annotations == stored
    assert stored["a"].rating == rating
    assert stored["a"].note == (f"theirs{BETWEEN_NOTES}ours" if is_late else "ours")
    assert stored["b"].rating == 1
    told = ["The note was changed elsewhere meanwhile: both are kept (a)"] if is_late else []
    assert waiting.notices == told


def test_what_cannot_be_written_stays_in_memory_and_is_written_with_the_next_change(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(path)
    bookmark(library, "one", "two")
    octets = path.read_bytes()
    with disk_full(monkeypatch):
        library.change(Change("three", "bookmarked", True, "Three"))
        assert library.save() == Unsaved(f"{path}: No space left on device", 1)
        library.change(Change("one", "bookmarked", False))
        assert library.save() == Unsaved(f"{path}: No space left on device", 2)
        assert list(library.bookmarks) == ["two", "three"]
        assert len(library.pending_commands()) == 2
        assert path.read_bytes() == octets
        assert not [one for one in path.parent.iterdir() if one.name.endswith(".tmp")]
    bookmark(library, "four")
    assert ids(path) == ["two", "three", "four"]
    assert Library(path).bookmarks["three"].title == "Three"
    assert len(library.pending_commands()) == 0


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_a_home_that_cannot_be_made_is_no_error(path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(Path, "mkdir", failing(number))
    library = Library(path)
    library.change(Change("one", "bookmarked", True))
    assert library.save() == Unsaved(f"{path}: {os.strerror(number)}", 1)
    assert list(library.bookmarks) == ["one"]


def test_a_file_in_the_place_of_the_home_is_no_error(path: Path) -> None:
    path.parent.write_bytes(b"")
    library = Library(path)
    library.change(Change("one", "bookmarked", True))
    outcome = library.save()
    assert isinstance(outcome, Unsaved)
    assert outcome.count == 1
    assert path.parent.is_file()


def test_what_would_be_too_large_to_be_read_again_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_file, "MOST_BYTES", 1_000_000)
    library = Library(path)
    bookmark(library, "before")
    whole = path.read_bytes()
    library.change(*(Change(f"id{number}", "note", "long " * 20_000) for number in range(20)))
    assert library.save() == Unsaved(f"{path}: it would be larger than 1 MB", 20)
    assert path.read_bytes() == whole
    assert library.undo()
    assert library.save() == Saved()
    assert ids(path) == ["before"]


def test_a_busy_file_is_given_up_in_time_and_written_later(path: Path) -> None:
    library = Library(path, lock_seconds=0.2)
    library.change(Change("one", "bookmarked", True))
    with lock_held(path):
        start = time.monotonic()
        assert library.save() == Unsaved(f"{path}: another mum-tui is writing to it", 1)
        assert time.monotonic() - start < 2
    assert library.save() == Saved()
    assert ids(path) == ["one"]


def test_a_change_made_while_another_is_written_is_not_taken_for_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(path)
    library.change(Change("one", "bookmarked", True))
    write = files.write_atomically

    def slow(target: Path, data: bytes) -> None:
        library.change(Change("two", "bookmarked", True))
        write(target, data)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_atomically", slow)
        assert library.save() == Saved()
    assert len(library.pending_commands()) == 1
    assert list(library.bookmarks) == ["one", "two"]
    assert ids(path) == ["one"]
    assert library.save() == Saved()
    assert ids(path) == ["one", "two"]


def test_reading_again_keeps_what_is_not_written_on_top(path: Path) -> None:
    library = Library(path)
    bookmark(library, "gone")
    library.change(Change("mine", "bookmarked", True))
    put(path, GOOD)
    library.reload()
    assert list(library.bookmarks) == ["one", "two", "mine"]
    assert len(library.pending_commands()) == 1


@pytest.mark.parametrize("identifier", ["liu2023clip", "$(touch x)", "a; rm -rf /", "a'b\"c", "with space", "`id`"])
def test_pending_commands_would_make_the_changes(path: Path, identifier: str) -> None:
    library = Library(path)
    library.change(Change(identifier, "bookmarked", True))
    library.change(Change(identifier, "bookmarked", False))
    assert [shlex.split(command, comments=True) for command in library.pending_commands()] == [
        ["mum-tui", "bookmark", "add", identifier],
        ["mum-tui", "bookmark", "remove", identifier],
    ]
    library.save()
    assert library.pending_commands() == []


# -- the backup


def test_the_backup_is_the_state_before_the_first_change_of_a_day(path: Path) -> None:
    library = Library(path)
    bookmark(library, "one")
    assert not recovery.backups(library.path)[0].exists()
    bookmark(library, "two", "three")
    assert list(document(recovery.backups(library.path)[0])["entries"]) == ["one"]
    yesterday = time.time() - 86_401
    os.utime(recovery.backups(library.path)[0], (yesterday, yesterday))
    bookmark(library, "four")
    assert list(document(recovery.backups(library.path)[0])["entries"]) == ["one", "two", "three"]


# -- several at once


def test_two_that_take_turns_keep_what_both_did(path: Path) -> None:
    first, second = Library(path), Library(path)
    bookmark(first, "a")
    bookmark(second, "b")
    bookmark(first, "c")
    assert list(first.bookmarks) == ["a", "b", "c"]
    remove(second, "a")
    assert list(second.bookmarks) == ["b", "c"]
    bookmark(first, "d")
    assert list(first.bookmarks) == ["b", "c", "d"]
    assert ids(path) == ["b", "c", "d"]


@examples(100)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from("abcd"), st.booleans(), st.booleans()),
        max_size=12,
    )
)
def test_any_interleaving_ends_with_all_changes_in_the_order_they_were_written(
    steps: list[tuple[int, str, bool, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.json"
        libraries = [Library(path) for _ in range(3)]
        waiting: list[list[tuple[str, bool]]] = [[], [], []]
        expected: dict[str, None] = {}
        for who, identifier, on, save in [*steps, *((who, "a", True, True) for who in range(3))]:
            libraries[who].change(Change(identifier, "bookmarked", on))
            waiting[who].append((identifier, on))
            assert (identifier in libraries[who].bookmarks) is on
            if save:
                assert libraries[who].save() == Saved()
                for name, wanted in waiting[who]:
                    if wanted:
                        expected.setdefault(name)
                    else:
                        expected.pop(name, None)
                waiting[who].clear()
                assert list(libraries[who].bookmarks) == list(expected)
        assert ids(path) == list(expected)


def test_threads_that_share_a_library_lose_nothing(path: Path) -> None:
    library = Library(path)
    outcomes: list[object] = []

    def work(name: str) -> None:
        for number in range(20):
            library.change(Change(f"{name}{number}", "bookmarked", True))
            outcomes.append(library.save())

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Saved()] * 80
    assert len(library.pending_commands()) == 0
    wanted = {f"{name}{number}" for name in "abcd" for number in range(20)}
    assert set(library.bookmarks) == wanted
    assert set(ids(path)) == wanted


def test_two_processes_keep_all_of_their_two_hundred_bookmarks(path: Path) -> None:
    code = """
import sys
from pathlib import Path
from mum_tui.library.library import Library
from mum_tui.library.notes import BETWEEN_NOTES
from mum_tui.library.outcomes import Saved
from mum_tui.library.operations import _ORDER, Change
library = Library(Path(sys.argv[1]), lock_seconds=30)
sys.stdin.read()  # both start when this is closed
for number in range(100):
    library.change(Change(f"{sys.argv[2]}{number}", "bookmarked", True))
    assert library.save() == Saved()
"""
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(path), name], stdin=subprocess.PIPE) for name in "ab"
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
    assert [process.wait(60) for process in processes] == [0, 0]
    assert sorted(ids(path)) == sorted(f"{name}{number}" for name in "ab" for number in range(100))
    assert aside(path) == []
