"""Starts the browser: checks before it takes over the terminal, messages after it has given it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.keymap import Keymap, make_keymap
from mum_tui.library.outcomes import Outcome, Unsaved
from mum_tui.patience import interruptible, said_if_slow
from mum_tui.services import Services

if TYPE_CHECKING:
    from mum_tui.progress_screen import Screen

Run = Callable[[Services, Keymap, str, bytes], tuple[int, Outcome]]


def browse(catalogs: Sequence[Path] | None, theme: str, fresh: bool = False) -> int:
    """Run the browser; returns the exit status.

    Args:
        catalogs: the catalogs to open as layers, the lowest first; None for the configured one.
        theme: the name of a theme; empty for the configured one.
        fresh: ignore the last session.

    Raises:
        Unreadable: nothing can be used of a catalog that was asked for.
    """
    services = Services(catalogs, fresh=fresh)
    with interruptible():
        keymap, run, typed = _opened(services)
    loaded = services.loaded
    if loaded.set_aside and not loaded.catalog.entries:
        console.warn_all(loaded.problems)
        return console.Exit.USAGE
    status, outcome = run(services, keymap, theme, typed)
    if isinstance(outcome, Unsaved):
        from mum_tui.library import closing

        closing.tell(outcome)
        return status or console.Exit.USAGE
    return status


def _opened(services: Services) -> tuple[Keymap, Run, bytes]:
    """Read everything that the first frame needs, with a message when a disk does not answer.

    Returns the keys, the function that runs the browser, and what was typed meanwhile.
    """
    paths = services.paths
    with said_if_slow(f"waiting for the disk: {paths.config_file}"):
        config = services.config
    keymap = make_keymap(config.keys, str(paths.config_file), config.lines)
    # Written here so that the terminal shows the problems after the browser has quit; the browser shows them, too.
    console.warn_all([*config.problems, *keymap.problems], more="mum-tui config check")
    services.progress = waiting = _Waiting([key for key in keymap.keys["quit"].split(",") if len(key) == 1])
    try:
        _ = services.library
        with said_if_slow(f"waiting for the disk: {paths.state}"):
            _ = services.memory.session
        where = f"{services.catalog_name} or {paths.cache}"
        with said_if_slow(f"waiting for the disk: {where}", unless=lambda: waiting.is_reporting):
            instead = services.open_catalog()
        from mum_tui.tui.app import run
    finally:
        waiting.close()
    if instead:
        console.warn(instead)
    return keymap, run, waiting.typed


class _Waiting:
    """Shows the progress of reading and compiling the catalog; its module is imported when there is progress to show.

    Each of ``keys`` quits at once.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._screen: Screen | None = None
        self._is_over = False
        self.is_reporting = False

    def __call__(self, what: str, part: float, entries: int) -> None:
        self.is_reporting = True
        if self._is_over:
            return  # compiling goes on while the browser runs
        if self._screen is None:
            from mum_tui.progress_screen import Screen

            self._screen = Screen(self._keys)
        self._screen.update(what, part, entries)

    @property
    def typed(self) -> bytes:
        """The bytes that the terminal sent meanwhile."""
        return self._screen.typed if self._screen else b""

    def close(self) -> None:
        """Give the terminal back."""
        self._is_over = True
        if self._screen is not None:
            self._screen.close()
