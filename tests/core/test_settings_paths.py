"""Where things are kept: found, never made."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mum_tui.problems import Unreadable
from mum_tui.settings import paths
from mum_tui.settings.paths import Paths

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="XDG folders are Linux's way")


def test_mum_tui_home_holds_everything_and_is_not_made(tmp_path: Path) -> None:
    found = paths.find({"MUM_TUI_HOME": str(tmp_path / "x")})
    root = tmp_path / "x"
    assert found == Paths(root, root / "state", root / "cache")
    assert found.config_file == root / "config.toml"
    assert found.library == root / "library.json"
    assert found.session == root / "state" / "session.json"
    assert found.last_copy == root / "state" / "last-copy.txt"
    assert not root.exists()


def test_a_relative_home_is_meant_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = paths.find({"MUM_TUI_HOME": "some/where"})
    monkeypatch.chdir("/")
    assert found.config == tmp_path / "some" / "where"
    assert list(tmp_path.iterdir()) == []


def test_a_relative_home_in_a_removed_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    with pytest.raises(Unreadable, match="is a relative path, but the current folder was removed"):
        paths.find({"MUM_TUI_HOME": "some/where"})
    assert paths.find({"MUM_TUI_HOME": "/some/where"}).config == Path("/some/where")


@pytest.mark.parametrize(("value", "below"), [("~", ""), ("~/mum", "mum")])
def test_a_tilde_is_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, below: str) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths.find({"MUM_TUI_HOME": value}).config == tmp_path / below


def test_the_tilde_of_nobody_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.find({"MUM_TUI_HOME": "~no-such-user/mum"}).config == tmp_path / "~no-such-user" / "mum"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user who set nothing."""
    monkeypatch.delenv("MUM_TUI_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@on_linux
@pytest.mark.parametrize("empty", [False, True], ids=["unset", "empty"])
def test_without_it_the_systems_folders_are_used(user: Path, monkeypatch: pytest.MonkeyPatch, empty: bool) -> None:
    if empty:
        for name in ("MUM_TUI_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            monkeypatch.setenv(name, "")
    assert paths.find() == Paths(
        user / ".config" / "mum-tui", user / ".local" / "state" / "mum-tui", user / ".cache" / "mum-tui"
    )
    assert list(user.iterdir()) == []


@on_linux
def test_xdg_variables_are_honoured(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(user / name))
    found = paths.find()
    assert found == Paths(user / "CONFIG" / "mum-tui", user / "STATE" / "mum-tui", user / "CACHE" / "mum-tui")
    assert found.library == user / "CONFIG" / "mum-tui" / "library.json"
    assert found.last_copy == user / "STATE" / "mum-tui" / "last-copy.txt"
    assert list(user.iterdir()) == []


@on_linux
def test_a_relative_xdg_folder_is_ignored_as_the_standard_wants(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(user)
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert paths.find().config == user / ".config" / "mum-tui"
    assert list(user.iterdir()) == []


@on_linux
def test_mum_tui_home_wins_over_xdg(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(user / "xdg"))
    monkeypatch.setenv("MUM_TUI_HOME", str(user / "own"))
    assert paths.find().config == user / "own"


@on_linux
@pytest.mark.parametrize("xdg", ["", "/somewhere/else", "relative", "~/x"])
def test_platformdirs_would_say_the_same(user: Path, monkeypatch: pytest.MonkeyPatch, xdg: str) -> None:
    from platformdirs import PlatformDirs

    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", xdg)
    dirs = PlatformDirs("mum-tui", appauthor=False)
    assert paths.find() == Paths(dirs.user_config_path, dirs.user_state_path, dirs.user_cache_path)


@on_linux
def test_a_home_that_is_no_path_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUM_TUI_HOME", raising=False)
    monkeypatch.setenv("HOME", "nowhere")
    assert paths.find().config.is_absolute()
