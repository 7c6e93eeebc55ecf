"""The searches that were saved in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mum_tui.state import stored_searches as kept
from mum_tui.text import MOST_IN_BOX


def test_a_search_keeps_its_place_when_it_is_changed_or_renamed(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "searches.json"
    assert kept.load(path) == {}
    kept.store(path, "a", "1")
    kept.store(path, "b", "2")
    assert list(kept.store(path, "c", "3", instead_of="a").items()) == [("c", "3"), ("b", "2")]
    assert list(kept.store(path, "c", "4").items()) == [("c", "4"), ("b", "2")]
    # Over the name of another, it replaces that one.
    assert kept.store(path, "b", "5", instead_of="c") == {"b": "5"}
    assert kept.remove(path, "b") == {} == kept.remove(path, "b")


def test_what_another_browser_saved_stays(tmp_path: Path) -> None:
    path = tmp_path / "searches.json"
    kept.store(path, "mine", "1")
    assert kept.store(path, "theirs", "2") == {"mine": "1", "theirs": "2"} == kept.load(path)


def test_there_is_a_most(tmp_path: Path) -> None:
    path = tmp_path / "searches.json"
    many = {str(number): "x" for number in range(kept.MOST_STORED)}
    path.write_bytes(json.dumps(many).encode())
    stored = kept.store(path, "last", "x")
    assert len(stored) == kept.MOST_STORED
    assert "last" in stored
    assert "0" not in stored


@pytest.mark.parametrize("octets", [b"", b"[]", b'{"a": 1}', b"\xff", b"[" * 10_000, b'{"": "x", "y": ""}'])
def test_a_file_that_cannot_be_read_holds_none(tmp_path: Path, octets: bytes) -> None:
    path = tmp_path / "searches.json"
    path.write_bytes(octets)
    assert kept.load(path) == {}


def test_names_are_one_plain_line() -> None:
    assert kept.usable_name(" a\nb\x1b[1m ") == "a b\ufffd[1m"
    assert len(kept.usable_name("x" * 500)) == kept.LONGEST_NAME


def test_of_too_many_the_last_are_loaded_and_none_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "searches.json"
    many = {str(number): "x" for number in range(2000)}
    path.write_text(json.dumps(many | {"long": "x" * (MOST_IN_BOX + 1), "last": "x"}))
    loaded = kept.load(path)
    assert len(loaded) == kept.MOST_STORED
    assert (*loaded,)[-2:] == ("1999", "last")
    with pytest.raises(OSError, match="4,096"):
        kept.store(path, "long", "x" * (MOST_IN_BOX + 1))
    path.write_text(json.dumps({"a": "y", "b": "x" * 5_000_000}))
    assert kept.load(path) == {}
