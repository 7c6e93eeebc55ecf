"""How far entries have been read. Apart from the annotations, so that the command line knows it at once."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far an entry has been read, in order; an entry without a status is unread."""

    TO_READ = "to-read"
    READING = "reading"
    READ = "read"

    @property
    def label(self) -> str:
        """The status as a heading."""
        return self.capitalize().replace("-", " ")

    @property
    def glyph(self) -> str:
        """A sign for the status that needs no colour."""
        return {"to-read": "○", "reading": "◐", "read": "●"}[self]

    @classmethod
    def after(cls, status: Status | str | None) -> Status | None:
        """The status that follows another: none, to read, reading, read, none again."""
        order: list[Status | None] = [None, *cls]
        return order[(order.index(cls(status) if status else None) + 1) % len(order)]


STATUSES: tuple[Status, ...] = tuple(Status)
