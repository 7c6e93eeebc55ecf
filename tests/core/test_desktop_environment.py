"""Recognising where we run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mum_tui.desktop import environment
from mum_tui.desktop.environment import Environment


@pytest.mark.parametrize(
    ("variables", "ssh", "tmux", "display"),
    [
        ({}, False, False, False),
        ({"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}, True, False, False),
        ({"SSH_TTY": "/dev/pts/1"}, True, False, False),
        ({"SSH_CLIENT": "10.0.0.1 5 22", "SSH_AUTH_SOCK": "/tmp/agent"}, False, False, False),
        ({"TMUX": "/tmp/tmux-0/default,1,0"}, False, True, False),
        ({"DISPLAY": ":0"}, False, False, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, False, False, True),
        ({"SSH_TTY": "/dev/pts/1", "TMUX": "x", "DISPLAY": "localhost:10.0"}, True, True, True),
        ({"SSH_CONNECTION": "", "SSH_TTY": "", "TMUX": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}, False, False, False),
    ],
)
def test_variables_decide_and_empty_ones_do_not_count(
    variables: dict[str, str], ssh: bool, tmux: bool, display: bool
) -> None:
    assert environment.find(variables, "darwin") == Environment(ssh, tmux, display, wsl=False, system="darwin")


WSL2 = "Linux version 5.15.167.4-microsoft-standard-WSL2 (root@f9c826d3017f) (gcc 11.2.0)"
WSL1 = "Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com) (gcc version 5.4.0)"
DEBIAN = "Linux version 6.1.0-28-amd64 (debian-kernel@lists.debian.org) (gcc-12 12.2.0)"


@pytest.mark.parametrize(
    ("version", "system", "wsl"),
    [
        (WSL2, "linux", True),
        (WSL1, "linux", True),
        (DEBIAN, "linux", False),
        (None, "linux", False),
        (WSL2, "darwin", False),
        (WSL2, "win32", False),
    ],
)
def test_wsl_is_known_by_its_kernel(
    monkeypatch: pytest.MonkeyPatch, version: str | None, system: str, wsl: bool
) -> None:
    def read(path: Path, *arguments: object, **keywords: object) -> str:
        assert path == Path("/proc/version")
        if version is None:
            raise FileNotFoundError
        return version

    monkeypatch.setattr(Path, "read_text", read)
    assert environment.find({}, system).wsl is wsl


@pytest.mark.parametrize(
    ("place", "native"),
    [
        (Environment(ssh=False, tmux=False, display=True, wsl=False, system="linux"), True),
        (Environment(ssh=False, tmux=True, display=True, wsl=False, system="linux"), True),
        (Environment(ssh=False, tmux=False, display=False, wsl=False, system="linux"), False),
        (Environment(ssh=False, tmux=False, display=False, wsl=True, system="linux"), True),
        (Environment(ssh=False, tmux=False, display=False, wsl=False, system="darwin"), True),
        (Environment(ssh=False, tmux=False, display=False, wsl=False, system="win32"), True),
        (Environment(ssh=True, tmux=False, display=True, wsl=False, system="linux"), False),
        (Environment(ssh=True, tmux=False, display=False, wsl=True, system="linux"), False),
        (Environment(ssh=True, tmux=False, display=False, wsl=False, system="darwin"), False),
    ],
)
def test_a_remote_or_headless_machine_has_no_clipboard_of_the_users_own(place: Environment, native: bool) -> None:
    assert place.native is native


def test_by_default_it_looks_at_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "x")
    assert environment.find().tmux
    monkeypatch.delenv("TMUX")
    assert not environment.find().tmux
    assert environment.find() == environment.find(os.environ)
