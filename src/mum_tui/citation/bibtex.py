"""BibTeX: ASCII, one entry per item, safe in every style.

An arXiv preprint is ``@misc`` with ``howpublished`` (so that every classical style prints its number) beside
arXiv's own ``eprint``, ``archivePrefix`` and ``primaryClass``. ``doi``, ``url`` and ``eprint`` are raw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mum_tui.citation.csl import Item
from mum_tui.citation.latex import curly, encode

_TYPES = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "report": "techreport",
    "thesis": "phdthesis",
    "book": "book",
}
_CONTAINER = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PUBLISHER = {"techreport": "institution", "phdthesis": "school", "misc": "howpublished"}


def render(items: Iterable[Item]) -> str:
    """The items as BibTeX, separated by empty lines, ending in a line feed."""
    return "\n".join(_entry(item) for item in items)


def _entry(item: Item) -> str:
    kind = _TYPES.get(item["type"], "misc")
    fields = _fields(item, kind)
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {value}" for name, value in fields.items()]
    return f"@{kind}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def _fields(item: Item, kind: str) -> dict[str, str]:
    custom = item.get("custom", {})
    fields: dict[str, str] = {}

    def put(name: str, value: str, text: bool = True) -> None:
        if value:
            fields[name] = f"{{{encode(value) if text else raw(value)}}}"

    if names := _names(item):
        fields["author"] = f"{{{names}}}"
    elif kind == "misc":
        # Without an author, styles that sort ask for a key.
        put("key", item.get("publisher") or item["title"])
    fields["title"] = f"{{{title(item['title'])}}}"
    if kind in _CONTAINER:
        put(_CONTAINER[kind], item.get("container-title", ""))
    put("series", item.get("collection-title", ""))
    put("volume", item.get("volume", ""))
    put("number", item.get("issue", ""))
    put("pages", _pages(item.get("page", "")))
    arxiv = custom.get("arxiv_id", "")
    if kind == "misc" and arxiv and item["type"] == "article":
        put("howpublished", f"arXiv:{arxiv}" + (f" [{custom['primary_class']}]" if "primary_class" in custom else ""))
    else:
        number = item.get("number", "") if kind == "misc" else ""
        put(_PUBLISHER.get(kind, "publisher"), " ".join(filter(None, [item.get("publisher", ""), number])))
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    if parts:
        fields["year"] = f"{{{parts[0]}}}"
    if len(parts) > 1:
        fields["month"] = _MONTHS[parts[1] - 1]
    if "version" in item:
        put("note", f"Version {item['version'].removeprefix('v')}")
    put("doi", item.get("DOI", ""), text=False)
    put("eprint", arxiv, text=False)
    if arxiv:
        put("archivePrefix", "arXiv")
        put("primaryClass", custom.get("primary_class", ""), text=False)
    put("url", item.get("URL", ""), text=False)
    return fields


def raw(text: str) -> str:
    """An identifier or address as it is, but unable to close its braces or start a command."""
    escapes = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", "\ufffd": ""}
    return "".join(escapes.get(char, char) for char in text)


def _names(item: Item) -> str:
    names = [_name(name) for name in item.get("author", [])]
    if item.get("custom", {}).get("more_authors"):
        names.append("others")
    return " and ".join(names)


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{encode(name['literal'])}}}"
    family = encode(name.get("family", ""))
    if any(word[0].islower() for word in name.get("family", "").split()):
        family = f"{{{family}}}"
    # BibTeX reads a capital first word as the name and what is lower case before it as "von".
    if particle := name.get("non-dropping-particle", ""):
        family = f"{encode(particle)} {family}"
    parts = [family, encode(name.get("suffix", "")), encode(name.get("given", ""))]
    return ", ".join(part for part in parts if part).replace(" and ", " {and} ")


def _pages(pages: str) -> str:
    # Written with an en dash, which ``encode`` turns into BibTeX's two hyphens.
    return re.sub(r"(?<=\w)[-–](?=\w)", "–", pages) if re.fullmatch(r"\w+[-–]\w+", pages) else pages


def title(text: str) -> str:
    """A title with braces around the words whose capitals a style must not lower (``{CLIP-Driven}``)."""
    words = curly(text).split()
    sentence_case = _is_sentence_case(words)
    protected = []
    starts = True
    for word in words:
        lead, core, tail = _split(word)
        keep = is_protected(core) or (sentence_case and not starts and core[:1].isupper())
        encoded = encode(core)
        if keep and encoded.startswith("\\"):
            # A group that starts with a backslash is BibTeX's "special character" and loses its capitals.
            encoded = f"{{{encoded}}}"
        protected.append(encode(lead) + (f"{{{encoded}}}" if keep else encoded) + encode(tail))
        starts = word.endswith((":", ".", "?", "!"))
    return " ".join(protected)


def is_protected(word: str) -> bool:
    """Whether a word's capitals carry meaning: ``nnU-Net``, ``3D``, ``X-ray``, but not ``Multi-Dataset``."""
    parts = re.split(r"[-‐‑–/]", word)
    for part in parts:
        letters = [char for char in part if char.isalpha()]
        if any(char.isupper() for char in part[1:]):
            return True
        if letters and letters[0].isupper() and (len(letters) < len(part) and any(char.isdigit() for char in part)):
            return True
        if len(parts) > 1 and len(part) == 1 and part.isupper():
            return True
    return False


def _split(word: str) -> tuple[str, str, str]:
    """Leading punctuation, the word itself, trailing punctuation."""
    match = re.match(r"^([^\w$\\]*)(.*?)([^\w$+#*]*)$", word, re.DOTALL)
    assert match
    return match[1], match[2], match[3]


_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "over",
        "than",
        "the",
        "to",
        "up",
        "via",
        "vs",
        "with",
    ]
)


def _is_sentence_case(words: list[str]) -> bool:
    inner = []
    starts = True
    for word in words:
        core = _split(word)[1]
        if not starts and core and core[0].isalpha() and core.casefold() not in _SMALL and not is_protected(core):
            inner.append(core[0].islower())
        starts = word.endswith((":", ".", "?", "!"))
    return any(inner) and sum(inner) * 2 >= len(inner)
