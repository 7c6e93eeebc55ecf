"""A dialog to find one of many options: type to narrow, move to see a preview, enter to choose."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.widgets import Input

from mum_tui.tui.cells import cell_len, fit
from mum_tui.tui.dialogs.frame import Modal
from mum_tui.tui.widgets.latest_only import LatestOnly
from mum_tui.tui.widgets.paint import joined, over
from mum_tui.tui.widgets.query_input import WordInput
from mum_tui.tui.widgets.rows import RowsView
from mum_tui.tui.widgets.text import TextView, paragraphs

BESIDE = 96
"""The fewest columns for a preview beside the list; in narrower terminals it is below."""

LIST_WIDTH = 40
LIST_HEIGHT = 8


NUMBER = 5
"""The fewest cells of a remark."""


class PickerOption(NamedTuple):
    """An option: its key, its title, a remark, and the heading of its group."""

    key: str
    title: str
    remark: str = ""
    group: str = ""


class Options(RowsView):
    """The list of options, below the headings of their groups."""

    ground = "surface"
    starts_active = True
    can_focus = False

    def __init__(self, on_cursor: Callable[[], None], empty_text: str = "No match.") -> None:
        super().__init__()
        self.empty_text = empty_text
        self._lines: Sequence[PickerOption | str] = ()
        self._on_cursor = on_cursor

    @property
    def is_active(self) -> bool:
        return True

    @property
    def line_count(self) -> int:
        return len(self._lines) or 1

    @property
    def current(self) -> PickerOption | None:
        """The option under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, PickerOption) else None

    def can_hold_cursor(self, y: int) -> bool:
        return y < len(self._lines) and isinstance(self._lines[y], PickerOption)

    def show(self, options: Sequence[PickerOption], key: str = "") -> None:
        """Show options, with the cursor on the one with ``key``, else on the first."""
        lines: list[PickerOption | str] = []
        at: dict[str, int] = {}
        group = ""
        for option in options:
            if option.group != group:
                group = option.group
                lines.append(group)
            at.setdefault(option.key, len(lines))
            lines.append(option)
        self._lines = lines
        self.cursor = at.get(key, min(at.values(), default=0))
        self.top = 0
        self.reveal(self.cursor, 2)
        self.refresh()
        self._on_cursor()

    def cursor_moved(self) -> None:
        self._on_cursor()

    def draw_line(self, y: int, width: int) -> list[Segment]:
        colours = self.palette
        if not self._lines:
            return joined([(f" {self.empty_text}", colours["quiet"])], width, colours["text"])
        option = self._lines[y]
        if isinstance(option, str):
            return joined([(option, colours["accent"])], width, colours["text"])
        # A long title is cut to make room for a number after it; a longer remark is cut instead.
        room = width - min(cell_len(option.remark), NUMBER) - len("   ")
        title = option.title if cell_len(option.title) <= room else fit(option.title, room)
        runs = [(f" {title}  ", colours["text"]), (option.remark, colours["muted"])]
        segments = joined(runs, width, colours["text"])
        if y == self.cursor:
            return over(segments, colours["cursor"])
        return over(segments, colours["hover"]) if y == self.hover else segments


class Picker(Modal[str | None]):
    """Chooses an option; the result is its key, or None.

    Args:
        title, footer: the words in the border.
        find: gives the options for the typed text, best first.
        preview: gives the text of a preview for the value of ``preview_of``, by default the key of an option; called in
            a thread. It must not raise or touch the screen.
        current: the key of the option under the cursor at first.
    """

    DEFAULT_CSS = """
    Picker {
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
        find: Callable[[str], Sequence[PickerOption]],
        preview: Callable[[Any], str],
        current: str = "",
        placeholder: str = "type to find",
    ) -> None:
        self._find = find
        self._current = current
        self._previews = LatestOnly(self, preview, self._made)
        self._texts: dict[Hashable, str] = {}
        self.box = WordInput(placeholder=placeholder)
        self.list = Options(self.moved)
        self.text = TextView()
        self.text.ground = "surface"
        super().__init__(title, footer, self.box, self.list, self.text)

    def on_mount(self) -> None:
        self.on_resize()
        self.box.focus()
        self.list.show(self._find(""), self._current)

    def on_resize(self) -> None:
        """Place list and preview side by side, or below each other."""
        width, height = self.app.size
        outer, lines = min(width, 116), min(height, 30)
        self.frame.styles.height = lines
        self.fit_frame(outer)
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

    def find_again(self) -> None:
        """Find the options again, when there may be more; the cursor stays on the same one."""
        self.list.show(self._find(self.box.value), self.list.current.key if self.list.current else "")

    # -- preview

    def preview_of(self, option: PickerOption) -> Hashable:
        """The value that ``preview`` is called with for an option."""
        return option.key

    def moved(self) -> None:
        """Show the preview of the current option; called when another one became current."""
        option = self.list.current
        request = self.preview_of(option) if option else None
        if request is not None and request not in self._texts:
            self._previews.request(request)
            return
        self._previews.cancel()
        self._show("" if request is None else self._texts[request])

    def _made(self, request: Hashable, text: str) -> None:
        self._texts[request] = text
        self._show(text)

    def _show(self, text: str) -> None:
        self.text.set_layout(partial(paragraphs, text))

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

    def on_row_chosen(self) -> None:
        self.action_choose()

    def on_click(self, event: events.Click) -> None:
        """A click outside the frame closes it."""
        if event.widget is self:
            self.action_close()
