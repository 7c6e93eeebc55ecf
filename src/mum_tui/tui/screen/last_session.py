"""From one start to the next: the view to begin with, and what to remember of a screen."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.view import ALL, SORTED, Sort, View
from mum_tui.text import clean, one_line

if TYPE_CHECKING:
    from mum_tui.state.session import Session
    from mum_tui.tui.screen.main import MainScreen


def last_view(last: Session, scopes: Container[str]) -> View:
    """The last view, without a scope or an order that does not exist any more."""
    is_sorted = last.sort in SORTED or last.sort == "mark"
    sort = Sort(last.sort, last.descending) if is_sorted else Sort()
    return View(last.scope if last.scope in scopes else ALL, one_line(clean(last.query)), sort, is_sorted)


def session_of(screen: MainScreen) -> Session:
    """What the next start needs to look the same."""
    view, panes = screen.view, screen.acts.panes
    return replace(
        screen.services.session,
        scope=view.scope,
        query=view.query,
        sort=view.sort.column if view.sorted else "",
        descending=view.sort.descending,
        entry=screen.current,
        tree=panes.tree_choice,
        panes=tuple(panes.sizes) if any(panes.sizes) else (),
        folds=dict(screen.outline.folds),
        used=dict(screen.acts.commands.used),
    )
