"""The query language in one table: the parser, the help in the browser, ``list --help`` and ``docs/query.md``
are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class FieldType(StrEnum):
    """How the value behind a field is understood."""

    TEXT = "text"
    """Words and phrases looked for inside a field's text."""
    VALUE = "value"
    """One of a list of values; the beginning of one of its words is enough."""
    YEAR = "year"
    """A number, the beginning of one, or a range."""
    ANNOTATION = "annotation"
    """A condition on the user's annotations."""


TEXT, VALUE, YEAR, ANNOTATION = FieldType

CHOICES = (VALUE, ANNOTATION)
"""Types whose values are chosen from a list."""


class Field(Struct, frozen=True):
    """What can stand before a colon.

    Args:
        name: how it is written in full.
        short: other spellings, the shortest first.
        type: how its value is understood.
        help: what it asks for.
        example: a condition as one would type it.
        closed: its values are a fixed list, so that any other is a mistake.
    """

    name: str
    short: tuple[str, ...]
    type: FieldType
    help: str
    example: str
    closed: bool = False


FIELDS: tuple[Field, ...] = (
    Field("author", ("au", "by", "authors"), TEXT, "a name among the authors, also by initials", 'author:"zhang y"'),
    Field("title", ("ti", "name"), TEXT, "in the title or the short name", 'title:"few-shot"'),
    Field("venue", ("ve", "in", "journal"), TEXT, "where it was published", "venue:miccai"),
    Field("year", ("y",), YEAR, "the year, its beginning, or a range", "year:2022..2024", closed=True),
    Field("kind", ("k", "type"), VALUE, "paper, dataset, model …", "kind:dataset", closed=True),
    Field("section", ("sec",), VALUE, "a section and all that is below it", "section:sam", closed=True),
    Field("modality", ("mod", "modalities"), VALUE, "how the images were made", "modality:mri", closed=True),
    Field("dims", ("dim",), VALUE, "2D, 3D …", "dims:3d", closed=True),
    Field("task", ("ta", "tasks"), VALUE, "what it does", "task:registration", closed=True),
    Field("anatomy", ("an", "organ"), VALUE, "which part of the body", "anatomy:liver", closed=True),
    Field("uses", ("us",), VALUE, "trained or tested on this dataset", "uses:btcv"),
    Field("usedby", ("ub", "used-by"), VALUE, "the datasets this entry uses", "usedby:liu2023clip"),
    Field("licence", ("li", "license"), VALUE, "of code, weights or data", "license:mit"),
    Field("has", ("h",), VALUE, "a link or fact of this type; open: code and weights", "-has:code", closed=True),
    Field("tag", ("tg", "tags"), VALUE, "a tag of the catalog's or of yours", "tag:nnu-net"),
    Field("note", ("no", "notes"), TEXT, "in your own note", "note:compare"),
    Field(
        "status", ("st",), ANNOTATION, "how far you have read: to-read, reading, read", "status:reading", closed=True
    ),
    Field("is", (), ANNOTATION, "bookmarked, unread, noted …", "is:bookmarked", closed=True),
    Field("id", ("doi", "arxiv"), TEXT, "in the id, its aliases, the DOI or the preprint's number", "id:btcv"),
)

BY_NAME: Mapping[str, Field] = {name: field for field in FIELDS for name in (field.name, *field.short)}
"""Fields by every spelling of their name that the help lists."""

_ELSEWHERE = {
    "author": (
        "inauthor",
        "allinauthor",
        "aut",
        "auth",
        "people",
        "firstauthor",
        "first-author",
        "lastauthor",
        "creator",
        "from",
    ),
    "title": ("intitle", "allintitle", "titles", "subject", "shorttitle"),
    "venue": (
        "conference",
        "booktitle",
        "publication",
        "container",
        "publisher",
        "source",
        "pub",
        "so",
        "jo",
        "srctitle",
        "publicationtitle",
    ),
    "year": (
        *("date", "years", "pubyear", "py", "published", "yr", "created", "pushed", "updated", "issued", "dp", "pdat"),
        *("pubdate", "publication_year", "publicationyear", "publication-year", "publication_date"),
    ),
    "kind": ("kinds", "types", "doctype", "pt", "entrytype", "itemtype"),
    "section": ("category", "cat", "sections", "topic", "collection"),
    "dims": ("dimension", "dimensions"),
    "anatomy": ("organs", "bodypart"),
    "uses": ("dataset", "datasets", "data", "trainedon"),
    "has": ("with",),
    "tag": ("keyword", "keywords", "kw", "label", "labels"),
    "note": ("comment", "comments"),
    "licence": ("licenses", "licences"),
    "id": (
        "key",
        "cite",
        "citekey",
        "citationkey",
        "eprint",
        "ids",
        "url",
        "link",
        "arxivid",
        "repo",
        "repository",
        "github",
    ),
}
EVERY_NAME: Mapping[str, Field] = {
    **BY_NAME,
    **{other: BY_NAME[name] for name, others in _ELSEWHERE.items() for other in others},
}
"""Fields by the names that other catalogs and search tools use."""

ANYWHERE = (
    "all",
    "any",
    "abstract",
    "abs",
    "text",
    "fulltext",
    "body",
    "summary",
    "ti-abs",
    "q",
    "ts",
    "intext",
    "allintext",
    "anyfield",
    "title-abs-key",
    "ti-ab",
    "tiab",
    "contents",
    "content",
)
"""What other tools write before words that may stand anywhere."""


class Form(Struct, frozen=True):
    """A way to write a query and what it finds."""

    example: str
    help: str


FORMS: tuple[Form, ...] = (
    Form("zhou clip 2023", "all three words, anywhere, in any order; the beginning or middle of a word is enough"),
    Form('"organ segmentation"', "these words next to each other, whatever punctuation is between them"),
    Form("-survey", "excludes; may precede any term here; also NOT survey and !survey"),
    Form("sam OR medsam", "either one (in capitals); also sam | medsam"),
    Form("(ct OR mri) -kind:survey", "parentheses group"),
    Form("kind:dataset", "a field; in quotes where its value has spaces"),
    Form("year:2022..2024", "from, to, both inclusive; also year>=2023, 2022..2024, 2022.., 2022+"),
    Form("https://arxiv.org/abs/2301.00785", "what is pasted: a DOI, an address, an arXiv number, @key, a citation"),
)
"""The query language without its fields."""


def examples() -> list[str]:
    """Every example of the tables."""
    return [*(form.example for form in FORMS), *(field.example for field in FIELDS)]


def plain() -> str:
    """The language as lines of text, for a help on a terminal."""
    width = max(len(example) for example in examples())
    lines = [f"  {form.example:<{width}}  {form.help}" for form in FORMS]
    for field in FIELDS:
        short = f" ({', '.join(field.short)})" if field.short else ""
        lines.append(f"  {field.example:<{width}}  {field.name}{short}: {field.help}")
    return "\n".join(lines) + "\n"
