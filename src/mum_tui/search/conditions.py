"""Turns the words, phrases and field values of a query into conditions."""

from __future__ import annotations

import re

from mum_tui import identifiers
from mum_tui.catalog.choices import KINDS
from mum_tui.patterns import Pattern
from mum_tui.reading_status import STATUSES
from mum_tui.search import dialects, syntax
from mum_tui.search.facets import AVAILABLE
from mum_tui.search.grammar import BY_NAME, CHOICES, YEAR
from mum_tui.search.nodes import Any, Identified, Node, Term, Years, all_of, any_of
from mum_tui.search.query import TYPING
from mum_tui.search.variants import other_spelling
from mum_tui.search.years import LAST, SHORT_SPAN, AddHint, year_value
from mum_tui.text import fold, spellings, words_apart


class Conditions:
    """Makes conditions; calls ``hint`` for what is incomplete or cannot be read."""

    def __init__(self, hint: AddHint) -> None:
        self.hint = hint

    def phrase(self, field: str, value: str) -> Node | None:
        """The condition that words are next to each other, or that ``field`` has this value."""
        if not value.strip() and field:
            self.no_value(field)
            return None
        if field and BY_NAME[field].type in CHOICES:
            return self.value(field, value)
        if field and BY_NAME[field].type == YEAR:
            return year_value(spellings(value)[0], self.hint)
        if field == "author":
            return self.names(value)
        if "|" in value and (parts := syntax.ALTERNATIVES.fullmatch(value)):
            return any_of(
                [
                    Term(_without_punctuation(spelling), field)
                    for part in parts[0].split("|")
                    for spelling in spellings(part)
                ]
            )
        spelled = [_without_punctuation(other) for spelling in spellings(value) for other in _both_spellings(spelling)]
        if not any(spelled):
            return None
        named = map(Identified, identifiers.read(value)) if field in ("", "id") and TELLING.search(value) else ()
        return any_of([*(Term(spelling, field) for spelling in spelled if spelling), *named])

    def names(self, value: str) -> Node | None:
        """The condition that all people in a list of names are authors."""
        every = []
        for name in dialects.split_authors(syntax.without_titles(value)):
            if spelled := [apart for spelling in spellings(name) if (apart := _without_punctuation(spelling))]:
                every.append(any_of([Term(spelling, "author") for spelling in spelled]))
        return all_of([*every]) if every else None

    def word(self, field: str, value: str) -> Node | None:
        """The condition that an entry, or its ``field``, contains an unquoted word; None if the word is incomplete."""
        if not field:
            if "\\s" in value and len(parts := syntax.split_pattern(value)) > 1:
                return all_of([word for part in parts if (word := self.word("", part))])
            spelled = _spellings_of_word(" ".join(syntax.bare(fold(value)).split()), syntax.bare(value))
            if not spelled or spelled == ["-"]:
                return None
            # A sign that folds to a space (``´``) splits a word in two.
            node = any_of(
                [
                    Term(_without_punctuation(other) if " " in other else other)
                    for spelling in spelled
                    for other in _both_spellings(spelling)
                ]
            )
            if value[:1] in "12" and (syntax.DATED.fullmatch(value) or SHORT_SPAN.fullmatch(value)):
                years = year_value(value, self.hint)
                return Any((node, years)) if years else node
            if value.isalpha():
                return node
            if number := identifiers.read(value.strip(",;.")):
                return Any((Term(identifiers.named(number[0])), *map(Identified, number)))
            repositories = identifiers.repositories(value)
            return Any((node, *map(Identified, repositories))) if repositories else node
        if not value.strip():
            self.no_value(field)
            return None
        if value in ("*", "?", "%"):
            return self.any_value(field)
        if BY_NAME[field].type in CHOICES or BY_NAME[field].type == YEAR:
            parts = [part for part in re.split(r"[,;|]", value) if part.strip()] or [value]
            every = [condition for part in parts if (condition := self.value(field, part)) is not None]
            return any_of(every) if every else None
        if field == "id" and (number := identifiers.read(value) or identifiers.repositories(value)):
            return any_of([Identified(identifier) for identifier in number])
        if len(parts := syntax.split_values(field, value)) > 1:
            return any_of([condition for part in parts if (condition := self.word(field, part)) is not None])
        value = syntax.bare_value(value)
        # A name matches whatever the punctuation of its initials and hyphens.
        spelled = [
            _without_punctuation(spelling) if " " in spelling or field == "author" else spelling
            for folded in _spellings_of_word(" ".join(fold(value).split()), value)
            for spelling in (_both_spellings(folded) if field == "title" else (folded,))
        ]
        return any_of([Term(spelling, field) for spelling in spelled]) if spelled else None

    def value(self, field: str, value: str) -> Node | None:
        """The condition that a field, whose values are listed or years, has this value; None if it is incomplete."""
        spelled = [syntax.without_wildcards(spelling) for spelling in spellings(value)]
        if BY_NAME[field].type == YEAR:
            return year_value(spelled[0], self.hint)
        field, spelled[0] = dialects.translated(field, spelled[0])
        if field == "is" and spelled[0] in KINDS:
            field = "kind"
        elif field == "is" and spelled[0] in AVAILABLE:
            field = "has"
        return any_of([Term(spelling, field) for spelling in spelled])

    def any_value(self, field: str) -> Node | None:
        """The condition that a field has any value; None for a field that does not support this."""
        if field == "year":
            return Years(1, LAST)
        if field in ("note", "tag"):
            return Term("noted" if field == "note" else "tagged", "is")
        if field == "status":
            return any_of([Term(status, "status") for status in STATUSES])
        self.no_value(field)
        return None

    def no_value(self, field: str) -> None:
        """Add a hint that a field needs a value."""
        self.hint(TYPING, f"{field}: needs a value, e.g. {BY_NAME[field].example}")


def _without_punctuation(folded: str) -> str:
    """A phrase without its punctuation; a phrase of one word (``"c++"``) is returned as it is."""
    apart = words_apart(folded)
    return apart if " " in apart else folded


def _both_spellings(spelling: str) -> tuple[str, ...]:
    """A folded word or phrase and, where it differs, its other spelling (British or American)."""
    if " " not in spelling:
        other = other_spelling(spelling)
        return (spelling, other) if other else (spelling,)
    words = spelling.split(" ")
    others = [other_spelling(word) or word for word in words]
    return (spelling,) if others == words else (spelling, " ".join(others))


def _spellings_of_word(folded: str, value: str) -> list[str]:
    """The spellings to search for: the folded word and, where that matches more, the word written out (``ü``: ue)."""
    if not folded or value.isascii():
        return [folded] if folded else []
    other = spellings(value)[-1]
    # Three letters occur in too many words.
    return [folded] if folded in other or len(other) <= 3 else [folded, other]


TELLING = Pattern(r"//|^@|^git@|^www\.|[a-z]\.[a-z]{2,}/|^(?:doi|arxiv)|^\d{4}\.\d{4,5}v\d", re.IGNORECASE)
"""Signs that only identifiers have; tested first, because this is fast."""
