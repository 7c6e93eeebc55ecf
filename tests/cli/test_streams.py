"""Streams that are closed, full or gone: one line or silence, the right status, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogs import entry, write
from tests.examples import some

VERBS = {
    "list": "list liver",
    "list --json": "list --json",
    "show": "show btcv",
    "cite": "cite btcv",
    "cite apa": "cite btcv --format apa",
    "export": "export --format csv",
    "formats": "formats",
    "bookmark list": "bookmark list",
    "status": "status btcv read",
    "tag add": "tag add liver btcv",
    "rate": "rate btcv 5",
    "note": "note btcv --text x",
    "reading-list": "reading-list",
    "library export": "library export",
    "compare": "compare btcv lits",
    "compare --json": "compare btcv lits --json",
    "overview": "overview",
    "overview --json": "overview --json",
    "open": "open btcv",
    "sync-bib": 'sync-bib "$REFS"',
    "sync-bib -": 'sync-bib - < "$REFS"',
    "bookmark add": "bookmark add btcv",
    "bookmark remove": "bookmark remove lits",
    "status print": "status lits",
    "rate print": "rate lits",
    "note print": "note lits",
    "tag list": "tag list",
    "library import": 'library import "$MUM_TUI_HOME/library.json"',
    "import": 'import "$REFS"',
    "config check": "config check",
    "config init": "config init",
    "config show": "config show",
    "new --bibtex": 'new --bibtex "$REFS"',
    "formats --search": "formats nature",
    "check": "check",
    "new": "new --arxiv 2301.00785",
    "render": "render",
    "paths": "paths",
    "keys": "keys",
    "help": "--help",
    "verb help": "list --help",
    "version": "--version",
    "wrong usage": "nosuch",
}
OFTEN = {"list", "cite", "status", "check", "new", "wrong usage", "help"}
"""Verbs of each kind, tried in the fast suite; the others in the long one."""

EACH = [pytest.param(verb, marks=() if verb in OFTEN else pytest.mark.slow) for verb in VERBS]

SILENT = {
    *("status", "tag add", "rate", "note", "wrong usage", "sync-bib", "bookmark add", "bookmark remove"),
    *("library import", "config check"),
}
"""Verbs without anything for standard output."""


def shell(verb: str, redirect: str) -> subprocess.CompletedProcess[str]:
    command = f"{sys.executable} -m mum_tui {VERBS[verb]} {redirect}"
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(autouse=True)
def bookmarked(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small catalog with one entry in the library, so that each verb has something to print."""
    catalog = write(tmp_path / "c.yaml", [entry("lits", summary="Of the liver."), entry("btcv")])
    monkeypatch.setenv("MUM_TUI_CATALOG", str(catalog))
    home.mkdir()
    (tmp_path / "refs.bib").write_text("@article{x, title={Of the liver}, author={Doe, Jane}, year={2020}}\n")
    monkeypatch.setenv("REFS", str(tmp_path / "refs.bib"))
    monkeypatch.setenv("BROWSER", "true")
    item = {"bookmarked": "2026-01-01T00:00:00Z", "note": "Read.", "tags": {"liver": True}, "rating": 4}
    (home / "library.json").write_text(json.dumps({"schema": 1, "entries": {"lits": item}}))


@pytest.mark.parametrize("verb", some(list(EACH)))
@pytest.mark.parametrize(("redirect", "reason"), [(">&-", "it is closed"), (">/dev/full", "No space left on device")])
def test_output_that_cannot_be_written_is_one_line_and_status_2(verb: str, redirect: str, reason: str) -> None:
    done = shell(verb, redirect)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    if verb in SILENT:
        assert "standard output" not in done.stderr
        assert done.returncode == (2 if verb == "wrong usage" else 0)
    else:
        lines = [line for line in done.stderr.splitlines() if "warning:" not in line]
        assert lines[-1] == f"mum-tui: standard output cannot be written: {reason}"
        assert done.returncode == 2


@pytest.mark.parametrize("redirect", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize("verb", some(["list", "new", "status", "wrong usage"]))
def test_messages_that_cannot_be_written_change_nothing(verb: str, redirect: str) -> None:
    usual, done = shell(verb, ""), shell(verb, redirect)
    assert (done.returncode, done.stdout) == (usual.returncode, usual.stdout)


@pytest.mark.parametrize("verb", EACH)
def test_all_streams_closed_is_silence(verb: str, home: Path) -> None:
    done = shell(verb, "<&- >&- 2>&-")
    assert done.returncode == (2 if verb not in SILENT or verb == "wrong usage" else 0)
    assert '"lits"' in (home / "library.json").read_text()


@pytest.mark.parametrize("verb", ["list --json", "export", "render", "keys", "help"])
def test_a_reader_that_went_away_is_silence(verb: str) -> None:
    done = shell(verb, "| true; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", ["new", "note btcv -", "cite --items -", "library import -", "new --bibtex -"])
def test_input_that_is_closed_is_one_line(arguments: str) -> None:
    command = f"{sys.executable} -m mum_tui {arguments} <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mum-tui: standard input: cannot be read: it is closed\n"


def test_a_library_written_with_streams_closed_is_whole(home: Path) -> None:
    shell("note", "<&- >&- 2>&-")
    assert (home / "library.json").read_text().count('"note": "x"') == 1
