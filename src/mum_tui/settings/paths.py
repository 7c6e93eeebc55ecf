"""Where mum-tui keeps its files. Nothing is created here: a folder is made when the first file is stored in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from mum_tui.problems import Problem, Unreadable

HOME_VARIABLE = "MUM_TUI_HOME"


class Paths(Struct, frozen=True):
    """The folders: what the user edits or owns, what the program remembers, and what can be made again."""

    config: Path
    state: Path
    cache: Path

    @property
    def config_file(self) -> Path:
        """The settings; edited by the user, never written by mum-tui."""
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
        """The folder of unfinished notes."""
        return self.state / "drafts"

    @property
    def unsaved(self) -> Path:
        """The folder of changes that could not be written into the library before mum-tui ended."""
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
        """All folders that the program writes into."""
        return self.config, self.state, self.drafts, self.unsaved, self.cache

    @property
    def last_copy(self) -> Path:
        """The file for the text last copied, when no clipboard works."""
        return self.state / "last-copy.txt"


def find(environ: Mapping[str, str] = os.environ) -> Paths:
    """The folders for this user: under ``$MUM_TUI_HOME`` if that is set, else where the system has such folders.

    Raises:
        Unreadable: that variable is a relative path, and the current folder was removed.
    """
    if home := environ.get(HOME_VARIABLE):
        root = absolute(expanded(home))
        if not root.is_absolute():
            message = "is a relative path, but the current folder was removed"
            raise Unreadable(Problem(f"${HOME_VARIABLE}", 0, "", message))
        return Paths(root, root / "state", root / "cache")
    home = os.environ.get("HOME", "")
    # The usual case, without platformdirs, which takes 5 ms to load.
    if sys.platform == "linux" and Path(home).is_absolute():
        return Paths(*(_xdg_folder(variable, home, below) / "mum-tui" for variable, below in _XDG))
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("mum-tui", appauthor=False)
    return Paths(dirs.user_config_path, dirs.user_state_path, dirs.user_cache_path)


_XDG = (
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_STATE_HOME", ".local/state"),
    ("XDG_CACHE_HOME", ".cache"),
)
"""Variables of the XDG Base Directory Specification, and their defaults, relative to the home folder."""


def _xdg_folder(variable: str, home: str, below: str) -> Path:
    """The folder that a variable names; by the specification, a relative path is ignored."""
    folder = os.environ.get(variable, "")
    return Path(folder) if Path(folder).is_absolute() else Path(home, below)


def absolute(path: Path) -> Path:
    """``path`` from the current folder; as it is if that folder was removed."""
    try:
        return path.absolute()
    except OSError:
        return path


def expanded(path: str) -> Path:
    """``path`` with ``~`` and ``~user`` resolved, if there is such a user."""
    with suppress(RuntimeError):
        return Path(path).expanduser()
    return Path(path)
