"""The bad and the good configurations in the browser itself, on a terminal: what its notice says."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from mum_tui.keymap import make_keymap
from mum_tui.settings import config
from support.terminal import Terminal
from tests.cli.test_config_files import BAD, GOOD
from tests.terminal.tmux import MUM_TUI

OTHER_SCREEN = b"\x1b[?1049h"

KEYS = {"escape": b"\x1b", "ctrl+q": b"\x11"}


def opened(content: str, file: Path, wanted: str = "") -> tuple[str, str]:
    """What the browser shows and what it says before, in both without spaces; it is left by its key.

    ``wanted`` may take a moment longer than the first frame.
    """
    keys = make_keymap(config.parse(content, str(file)).keys).keys["quit"].split(",")
    terminal = Terminal(MUM_TUI, columns=160, rows=50)
    try:
        terminal.until(b"bookmark", 30)
        terminal.settle(0.3)
        deadline = time.monotonic() + 5
        while wanted not in dense(bytes(terminal.seen).partition(OTHER_SCREEN)[2]) and time.monotonic() < deadline:
            terminal.read(0.2)
        os.write(terminal.fd, KEYS.get(keys[0], keys[0].encode()))
        assert terminal.ends(20)
        said, _, shown = bytes(terminal.seen).partition(OTHER_SCREEN)
    finally:
        terminal.close()
    return dense(shown), dense(said)


def dense(written: bytes) -> str:
    """The words of what was written, without spaces, borders and sequences."""
    return re.sub(r"\x1b\[[0-9;:?<>=$]*[@-~]|\x1b[()].|[\s▌]", "", written.decode(errors="replace"))


@pytest.mark.slow
@pytest.mark.parametrize(("content", "line", "words"), BAD, ids=range(len(BAD)))
def test_each_bad_configuration_is_named_on_the_screen(home: Path, content: str, line: int, words: str) -> None:
    home.mkdir()
    (home / "config.toml").write_bytes(content.encode())
    at = f"config.toml:{line}:"
    wanted = dense(words.encode())
    shown, said = opened(content, home / "config.toml", "config.toml:")
    assert at in said
    assert wanted in said
    # Of more than three the notice says how many there are.
    assert (at in shown and wanted in shown) or "more;mum-tuiconfigchecklistsall" in shown


@pytest.mark.slow
@pytest.mark.parametrize("content", GOOD, ids=range(len(GOOD)))
def test_no_good_configuration_is_named(home: Path, content: str) -> None:
    home.mkdir()
    (home / "config.toml").write_bytes(content.encode())
    shown, said = opened(content, home / "config.toml")
    assert "config.toml" not in shown
    assert said == ""
