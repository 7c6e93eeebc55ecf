"""Asking many addresses at once, but each host only one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue
from threading import Event, Thread
from urllib.parse import urlsplit

from mum_tui.clock import utc_now
from mum_tui.links.results import UNKNOWN, LinkResult

WORKERS = 12
PAUSE = 1.0
"""Seconds between two questions to one host."""

Ask = Callable[[str], LinkResult]


def byhost(urls: Iterable[str]) -> list[list[str]]:
    """The addresses grouped by host, the longest group first: it takes longest."""
    groups: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        groups.setdefault(host(url), []).append(url)
    return sorted(groups.values(), key=len, reverse=True)


def host(url: str) -> str:
    """The host of an address, to which one is polite; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def ask_all(urls: Iterable[str], ask: Ask, workers: int = WORKERS, pause: float = PAUSE) -> Iterator[LinkResult]:
    """The answer of each address as it comes in, in no particular order.

    Leaving the loop early stops the questions; what is under way is abandoned.
    """
    groups: Queue[list[str]] = Queue()
    results: Queue[LinkResult] = Queue()
    expected = 0
    for group in byhost(urls):
        groups.put(group)
        expected += len(group)
    stop = Event()
    for _ in range(min(workers, groups.qsize())):
        # Daemons: a server that never answers must not keep the program from ending.
        Thread(target=_work, args=(groups, results, ask, pause, stop), daemon=True).start()
    try:
        for _ in range(expected):
            yield results.get()
    finally:
        stop.set()


def _work(groups: Queue[list[str]], results: Queue[LinkResult], ask: Ask, pause: float, stop: Event) -> None:
    while not stop.is_set():
        try:
            group = groups.get_nowait()
        except Empty:
            return
        for number, url in enumerate(group):
            if number:
                stop.wait(pause)
            if stop.is_set():
                return
            results.put(_asked(url, ask))


def _asked(url: str, ask: Ask) -> LinkResult:
    try:
        return ask(url)
    except Exception as error:  # a thread that died silently would leave the others waiting for its answer
        return LinkResult(url, UNKNOWN, reason=f"{type(error).__name__}: {error}"[:80], asked=utc_now())
