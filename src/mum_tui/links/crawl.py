"""Checks many addresses at the same time, but only one at each host."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue
from threading import Event, Thread
from urllib.parse import urlsplit

from mum_tui.clock import utc_now
from mum_tui.links.results import UNKNOWN, LinkResult

WORKERS = 12
PAUSE = 1.0
"""Seconds between two requests to one host."""

Ask = Callable[[str], LinkResult]


def by_host(urls: Iterable[str]) -> list[list[str]]:
    """The addresses grouped by host, the longest group first, because it takes longest."""
    groups: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        groups.setdefault(host(url), []).append(url)
    return sorted(groups.values(), key=len, reverse=True)


def host(url: str) -> str:
    """The host of an address, without ``www.``; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def check_all(urls: Iterable[str], ask: Ask, workers: int = WORKERS, pause: float = PAUSE) -> Iterator[LinkResult]:
    """Check addresses; gives each result when it is there, in no particular order.

    Leaving the loop early stops further requests; those in progress are abandoned.

    Args:
        urls: the addresses; each is checked once.
        ask: checks one address.
        workers: how many hosts are checked at the same time.
        pause: seconds between two requests to one host.
    """
    groups: Queue[list[str]] = Queue()
    results: Queue[LinkResult] = Queue()
    expected = 0
    for group in by_host(urls):
        groups.put(group)
        expected += len(group)
    stop = Event()
    for _ in range(min(workers, groups.qsize())):
        # Daemon threads: a server that never answers must not keep the program from ending.
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
    except Exception as error:  # without a result from this thread, the loop would wait for ever
        return LinkResult(url, UNKNOWN, reason=f"{type(error).__name__}: {error}"[:80], checked=utc_now())
