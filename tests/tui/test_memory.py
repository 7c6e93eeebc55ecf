"""What was opened and closed again leaves nothing behind."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import subprocess
import sys
import weakref
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cached_cell_len
from rich.segment import Segment
from textual.css.scalar import Scalar
from textual.geometry import Region, Size
from textual.message_pump import MessagePump
from textual.strip import Strip
from textual.timer import Timer
from textual.worker import Worker

from mum_tui.tui import freed_memory
from mum_tui.tui.app import MumApp
from mum_tui.tui.dialogs.lists import ReadingDialog
from mum_tui.tui.widgets.text import TextLine
from tests.tui.conftest import Browser, Start

TIMES = 4

SHOWN_SECONDS = 0.3
"""How long notices are shown here."""

OPENED: dict[str, list[str]] = {
    "keys": ["question_mark"],
    "palette": ["ctrl+p"],
    "note": ["n"],
    "formats": ["C"],
    "overview": ["O"],
    "tags": ["number_sign"],
    "notices": ["b", "b", "u", "apostrophe"],
    "links": ["l"],
    "export": ["e"],
    "reading list": ["R"],
    "columns": ["vertical_line"],
    "comparison": ["space", "down", "space", "equals_sign"],
    "filter": ["slash", "l", "i", "v", "e", "r", "enter", "down", "up"],
    "full screen": ["enter", "J", "K"],
    "sections": ["tab", "pagedown", "enter"],
}

OFTEN = ("note",)
"""Tried while one works; the others are long checks."""


def living() -> Counter[str]:
    """How many there are of what Textual and asyncio keep for as long as it is used."""
    gc.collect()
    kinds = (MessagePump, Timer, Worker, asyncio.Task)
    return Counter(type(thing).__name__ for thing in gc.get_objects() if isinstance(thing, kinds))


def strips() -> int:
    gc.collect()
    return sum(isinstance(thing, Strip) for thing in gc.get_objects())


async def open_and_close(browser: Browser, keys: list[str]) -> None:
    await browser.press(*keys)
    await browser.settle()
    await browser.press("escape", "escape", "escape")
    await browser.settle()
    assert browser.app.screen is browser.main


@pytest.mark.parametrize(
    "name", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.slow) for name in OPENED]
)
async def test_what_is_closed_is_gone(start: Start, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MumApp, "NOTIFICATION_TIMEOUT", SHOWN_SECONDS)
    async with start() as browser:
        for _ in range(2):
            await open_and_close(browser, OPENED[name])
        await asyncio.sleep(2 * SHOWN_SECONDS)
        before = living()
        for _ in range(TIMES):
            await open_and_close(browser, OPENED[name])
        await asyncio.sleep(2 * SHOWN_SECONDS)  # the timer of a notice holds it, also when it was taken away before
        # Fewer may be on their way; the last worker holds what it worked for until the next one.
        assert {kind: count for kind, count in (living() - before).items() if count >= TIMES} == {}


@pytest.mark.slow
async def test_nothing_that_was_drawn_in_dialogs_is_kept(start: Start) -> None:
    async with start() as browser:
        for _ in range(2):
            for keys in OPENED.values():
                await open_and_close(browser, keys)
        before = strips()
        for keys in OPENED.values():
            await open_and_close(browser, keys)
        assert strips() < before + 200


async def test_what_was_drawn_is_forgotten_when_a_dialog_closes(start: Start) -> None:
    parts = Segment._split_cells  # noqa: SLF001 - Rich tells it no other way
    async with start() as browser:
        await browser.press("question_mark")
        assert parts.cache_info().currsize  # of the lines that it covers
        for width in range(4000):
            Region(0, 0, width, 1).intersection(Region(0, 0, 5, 5))
            Scalar.parse("50%").resolve(Size(width, 30), Size(80, 24))
            cached_cell_len("-" * (width % 500) + str(width))
        await browser.press("escape")
        assert not parts.cache_info().currsize
        kept = [cached.cache_info().currsize for cached in (Region.intersection, Scalar.resolve, cached_cell_len)]
        assert max(kept) < 2000, kept  # what the screen below was drawn with


def resident() -> int:
    """Bytes of this process that are in memory; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    except OSError:
        return 0


def test_what_was_freed_is_given_back() -> None:
    between = [bytes(700) for _ in range(100_000)]
    before = resident()
    between = between[::1000]  # one in many pages is still in use
    freed_memory.give_back()
    if before and hasattr(ctypes.CDLL(None), "malloc_trim"):
        assert resident() < before - 50_000_000
    assert len(between) == 100


POOLS = """
import sys, threading
from ctypes import CDLL, c_void_p
from mum_tui.tui import freed_memory
if "share" in sys.argv:
    freed_memory.share_pools()
together = threading.Barrier(6)
def use():
    together.wait()
    bytes(700)
    together.wait()
threads = [threading.Thread(target=use) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
c = CDLL(None)
c.malloc_info(0, c_void_p.in_dll(c, "stdout"))
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="only glibc has a pool for each thread")
def test_threads_share_the_pools_of_memory_there_are() -> None:
    def pools(*arguments: str) -> int:
        done = subprocess.run([sys.executable, "-c", POOLS, *arguments], capture_output=True, text=True, check=True)
        return done.stdout.count("<heap nr=")

    assert pools("share") < 3 < pools()


async def test_the_size_of_a_dialog_takes_no_more_lines_than_the_screen(start: Start) -> None:
    laid_out = 0

    def layout(width: int) -> Iterator[TextLine]:
        nonlocal laid_out
        for _ in range(10_000):
            laid_out += 1
            yield TextLine((("a line", "text"),))

    async with start() as browser:
        dialog = ReadingDialog("Long", "esc", layout, columns=90)
        browser.app.push_screen(dialog)
        await browser.settle()
        laid_out = 0
        columns, lines = dialog.wanted_size(200)
        assert (columns, lines) == (90, browser.app.size.height)
        assert laid_out == lines


class Cycle:
    """What only the search for cycles frees."""

    def __init__(self, size: int) -> None:
        self.itself = self
        self.held = [[number] for number in range(size)]


@pytest.fixture
def no_collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cycles were just looked for, and Python looks for them by itself no more."""
    with monkeypatch.context() as patch:
        patch.setattr(freed_memory, "GROWN", 0)
        freed_memory.collect_if_grown()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize(("share", "is_freed"), [(0.01, False), (0.2, True)])
def test_cycles_are_freed_once_memory_has_grown_by_a_tenth(share: float, is_freed: bool) -> None:
    cycle = weakref.ref(Cycle(int(share * sys.getallocatedblocks())))
    freed_memory.collect_if_grown()
    assert (cycle() is None) == is_freed


async def test_a_dialog_that_closes_frees_cycles(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[None] = []
    monkeypatch.setattr(freed_memory, "collect_if_grown", lambda: times.append(None))
    async with start() as browser:
        await browser.press("question_mark")
        assert not times
        await browser.press("escape")
        assert len(times) == 1


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows by one each time that memory is given back."""
    times: list[None] = []
    monkeypatch.setattr(freed_memory, "give_back", lambda: times.append(None))
    return times


async def test_a_dialog_that_closes_gives_memory_back(start: Start, given_back: list[None]) -> None:
    async with start() as browser:
        await browser.press("question_mark")
        assert not given_back
        await browser.press("escape")
        assert len(given_back) == 1


async def test_saving_the_library_gives_memory_back(start: Start, given_back: list[None]) -> None:
    async with start() as browser:
        await browser.press("b")
        await browser.settle()
        assert given_back
