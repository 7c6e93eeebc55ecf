"""The objects whose methods carry out actions, and the one dispatcher that calls them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from mum_tui.actions import Action

if TYPE_CHECKING:
    from mum_tui.tui.screen.annotations import Annotations
    from mum_tui.tui.screen.citations import Citations
    from mum_tui.tui.screen.columns import Columns
    from mum_tui.tui.screen.commands import Commands
    from mum_tui.tui.screen.completions import Completions
    from mum_tui.tui.screen.counts import Counts
    from mum_tui.tui.screen.exports import Exports
    from mum_tui.tui.screen.filtering import Filtering
    from mum_tui.tui.screen.inside import Inside
    from mum_tui.tui.screen.links import Links
    from mum_tui.tui.screen.main import MainScreen
    from mum_tui.tui.screen.moves import Moves
    from mum_tui.tui.screen.navigation import Navigation
    from mum_tui.tui.screen.notes import Notes
    from mum_tui.tui.screen.overviews import Overviews
    from mum_tui.tui.screen.panes import Panes
    from mum_tui.tui.screen.past_queries import PastQueries
    from mum_tui.tui.screen.program import Program
    from mum_tui.tui.screen.reloading import Reloading
    from mum_tui.tui.screen.searches import Searches
    from mum_tui.tui.screen.selection import Selection
    from mum_tui.tui.screen.sorting import Sorting
    from mum_tui.tui.screen.tags import Tags
    from mum_tui.tui.screen.tree import Tree


class Acts:
    """One object for each group of acts on a screen, made and its module loaded when it is first needed.

    What an object remembers (citations already made, the way back) lasts as long as the screen.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def run(self, action: Action, number: int = 0) -> object:
        """Call the handler of an action, with ``number`` if the action is numbered."""
        handler = self.handler(action)
        return handler(number) if action.numbered else handler()

    def handler(self, action: Action) -> Callable[..., object]:
        """The method that carries out an action."""
        group, _, method = action.handler.partition(".")
        handler: Callable[..., object] = getattr(getattr(self, group), method)
        return handler

    @cached_property
    def annotations(self) -> Annotations:
        """What changes annotations, and the saving of them."""
        from mum_tui.tui.screen.annotations import Annotations

        return Annotations(self._screen)

    @cached_property
    def citations(self) -> Citations:
        """Citations of the selected entries, or of the current one."""
        from mum_tui.tui.screen.citations import Citations

        return Citations(self._screen)

    @cached_property
    def columns(self) -> Columns:
        """The columns of the table."""
        from mum_tui.tui.screen.columns import Columns

        return Columns(self._screen)

    @cached_property
    def commands(self) -> Commands:
        """The palette of commands, searches and entries."""
        from mum_tui.tui.screen.commands import Commands

        return Commands(self._screen)

    @cached_property
    def completions(self) -> Completions:
        """Completions of the word that is being typed."""
        from mum_tui.tui.screen.completions import Completions

        return Completions(self._screen)

    @cached_property
    def counts(self) -> Counts:
        """Digits that a movement takes for a count."""
        from mum_tui.tui.screen.counts import Counts

        return Counts(self._screen)

    @cached_property
    def exports(self) -> Exports:
        """Writing entries to a file."""
        from mum_tui.tui.screen.exports import Exports

        return Exports(self._screen)

    @cached_property
    def filtering(self) -> Filtering:
        """Filtering as the user types, and the cursor meanwhile."""
        from mum_tui.tui.screen.filtering import Filtering

        return Filtering(self._screen)

    @cached_property
    def inside(self) -> Inside:
        """The search inside the entry that is read."""
        from mum_tui.tui.screen.inside import Inside

        return Inside(self._screen)

    @cached_property
    def links(self) -> Links:
        """Opening and copying links."""
        from mum_tui.tui.screen.links import Links

        return Links(self._screen)

    @cached_property
    def moves(self) -> Moves:
        """The cursor, and which pane keys go to."""
        from mum_tui.tui.screen.moves import Moves

        return Moves(self._screen)

    @cached_property
    def navigation(self) -> Navigation:
        """Going to related entries and back."""
        from mum_tui.tui.screen.navigation import Navigation

        return Navigation(self._screen)

    @cached_property
    def notes(self) -> Notes:
        """Writing notes."""
        from mum_tui.tui.screen.notes import Notes

        return Notes(self._screen)

    @cached_property
    def overviews(self) -> Overviews:
        """Several entries at once: compared, or counted."""
        from mum_tui.tui.screen.overviews import Overviews

        return Overviews(self._screen)

    @cached_property
    def panes(self) -> Panes:
        """Where the panes are and how large."""
        from mum_tui.tui.screen.panes import Panes

        return Panes(self._screen)

    @cached_property
    def past_queries(self) -> PastQueries:
        """Recent queries."""
        from mum_tui.tui.screen.past_queries import PastQueries

        return PastQueries(self._screen)

    @cached_property
    def program(self) -> Program:
        """Help, themes, leaving."""
        from mum_tui.tui.screen.program import Program

        return Program(self._screen)

    @cached_property
    def reloading(self) -> Reloading:
        """Showing what changes in the files of the catalog."""
        from mum_tui.tui.screen.reloading import Reloading

        return Reloading(self._screen)

    @cached_property
    def searches(self) -> Searches:
        """Saved searches."""
        from mum_tui.tui.screen.searches import Searches

        return Searches(self._screen)

    @cached_property
    def selection(self) -> Selection:
        """Choosing several entries."""
        from mum_tui.tui.screen.selection import Selection

        return Selection(self._screen)

    @cached_property
    def sorting(self) -> Sorting:
        """The order of the entries."""
        from mum_tui.tui.screen.sorting import Sorting

        return Sorting(self._screen)

    @cached_property
    def tags(self) -> Tags:
        """The user's tags."""
        from mum_tui.tui.screen.tags import Tags

        return Tags(self._screen)

    @cached_property
    def tree(self) -> Tree:
        """Folding and choosing in the sections."""
        from mum_tui.tui.screen.tree import Tree

        return Tree(self._screen)
