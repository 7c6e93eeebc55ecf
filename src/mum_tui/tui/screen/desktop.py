"""Shows notices, copies texts and opens addresses; slow parts run in workers, and a notice reports the outcome."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App

from mum_tui.services import Services

if TYPE_CHECKING:
    from mum_tui.desktop.browser import Plan, Window

MOST_SHOWN = 50_000
"""The most characters of the last copied text that are shown: more cannot be selected with the mouse. A comparison of
hundreds of entries has millions.
"""


class Desktop:
    """Notices, the clipboard and links.

    ``last_copied`` is the text copied last. Call ``focus_moved_by_program`` after the program, not the user, moved the
    focus; ``remove_notices`` removes notices by message.
    """

    def __init__(
        self,
        app: App[int],
        services: Services,
        focus_moved_by_program: Callable[[], None],
        remove_notices: Callable[[str], None],
    ) -> None:
        self.focus_moved_by_program = focus_moved_by_program
        self.remove_notices = remove_notices
        self._app = app
        self._services = services
        self.last_copied = ""

    def say(self, message: str, warning: bool = False) -> None:
        """Show a notice; its text is not parsed as markup."""
        self._app.notify(message, severity="warning" if warning else "information", markup=False)

    # -- copying

    def copy(self, text: str, what: str, quietly: bool = False) -> None:
        """Copy a text, and report the outcome unless ``quietly``; ``what`` names the text in the notice."""
        from mum_tui.desktop.clipboard import Copied

        self.last_copied = text
        if self._app.is_web:
            self._app.copy_to_clipboard(text)
            if not quietly:
                self.say(Copied("page", verified=False).words(what))
        else:
            self._app.run_worker(partial(self._copy, text, what, quietly), thread=True, group="copy")

    def _copy(self, text: str, what: str, quietly: bool) -> None:
        from mum_tui.desktop import clipboard

        send = partial(self._app.call_from_thread, self._app.copy_to_clipboard)
        services = self._services
        outcome = clipboard.copy(text, services.environment, services.config.clipboard, send, services.paths.last_copy)
        if not quietly:
            self._app.call_from_thread(self.say, outcome.words(what), not outcome.verified)

    def show_copied(self) -> None:
        """Show the text copied last, so that it can be selected with the mouse."""
        from mum_tui.tui.dialogs.lists import text_dialog

        text = self.last_copied
        if not text:
            self.say("Nothing has been copied yet")
            return
        too_long = f"The first {MOST_SHOWN:,} of {len(text):,} characters. Export many entries to a file instead."
        self._app.push_screen(text_dialog("Last copied", text[:MOST_SHOWN], too_long if len(text) > MOST_SHOWN else ""))

    # -- opening

    def open(self, url: str, quietly: bool = False) -> None:
        """Open an address in the web browser, and say so unless ``quietly``; without a browser, show the address."""
        from mum_tui.desktop.browser import InTerminal, Show

        if self._app.is_web:
            self._app.open_url(url)
            if not quietly:
                self.say(f"Opening {url}")
            return
        match self._plan(url):
            case Show(reason=reason):
                self.show_address(url, reason)
            case InTerminal(command=command):
                with self._app.suspend():
                    subprocess.run(command, check=False)  # noqa: S603 - argv of a named text browser
            case window:
                if not quietly:
                    self.say(f"Opening {url}")
                self._app.run_worker(partial(self._open, url, window), thread=True, group="open")

    def open_all(self, urls: Sequence[str]) -> None:
        """Open several addresses; if one cannot be opened here, show all."""
        from mum_tui.desktop.browser import Show

        plans = [] if self._app.is_web else [self._plan(url) for url in urls]
        reasons = [plan.reason for plan in plans if isinstance(plan, Show)]
        if reasons:
            self.show_address("\n".join(urls), reasons[0])
            return
        for url in urls:
            self.open(url, quietly=len(urls) > 1)
        if len(urls) > 1:
            self.say(f"Opening {len(urls):,} links")

    def _plan(self, url: str) -> Plan:
        from mum_tui.desktop import browser

        services = self._services
        return browser.plan(url, services.environment, services.config.browser, services.environ)

    def _open(self, url: str, window: Window) -> None:
        from mum_tui.desktop.browser import NotOpened, open_window

        outcome = open_window(url, window)
        if isinstance(outcome, NotOpened):
            self._app.call_from_thread(self.show_late, url, outcome.reason)

    def show_late(self, url: str, reason: str) -> None:
        """Show an address some time after the key that should open it, when the user may be typing."""
        self.focus_moved_by_program()
        self.show_address(url, reason)

    def show_address(self, url: str, reason: str) -> None:
        """Show an address that could not be opened, and copy it."""
        from mum_tui.tui.dialogs.lists import text_dialog

        self.copy(url, "the address", quietly=True)
        self._app.push_screen(text_dialog("Address", url, reason[:1].upper() + reason[1:] + "."))
