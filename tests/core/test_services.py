"""What the services make of the library: entries under the name they are kept by, news, drafts, a fresh start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mum_tui.catalog.model import Entry
from mum_tui.library.library import Saved
from mum_tui.services import Services
from mum_tui.state.session import Session
from tests.catalogs import entry, write


def services(tmp_path: Path, *entries: Any, fresh: bool = False) -> Services:
    given = list(entries) or [entry("one", aliases=["uno"]), entry("two"), entry("three", links=[])]
    return Services(write(tmp_path / "catalog.yaml", given), fresh=fresh)


def every(found: Services) -> list[Entry | str]:
    return list(found.loaded.catalog.entries)


def test_many_entries_are_marked_and_unmarked_as_one_step(tmp_path: Path) -> None:
    found = services(tmp_path)
    step = found.annotate(every(found), "status", "read")
    assert step.words == "status read on 3 entries"
    assert found.annotate(every(found), "status", "read").changes == ()
    assert {found.annotation(found.entry(one)).status for one in ("one", "two", "three")} == {"read"}
    assert found.annotation(found.entry("two")).title == "The paper called two"
    done = found.library.undo()
    assert done is not None
    assert done.step.words == "status read on 3 entries"
    assert dict(found.library.annotations) == {}
    assert found.library.save() == Saved()


def test_an_entry_is_kept_under_the_name_it_had(tmp_path: Path, home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text('{"entries": {"uno": {"note": "text"}, "lost": {"rating": 1}}}')
    found = services(tmp_path)
    one = found.entry("one")
    assert found.annotation(one).note == "text"
    found.annotate([one, "lost"], "rating", 5)
    found.annotate([one], "bookmarked", True)
    found.annotate([one], "bookmarked", True)
    assert list(found.library.annotations) == ["lost", "uno"]
    assert list(found.library.bookmarks) == ["uno"]
    assert {item.rating for item in found.library.annotations.values()} == {5}
    found.annotate([one], "bookmarked", False)
    assert list(found.library.bookmarks) == []
    with pytest.raises(ValueError, match="a rating is"):
        found.annotate([one], "rating", 7)


def test_a_bookmark_under_an_earlier_id_is_not_set_twice_and_removed_everywhere(tmp_path: Path, home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text('{"entries": {"one": {"rating": 1}, "uno": {"bookmarked": "2026-01-01"}}}')
    found = services(tmp_path)
    one = found.entry("one")
    found.annotate([one], "bookmarked", True)
    assert list(found.library.bookmarks) == ["uno"]
    found.annotate([one], "bookmarked", False)
    assert list(found.library.bookmarks) == []
    assert found.annotation(one).rating == 1


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
    services(tmp_path).save_session(Session(theme="mum-light", query="liver"))
    assert services(tmp_path).session.query == "liver"
    fresh = services(tmp_path, fresh=True)
    assert fresh.session == Session()
    fresh.save_session(Session(query="lung"))
    assert services(tmp_path).session == Session(theme="mum-light", query="lung"), "how it looks is no place one was in"


def test_drafts_lie_in_the_state_folder(tmp_path: Path, home: Path) -> None:
    found = services(tmp_path)
    assert found.drafts.save("one", "begun")
    assert services(tmp_path).drafts.all()["one"].text == "begun"
    assert not (home / "library.json").exists()
