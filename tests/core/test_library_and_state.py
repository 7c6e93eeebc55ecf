"""Views of the library, what is new since the last visit, drafts, and the reading list."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from mum_tui.annotation import Annotation
from mum_tui.catalog.model import Entry, Link, Name, Published
from mum_tui.library import operations as ops
from mum_tui.library import scopes
from mum_tui.library.reading_list import ListedEntry, reading_list
from mum_tui.reading_status import Status
from mum_tui.state import last_visit
from mum_tui.state.drafts import Draft, Drafts
from mum_tui.state.last_visit import News, Visit
from mum_tui.storage.files import STALE_SECONDS, machine_name
from mum_tui.text import clean
from tests.catalogs import HOSTILE
from tests.disks import failing

RAW: dict[str, Any] = {
    "a": {"bookmarked": "2026-01-01T00:00:00Z", "status": "read", "rating": 5, "tags": {"Liver": "", "ct": ""}},
    "b": {"status": "to-read", "note": "text"},
    "c": {"status": "to-read", "rating": 2, "tags": ["ct"]},
    "d": {"unknown": 1},
    "e": {"bookmarked": "2026-01-02T00:00:00Z"},
}
ITEMS = {key: item for key, raw in RAW.items() if (item := ops.read(key, raw)) is not None}


def test_the_tags_most_used_first() -> None:
    assert list(scopes.tags(ITEMS).items()) == [("ct", 2), ("Liver", 1)]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, ["a", "b", "c", "e"]),
        ({"bookmarked": True}, ["a", "e"]),
        ({"status": "to-read"}, ["b", "c"]),
        ({"tag": "#ct"}, ["a", "c"]),
        ({"tag": "ct", "rated": 3}, ["a"]),
        ({"bookmarked": True, "status": "to-read"}, []),
    ],
)
def test_selecting(asked: dict[str, Any], ids: list[str]) -> None:
    assert scopes.select(ITEMS, **asked) == ids


def test_one_key_goes_through_the_statuses() -> None:
    seen: list[Status | None] = [None]
    for _ in range(4):
        seen.append(Status.after(seen[-1]))
    assert seen[1:] == ["to-read", "reading", "read", None]


# -- since the last visit


def entry(identifier: str, **keys: Any) -> Entry:
    return Entry(identifier, "paper", "s", f"Title of {identifier}", **keys)


BEFORE = [entry("a", summary="old"), entry("b"), entry("c"), entry("old-name"), entry("gone")]
AFTER = [
    entry("a", summary="new", links=(Link("code", "https://x.org"),), updated="2026-11-25"),
    entry("b", added="2026-11-25"),
    entry("c", uses=()),
    entry("new-name", aliases=("old-name",)),
    entry("fresh"),
]


def test_what_is_new_and_why(home: Path) -> None:
    path = home / "visit.json"
    assert last_visit.news(last_visit.load(path), AFTER) == News()
    last_visit.save(path, last_visit.taken(BEFORE))
    news = last_visit.news(last_visit.load(path), AFTER)
    assert news.added == ("fresh",)
    assert news.changed == {"a": ("links", "summary"), "new-name": ("title", "earlier ids")}
    assert news.removed == ("gone",)
    assert news.ids == ("fresh", "a", "new-name")
    day = news.since[:10]
    assert [news.reason(one) for one in ("fresh", "a", "b")] == [
        f"added since {day}",
        f"changed since {day}: links, summary",
        "",
    ]
    last_visit.save(path, last_visit.taken(AFTER))
    again = last_visit.news(last_visit.load(path), AFTER)
    assert (again.ids, again.removed) == ((), ())


def test_a_field_that_only_one_version_knows_is_no_news() -> None:
    taken = last_visit.taken(BEFORE)
    place = taken.fields.index("summary")
    fields = (*taken.fields[:place], "dropped", *taken.fields[place + 1 :])
    news = last_visit.news(replace(taken, fields=fields), AFTER)
    assert news.changed["a"] == ("links",)
    short = {key: sums[:3] for key, sums in taken.entries.items()}
    assert last_visit.news(replace(taken, entries=short), AFTER).changed == {}


@pytest.mark.parametrize(
    "octets", [b"", b"{", b"[]", b'{"entries": 5}', b'{"at": "x", "entries": {"a": "b"}}', b"\xff"]
)
def test_a_visit_that_cannot_be_read_was_none(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "visit.json").write_bytes(octets)
    assert last_visit.load(tmp_path / "visit.json") == Visit()


@pytest.mark.parametrize("at", ["\x1b]2;x\x07", "2026", "9999", "2026-01-01T00:00:00Z\n", ""])
def test_a_visit_at_no_time_was_none(tmp_path: Path, at: str) -> None:
    last_visit.save(tmp_path / "visit.json", replace(last_visit.taken(BEFORE), at=at))
    assert last_visit.load(tmp_path / "visit.json") == Visit()


def test_a_terminal_executes_nothing_of_a_visit(tmp_path: Path) -> None:
    path = tmp_path / "visit.json"
    taken = last_visit.taken(BEFORE)
    last_visit.save(path, replace(taken, entries={**taken.entries, "\x1b[2J": (1,)}))
    assert last_visit.news(last_visit.load(path), BEFORE).removed == ("\ufffd[2J",)


def test_a_visit_that_cannot_be_kept_is_no_matter(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", failing(errno.EROFS))
    last_visit.save(home / "visit.json", last_visit.taken(BEFORE))
    assert not (home / "visit.json").exists()


# -- drafts


def test_drafts_are_kept_until_dropped(home: Path) -> None:
    drafts = Drafts(home / "drafts")
    assert drafts.all() == {}
    assert not home.exists()
    assert drafts.save("a/../b", "one")
    assert drafts.save("a/../b", "two\nlines")
    assert drafts.save("c", "\udc80x")
    found = Drafts(home / "drafts").all()
    assert {key: draft.text for key, draft in found.items()} == {"a/../b": "two\nlines", "c": "\ufffdx"}
    assert isinstance(found["c"], Draft)
    (home / "drafts" / "damaged.json").write_bytes(b"{")
    drafts.drop("a/../b")
    drafts.drop("never")
    assert list(drafts.all()) == ["c"]
    assert (home / "drafts" / "damaged.json").exists()


def test_a_terminal_executes_nothing_of_a_draft(tmp_path: Path) -> None:
    bad = {"id": "\x1b[2J", "text": "\x1b]2;x\x07\n", "at": "\x1b[2J"}
    (tmp_path / "a.json").write_text(json.dumps(bad))
    (tmp_path / "large.json").write_text(json.dumps({"id": "b", "text": "x" * 5_000_000}))
    assert Drafts(tmp_path).all() == {
        "\ufffd[2J": Draft(("\ufffd[2J",), "\ufffd]2;x\ufffd\n", path=tmp_path / "a.json")
    }


def test_a_draft_that_cannot_be_kept_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    assert not Drafts(home / "drafts").save("a", "text")


def test_a_draft_that_a_living_process_writes_is_its_own(tmp_path: Path) -> None:
    mine, other = Drafts(tmp_path), Drafts(tmp_path)
    writing = mine.open(["a"], "old")
    assert writing.save("an hour of work")
    assert other.all() == {}
    other.drop("a")
    assert other.save("a", "another text")
    assert other.all()["a"].text == "another text"
    other.drop("a")
    writing.leave()  # what the system does when the process ends
    (draft,) = other.all().values()
    assert (draft.ids, draft.text, draft.note) == (("a",), "an hour of work", "old")


def test_a_draft_that_was_left_stays_until_its_text_is_stored_again(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    (tmp_path / "0123456789abcdef.json").write_text('{"id": "a", "text": "left"}')  # as earlier versions wrote it
    left = drafts.all()["a"]
    assert (left.text, left.note) == ("left", None)
    drafts.open(["a"], "", left)
    assert drafts.all()["a"] == left
    going_on = drafts.open(["a"], "", left)
    assert going_on.save("left and more")
    assert drafts.all() == {}
    going_on.leave()
    going_on = drafts.open(["a"], "", drafts.all()["a"])
    assert going_on.save("left and more and more")
    going_on.drop()
    drafts.open(["a"], "").drop()
    assert list(tmp_path.iterdir()) == []


def test_no_draft_appears_after_its_note_was_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, free = threading.Event(), threading.Event()

    def slowly(path: Path, data: bytes) -> None:
        begun.set()
        assert free.wait(10)
        path.write_bytes(data)

    monkeypatch.setattr("mum_tui.state.drafts.write_atomically", slowly)
    draft = Drafts(tmp_path).open(["a"], "")
    threads = [threading.Thread(target=draft.save, args=["first half"])]
    threads[0].start()
    assert begun.wait(10)
    threads += [threading.Thread(target=draft.drop), threading.Thread(target=draft.save, args=["second half"])]
    for thread in threads[1:]:
        thread.start()
    free.set()
    for thread in threads:
        thread.join()
    assert draft.save("late")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("machine", ["", "00000000"])
def test_without_locks_a_draft_is_its_writers_while_that_may_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: str
) -> None:
    monkeypatch.setattr("fcntl.flock", failing(errno.ENOLCK))
    drafts = Drafts(tmp_path)
    assert drafts.open(["a"], "").save("text")
    if machine:  # of another one the processes are not seen
        for path in tmp_path.iterdir():
            path.rename(tmp_path / path.name.replace(machine_name(), machine))
    (path,) = tmp_path.glob("*.json")
    assert drafts.all() == {}
    drafts.drop("a")
    long_ago = time.time() - STALE_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    assert drafts.all()["a"].text == "text"
    drafts.drop("a")
    assert not path.exists()


def test_what_another_machine_stored_of_late_is_offered_and_stays(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    assert drafts.save("a", "text")
    (path,) = tmp_path.glob("*.json")
    path.rename(tmp_path / path.name.replace(machine_name(), "00000000"))
    assert drafts.all()["a"].text == "text"
    drafts.drop("a")
    assert drafts.all()["a"].text == "text"


@pytest.mark.parametrize(
    ("begun", "text", "note", "is_unfinished"),
    [
        ("old", "new", "old", True),
        ("old", "ol", "old", True),
        ("old", "old", "old", False),
        ("old", "new", "newer", False),
        ("old", "new", "another", True),
        (None, "new", "newer", True),
        (None, "new\n", "new", False),
    ],
)
def test_a_draft_of_which_the_note_has_all_is_finished(
    begun: str | None, text: str, note: str, is_unfinished: bool
) -> None:
    assert Draft(("a",), text, note=begun).is_unfinished(note) is is_unfinished


# -- the reading list


def test_the_reading_list_is_what_one_would_send(home: Path) -> None:
    full = Entry(
        "a",
        "paper",
        "s",
        "Segment [anything] in *medical* images",
        authors=tuple(Name(f"Doe{number}", "Jane") for number in range(8)),
        published=Published("paper-conference", 2023, venue="ICCV 2023"),
        links=(Link("paper", "https://example.org/a(b)"),),
    )
    rows = [
        ListedEntry(
            Annotation("a", status="read", rating=4, tags={"liver": "", "ct": ""}, note="# Fine\n\n- yes\n"), full
        ),
        ListedEntry(Annotation("b", title="A title that was", url="javascript:alert(1)", note="why"), None),
        ListedEntry(Annotation("c", status="to-read"), entry("c", authors=(Name("Roe"),), authors_complete=False)),
    ]
    assert reading_list(rows) == (
        "# Reading list\n\n"
        "## To read\n\n"
        "### Title of c\n\n"
        "Roe et al.\n\n"
        "## Read\n\n"
        "### [Segment \\[anything\\] in \\*medical\\* images](<https://example.org/a(b)>)\n\n"
        "Jane Doe0, Jane Doe1, Jane Doe2, Jane Doe3, Jane Doe4, Jane Doe5 et al."
        " · ICCV 2023 · ★★★★☆ · `#liver` `#ct`\n\n"
        "> # Fine\n>\n> - yes\n>\n\n"
        "## Without a status\n\n"
        "### A title that was\n\n"
        "not in this catalog\n\n"
        "> why\n"
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_stays_in_its_line(text: str) -> None:
    item = Annotation("a", title=text, url=text, tags={text: ""}, note=text)
    lines = reading_list([ListedEntry(item, None), ListedEntry(item, entry("x", authors=(Name(text),)))]).splitlines()
    assert sum(line.startswith("#") for line in lines) == 4
    assert [clean(line) for line in lines] == lines
