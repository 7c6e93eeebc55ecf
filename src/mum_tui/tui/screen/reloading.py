"""Shows changes of the catalog's files, and their problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.catalog.conflicts import is_conflict
from mum_tui.catalog.watching import Watcher
from mum_tui.problems import ERROR, Problem, Unreadable
from mum_tui.tui.messages import CatalogRead

if TYPE_CHECKING:
    from mum_tui.catalog.model import Loaded
    from mum_tui.catalog_state import CatalogState
    from mum_tui.tui.screen.main import MainScreen


class Reloading:
    """Reads the catalog again in the watcher's thread; a message lets the screen take it over.

    A state with new errors is not taken over: the last good one stays. Only entries in a merge conflict are skipped,
    until the conflict is resolved.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._read: CatalogState | Problem | None = None
        self._last_warning = ""
        self._watcher: Watcher | None = None

    def start(self) -> None:
        """Start watching the files."""
        opening = self._screen.services.opening
        self._watcher = Watcher(opening.stamp, self._read_again, opening.opened)
        self._watcher.start()

    def stop(self) -> None:
        """Stop watching."""
        if self._watcher is not None:
            self._watcher.stop()

    def _read_again(self) -> None:
        """Read the catalog; called in the watcher's thread. The screen takes only the latest state."""
        try:
            self._read = self._screen.services.read_again()
        except Unreadable as error:
            self._read = error.problem
        self._screen.post_message(CatalogRead())

    def show(self) -> None:
        """Show the state that was read last, or say what is wrong with it."""
        screen = self._screen
        read, self._read = self._read, None
        if read is None:
            return
        if isinstance(read, Problem):
            self._say(f"{read}; the last good state stays")
            return
        if new := _new_errors(screen.services.loaded, read.loaded):
            more = f" and {len(new) - 1} more" if len(new) > 1 else ""
            self._say(f"{new[0]}{more}; the last good state stays")
            return
        screen.services.use(read)
        screen.catalog_changed()
        conflicts = [problem for problem in read.loaded.problems if is_conflict(problem)]
        if conflicts:
            more = f" and {len(conflicts) - 1} more" if len(conflicts) > 1 else ""
            self._say(f"{conflicts[0]}{more}")
        elif self._last_warning:
            self._last_warning = ""
            screen.say("The catalog has been fixed")

    def _say(self, message: str) -> None:
        if message != self._last_warning:
            self._screen.say(message, warning=True)
        self._last_warning = message


def _new_errors(before: Loaded, after: Loaded) -> list[Problem]:
    """The errors in ``after`` that ``before`` does not have, apart from conflicts; line numbers do not count."""
    known = [(problem.file, problem.key, problem.message) for problem in _errors(before)]
    new = []
    for problem in _errors(after):
        problem_key = (problem.file, problem.key, problem.message)
        if problem_key in known:
            known.remove(problem_key)
        else:
            new.append(problem)
    return new


def _errors(loaded: Loaded) -> list[Problem]:
    return [problem for problem in loaded.problems if problem.level == ERROR and not is_conflict(problem)]
