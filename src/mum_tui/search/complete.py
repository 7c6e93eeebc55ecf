"""What the word at the cursor can become: fields and values, with how many entries each would leave."""

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
from mum_tui.search.values import Value, begins_word
from mum_tui.text import fold

OFFERED = 12
"""The most completions offered."""

_TRIED = 200
"""The most values counted to find them."""

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_ON = ".."
"""Written behind a year: this year and all later ones."""

_AT_CURSOR = re.compile(r"""(?P<before>^|[\s(]|(?<=[\s(])-|^-)(?P<word>(?!-)(?:[\w-]+:)?(?:"[^"]*|[^\s("]*))$""")


class Completion(Struct, frozen=True):
    """One completion.

    Args:
        text: the query after completing.
        cursor: the cursor position in it, in characters.
        label: its text in a list.
        count: entries the box would then find; for a field, those that have any value of it.
    """

    text: str
    cursor: int
    label: str
    count: int


def complete(
    index: Index, text: str, cursor: int | None = None, annotations: Annotations = NO_ANNOTATIONS
) -> list[Completion]:
    """Completions of the word before the cursor (default: at the end), the most useful first.

    A word becomes a field (``mod`` → ``modality:``) or a value it begins (``dat`` → ``kind:dataset``); behind a field
    and its colon stand the field's values. Completions that match nothing are left out.
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
    name, colon, begun = word.partition(":")
    field = EVERY_NAME.get(name.lower()) if colon else None
    folded = " ".join(fold(begun.lstrip('"')).split())

    def made(more: str, label: str, count: int, space: str = " ") -> Completion:
        behind = text[cursor:]
        more += space if space and not behind.startswith(space) else ""
        return Completion(f"{text[:start]}{more}{behind}", start + len(more), label, count)

    if field:
        values_of_field = _values(index, field.name, folded, within, annotated)
        return [made(condition(field.name, value), label, count) for value, label, count in values_of_field]
    if colon or not word or word.startswith('"'):
        return []
    offered = [
        made(f"{each.name}:", f"{each.name}:  {each.help}", _any_value(index, each.name, within, annotated), "")
        for each in FIELDS
        if any(name.startswith(word.lower()) for name in (each.name, *each.short))
    ]
    offered = [completion for completion in offered if completion.count]
    wanted = fold(word)
    values = [
        (each.name, *value_of_field)
        for each in (FIELDS if len(word) > 1 else ())
        for value_of_field in _values(index, each.name, wanted, within, annotated)
    ]
    # Values with exactly this name come before values with a similar word.
    values.sort(key=lambda offer: (not _is_called(offer[2], wanted), offer[1].endswith(_ON), -offer[3]))
    offered += [made(condition(name, value), f"{name}: {label}", count) for name, value, label, count in values]
    return offered[:OFFERED]


def _values(index: Index, field: str, begun: str, within: int, annotated: AnnotatedRows) -> list[tuple[str, str, int]]:
    """Name, label and count of the values of a field that ``begun`` begins and that leave something."""
    if BY_NAME[field].type == TEXT:
        return []
    if field == "usedby":
        return _users(index, begun, within)
    in_order = field == "year"
    fitting = list(_begun(index, field, begun, annotated))
    if not in_order:
        fitting.sort(key=lambda pair: -pair[1])
    counted: list[tuple[str, str, int]] = []
    for value, most in fitting:
        # What is left cannot have more than this one.
        if len(counted) >= OFFERED and (in_order or most <= counted[OFFERED - 1][2]):
            break
        if count := (_rows(index, field, value, annotated) & within).bit_count():
            counted.append((value.name, _label(value), count))
            if not in_order:
                counted.sort(key=lambda pair: -pair[2])
    if in_order and _YEAR.fullmatch(begun):
        later = index.finder.rows(parse(f"year:{begun}{_ON}").tree, annotated) & within
        if later and later.bit_count() > sum(count for _, _, count in counted):
            counted.append((f"{begun}{_ON}", f"{begun} and later", later.bit_count()))
    return counted[:OFFERED]


def _users(index: Index, begun: str, within: int) -> list[tuple[str, str, int]]:
    """Ids of entries whose name ``begun`` begins, with their names and how many datasets that are left they use."""
    used = index.finder.used
    rows = dict.fromkeys(index.finder.named(begun)[:_TRIED] if begun else islice(_different(used.keys), _TRIED))
    users = []
    for row in rows:
        if count := (rowset.of_rows(list(used.of(row)), index.size) & within).bit_count():
            entry = index.entries[row]
            users.append((entry.id, f"{entry.id}  {entry.name or entry.title}", count))
    return nlargest(OFFERED, users, key=lambda user: user[2])


def _different(keys: Sequence[int]) -> Iterator[int]:
    """The different ones of sorted ``keys``."""
    at = 0
    while at < len(keys):
        yield keys[at]
        at = bisect_right(keys, keys[at], at)


def _begun(index: Index, field: str, begun: str, annotated: AnnotatedRows) -> Iterator[tuple[Value, int]]:
    """The values of a field that ``begun`` begins, each with the most rows it can have; no row is read for it."""
    annotated_rows = annotated.tags if field == "tag" else {}
    listed: Collection[str] = ()
    if BY_NAME[field].type == ANNOTATION:
        annotated_rows = {name: annotated.conditions[f"{field}:{name}"] for name in annotated.values(field)}
    else:
        values = index.finder.values(field)
        listed = values.positions
        positions: Iterable[int] = values.beginning(begun) if begun else range(len(listed))
        if field != "year":
            positions = nlargest(_TRIED, positions, key=values.count)
        for position in positions:
            value = values.all[position]
            yield value, values.count(position) + annotated_rows.get(value.name, 0).bit_count()
    for name, rows in annotated_rows.items():
        if name not in listed and (not begun or begins_word(begun, fold(name))):
            yield Value(name, name, (name,)), rows.bit_count()


def _is_called(label: str, begun: str) -> bool:
    return any(name.startswith(begun) for name in fold(label).split("  "))


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
