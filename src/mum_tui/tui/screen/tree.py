"""Folds and chooses nodes of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.editing import toggled
from mum_tui.text import clean, one_line
from mum_tui.tui.model.outline import NodeKind, parent

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen


class Tree:
    """Acts on the node under the cursor of the tree."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def choose(self) -> None:
        """Show the scope, narrow by the facet value, run the search, fold the node or open the list."""
        screen = self._screen
        node = screen.sections.current
        match node.kind:
            case NodeKind.LIST:
                self._open_missing()
            case NodeKind.SEARCH:
                screen.acts.searches.search(screen.services.saved_searches.queries[node.title])
            case NodeKind.HEADING | NodeKind.MORE:
                self.set_open(node.key, not node.is_open)
            case NodeKind.FACET:
                screen.acts.filtering.narrow(toggled(screen.view.query, *node.key.split(":", 1)))
            case _:
                screen.run_view(replace(screen.view, scope=node.key))
                screen.acts.panes.go_to(screen.table)

    # -- folding

    def set_open(self, key: str, on: bool) -> None:
        """Open the node with this key (``on``), or fold it."""
        self._screen.outline.set_open(key, on)
        self._screen.show_tree()

    def fold(self) -> None:
        """Fold an open node; from any other node, go to its parent."""
        sections = self._screen.sections
        if self._screen.focused is not sections:
            return
        above = parent(sections.nodes, sections.cursor)
        if sections.current.is_open:
            self.set_open(sections.current.key, on=False)
        elif above is not None:
            sections.move_to(above)

    def unfold(self) -> None:
        """Open a folded node; from an open one, go to its first child."""
        sections = self._screen.sections
        if self._screen.focused is not sections:
            return
        node = sections.current
        if node.is_open is False:
            self.set_open(node.key, on=True)
        elif node.is_open and node.kind is not NodeKind.MORE:
            sections.move(1)

    # -- annotated entries that the catalog does not have

    def _open_missing(self) -> None:
        """List the annotated ids that are not in the catalog."""
        from mum_tui.tui.dialogs.lists import ListDialog

        screen = self._screen
        annotations = screen.services.library.annotations
        missing = list(screen.annotation_scopes.gone)

        def answered(choice: Choice | None) -> None:
            if choice is not None and choice.key == "x":
                screen.services.annotator.remove([missing[choice.number]])
                screen.acts.annotations.changed()
                screen.say(f"Removed · {screen.key_of('undo')} undoes it")
            elif choice is not None:
                self._copy_list(missing)

        rows = [
            (one_line(clean(name)), one_line(annotations[name].title), annotations[name].bookmarked[:10])
            for name in missing
        ]
        footer = "enter copies the list · x removes the current line · esc closes"
        screen.push(ListDialog("Not in this catalog", footer, rows, other_keys="x"), answered)

    def _copy_list(self, identifiers: Sequence[str]) -> None:
        from mum_tui.library.reading_list import ListedEntry, reading_list

        annotations = self._screen.services.library.annotations
        listed = [ListedEntry(annotations[name], None) for name in identifiers if name in annotations]
        text = reading_list(listed, "Not in this catalog")
        self._screen.desktop.copy(text, f"the list of {len(identifiers):,} as Markdown")
