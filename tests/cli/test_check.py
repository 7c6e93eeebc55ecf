"""``check``: what it prints, where, and with which status."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.catalogs import entry, write
from tests.cli.conftest import Run
from tests.web import serving


def test_hints_never_fail_warnings_do_when_strict_errors_always(run: Run, tmp_path: Path) -> None:
    good = entry("one", verified={"level": "two-sources"}, sources=["a list"])
    hinting = write(tmp_path / "hint.yaml", [good])
    done = run("check", "--strict", str(hinting))
    assert (done.status, done.out) == (0, "")
    assert done.err == f"mum-tui: {hinting}: 1 entry, 2 hints (--hints shows them)\n"
    shown = run("check", "--strict", "--hints", str(hinting))
    assert (shown.status, len(shown.out.splitlines())) == (0, 2)
    assert f"{hinting}:10: hint: one.tasks: is not recorded" in shown.out

    warning = write(tmp_path / "warning.yaml", [{**good, "summary": "TODO"}])
    assert run("check", str(warning)).status == 0
    done = run("check", "--strict", str(warning))
    assert (done.status, done.out) == (1, f"{warning}:10: warning: one.summary: is still to be written\n")

    error = write(tmp_path / "error.yaml", [{**good, "kind": "papers"}])
    done = run("check", str(error))
    assert done.status == 1
    assert ": error: one.kind: " in done.out


def test_json_holds_everything(run: Run, tmp_path: Path) -> None:
    catalog = write(tmp_path / "c.yaml", [entry("one"), entry("two", section="nowhere")])
    done = run("check", "--json", str(catalog))
    found = json.loads(done.out)
    assert done.status == 1
    assert {one["level"] for one in found} == {"error", "warning", "hint"}
    assert found[0].keys() == {"file", "line", "key", "message", "hint", "level"}
    assert run("check", "--json", "--strict").status == 0


def test_options_for_links_go_with_links(run: Run) -> None:
    for arguments in (["-o", "x.md"], ["--afresh"]):
        done = run("check", *arguments)
        assert (done.status, done.out) == (2, "")
        assert "go with --links" in done.err


def test_links_are_asked_told_reported_and_remembered(run: Run, tmp_path: Path, home: Path) -> None:
    with serving() as web:
        # Each on a host of its own, so that nothing waits.
        urls = [web.url(path, f"127.0.0.{n}") for n, path in enumerate(("/ok", "/missing", "/moved", "/private"), 1)]
        catalog = write(
            tmp_path / "c.yaml",
            [entry(f"e{n}", links=[{"rel": "paper", "url": url}]) for n, url in enumerate(urls)],
        )
        report = tmp_path / "report.md"
        no_proxy = {"no_proxy": "*", "NO_PROXY": "*"}
        done = run("check", "--links", str(catalog), "-o", str(report), **no_proxy)
        assert done.status == 1
        assert f": error: e1.links[1]: dead: {urls[1]} (404 Not Found)" in done.out
        assert f": warning: e2.links[1]: moved: {urls[2]} (now {web.url('/ok', '127.0.0.3')})" in done.out
        assert f": hint: e3.links[1]: unknown: {urls[3]} (403 Forbidden)" in done.out
        assert "e0.links" not in done.out
        assert "4 links checked" in done.err
        assert "\r" not in done.err
        assert report.read_text().startswith("# Links of Test\n")
        assert [path.name for path in (home / "cache").iterdir()] == ["links.json"]

        web.asked.clear()
        done = run("check", "--links", str(catalog), **no_proxy)
        assert "2 links checked, 2 known from the last week" in done.err
        assert ": moved: " in done.out
        assert set(web.asked) == {"HEAD /missing", "GET /missing", "HEAD /private", "GET /private"}

        done = run("check", "--links", "--afresh", str(catalog), **no_proxy)
        assert "4 links checked, 0 known" in done.err
        unwritable = run("check", "--links", str(catalog), "-o", str(catalog / "r.md"), **no_proxy)
        assert unwritable.status == 2
        assert "cannot be written" in unwritable.err


def test_progress_is_drawn_on_a_terminal_only(tmp_path: Path, home: Path) -> None:
    with serving() as web:
        catalog = write(tmp_path / "c.yaml", [entry("one", links=[{"rel": "paper", "url": web.url("/ok")}])])
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "mum_tui", "check", "--links", str(catalog)]
        environ = {**os.environ, "no_proxy": "*"}
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env=environ, check=False, timeout=60)
        os.close(theirs)
        shown = os.read(ours, 65536).decode()
        os.close(ours)
    assert done.stdout.decode().count("links") == 0
    assert "\r\x1b[K" in shown
    assert "1 link checked" in shown
    assert home.exists()


def test_proofreading_loads_no_network() -> None:
    probe = "import sys; from mum_tui.cli import main; main(['check']); print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True)
    assert not {"ssl", "http.client", "urllib.request", "mum_tui.links"} & set(done.stdout.decode().split())


def test_what_was_learnt_is_kept_when_one_gives_up(tmp_path: Path, home: Path) -> None:
    with serving() as web:
        urls = [web.url("/ok", "127.0.0.1"), web.url("/stuck", "127.0.0.2")]
        catalog = write(tmp_path / "c.yaml", [entry("one", links=[{"rel": "paper", "url": url} for url in urls])])
        command = [sys.executable, "-m", "mum_tui", "check", "--links", str(catalog)]
        environ = {**os.environ, "no_proxy": "*"}
        going = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ)
        deadline = time.monotonic() + 30
        while not {"HEAD /ok", "HEAD /stuck"} <= set(web.asked) and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.2)  # until the answer is through
        going.send_signal(signal.SIGINT)
        out, err = going.communicate(timeout=30)
    assert going.returncode == -signal.SIGINT
    assert out == b""
    assert b"Traceback" not in err
    kept = json.loads((home / "cache" / "links.json").read_text())["answers"]
    assert [(one["url"], one["verdict"]) for one in kept] == [(urls[0], "ok")]
