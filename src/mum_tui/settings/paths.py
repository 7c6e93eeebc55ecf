"""Where mum-tui keeps its files. Nothing is created here: folders appear with the first file stored in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

HOME_VARIABLE = "MUM_TUI_HOME"


class Paths(Struct, frozen=True):
    """The folders in use: what the user edits or owns, what only helps the next start, what can be made again."""

    config: Path
    state: Path
    cache: Path

    @property
    def config_file(self) -> Path:
        """Hand-edited settings; never written by mum-tui."""
        return self.config / "config.toml"

    @property
    def library(self) -> Path:
        """The user's annotations: bookmarks, statuses, notes, tags, ratings."""
        return self.config / "library.json"

    @property
    def session(self) -> Path:
        """The session: view, panes and choices when the browser was left."""
        return self.state / "session.json"

    @property
    def links(self) -> Path:
        """The results of the last link checks."""
        return self.cache / "links.json"

    @property
    def drafts(self) -> Path:
        """The folder of notes that were begun and not stored."""
        return self.state / "drafts"

    @property
    def unsaved(self) -> Path:
        """The folder of changes that could not be written into the library before a program ended."""
        return self.state / "unsaved"

    @property
    def queries(self) -> Path:
        """The query history."""
        return self.state / "queries.json"

    @property
    def searches(self) -> Path:
        """The searches that were saved in the browser."""
        return self.state / "searches.json"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that files of the program are written into."""
        return self.config, self.state, self.drafts, self.unsaved, self.cache

    @property
    def last_copy(self) -> Path:
        """The text last copied, where no clipboard could be trusted with it."""
        return self.state / "last-copy.txt"


def find(environ: Mapping[str, str] = os.environ) -> Paths:
    """The folders for this user: all under ``$MUM_TUI_HOME`` if set, else where the system keeps such things."""
    if home := environ.get(HOME_VARIABLE):
        root = expanded(home).absolute()
        return Paths(root, root / "state", root / "cache")
    home = os.environ.get("HOME", "")
    if (
        sys.platform == "linux" and Path(home).is_absolute()
    ):  # the usual case, without a library that takes 5 ms to load
        return Paths(*(_xdg_folder(variable, home, below) / "mum-tui" for variable, below in _XDG))
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("mum-tui", appauthor=False)
    return Paths(dirs.user_config_path, dirs.user_state_path, dirs.user_cache_path)


_XDG = (
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_STATE_HOME", ".local/state"),
    ("XDG_CACHE_HOME", ".cache"),
)
"""Variables of the XDG Base Directory Specification, and where its folders are below the home folder if unset."""


def _xdg_folder(variable: str, home: str, below: str) -> Path:
    """The folder that a variable names; the specification wants one that is no absolute path ignored."""
    folder = os.environ.get(variable, "")
    return Path(folder) if Path(folder).is_absolute() else Path(home, below)


def expanded(path: str) -> Path:
    """``path`` with ``~`` and ``~user`` resolved, as far as there is such a user."""
    with suppress(RuntimeError):
        return Path(path).expanduser()
    return Path(path)
