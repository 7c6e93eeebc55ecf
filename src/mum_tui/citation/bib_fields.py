"""The fields of one BibTeX or BibLaTeX entry as they are put together: escaped, formatted, names and dates in their
forms.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mum_tui.citation.bib_titles import commands, marked, title
from mum_tui.citation.csl_item import AnyItem, arxiv_doi, arxiv_id
from mum_tui.citation.latex import encode, escape
from mum_tui.patterns import Pattern
from mum_tui.text import fold


class Fields:
    """The fields of an entry in the order they are put; empty values are left out.

    What the entry brought along from a BibTeX file (``custom.bibtex``) stands as it stood there, and so does a text
    that is still the one read from LaTeX (``custom.latex``: the LaTeX by the digest of the text).

    Args:
        ascii_only: letters beyond ASCII become LaTeX (8-bit BibTeX cuts UTF-8 initials in half).
        item: the item to write.
    """

    def __init__(self, ascii_only: bool, item: AnyItem) -> None:
        self.encode: Callable[[str], str] = encode if ascii_only else escape
        self.ascii_only = ascii_only
        self.item = item
        latex = item.get("custom", {}).get("latex", {})
        self._latex: dict[str, str] = dict(latex) if isinstance(latex, dict) else {}
        brought = item.get("custom", {}).get("bibtex", {})
        self.brought: dict[str, str] = dict(brought) if isinstance(brought, dict) else {}
        _without_another_date(self.brought, item.get("issued", {}))
        self._fields: dict[str, str] = {}

    @property
    def brings_container(self) -> bool:
        """Whether the entry names what it stands in, in a field that is not the usual one, or in two."""
        return any(name in self.brought for name in CONTAINERS)

    @property
    def is_from_bibtex(self) -> bool:
        """Whether the item came out of a BibTeX file."""
        return bool(self.brought)

    def add(self, name: str, value: str) -> None:
        """Text, with its formatting."""
        if value:
            self._fields[name] = f"{{{self.written(value)}}}"

    def as_it_stood(self, value: str, field: str = "") -> str:
        """The LaTeX that ``value`` was read from; empty where there was none, or it was not worth keeping."""
        raw_text = self._latex.get(digest(value, field), "") if self._latex else ""
        if not isinstance(raw_text, str) or not _is_balanced(raw_text):
            return ""
        return _in_ascii(raw_text) if self.ascii_only else raw_text

    def written(self, value: str) -> str:
        """``value`` as LaTeX."""
        if before := self.as_it_stood(value):
            return before
        return commands(self.encode(marked(value))) if "<" in value else self.encode(value)

    def add_whole(self, name: str, value: str) -> None:
        """Text that BibLaTeX would take for a list of several where it has the word "and"."""
        if before := self.as_it_stood(value):
            self._fields[name] = f"{{{before}}}"
        elif value:
            text = self.written(value)
            self._fields[name] = f"{{{{{text}}}}}" if re.search(r"\band\b", value) else f"{{{text}}}"

    def add_raw(self, name: str, value: str) -> None:
        """An identifier or address, which no style expects to be escaped."""
        if value:
            self._fields[name] = f"{{{self.as_it_stood(value) or raw(value)}}}"

    def add_macro(self, name: str, value: str) -> None:
        self._fields[name] = value

    def add_title(self) -> None:
        if text := self.item.get("title", ""):
            name = self.item.get("custom", {}).get("name", "")
            written = self.as_it_stood(text, "title") or commands(title(marked(text), self.encode, name))
            self._fields["title"] = f"{{{written}}}"

    def add_names(self, roles: Iterable[tuple[str, str]]) -> None:
        """Names by field and variable of CSL."""
        for field, variable in roles:
            people = self.item.get(variable, [])
            complete = not (field == "author" and self.item.get("custom", {}).get("more_authors"))
            before = self.as_it_stood(name_list(people, complete, escape)) if self._latex else ""
            if names := before or name_list(people, complete, self.encode):
                self._fields[field] = f"{{{names}}}"

    def add_variables(self, fields: Iterable[tuple[str, str]]) -> None:
        """Texts by field and variable of CSL; a field that has a value already keeps it."""
        for field, variable in fields:
            if field == "language" and "langid" in self.brought:
                continue
            value = self.item.get(variable, "")
            if isinstance(value, str | int) and value and field not in self._fields:
                self.add(field, str(value))

    def add_pages(self) -> None:
        if "eid" in self.brought and "pages" not in self.brought:
            return  # an article number, which has a field of its own
        if text := str(self.item.get("page", "")):
            self._fields["pages"] = f"{{{self.as_it_stood(text) or pages(text, self.encode)}}}"

    def add_arxiv(self, number: str) -> None:
        """The number in arXiv's own three fields, unless the entry says it in another way."""
        if self.says(number):
            return
        self.add_raw("eprint", number)
        self.add("archivePrefix", "arXiv")
        self.add_raw("primaryClass", self.item.get("custom", {}).get("primary_class", ""))

    def says(self, number: str) -> bool:
        """Whether an arXiv number stands in a field that came along, or in a text that is written anyway."""
        texts = (self.item.get(name, "") for name in ("container-title", "note", "page", "volume"))
        return number in " ".join(map(str, (*self.brought.values(), *texts)))

    def add_addresses(self) -> None:
        """DOI and address; those that only follow from an arXiv number are left out where they were not in the file."""
        number = arxiv_id(self.item)
        doi, url = str(self.item.get("DOI", "")), str(self.item.get("URL", ""))
        if self.is_from_bibtex and number:
            doi = "" if doi == arxiv_doi(number) else doi
            url = "" if url == f"https://arxiv.org/abs/{number}" else url
        self.add_raw("doi", doi)
        self.add_raw("url", url)

    def add_brought(self, leave_out: Iterable[str] = ()) -> None:
        """What came from a BibTeX file, over what was made here."""
        _without_what_changed(self.brought, self.item)
        for name, value in self.brought.items():
            if (
                name in ("entrytype", "publisher-field", *leave_out)
                or not _is_field(name)
                or not isinstance(value, str)
            ):
                continue
            same = next((known for known in self._fields if known.lower() == name), name)
            kept = _in_ascii(value) if self.ascii_only else value
            self._fields[same] = f"{{{kept}}}" if _is_balanced(value) else f"{{{self.encode(value)}}}"

    def add_former_key(self, key: str) -> None:
        """The key that the item had where it came from, beside ``key``: BibLaTeX and our import know it by both."""
        former = str(self.item.get("citation-key") or "")
        if not former or _NO_KEY.sub("", former) == former or _NO_OTHER_KEY.search(former):
            return
        others = [other for other in self.brought.get("ids", "").split(",") if other.strip() and other.strip() != key]
        self._fields["ids"] = f"{{{','.join(dict.fromkeys([former, *map(str.strip, others)]))}}}"

    def has(self, name: str) -> bool:
        return name in self._fields

    def taken(self, name: str) -> str:
        """A field's value, which is then put no more: it is to stand further down."""
        return self._fields.pop(name, "")

    def entry(self, kind: str, key: str) -> str:
        width = max(map(len, self._fields), default=0)
        lines = [f"  {name:<{width}} = {value}" for name, value in self._fields.items()]
        return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def digest(text: str, field: str = "") -> str:
    """What a text is known by in ``custom.latex``; a title has a ``field`` of its own, for its book may be called so
    too.
    """
    return f"{zlib.crc32(f'{field}{text}'.encode('utf-8', 'replace')):08x}"


def name_list(people: Iterable[dict[str, str]], complete: bool, encode: Callable[[str], str]) -> str:
    """Names joined by ``and``, with ``others`` behind a list that is not complete."""
    names = names_of(people, encode)
    return " and ".join(names if complete else [*names, "others"])


def names_of(people: Iterable[dict[str, str]], encode: Callable[[str], str]) -> list[str]:
    """Each name as BibTeX writes it."""
    return [written for name in people if (written := _name(name, encode))]


def pages(text: str, encode: Callable[[str], str]) -> str:
    """Page numbers with BibTeX's two hyphens, which BibLaTeX understands too."""
    return re.sub(r"(?<=[^\W_])-(?=[^\W_])", "--", encode(text.replace("–", "-")))


def _in_ascii(latex: str) -> str:
    """LaTeX with commands for the letters beyond ASCII."""
    return latex if latex.isascii() else "".join(char if char.isascii() else encode(char) for char in latex)


def _is_field(name: Any) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[a-z][\w:.+-]*", name) is not None


def _is_balanced(text: str) -> bool:
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", text):
        depth += 1 if match[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and not text.endswith("\\")


CONTAINERS = ("journal", "journaltitle", "booktitle")
_SAID_IN = (
    ("title", "subtitle", "title"),
    ("booktitle", "booksubtitle", "container-title"),
    ("journaltitle", "journalsubtitle", "container-title"),
    ("journal", "", "container-title"),
    ("note", "", "note"),
    ("publisher", "", "publisher"),
    ("series", "", "collection-title"),
)
"""Fields that may have come along although a variable has their text: with a subtitle, or LaTeX that nobody knows."""


def _without_what_changed(brought: dict[str, str], item: AnyItem) -> None:
    """Drop a field whose text the item no longer has: somebody changed it since."""
    several = sum(name in brought for name in CONTAINERS) > 1
    for name, subtitle, variable in _SAID_IN:
        if name not in brought or variable not in item or (several and variable == "container-title"):
            continue
        raw_text = f"{brought[name]} {brought.get(subtitle, '')}"
        now = {_letters(str(item[variable])), _letters(re.sub(r"<[^<>]*>", "", str(item[variable])))}
        if not now & {_letters(re.sub(r"\\[A-Za-z]+", "", raw_text)), _letters(raw_text)}:
            del brought[name]
            brought.pop(subtitle, None)


def _without_another_date(brought: dict[str, str], issued: Any) -> None:
    """Drop the year and month of another date than the item has: somebody changed it since."""
    dates = issued.get("date-parts") if isinstance(issued, dict) else None
    if not dates or not dates[0]:
        return
    if "year" in brought and str(dates[0][0]) not in str(brought["year"]):
        del brought["year"]
    if "month" in brought and "date" not in brought:
        from mum_tui.citation.csl_dates import says_month

        if not says_month(issued, str(brought["month"])):
            del brought["month"]
            brought.pop("day", None)
    if len(dates[0]) > 2 and str(brought.get("day", "")).strip().lstrip("0") != str(dates[0][2]):
        brought.pop("day", None)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def unique_keys(items: Iterable[AnyItem]) -> Iterator[tuple[str, AnyItem]]:
    """Each item with its citation key; one that is taken, in any case of its letters, gets a letter behind it."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for item in items:
        base = key_of(item)
        key, number = base, counts.get(base.lower(), 0)
        while key.lower() in taken:
            number += 1
            key = base + (chr(ord("a") + number - 1) if number <= 26 else f"-{number}")
        counts[base.lower()] = number
        taken.add(key.lower())
        yield key, item


def key_of(item: AnyItem) -> str:
    """The citation key of an item: its own, else its id.

    Of a key without a Latin letter only figures would be left; the id is more, and no other work has it.
    """
    own, identifier = str(item.get("citation-key") or ""), str(item["id"])
    if not own or (not own.isascii() and not _LETTER.search(fold(own)) and _LETTER.search(identifier)):
        return citekey(identifier)
    return citekey(own)


def citekey(key: str) -> str:
    """``key`` without what ends a citation key in BibTeX or LaTeX; romanized if it has no Latin letter."""
    plain = key if key.isascii() else fold(key)
    if plain is not key and not _LETTER.search(plain):
        from mum_tui.romanization import romanized

        plain = fold(romanized(key))
    return _NO_KEY.sub("", plain) or "item"


_LETTER = re.compile("[A-Za-z]")
_NO_OTHER_KEY = Pattern(r"[\s,{}\"'%#~\\()=]")
_NO_KEY = re.compile(r"[^A-Za-z0-9_.:+/-]")


def raw(text: str) -> str:
    """An identifier or address as it is, but unable to close its braces or start a command (``^^5c`` is one to TeX)."""
    escapes = {"{": "%7B", "}": "%7D", "\\": "%5C", "^": "%5E", " ": "%20", "\ufffd": ""}
    return "".join(escapes.get(char, char) for char in text)


def _name(name: dict[str, str], encode: Callable[[str], str]) -> str:
    literal = name.get("literal", "")
    if len(name) == 2 and name.get("family") and name.get("given"):  # nearly all are
        family = encode(name["family"])
        if "," in family or _has_lower_word(name["family"]):
            family = f"{{{family}}}"
        return f"{family}, {encode(name['given'])}".replace(" and ", " {and} ")
    if not literal and not (name.get("family") and name.get("given")) and "suffix" not in name:
        # One name only: BibTeX would take it apart at its spaces.
        particles = (name.get("dropping-particle", ""), name.get("non-dropping-particle", ""))
        literal = " ".join(filter(None, [*particles, name.get("family", "") or name.get("given", "")]))
    if literal:
        return f"{{{encode(literal)}}}"
    family = encode(name.get("family", ""))
    if "," in family or _has_lower_word(name.get("family", "")):
        family = f"{{{family}}}"
    # BibTeX reads a capital first word as the name and what is lower case before it as "von".
    particle = " ".join(filter(None, [name.get("dropping-particle", ""), name.get("non-dropping-particle", "")]))
    if particle:
        family = f"{encode(particle)} {family}"
    parts = [family, encode(name.get("suffix", "")), encode(name.get("given", ""))]
    return ", ".join(part for part in parts if part).replace(" and ", " {and} ")


def _has_lower_word(text: str) -> bool:
    return text[0].islower() if text.isalpha() else any(word[0].islower() for word in text.split())
