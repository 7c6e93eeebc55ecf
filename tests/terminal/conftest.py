"""A home in which the shipped catalog lies compiled, so that not every start reads it as YAML."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.terminal.tmux import MUM_TUI

READS_YAML = ("test_progress_screen", "test_kill", "test_clipboard_real")
"""Tests of what happens before there is a compiled form, or without the shipped catalog."""


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled form of the shipped catalog, as the first start stores it."""
    folder = tmp_path_factory.mktemp("compiled")
    code = "from mum_tui.services import Services as S\ns = S()\ns.opening.store_compiled(s.loaded)"
    environ = {**os.environ, "MUM_TUI_HOME": str(folder)}
    subprocess.run([MUM_TUI[0], "-c", code], env=environ, check=True)
    (file,) = (folder / "cache").glob("catalog-*.bin")
    return file


@pytest.fixture(autouse=True)
def compiled_at_home(request: pytest.FixtureRequest, home: Path, compiled: Path) -> None:
    if request.module.__name__.rpartition(".")[2] not in READS_YAML:
        (home / "cache").mkdir(parents=True)
        (home / "cache" / compiled.name).hardlink_to(compiled)
