"""The base of all dialogs: a frame in the middle of the screen, with title and keys in its border."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from mum_tui.actions import BY_ID
from mum_tui.tui.cells import cell_len, join_fitting
from mum_tui.tui.messages import ReadyForKeys
from mum_tui.tui.pressed import MouseTarget, existing_target
from mum_tui.tui.widgets.text import copy_selected

Result = TypeVar("Result")

AROUND_WORDS = 6
"""Cells of the border that its words leave free, for the corners."""


class ClosesOnce(ModalScreen[Result], Generic[Result]):
    """A screen above the others that closes only while it is the uppermost."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result. A second click or key that was on its way when it closed closes nothing else."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def get_widget_and_offset_at(self, x: int, y: int) -> MouseTarget:
        """Called by Textual when a button of the mouse is pressed."""
        return existing_target(super().get_widget_and_offset_at(x, y))

    def on_unmount(self) -> None:
        """Called by Textual, which would keep every line that was drawn of the last thousand widgets."""
        StylesCache.get_inner_outer.cache_clear()


class Modal(ClosesOnce[Result], Generic[Result]):
    """A screen above the others that gives a result when it closes. ``is_ready``: keys can act on it.

    Args:
        title, footer: words in the frame's upper and lower border; never markup.
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
    """Its keys and what they do, for the panel of keys; empty means the keys in its footer."""

    MOVES: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The keys that move in it, for the same panel."""

    def __init__(self, title: str, footer: str, *inside: Widget) -> None:
        super().__init__()
        self.frame = Vertical(*inside, classes="frame")
        self._width = 0
        self._words = ("", "")
        self.is_ready = False
        self.set_border(title, footer)

    def set_border(self, title: str, footer: str) -> None:
        """Show these words in the upper and the lower border."""
        if (title, footer) != self._words:  # new words paint the whole frame
            self._words = (title, footer)
            self.frame.border_title = Content(title)
            self._write_footer()

    @property
    def footer_width(self) -> int:
        """Cells of a frame in which the whole footer has room."""
        return cell_len(self._words[1]) + AROUND_WORDS

    def fit_frame(self, width: int) -> None:
        """Make the frame ``width`` cells wide; the footer leaves out what does not fit, never the way to close."""
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
        """Called by Textual once there is something to type into: keys pressed before are handed out now."""
        if not self.is_ready:
            self.is_ready = True
            self.post_message(ReadyForKeys())

    def action_copy_text(self) -> None:
        """Called by Textual for its key: copy what the mouse selected, and say so."""
        copy_selected(self)

    def compose(self) -> ComposeResult:
        """Called by Textual."""
        yield self.frame


def _key_and_words(hint: str) -> tuple[str, str]:
    """A hint like ``enter opens`` as its key and its words; without a key where it is a sentence."""
    key, _, words = hint.partition(" ")
    if key in ("press", "select") or not words:
        key, words = "", hint
    return key, words[:1].upper() + words[1:]
