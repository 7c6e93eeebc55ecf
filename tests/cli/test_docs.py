"""The documentation: no part is stale, nothing is undocumented, every link leads somewhere, every command runs."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from mum_tui.actions import ACTIONS
from mum_tui.catalog.choices import FIELD_GROUPS
from mum_tui.catalog.model import Entry
from mum_tui.commands.arguments import parsers
from mum_tui.commands.verbs import VERBS
from mum_tui.search.grammar import FIELDS
from mum_tui.settings.options import NAMES
from tests.catalogs import entry, write
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.fixture(scope="module")
def maker() -> dict[str, Any]:
    """What ``make docs`` runs."""
    return runpy.run_path(str(ROOT / "docs" / "make_docs.py"), run_name="not main")


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def test_no_part_is_stale(maker: dict[str, Any]) -> None:
    for page in maker["PAGES"]:
        assert maker["made"](text_of(page)) == text_of(page), f"{page}: run make docs"
    marked = {page.relative_to(ROOT).as_posix() for page in PAGES if "<!-- made: " in page.read_text("utf-8")}
    assert marked == set(maker["PAGES"])


def test_a_stale_part_is_found(maker: dict[str, Any]) -> None:
    page = text_of("docs/keys.md")
    assert maker["made"](page.replace("`b`", "`B`")) == page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_row_of_a_table_has_the_cells_of_its_head(page: Path) -> None:
    lines = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S).splitlines()
    for number, line in enumerate(lines):
        if re.fullmatch(r"\|( ?:?-+:? ?\|)+", line):
            rows = takewhile(lambda row: row.startswith("|"), lines[number + 1 :])
            count = cells(lines[number - 1])
            assert [row for row in rows if cells(row) != count] == []


def cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row)) - 1


def test_no_text_of_a_made_table_is_taken_for_a_tag_or_another_cell(maker: dict[str, Any]) -> None:
    assert maker["cell"](r"Title <DOI> | \cite{a}") == r"Title \<DOI> \| \\cite{a}"


def test_every_verb_and_option_is_documented(maker: dict[str, Any]) -> None:
    page = text_of("docs/cli.md")
    for verb in VERBS:
        assert f"\n## {verb.name}\n" in page
    for _, parser in parsers():
        for action in maker["arguments"](parser):
            for option in action.option_strings:
                assert f"`{option}" in page, option


def test_every_action_field_and_option_is_documented() -> None:
    assert all(f"`{action.id}`" in text_of("docs/keys.md") for action in ACTIONS)
    assert all(f"`{field.name}:`" in text_of("docs/query.md") for field in FIELDS)
    assert all(name in text_of("docs/config.md") for name in NAMES)


def test_every_key_of_an_entry_is_documented() -> None:
    _, _, entries = text_of("docs/catalog-schema.md").partition("\n## Entries\n")
    names = r"`\w+`(?:, `\w+`)*"
    rows = re.findall(rf"^\| ({names}) \|", entries.partition("\n### ")[0], re.MULTILINE)
    assert {key for row in rows for key in re.findall(r"\w+", row)} == set(Entry.__struct_fields__)
    of_groups = re.findall(rf"^\| `(\w+)` \| ({names}) \|$", entries.partition("| group | keys |")[2], re.MULTILINE)
    documented = {group: tuple(re.findall(r"\w+", keys)) for group, keys in of_groups}
    assert {group: keys for group, keys in FIELD_GROUPS.items() if keys != (group,)} == documented


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.S)):
        if target.startswith(("https://", "http://")):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        assert ROOT in linked.parents
        assert not anchor or anchor in anchors(linked), target


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        waiting += [(page.parent / link).resolve() for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))]
    assert seen == set(PAGES)


def commands() -> list[str]:
    """Every command line of ``mum-tui`` in a code block, and every line of ``make``."""
    blocks = (block for page in PAGES for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
    lines = (line.split(" #")[0].split("   #")[0].strip() for block in blocks for line in block.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A folder with the files the commands name."""
    write(tmp_path / "my-catalog.yaml", [entry("one", verified={"level": "two-sources"}, sources=["a list"])])
    shutil.copy(ROOT / "catalog.yaml", tmp_path)
    (tmp_path / "zotero.json").write_text(run("cite", "lits", "--format", "csl-json").out)
    (tmp_path / "library.json").write_text(run("library", "export").out)
    (tmp_path / "refs.bib").write_text("")
    run("status", "liu2023clip", "to-read")
    run("bookmark", "add", "lits")
    monkeypatch.chdir(tmp_path)
    return tmp_path


SIMPLE = [line for line in commands() if line.startswith("mum-tui ") and not re.search(r"[|>]", line)]
PIPED = [line for line in commands() if "mum-tui" in line and re.search(r"[|>]", line) and "pip install" not in line]


def test_the_commands_of_the_documentation_are_found() -> None:
    assert len(SIMPLE) >= 25
    assert len(PIPED) >= 4
    targets = {word for line in commands() if line.startswith("make ") for word in line.split()[1:]}
    assert targets <= set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("command", SIMPLE)
def test_every_command_does_what_it_says(run: Run, folder: Path, command: str) -> None:
    arguments = shlex.split(command)[1:]
    text = "@article{x, title={A}, author={Doe, J.}, year={2024}}" if "--bibtex" in arguments else "2312.07381"
    done = run(*arguments, text=text, PATH="/nowhere")
    if "--edit" in arguments or set(arguments) <= {"--fresh", "--catalog", "my-catalog.yaml"}:
        assert (done.status, "terminal" in done.err) == (2, True)
    else:
        assert done.status == 0, done.err


@pytest.mark.parametrize("command", PIPED)
def test_every_pipe_does_what_it_says(folder: Path, command: str, tmp_path: Path) -> None:
    scripts = tmp_path / "bin"
    scripts.mkdir()
    (scripts / "mum-tui").write_text(f'#!/bin/sh\nexec {sys.executable} -m mum_tui "$@"\n')
    (scripts / "mum-tui").chmod(0o755)
    environ = {**os.environ, "PATH": f"{scripts}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", f"set -eo pipefail; {command}"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_the_readme_is_read_in_a_minute() -> None:
    assert len(text_of("README.md").splitlines()) <= 160


def test_the_architecture_names_files_and_tests_that_exist() -> None:
    page = text_of("docs/architecture.md")
    for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page):
        assert f"def {name}(" in text_of(file), f"{file}::{name}"
    named = re.findall(r"`([\w/]+\.py|[\w/]+/)`", page)
    assert len(named) > 60
    folders = (ROOT, ROOT / "src" / "mum_tui", ROOT / "src" / "mum_tui" / "tui")
    rooms = (*folders, *(folder for folder in folders[1].iterdir() if folder.is_dir()))
    missing = {path for path in named if not any((place / path).exists() for place in rooms)}
    assert missing == set()


def test_every_private_name_of_textual_is_in_its_page() -> None:
    page = text_of("docs/textual.md")
    theirs = {
        name
        for kind in (App, Screen, Widget, Input, TextArea, Driver)
        for name in dir(kind)
        if re.fullmatch(r"_[a-z]\w+", name)
    } | {"_notifications", "_compositor", "_filters"}
    used = {
        (path.relative_to(ROOT).as_posix(), name)
        for folder in ("src/mum_tui/tui", "tests/tui", "tests/snapshots")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"\.(_[a-z]\w+)", path.read_text("utf-8"))
        if name in theirs and f"def {name}(" not in path.read_text("utf-8")
    }
    assert ("src/mum_tui/tui/app.py", "_check_bindings") in used
    assert {use for use in used if use[1] not in page} == set()


def test_every_room_is_in_the_architecture() -> None:
    page = text_of("docs/architecture.md")
    small = {"__init__.py", "__main__.py", "clock.py", "markdown.py", "problems.py", "text.py", "catalog.yaml"}
    small |= {"bounded_cache.py", "json_types.py"}
    rooms = (
        {path.name for path in (ROOT / "src" / "mum_tui").iterdir()}
        - small
        - {"__pycache__", "catalog.bin", "py.typed"}
    )
    assert {room for room in rooms if f"`{room}`" not in page and f"`{room}/`" not in page} == set()
