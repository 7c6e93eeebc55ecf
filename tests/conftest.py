"""Every test runs in a home of its own: nothing outside its temporary folder is read or written."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
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


def pytest_configure() -> None:
    """What a shell starts in the background is deaf to ctrl+c, and so would be what the tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """More than there are cores: half of what a test of the browser does is waiting."""
    return max(2, (os.cpu_count() or 1) * 3)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``$MUM_TUI_HOME`` of the test; it does not exist until something is stored in it."""
    folder = tmp_path / "mum-home"
    monkeypatch.setenv("MUM_TUI_HOME", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in _LEAKS:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As once installed: the catalog lies compiled beside it, not to be read as YAML at each start."""
    from mum_tui import readers
    from mum_tui.catalog import compiled_form
    from mum_tui.catalog.encoded import with_newest_first
    from mum_tui.search import build
    from tests.catalogs import shipped

    folder, yaml = tmp_path_factory.mktemp("installed"), readers.shipped_catalog()
    shutil.copy(yaml, folder)
    loaded, stamp = with_newest_first(shipped()), compiled_form.content_stamp(yaml.read_bytes())
    (folder / "catalog.bin").write_bytes(b"".join(compiled_form.pack(loaded, stamp, build.sections(loaded.catalog))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "PACKAGE", folder)
        yield
