"""Turns raw BibTeX values into text: removes delimiters, inserts strings, joins parts."""

from __future__ import annotations

import re

from mum_tui.bibliography.bibtex import usual
from mum_tui.bibliography.bibtex.chunks import MASK
from mum_tui.bibliography.bibtex.salvage import MAX_VALUE, WORD, matching_braces
from mum_tui.bibliography.records import Reading
from mum_tui.citation.csl_dates import MONTHS

_KEYS = frozenset(["crossref", "xref", "xdata"])
"""Fields that hold the key of another entry; many people write it without delimiters."""
_COMMENTS = re.compile(r"^\s*%[^\n]*", re.MULTILINE)
_QUOTED = re.compile(r"(?<!\\)[{}\"]|\\\"")


class Values:
    """Knows the strings of a file and turns raw values into text."""

    def __init__(self, strings: dict[str, str], reading: Reading) -> None:
        self.reading = reading
        self.unknown: set[str] = set()
        self.strings: dict[str, str] = {}
        for name, raw in strings.items():
            text, _ = self._joined(raw, f"@string {name}", 0)
            self.strings[name] = text

    def fields(self, key: str, fields: list[tuple[str, str, int]]) -> dict[str, str]:
        """Values by lower-case field name. A field that appears twice is kept twice and reported."""
        values: dict[str, str] = {}
        waiting = list(reversed(fields))
        while waiting:
            name, raw, line = waiting.pop()
            name = self._name(name)
            if not name:
                self.reading.left_out["fields commented out"] += 1
                continue
            text, rest = self._joined(raw, key, line, name in _KEYS)
            if rest.startswith("%"):
                rest, count = _COMMENTS.subn("", rest)
                self.reading.left_out["comments within entries"] += count
            if rest.strip():
                more = re.match(r"\s*([A-Za-z][\w:.+-]*)\s*=\s*(.*)", rest, re.DOTALL)
                if more and more[1] != name:
                    self.reading.add(
                        line, f"{key}.{name}", f"a comma is missing before {more[1]}", "both fields are kept"
                    )
                    waiting.append((more[1], more[2], line))
                else:
                    self.reading.add(line, f"{key}.{name}", "has text after its end", "it is kept with the field")
                    text = f"{text} {rest.strip()}"
            self._add(values, name, text.replace(MASK, "@"), key, line)
        return values

    def usual(self, entry: usual.Usual) -> dict[str, str]:
        """The same for an entry without faults."""
        values = entry.values
        for name, raw, line in entry.waiting:
            values[name] = self._joined(raw, entry.key, line, name in _KEYS)[0]
        if any(MASK in value for value in values.values()):
            return {name: value.replace(MASK, "@") for name, value in values.items()}
        return values

    def _add(self, values: dict[str, str], name: str, text: str, key: str, line: int) -> None:
        if name not in values or not values[name].strip():
            values[name] = text
            return
        if values[name].strip() == text.strip() or not text.strip():
            return
        if name in ("keywords", "keyword", "groups"):
            values[name] = f"{values[name]}, {text}"
            self.reading.add(line, f"{key}.{name}", "appears twice", "both are kept")
            return
        number = 2
        while f"{name}-{number}" in values:
            number += 1
        values[f"{name}-{number}"] = text
        hint = f"the first counts, this one is kept as {name}-{number}"
        self.reading.add(line, f"{key}.{name}", "appears twice with different text", hint)

    @staticmethod
    def _name(name: str) -> str:
        """A field's name without commented lines before it; empty if there is nothing else."""
        if name.isascii() and name.isalpha():
            return name.lower()
        if "%" in name:
            lines = [line for line in name.split("\n") if not line.lstrip().startswith("%")]
            name = " ".join(lines)
        return " ".join(name.split()).lower().replace(" ", "-").replace(MASK, "@")[:100]

    def _joined(self, raw: str, key: str, line: int, is_key: bool = False) -> tuple[str, str]:
        """A value's text, and what follows its end. A bare word is a string, or a key if ``is_key`` is set."""
        if is_key and raw.lower() not in self.strings and WORD.fullmatch(raw):
            return raw, ""
        # Nearly every value is one pair of delimiters.
        if raw.startswith("{") and usual.is_group(raw):
            return raw[1:-1], ""
        if raw.startswith('"') and raw.endswith('"') and raw.count('"') == 2:
            return raw[1:-1], ""
        if raw.isdigit():
            return raw, ""
        closing = matching_braces(raw) if raw.count("{") > 1 else {}
        parts: list[str] = []
        at = 0
        size = 0
        while at < len(raw):
            while at < len(raw) and raw[at].isspace():
                at += 1
            if at >= len(raw):
                break
            char = raw[at]
            if char == "{":
                end = closing.get(at) if closing else (raw.find("}", at) + 1 or None)
                if end is None:
                    return "".join([*parts, raw[at + 1 :]]), ""
                part, at = raw[at + 1 : end - 1], end
            elif char == '"':
                end = self._quoted(raw, at)
                part, at = raw[at + 1 : end - 1], end
            elif match := WORD.match(raw, at):
                part, at = self._macro(match[0], key, line), match.end()
            else:
                return "".join(parts), raw[at:]
            size += len(part)
            if size <= MAX_VALUE:
                parts.append(part)
            while at < len(raw) and raw[at].isspace():
                at += 1
            if at < len(raw) and raw[at] == "#":
                at += 1
                continue
            return "".join(parts), raw[at:]
        return "".join(parts), ""

    @staticmethod
    def _quoted(raw: str, start: int) -> int:
        """The end of the quoted text that begins at ``start``."""
        depth = 0
        for match in _QUOTED.finditer(raw, start + 1):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth = max(depth - 1, 0)
            elif match[0] == '"' and depth == 0:
                return match.end()
        return len(raw) + 1

    def _macro(self, name: str, key: str, line: int) -> str:
        lower = name.lower()
        if lower in self.strings:
            return self.strings[lower]
        if name[0].isdigit() or lower[:3] in MONTHS:
            return name
        if lower not in self.unknown:
            self.unknown.add(lower)
            self.reading.add(line, key, f"the string {name} is not defined", "its name is kept")
        return name
