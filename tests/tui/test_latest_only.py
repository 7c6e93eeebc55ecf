"""Only the latest wish is made and shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mum_tui.tui.widgets.latest_only import LatestOnly


class Screen:
    """Stands in for a screen: keeps the work, to be done when the test says so."""

    is_attached = True

    def __init__(self) -> None:
        self.work: list[Callable[[], None]] = []

    def run_worker(self, work: Callable[[], None], **_: Any) -> None:
        self.work.append(work)

    def call_later(self, callback: Callable[..., None], *arguments: Any) -> None:
        callback(*arguments)

    def do(self) -> None:
        self.work.pop(0)()


def test_what_is_no_longer_wanted_is_neither_made_nor_shown() -> None:
    screen, made, shown = Screen(), [], []

    def make(wish: str) -> str:
        made.append(wish)
        return wish.upper()

    latest = LatestOnly(screen, make, lambda *pair: shown.append(pair))  # type: ignore[arg-type]
    for wish in "abcd":
        latest.request(wish)
    assert len(screen.work) == 1, "one thing at a time"
    screen.do()
    assert (made, shown) == (["a"], [])
    screen.do()
    assert (made, shown) == (["a", "d"], [("d", "D")])
    latest.request("e")
    latest.cancel()
    screen.do()
    assert shown == [("d", "D")]
    assert screen.work == []
    latest.request("f")
    screen.do()
    assert shown[1:] == [("f", "F")]


def test_a_closed_screen_is_asked_nothing() -> None:
    screen = Screen()
    latest = LatestOnly(screen, str, lambda *_: None)  # type: ignore[arg-type]
    latest.request(1)
    latest.request(2)
    screen.is_attached = False
    screen.do()
    assert screen.work == []
