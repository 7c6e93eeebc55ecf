"""Why a citation format cannot be used."""

from __future__ import annotations

from mum_tui.text import clean, one_line

PREFIX = "csl:"
"""Before the name of a style, to tell it from a format of the registry."""


class FormatError(LookupError):
    """A format that cannot be used; the text says why, in one line."""


class UnknownFormat(FormatError):
    """No format has this name; ``near`` are the names that look most like it."""

    def __init__(self, name: str, near: list[str]) -> None:
        self.name = name
        self.near = near
        shown = one_line(clean(name))
        hint = f" (did you mean {' or '.join(near)}?)" if near else " (mum-tui formats lists them)"
        super().__init__(f'no format is called "{shown}"{hint}')


class UnknownLocale(FormatError):
    """There is no locale of this name; ``near`` are those that look most like it."""

    def __init__(self, name: str, near: list[str]) -> None:
        hint = f"did you mean {' or '.join(near)}?" if near else "such as de-DE"
        super().__init__(f'no locale is called "{one_line(clean(name))}" ({hint})')


class BadStyle(FormatError):
    """A style file that is none, or that cannot write what it is asked to."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{one_line(clean(name))}: {one_line(clean(reason))}")


class NoBibliography(BadStyle):
    """A style that only has citations in the text or in notes."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "has no bibliography, only citations in the text or in notes")
