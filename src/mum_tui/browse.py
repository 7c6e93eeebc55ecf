"""Starting the browser: what must be right before the screen is taken, and what is said after it is given back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from mum_tui import actions, speech
from mum_tui.imports import import_without
from mum_tui.library.library import Unsaved
from mum_tui.services import Services

if TYPE_CHECKING:
    from mum_tui.waiting import Screen


def browse(catalog: Path | None, theme: str, fresh: bool = False) -> int:
    """Run the browser; the exit status. Raises ``Unreadable``."""
    services = Services(catalog, fresh=fresh)
    config = services.config
    keymap = actions.keymap(config.keys, str(services.paths.config_file), config.lines)
    if keymap.problems:
        speech.say_all(keymap.problems)
        return speech.USAGE
    services.progress = waiting = _Waiting([key for key in keymap.keys["quit"].split(",") if len(key) == 1])
    try:
        loaded = services.loaded
        _leave_ssl_out()
        _leave_unused_widgets_out()
        from mum_tui.tui.app import run, unknown_theme
    finally:
        waiting.close()
    if loaded.set_aside and not loaded.catalog.entries:
        speech.say_all(loaded.problems)
        return speech.USAGE
    if problem := unknown_theme(theme or config.theme):
        speech.say(problem)
        return speech.USAGE
    status, outcome = run(services, keymap, theme)
    if isinstance(outcome, Unsaved):
        changes = "1 change" if outcome.count == 1 else f"{outcome.count} changes"
        speech.say(f"{changes} could not be saved: {outcome.reason}", "to make it again:")
        speech.say(*services.library.pending_commands())
        return status or speech.USAGE
    return status


class _Waiting:
    """Shows how far reading and compiling the catalog is; what it takes is loaded when there is something to show.

    ``keys`` leave at once.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._screen: Screen | None = None
        self._is_over = False

    def __call__(self, what: str, part: float, entries: int) -> None:
        if self._is_over:
            return  # what is compiled while the browser runs is nothing to wait for
        if self._screen is None:
            from mum_tui.waiting import Screen

            self._screen = Screen(self._keys)
        self._screen.tell(what, part, entries)

    def close(self) -> None:
        """Give the terminal back."""
        self._is_over = True
        if self._screen is not None:
            self._screen.close()


def _leave_ssl_out() -> None:
    """Import asyncio without OpenSSL: nothing here speaks TLS, and loading it takes a twentieth of the start."""
    import_without("asyncio", "ssl")


class _TextualTypes(ModuleType):
    """Stands in for ``textual.types``, from which Textual itself wants two names at the start.

    The module collects names from widgets that nobody uses here; loading those takes a thirtieth of the start.
    Whoever asks for any other name gets it from the module itself.
    """

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)  # what the import system asks every module for
        sys.modules.pop("textual.types", None)
        return getattr(import_module("textual.types"), name)


def _leave_unused_widgets_out() -> None:
    if "textual" not in sys.modules:
        stand_in = _TextualTypes("textual.types")
        vars(stand_in).update(CallbackType=Any, IgnoreReturnCallbackType=Any)
        sys.modules["textual.types"] = stand_in
