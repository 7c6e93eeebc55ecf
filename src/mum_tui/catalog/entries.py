"""What each key of ``catalog.yaml`` may hold: one reader per key, in the order of ``docs/catalog-schema.md``."""

from __future__ import annotations

import re
from datetime import date as calendar_date
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mum_tui.catalog import model
from mum_tui.catalog.csl_variables import DATES, NAMES
from mum_tui.catalog.nodes import (
    Report,
    boolean,
    dotted,
    fields,
    integer,
    is_null,
    items,
    listing,
    matching,
    one_of,
    pairs,
    paragraph,
    shown,
    structure,
    text,
    url,
)
from mum_tui.text import fold

VOCABULARIES = ("modalities", "dims", "tasks", "anatomy")

identifier = matching(r"[A-Za-z0-9][A-Za-z0-9._+-]*", "an id", "letters, digits and - only")
alias = matching(r"[^\s,{}\"'%#~\\]+", "an alias", "no white space and nothing that ends a citation key")
year = integer(1000, 2999)


def date(node: Node, key: str, report: Report) -> str | None:
    """``2023``, ``2023-01`` or ``2023-01-02``: as precise as it is known."""
    value = text(node, key, report)
    if not value:
        return None
    parts = value.split("-")
    if re.fullmatch(r"[12]\d{3}(-\d\d){0,2}", value, re.ASCII):
        try:
            calendar_date(*[int(part) for part in parts + ["01"] * (3 - len(parts))])
            return value
        except ValueError:
            pass
    report.error(node, key, f"{shown(value)} is not a date", "write 2023, 2023-01 or 2023-01-02")
    return None


def doi(node: Node, key: str, report: Report) -> str | None:
    """A DOI without resolver; a resolver in front of it is dropped with a warning."""
    value = text(node, key, report)
    if not value:
        return None
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", value, flags=re.IGNORECASE)
    if not re.fullmatch(r"10\.\d{4,9}/\S+", bare, re.ASCII):
        report.error(node, key, f"{shown(value)} is not a DOI", "write 10.1234/abc")
        return None
    if bare != value:
        report.warn(node, key, "a DOI is written without its resolver", f"write {bare}")
    return bare


def pages(node: Node, key: str, report: Report) -> str | None:
    """A page range or article number; an en dash is stored as a hyphen."""
    value = text(node, key, report)
    return value.replace("–", "-") if value else None


def name(node: Node, key: str, report: Report) -> model.Name | None:
    """``Family, Given``, ``particle Family, Given, Suffix`` or ``{organisation: …}``."""
    if isinstance(node, MappingNode):
        values = fields(node, key, report, {"organisation": text}, ["organisation"])
        return model.Name(literal=values["organisation"]) if values else None
    value = text(node, key, report)
    if not value:
        return None
    family, *rest = (part.strip() for part in value.split(","))
    if not rest:
        report.warn(node, key, f"{shown(value)} is not split", 'write "Family, Given" or {organisation: …}')
        return model.Name(literal=value)
    if not family or len(rest) > 2:
        report.error(node, key, f"{shown(value)} is not a name", 'write "Family, Given" or "Family, Given, Jr."')
        return None
    words = family.split()
    particle = []
    while len(words) > 1 and words[0][:1].islower():
        particle.append(words.pop(0))
    given, suffix = rest[0], rest[1] if len(rest) == 2 else ""
    return model.Name(" ".join(words), given, " ".join(particle), suffix)


names = listing(name)
texts = listing(text)


def link_type(node: Node, key: str, report: Report) -> str | None:
    value = text(node, key, report)
    if value and value not in model.RELS:
        report.warn(node, key, f"{shown(value)} is no known type of link", report.meant(value, model.RELS))
    return value


link = structure(
    model.Link, {"rel": link_type, "url": url, "label": text, "note": text, "formerly": url}, ["rel", "url"]
)
links = listing(link)


def in_reading_order(links: tuple[model.Link, ...], kind: str) -> tuple[model.Link, ...]:
    """Links with the one ``o`` opens first: a dataset's own page for datasets, the paper for the rest."""
    order = {rel: number for number, rel in enumerate(model.RELS)}
    if kind == "dataset":
        order["dataset"] = -1
    return tuple(sorted(links, key=lambda link: order.get(link.rel, len(order))))


roles = listing(one_of(model.ROLES, "a role"))
use = structure(model.Use, {"dataset": text, "name": text, "roles": roles, "note": text})


def uses(node: Node, key: str, report: Report) -> tuple[model.Use, ...]:
    uses = []
    for number, item in enumerate(items(node, key, report), 1):
        value = use(item, f"{key}[{number}]", report)
        if value is None or not (value.dataset or value.name):
            report.error(item, f"{key}[{number}]", "names no dataset", "write {dataset: id} or {name: text}")
        else:
            uses.append(value)
    return tuple(uses)


relation = structure(
    model.Relation, {"entry": text, "how": one_of(model.TIES, "a relation"), "note": text}, ["entry", "how"]
)

_CHECKED = {"level": one_of(model.LEVELS, "a level of verification"), "one_source": texts, "note": text}
_check = structure(
    model.Verified,
    {
        "of": listing(one_of(model.FIELD_GROUPS, "a group of fields")),
        "by": listing(one_of(model.WITNESSES, "a kind of source")),
        "checked": date,
        **_CHECKED,
    },
    ["of", "level"],
)

_checks = listing(_check)


def verified(node: Node, key: str, report: Report) -> tuple[model.Verified, ...]:
    """A list of checks; a single mapping with a level is the older spelling and speaks of identity and venue."""
    if not isinstance(node, MappingNode):
        checks: tuple[model.Verified, ...] = _checks(node, key, report)
        for number, check in enumerate(checks, 1):
            if not check.of:
                report.error(
                    node, f"{key}[{number}].of", "names no group of fields", f"one of {', '.join(model.FIELD_GROUPS)}"
                )
        return checks
    values = fields(node, key, report, _CHECKED, ["level"])
    return (model.Verified(of=("identity", "venue"), **values),) if "level" in values else ()


quantity = structure(model.Quantity, {"count": integer(), "unit": text, "text": text})
size = structure(
    model.Size,
    {
        "count": integer(),
        "unit": text,
        "train": integer(),
        "validation": integer(),
        "test": integer(),
        "text": text,
    },
)
training = structure(model.Training, {"datasets": integer(), "count": integer(), "unit": text, "text": text})


MAX_CSL_DEPTH = 6


def csl(node: Node, key: str, report: Report) -> dict[str, Any]:
    """Variables of a CSL item: text, or for names, dates and ``custom`` lists and mappings of text."""
    values: dict[str, Any] = {}
    if is_null(node):
        return values
    for _, name, value in pairs(node, key, report):
        where = dotted(key, name)
        if name in NAMES or name in DATES or name == "custom":
            read = _plain(value, where, report, 1)
            fits = _is_people if name in NAMES else _is_date if name in DATES else _is_mapping
            if read == "" or fits(read):
                values[name] = read
            else:
                what = "a list of names" if name in NAMES else "a date" if name in DATES else "a mapping"
                report.error(value, where, f"is not {what}", "as in CSL-JSON")
        else:
            values[name] = paragraph(value, where, report) or ""
    return values


def _is_people(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(name, dict) and all(isinstance(part, str) for part in name.values()) for name in value
    )


def _is_date(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    parts = value.get("date-parts", [[0]])
    return isinstance(parts, list) and all(
        isinstance(date, list) and date and all(type(part) is int for part in date) for date in parts
    )


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _plain(node: Node, key: str, report: Report, depth: int) -> Any:
    if depth == MAX_CSL_DEPTH:
        report.error(node, key, f"nests deeper than {MAX_CSL_DEPTH} levels")
        return ""
    if isinstance(node, MappingNode):
        return {
            name: _plain(value, dotted(key, name), report, depth + 1) for _, name, value in pairs(node, key, report)
        }
    if isinstance(node, SequenceNode):
        listed = items(node, key, report)
        return [_plain(item, f"{key}[{number}]", report, depth + 1) for number, item in enumerate(listed, 1)]
    value = paragraph(node, key, report) or ""
    # The numbers and truth values that CSL has: parts of a date, and whether a date is approximate.
    if isinstance(node, ScalarNode) and not node.style:
        if re.fullmatch(r"0|-?[1-9]\d{0,8}", value, re.ASCII) and node.tag == "tag:yaml.org,2002:int":
            return int(value)
        if node.tag == "tag:yaml.org,2002:bool" and value in ("true", "false"):
            return value == "true"
    return value


class Vocabularies:
    """Controlled vocabularies by key; a key without one accepts any word."""

    def __init__(self, terms: dict[str, tuple[model.Term, ...]]) -> None:
        self.terms = terms
        self._canonical = {
            key: {fold(word): term.term for term in listed for word in (*term.synonyms, term.term)}
            for key, listed in terms.items()
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
            hint = report.meant(value, known) or f"add it to vocabularies.{vocabulary}"
            report.warn(node, key, f"{shown(value)} is not in the vocabulary of {vocabulary}", hint)
            return value

        listed = listing(read)
        return lambda node, key, report: tuple(dict.fromkeys(listed(node, key, report)))


def vocabularies(node: Node, key: str, report: Report) -> Vocabularies:
    terms_by_name: dict[str, tuple[model.Term, ...]] = {}
    for key_node, name, value in pairs(node, key, report):
        if name not in VOCABULARIES:
            report.warn(key_node, dotted(key, name), "unknown vocabulary", report.meant(name, VOCABULARIES))
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
    """The section tree; ``seen`` collects the ids, so that none is given twice."""
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
            report.error(item, where, f"section id {shown(values['id'])} is used twice")
        if len(values) < 2 or values["id"] in seen:
            read_sections += below  # their ids are known by now, and entries may stand in them
            continue
        seen.add(values["id"])
        read_sections.append(model.Section(values["id"], values["title"], below))
    return tuple(read_sections)


class EntryReader:
    """Reads one entry of the ``entries`` list against the catalog's vocabularies."""

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
                "type": one_of(model.PUBLICATION_TYPES, "a type of publication"),
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
            "kind": one_of(model.KINDS, "a kind of entry"),
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
                model.Access, {"terms": one_of(model.ACCESS, "an access term"), "note": text}, ["terms"]
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
                    return shown(value.value)[1:-1]
        return ""
