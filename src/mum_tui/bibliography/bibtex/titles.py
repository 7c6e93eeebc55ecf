"""The titles of a BibTeX entry: its own, and that of the journal or book it is part of."""

from __future__ import annotations

import re

from mum_tui.bibliography.bibtex.entry_fields import EntryFields
from mum_tui.bibliography.bibtex.numbers import arxiv
from mum_tui.citation import bib_titles, csl_tags
from mum_tui.identifiers import in_records

_BRACED = re.compile(r"(?<![\w{\\}-])\{([A-Z][a-z]+(?:-[A-Z]?[a-z0-9]+)*)\}(?![\w{-])")
_ARTICLES = ("article", "periodical", "suppperiodical", "review")


def titles(entry: EntryFields) -> None:
    """Read the title, and the title of the journal or book that the work is part of."""
    whole = entry.left.pop("title", "")
    title = entry.rich(whole)
    if subtitle := entry.left.get("subtitle"):
        entry.unread |= {"title": whole, "subtitle": entry.left.pop("subtitle")}
        title = _with_subtitle(title, entry.rich(subtitle))
    entry.add("title", title)
    _keep_protected(entry, whole, title)
    if "subtitle" not in entry.unread:
        entry.as_written.title(whole, title, entry.custom.get("name", ""))
    for name, more in (("journal", ""), ("journaltitle", "journalsubtitle"), ("booktitle", "booksubtitle")):
        if name not in entry.left:
            continue
        if name == "journal" and in_records.is_arxiv(entry.left[name]) and arxiv(entry):
            continue
        if "container-title" in entry.item:
            continue  # both: the second is kept as it stands
        whole = entry.left[name]
        text = entry.take(name)
        expected = "booktitle" if entry.raw.kind not in _ARTICLES else "journal"
        if not name.startswith(expected) or entry.has("booktitle" if name != "booktitle" else "journal"):
            entry.unread[name] = whole
        if more and (subtitle := entry.left.get(more)):
            entry.unread |= {name: whole, more: entry.left.pop(more)}
            text = _with_subtitle(text, entry.rich(subtitle))
        entry.add("container-title", text)
    if "shortjournal" in entry.left:
        entry.add("container-title-short", entry.take("shortjournal"))


def _keep_protected(entry: EntryFields, value: str, title: str) -> None:
    """Keep plain words that have braces of their own: only these show that the capitals matter."""
    words = [word for word in _BRACED.findall(value) if not bib_titles.is_protected(word) and word in title]
    if words and f"{{{words[0]}}}" not in bib_titles.title(title, str):
        entry.custom["name"] = " ".join(dict.fromkeys(words))


def _with_subtitle(title: str, subtitle: str) -> str:
    if not title:
        return subtitle
    joint = " " if csl_tags.without_tags(title).endswith((":", "?", "!", ".", "–", "—")) else ": "
    return f"{title}{joint}{subtitle}"
