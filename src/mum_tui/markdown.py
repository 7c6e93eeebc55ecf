"""Any text as Markdown that shows exactly that text."""

from __future__ import annotations

import re

from mum_tui.text import clean, one_line

_ACTIVE = re.compile(r"[\\`*_\[\]<>&|~$#@]")
_AUTOLINK = re.compile(r"(https?|ftp|mailto|xmpp)(:)|(www)(\.)", re.IGNORECASE)
_BLOCK = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))")


def escape(text: str) -> str:
    """``text`` on one line, with a backslash before every character that has a meaning in Markdown or on GitHub."""
    line = _ACTIVE.sub(r"\\\g<0>", one_line(clean(text)))
    line = _AUTOLINK.sub(lambda match: f"{match[1] or match[3]}\\{match[2] or match[4]}", line)
    # At the beginning of a line these begin a list, a quotation or a rule.
    return _BLOCK.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


def link(text: str, url: str) -> str:
    """A link with the label ``text``; ``url`` must not contain white space or control characters."""
    return f"[{escape(text)}]({destination(url)})"


def destination(url: str) -> str:
    """An address, escaped for the round brackets of a link."""
    return re.sub(r"[()<>&\\`]", r"\\\g<0>", url)


def cell(text: str) -> str:
    """``text`` for a cell of a table; a space if it is empty."""
    return escape(text) or " "
