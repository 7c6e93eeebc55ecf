"""Pipes, devices, folders, loops and huge files in place of a file: one line within a moment, and no harm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from tests.catalogs import entry, write
from tests.examples import some

BIG = 500_000_000
"""Bytes of a file that takes no room on the disk."""

SOON = 8
"""Seconds for a start of Python on a busy machine, and all that is done then; what hangs takes for ever."""

KINDS = ("pipe", "zero", "folder", "loop", "big")


def make(kind: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "zero":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "loop":
        path.symlink_to(path.name)
    else:
        with path.open("wb") as file:
            file.truncate(BIG)


def run(*arguments: str | Path) -> tuple[int, str, list[str]]:
    """A verb: its status, what it prints, and its messages."""
    command = [sys.executable, "-m", "mum_tui", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SOON, stdin=subprocess.DEVNULL)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr.splitlines()


@pytest.fixture(autouse=True)
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = write(tmp_path / "c.yaml", [entry("lits"), entry("btcv")])
    monkeypatch.setenv("MUM_TUI_CATALOG", str(path))
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_a_configuration_is_named_and_the_rest_goes_on(kind: str, home: Path) -> None:
    make(kind, home / "config.toml")
    status, out, said = run("show", "btcv")
    assert (status, "btcv" in out) == (0, True)
    assert kind == "loop" or (len(said) == 1 and "config.toml: " in said[0])


@pytest.mark.parametrize("kind", KINDS)
def test_a_library_is_named_and_what_is_changed_is_kept_beside(kind: str, home: Path) -> None:
    make(kind, home / "library.json")
    status, _, said = run("bookmark", "add", "btcv")
    assert status == 2
    assert len(said) == 1
    assert "1 change could not be saved: " in said[0]
    assert "library.json cannot be read" in said[0]
    assert len(list((home / "state" / "unsaved").iterdir())) == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["links.json", "session.json", "queries.json", "searches.json", "unsaved/1-1.json"])
def test_what_is_only_remembered_is_ignored(kind: str, name: str, home: Path) -> None:
    for folder in ("state", "cache"):
        make(kind, home / folder / name)
    status, out, said = run("show", "btcv")
    assert (status, "btcv" in out, said) == (0, True, [])
    assert run("bookmark", "add", "btcv")[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_compiled_catalog_is_ignored(kind: str, home: Path, catalog: Path) -> None:
    make(kind, home / "cache" / f"catalog-{zlib.crc32(os.fsencode(catalog)):08x}.bin")
    assert run("list")[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "folder"])
@pytest.mark.parametrize("name", ["cache", "state"])
def test_a_folder_that_is_none_is_ignored(kind: str, name: str, home: Path) -> None:
    make(kind, home / name)
    assert run("show", "btcv")[0] == 0
    assert run("bookmark", "add", "btcv")[0] == 0


@pytest.mark.parametrize("kind", some(list(KINDS)))
@pytest.mark.parametrize(
    "words", ["--catalog {} list", "check {}", "import {}", "cite btcv --format {}", "--catalog {} show btcv"]
)
def test_a_list_to_read_is_refused_in_a_line(kind: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / ("given.csl" if "cite" in words else "given.bib")
    make(kind, file)
    status, out, said = run(*words.format(file).split())
    assert (status, out, len(said)) == (2, "", 1)
    assert str(file) in said[0]


@pytest.mark.parametrize("kind", some(["zero", "folder", "loop", "big"]))
@pytest.mark.parametrize("words", ["library import {}", "new --bibtex {}"])
def test_what_may_be_a_pipe_is_refused_where_it_is_no_file(kind: str, words: str, tmp_path: Path) -> None:
    make(kind, tmp_path / "given")
    status, out, said = run(*words.format(tmp_path / "given").split())
    assert (status, out, len(said)) == (2, "", 1)


def test_a_pipe_that_nothing_comes_through_is_waited_for_with_a_word(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "mum_tui", "new", "--bibtex", str(pipe)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        assert child.stderr.readline() == f"mum-tui: waiting for {pipe}: nothing is written to this pipe yet\n"
        child.send_signal(2)
        assert child.wait(SOON) == -2


@pytest.mark.parametrize("kind", ["pipe", "folder", "loop"])
def test_an_export_into_what_takes_none_is_refused_in_a_line(kind: str, tmp_path: Path) -> None:
    make(kind, tmp_path / "out")
    start = time.monotonic()
    status, out, said = run("export", "--format", "csv", "--output", tmp_path / "out")
    assert (status, out, len(said)) == (2, "", 1)
    assert "cannot be written: " in said[0]
    assert time.monotonic() - start < SOON / 2


def test_an_export_into_a_pipe_that_is_read_arrives(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert run("export", "--format", "csv", "--output", pipe) == (0, "", [])
        assert reader.stdout is not None
        assert reader.stdout.read().count("\n") == 3


def test_an_empty_folder_holds_no_list(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, out, said = run("import", tmp_path / "empty")
    assert (status, out, said) == (2, "", [f"mum-tui: {tmp_path / 'empty'}: contains no lists"])


LONG = "/" + "a" * 5000


@pytest.mark.parametrize(
    "words",
    [
        ("import", LONG),
        ("cite", "btcv", "--format", LONG),
        ("cite", "btcv", "--format", LONG[1:]),
        ("cite", "btcv", "--format", f"csl:{LONG}"),
        ("list", "--catalog", LONG),
    ],
    ids=range(5),
)
def test_a_name_that_no_file_can_have_is_told_in_a_line(words: tuple[str, ...]) -> None:
    status, _, said = run(*words)
    assert (status, len(said)) == (2, 1)


def test_a_home_below_a_file_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MUM_TUI_HOME", str(tmp_path / "file" / "home"))
    status, _, said = run("bookmark", "add", "btcv")
    assert (status, len(said)) == (2, 1)
    assert "1 change could not be saved: " in said[0]


@pytest.mark.parametrize("variable", ["XDG_STATE_HOME", "XDG_CACHE_HOME"])
def test_a_folder_that_cannot_be_looked_at_keeps_no_verb_from_its_work(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MUM_TUI_HOME", raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv(variable, LONG)
    assert run("bookmark", "add", "btcv") == (0, "", [])
    assert run("bookmark")[0] == 0
