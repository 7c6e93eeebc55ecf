"""Notices that say something for a few seconds."""

from __future__ import annotations

from textual.notifications import Notification

LEAST_SECONDS = 0.1
"""The least time for which a notice is shown."""


class Notice(Notification):
    """A notice whose time never runs out between two looks at it: a timer of Textual for less than no time never ends,
    and nothing else would be done any more.
    """

    @property
    def time_left(self) -> float:
        return max(super().time_left, LEAST_SECONDS)

    @property
    def has_expired(self) -> bool:
        return super().time_left <= 0
