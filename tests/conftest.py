"""Every test runs in a home of its own: nothing outside its temporary folder is read or written."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest

LONGEST_NAME = 80
"""The most characters of a text in the name of a case."""

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


def pytest_configure(config: pytest.Config) -> None:
    """What a shell starts in the background is deaf to ctrl+c, and so would be what the tests start.

    The process that starts workers reads the shipped catalog for all of them.
    """
    import tests.examples  # noqa: F401 - the settings of properties that have none of their own

    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if config.getoption("numprocesses", None):
        from tests import catalogs

        folder = Path(tempfile.mkdtemp(prefix="mum-tui-tests-"))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        _install(folder / "mum_tui")
        catalogs.prepare(folder)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collecting makes lasts to the end: to look for garbage in it, again and again, takes a fifth of the time of
    all tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000)
        gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """More than there are cores: half of what a test of the browser does is waiting."""
    return max(2, (os.cpu_count() or 1) * 3)


def pytest_make_parametrize_id(val: object) -> str | None:
    """The name of a case: of a long text only its beginning and its length."""
    if not isinstance(val, (str, bytes)) or len(val) <= LONGEST_NAME:
        return None
    start = val[:LONGEST_NAME]
    return f"{ascii(start if isinstance(start, str) else start.decode('latin-1'))[1:-1]}… of {len(val)}"


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders for the homes of all tests. ``tmp_path`` would take longer than most tests."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """``$MUM_TUI_HOME`` of the test; it does not exist until something is stored in it."""
    base = next(homes)
    base.mkdir()
    folder = base / "mum-home"
    monkeypatch.setenv("MUM_TUI_HOME", str(folder))
    monkeypatch.setenv("HOME", str(base / "home"))
    for name in _LEAKS:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session", autouse=True)
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The program as it is once installed, for the processes that tests start: the catalog lies compiled beside it, not
    to be read as YAML at each start."""
    from tests.catalogs import prepared

    folder = prepared() or tmp_path_factory.mktemp("installed")
    inside = folder / "mum_tui"
    if not inside.exists():
        _install(inside)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        yield inside


def _install(inside: Path) -> None:
    from mum_tui import readers
    from mum_tui.catalog import compiled_form
    from mum_tui.catalog.encoded import with_newest_first
    from mum_tui.search import build
    from tests.catalogs import shipped

    yaml = readers.shipped_catalog()
    shutil.copytree(readers.PACKAGE, inside)
    shutil.copy(yaml, inside)
    loaded, stamp = with_newest_first(shipped()), compiled_form.content_stamp(yaml.read_bytes())
    (inside / "catalog.bin").write_bytes(b"".join(compiled_form.pack(loaded, stamp, build.sections(loaded.catalog))))


@pytest.fixture(scope="session")
def installed(package: Path) -> Iterator[None]:
    """The program in this process finds its catalog compiled, too."""
    from mum_tui import readers

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "PACKAGE", package)
        yield
