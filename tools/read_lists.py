"""``python -m tools.read_lists FILE…``: what of each list is read, beside what another parser finds in it.

A row a file: its entries and those of the other parser (pybtex, json, the lines ``TY``, markdown-it), its fields or
links and how many of them come back or stand in an entry, and how many remarks there are. Below it what was left out.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from pybtex.database.input.bibtex import LowLevelParser

from mum_tui.bibliography import any_list
from mum_tui.catalog.model import Loaded
from mum_tui.citation import biblatex, ris
from mum_tui.citation.csl_item import item
from mum_tui.citation.snippets import csl_json
from mum_tui.problems import HINT, Unreadable

_MONTHS = dict.fromkeys(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), "month")
_SAME = {"journal": "journaltitle", "address": "location", "school": "institution", "annote": "annotation",
         "archiveprefix": "eprinttype", "primaryclass": "eprintclass", "year": "date", "month": "date"}  # fmt: skip
"""Fields by the name BibLaTeX has for them; a year and a month are its date."""


class Count(NamedTuple):
    """Entries that another parser finds in a file, its parts (fields, lines, links), and how many of them are kept."""

    entries: int
    parts: int
    kept: int


def _fields(text: str) -> tuple[int, Counter[tuple[str, str, str]]]:
    """Entries of a BibTeX text, and its fields: key, name, letters of the value."""
    entries = 0
    found: Counter[tuple[str, str, str]] = Counter()
    for kind, content in LowLevelParser(text, macros=dict(_MONTHS), handle_error=lambda _error: None):
        if kind.lower() in ("comment", "preamble", "string"):
            continue
        key, pairs = content
        entries += kind.lower() != "xdata"
        for name, parts in pairs:
            name = _SAME.get(name.lower(), name.lower())
            value = "" if name == "date" or name in ("author", "editor") else _letters("".join(parts))
            found[key.lower(), name, value] = 1
    return entries, found


def _letters(text: str) -> str:
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _in_bibtex(text: str, loaded: Loaded) -> Count:
    entries, wanted = _fields(text)
    _, written = _fields(biblatex.render([item(entry) for entry in loaded.catalog.entries]))
    return Count(entries, len(wanted), sum(part in written for part in wanted))


def _in_ris(text: str, loaded: Loaded) -> Count:
    lines = [line.strip() for line in text.splitlines() if re.match(r"[A-Z][A-Z0-9]  - \S", line)]
    again = Counter(map(_letters, ris.render([item(entry) for entry in loaded.catalog.entries]).splitlines()))
    return Count(
        sum(line.startswith("TY") for line in lines), len(lines), sum(_letters(line) in again for line in lines)
    )


def _in_json(text: str, loaded: Loaded) -> Count:
    found = json.loads(text)
    found = found["items"] if isinstance(found, dict) and "items" in found else found
    again = json.loads(csl_json([item(entry) for entry in loaded.catalog.entries]))
    values = [value for one in found for value in one.items() if value[1] not in ("", [], {}, None)]
    written = Counter(json.dumps(value, sort_keys=True) for one in again for value in one.items())
    return Count(len(found), len(values), sum(json.dumps(value, sort_keys=True) in written for value in values))


def _in_page(text: str, loaded: Loaded) -> Count:
    addresses = set(_links(MarkdownIt("commonmark").enable("table").parse(text)))
    kept = {link.url for entry in loaded.catalog.entries for link in entry.links}
    return Count(0, len(addresses), len(addresses & kept))


def _links(tokens: Iterable[Any]) -> Iterable[str]:
    for token in tokens:
        found = [str(token.attrs["href"])] if token.type == "link_open" else []
        if token.type.startswith("html"):
            found = re.findall(r"href\s*=\s*[\"']?([^\"'\s>]+)", token.content)
        yield from (address for address in found if re.match(r"https?://", address))
        yield from _links(token.children or ())


_COUNTERS = {".bib": _in_bibtex, ".ris": _in_ris, ".json": _in_json, ".md": _in_page}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    sys.stdout.write(f"{'file':<40} {'entries':>8} {'other':>8} {'fields':>8} {'kept':>8} {'remarks':>8}" + "\n")
    for path in parser.parse_args(arguments).files:
        try:
            loaded = any_list.load_any(path)
        except Unreadable as error:
            sys.stdout.write(f"{path.name:<40} {error}" + "\n")
            continue
        text = path.read_bytes().decode("utf-8-sig", "replace")
        count = _COUNTERS[path.suffix](text, loaded) if path.suffix in _COUNTERS else Count(0, 0, 0)
        remarks = sum(problem.level != HINT for problem in loaded.problems)
        entries = len(loaded.catalog.entries)
        sys.stdout.write(
            f"{path.name:<40} {entries:8,} {count.entries:8,} {count.parts:8,} {count.kept:8,} {remarks:8,}" + "\n"
        )
        for problem in loaded.problems:
            if problem.level == HINT:
                sys.stdout.write(f"    {problem.message}" + "\n")


if __name__ == "__main__":
    main()
