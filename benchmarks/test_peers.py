"""The comparison with other programs: what it types, what it tells, and that no failure is left out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import patient, peers
from benchmarks.patient import Patient
from benchmarks.peers import Row
from benchmarks.programs import Cobib, FailedError, Fzf, MumTui, Program, Work, run


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    """mum-tui and fzf measured, cobib failed on the way."""
    found = [Row(program, 2000) for program in (MumTui(tmp_path), Fzf(tmp_path), Cobib(tmp_path))]
    for row, seconds in zip(found, (0.2, 0.02, 1.0), strict=True):
        row.found["first frame"] += [9.0, seconds, seconds]
    found[0].found["filter key"] += [0.005]
    found[1].found["filter key"] += [0.01]
    found[2].failed = "ended by itself: no luck"
    return found


def test_figures_are_ratios_and_a_failure_stands_in_its_row(rows: list[Row]) -> None:
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in peers.table(rows).splitlines()]
    assert lines[2][:5] == ["2,000", "mum-tui", "1.0 × (200 ms)", "–", "1.0 × (5.0 ms)"]
    assert lines[3][2:5] == ["0.10 × (20 ms)", "–", "2.0 × (10 ms)"]
    assert lines[4][2:5] == ["5.0 × (1,000 ms)", "ended by itself: no luck", "–"]


def test_who_is_ahead_is_said(rows: list[Row]) -> None:
    assert peers.ahead(rows) == "fzf is ahead of mum-tui in: first frame (0.10 × at 2,000)."
    assert peers.ahead(rows[:1]) == "No other program is ahead of mum-tui in any figure."


def test_a_program_that_fails_is_asked_no_more(tmp_path: Path) -> None:
    class Missing(Program):
        name = "missing"

        def browse(self, home: Path) -> list[str]:
            return [str(tmp_path / "missing")]

    row = Row(Missing(tmp_path), 300)
    peers.visited(row, [WORK], "liver")
    assert row.failed == "ended by itself: does not start: No such file or directory"
    assert row.median("first frame") is None
    with pytest.raises(FailedError, match="does not start: No such file"):
        run([str(tmp_path / "missing")], {})
    with pytest.raises(FailedError, match="ended with 3: sorry"):
        run([sys.executable, "-c", "import sys; sys.exit(print('sorry', file=sys.stderr) or 3)"], {})


def test_ten_keys_type_a_word_of_one_entry_in_ten() -> None:
    works = [WORK._replace(summary=f"Segmentation {'universal' if at < 2 else 'promptable'} {at}") for at in range(20)]
    assert peers.usual_word(works) == "universa"
    typed: list[str] = []
    for key in peers.trace("universa"):
        typed = typed[:-1] if key == peers.DELETE else [*typed, key.decode()]
    assert "".join(typed) == "universa"
    assert len(peers.trace("universa")) == 10


WORK = Work("a1", "From organs to masks", ("Li, Wei",), 2023, "MedIA", "CT", "")
SLOW = """
import sys, time, tty
tty.setraw(0)
print("\\x1b[1mUniversal seg\\x1b[0mmentation", flush=True)
while key := sys.stdin.read(1):
    if key == "q": sys.exit(print("gone wrong"))
    end = time.process_time() + (0.3 if key == "s" else 0)
    while time.process_time() < end: pass
    if key != "i": print("answer", flush=True)
"""


@pytest.fixture
def terminal() -> Iterator[Patient]:
    """A program that answers, computes 0.3 s before (``s``), ignores (``i``) or ends (``q``)."""
    found = Patient([sys.executable, "-c", SLOW], {})
    yield found
    found.close()


def test_an_answer_is_waited_for_while_the_program_computes(terminal: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient, "SILENT_SECONDS", 10)  # on a busy machine it gets no turn for a second
    assert terminal.first_frame(frozenset({"Universal se", "Promptable s"})) > 0
    terminal.rest()
    assert terminal.answer(b"x") < 0.25 < 0.3 <= terminal.answer(b"s")


def test_a_key_without_an_answer_and_an_end_are_failures(terminal: Patient) -> None:
    terminal.first_frame(frozenset({"Universal se"}))
    with pytest.raises(FailedError, match="no answer to b'i'"):
        terminal.answer(b"i")
    with pytest.raises(FailedError, match=r"ended by itself: .*gone wrong"):
        terminal.answer(b"q")
