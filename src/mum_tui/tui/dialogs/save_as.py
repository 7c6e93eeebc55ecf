"""A dialog that asks for a file and writes it. It asks again before it overwrites a file."""

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
"""How ``save`` ends what it says of something that it was not allowed to overwrite."""

FILE_EXISTS = f"File exists; {ENTER_AGAIN}"

NAME = "name"
"""What is typed, where it is no path."""

WIDTH = 72

UNNOTICED = 0.3
"""Seconds a file may take to be written; who waited longer may be typing when the dialog closes."""


class SaveAs(Modal[str | None]):
    """Gives the path the text was saved under, or None.

    Args:
        title: words on the frame.
        path: what stands in the box at first; what is typed replaces a name.
        what: what is typed into the box.
        footer: words on the lower frame.
        save: saves under a path, over an existing file only where the flag says so; nothing, or a
            sentence that says why not. Called in a thread. It must neither raise nor touch the screen.
    """

    DEFAULT_CSS = """
    SaveAs {
        & > .frame { height: 6; }
        & WordInput { background: $panel; }
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
        # Whoever types a name means it instead of the one suggested.
        end = len(self.box.value)
        self.box.selection = Selection(0 if self._what == NAME else end, end)

    def on_resize(self) -> None:
        self.fit_frame(min(self.app.size.width, WIDTH))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show("")

    def _show(self, text: str) -> None:
        self.reply.set_layout(partial(_doubt, text))

    def action_save(self) -> None:
        """Save under the path in the box."""
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
            if monotonic() - self._asked_at > UNNOTICED:
                self.post_message(FocusMovedByProgram())
            self.dismiss(path)
            return
        self._may_overwrite = path if reason.endswith(ENTER_AGAIN) else ""
        self._show(reason)

    def action_close(self) -> None:
        """Close without saving."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click beside the frame closes."""
        if event.widget is self:
            self.action_close()


def _doubt(text: str, width: int) -> list[TextLine]:
    return [TextLine(((line, "doubt"),)) for line in wrap(text, width)] if text else []
