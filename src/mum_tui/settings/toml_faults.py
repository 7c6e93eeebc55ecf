"""Says what is wrong with a line that is not TOML, in words for somebody who does not know TOML."""

from __future__ import annotations

import re
import unicodedata

from mum_tui.text import clean, one_line

LONGEST = 40
"""The most characters of a line that are repeated in a message."""

_SHOWN_AT_MOST = 500
"""The most characters of a value that are looked at to show how it is written."""

_CURLY = "“”„‟‘’‚‛«»‹›″′"
_NAME = r"""(?:[\w.-]+|"[^"]*"|'[^']*')"""
_STRING = r"""(?:\"\"\"|'''|"(?:\\.|[^"\\])*"|'[^']*')"""


def in_words(line: str, reason: str) -> str:
    """What is wrong with ``line``, and what to write instead.

    Args:
        line: a line that does not begin a statement.
        reason: the message of a parser, for faults that are not known here.
    """
    line = line.strip()
    for find in (_odd_character, _no_statement, _name, _value):
        if message := find(line):
            return message
    words = re.sub(r" [(]at .*", "", clean(reason))
    return f'cannot be read: {words} (write name = "value")'


def without_texts(line: str) -> str:
    """A line with an empty text instead of each text in quotes, and of each mark of three quotes."""
    return re.sub(_STRING, '""', line)


def _shown(text: str) -> str:
    text = one_line(clean(text))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _odd_character(line: str) -> str:
    bare = without_texts(line)
    for character in bare.partition("#")[0]:
        if character in _CURLY:
            return f'curly quotes ({character}): write straight ones, "'
    for character in line:
        if unicodedata.category(character) == "Cc" and character != "\t":
            return f"contains a control character (U+{ord(character):04X}): remove it"
    for character in bare.partition("#")[0]:
        if unicodedata.category(character) in ("Zs", "Cf") and character != " ":
            name = unicodedata.name(character, "").lower()
            return f"contains an invisible character (U+{ord(character):04X} {name}): write a space"
    return ""


def _no_statement(line: str) -> str:
    if re.match(r"<{7}|={7}|>{7}|\|{7}", line):
        return "is part of a merge conflict: choose one side, and remove the conflict markers"
    if line.startswith(("//", ";", "--", "/*", "%", "!")):
        return "a comment begins with #"
    if line.startswith("{"):
        return 'is not TOML: each line is name = "value"'
    if line.startswith("="):
        return f"a name is missing before the =: write name {_shown(line)}"
    if re.match(r"\[+[^\[\]=#]*(#.*)?$", line):
        return f"a ] is missing after {_shown(line.partition('#')[0])}"
    if header := re.match(r"(\[+)([^\[\]=]*)(\]+)", line):
        if len(header[1]) != len(header[3]):
            return f"write [{_shown(header[2].strip())}]"
        return _header(header[2].strip(), line[header.end() :].strip())
    return ""


def _header(name: str, rest: str) -> str:
    if rest and not rest.startswith("#"):
        return f"only a comment may follow [{_shown(name)}]: write {_shown(rest)} on its own line"
    if not name:
        return "a name is missing between [ and ]"
    return f'a name like this needs quotes: write ["{_shown(name)}"]'


def _name(line: str) -> str:
    """What is wrong with the name, or with the sign after it."""
    if match := re.match(rf"(?:-\s+)?({_NAME})\s*(:=|=>|==|:)\s*(.*)", line):
        return f"write = instead of {match[2]}, as in {_shown(match[1])} = {_shown(_quoted(match[3]))}"
    if re.match(rf"{_NAME}\s*=", line):
        return ""
    if match := re.match(r"([^\"'=#\[\]{}]+)=", line):
        return f'a name like this needs quotes: "{_shown(match[1].strip())}"'
    if match := re.match(rf"(?:set\s+|export\s+)?({_NAME})\s+(.+)", line):
        return f"an = is missing: write {_shown(match[1])} = {_shown(_quoted(match[2]))}"
    if re.match(rf"{_NAME}$", line):
        return f'a value is missing: write {_shown(line)} = "…"'
    return ""


def _value(line: str) -> str:
    match = re.match(rf"({_NAME})\s*=\s*(.*)", line, re.DOTALL)
    if match is None:
        return ""
    name, value = _shown(match[1]), match[2]
    if not value or value.startswith("#"):
        return f'a value is missing: write {name} = "…"'
    if value.startswith(("[", "{")):
        return _list(value)
    if value[0] in "\"'":
        return _text(name, value)
    return f"a text needs quotes: write {name} = {_shown(_quoted(value))}"


def _list(value: str) -> str:
    bare = without_texts(value)
    kind, end = ("list", "]") if bare[0] == "[" else ("table", "}")
    if bare.count(bare[0]) > bare.count(end):
        depth = bare.count(bare[0])
        return f"a {end} is missing" if depth < LONGEST else "is nested too deeply"
    if re.search(r'"\s*"', bare):
        return f"a comma is missing between two values of the {kind}"
    if kind == "list" and re.search(r"[\[,]\s*[^\s\[\]\",{]", bare):
        return f"the texts of a list need quotes: write [{_quoted('…')}, {_quoted('…')}]"
    return ""


def _text(name: str, value: str) -> str:
    quote = value[:3] if value[:3] in ('"""', "'''") else value[0]
    if len(quote) == 3:
        return f"the closing {quote} is missing" if quote not in value[3:] else ""
    whole = re.match(_STRING, value)
    if whole is None:
        if quote == '"' and value.rstrip().endswith('\\"'):
            return rf"the \ escapes the quote after it: write {name} = '…', or \\ for \\"
        return f"the closing {quote} is missing"
    rest = value[whole.end() :].strip()
    if quote == '"' and re.search(r'\\(?![btnfr"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})', whole[0]):
        return rf"in double quotes a \ begins a special character: write {name} = '{_shown(whole[0][1:-1])}'"
    if rest and not rest.startswith("#"):
        return f"only a comment may follow the value: remove {_shown(rest)}, or write it on its own line"
    return ""


def _quoted(value: str) -> str:
    """A value as a text in TOML; unchanged if it has quotes already. A very long one is cut."""
    value = value.strip()[:_SHOWN_AT_MOST]
    if not value:
        return '"…"'
    if inside := re.fullmatch(r"""\\(["'])([^"'\\]*)\\?\1""", value):
        value = inside[2]  # quotes as a shell takes them
    elif value[0] in "\"'[{":
        return value
    value = re.sub(r"\s+#.*|[;,]+$", "", value)
    return f"'{value}'" if '"' in value or "\\" in value else f'"{value}"'
