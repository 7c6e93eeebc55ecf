"""Shared by ``status``, ``rate`` and ``tag``: printing or setting one field of annotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mum_tui import console
from mum_tui.catalog.model import Entry
from mum_tui.commands.opening import open_services, printable, save_library
from mum_tui.commands.selecting import annotation_of, find_annotated
from mum_tui.console import Exit

if TYPE_CHECKING:
    import argparse

    from mum_tui.services import Services


class FieldValues(NamedTuple):
    """The values of a field of annotations; ``by_word`` has them by the words on the command line."""

    field: str
    title: str
    by_word: Mapping[str, str | int | None]


def print_or_set(arguments: argparse.Namespace, values: FieldValues) -> Exit:
    """Set a field of entries to the value at the end of ``arguments.words``; without a value, print it."""
    *ids, last = arguments.words
    if last in values.by_word:
        if not ids:
            console.warn(f"name an entry: mum-tui {values.title.replace('rating', 'rate')} ID {last}")
            return Exit.USAGE
        services = open_services(arguments)
        return set_field(services, ids, values.field, values.by_word[last])
    services = open_services(arguments)
    if ids and _is_unknown(services, last):
        known = ", ".join(values.by_word)
        console.warn(f'"{printable(last)}" is neither the id of an entry nor a {values.title} ({known})')
        return Exit.USAGE
    return _print(services, arguments.words, values)


def _is_unknown(services: Services, word: str) -> bool:
    return word != "-" and word not in services.library.annotations and services.row_by_id.get(word.lower()) is None


def set_field(services: Services, ids: Sequence[str], field: str, value: str | int | None) -> Exit:
    """Set a field of these entries, and save."""
    targets = find_annotated(services, ids)
    if targets is None:
        return Exit.NOT_FOUND
    services.annotator.annotate(targets, field, value)
    return save_library(services)


def _print(services: Services, ids: Sequence[str], values: FieldValues) -> Exit:
    targets = find_annotated(services, ids)
    if targets is None:
        return Exit.NOT_FOUND
    console.warn_all(services.library.notices)
    for target in targets:
        name = target.id if isinstance(target, Entry) else printable(target)
        console.write(f"{name}\t{getattr(annotation_of(services, target), values.field) or 'none'}\n")
    return Exit.DONE
