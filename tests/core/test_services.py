"""What the services make of the library: entries under the name they are kept by, news, drafts, a fresh start."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from mum_tui.catalog.model import Entry
from mum_tui.library.outcomes import Saved
from mum_tui.problems import Unreadable
from mum_tui.services import Services
from mum_tui.state.session import Session
from tests.catalogs import entry, write


def services(tmp_path: Path, *entries: Any, fresh: bool = False) -> Services:
    given = list(entries) or [entry("one", aliases=["uno"]), entry("two"), entry("three", links=[])]
    return Services(write(tmp_path / "catalog.yaml", given), fresh=fresh)


def every(parts: Services) -> list[Entry | str]:
    return list(parts.loaded.catalog.entries)


def test_many_entries_are_marked_and_unmarked_as_one_step(tmp_path: Path) -> None:
    parts = services(tmp_path)
    step = parts.annotator.annotate(every(parts), "status", "read")
    assert step.words == "status read on 3 entries"
    assert parts.annotator.annotate(every(parts), "status", "read").changes == ()
    assert {parts.annotator.annotation(parts.entry(one)).status for one in ("one", "two", "three")} == {"read"}
    assert parts.annotator.annotation(parts.entry("two")).title == "The paper called two"
    done = parts.library.undo()
    assert done is not None
    assert done.step.words == "status read on 3 entries"
    assert dict(parts.library.annotations) == {}
    assert parts.library.save() == Saved()


def test_an_entry_is_kept_under_the_name_it_had(tmp_path: Path, home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text('{"entries": {"uno": {"note": "text"}, "lost": {"rating": 1}}}')
    parts = services(tmp_path)
    one = parts.entry("one")
    assert parts.annotator.annotation(one).note == "text"
    parts.annotator.annotate([one, "lost"], "rating", 5)
    parts.annotator.annotate([one], "bookmarked", True)
    parts.annotator.annotate([one], "bookmarked", True)
    assert list(parts.library.annotations) == ["lost", "uno"]
    assert list(parts.library.bookmarks) == ["uno"]
    assert {item.rating for item in parts.library.annotations.values()} == {5}
    parts.annotator.annotate([one], "bookmarked", False)
    assert list(parts.library.bookmarks) == []
    with pytest.raises(ValueError, match="a rating is"):
        parts.annotator.annotate([one], "rating", 7)


def test_a_bookmark_under_an_earlier_id_is_not_set_twice_and_removed_everywhere(tmp_path: Path, home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text('{"entries": {"one": {"rating": 1}, "uno": {"bookmarked": "2026-01-01"}}}')
    parts = services(tmp_path)
    one = parts.entry("one")
    parts.annotator.annotate([one], "bookmarked", True)
    assert list(parts.library.bookmarks) == ["uno"]
    parts.annotator.annotate([one], "bookmarked", False)
    assert list(parts.library.bookmarks) == []
    assert parts.annotator.annotation(one).rating == 1


def test_news_are_there_until_the_catalog_is_left(tmp_path: Path, home: Path) -> None:
    assert services(tmp_path, entry("one"), entry("two")).news.ids == ()
    assert not home.exists()
    services(tmp_path, entry("one"), entry("two")).save_visit()
    later = services(tmp_path, entry("one", summary="Other."), entry("two"), entry("three"), entry("four"))
    assert later.news.added == ("three", "four")
    assert later.news.changed == {"one": ("summary",)}
    later.save_visit()
    assert later.news.ids == ("three", "four", "one"), "what was shown stays until the next start"
    assert services(tmp_path, *map(entry, ("three", "four"))).news.removed == ("one", "two")


def test_a_fresh_start_knows_no_session_and_keeps_the_next_one(tmp_path: Path) -> None:
    services(tmp_path).memory.save_session(Session(theme="mum-light", query="liver"))
    assert services(tmp_path).memory.session.query == "liver"
    fresh = services(tmp_path, fresh=True)
    assert fresh.memory.session == Session()
    fresh.memory.save_session(Session(query="lung"))
    expected = Session(theme="mum-light", query="lung")
    assert services(tmp_path).memory.session == expected, "a theme outlives a fresh start"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("program", "is not a text file"),
        ("device", "it is a pipe or a device, not a file"),
        ("folder", "holds no file that is a list"),
        ("missing", "No such file or directory"),
        ("long", "File name too long"),
        ("broken", "cannot be read (is a brace left open?)"),
    ],
)
@pytest.mark.parametrize("variable", ["MUM_TUI_CATALOG", "MUM_TUI_CATALOGS"])
def test_a_catalog_of_the_settings_does_not_keep_the_browser_from_opening(
    tmp_path: Path, home: Path, variable: str, kind: str, why: str
) -> None:
    path = Path("/", "a" * 5000) if kind == "long" else tmp_path / "list.bib"
    if kind in ("program", "broken"):
        path.write_bytes(b"\x7fELF\0" if kind == "program" else b"@article{x, ")
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    environ = {"MUM_TUI_HOME": str(home), variable: str(path)}
    parts = Services(environ=environ)
    problem = parts.open_catalog()
    assert problem is not None
    assert parts.config.problems == (problem,)
    for words in (str(path), why, "the built-in catalog opens instead"):
        assert words in str(problem)
    assert parts.row_by_id["btcv"] is not None
    assert parts.catalog_name.endswith("catalog.yaml")
    asked = Services(path, environ)
    if kind == "broken":
        assert asked.open_catalog() is None  # the caller lists all that is wrong
        assert not asked.loaded.catalog.entries
    else:
        with pytest.raises(Unreadable, match=re.escape(why)):
            asked.open_catalog()


def test_drafts_lie_in_the_state_folder(tmp_path: Path, home: Path) -> None:
    parts = services(tmp_path)
    assert parts.memory.drafts.save("one", "begun")
    assert services(tmp_path).memory.drafts.all()["one"].text == "begun"
    assert not (home / "library.json").exists()
