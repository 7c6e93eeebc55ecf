"""The base classes of dialogs: a frame in the middle of the screen, with title and keys in its border."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from mum_tui.actions import BY_ID
from mum_tui.tui import freed_memory
from mum_tui.tui.cells import cell_len, join_fitting
from mum_tui.tui.messages import ReadyForKeys
from mum_tui.tui.pressed import MouseScreen
from mum_tui.tui.widgets.text import copy_selected

Result = TypeVar("Result")

AROUND_WORDS = 6
"""Cells of the border without words, for the corners."""


class ClosesOnce(MouseScreen[Result], ModalScreen[Result], Generic[Result]):
    """A screen above the others that can be closed only while it is on top."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result. A second key or click, already on its way, closes no other screen, and this one not
        while it is below another.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_unmount(self) -> None:
        """Called by Textual. Frees what the closed screen took, and gives the memory back."""
        freed_memory.forget_what_was_drawn()
        freed_memory.collect_if_grown()
        freed_memory.give_back()


class Modal(ClosesOnce[Result], Generic[Result]):
    """A dialog with a frame, which has a result when it closes. ``is_ready`` says that it can handle keys.

    Args:
        title, footer: the words in the upper and lower border; not parsed as markup.
        inside: the widgets in the frame, from top to bottom.
    """

    DEFAULT_CSS = """
    Modal {
        align: center middle;
        background: $background 60%;
        & > .frame {
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $dialog-title; border-subtitle-color: $dialog-keys;
        }
    }
    """

    BINDINGS = [Binding("f1,question_mark", "show_keys", show=False, id=BY_ID["help"].id)]

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The keys and what they do, for the panel of keys; if empty, the keys in the footer are used."""

    MOVES: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The keys for movements, for the panel of keys."""

    def __init__(self, title: str, footer: str, *inside: Widget) -> None:
        super().__init__()
        self.frame = Vertical(*inside, classes="frame")
        self._width = 0
        self._words = ("", "")
        self.is_ready = False
        self.set_border(title, footer)

    def set_border(self, title: str, footer: str) -> None:
        """Show these words in the upper and the lower border."""
        if (title, footer) != self._words:  # new words repaint the whole frame
            self._words = (title, footer)
            self.frame.border_title = Content(title)
            self._write_footer()

    @property
    def footer_width(self) -> int:
        """The width of a frame with room for the whole footer."""
        return cell_len(self._words[1]) + AROUND_WORDS

    def fit_frame(self, width: int) -> None:
        """Make the frame ``width`` cells wide; the footer shows what fits, always including the key that closes."""
        self.frame.styles.width = width
        if width != self._width:
            self._width = width
            self._write_footer()

    def _write_footer(self) -> None:
        *keys, last = self._words[1].split(" · ")
        room = self._width - AROUND_WORDS - cell_len(f" · {last}")
        fitting = join_fitting(keys, room) if self._width and keys else " · ".join(keys)
        if self._width and cell_len(fitting) > room:
            fitting = ""
        self.frame.border_subtitle = Content(f"{fitting} · {last}" if fitting else last)

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this dialog, each with what it does."""
        return [*(self.KEYS or map(_key_and_words, self._words[1].split(" · "))), *self.MOVES]

    def action_show_keys(self) -> None:
        """Show the keys of this dialog."""
        from mum_tui.tui.dialogs.keys import keys_of_dialog

        self.app.push_screen(keys_of_dialog(self.keys()))

    def on_descendant_focus(self) -> None:
        """Called by Textual when a widget gets the focus: now keys pressed before can be handled."""
        if not self.is_ready:
            self.is_ready = True
            self.post_message(ReadyForKeys())

    def action_copy_text(self) -> None:
        """Called by Textual for its key: copy the text that is selected with the mouse."""
        copy_selected(self)

    def compose(self) -> ComposeResult:
        """Called by Textual."""
        yield self.frame


def _key_and_words(hint: str) -> tuple[str, str]:
    """The key and the words of a hint like ``enter opens``; a sentence has no key."""
    key, _, words = hint.partition(" ")
    if key in ("press", "select") or not words:
        key, words = "", hint
    return key, words[:1].upper() + words[1:]
