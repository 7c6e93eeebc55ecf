"""A dialog that asks for a path or a name, and saves. It asks again before it overwrites something."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic

from textual import events
from textual.binding import Binding
from textual.widgets import Input
from textual.widgets.input import Selection

from mum_tui.tui.cells import wrap
from mum_tui.tui.dialogs.frame import Modal
from mum_tui.tui.messages import FocusMovedByProgram
from mum_tui.tui.widgets.query_input import WordInput
from mum_tui.tui.widgets.text import TextLine, TextView

ENTER_AGAIN = "press enter again to overwrite."
"""The end of the answer of ``save`` if something would be overwritten."""

FILE_EXISTS = f"File exists; {ENTER_AGAIN}"

NAME = "name"
"""The value of ``what`` for a name."""

WIDTH = 72

QUICK_SECONDS = 0.3
"""If saving takes more seconds than this, the user may already be typing when the dialog closes."""


class SaveAs(Modal[str | None]):
    """Asks for a path or a name, and saves; the result is that text, or None.

    Args:
        title: the words in the upper border.
        path: the suggested text; typing replaces a name.
        what: what the user types, in words.
        footer: the words in the lower border.
        save: saves under the typed text, and overwrites only if its second argument is True. Returns a sentence that
            says why it could not, or an empty text. Called in a thread; it must neither raise nor touch the screen.
    """

    DEFAULT_CSS = """
    SaveAs {
        & > .frame { height: 6; }
        & TextView { height: 3; }
    }
    """
    BINDINGS = [
        Binding("escape", "close", show=False, priority=True),
        Binding("enter", "save", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        path: str,
        save: Callable[[str, bool], str],
        what: str = "path of a file",
        footer: str = "enter writes · esc closes",
    ) -> None:
        self._what = what
        self._save = save
        self._is_saving = False
        self._may_overwrite = ""
        self._asked_at = 0.0
        self.box = WordInput(placeholder=what)
        self.box.value = path
        self.reply = TextView()
        self.reply.ground = "surface"
        self.reply.can_focus = False
        super().__init__(title, footer, self.box, self.reply)

    def on_mount(self) -> None:
        self.on_resize()
        self.box.focus()
        # A suggested name is selected, so that typing replaces it.
        end = len(self.box.value)
        self.box.selection = Selection(0 if self._what == NAME else end, end)

    def on_resize(self) -> None:
        self.fit_frame(min(self.app.size.width, WIDTH))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show("")

    def _show(self, text: str) -> None:
        self.reply.set_layout(partial(_warning_lines, text))

    def action_save(self) -> None:
        """Save under the typed text."""
        path = self.box.value.strip()
        if not path:
            self._show(f"Type the {self._what}.")
        elif not self._is_saving:
            self._is_saving = True
            self._asked_at = monotonic()
            self.run_worker(partial(self._work, path, path == self._may_overwrite), thread=True)

    def _work(self, path: str, overwrite: bool) -> None:
        self.call_later(self._saved, path, self._save(path, overwrite))

    def _saved(self, path: str, reason: str) -> None:
        self._is_saving = False
        if not reason:
            if monotonic() - self._asked_at > QUICK_SECONDS:
                self.post_message(FocusMovedByProgram())
            self.dismiss(path)
            return
        self._may_overwrite = path if reason.endswith(ENTER_AGAIN) else ""
        self._show(reason)

    def action_close(self) -> None:
        """Close without saving."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click outside the frame closes it."""
        if event.widget is self:
            self.action_close()


def _warning_lines(text: str, width: int) -> list[TextLine]:
    return [TextLine(((line, "doubt"),)) for line in wrap(text, width)] if text else []
