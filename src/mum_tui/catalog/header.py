"""Reads everything of a catalog file but its entries: schema, title, vocabularies and the tree of sections."""

from __future__ import annotations

from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node

from mum_tui.catalog import model
from mum_tui.catalog.compose import START, TOP_KEYS, unreadable
from mum_tui.catalog.nodes import Report, dotted, fields, integer, items, listing, pairs, quoted, text
from mum_tui.catalog.value_readers import identifier, texts
from mum_tui.problems import WARNING
from mum_tui.text import fold

SCHEMA = 1
VOCABULARIES = ("modalities", "dims", "tasks", "anatomy")


class Vocabularies:
    """The controlled vocabularies, by key; a key without one accepts any word."""

    def __init__(self, terms: dict[str, tuple[model.Term, ...]]) -> None:
        self.terms = terms
        self._canonical = {
            key: {fold(word): term.term for term in vocabulary_terms for word in (*term.synonyms, term.term)}
            for key, vocabulary_terms in terms.items()
        }

    def reader(self, vocabulary: str) -> Any:
        canonical = self._canonical.get(vocabulary)
        known = [term.term for term in self.terms.get(vocabulary, ())]

        def read(node: Node, key: str, report: Report) -> str | None:
            value = text(node, key, report)
            if not value or canonical is None:
                return value
            if (term := canonical.get(fold(value))) is not None:
                return term
            hint = report.suggestion(value, known) or f"add it to vocabularies.{vocabulary}"
            report.warn(node, key, f"{quoted(value)} is not in the vocabulary of {vocabulary}", hint)
            return value

        read_all = listing(read)
        return lambda node, key, report: tuple(dict.fromkeys(read_all(node, key, report)))


def vocabularies(node: Node, key: str, report: Report) -> Vocabularies:
    terms_by_name: dict[str, tuple[model.Term, ...]] = {}
    for key_node, name, value in pairs(node, key, report):
        if name not in VOCABULARIES:
            report.warn(key_node, dotted(key, name), "unknown vocabulary", report.suggestion(name, VOCABULARIES))
            continue
        where = dotted(key, name)
        if isinstance(value, MappingNode):
            terms_by_name[name] = tuple(
                model.Term(term, texts(synonyms, dotted(where, term), report))
                for _, term, synonyms in pairs(value, where, report)
            )
        else:
            terms_by_name[name] = tuple(model.Term(term) for term in texts(value, where, report))
    return Vocabularies(terms_by_name)


MAX_DEPTH = 8


def sections(node: Node, key: str, report: Report, seen: set[str], depth: int = 1) -> tuple[model.Section, ...]:
    """The section tree. Ids are added to ``seen``; one that is there already is an error."""
    read_sections: list[model.Section] = []
    for number, item in enumerate(items(node, key, report), 1):
        where = f"{key}[{number}]"
        below: tuple[model.Section, ...] = ()

        def children(node: Node, key: str, report: Report) -> None:
            nonlocal below
            if depth == MAX_DEPTH:
                report.error(node, key, f"sections nest deeper than {MAX_DEPTH} levels")
            else:
                below = sections(node, key, report, seen, depth + 1)

        readers = {"id": identifier, "title": text, "children": children}
        values = fields(item, where, report, readers, ["id", "title"])
        if values.get("id") in seen:
            report.error(item, where, f"section id {quoted(values['id'])} is used twice")
        if len(values) < 2 or values["id"] in seen:
            read_sections += below  # their ids are in ``seen``, and entries may refer to them
            continue
        seen.add(values["id"])
        read_sections.append(model.Section(values["id"], values["title"], below))
    return tuple(read_sections)


class Header(NamedTuple):
    title: str
    sections: tuple[model.Section, ...]
    section_ids: set[str]
    vocabularies: Vocabularies
    entries: Node | None


def read_header(node: Node, report: Report) -> Header:
    if not isinstance(node, MappingNode):
        raise unreadable(report.file, "is not a catalog: expected a mapping", START, report.line(node))
    top = {}
    for key_node, name, value in pairs(node, "", report):
        if name in TOP_KEYS:
            top[name] = value
        else:
            report.warn(key_node, quoted(name)[1:-1], "unknown key", report.suggestion(name, TOP_KEYS))
    if "entries" not in top:
        raise unreadable(
            report.file, "is not a catalog: it has no entries", "a catalog has the keys " + ", ".join(TOP_KEYS)
        )
    schema = integer()(top["schema"], "schema", report) if "schema" in top else None
    if schema is None:
        report.add(report.line(node), "schema", "is missing", f"write schema: {SCHEMA}", WARNING)
    elif schema > SCHEMA:
        message = f"schema {schema} is newer than this mum-tui understands ({SCHEMA})"
        raise unreadable(report.file, message, "update mum-tui", report.line(top["schema"]), "schema")
    ids: set[str] = set()
    return Header(
        (text(top["title"], "title", report) if "title" in top else None) or "",
        sections(top["sections"], "sections", report, ids) if "sections" in top else (),
        ids,
        vocabularies(top["vocabularies"], "vocabularies", report) if "vocabularies" in top else Vocabularies({}),
        top["entries"],
    )
