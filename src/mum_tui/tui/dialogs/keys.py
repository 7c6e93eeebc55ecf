"""The panel of keys, which can be searched: first the keys of the current pane, then all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from textual.binding import Binding
from textual.widgets import Input

from mum_tui.actions import BY_ID
from mum_tui.keymap import Keymap
from mum_tui.text import fold
from mum_tui.tui.cells import cell_len, fit, wrap
from mum_tui.tui.dialogs.lists import Dialog
from mum_tui.tui.model import columns
from mum_tui.tui.model.hints import CONTEXT_NAMES, Context, keys_by_heading
from mum_tui.tui.widgets.query_input import WordInput
from mum_tui.tui.widgets.text import MARGIN, TextLine, TextView

COLUMNS = 96
"""The most cells of a line."""

TITLE_ROOM = 35
"""The largest width of the titles of keys with the space after them, if there are sentences beside them."""

_HINTS = (
    "ctrl+p finds all commands, searches and entries.",
    "Shift-drag selects text with your terminal.",
)


class KeyRow(NamedTuple):
    """Keys, a title for what they do, and a sentence about it."""

    keys: str
    title: str
    help: str = ""


class KeySection(NamedTuple):
    """Rows below a heading; if ``is_legend``, they are examples or glyphs and their meanings, not keys."""

    heading: str
    rows: Sequence[KeyRow]
    is_legend: bool = False


class KeysDialog(Dialog):
    """Shows sections of keys. The key that opened it closes it; ``/`` searches.

    Args:
        title: the words in the upper border.
        sections: the sections; called once.
        closing_key: the key that opened it, as labelled on a keyboard.
        hints: sentences below the sections.
    """

    DEFAULT_CSS = """
    KeysDialog WordInput { display: none; }
    KeysDialog.-searching WordInput { display: block; }
    """
    BINDINGS = [
        Binding("slash,ctrl+f", "search", show=False),
        Binding("space", "page(1)", show=False),
        Binding("enter", "leave_box", show=False),
    ]

    def __init__(
        self, title: str, sections: Callable[[], Sequence[KeySection]], closing_key: str, hints: Sequence[str] = ()
    ) -> None:
        self.sections = sections()
        self._hints = hints
        self.text = TextView(partial(self._layout, ""))
        self.box = WordInput(placeholder="type to search the keys")
        super().__init__(title, f"/ searches · pgdn pages · {closing_key} or esc closes", self.text, self.box)

    def wanted_size(self, width: int) -> tuple[int, int]:
        width = min(width, COLUMNS)
        return width, len(list(self._layout("", width)))

    def _layout(self, words: str, width: int) -> Iterator[TextLine]:
        """The lines of the sections, or only the rows with all words."""
        wanted = fold(words).split()
        shown = [section._replace(rows=[row for row in section.rows if _has(row, wanted)]) for section in self.sections]
        for section in filter(_has_rows, shown):
            yield from _lay_out(section, width)
            yield TextLine()
        if not any(map(_has_rows, shown)):
            yield TextLine(((f"{MARGIN}No match.", "quiet"),))
        elif not wanted:
            for hint in self._hints:
                yield from (TextLine(((line, "muted"),)) for line in wrap(hint, width))

    # -- searching

    @property
    def is_searching(self) -> bool:
        """Whether the search input is shown."""
        return self.has_class("-searching")

    def action_search(self) -> None:
        """Show the search input and focus it."""
        self.add_class("-searching")
        self.box.focus()

    def action_leave_box(self) -> None:
        """Focus the list of keys."""
        self.view.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_leave_box()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.text.set_layout(partial(self._layout, event.value))

    def action_close(self) -> None:
        """End the search; without one, close."""
        if not self.is_searching:
            self.dismiss(None)
            return
        self.box.value = ""
        self.remove_class("-searching")
        self.view.focus()

    def action_show_keys(self) -> None:
        """The key that opened the panel closes it."""
        self.dismiss(None)


def keys_in_context(keymap: Keymap, context: Context) -> KeysDialog:
    """The panel for a context of the main screen: all keys, the most useful first, and the query language."""

    def sections() -> list[KeySection]:
        groups = keys_by_heading(keymap, context)
        keys = [
            KeySection(heading, [KeyRow(shown, action.title, action.help) for shown, action in rows])
            for heading, rows in groups
        ]
        language = KeySection("In the query input", list(_language()), is_legend=True)
        glyphs = KeySection("Glyphs in the table", list(_glyphs()), is_legend=True)
        return [language, *keys, glyphs] if context is Context.TYPING else [*keys, glyphs, language]

    title = f"Keys: {CONTEXT_NAMES[context]}"
    return KeysDialog(title, sections, keymap.hint(BY_ID["help"], context is Context.TYPING), _HINTS)


def keys_of_dialog(keys: Iterable[tuple[str, str]]) -> KeysDialog:
    """The panel for the keys of a dialog."""
    return KeysDialog("Keys", lambda: [KeySection("Here", [KeyRow(*row) for row in keys])], "f1")


def _glyphs() -> Iterator[KeyRow]:
    """The columns of one cell: the heading and what a glyph there means."""
    for column in columns.COLUMNS.values():
        if column.is_glyph:
            words = column.words.removeprefix(column.heading).lstrip(": ")
            yield KeyRow(column.heading, words[:1].upper() + words[1:])


def _language() -> Iterator[KeyRow]:
    """The query language: examples and their meanings."""
    from mum_tui.search.grammar import FIELDS, FORMS

    for form in FORMS:
        yield KeyRow(form.example, form.help)
    for field in FIELDS:
        yield KeyRow(field.example, f"{field.name} {' '.join(field.short)}: ".replace(" : ", ": ") + field.help)


def _has(row: KeyRow, wanted: Sequence[str]) -> bool:
    text = fold(" ".join(row))
    return all(word in text for word in wanted)


def _has_rows(section: KeySection) -> bool:
    return bool(section.rows)


def _lay_out(section: KeySection, width: int) -> Iterator[TextLine]:
    yield TextLine(((section.heading, "accent"),))
    column = max(cell_len(row.keys) for row in section.rows) + 2
    if section.is_legend:
        for row in section.rows:
            first, *more = wrap(row.title, max(width - len(MARGIN) - column, 10))
            yield TextLine(((MARGIN + fit(row.keys, column), "title"), (first, "muted")))
            yield from (TextLine(((" " * (len(MARGIN) + column) + line, "muted"),)) for line in more)
        return
    has_help = width >= 70 and any(row.help for row in section.rows)
    title_room = min(max(cell_len(row.title) for row in section.rows) + 2, TITLE_ROOM) if has_help else 0
    for row in section.rows:
        if not title_room:
            first, *more = wrap(row.title, max(width - len(MARGIN) - column, 10))
            yield TextLine(((MARGIN + fit(row.keys, column), "title"), (first, "text")))
            yield from (TextLine(((" " * (len(MARGIN) + column) + line, "text"),)) for line in more)
            continue
        head = ((MARGIN + fit(row.keys, column), "title"), (fit(row.title, title_room - 2) + "  ", "text"))
        room = width - len(MARGIN) - column - title_room
        lines = wrap(row.help, room) if row.help else []
        yield TextLine((*head, (lines[0], "muted")) if lines else head)
        yield from (TextLine(((" " * (width - room) + line, "muted"),)) for line in lines[1:])
