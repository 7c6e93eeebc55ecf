"""The Textual application around the main screen: start and end, keys, notices, themes, command palette."""

from __future__ import annotations

import gc
import os
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from textual.app import App
from textual.driver import Driver
from textual.events import Event, Key, MouseEvent, Paste
from textual.notifications import Notify, SeverityLevel
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Input

from mum_tui import console
from mum_tui.keymap import Keymap
from mum_tui.library.closing import Closing, tell
from mum_tui.library.outcomes import Outcome, Saved, Unsaved
from mum_tui.patience import Started
from mum_tui.problems import HINT
from mum_tui.services import Services
from mum_tui.storage import files
from mum_tui.text import MOST_IN_BOX, clean
from mum_tui.tui import freed_memory
from mum_tui.tui import theme as themes
from mum_tui.tui.messages import CopyRequested
from mum_tui.tui.notices import Notice
from mum_tui.tui.screen.bindings import key_overrides
from mum_tui.tui.screen.desktop import Desktop
from mum_tui.tui.screen.last_session import session_of
from mum_tui.tui.screen.main import MainScreen
from mum_tui.tui.terminal.cancelling import CancellingIsAFault
from mum_tui.tui.terminal.endings import HANG_UP, SAVE_SECONDS, Endings
from mum_tui.tui.terminal.key_queue import KeyQueue, Queued, as_one_line
from mum_tui.tui.widgets.lines import LinesView
from mum_tui.tui.widgets.query_input import QueryInput

if TYPE_CHECKING:
    from mum_tui.state.drafts import Draft
    from mum_tui.tui.terminal.driver import InputFailed

SESSION_SECONDS = 0.4
"""Seconds to wait for the session once all changes are stored."""

NOTICES = 3
"""The most problems of the configuration in the notice at the start."""

_WITH_SHIFT = {"shift+enter": ("enter", "\r"), "shift+escape": ("escape", "\x1b")}
"""Keys that many terminals send as the same without shift; they act as these unless an action has them."""

ALL_THEMES = BUILTIN_THEMES | {theme.name: theme for theme in (themes.DARK, themes.LIGHT)}
"""The themes of Textual and of mum-tui by name."""


class MumApp(CancellingIsAFault, App[int]):
    """The browser. ``run`` returns the exit status of the process."""

    CSS_PATH = "mum.tcss"
    TITLE = "mum-tui"
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, services: Services, keymap: Keymap, theme: str = "") -> None:
        # Set before Textual parses its style sheet, which it would otherwise do twice.
        self.set_reactive(App.theme, _usable_theme(theme, services.config.theme, services.memory.session.theme))
        super().__init__()
        self.services = services
        self.keymap = keymap
        self.desktop = Desktop(self, services, lambda: self.key_queue.focus_moved_by_program(), self.remove_notices)
        self.notices: list[str] = []
        self._unstored_note = ""
        self.key_queue = KeyQueue(self, lambda: self._is_ready, self._act)
        self.endings = Endings(
            self, store_draft=self._store_draft, begin_to_save=lambda: self._last_save.begin(), save=self._save_and_warn
        )
        self._watches = False

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Called by Textual."""
        return ALL_THEMES

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Called by Textual: our colours, for themes that do not define them."""
        if self.current_theme.variables.keys() >= themes.MUM_COLOURS:
            return {}
        return themes.fallbacks(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """Called by Textual: the main screen comes first."""
        return self.main

    def on_load(self) -> None:
        """Called by Textual before it takes the terminal."""
        if self._watches:
            self.endings.watch()

    def on_mount(self) -> None:
        if self.services.config.keys:
            self.set_keymap(key_overrides(self.keymap))
        self.app_resume_signal.subscribe(self, self._repaint_all)
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        """Do what the first frame does not need."""
        self.main.after_first_frame()
        gc.freeze()
        gc.enable()
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        if self.notices:  # one notice for all: several would cover half of the screen
            self.notify("\n".join(self.notices), severity="warning", timeout=15, markup=False)
        self.run_worker(self._warm_up, thread=True)

    def _warm_up(self) -> None:
        """Prepare what the first key needs; runs in a thread."""
        freed_memory.share_pools()
        self.services.index.warm_up()
        self.services.memory.warm_up()
        for folder in self.services.paths.folders:
            files.remove_all_leftovers(folder)
        self.services.opening.store_compiled(self.services.loaded)
        if not self.services.opening.verify(self.services.loaded):
            self.call_from_thread(
                self.notify, "The compiled catalog was damaged; it will be rebuilt at the next start."
            )
        if self.services.news.ids:
            self.call_from_thread(self.main.acts.annotations.say_news)
        if drafts := self._unfinished():
            self.call_from_thread(self.main.acts.notes.say_unfinished, drafts)

    def _unfinished(self) -> list[Draft]:
        """The drafts that have something that the notes do not have; deletes the others."""
        library, drafts = self.services.library, self.services.memory.drafts
        unfinished = []
        for draft in drafts.all().values():
            known = [library.annotations.get(name) for name in draft.ids]
            if any(draft.is_unfinished(annotation.note if annotation else "") for annotation in known):
                unfinished.append(draft)
            elif not library.pending:
                drafts.remove(draft)
        return unfinished

    @cached_property
    def main(self) -> MainScreen:
        """The main screen, at the bottom of the stack."""
        return MainScreen(self.services, self.desktop, self.keymap)

    @cached_property
    def _last_save(self) -> Closing:
        return Closing(self.services.library, self.main.acts.annotations.writer, SAVE_SECONDS)

    def save_all(self) -> Outcome:
        """Save the library and the state for the next start. Call it after giving back the terminal; returns whether
        the library was saved.
        """
        with ExitStack() as also:  # each part, even if another fails
            state = Started(self._store_state)
            also.callback(lambda: state.ends(min(SESSION_SECONDS, self._last_save.left)))
            return self._last_save.finish()

    def _store_draft(self) -> None:
        """Store the note that is being written; what cannot be stored is printed when the terminal is given back.
        Blocks for the disk.
        """
        notes = self.main.acts.notes
        self._unstored_note = notes.unsaved_text
        if notes.store_draft():
            self._unstored_note = ""

    def _print_unstored_note(self) -> None:
        text, self._unstored_note = self._unstored_note, ""
        if text:
            console.warn("the note that was being written could not be stored as a draft; this is its text:")
            console.draw(clean(text).rstrip("\n") + "\n")

    def _save_and_warn(self) -> None:
        """Save, and warn if that fails; called when the app ends by force."""
        outcome = self.save_all()
        self.endings.wait_for_draft()
        self._print_unstored_note()
        if isinstance(outcome, Unsaved):
            tell(outcome)

    def _store_state(self) -> None:
        with ExitStack() as also:
            also.callback(lambda: self.services.memory.remember_query(self.main.view.query))
            also.callback(self.services.save_visit)
            also.callback(self.main.acts.annotations.drop_used_drafts)
            self.services.memory.save_session(session_of(self.main))

    def run_and_save(self) -> tuple[int, Outcome]:
        """Run until the user, a signal or a fault ends it; then save. Returns exit status and outcome of saving."""
        status: int | None = None
        self._watches = True
        try:
            status = self.run()
        except KeyboardInterrupt:
            self.endings.app_ended()
            self.save_all()
            raise
        except BaseException as error:
            self.endings.crashed(error)
        self.endings.app_ended()
        try:
            outcome = self.save_all()
        except Exception as error:
            self.endings.crashed(error)
            count = self.services.library.pending
            outcome = Unsaved("see the log", count) if count else Saved()
        self.endings.close()
        status = self.endings.report() if self.endings.faults else self.return_code or status or 0
        self._print_unstored_note()
        return status, outcome

    # -- keys

    @property
    def message_queue_size(self) -> int:
        """How many messages wait, with the keys in their queue: the driver reads no more until there are few."""
        return super().message_queue_size + len(self.key_queue)

    async def on_event(self, event: Event) -> None:
        """Called by Textual for all input.

        Keys, pastes and the mouse go through the queue, which handles each before it dispatches the next. Those for a
        screen that is not ready wait for its ``ReadyForKeys``.
        """
        if event.is_forwarded or not isinstance(event, Queued):
            await super().on_event(event)
            return
        await self.key_queue.add(event)

    def on_copy_requested(self, event: CopyRequested) -> None:
        self.desktop.copy(event.text, f"the selected text ({len(event.text):,} characters)")

    def on_focus_moved_by_program(self) -> None:
        self.key_queue.focus_moved_by_program()

    async def on_ready_for_keys(self) -> None:
        await self.key_queue.dispatch()

    @property
    def _is_ready(self) -> bool:
        if not self.screen_stack:
            return False  # it is ending
        if isinstance(self.screen, MainScreen):
            return self.screen.is_ready
        from mum_tui.tui.dialogs.frame import Modal

        return not isinstance(self.screen, Modal) or self.screen.is_ready

    async def _act(self, event: Queued) -> bool:
        """Handle an event; returns False if it was only sent to its widget."""
        if isinstance(event, MouseEvent):
            await super().on_event(event)
            return False
        if isinstance(event, Key) and event.key in _WITH_SHIFT and not self.keymap.has(event.key):
            event = Key(*_WITH_SHIFT[event.key])
        if isinstance(event, Paste) and isinstance(self.focused, Input):
            event = self._paste_of_one_line(event)
        if not isinstance(self.focused, LinesView | QueryInput):
            await super().on_event(event)
            return False
        self.app_focus = True
        query_input = self.focused if isinstance(self.focused, QueryInput) else None
        if query_input and isinstance(event, Key) and not event.is_printable:
            query_input.report_typed()  # the key may act on the best match of the text typed so far
        if isinstance(event, Paste):
            if query_input:
                query_input.add_text(event.text, ahead=False)
        elif not await self._check_bindings(event.key, priority=True):
            if query_input and event.character and event.is_printable:
                query_input.add_text(event.character, ahead=self.message_queue_size > 0)
                return True
            await self._check_bindings(event.key)
        return True

    def _paste_of_one_line(self, event: Paste) -> Paste:
        line = as_one_line(event.text)
        if len(line) > MOST_IN_BOX:
            self.notify(f"Only the first {MOST_IN_BOX:,} characters were pasted", severity="warning", markup=False)
        return Paste(line[:MOST_IN_BOX])

    def _theme_changed(self, theme: Theme) -> None:
        for screen in self.screen_stack:
            for widget in screen.walk_children(LinesView):
                widget.theme_changed()
        self.main.remember(replace(self.services.memory.session, theme=theme.name))

    def push_screen(self, *given: Any, **named: Any) -> Any:
        """Open a screen. Removes notices so that they do not cover it; warnings stay."""
        for notice in [notice for notice in self._notifications if notice.severity == "information"]:
            self._unnotify(notice, refresh=False)
        return super().push_screen(*given, **named)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Called for every notice, in any thread."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Notice(message, title, severity, seconds, markup=markup)))

    def on_notify(self, event: Notify) -> None:
        """Called by Textual before it shows a notice: remove equal ones, and all but the last that is not a warning, so
        that notices do not pile up over the text.
        """
        new = event.notification
        shown = [old for old in self._notifications if old != new]
        calm = [old for old in shown if old.severity == "information"]
        past = calm[:-1] if new.severity == "information" else []
        for old in shown:
            if old in past or (old.title, old.message, old.severity) == (new.title, new.message, new.severity):
                self._unnotify(old, refresh=False)
        # The containers of removed notices would stay, empty, in their screens.
        for screen in self.screen_stack:
            for holder in screen.query("ToastHolder"):
                if not holder.children:
                    holder.remove()

    def remove_notices(self, message: str) -> None:
        """Remove the notices with this message."""
        for notice in [notice for notice in self._notifications if notice.message == message]:
            self._unnotify(notice)

    # -- the terminal

    def exit(self, result: int | None = None, return_code: int = 0, message: object = None) -> None:
        """Called by Textual for every way to end; makes sure that a disk or a thread cannot delay it for long."""
        self.endings.force_end_later(return_code)
        super().exit(result, return_code)

    def get_driver_class(self) -> type[Driver]:
        """Called by Textual: the driver with our own parser of terminal input."""
        if os.name != "posix" or "TEXTUAL_DRIVER" in os.environ:
            return super().get_driver_class()
        from mum_tui.tui.terminal.driver import TerminalDriver

        return TerminalDriver

    def on_terminal_gone(self) -> None:
        self.endings.end(HANG_UP)

    def on_input_failed(self, event: InputFailed) -> None:
        self.endings.crashed(event.error)

    def on_paste_cut(self) -> None:
        from mum_tui.tui.terminal.input import MOST_PASTED

        self.notify(f"Only the first {MOST_PASTED:,} characters were pasted", severity="warning", markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """Called by Textual for exceptions that nobody caught; its own code prints many lines and may exit with 0."""
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.endings.crashed(error)

    def _repaint_all(self, _: object) -> None:
        """Called after ``fg``, when the terminal is blank and no widget counts as changed."""

        def repaint() -> None:
            for widget in self.screen.walk_children(with_self=True):
                widget.refresh()

        self.call_after_refresh(repaint)

    def action_help_quit(self) -> None:
        """Called by Textual for ctrl+c when no text is selected."""
        self.notify(f"{self.keymap.keys['quit']} quits", markup=False)

    # -- the command palette

    def action_command_palette(self) -> None:
        """Called by Textual; replaces its palette, which fails on keys typed before its list is there."""
        from mum_tui.tui.dialogs.palette import CommandPalette

        if isinstance(self.screen, MainScreen):
            self.main.acts.commands.choose()
        elif isinstance(self.screen, CommandPalette):
            self.screen.dismiss(None)

    def action_change_theme(self) -> None:
        """Called by Textual: choose a theme."""
        self.main.acts.program.choose_theme()


def _usable_theme(*wanted: str) -> str:
    """The first of these themes that exists and is readable on this terminal."""
    no_color = "NO_COLOR" in os.environ
    for name in wanted:
        # With NO_COLOR, themes of the terminal's own colours are black on black.
        if name in ALL_THEMES and not (no_color and name.startswith("ansi")):
            return name
    return themes.DARK.name


def run(services: Services, keymap: Keymap, theme: str = "", typed: bytes = b"") -> tuple[int, Outcome]:
    """Run the browser until it ends; returns the exit status and the outcome of saving the library.

    ``typed`` has bytes that the terminal sent before; they are handled first.
    """
    # Textual would use these as the size of the terminal, but they may be outdated.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    app = MumApp(services, keymap, theme)
    if typed:
        from mum_tui.tui.terminal.driver import TerminalDriver

        TerminalDriver.typed_before = typed
    problems_of_settings = [*services.config.problems, *keymap.problems]
    app.notices += [str(problem) for problem in problems_of_settings[:NOTICES]]
    if len(problems_of_settings) > NOTICES:
        app.notices.append(f"… and {len(problems_of_settings) - NOTICES} more; mum-tui config check lists all")
    problems = [problem for problem in services.loaded.problems if problem.level != HINT]
    if len(problems) == 1:
        app.notices.append(str(problems[0]))
    elif problems:
        app.notices.append(f"{len(problems)} problems in {services.catalog_name}: mum-tui check names them")
    return app.run_and_save()
