"""The query language in one table, for the parser, the help in the browser, ``list --help`` and ``docs/query.md``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class FieldType(StrEnum):
    """How the value of a field is interpreted."""

    TEXT = "text"
    """Words and phrases searched for in the text of the field."""
    VALUE = "value"
    """One of a list of values; the start of one of its words is enough."""
    YEAR = "year"
    """A year, its first digits, or a range."""
    ANNOTATION = "annotation"
    """A condition on the user's annotations, from a fixed list."""


TEXT, VALUE, YEAR, ANNOTATION = FieldType

CHOICES = (VALUE, ANNOTATION)
"""The types whose values are from a list."""


class Field(Struct, frozen=True):
    """A field of the query language, written before a colon.

    Args:
        name: its full name.
        short: other spellings, the shortest first.
        type: how its value is interpreted.
        help: what it searches for.
        example: a condition as the user would type it.
        closed: whether its values are a fixed list, so that any other value is a mistake.
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
    Field("year", ("y",), YEAR, "a year, its first digits, or a range", "year:2022..2024", closed=True),
    Field("kind", ("k", "type"), VALUE, "paper, dataset, model …", "kind:dataset", closed=True),
    Field("section", ("sec",), VALUE, "a section and its subsections", "section:sam", closed=True),
    Field("modality", ("mod", "modalities"), VALUE, "imaging modality", "modality:mri", closed=True),
    Field("dims", ("dim",), VALUE, "2D, 3D …", "dims:3d", closed=True),
    Field(
        "task", ("ta", "tasks"), VALUE, "what is done: segmentation, registration …", "task:registration", closed=True
    ),
    Field("anatomy", ("an", "organ"), VALUE, "part of the body", "anatomy:liver", closed=True),
    Field("uses", ("us",), VALUE, "trained or tested on this dataset", "uses:btcv"),
    Field("usedby", ("ub", "used-by"), VALUE, "the datasets this entry uses", "usedby:liu2023clip"),
    Field("licence", ("li", "license"), VALUE, "of code, weights or data", "license:mit"),
    Field("has", ("h",), VALUE, "a link or other information; open: code and weights", "-has:code", closed=True),
    Field("tag", ("tg", "tags"), VALUE, "a tag of the catalog or one of yours", "tag:nnu-net"),
    Field("note", ("no", "notes"), TEXT, "in your note", "note:compare"),
    Field("status", ("st",), ANNOTATION, "your reading status: to-read, reading, read", "status:reading", closed=True),
    Field("is", (), ANNOTATION, "bookmarked, unread, noted …", "is:bookmarked", closed=True),
    Field("id", ("doi", "arxiv"), TEXT, "in the id, an alias, the DOI or the preprint number", "id:btcv"),
)

BY_NAME: Mapping[str, Field] = {name: field for field in FIELDS for name in (field.name, *field.short)}
"""The fields by every spelling that the help lists."""

_IN_OTHER_TOOLS = {
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
    **{other: BY_NAME[name] for name, others in _IN_OTHER_TOOLS.items() for other in others},
}
"""The fields by every spelling, with the names that other catalogs and search tools use."""

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
"""The fields with which other tools search all texts."""


class Form(Struct, frozen=True):
    """A way to write a query, by example, and what it matches."""

    example: str
    help: str


FORMS: tuple[Form, ...] = (
    Form("zhou clip 2023", "all three words, anywhere, in any order; a part of a word is enough"),
    Form('"organ segmentation"', "these words next to each other, whatever punctuation is between them"),
    Form("-survey", "excludes; may precede any term here; also NOT survey and !survey"),
    Form("sam OR medsam", "either one (in capitals); also sam | medsam"),
    Form("(ct OR mri) -kind:survey", "parentheses group"),
    Form("kind:dataset", "a field; in quotes where its value has spaces"),
    Form("year:2022..2024", "from, to, both inclusive; also year>=2023, 2022..2024, 2022.., 2022+"),
    Form("https://arxiv.org/abs/2301.00785", "a pasted DOI, address, arXiv number, @key or citation"),
)
"""The query language without the fields."""


def examples() -> list[str]:
    """The examples of all forms and fields."""
    return [*(form.example for form in FORMS), *(field.example for field in FIELDS)]


def plain() -> str:
    """The query language as lines of plain text, for help in a terminal."""
    width = max(len(example) for example in examples())
    lines = [f"  {form.example:<{width}}  {form.help}" for form in FORMS]
    for field in FIELDS:
        short = f" ({', '.join(field.short)})" if field.short else ""
        lines.append(f"  {field.example:<{width}}  {field.name}{short}: {field.help}")
    return "\n".join(lines) + "\n"
