"""A catalog that is edited while the browser is open: what changes is shown, and everything stays where it was."""

from __future__ import annotations

import asyncio
import gc
import time
from contextvars import Context
from pathlib import Path
from statistics import median

import pytest

from mum_tui.catalog.opening import Opening
from mum_tui.search.hits import cached_readings
from mum_tui.search.index import Index
from tests.examples import some
from tests.tui.conftest import Browser, Start

HEAD = "schema: 1\nsections:\n  - {id: s, title: Sections}\n  - {id: t, title: Others}\nentries:\n"
SECONDS = 1.0
"""A change is shown within this time on a machine that has nothing else to do."""


def block(name: str, title: str = "", more: str = "") -> str:
    return f"  - id: {name}\n    kind: paper\n    section: s\n    title: {title or name}\n{more}"


def write(path: Path, *blocks: str) -> None:
    """Save as an editor does: whole, in the place of the file."""
    path.parent.mkdir(exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(HEAD + "".join(blocks), encoding="utf-8")
    new.replace(path)


async def until(browser: Browser, condition: object, seconds: float = 10.0) -> float:
    """Wait for a condition; the seconds that took."""
    assert callable(condition)
    since = time.monotonic()
    while not condition():
        assert time.monotonic() - since < seconds, browser.text()
        await asyncio.sleep(0.02)
    await browser.pilot.pause()
    return time.monotonic() - since


@pytest.fixture
def layers(tmp_path: Path) -> tuple[Path, Path]:
    """A catalog and a team's list upon it."""
    low, high = tmp_path / "low.yaml", tmp_path / "team" / "list.yaml"
    write(low, *[block(f"e{number}", f"Entry number {number}") for number in range(8)])
    write(high, "  - id: e3\n    notes: the team's note\n", block("team1", "Of the team"))
    return low, high


async def test_an_edit_is_shown_and_cursor_filter_and_selection_stay(start: Start, layers: tuple[Path, Path]) -> None:
    low, high = layers
    async with start(catalog=layers) as browser:
        await browser.press("slash")
        await browser.type("entry")
        await browser.press("enter", "down", "down", "space")
        kept, chosen, query = browser.current, list(browser.main.selection), browser.main.view.query
        write(low, block("new", "Entry that is new"), *[block(f"e{n}", f"Entry edited {n}") for n in range(8)])
        took = await until(browser, lambda: "Entry that is new" in browser.text())
        assert took < 4 * SECONDS  # the machine of the tests may be busy
        assert (browser.current, list(browser.main.selection)) == (kept, chosen)
        assert browser.main.view.query == query == browser.main.query_input.value
        assert f"Entry edited {kept[1:]}" in browser.text()
        write(high, "  - {id: e3, title: Entry overridden}\n")
        await until(browser, lambda: "Entry overridden" in browser.text())
        assert "team1" not in browser.main.services.row_by_id
        assert not browser.notices()


async def test_where_the_current_entry_is_removed_the_next_one_is_current(
    start: Start, layers: tuple[Path, Path]
) -> None:
    low, _ = layers
    async with start(catalog=layers) as browser:
        await browser.press("down", "down")
        place, gone = browser.main.table.cursor, browser.current
        await browser.press("space", "up")
        write(low, *[block(f"e{number}") for number in range(8) if f"e{number}" != gone])
        await until(browser, lambda: gone not in browser.ids())
        assert browser.main.table.cursor == place
        assert browser.current == browser.ids()[place]
        assert gone not in browser.main.selection


async def test_the_details_say_where_an_entry_and_its_fields_come_from(start: Start, layers: tuple[Path, Path]) -> None:
    async with start(catalog=layers) as browser:
        browser.main.go_to_entry("e3")
        await browser.pilot.pause()
        assert "low.yaml; notes from list.yaml" in browser.text()
        browser.main.go_to_entry("team1")
        await browser.pilot.pause()
        assert any(line.split()[-2:] == ["From", "list.yaml"] for line in browser.lines())


@pytest.mark.parametrize(
    ("broken", "told"),
    some(
        [
            (HEAD + block("e1") + "  - id: e2\n    title: [\n", "low.yaml:12"),
            ("", "low.yaml"),
            ("- a list\n", "low.yaml"),
            (None, "low.yaml"),
            ("\0\0\0", "low.yaml"),
        ]
    ),
)
@pytest.mark.parametrize("alone", [True, False])
async def test_a_broken_save_keeps_the_last_good_state_and_says_so(
    start: Start, layers: tuple[Path, Path], broken: str | None, told: str, alone: bool
) -> None:
    low, _ = layers
    async with start(catalog=low if alone else layers) as browser:
        before = browser.ids()
        if broken is None:
            low.unlink()
        else:
            low.write_text(broken)
        await until(browser, browser.notices)
        assert told in browser.notices()
        assert "the last good state stays" in browser.notices()
        assert browser.ids() == before
        write(low, block("e1", "Mended"))
        await until(browser, lambda: "Mended" in browser.text())
        assert "The catalog has been fixed" in browser.notices()


async def test_a_merge_conflict_names_its_lines_and_the_healthy_entries_stay(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    write(path, block("e1"), block("e2"))
    async with start(catalog=path) as browser:
        sides = "<<<<<<< HEAD\n    notes: a\n=======\n    notes: b\n>>>>>>> other\n"
        write(path, block("e1", "Changed"), block("e2", more=sides))
        await until(browser, lambda: "Changed" in browser.text())
        assert "merge conflict, lines 14–18" in browser.notices()
        assert browser.ids() == ["e1"]


def _hang(_: Opening) -> str:
    time.sleep(3)
    return ""


async def test_a_disk_that_hangs_holds_up_no_key(
    start: Start, layers: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(catalog=layers) as browser:
        monkeypatch.setattr(Opening, "stamp", _hang)
        await asyncio.sleep(0.3)
        since = time.monotonic()
        await browser.press("down", "down")
        assert time.monotonic() - since < 2


async def _edit(start: Start, layers: tuple[Path, Path], edits: int) -> None:
    """Edit the lower and the upper file in turns; each edit is waited for, filter and cursor stay where they were."""
    low, high = layers
    taken: list[float] = []
    held: list[int] = []
    async with start(catalog=layers) as browser:
        await browser.press("slash")
        await browser.type("entry")
        await browser.press("enter", "down", "down")
        kept, query = browser.current, browser.main.view.query
        others = [name for name in (f"e{number}" for number in range(8)) if name != kept]
        for number in range(edits):
            if number % 2:
                write(low, *[block(name, f"Entry {name} low{number}") for name in others], block(kept, "Entry kept"))
            else:
                added = [f"  - id: {name}\n    summary: Summary high{number}.\n" for name in others]
                write(high, *added, block("team1", f"Entry of the team high{number}"))
            word = f"{'low' if number % 2 else 'high'}{number}"
            taken.append(await until(browser, lambda wanted=word: wanted in browser.text()))
            assert (browser.current, browser.main.view.query) == (kept, query)
            if number >= edits // 2 and number % 10 == 9:
                cached_readings.cache_clear()  # texts of earlier edits, too
                gc.collect()
                # asyncio keeps cancelled timers, each with a context, until they are half of all.
                timers = (asyncio.TimerHandle, Context)
                held.append(sum(not isinstance(thing, timers) for thing in gc.get_objects()))
        gc.collect()
        alive = [thing for thing in gc.get_objects() if isinstance(thing, Index)]
        assert len(alive) <= 3  # the present one, and the first ones, which were frozen
    assert median(taken) < SECONDS
    assert not held or max(held) < held[0] * 1.02, held


async def test_a_handful_of_edits_leaves_nothing_behind(start: Start, layers: tuple[Path, Path]) -> None:
    await _edit(start, layers, 6)


@pytest.mark.slow
async def test_two_hundred_edits_leave_nothing_behind(start: Start, layers: tuple[Path, Path]) -> None:
    await _edit(start, layers, 200)
