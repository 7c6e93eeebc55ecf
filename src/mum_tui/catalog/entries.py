"""Reads one entry of ``catalog.yaml``: one reader per key, in the order of ``docs/catalog-schema.md``."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode

from mum_tui.catalog import choices, model
from mum_tui.catalog.csl_values import csl
from mum_tui.catalog.header import VOCABULARIES, Vocabularies
from mum_tui.catalog.nodes import Report, boolean, fields, is_null, listing, one_of, paragraph, quoted, structure, text
from mum_tui.catalog.value_readers import (
    alias,
    date,
    doi,
    identifier,
    links,
    names,
    pages,
    quantity,
    relation,
    size,
    texts,
    training,
    uses,
    verified,
    year,
)


def in_reading_order(links: tuple[model.Link, ...], kind: str) -> tuple[model.Link, ...]:
    """Links in the order of display, the main one first: a dataset's own page for datasets, else the paper."""
    order = {rel: number for number, rel in enumerate(choices.RELS)}
    if kind == "dataset":
        order["dataset"] = -1
    return tuple(sorted(links, key=lambda link: order.get(link.rel, len(order))))


class EntryReader:
    """Reads one item of the list ``entries``; words of the catalog's vocabularies become their preferred spelling."""

    required = ("id", "kind", "section", "title")

    def __init__(self, vocabularies: Vocabularies) -> None:
        preprint = structure(
            model.Preprint,
            {
                "id": text,
                "server": text,
                "primary_class": text,
                "date": date,
                "title": text,
                "authors": names,
            },
            ["id"],
        )
        published = structure(
            model.Published,
            {
                "type": one_of(choices.PUBLICATION_TYPES, "a type of publication"),
                "year": year,
                "container": text,
                "container_short": text,
                "venue": text,
                "date": date,
                "volume": text,
                "issue": text,
                "pages": pages,
                "series": text,
                "publisher": text,
                "doi": doi,
                "title": text,
                "authors": names,
            },
            ["type"],
        )
        record = structure(
            model.Record,
            {"publisher": text, "year": year, "doi": doi, "version": text, "title": text, "authors": names},
            ["publisher", "year"],
        )
        self.readers = {
            "id": identifier,
            "aliases": listing(alias),
            "kind": one_of(choices.KINDS, "a kind of entry"),
            "section": text,
            "sections": texts,
            "title": text,
            "name": text,
            "authors": names,
            "authors_complete": boolean,
            "date": date,
            "preprint": preprint,
            "published": published,
            "record": record,
            "links": links,
            **{key: vocabularies.reader(key) for key in VOCABULARIES},
            "tags": texts,
            "classes": quantity,
            "size": size,
            "training": training,
            "architecture": text,
            "licence": structure(model.Licence, {"code": text, "weights": text, "data": text}),
            "access": structure(
                model.Access, {"terms": one_of(choices.ACCESS, "an access term"), "note": text}, ["terms"]
            ),
            "uses": uses,
            "related": listing(relation),
            "summary": text,
            "notes": paragraph,
            "doubts": listing(structure(model.Doubt, {"field": text, "note": text}, ["field", "note"])),
            "verified": verified,
            "sources": texts,
            "added": date,
            "updated": date,
            "csl": csl,
        }

    def read(self, node: Node, number: int, report: Report) -> model.Entry | None:
        """The entry, or None when anything in it is an error."""
        label = self.label(node) or f"entries[{number}]"
        if is_null(node):
            report.error(node, label, "is empty")
            return None
        before = report.errors
        values = fields(node, label, report, self.readers, self.required)
        if report.errors > before:
            return None
        values["links"] = in_reading_order(values.get("links", ()), values["kind"])
        return model.Entry(**values)

    def label(self, node: Node) -> str:
        """The entry's id for messages, if it has a printable one."""
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if isinstance(key, ScalarNode) and key.value == "id" and isinstance(value, ScalarNode):
                    return quoted(value.value)[1:-1]
        return ""
