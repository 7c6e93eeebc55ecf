"""Every test runs in a home of its own: nothing outside its temporary folder is read or written."""

from __future__ import annotations

from pathlib import Path

import pytest

_LEAKS = (
    "BROWSER",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TMUX",
    "NO_COLOR",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "XDG_CACHE_HOME",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``$MUM_TUI_HOME`` of the test; it does not exist until something is stored in it."""
    folder = tmp_path / "mum-home"
    monkeypatch.setenv("MUM_TUI_HOME", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in _LEAKS:
        monkeypatch.delenv(name, raising=False)
    return folder
