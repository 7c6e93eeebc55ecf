"""Starting the browser: what must be right before the screen is taken, and what is said after it is given back."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from mum_tui import actions, speech
from mum_tui.library.library import Unsaved
from mum_tui.services import Services


def browse(catalog: Path | None, theme: str, fresh: bool = False) -> int:
    """Run the browser; the exit status. Raises ``Unreadable``."""
    services = Services(catalog, fresh=fresh, progress=_Progress())
    config = services.config
    keymap = actions.keymap(config.keys, str(services.paths.config_file), config.lines)
    if keymap.problems:
        speech.say_all(keymap.problems)
        return speech.USAGE
    loaded = services.loaded
    if loaded.set_aside and not loaded.catalog.entries:
        speech.say_all(loaded.problems)
        return speech.USAGE
    _leave_ssl_out()
    _leave_unused_widgets_out()
    from mum_tui.tui.app import run, unknown_theme

    if problem := unknown_theme(theme or config.theme):
        speech.say(problem)
        return speech.USAGE
    status, outcome = run(services, keymap, theme)
    if isinstance(outcome, Unsaved):
        changes = "1 change" if outcome.count == 1 else f"{outcome.count} changes"
        speech.say(f"{changes} could not be saved: {outcome.reason}", "to make it again:")
        speech.say(*services.library.pending_commands())
        return speech.USAGE
    return status


class _Progress:
    """Says on the terminal how far a slow start is; says nothing of one that is over within a second."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._shown = -1

    def __call__(self, what: str, part: float) -> None:
        percent = int(part * 100)
        if time.monotonic() - self._since > PATIENCE_SECONDS and percent != self._shown:
            self._shown = percent
            speech.progress(percent, 100, what)


PATIENCE_SECONDS = 1.0


def _leave_ssl_out() -> None:
    """Import asyncio without OpenSSL: nothing here speaks TLS, and loading it takes a twentieth of the start."""
    if "ssl" not in sys.modules and "asyncio" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import asyncio  # noqa: F401
        finally:
            del sys.modules["ssl"]


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
