"""What can be chosen about a citation beside its format: the version that is cited, and the markup it is written in."""

from __future__ import annotations

from enum import StrEnum


class Version(StrEnum):
    """The version of a work to cite where there are two."""

    PUBLISHED = "published"
    PREPRINT = "preprint"

    @property
    def label(self) -> str:
        """What a reader calls it."""
        return "preprint" if self is Version.PREPRINT else "published version"

    @property
    def other(self) -> Version:
        """The one of the two that this is not."""
        return Version.PUBLISHED if self is Version.PREPRINT else Version.PREPRINT


class Markup(StrEnum):
    """How a citation in a style is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"

    @property
    def label(self) -> str:
        """What a reader calls it."""
        return {"text": "plain text", "markdown": "Markdown", "html": "HTML"}[self]

    @property
    def next(self) -> Markup:
        """The one after this, the first after the last."""
        members = list(Markup)
        return members[(members.index(self) + 1) % len(members)]
