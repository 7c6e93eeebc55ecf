"""Completions of the word at the cursor: fields and values, each with the number of entries it would leave."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import islice

from msgspec import Struct

from mum_tui.search import rowset
from mum_tui.search.annotations import NO_ANNOTATIONS, AnnotatedRows, Annotations
from mum_tui.search.editing import condition
from mum_tui.search.grammar import ANNOTATION, BY_NAME, EVERY_NAME, FIELDS, TEXT
from mum_tui.search.index import Index
from mum_tui.search.parse import parse
from mum_tui.search.syntax import with_plain_signs
from mum_tui.search.values import Value, has_word_starting_with
from mum_tui.text import fold

MAX_COMPLETIONS = 12

_MAX_COUNTED = 200
"""The most values of a field whose rows are counted to find the most useful ones."""

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_OR_LATER = ".."
"""Written after a year: this year and all later ones."""

_AT_CURSOR = re.compile(r"""(?P<before>^|[\s(]|(?<=[\s(])-|^-)(?P<word>(?!-)(?:[\w-]+:)?(?:"[^"]*|[^\s("]*))$""")


class Completion(Struct, frozen=True):
    """One completion.

    Args:
        text: the query after completing.
        cursor: the cursor position in it, in characters.
        label: its text in a list.
        count: the entries that the completed query would match; for a field, the entries with any value of it.
    """

    text: str
    cursor: int
    label: str
    count: int


def complete(
    index: Index, text: str, cursor: int | None = None, annotations: Annotations = NO_ANNOTATIONS
) -> list[Completion]:
    """Completions of the word before the cursor (default: at the end), the most useful first.

    A word completes to a field (``mod`` → ``modality:``) or to a value (``dat`` → ``kind:dataset``); after a field
    and its colon, to the field's values. Completions that match nothing are left out.
    """
    cursor = len(text) if cursor is None else max(0, min(cursor, len(text)))
    return index.read_or_rebuild(lambda: _complete(index, text, cursor, annotations))


def _complete(index: Index, text: str, cursor: int, annotations: Annotations) -> list[Completion]:
    match = _AT_CURSOR.search(with_plain_signs(text)[:cursor])
    if match is None:
        return []
    start, word = match.start("word"), match["word"]
    rest = f"{text[:start].removesuffix('-')} {text[cursor:]}"
    annotated = index.annotated(annotations)
    within = index.finder.rows(parse(rest).tree, annotated)
    name, colon, prefix = word.partition(":")
    field = EVERY_NAME.get(name.lower()) if colon else None
    folded = " ".join(fold(prefix.lstrip('"')).split())

    def completion(added: str, label: str, count: int, space: str = " ") -> Completion:
        after = text[cursor:]
        added += space if space and not after.startswith(space) else ""
        return Completion(f"{text[:start]}{added}{after}", start + len(added), label, count)

    if field:
        values_of_field = _values(index, field.name, folded, within, annotated)
        return [completion(condition(field.name, value), label, count) for value, label, count in values_of_field]
    if colon or not word or word.startswith('"'):
        return []
    completions = [
        completion(f"{each.name}:", f"{each.name}:  {each.help}", _any_value(index, each.name, within, annotated), "")
        for each in FIELDS
        if any(name.startswith(word.lower()) for name in (each.name, *each.short))
    ]
    completions = [each for each in completions if each.count]
    wanted = fold(word)
    values = [
        (each.name, *value_of_field)
        for each in (FIELDS if len(word) > 1 else ())
        for value_of_field in _values(index, each.name, wanted, within, annotated)
    ]
    # Values whose name starts with the word come before values in which another word does.
    values.sort(
        key=lambda value: (not _has_name_with_prefix(value[2], wanted), value[1].endswith(_OR_LATER), -value[3])
    )
    completions += [
        completion(condition(name, value), f"{name}: {label}", count) for name, value, label, count in values
    ]
    return completions[:MAX_COMPLETIONS]


def _values(index: Index, field: str, prefix: str, within: int, annotated: AnnotatedRows) -> list[tuple[str, str, int]]:
    """Name, label and count of the values of a field that match ``prefix`` and leave at least one entry."""
    if BY_NAME[field].type == TEXT:
        return []
    if field == "usedby":
        return _users(index, prefix, within)
    in_order = field == "year"
    candidates = list(_candidates(index, field, prefix, annotated))
    if not in_order:
        candidates.sort(key=lambda pair: -pair[1])
    counted: list[tuple[str, str, int]] = []
    for value, most in candidates:
        # Sorted by the most rows a value can have: none that follows can leave more entries.
        if len(counted) >= MAX_COMPLETIONS and (in_order or most <= counted[MAX_COMPLETIONS - 1][2]):
            break
        if count := (_rows(index, field, value, annotated) & within).bit_count():
            counted.append((value.name, _label(value), count))
            if not in_order:
                counted.sort(key=lambda pair: -pair[2])
    if in_order and _YEAR.fullmatch(prefix):
        later = index.finder.rows(parse(f"year:{prefix}{_OR_LATER}").tree, annotated) & within
        if later and later.bit_count() > sum(count for _, _, count in counted):
            counted.append((f"{prefix}{_OR_LATER}", f"{prefix} and later", later.bit_count()))
    return counted[:MAX_COMPLETIONS]


def _users(index: Index, prefix: str, within: int) -> list[tuple[str, str, int]]:
    """The entries whose name starts with ``prefix``: id, label, and how many of the datasets in ``within`` they use."""
    used = index.finder.used
    rows = dict.fromkeys(
        index.finder.rows_by_name(prefix)[:_MAX_COUNTED] if prefix else islice(_distinct(used.keys), _MAX_COUNTED)
    )
    octets = rowset.octets(within, index.size)
    counts = [(row, rowset.count_in(octets, used.of(row))) for row in rows]
    users = nlargest(MAX_COMPLETIONS, (pair for pair in counts if pair[1]), key=lambda pair: pair[1])
    named = [(index.entries[row], count) for row, count in users]
    return [(entry.id, f"{entry.id}  {entry.name or entry.title}", count) for entry, count in named]


def _distinct(keys: Sequence[int]) -> Iterator[int]:
    """The distinct keys among sorted ``keys``."""
    at = 0
    while at < len(keys):
        yield keys[at]
        at = bisect_right(keys, keys[at], at)


def _candidates(index: Index, field: str, prefix: str, annotated: AnnotatedRows) -> Iterator[tuple[Value, int]]:
    """The values of a field that match ``prefix``, each with the most rows it can have; no row is read for it."""
    annotated_rows = annotated.tags if field == "tag" else {}
    listed: Collection[str] = ()
    if BY_NAME[field].type == ANNOTATION:
        annotated_rows = {name: annotated.conditions[f"{field}:{name}"] for name in annotated.values(field)}
    else:
        values = index.finder.values(field)
        listed = values.positions
        positions: Iterable[int] = values.starting_with(prefix) if prefix else range(len(listed))
        if field != "year":
            positions = nlargest(_MAX_COUNTED, positions, key=values.count)
        for position in positions:
            value = values.all[position]
            yield value, values.count(position) + annotated_rows.get(value.name, 0).bit_count()
    for name, rows in annotated_rows.items():
        if name not in listed and (not prefix or has_word_starting_with(prefix, fold(name))):
            yield Value(name, name, (name,)), rows.bit_count()


def _has_name_with_prefix(label: str, prefix: str) -> bool:
    return any(name.startswith(prefix) for name in fold(label).split("  "))


def _label(value: Value) -> str:
    return value.title if value.title == value.name else f"{value.name}  {value.title}"


def _rows(index: Index, field: str, value: Value, annotated: AnnotatedRows) -> int:
    rows = index.facet_rows(field, value.name, annotated)
    return rows | annotated.tags.get(value.name, 0) if field == "tag" else rows


def _any_value(index: Index, field: str, within: int, annotated: AnnotatedRows) -> int:
    """How many rows have any value of a field."""
    if BY_NAME[field].type == ANNOTATION:
        bits = 0
        for value in annotated.values(field):
            bits |= annotated.conditions[f"{field}:{value}"]
        return (bits & within).bit_count()
    if field == "note":
        return (rowset.of_rows(list(annotated.notes), index.size) & within).bit_count()
    if BY_NAME[field].type == TEXT or field == "usedby":
        return within.bit_count()
    return (index.finder.values(field).any & within).bit_count()
