"""Readers of the values in ``catalog.yaml``: ids, dates, DOIs, names, links, uses, checks, sizes."""

from __future__ import annotations

import re
from datetime import date as calendar_date

from yaml.nodes import MappingNode, Node

from mum_tui.catalog import choices, model
from mum_tui.catalog.nodes import (
    Report,
    fields,
    integer,
    items,
    listing,
    matching,
    one_of,
    quoted,
    structure,
    text,
    url,
)

identifier = matching(r"[A-Za-z0-9][A-Za-z0-9._+-]*", "an id", "letters, digits and - only")
alias = matching(r"[^\s,{}\"'%#~\\]+", "an alias", "no white space and nothing that ends a citation key")
year = integer(1000, 2999)


def date(node: Node, key: str, report: Report) -> str | None:
    """A year, month or day: ``2023``, ``2023-01`` or ``2023-01-02``."""
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
    report.error(node, key, f"{quoted(value)} is not a date", "write 2023, 2023-01 or 2023-01-02")
    return None


def doi(node: Node, key: str, report: Report) -> str | None:
    """A DOI without resolver; a resolver in front of it is dropped with a warning."""
    value = text(node, key, report)
    if not value:
        return None
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", value, flags=re.IGNORECASE)
    if not re.fullmatch(r"10\.\d{4,9}/\S+", bare, re.ASCII):
        report.error(node, key, f"{quoted(value)} is not a DOI", "write 10.1234/abc")
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
        report.warn(node, key, f"{quoted(value)} is not split", 'write "Family, Given" or {organisation: …}')
        return model.Name(literal=value)
    if not family or len(rest) > 2:
        report.error(node, key, f"{quoted(value)} is not a name", 'write "Family, Given" or "Family, Given, Jr."')
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
    if value and value not in choices.RELS:
        report.warn(node, key, f"{quoted(value)} is no known type of link", report.suggestion(value, choices.RELS))
    return value


link = structure(
    model.Link, {"rel": link_type, "url": url, "label": text, "note": text, "formerly": url}, ["rel", "url"]
)
links = listing(link)


roles = listing(one_of(choices.ROLES, "a role"))
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
    model.Relation,
    {"entry": text, "how": one_of(choices.RELATION_OPPOSITES, "a relation"), "note": text},
    ["entry", "how"],
)

_CHECKED = {"level": one_of(choices.VERIFICATION_LEVELS, "a level of verification"), "one_source": texts, "note": text}
_check = structure(
    model.Verified,
    {
        "of": listing(one_of(choices.FIELD_GROUPS, "a group of fields")),
        "by": listing(one_of(choices.WITNESSES, "a kind of source")),
        "checked": date,
        **_CHECKED,
    },
    ["of", "level"],
)

_checks = listing(_check)


def verified(node: Node, key: str, report: Report) -> tuple[model.Verified, ...]:
    """A list of checks. A single mapping with a level, the older form, covers identity and venue."""
    if not isinstance(node, MappingNode):
        checks: tuple[model.Verified, ...] = _checks(node, key, report)
        for number, check in enumerate(checks, 1):
            if not check.of:
                report.error(
                    node, f"{key}[{number}].of", "names no group of fields", f"one of {', '.join(choices.FIELD_GROUPS)}"
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
