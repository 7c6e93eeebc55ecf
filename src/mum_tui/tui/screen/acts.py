"""The objects whose methods carry out actions, and the dispatcher that calls them."""

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
    from mum_tui.tui.screen.digits import Digits
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
    """One object per group of acts; it is created, and its module imported, when it is first needed.

    The objects live as long as the screen and may keep state (cached citations, the entries to go back to).
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
        """Changes annotations, and saves them."""
        from mum_tui.tui.screen.annotations import Annotations

        return Annotations(self._screen)

    @cached_property
    def citations(self) -> Citations:
        """Copies citations."""
        from mum_tui.tui.screen.citations import Citations

        return Citations(self._screen)

    @cached_property
    def columns(self) -> Columns:
        """Chooses the columns of the table."""
        from mum_tui.tui.screen.columns import Columns

        return Columns(self._screen)

    @cached_property
    def commands(self) -> Commands:
        """Opens the palette of commands, searches and entries."""
        from mum_tui.tui.screen.commands import Commands

        return Commands(self._screen)

    @cached_property
    def completions(self) -> Completions:
        """Completes the word that is being typed."""
        from mum_tui.tui.screen.completions import Completions

        return Completions(self._screen)

    @cached_property
    def digits(self) -> Digits:
        """Handles digits: numbers of links, or counts of movements."""
        from mum_tui.tui.screen.digits import Digits

        return Digits(self._screen)

    @cached_property
    def exports(self) -> Exports:
        """Writes entries to a file."""
        from mum_tui.tui.screen.exports import Exports

        return Exports(self._screen)

    @cached_property
    def filtering(self) -> Filtering:
        """Filters as the user types."""
        from mum_tui.tui.screen.filtering import Filtering

        return Filtering(self._screen)

    @cached_property
    def inside(self) -> Inside:
        """Searches inside an entry."""
        from mum_tui.tui.screen.inside import Inside

        return Inside(self._screen)

    @cached_property
    def links(self) -> Links:
        """Opens and copies links."""
        from mum_tui.tui.screen.links import Links

        return Links(self._screen)

    @cached_property
    def moves(self) -> Moves:
        """Moves the cursor, and the focus between panes."""
        from mum_tui.tui.screen.moves import Moves

        return Moves(self._screen)

    @cached_property
    def navigation(self) -> Navigation:
        """Goes to related entries and back."""
        from mum_tui.tui.screen.navigation import Navigation

        return Navigation(self._screen)

    @cached_property
    def notes(self) -> Notes:
        """Edits notes."""
        from mum_tui.tui.screen.notes import Notes

        return Notes(self._screen)

    @cached_property
    def overviews(self) -> Overviews:
        """Compares and counts entries."""
        from mum_tui.tui.screen.overviews import Overviews

        return Overviews(self._screen)

    @cached_property
    def panes(self) -> Panes:
        """Arranges and resizes the panes, and shows the hints."""
        from mum_tui.tui.screen.panes import Panes

        return Panes(self._screen)

    @cached_property
    def past_queries(self) -> PastQueries:
        """Brings back recent queries."""
        from mum_tui.tui.screen.past_queries import PastQueries

        return PastQueries(self._screen)

    @cached_property
    def program(self) -> Program:
        """Help, themes, quitting."""
        from mum_tui.tui.screen.program import Program

        return Program(self._screen)

    @cached_property
    def reloading(self) -> Reloading:
        """Shows changes of the catalog's files."""
        from mum_tui.tui.screen.reloading import Reloading

        return Reloading(self._screen)

    @cached_property
    def searches(self) -> Searches:
        """Runs and edits saved searches."""
        from mum_tui.tui.screen.searches import Searches

        return Searches(self._screen)

    @cached_property
    def selection(self) -> Selection:
        """Selects entries."""
        from mum_tui.tui.screen.selection import Selection

        return Selection(self._screen)

    @cached_property
    def sorting(self) -> Sorting:
        """Sorts and groups the entries."""
        from mum_tui.tui.screen.sorting import Sorting

        return Sorting(self._screen)

    @cached_property
    def tags(self) -> Tags:
        """Adds and removes tags."""
        from mum_tui.tui.screen.tags import Tags

        return Tags(self._screen)

    @cached_property
    def tree(self) -> Tree:
        """Folds and chooses nodes of the tree."""
        from mum_tui.tui.screen.tree import Tree

        return Tree(self._screen)
