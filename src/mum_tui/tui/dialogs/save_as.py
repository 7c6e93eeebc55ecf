"""A dialog that asks for the path of a file and writes it; what is there already is not overwritten at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events
from textual.binding import Binding
from textual.widgets import Input

from mum_tui.tui.cells import wrap
from mum_tui.tui.dialogs.frame import Modal
from mum_tui.tui.widgets.query_input import WordInput
from mum_tui.tui.widgets.text import TextLine, TextView

FILE_EXISTS = "File exists; press enter again to overwrite."
"""What ``save`` says of a file that it was not allowed to overwrite."""

WIDTH = 72


class SaveAs(Modal[str | None]):
    """Gives the path the text was saved under, or None.

    Args:
        title: words on the frame.
        path: what stands in the box at first.
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

    def __init__(self, title: str, path: str, save: Callable[[str, bool], str]) -> None:
        self._save = save
        self._is_saving = False
        self._may_overwrite = ""
        self.box = WordInput(placeholder="path of the file")
        self.box.value = path
        self.answer = TextView()
        self.answer.ground = "surface"
        self.answer.can_focus = False
        super().__init__(title, "enter writes · esc closes", self.box, self.answer)

    def on_mount(self) -> None:
        self.on_resize()
        self.box.focus()
        self.box.action_end()

    def on_resize(self) -> None:
        self.fit_frame(min(self.app.size.width, WIDTH))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show("")

    def _show(self, text: str) -> None:
        self.answer.set_layout(partial(_doubt, text))

    def action_save(self) -> None:
        """Save under the path in the box."""
        path = self.box.value.strip()
        if not path:
            self._show("Type the path of a file.")
        elif not self._is_saving:
            self._is_saving = True
            self.run_worker(partial(self._work, path, path == self._may_overwrite), thread=True)

    def _work(self, path: str, overwrite: bool) -> None:
        self.call_later(self._saved, path, self._save(path, overwrite))

    def _saved(self, path: str, reason: str) -> None:
        self._is_saving = False
        if not reason:
            self.dismiss(path)
            return
        self._may_overwrite = path if reason == FILE_EXISTS else ""
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
