"""Titles and formatted text in LaTeX: CSL's tags as commands, and braces around words whose capitals carry meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from mum_tui.citation.latex import curly, encode
from mum_tui.patterns import Pattern

COMMANDS = {"i": "textit", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript", "sc": "textsc"}
_OPEN = {tag: chr(0xE000 + 2 * at) for at, tag in enumerate((*COMMANDS, "nocase"))}
_CLOSE = {tag: chr(0xE001 + 2 * at) for at, tag in enumerate((*COMMANDS, "nocase"))}
_MARKS = {mark: f"\\{COMMANDS[tag]}{{" if tag in COMMANDS else "{" for tag, mark in _OPEN.items()}
_MARKS |= dict.fromkeys(_CLOSE.values(), "}")
_MARK = re.compile("[\ue000-\ue0ff]")
_TAG = Pattern(
    r"<(?P<tag>i|b|sc|sup|sub)>|</(?P<end>i|b|sc|sup|sub)>|<span class=\"(?P<nocase>nocase)\">"
    r"|<span style=\"font-variant: ?(?P<caps>small-caps);?\">|(?P<span></span>)"
)


def marked(text: str) -> str:
    """``text`` with CSL's tags as single characters; a tag without its partner stays as it was written."""
    text = _MARK.sub("\ufffd", text)
    if "<" not in text:
        return text
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    end = 0
    for match in _TAG.finditer(text):
        pieces += [text[end : match.start()], match[0]]
        end = match.end()
        name = match["tag"] or match["nocase"] or ("sc" if match["caps"] else "")
        if name:
            opened.append((name, len(pieces) - 1))
        elif opened and (match["end"] or "span") in (opened[-1][0], "span"):
            tag, at = opened.pop()
            pieces[at], pieces[-1] = _OPEN[tag], _CLOSE[tag]
    return "".join(pieces) + text[end:]


def commands(text: str) -> str:
    """LaTeX with the commands that the characters of ``marked`` stand for."""
    return _MARK.sub(lambda match: _MARKS.get(match[0], ""), text)


def title(text: str, encode: Callable[[str], str] = encode, name: str = "") -> str:
    """A title with braces around the words whose capitals a style must not lower (``{CLIP-Driven}``).

    ``name`` has words that are known to be of them.
    """
    words = curly(text).split()
    names = frozenset(name.split())
    sentence_case = _is_sentence_case(words)
    protected = []
    starts = True
    for word in words:
        lead, core, tail = _split(word)
        plain = core if core.isascii() else _MARK.sub("", core)
        is_kept_as_is = plain in names or is_protected(plain)
        is_kept_as_is = is_kept_as_is or (sentence_case and not starts and plain[:1].isupper())
        encoded = encode(core)
        if is_kept_as_is and encoded.startswith("\\"):
            # A group that starts with a backslash is BibTeX's "special character" and loses its capitals.
            encoded = f"{{{encoded}}}"
        lead, tail = lead and encode(lead), tail and encode(tail)
        protected.append(lead + (_braced(encoded) if is_kept_as_is else encoded) + tail)
        starts = word.endswith((":", ".", "?", "!"))
    return " ".join(protected)


def has_braces(text: str, name: str = "") -> bool:
    """Whether ``title`` puts braces into a text that has nothing to escape."""
    words = text.split()
    names = frozenset(name.split())
    sentence_case: bool | None = None
    starts = True
    for word in words:
        core = _split(word)[1]
        if core in names or is_protected(core):
            return True
        if not starts and core[:1].isupper():
            if sentence_case is None:
                sentence_case = _is_sentence_case(words)
            if sentence_case:
                return True
        starts = word.endswith((":", ".", "?", "!"))
    return False


def _braced(text: str) -> str:
    """``text`` in braces; formatting that begins or ends within it keeps its own order."""
    depth = 0
    for char in text:
        if _MARK.match(char):
            depth += 1 if ord(char) % 2 == 0 else -1
            if depth < 0:
                break
    if depth == 0:
        return f"{{{text}}}"
    # Formatting reaches beyond the word: brace the letters between the marks.
    return "".join(
        part if _MARK.fullmatch(part) else f"{{{part}}}" for part in re.split("([\ue000-\ue0ff])", text) if part
    )


@lru_cache(8192)
def is_protected(word: str) -> bool:
    """Whether a word's capitals carry meaning: ``nnU-Net``, ``3D``, ``X-ray``, ``Europe``, not ``Multi-Dataset``."""
    parts = word.translate(_JOINTS).split("-")
    for part in parts:
        if (part[:-2] if part.endswith("'s") else part.removesuffix("'")) in _PROPER:
            return True
        letters = [char for char in part if char.isalpha()]
        if any(char.isupper() for char in part[1:]):
            return True
        if letters and letters[0].isupper() and (len(letters) < len(part) and any(char.isdigit() for char in part)):
            return True
        if len(parts) > 1 and len(part) == 1 and part.isupper():
            return True
    return False


_JOINTS = str.maketrans("‐‑–/’", "----'")
"""Whatever joins the parts of a word as a hyphen, and a curly apostrophe as a straight one."""

_PROPER = frozenset([
    "Africa", "African", "Alzheimer", "America", "American", "Arabic", "Asia", "Asian", "Bayes", "Bayesian",
    "Boltzmann", "British", "California", "Canada", "Carlo", "China", "Chinese", "Crohn", "Dirichlet", "Doppler",
    "Dutch", "English", "Euclidean", "Europe", "European", "Fitzpatrick", "Flamingo", "Fourier", "France", "French",
    "Gabor", "Gaussian", "Gemini", "German", "Germany", "Gleason", "Hausdorff", "Hessian", "Hilbert", "Hounsfield",
    "India", "Indian", "Italian", "Italy", "Japan", "Japanese", "Kolmogorov", "Korea", "Korean", "Lagrangian",
    "Laplacian", "Lipschitz", "Mamba", "Markov", "Monte", "Parkinson", "Poisson", "Riemannian", "Siamese", "Sinkhorn",
    "Slicer", "Spanish", "Swin", "Swiss", "Turing", "Vietnamese", "Wasserstein",
])  # fmt: skip
"""Names that keep their capital in any title; in a title in title case nothing else tells them."""


@lru_cache(8192)
def _split(word: str) -> tuple[str, str, str]:
    """Leading punctuation, the word itself, trailing punctuation."""
    start, end = 0, len(word)
    while start < end and not (word[start].isalnum() or word[start] in "_$\\"):
        start += 1
    while end > start and not (word[end - 1].isalnum() or word[end - 1] in "_$+#*"):
        end -= 1
    return word[:start], word[start:end], word[end:]


_SMALL = frozenset([
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or", "over",
    "than", "the", "to", "up", "via", "vs", "with",
])  # fmt: skip


def _is_sentence_case(words: list[str]) -> bool:
    inner = []
    starts = True
    for word in words:
        core = _split(word)[1]
        if not core.isascii():
            core = _MARK.sub("", core)
        if not starts and core and core[0].isalpha() and core.casefold() not in _SMALL and not is_protected(core):
            inner.append(core[0].islower())
        starts = word.endswith((":", ".", "?", "!"))
    return any(inner) and sum(inner) * 2 >= len(inner)
