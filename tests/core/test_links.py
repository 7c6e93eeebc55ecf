"""Links are checked politely, and the results are reported as they are: dead, moved, unknown, working."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from mum_tui.catalog.load import parse
from mum_tui.links import crawl, probe, report, results
from mum_tui.links.results import DEAD, MOVED, OK, UNKNOWN, LinkResult
from mum_tui.problems import ERROR, HINT, WARNING
from tests.catalogs import dump, entry
from tests.web import Web, serving


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with serving() as running:
        yield running


@pytest.fixture
def web(server: Web) -> Web:
    server.asked.clear()
    return server


def ask(url: str, timeout: float = 5.0) -> tuple[LinkResult, list[float]]:
    """The answer, and how long one would have waited between tries."""
    waits: list[float] = []
    return probe.ask(url, timeout, waits.append), waits


@pytest.mark.parametrize(
    ("path", "verdict", "status"),
    [
        ("/ok", OK, 200),
        ("/ok#part", OK, 200),
        ("/ok?a=1&b=ü 2", OK, 200),
        ("/größe", OK, 200),
        ("/missing", DEAD, 404),
        ("/gone", DEAD, 410),
        ("/private", UNKNOWN, 403),
        ("/login", UNKNOWN, 401),
        ("/busy", UNKNOWN, 429),
        ("/broken", UNKNOWN, 503),
        ("/moved", MOVED, 200),
        ("/moved-twice", MOVED, 200),
        ("/elsewhere", OK, 200),
        ("/half", MOVED, 200),
        ("/slash", OK, 200),
        ("/moved-dead", DEAD, 404),
        ("/no-head", OK, 200),
        ("/recovers", OK, 200),
        ("/nonsense", UNKNOWN, 0),
        ("/silent", UNKNOWN, 0),
        ("/ftp", UNKNOWN, 0),
        ("/file", UNKNOWN, 0),
    ],
)
def test_what_an_address_answers(web: Web, path: str, verdict: str, status: int) -> None:
    answer, _ = ask(web.url(path))
    assert (answer.url, answer.verdict, answer.status) == (web.url(path), verdict, status)
    assert bool(answer.target) == (verdict == MOVED)
    assert bool(answer.reason) == (verdict in (DEAD, UNKNOWN))


def test_a_move_is_told_as_far_as_it_is_for_good(web: Web) -> None:
    assert ask(web.url("/moved-twice"))[0].target == web.url("/ok")
    assert ask(web.url("/half"))[0].target == web.url("/elsewhere")


def test_get_is_only_used_where_head_is_refused(web: Web) -> None:
    ask(web.url("/ok"))
    ask(web.url("/missing"))
    assert web.asked == {"HEAD /ok": 1, "HEAD /missing": 1, "GET /missing": 1}
    assert all("mum-tui" in agent for agent in web.agents)


def test_a_busy_server_is_asked_again_when_it_says(web: Web) -> None:
    answer, waits = ask(web.url("/busy"))
    assert (answer.verdict, waits) == (UNKNOWN, [7.0, 14.0])
    assert web.asked == {"HEAD /busy": 3}
    assert ask(web.url("/recovers?x"))[0].verdict == OK


def test_other_schemes_are_never_opened(web: Web) -> None:
    for path, scheme in (("/ftp", "ftp"), ("/file", "file")):
        assert ask(web.url(path))[0].reason == f"redirects to {scheme}:, which is not opened"
    for url in ("file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "http://", "http://[", "", "https:/x"):
        answer, waits = ask(url)
        assert (answer.verdict, answer.reason, waits) == (UNKNOWN, "not an http address", [])


def test_a_server_that_does_not_answer(web: Web) -> None:
    answer, waits = ask(web.url("/slow"), timeout=0.1)
    assert (answer.verdict, answer.reason, len(waits)) == (UNKNOWN, "no answer in time", 2)
    answer, waits = ask("http://127.0.0.1:1/")
    assert (answer.verdict, answer.reason) == (UNKNOWN, "connection refused")
    answer, waits = ask("http://nowhere.invalid/")
    assert (answer.verdict, waits) == (UNKNOWN, [])
    answer, _ = ask(web.url("/loop"))
    assert answer.verdict == UNKNOWN


def test_each_host_is_asked_one_thing_at_a_time() -> None:
    busy: set[str] = set()
    seen: list[str] = []
    lock = threading.Lock()
    most = 0

    def ask(url: str) -> LinkResult:
        nonlocal most
        host = crawl.host(url)
        with lock:
            assert host not in busy
            busy.add(host)
            most = max(most, len(busy))
        time.sleep(0.01)
        with lock:
            busy.remove(host)
            seen.append(url)
        return LinkResult(url, OK)

    urls = [f"https://{'www.' * (number % 2)}host{host}.org/{number}" for number in range(6) for host in range(4)]
    found = list(crawl.check_all([*urls, *urls], ask, workers=4, pause=0))
    assert sorted(answer.url for answer in found) == sorted(urls) == sorted(seen)
    assert 1 < most <= 4


def test_a_pause_lies_between_two_questions_to_a_host() -> None:
    started = time.monotonic()
    list(crawl.check_all([f"https://a.b/{n}" for n in range(3)], lambda url: LinkResult(url, OK), pause=0.05))
    assert time.monotonic() - started >= 0.1


def test_a_question_that_fails_is_an_answer() -> None:
    def ask(url: str) -> LinkResult:
        raise RuntimeError("broken")

    (answer,) = crawl.check_all(["https://a.b"], ask)
    assert (answer.verdict, answer.reason) == (UNKNOWN, "RuntimeError: broken")


def test_leaving_early_stops_the_questions() -> None:
    asked: list[str] = []

    def ask(url: str) -> LinkResult:
        asked.append(url)
        return LinkResult(url, OK)

    going = crawl.check_all([f"https://a.b/{n}" for n in range(50)], ask, pause=0.05)
    next(going)
    going.close()  # type: ignore[attr-defined]
    time.sleep(0.15)
    assert len(asked) <= 3


def test_only_good_answers_of_the_last_week_are_believed() -> None:
    at = datetime(2026, 5, 10, 12, tzinfo=UTC)
    kept = {
        "fresh": LinkResult("fresh", OK, checked="2026-05-04T12:00:00Z"),
        "moved": LinkResult("moved", MOVED, checked="2026-05-10T11:00:00Z"),
        "old": LinkResult("old", OK, checked="2026-05-03T11:00:00Z"),
        "future": LinkResult("future", OK, checked="2027-01-01T00:00:00Z"),
        "dead": LinkResult("dead", DEAD, checked="2026-05-10T11:00:00Z"),
        "unknown": LinkResult("unknown", UNKNOWN, checked="2026-05-10T11:00:00Z"),
        "undated": LinkResult("undated", OK),
    }
    assert set(results.fresh_results(kept, at)) == {"fresh", "moved"}


def test_answers_are_kept_and_nonsense_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "links.json"
    assert results.load(path) == {}
    kept = [
        LinkResult("https://b", DEAD, 404, reason="Not Found", checked="x"),
        LinkResult("https://a", OK, 200, checked="y"),
    ]
    results.save(path, kept)
    assert results.load(path) == {answer.url: answer for answer in kept}
    assert [one["url"] for one in json.loads(path.read_text())["answers"]] == ["https://a", "https://b"]
    for content in (b"", b"[]", b"\xff", b'{"version": 2, "answers": []}', b'{"answers": [{"url": 5}]}', b"[" * 9999):
        path.write_bytes(content)
        assert results.load(path) == {}


URLS = ("https://a.org/(x)_[y]", "https://b.org/*", "https://c.org/|`&lt;", "https://d.org")
LOADED = parse(
    dump([entry(f"e{n}", links=[{"rel": "code", "url": url}]) for n, url in enumerate((*URLS, URLS[0]))]).encode(), "f"
)
ANSWERS = {
    URLS[0]: LinkResult(URLS[0], DEAD, 404, reason="Not Found"),
    URLS[1]: LinkResult(URLS[1], MOVED, 200, "https://new.org/_x_"),
    URLS[2]: LinkResult(URLS[2], UNKNOWN, reason="no answer in time"),
    URLS[3]: LinkResult(URLS[3], OK, 200),
}


def test_answers_as_problems() -> None:
    found = list(report.problems(LOADED, "f", ANSWERS))
    assert [(one.level, one.key, one.hint) for one in found] == [
        (ERROR, "e0.links[1]", "404 Not Found"),
        (WARNING, "e1.links[1]", "now https://new.org/_x_"),
        (HINT, "e2.links[1]", "no answer in time"),
        (ERROR, "e4.links[1]", "404 Not Found"),
    ]
    assert [one.line for one in found] == [LOADED.lines[one.key.partition(".")[0]] for one in found]
    assert found[0].message == f"dead: {URLS[0]}"


def test_the_report_is_a_page_whose_links_lead_where_they_say() -> None:
    page = report.page(LOADED.catalog.entries, ANSWERS, "Test", "2026-05-10")
    assert "2026-05-10: 4 of 4 links checked, 1 work, 1 dead, 1 moved, 1 unknown." in page
    parser = MarkdownIt("commonmark")
    found = [
        str(child.attrs["href"])
        for token in parser.parse(page)
        for child in token.children or ()
        if child.type == "link_open"
    ]
    wanted = [URLS[0], URLS[1], "https://new.org/_x_", URLS[2]]
    assert found == [parser.normalizeLink(url) for url in wanted]
    assert "e0 (code), e4 (code)" in page.replace("\\", "")
