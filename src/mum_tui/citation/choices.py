"""What can be chosen about a citation beside its format: version, markup, and what a citation in the text adds."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class InText(NamedTuple):
    """What the writer adds to one cite of a citation in the text.

    locator: "12", with its kind in front where it is no page ("chap. 3"). narrative: the author stands in the sentence,
    "Doe (2020)".
    """

    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    narrative: bool = False


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
