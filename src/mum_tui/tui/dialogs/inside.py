"""The input in the last line of the screen for searching inside an entry."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding
from textual.widgets import Input

from mum_tui.tui.dialogs.frame import Modal
from mum_tui.tui.widgets.query_input import WordInput


class InsideInput(Modal[str | None]):
    """Asks for words; the result is the words, or None. ``typed`` is called with the text after each key."""

    DEFAULT_CSS = """
    InsideInput {
        align: left bottom; background: transparent;
        & > .frame { border: none; padding: 0 1; width: 100%; height: 1; background: $panel; }
    }
    """
    BINDINGS = [
        Binding("escape", "close", show=False, priority=True),
        Binding("enter,ctrl+j", "search", show=False, priority=True),
    ]

    def __init__(self, typed: Callable[[str], None]) -> None:
        self.box = WordInput(placeholder="search inside this entry · enter confirms · esc closes")
        self._typed = typed
        super().__init__("", "", self.box)

    def on_mount(self) -> None:
        self.box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed(event.value)

    def action_search(self) -> None:
        """Close with the words."""
        self.dismiss(self.box.value)

    def action_close(self) -> None:
        """Close without words."""
        self.dismiss(None)
