"""The sheet to audit from: the same seed draws the same entries, and past results stand beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mum_tui.catalog.load import parse
from tests.catalogs import dump, entry, shipped
from tools import audit

ENTRIES = parse(dump([entry(f"doe{2000 + number}a") for number in range(30)]).encode(), "f.yaml").catalog.entries


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_the_same_seed_draws_the_same_entries_in_the_order_of_the_catalog() -> None:
    first = audit.sample(ENTRIES, 7, 5)
    assert first == audit.sample(ENTRIES, 7, 5) == audit.sample(ENTRIES[::-1], 7, 5)[::-1]
    assert first != audit.sample(ENTRIES, 8, 5)
    assert [one.id for one in first] == sorted(one.id for one in first)
    assert len(audit.sample(ENTRIES, 7, 99)) == 30


def test_entries_audited_before_can_be_left_out() -> None:
    seen = frozenset(one.id for one in ENTRIES[:28])
    assert [one.id for one in audit.sample(ENTRIES, 1, 5, seen)] == ["doe2028a", "doe2029a"]


def test_results_are_read_from_a_file_an_audit(tmp_path: Path) -> None:
    write(tmp_path, "2026-11.yaml", "date: 2026-11\nentries:\n  a: right\n  b: {verdict: wrong, note: no code there}\n")
    write(tmp_path, "2027-05.yaml", "date: 2027-05\nentries:\n  a: {verdict: incomplete}\n")
    past = audit.past_verdicts(tmp_path)
    assert past["b"] == [audit.Verdict("2026-11", "2026-11", "wrong", "no code there")]
    assert [(one.date, one.verdict) for one in past["a"]] == [("2026-11", "right"), ("2027-05", "incomplete")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "expected a mapping"),
        ("date: 2026-11", "expected a mapping"),
        ("entries: {a: good}", "the verdict is one of right, incomplete, wrong, not 'good'"),
        ("entries: {a: {note: x}}", "not None"),
        ("entries: {a", "2026-11.yaml"),
    ],
)
def test_a_bad_file_of_results_is_named(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, "2026-11.yaml", text)
    with pytest.raises(audit.BadAudit) as caught:
        audit.past_verdicts(tmp_path)
    assert said in str(caught.value)
    assert "2026-11.yaml" in str(caught.value)


def test_the_sheet_states_every_fact_and_where_to_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = entry(
        "doe2023a",
        authors=["Doe, Jane", {"organisation": "The Group"}],
        links=[{"rel": "code", "url": "https://github.com/doe/a"}],
        licence={"code": "MIT"},
        doubts=[{"field": "date", "note": "from memory"}],
        verified=[{"of": ["licence"], "level": "one-source", "by": ["repository"], "checked": "2026-11"}],
        sources=["https://c.d/e"],
    )
    write(tmp_path, "catalog.yaml", dump([one]))
    (tmp_path / "audits").mkdir()
    write(tmp_path / "audits", "2026-11.yaml", "date: 2026-11\nentries: {doe2023a: {verdict: wrong, note: the link}}\n")
    words = ["--seed", "1", "--catalog", str(tmp_path / "catalog.yaml"), "--audits", str(tmp_path / "audits")]
    assert audit.main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "# Audit sheet: 1 of 1 entries, seed 1"
    for line in (
        "- [ ] identity: authors: Doe, Jane; (organisation The Group)",
        "- [ ] licence: licence: code MIT",
        "- [ ] doubt: date: from memory",
        "Checked: licences: seen in one source (repository), last checked Nov 2026",
        "Look at: https://github.com/doe/a",
        "Look at: https://c.d/e",
        "Audited 2026-11: wrong: the link",
    ):
        assert line in lines
    assert audit.main([*words, "--fresh"]) == 0
    assert capsys.readouterr().out.startswith("# Audit sheet: 0 of 1")


def test_a_catalog_without_entries_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "catalog.yaml", "schema: 1\nentries: []\n")
    assert audit.main(["--seed", "1", "--catalog", str(tmp_path / "catalog.yaml"), "--audits", str(tmp_path)]) == 2
    assert "catalog.yaml" in capsys.readouterr().err


def test_the_results_that_ship_are_of_entries_that_ship() -> None:
    past = audit.past_verdicts(audit.AUDITS)
    assert len(past) >= 40
    assert set(past) <= {one.id for one in shipped().catalog.entries}
