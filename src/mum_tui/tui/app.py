"""The Textual application around the main screen: themes, signals, the command palette."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property

from msgspec.structs import replace
from textual.app import App, SystemCommand
from textual.events import Event, Key, Paste
from textual.notifications import Notify
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from mum_tui.actions import ACTIONS, Keymap
from mum_tui.library.library import Outcome
from mum_tui.problems import did_you_mean
from mum_tui.services import Services
from mum_tui.text import clean
from mum_tui.tui import theme as themes
from mum_tui.tui.screen.desktop import DesktopActs
from mum_tui.tui.screen.main import MainScreen
from mum_tui.tui.screen.pane_screen import key_overrides
from mum_tui.tui.widgets.lines import LinesView
from mum_tui.tui.widgets.query_input import FilterInput

GIVE_UP_SECONDS = 3.0
"""How long the terminal may take to be given back."""

OURS = {theme.name: theme for theme in (themes.DARK, themes.LIGHT)}
"""Our themes by name."""


class MumApp(App[int]):
    """The browser. Ends with the exit status of the process."""

    CSS_PATH = "mum.tcss"
    TITLE = "mum-tui"
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, services: Services, keymap: Keymap, theme: str = "") -> None:
        # Known before Textual makes its style sheet, which would otherwise be made twice, and every style with it.
        self.set_reactive(App.theme, _usable_theme(theme, services.config.theme, services.session.theme))
        super().__init__()
        self.services = services
        self.keymap = keymap
        self.acts = DesktopActs(self, services)
        self.notices: list[str] = []
        self._early: list[Key | Paste] | None = []

    @property
    def available_themes(self) -> dict[str, Theme]:
        """All themes by name: Textual's and our two."""
        return {**BUILTIN_THEMES, **OURS}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Called by Textual: our colours, for themes that don't name them."""
        if self.current_theme.variables.keys() >= themes.OURS:
            return {}
        return themes.fallbacks(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """Called by Textual: the main screen is the first one, nothing is shown before it."""
        return self.main

    def on_mount(self) -> None:
        if self.services.config.keys:
            self.set_keymap(key_overrides(self.keymap))
        self._handle_signals()
        self.app_resume_signal.subscribe(self, self._repaint_all)
        self.call_after_refresh(self._painted)

    async def _painted(self) -> None:
        """After the first frame: what could wait for it."""
        if isinstance(self.screen, MainScreen):
            await self.screen.complete()
            self.screen.attend()
        gc.freeze()
        gc.enable()
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=15, markup=False)
        early, self._early = self._early, None
        for event in early or ():
            await self.on_event(event)
        self.run_worker(self._warm_up, thread=True)

    def _warm_up(self) -> None:
        """In the background: what the first key would otherwise wait for."""
        self.services.index.warm_up()
        self.services.remove_leftovers()
        self.services.keep_compiled()
        if not self.services.verify_compiled():
            self.call_from_thread(self.notify, "The compiled catalog was damaged; the next start makes it anew.")
        if self.services.news.ids:
            self.call_from_thread(self.main.tell_news)
        if drafts := self._unfinished():
            self.call_from_thread(self.main.tell_drafts, drafts)

    def _unfinished(self) -> list[str]:
        """The ids of notes that were being written when a browser ended, and are not what is kept."""
        items = self.services.library.items
        drafts = self.services.drafts.all()
        return [name for name, one in drafts.items() if name not in items or items[name].note != one.text.strip("\n")]

    @cached_property
    def main(self) -> MainScreen:
        """The screen that is always there."""
        return MainScreen(self.services, self.acts, self.keymap)

    def leave(self) -> Outcome:
        """After the screen was given back: save what is to be saved, and keep where one was for the next start."""
        outcome = self.main.writer.close()
        self.services.keep_session(self.main.left())
        self.services.keep_visit()
        self.services.remember_query(self.main.view.query)
        return outcome

    async def on_event(self, event: Event) -> None:
        """Called by Textual for everything that comes from the terminal.

        Textual sends a key to what is focused and acts when it comes back: keys that were typed ahead are then on
        their way to where the one before no longer leads. Here each acts before the next is looked at.
        """
        if event.is_forwarded or not isinstance(event, Key | Paste):
            await super().on_event(event)
            return
        if self._early is not None:  # there is nothing yet that they could act on
            self._early.append(event)
            return
        if not self._keys_act_at_once:
            await super().on_event(event)
            return
        self.app_focus = True
        box = self.focused if isinstance(self.focused, FilterInput) else None
        if isinstance(event, Paste):
            if box:
                box.put(event.text, ahead=False)
        elif not await self._check_bindings(event.key, priority=True):
            if box and event.character and event.is_printable:
                box.put(event.character, ahead=self.message_queue_size > 0)
                return
            if box:
                box.tell()
            await self._check_bindings(event.key)

    @property
    def _keys_act_at_once(self) -> bool:
        if self.focused is None:
            return self.screen is self.main
        return isinstance(self.focused, LinesView | FilterInput)

    def _theme_changed(self, theme: Theme) -> None:
        for screen in self.screen_stack:
            for widget in screen.walk_children(LinesView):
                widget.theme_changed()
        self.services.keep_session(replace(self.services.session, theme=theme.name))

    def on_notify(self, event: Notify) -> None:
        """Called by Textual before it shows a notice: what says the same is taken away, and of those that warn of
        nothing all but the last, so that they do not pile up over what one reads.
        """
        new = event.notification
        shown = [old for old in self._notifications if old != new]
        calm = [old for old in shown if old.severity == "information"]
        past = calm[:-1] if new.severity == "information" else []
        for old in shown:
            if old in past or (old.title, old.message, old.severity) == (new.title, new.message, new.severity):
                self._unnotify(old, refresh=False)

    # -- the terminal

    def _handle_signals(self) -> None:
        """Leave the terminal as it was when we are told to end (R-UI-9)."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError):
                    loop.add_signal_handler(number, self._end, 128 + number)

    def _end(self, status: int) -> None:
        """We are told to end. Where the terminal went away with that, Textual may wait for it forever; or a disk may be
        what never answers."""
        patience = threading.Timer(GIVE_UP_SECONDS, self._end_without_terminal, [status])
        patience.daemon = True
        patience.start()
        self.exit(status)
        self.main.keep_draft()

    def _end_without_terminal(self, status: int) -> None:
        try:
            self.leave()
        finally:
            os._exit(status)

    def _repaint_all(self, _: object) -> None:
        """After ``fg`` the terminal is blank and nothing counts as changed (R-UI-10)."""

        def repaint() -> None:
            for widget in self.screen.walk_children(with_self=True):
                widget.refresh()

        self.call_after_refresh(repaint)

    def action_help_quit(self) -> None:
        """What ctrl+c does when no text is selected."""
        self.notify(f"{self.keymap.keys['quit']} quits", markup=False)

    # -- the command palette

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Called by Textual: every action of the table, and the choice of a theme."""
        if isinstance(screen, MainScreen):
            for action in ACTIONS:
                if not action.numbered:
                    run = getattr(screen, f"action_{action.method}")
                    yield SystemCommand(f"{action.title} ({self.keymap.shown(action)})", action.help, run)
        yield SystemCommand("Theme", "Choose one of all themes.", self.action_change_theme)


def _usable_theme(*wanted: str) -> str:
    """The first of these themes that there is and that can be read here."""
    no_color = "NO_COLOR" in os.environ
    for name in wanted:
        # With NO_COLOR the themes of the terminal's own colours come out black on black.
        if name in BUILTIN_THEMES.keys() | OURS.keys() and not (no_color and name.startswith("ansi")):
            return name
    return themes.DARK.name


def unknown_theme(name: str) -> str:
    """What is wrong with a theme's name, in one line; nothing if there is such a theme."""
    known = [themes.DARK.name, themes.LIGHT.name, *BUILTIN_THEMES]
    return f'no theme is called "{clean(name)}" ({did_you_mean(name, known)})' if name and name not in known else ""


def run(services: Services, keymap: Keymap, theme: str = "") -> tuple[int, Outcome]:
    """Run the browser until it is left; the exit status, and whether everything the user keeps is saved."""
    app = MumApp(services, keymap, theme)
    app.notices += [str(problem) for problem in services.config.problems]
    if problems := services.loaded.problems:
        app.notices.append(f"{len(problems)} problems in {services.catalog_path.name}: mum-tui check names them")
    status = app.run()
    return app.return_code or status or 0, app.leave()
