"""The view of the last session, and the session to store at the end."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.view import ALL, ANNOTATION_SCOPE, GROUPS, SORTS, Sort, View
from mum_tui.text import clean, one_line

if TYPE_CHECKING:
    from mum_tui.state.session import Session
    from mum_tui.tui.screen.main import MainScreen

_FORMER_SORTS = {"mark": "bookmark"}
_FORMER_SCOPE = "shelf/"
"""Names in sessions of earlier versions: of an order, and of the prefix of annotation scopes."""


def last_view(last: Session, scopes: Container[str]) -> View:
    """The view of the last session, without a scope or order that no longer exists."""
    column = _FORMER_SORTS.get(last.sort, last.sort)
    is_sorted = column in SORTS
    sort = Sort(column, last.descending) if is_sorted else Sort()
    scope = last.scope
    if scope.startswith(_FORMER_SCOPE):
        scope = ANNOTATION_SCOPE + scope.removeprefix(_FORMER_SCOPE)
    scope = scope if scope in scopes else ALL
    group = last.group if last.group in GROUPS else ""
    return View(scope, one_line(clean(last.query)), sort, is_sorted, group)


def session_of(screen: MainScreen) -> Session:
    """The session to store, from the current state of the screen."""
    view, panes = screen.view, screen.acts.panes
    return replace(
        screen.services.memory.session,
        scope=view.scope,
        query=view.query,
        sort=view.sort.column if view.sorted or not view.query else "",
        descending=view.sort.descending,
        group=view.group,
        columns=screen.acts.columns.chosen,
        entry=screen.current,
        tree=panes.tree_choice,
        panes=tuple(panes.sizes) if any(panes.sizes) else (),
        folds=dict(screen.outline.folds),
        used=dict(screen.acts.commands.used),
    )
