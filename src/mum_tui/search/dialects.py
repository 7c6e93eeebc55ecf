"""Translates the field names and values of other search tools into those of this program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_TAGS = {
    "title": ("ti", "title", "article title", "document title", "tt"),
    "author": (
        "au",
        "author",
        "authors",
        "fau",
        "1au",
        "author - first",
        "author - last",
        "lastau",
        "full author name",
    ),
    "year": ("dp", "pdat", "edat", "crdt", "date - publication", "publication date", "pubdate", "year", "py"),
    "venue": ("ta", "so", "journal", "jour", "source", "venue"),
    "kind": ("pt", "ptyp", "publication type", "kind", "type"),
    "id": ("doi", "aid", "lid", "pmid", "article identifier", "id"),
    "": (
        *("tiab", "title/abstract", "tw", "text word", "text words", "all", "all fields", "ab", "abstract", "ot", "kw"),
        *("mesh", "mesh terms", "mesh major topic", "majr", "mh", "sh", "nm", "other term", "mesh:noexp", "tiab:~2"),
    ),
}
_FIELD_BY_TAG: Mapping[str, str] = {tag: field for field, tags in _TAGS.items() for tag in tags}


def field_of_tag(tag: str, names: Mapping[str, str]) -> str | None:
    """The field of a PubMed tag, as in ``liver[ti]``.

    Args:
        tag: the text in the brackets.
        names: the fields by every spelling.

    Returns: the field, an empty string for a tag that searches everywhere, or None if it is not a tag.
    """
    tag = " ".join(tag.lower().split())
    return _FIELD_BY_TAG.get(tag, names.get(tag))


_VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kind": {"survey": ("review", "reviews"), "paper": ("article", "articles", "publication", "journalarticle")},
    "has": {
        "code": ("github", "repo", "repository", "source", "implementation", "git"),
        "weights": ("model", "models", "checkpoint", "checkpoints", "weight", "huggingface", "hf"),
        "data": ("datasets", "images"),
        "paper": ("pdf", "fulltext", "publication"),
        "preprint": ("arxiv",),
        "licence": ("license",),
    },
    "is": {
        "bookmarked": ("bookmark", "bookmarks", "starred", "star", "fav", "favorite", "favourite", "saved", "flagged"),
        "to-read": ("todo", "queued", "later"),
        "reading": ("started", "current"),
        "read": ("done", "finished", "seen"),
        "unread": ("unseen",),
        "noted": ("annotated", "commented"),
    },
    "status": {
        "to-read": ("todo", "queued", "later"),
        "reading": ("started", "current"),
        "read": ("done", "finished", "seen"),
    },
}
_VALUE_BY_WORD = {
    field: {word: value for value, words in values.items() for word in words} for field, values in _VALUES.items()
}
_ANNOTATED = {"note": "noted", "tags": "tagged", "tag": "tagged", "rating": "rated", "stars": "rated"}


def translated(field: str, value: str) -> tuple[str, str]:
    """A field and its folded value in this program's words: ``has:github`` means ``has:code``."""
    if field == "status" and value in ("unread", "unseen"):
        return "is", "unread"
    if field == "has" and value in _ANNOTATED:
        return "is", _ANNOTATED[value]
    if field == "has" and value in ("bookmark", "star"):
        return "is", "bookmarked"
    return field, _VALUE_BY_WORD.get(field, {}).get(value, value)


def split_authors(value: str) -> Iterator[str]:
    """The names in a list of authors (``Isensee F, Jaeger PF``, ``Isensee and Jaeger``); ``Isensee, Fabian`` is one
    name."""
    parts = [part.strip() for part in value.replace("&", ";").replace(" and ", ";").split(";")]
    for part in filter(None, parts):
        people = [person.strip() for person in part.split(",")]
        is_list = len(people) > 1 and all(" " in person for person in people)
        yield from people if is_list else (part,)
