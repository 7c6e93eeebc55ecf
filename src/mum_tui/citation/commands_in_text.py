r"""Citations in the text as commands: ``[see @key, p. 12]`` for pandoc, ``\cite[see][p. 12]{key}`` for LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mum_tui.citation.bib_fields import key_of
from mum_tui.citation.choices import InText
from mum_tui.citation.csl_item import CslItem
from mum_tui.text import one_line

_PANDOC_KEY = re.compile(r"[A-Za-z0-9_]+(?:[:.#$%&+?<>~/-][A-Za-z0-9_]+)*")
"""What pandoc reads as a key without braces: letters, digits and ``_``, with single signs between them."""
_PANDOC_LOCATOR = re.compile(r"(?:[a-z]{1,5}\.? )?\d+(?:[-–]\d+)?(?:, \d+(?:[-–]\d+)?)*")
"""What it reads as a locator without braces, in its own list of short terms or none."""


def pandoc_key(item: CslItem) -> str:
    """``@key``, or ``@{key}`` where pandoc would end the key early."""
    key = key_of(item)
    return f"@{key}" if _PANDOC_KEY.fullmatch(key) else f"@{{{key}}}"


def pandoc(items: Iterable[CslItem], additions: Sequence[InText] = ()) -> str:
    """``[see @one, p. 12; @two]``; ``@one [p. 12]`` where the author stands in the sentence."""
    pairs = _paired(items, additions)
    if not any(added.narrative for _, added in pairs):
        return f"[{'; '.join(map(_pandoc_cite, pairs))}]\n"
    return ", ".join(map(_pandoc_narrative, pairs)) + "\n"


def _pandoc_cite(pair: tuple[CslItem, InText]) -> str:
    item, added = pair
    prefix = f"{_markdown(added.prefix)} " if added.prefix else ""
    return f"{prefix}{pandoc_key(item)}{_pandoc_rest(added, ', ')}"


def _pandoc_narrative(pair: tuple[CslItem, InText]) -> str:
    item, added = pair
    if not added.narrative:
        return f"[{_pandoc_cite(pair)}]"
    prefix = f"{_markdown(added.prefix)} " if added.prefix else ""
    rest = _pandoc_rest(added, "").strip()
    return f"{prefix}{pandoc_key(item)}{f' [{rest}]' if rest else ''}"


def _pandoc_rest(added: InText, before: str) -> str:
    """The locator and the suffix behind a key; braces keep pandoc from guessing where the locator ends."""
    locator, suffix = _markdown(added.locator), _markdown(added.suffix)
    if locator:
        certain = _PANDOC_LOCATOR.fullmatch(locator) and not suffix[:1].isdigit()
        locator = before + (locator if certain else f"{{{locator}}}")
    gap = "" if not suffix or re.match(r"[\s,.;:]", suffix) else " "
    return f"{locator}{gap}{suffix}"


def _markdown(text: str) -> str:
    """A text inside pandoc's brackets, so that it neither ends them nor begins another cite."""
    return re.sub(r"[\\\[\]{};@*_`$^~<]", lambda sign: f"\\{sign[0]}", one_line(text).strip())


def latex(items: Iterable[CslItem], additions: Sequence[InText] = ()) -> str:
    r"""``\cite[see][p. 12]{one}``; of biblatex: ``\cites`` for several with additions, ``\textcite`` for narrative."""
    pairs = _paired(items, additions)
    name = "textcite" if any(added.narrative for _, added in pairs) else "cite"
    if len(pairs) == 1 or any(any(added[:3]) for _, added in pairs):
        cites = "".join(f"{_latex_options(added)}{{{key_of(item)}}}" for item, added in pairs)
        return f"\\{name}{'s' if len(pairs) > 1 else ''}{cites}\n"
    return f"\\{name}{{{','.join(key_of(item) for item, _ in pairs)}}}\n"


def _latex_options(added: InText) -> str:
    prefix = _latex(added.prefix)
    behind = _latex(" ".join(filter(None, (added.locator, added.suffix))))
    if prefix:
        return f"[{prefix}][{behind}]"
    return f"[{behind}]" if behind else ""


def _latex(text: str) -> str:
    """A text inside LaTeX's brackets; braces keep a bracket of its own from ending them."""
    from mum_tui.citation.latex import escape

    text = escape(one_line(text).strip())
    return f"{{{text}}}" if "[" in text or "]" in text else text


def _paired(items: Iterable[CslItem], additions: Sequence[InText]) -> list[tuple[CslItem, InText]]:
    return [(item, additions[at] if at < len(additions) else InText()) for at, item in enumerate(items)]
