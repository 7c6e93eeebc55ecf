"""A dialog to find one of many: type to narrow, move to see a preview, enter to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from mum_tui.tui.filter_bar import FindInput
from mum_tui.tui.paint import joined, over
from mum_tui.tui.rows_view import RowsView
from mum_tui.tui.text_view import TextView, paragraphs

BESIDE = 96
"""From so many columns on, the preview stands beside the list, else below it."""

LIST_WIDTH = 40
LIST_HEIGHT = 8


class Option(NamedTuple):
    """One of the things to choose from: what stands for it, its title, a remark, and its group's heading."""

    key: str
    title: str
    remark: str = ""


class Options(RowsView):
    """Lines to choose from."""

    ground = "surface"
    starts_active = True
    can_focus = False

    def __init__(self, on_cursor: Callable[[], None]) -> None:
        super().__init__()
        self.options: Sequence[Option] = ()
        self._on_cursor = on_cursor

    @property
    def is_active(self) -> bool:
        return True

    @property
    def line_count(self) -> int:
        return len(self.options) or 1

    @property
    def current(self) -> Option | None:
        """The option under the cursor."""
        return self.options[self.cursor] if self.cursor < len(self.options) else None

    def can_stand_on(self, y: int) -> bool:
        return y < len(self.options)

    def show(self, options: Sequence[Option], key: str = "") -> None:
        """Show these options, standing on the one for ``key`` or else on the first."""
        self.options = options
        self.cursor = next((y for y, option in enumerate(options) if option.key == key), 0)
        self.top = 0
        self.reveal(self.cursor, 2)
        self.refresh()
        self._on_cursor()

    def cursor_moved(self) -> None:
        self._on_cursor()

    def draw_line(self, y: int, width: int) -> list[Segment]:
        colours = self.palette
        if not self.options:
            return joined([(" Nothing is called so.", colours["quiet"])], width, colours["text"])
        option = self.options[y]
        runs = [(" " + option.title + "  ", colours["text"]), (option.remark, colours["muted"])]
        segments = joined(runs, width, colours["text"])
        if y == self.cursor:
            return over(segments, colours["cursor"])
        return over(segments, colours["hover"]) if y == self.hover else segments


class Picker(ModalScreen[str | None]):
    """Gives the key of the option chosen, or None.

    Args:
        title, footer: words on the frame.
        find: the options for what was typed, best first.
        preview: a text for an option's key; called in a thread. It must not touch the screen.
        current: the key to stand on first.
    """

    DEFAULT_CSS = """
    Picker {
        align: center middle;
        background: $background 60%;
        & > .frame {
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $primary; border-subtitle-color: $muted;
        }
        & FindInput { background: $panel; }
        & Options, & TextView { position: absolute; }
    }
    """
    BINDINGS = [
        Binding("escape", "close", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        footer: str,
        find: Callable[[str], Sequence[Option]],
        preview: Callable[[str], str],
        current: str = "",
        placeholder: str = "type to find",
    ) -> None:
        super().__init__()
        self._find = find
        self._preview = preview
        self._current = current
        self._wanted = ""
        self.box = FindInput(placeholder=placeholder)
        self.list = Options(self._moved)
        self.text = TextView()
        self.text.ground = "surface"
        self.frame = Vertical(self.box, self.list, self.text, classes="frame")
        self.frame.border_title = Content(title)
        self.frame.border_subtitle = Content(footer)

    def compose(self) -> ComposeResult:
        """Called by Textual."""
        yield self.frame

    def on_mount(self) -> None:
        self.on_resize()
        self.box.focus()
        self.list.show(self._find(""), self._current)

    def on_resize(self) -> None:
        """Place list and preview side by side, or one above the other."""
        width, height = self.app.size
        outer, lines = min(width, 116), min(height, 30)
        self.frame.styles.width, self.frame.styles.height = outer, lines
        inner, below = outer - 4, lines - 4
        if width >= BESIDE:
            boxes = ((0, 2, LIST_WIDTH, below), (LIST_WIDTH + 2, 2, inner - LIST_WIDTH - 2, below))
        else:
            upper = min(LIST_HEIGHT, below // 2)
            boxes = ((0, 2, inner, upper), (0, 3 + upper, inner, below - upper - 1))
        for widget, (x, y, across, down) in zip((self.list, self.text), boxes, strict=True):
            widget.styles.offset = (x, y)
            widget.styles.width, widget.styles.height = across, max(down, 1)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.list.show(self._find(event.value))

    # -- preview

    def _moved(self) -> None:
        option = self.list.current
        self._wanted = option.key if option else ""
        if option is None:
            self.text.lay_out(lambda width: [])
        else:
            self.run_worker(partial(self._make_preview, option.key), thread=True, group="preview", exclusive=True)

    def _make_preview(self, key: str) -> None:
        if key == self._wanted:
            self.app.call_from_thread(self._show, key, self._preview(key))

    def _show(self, key: str, text: str) -> None:
        if key == self._wanted:
            self.text.lay_out(partial(paragraphs, text))

    def refresh_preview(self) -> None:
        """Ask for the preview of the current option again."""
        self._moved()

    # -- choosing

    def action_move(self, lines: int) -> None:
        """Move the cursor of the list."""
        self.list.move(lines)

    def action_choose(self) -> None:
        """Close with the current option."""
        if option := self.list.current:
            self.dismiss(option.key)

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    def on_rows_view_chosen(self, event: RowsView.Chosen) -> None:
        self.action_choose()

    def on_click(self, event: events.Click) -> None:
        """A click beside the frame closes."""
        if event.widget is self:
            self.action_close()
