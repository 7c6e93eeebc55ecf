"""Finds damaged text: mojibake, HTML entities, LaTeX."""

from __future__ import annotations

import re

_FOREIGN = re.compile(r"[^\x00-\x7f]{2,8}")
_CODECS = ("cp1252", "mac_roman")
"""The encodings as which UTF-8 is most often misread."""

_LIKELY = re.compile("[\u00a1-\u017f\u2010-\u203a\u20ac\u2122\ufb00-\ufb04]+")
"""The characters of European names and titles that get misread: letters with accents, dashes, quotes, ligatures."""

_ENTITY = re.compile(
    r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|[a-z]{1,2}(?:acute|grave|uml|tilde|circ));", re.I
)
_LATEX = re.compile(r"\\(?:[`'^\"~=.]\{?\\?[A-Za-z]|[cvuHk]\{|(?:textbf|textit|emph|text)\{|&|%)|\$[^$ ]+\$")


def first_fault(text: str) -> tuple[str, str] | None:
    """The first damaged part of ``text`` and what it should be (empty if unknown); None if nothing is damaged."""
    if "\ufffd" in text:
        return "\ufffd", ""
    if not text.isascii():
        for run in _FOREIGN.findall(text):
            if original := _reread(run):
                return run, original
    if match := _ENTITY.search(text):
        from html import unescape

        return match[0], unescape(match[0]).strip()
    match = _LATEX.search(text)
    return (match[0], "") if match else None


def _reread(run: str) -> str:
    """The characters that ``run`` was before its UTF-8 was misread; empty if it was not misread."""
    for start in range(len(run) - 1):
        for codec in _CODECS:
            for end in range(len(run), start + 1, -1):
                try:
                    original = run[start:end].encode(codec).decode("utf-8")
                except UnicodeError:
                    continue
                if _LIKELY.fullmatch(original):
                    return original
    return ""
