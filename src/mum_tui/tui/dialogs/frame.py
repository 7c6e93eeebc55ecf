"""What all dialogs share: a frame in the middle of the screen, with words in its border."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Event, Key
from textual.screen import ModalScreen
from textual.widget import Widget

from mum_tui.tui.cells import cell_len, within

Answer = TypeVar("Answer")

AROUND_WORDS = 6
"""Cells of the frame that words in its border leave to its corners."""


class Framed(ModalScreen[Answer], Generic[Answer]):
    """A screen above the others that gives an answer when it is left.

    Args:
        title, footer: words in the frame's upper and lower border; never markup.
        inside: what stands in the frame, from top to bottom.
    """

    DEFAULT_CSS = """
    Framed {
        align: center middle;
        background: $background 60%;
        & > .frame {
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $primary; border-subtitle-color: $muted;
        }
    }
    """

    def __init__(self, title: str, footer: str, *inside: Widget) -> None:
        super().__init__()
        self.frame = Vertical(*inside, classes="frame")
        self._width = 0
        self._words = ("", "")
        self._early: list[Event] | None = []
        self.name_frame(title, footer)

    def name_frame(self, title: str, footer: str) -> None:
        """Write these words on the frame."""
        if (title, footer) != self._words:  # new words paint the whole frame
            self._words = (title, footer)
            self.frame.border_title = Content(title)
            self._write_footer()

    @property
    def footer_width(self) -> int:
        """Cells of a frame in which the whole footer has room."""
        return cell_len(self._words[1]) + AROUND_WORDS

    def fit_frame(self, width: int) -> None:
        """Make the frame so wide; what the footer has no room for is left out, never the way to close."""
        self.frame.styles.width = width
        if width != self._width:
            self._width = width
            self._write_footer()

    def _write_footer(self) -> None:
        *keys, last = self._words[1].split(" · ")
        room = self._width - AROUND_WORDS - cell_len(f" · {last}")
        kept = within(keys, room) if self._width and keys else " · ".join(keys)
        self.frame.border_subtitle = Content(f"{kept} · {last}" if kept else last)

    def _forward_event(self, event: Event) -> None:
        # Who types fast is ahead of the frame: the keys wait for what they are meant for.
        if self._early is not None and isinstance(event, Key):
            self._early.append(event)
        else:
            super()._forward_event(event)

    def on_descendant_focus(self) -> None:
        """Called by Textual once there is something to type into."""
        early, self._early = self._early, None
        for event in early or ():
            self._forward_event(event)

    def compose(self) -> ComposeResult:
        """Called by Textual."""
        yield self.frame
