"""The panel of keys: first those of the current pane, then all others. It can be searched."""

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
from mum_tui.tui.model.hints import CONTEXT_NAMES, Context, keys_by_heading
from mum_tui.tui.widgets.query_input import WordInput
from mum_tui.tui.widgets.text import MARGIN, TextLine, TextView

COLUMNS = 96
"""The most cells of a line."""

TITLE_ROOM = 28
"""Cells for the titles of keys, where each has a sentence beside it."""

_HINTS = (
    "ctrl+p finds all commands, searches and entries.",
    "Shift-drag selects text with your terminal.",
)


class KeyRow(NamedTuple):
    """Keys, what they do, and one more sentence."""

    keys: str
    title: str
    help: str = ""


class Section(NamedTuple):
    """Rows below a heading. ``is_language`` says that they are examples of queries, not keys."""

    heading: str
    rows: Sequence[KeyRow]
    is_language: bool = False


class KeysDialog(Dialog):
    """Shows sections of keys. The key that opened it closes it; ``/`` searches it.

    Args:
        title: words on the frame.
        sections: what is shown; asked once.
        closing_key: the key that opened it, as it stands on a keyboard.
        hints: sentences below everything.
    """

    DEFAULT_CSS = """
    KeysDialog WordInput { background: $panel; display: none; }
    KeysDialog.-searching WordInput { display: block; }
    """
    BINDINGS = [
        Binding("slash,ctrl+f", "search", show=False),
        Binding("space", "page(1)", show=False),
        Binding("enter", "leave_box", show=False),
    ]

    def __init__(
        self, title: str, sections: Callable[[], Sequence[Section]], closing_key: str, hints: Sequence[str] = ()
    ) -> None:
        self.sections = sections()
        self._hints = hints
        self.text = TextView(partial(self._layout, ""))
        self.box = WordInput(placeholder="type to search the keys")
        super().__init__(title, f"/ searches · pgdn pages · {closing_key} or esc closes", self.text, self.box)

    def wanted(self, width: int) -> tuple[int, int]:
        width = min(width, COLUMNS)
        return width, len(list(self._layout("", width)))

    def _layout(self, words: str, width: int) -> Iterator[TextLine]:
        """The sections, or only the rows with all of these words."""
        wanted = fold(words).split()
        shown = [section._replace(rows=[row for row in section.rows if _has(row, wanted)]) for section in self.sections]
        for section in filter(_has_rows, shown):
            yield from _lay_out(section, width)
            yield TextLine()
        if not any(map(_has_rows, shown)):
            yield TextLine(((f"{MARGIN}No key does that.", "quiet"),))
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
        """Focus the keys that the search left."""
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
    """All keys in a context of the main screen, the most useful first, and the query language."""

    def sections() -> list[Section]:
        groups = keys_by_heading(keymap, context)
        keys = [
            Section(heading, [KeyRow(shown, action.title, action.help) for shown, action in rows])
            for heading, rows in groups
        ]
        language = Section("In the query input", list(_language()), is_language=True)
        return [language, *keys] if context is Context.TYPING else [*keys, language]

    title = f"Keys: {CONTEXT_NAMES[context]}"
    return KeysDialog(title, sections, keymap.hint(BY_ID["help"], context is Context.TYPING), _HINTS)


def keys_of_dialog(keys: Iterable[tuple[str, str]]) -> KeysDialog:
    """The keys of a dialog."""
    return KeysDialog("Keys", lambda: [Section("Here", [KeyRow(*row) for row in keys])], "f1")


def _language() -> Iterator[KeyRow]:
    """The query language: examples and what they mean."""
    from mum_tui.search.grammar import FIELDS, FORMS

    for form in FORMS:
        yield KeyRow(form.example, form.help)
    for field in FIELDS:
        yield KeyRow(field.example, f"{field.name} {' '.join(field.short)}: ".replace(" : ", ": ") + field.help)


def _has(row: KeyRow, wanted: Sequence[str]) -> bool:
    text = fold(" ".join(row))
    return all(word in text for word in wanted)


def _has_rows(section: Section) -> bool:
    return bool(section.rows)


def _lay_out(section: Section, width: int) -> Iterator[TextLine]:
    yield TextLine(((section.heading, "accent"),))
    column = max(cell_len(row.keys) for row in section.rows) + 2
    if section.is_language:
        for row in section.rows:
            first, *more = wrap(row.title, max(width - len(MARGIN) - column, 10))
            yield TextLine(((MARGIN + fit(row.keys, column), "title"), (first, "muted")))
            yield from (TextLine(((" " * (len(MARGIN) + column) + line, "muted"),)) for line in more)
        return
    title_room = TITLE_ROOM if width >= 70 and any(row.help for row in section.rows) else 0
    for row in section.rows:
        if not title_room:
            first, *more = wrap(row.title, max(width - len(MARGIN) - column, 10))
            yield TextLine(((MARGIN + fit(row.keys, column), "title"), (first, "text")))
            yield from (TextLine(((" " * (len(MARGIN) + column) + line, "text"),)) for line in more)
            continue
        head = ((MARGIN + fit(row.keys, column), "title"), (fit(row.title, title_room), "text"))
        room = width - len(MARGIN) - column - title_room
        lines = wrap(row.help, room) if row.help else []
        yield TextLine((*head, (lines[0], "muted")) if lines else head)
        yield from (TextLine(((" " * (width - room) + line, "muted"),)) for line in lines[1:])
