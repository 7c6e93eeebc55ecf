"""Text from outside as Markdown that shows exactly that text, whatever it holds."""

from __future__ import annotations

import re

from mum_tui.text import clean, one_line

_ACTIVE = re.compile(r"[\\`*_\[\]<>&|~$#@]")
_AUTOLINK = re.compile(r"(https?|ftp|mailto|xmpp)(:)|(www)(\.)", re.IGNORECASE)
_BLOCK = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))")


def escape(text: str) -> str:
    """``text`` on one line, with a backslash before every character that Markdown or GitHub could act on."""
    line = _ACTIVE.sub(r"\\\g<0>", one_line(clean(text)))
    line = _AUTOLINK.sub(lambda match: f"{match[1] or match[3]}\\{match[2] or match[4]}", line)
    # What begins a list, a quotation or a rule where it is first on its line.
    return _BLOCK.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


def link(text: str, url: str) -> str:
    """A link called ``text``; ``url`` holds no white space or control characters."""
    return f"[{escape(text)}]({destination(url)})"


def destination(url: str) -> str:
    """An address as it may stand between the round brackets of a link."""
    return re.sub(r"[()<>&\\`]", r"\\\g<0>", url)


def cell(text: str) -> str:
    """``text`` as it may stand in a table; an empty cell keeps its place."""
    return escape(text) or " "
