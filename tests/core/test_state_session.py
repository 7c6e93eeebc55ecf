"""The session: a convenience that never gets in the way."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.state import session
from mum_tui.state.session import Session
from mum_tui.text import MOST_IN_BOX, clean_line
from tests.disks import failing
from tests.examples import examples

_texts = st.text(st.characters(codec="utf-8"))


@examples(100)
@given(theme=_texts, chosen=_texts)
def test_what_was_saved_is_loaded(theme: str, chosen: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state" / "session.json"
        session.save(path, Session(theme, chosen))
        assert session.load(path) == Session(clean_line(theme), clean_line(chosen))


def test_without_a_file_there_are_the_defaults_and_nothing_is_created(home: Path) -> None:
    assert session.load(home / "session.json") == Session()
    assert not home.exists()


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\0" * 100,
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"theme": 5}',
        b'{"theme": null}',
        b'{"theme": "\xff"}',
        b'{"theme": "\\ud800"}',
        b'{"theme": ' + b"[" * 100_000,
        b'{"other": ' + b"[" * 100_000,
        bytes(range(256)),
    ],
    ids=range(13),
)
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, octets: bytes) -> None:
    path = tmp_path / "session.json"
    path.write_bytes(octets)
    assert session.load(path) == Session()


def test_keys_of_other_versions_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_bytes(b'{"format": "apa", "later": [1, {"x": null}]}')
    assert session.load(path) == Session(format="apa")


def test_everything_comes_back_and_what_is_wrong_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    whole = Session("t", "apa", "read", "liver", "year", True, "liu2023clip", (20, 40), False)
    session.save(path, whole)
    assert session.load(path) == whole
    path.write_bytes(b'{"theme": 5, "panes": "wide", "tree": "yes", "entry": "x", "descending": true}')
    assert session.load(path) == Session(entry="x", descending=True)


def test_a_folder_in_its_place_gives_the_defaults(tmp_path: Path) -> None:
    assert session.load(tmp_path) == Session()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_session_that_cannot_be_saved_is_no_matter(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], number: int
) -> None:
    path = home / "session.json"
    session.save(path, Session("mum-dark"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(number))
        session.save(path, Session("mum-light"))
    session.save(path / "below-a-file", Session("mum-light"))
    assert session.load(path) == Session("mum-dark")
    assert capfd.readouterr() == ("", "")


def test_how_citations_are_written_survives_a_fresh_start(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    before = Session(format="apa", markup="html", in_text=True)
    session.save(path, before)
    session.save_choices(path, Session(), fresh=True)
    assert session.load(path) == before
    session.save_choices(path, Session(format="ieee"), fresh=True)
    assert session.load(path) == Session(format="ieee"), "a new choice counts whole"


def test_a_wrong_kind_of_value_is_the_default(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_text('{"format": "apa", "in_text": "yes"}')
    assert session.load(path) == Session(format="apa")


@pytest.mark.parametrize(
    "wrong",
    [
        {"query": "x" * 200_000},
        {"entry": "x" * (MOST_IN_BOX + 1)},
        {"panes": [10**18, -5, 3]},
        {"panes": [0] * 10_000},
        {"columns": ["name"] * 10_000},
        {"used": {"quit": -(10**18)}},
        {"used": {"x" * 5000: 1}},
        {"folds": {str(number): True for number in range(100_000)}},
        {"later": "x" * 5_000_000, "format": "apa"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_out_of_all_proportion_is_left_out(tmp_path: Path, wrong: dict[str, Any]) -> None:
    path = tmp_path / "session.json"
    path.write_text(json.dumps({"theme": "mum-dark", **wrong} if "later" not in wrong else wrong))
    assert session.load(path) == (Session("mum-dark") if "later" not in wrong else Session())


def test_a_terminal_executes_nothing_of_a_session(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    bad = "\x1b]2;x\x07"
    path.write_text(json.dumps({"query": bad, "columns": [bad], "folds": {bad: True}, "used": {bad: 2}}))
    good = "\ufffd]2;x\ufffd"
    assert session.load(path) == Session(query=good, columns=(good,), folds={good: True}, used={good: 2})
