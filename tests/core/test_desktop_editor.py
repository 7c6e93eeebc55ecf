"""The user's editor: what it leaves is the text, and nothing that goes wrong loses one."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from mum_tui.desktop.editor import Edited, edit


def editor(tmp_path: Path, code: str) -> dict[str, str]:
    """An editor that runs ``code`` on ``path``."""
    script = tmp_path / "my editor.py"
    script.write_text(f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[-1])\n{code}\n")
    return {"EDITOR": f"{sys.executable} '{script}' --wait"}


def test_the_text_comes_back_as_it_was_left(tmp_path: Path) -> None:
    environ = editor(tmp_path, "path.write_text(path.read_text() + 'é more\\n', encoding='utf-8')")
    assert edit("one", environ) == Edited("one\né more")
    assert edit("", environ) == Edited("é more")
    assert edit("same", editor(tmp_path, "")) == Edited("same")


def test_visual_comes_before_editor(tmp_path: Path) -> None:
    assert edit("x", {**editor(tmp_path, ""), "VISUAL": "false"}).problem == "false ended with status 1"
    assert edit("x", {**editor(tmp_path, "path.write_text('y')"), "VISUAL": "  "}) == Edited("y")


def test_an_editor_that_fails_leaves_the_text_to_be_kept(tmp_path: Path) -> None:
    edited = edit("one", editor(tmp_path, "path.write_text('two'); sys.exit(3)"))
    assert edited.text == "two"
    assert "status 3" in edited.problem
    edited = edit("one", editor(tmp_path, "import os; path.write_text('two'); os.kill(os.getpid(), 9)"))
    assert edited.text == "two"
    assert edited.problem.endswith("ended by signal 9")


@pytest.mark.parametrize("code", ["path.unlink()", "path.unlink(); path.mkdir()"])
def test_an_editor_that_leaves_no_file_leaves_the_text_as_it_was(tmp_path: Path, code: str) -> None:
    edited = edit("one", editor(tmp_path, code))
    assert edited.text == "one"
    assert "left no file" in edited.problem


@pytest.mark.parametrize("command", ["no-such-editor-here", "'unclosed", "/"])
def test_an_editor_that_cannot_be_started_is_told(command: str) -> None:
    edited = edit("one", {"EDITOR": command})
    assert edited.text == "one"
    assert edited.problem
    assert "\n" not in edited.problem


def test_the_file_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    code = f"Path({str(tmp_path / 'where')!r}).write_text(f'{{path}} {{path.parent.stat().st_mode & 0o777:o}}')"
    edit("one", editor(tmp_path, code))
    where, mode = (tmp_path / "where").read_text().split()
    assert mode == "700"
    assert not Path(where).exists()
    assert where.endswith(".md")


@pytest.mark.parametrize("ignores", [False, True])
def test_a_signal_to_us_ends_the_editor_and_its_text_is_kept(ignores: bool, tmp_path: Path) -> None:
    ignore = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" if ignores else ""
    begun = tmp_path / "begun"
    code = f"{ignore}import time; path.write_text('two'); Path({str(begun)!r}).touch(); time.sleep(30)"

    def send() -> None:
        while not begun.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    def handler(*_: object) -> None:
        pass

    before = signal.signal(signal.SIGTERM, handler)
    try:
        threading.Thread(target=send, daemon=True).start()
        start = time.monotonic()
        edited = edit("one", editor(tmp_path, code))
        assert time.monotonic() - start < 5
        assert signal.getsignal(signal.SIGTERM) is handler
    finally:
        signal.signal(signal.SIGTERM, before)
    assert edited.text == "two"
    assert edited.problem.endswith(f"ended by signal {9 if ignores else 15}")
