"""Forty damaged or hostile library files: none is overwritten, each is opened as far as possible, and it is said."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from mum_tui.library.document import DamagedLibrary, Document, combined, decode, rescued
from mum_tui.library.library import Library
from mum_tui.library.operations import Change
from mum_tui.library.outcomes import Saved, Unsaved

ENTRIES: dict[str, Any] = {
    f"id{number}": {"bookmarked": f"2026-01-{number + 1:02}T00:00:00Z", "title": f"Title {number}", "note": "n\nn"}
    for number in range(20)
}
WHOLE = Document(dict(ENTRIES)).encode()


def _conflict(ours: str, theirs: str, base: str = "") -> bytes:
    middle = f"||||||| base\n{base}" if base else ""
    return (
        f'{{\n  "schema": 1,\n  "entries": {{\n<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> other\n'
        '    "last": {"bookmarked": "2026-01-01T00:00:00Z"}\n  }\n}\n'
    ).encode()


A = '    "a": {"status": "read", "changed": {"status": "2026-01-01T00:00:00Z"}, "note": "mine"},\n'
B = '    "a": {"status": "reading", "changed": {"status": "2026-02-01T00:00:00Z"}, "note": "theirs"},\n'
B += '    "b": {"rating": 2},\n'

CUT = {f"cut-{part * 5}": WHOLE[: len(WHOLE) * part // 20] for part in range(20)}
BROKEN = {
    **CUT,
    "one-octet-short": WHOLE.rstrip()[:-1],
    "zeros-at-the-end": WHOLE[:2000] + b"\0" * 2000,
    "flipped": WHOLE[:1500] + b"\xff\xfe" + WHOLE[1502:],
    "binary": bytes(range(256)) * 16,
    "utf-16": WHOLE.decode().encode("utf-16"),
    "html": b"<html><body>502 Bad Gateway</body></html>",
    "list": b"[1, 2]",
    "entries-list": b'{"schema": 1, "entries": []}',
    "deep": b'{"schema": 1, "entries": {"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
    "deep-cut": b'{"entries": ' + b'{"a":' * 50_000,
    "twice": WHOLE + WHOLE,
    "hole": WHOLE[:1500] + b"\0" * 100 + WHOLE[1600:],
    "trailing-comma": WHOLE.rstrip()[:-6] + b",\n  }\n}\n",
    "conflict": _conflict(A, B),
    "conflict-diff3": _conflict(A, B, base='    "a": {},\n'),
    "conflict-crlf": _conflict(A, B).replace(b"\n", b"\r\n"),
    "conflict-cut": _conflict(A, B)[:-60],
}
READABLE = {
    "bom": b"\xef\xbb\xbf" + WHOLE,
    "schema-word": b'{"schema": "x", "entries": {"a": {"rating": 2}}}',
    "schema-0": b'{"schema": 0, "entries": {"a": {"rating": 2}}}',
    "wrong-types": json.dumps(
        {
            "entries": {
                "a": {"rating": 2, "status": 5, "note": ["x"], "tags": 7, "changed": "x", "bookmarked": None},
                "b": [1],
                "c": None,
                "": {"rating": 1},
                "d": {"status": "skimmed", "rating": 2.5, "tags": {"x": 5, "y": None}},
            }
        }
    ).encode(),
    "huge": Document({f"id{n}": {"note": "x" * 1000, "rating": 1} for n in range(20_000)}).encode(),
    "nested": b'{"entries": {"a": {"rating": 2, "later": ' + b"[" * 500 + b"]" * 500 + b"}}}",
}
assert len(BROKEN) + len(READABLE) >= 40


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("backup", [False, True], ids=["alone", "backup"])
def test_a_broken_file_is_kept_and_said_and_read_as_far_as_possible(home: Path, name: str, backup: bool) -> None:
    path = home / "library.json"
    home.mkdir()
    path.write_bytes(BROKEN[name])
    if backup:
        (home / "library.json.bak").write_bytes(Document({"saved": {"rating": 5}}).encode())
    library = Library(path)
    (aside,) = home.glob("library.json.corrupt-*")
    assert aside.read_bytes() == BROKEN[name]
    assert len(library.notices) == 2
    assert "was damaged" in library.notices[0]
    assert aside.name in library.notices[0]
    assert ("saved" in library.annotations) is backup
    if name.startswith("cut"):
        whole = BROKEN[name].count(b'"note": "n\\nn"\n    }')
        assert len(library.annotations) - backup == whole
        assert list(library.annotations)[:whole] == list(ENTRIES)[:whole]
    # From here on it is a library like any other.
    before = dict(library.annotations)
    library.change(Change("mine", "rating", 3))
    assert library.save() == Saved()
    again = Library(path)
    assert again.notices == []
    assert {**before, "mine": again.annotations["mine"]} == dict(again.annotations)
    assert aside.read_bytes() == BROKEN[name]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("one-octet-short", 20),
        ("zeros-at-the-end", 8),
        ("twice", 20),
        ("trailing-comma", 20),
        ("hole", 18),
        ("binary", 0),
    ],
)
def test_how_much_is_read_of_a_broken_file(name: str, count: int) -> None:
    found = len(rescued(BROKEN[name]).entries)
    assert found >= count
    assert found == count or name == "zeros-at-the-end"


@pytest.mark.parametrize("name", ["conflict", "conflict-diff3", "conflict-crlf"])
def test_both_sides_of_a_merge_conflict_are_kept(home: Path, name: str) -> None:
    path = home / "library.json"
    home.mkdir()
    path.write_bytes(BROKEN[name])
    library = Library(path)
    assert "it has merge-conflict markers" in library.notices[0]
    assert list(library.annotations) == ["a", "last", "b"]
    assert library.annotations["a"].status == "reading"
    assert sorted(library.annotations["a"].note.split("\n\n---\n\n")) == ["mine", "theirs"]


@pytest.mark.parametrize("name", READABLE)
def test_a_file_with_oddities_is_read_and_nothing_in_it_is_dropped(home: Path, name: str) -> None:
    path = home / "library.json"
    home.mkdir()
    path.write_bytes(READABLE[name])
    before = decode(READABLE[name])
    library = Library(path)
    assert library.notices == []
    assert library.annotations
    library.change(Change("mine", "rating", 3))
    assert library.save() == Saved()
    after = decode(path.read_bytes())
    after.entries.pop("mine")
    assert after.entries == before.entries
    assert after.top == {"schema": 1} | before.top
    assert list(home.glob("library.json.corrupt-*")) == []


def test_a_newer_schema_is_only_read(home: Path) -> None:
    path = home / "library.json"
    home.mkdir()
    octets = Document(dict(ENTRIES), {"schema": 7, "later": {"x": 1}}).encode()
    path.write_bytes(octets)
    library = Library(path)
    assert len(library.annotations) == 20
    (notice,) = library.notices
    assert "newer mum-tui (schema 7)" in notice
    library.change(Change("id1", "status", "read"))
    assert isinstance(library.save(), Unsaved)
    assert path.read_bytes() == octets


def test_the_newest_readable_of_three_backups_is_used(home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_bytes(b"{")
    (home / "library.json.bak").write_bytes(b"")
    (home / "library.json.bak2").write_bytes(Document({"two": {"rating": 2}}).encode())
    (home / "library.json.bak3").write_bytes(Document({"three": {"rating": 3}}).encode())
    assert list(Library(home / "library.json").annotations) == ["two"]


def test_combining_keeps_everything_of_both(home: Path) -> None:
    ours = Document({"a": {"rating": 1, "x": 1}, "b": 5}, {"schema": 1, "p": 1})
    theirs = Document({"a": {"status": "read", "y": [2]}, "c": ["odd"], "b": {"rating": 2}}, {"p": 2, "q": 2})
    both = combined(ours, theirs)
    assert both.entries["a"] == {"status": "read", "rating": 1, "x": 1, "y": [2]}
    assert both.entries["b"] == {"rating": 2, "unreadable": 5}
    assert both.entries["c"] == ["odd"]
    assert both.top == {"schema": 1, "p": 1, "q": 2}
    assert combined(both, theirs).entries == both.entries


def test_json_that_cannot_be_written_again_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(home / "library.json")
    library.change(Change("a", "key:x", "\ud800"))
    outcome = library.save()
    assert isinstance(outcome, Unsaved)
    assert outcome.reason
    with pytest.raises(DamagedLibrary):
        decode(b"nothing")


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop"])
def test_what_is_no_file_is_never_read_forever_nor_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "library.json"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to(path)
    before = os.lstat(path)
    library = Library(path)
    assert "cannot be read" in library.read_only
    library.change(Change("a", "bookmarked", True))
    for _ in range(2):
        outcome = library.save()
        assert isinstance(outcome, Unsaved)
        assert str(path) in outcome.reason
    assert not library.refresh()
    assert list(library.bookmarks) == ["a"]
    assert os.lstat(path)[:3] == before[:3]
    assert {file.name for file in tmp_path.iterdir()} <= {"library.json", "library.json.lock"}
    if kind != "folder":
        path.unlink()
    else:
        path.rmdir()
    assert library.save() == Saved()
    assert list(Library(path).bookmarks) == ["a"]


def test_a_link_to_a_file_that_is_not_there_yet_is_kept(tmp_path: Path) -> None:
    path, target = tmp_path / "library.json", tmp_path / "dotfiles" / "mum.json"
    path.symlink_to(target)
    library = Library(path)
    assert library.notices == []
    library.change(Change("a", "bookmarked", True))
    assert library.save() == Saved()
    assert path.is_symlink()
    assert list(Library(target).bookmarks) == ["a"]
