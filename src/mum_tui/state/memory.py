"""Everything that the program remembers between two runs, each part read when it is first needed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mum_tui.state.drafts import Drafts
    from mum_tui.state.session import Session


class Files(Protocol):
    """The files in which the parts are stored."""

    @property
    def drafts(self) -> Path: ...
    @property
    def session(self) -> Path: ...
    @property
    def queries(self) -> Path: ...
    @property
    def searches(self) -> Path: ...


class Memory:
    """The last session, past queries, searches saved in the browser, and drafts of notes.

    Args:
        files: the files in which the parts are stored.
        fresh: ignore the last session.
    """

    def __init__(self, files: Files, fresh: bool) -> None:
        self._files, self._fresh = files, fresh

    @cached_property
    def drafts(self) -> Drafts:
        """Unfinished notes."""
        from mum_tui.state.drafts import Drafts

        return Drafts(self._files.drafts)

    @cached_property
    def session(self) -> Session:
        """The last session; the defaults if it is ignored."""
        from mum_tui.state import session

        return session.Session() if self._fresh else session.load(self._files.session)

    def warm_up(self) -> None:
        """Read everything, in a thread, so that nothing waits for the disk later."""
        _ = self.session, self.queries, self.searches

    def save_session(self, value: Session) -> None:
        """Store ``value`` for the next start if it differs from the stored session."""
        from mum_tui.state import session

        if value != self.session:
            self.session = value
            session.save_choices(self._files.session, value, self._fresh)

    @cached_property
    def queries(self) -> tuple[str, ...]:
        """The last queries, oldest first."""
        from mum_tui.state import query_history

        return query_history.load(self._files.queries)

    def remember_query(self, query: str) -> None:
        """Add a query to the end of the history and of its file."""
        from mum_tui.state import query_history

        self.queries = query_history.remember(self._files.queries, self.queries, query)

    @cached_property
    def searches(self) -> dict[str, str]:
        """The searches saved in the browser: queries by name."""
        from mum_tui.state import stored_searches

        return stored_searches.load(self._files.searches)

    def store_search(self, name: str, query: str, instead_of: str = "") -> None:
        """Save a query under a name, replacing the search ``instead_of``. Raises ``OSError``."""
        from mum_tui.state import stored_searches

        self.searches = stored_searches.store(self._files.searches, name, query, instead_of)

    def remove_search(self, name: str) -> None:
        """Remove a search saved in the browser. Raises ``OSError``."""
        from mum_tui.state import stored_searches

        self.searches = stored_searches.remove(self._files.searches, name)
