"""BibTeX: ASCII, one entry per item, safe in every style.

An arXiv preprint is ``@misc`` with ``howpublished`` (so that every classical style prints its number) beside
arXiv's own ``eprint``, ``archivePrefix`` and ``primaryClass``. ``doi``, ``url`` and ``eprint`` are raw.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mum_tui.citation.csl_item import CslItem, arxiv_id, custom, date_parts, names, text
from mum_tui.citation.latex import curly, encode, escape
from mum_tui.text import fold

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


def render(items: Iterable[CslItem]) -> str:
    """The items as BibTeX, separated by empty lines, ending in a line feed."""
    return "\n".join(_entry(item) for item in items)


def _entry(item: CslItem) -> str:
    kind = _TYPES.get(text(item, "type"), "misc")
    fields = Fields(ascii_only=True)
    fields.put_names(item)
    if kind == "misc" and not item.get("author"):
        # Without an author, styles that sort ask for a key.
        fields.put("key", text(item, "publisher") or text(item, "title"))
    fields.put_title(item)
    if kind in _CONTAINER:
        fields.put(_CONTAINER[kind], text(item, "container-title"))
    fields.put_place_in_container(item)
    arxiv = arxiv_id(item)
    if kind == "misc" and arxiv and text(item, "type") == "article":
        primary_class = custom(item, "primary_class")
        fields.put("howpublished", f"arXiv:{arxiv}" + (f" [{primary_class}]" if primary_class else ""))
    else:
        number = text(item, "number") if kind == "misc" else ""
        fields.put(_PUBLISHER.get(kind, "publisher"), " ".join(filter(None, [text(item, "publisher"), number])))
    fields.put("address", text(item, "publisher-place"))
    if parts := date_parts(item):
        fields.put("year", str(parts[0]))
    if len(parts) > 1:
        fields.put_macro("month", _MONTHS[parts[1] - 1])
    if version := text(item, "version"):
        fields.put("note", f"Version {version.removeprefix('v')}")
    fields.put_raw("doi", text(item, "DOI"))
    if arxiv:
        fields.put_raw("eprint", arxiv)
        fields.put("archivePrefix", "arXiv")
        fields.put_raw("primaryClass", custom(item, "primary_class"))
    fields.put_raw("url", text(item, "URL"))
    return fields.entry(kind, text(item, "id"))


class Fields:
    """The fields of an entry in the order they are put; empty values are left out.

    Args:
        ascii_only: letters beyond ASCII become LaTeX (8-bit BibTeX cuts UTF-8 initials in half).
    """

    def __init__(self, ascii_only: bool) -> None:
        self.encode: Callable[[str], str] = encode if ascii_only else escape
        self._fields: dict[str, str] = {}

    def put(self, name: str, value: str) -> None:
        if value:
            self._fields[name] = f"{{{self.encode(value)}}}"

    def put_raw(self, name: str, value: str) -> None:
        """An identifier or address, which no style expects to be escaped."""
        if value:
            self._fields[name] = f"{{{raw(value)}}}"

    def put_macro(self, name: str, value: str) -> None:
        self._fields[name] = value

    def put_title(self, item: CslItem) -> None:
        name = custom(item, "name")
        self._fields["title"] = f"{{{title(text(item, 'title'), self.encode, name)}}}"

    def put_names(self, item: CslItem) -> None:
        for role in ("author", "editor"):
            written = [_name(name, self.encode) for name in names(item, role)]
            if role == "author" and custom(item, "more_authors"):
                written.append("others")
            if written:
                self._fields[role] = f"{{{' and '.join(written)}}}"

    def put_place_in_container(self, item: CslItem) -> None:
        self.put("series", text(item, "collection-title"))
        self.put("volume", text(item, "volume"))
        self.put("number", text(item, "issue"))
        if pages := text(item, "page"):
            # BibTeX's two hyphens, which BibLaTeX understands too.
            ranged = re.fullmatch(r"(\w+)[-–](\w+)", pages)
            self._fields["pages"] = f"{{{f'{ranged[1]}--{ranged[2]}' if ranged else self.encode(pages)}}}"

    def entry(self, kind: str, key: str) -> str:
        width = max(map(len, self._fields))
        lines = [f"  {name:<{width}} = {value}" for name, value in self._fields.items()]
        return f"@{kind}{{{citekey(key)},\n" + ",\n".join(lines) + "\n}\n"


def citekey(key: str) -> str:
    """``key`` without what ends a citation key in BibTeX or LaTeX."""
    return re.sub(r"[^A-Za-z0-9_.:+/-]", "", fold(key) if not key.isascii() else key) or "item"


def raw(text: str) -> str:
    """An identifier or address as it is, but unable to close its braces or start a command (``^^5c`` is one to TeX)."""
    escapes = {"{": "%7B", "}": "%7D", "\\": "%5C", "^": "%5E", " ": "%20", "\ufffd": ""}
    return "".join(escapes.get(char, char) for char in text)


def _name(name: dict[str, str], encode: Callable[[str], str]) -> str:
    if "literal" in name:
        return f"{{{encode(name['literal'])}}}"
    family = encode(name.get("family", ""))
    if any(word[0].islower() for word in name.get("family", "").split()):
        family = f"{{{family}}}"
    # BibTeX reads a capital first word as the name and what is lower case before it as "von".
    particle = " ".join(filter(None, [name.get("dropping-particle", ""), name.get("non-dropping-particle", "")]))
    if particle:
        family = f"{encode(particle)} {family}"
    parts = [family, encode(name.get("suffix", "")), encode(name.get("given", ""))]
    return ", ".join(part for part in parts if part).replace(" and ", " {and} ")


def title(text: str, encode: Callable[[str], str] = encode, name: str = "") -> str:
    """A title with braces around the words whose capitals a style must not lower (``{CLIP-Driven}``).

    ``name`` is a word that is known to be one of them.
    """
    words = curly(text).split()
    sentence_case = _is_sentence_case(words)
    protected = []
    starts = True
    for word in words:
        lead, core, tail = _split(word)
        keep = (name != "" and core == name) or is_protected(core)
        keep = keep or (sentence_case and not starts and core[:1].isupper())
        encoded = encode(core)
        if keep and encoded.startswith("\\"):
            # A group that starts with a backslash is BibTeX's "special character" and loses its capitals.
            encoded = f"{{{encoded}}}"
        protected.append(encode(lead) + (f"{{{encoded}}}" if keep else encoded) + encode(tail))
        starts = word.endswith((":", ".", "?", "!"))
    return " ".join(protected)


def is_protected(word: str) -> bool:
    """Whether a word's capitals carry meaning: ``nnU-Net``, ``3D``, ``X-ray``, ``Europe``, not ``Multi-Dataset``."""
    parts = re.split(r"[-‐‑–/]", word)
    for part in parts:
        if re.sub("[’']s?$", "", part) in _PROPER:
            return True
        letters = [char for char in part if char.isalpha()]
        if any(char.isupper() for char in part[1:]):
            return True
        if letters and letters[0].isupper() and (len(letters) < len(part) and any(char.isdigit() for char in part)):
            return True
        if len(parts) > 1 and len(part) == 1 and part.isupper():
            return True
    return False


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


def _split(word: str) -> tuple[str, str, str]:
    """Leading punctuation, the word itself, trailing punctuation."""
    match = re.match(r"^([^\w$\\]*)(.*?)([^\w$+#*]*)$", word, re.DOTALL)
    assert match
    return match[1], match[2], match[3]


_SMALL = frozenset([
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or", "over",
    "than", "the", "to", "up", "via", "vs", "with",
])  # fmt: skip


def _is_sentence_case(words: list[str]) -> bool:
    inner = []
    starts = True
    for word in words:
        core = _split(word)[1]
        if not starts and core and core[0].isalpha() and core.casefold() not in _SMALL and not is_protected(core):
            inner.append(core[0].islower())
        starts = word.endswith((":", ".", "?", "!"))
    return any(inner) and sum(inner) * 2 >= len(inner)
