"""Writes a draft entry as a block to paste into ``catalog.yaml``, and proofreads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mum_tui.bibliography.keys import citekey
from mum_tui.catalog.check.proofreading import TODO, proofread
from mum_tui.catalog.model import Catalog, Loaded, rows_by_id
from mum_tui.problems import Problem

ORDER = ("id", "kind", "section", "title", "name", "authors", "authors_complete", "date", "preprint", "published")
"""The order of keys in the file; any other key follows."""

_WANTED = {
    "name": "short name, if it has one",
    "authors": '["Family, Given", "van Family, Given"]',
    "date": "of the first public version: 2023-01-02, 2023-01 or 2023",
    "modalities": "[CT, MRI]",
    "dims": "[3D]",
    "tasks": "[segmentation]",
    "summary": "One sentence in your own words.",
    "verified": "[{of: [identity, venue], level: one-source}]",
    "sources": '["https://where.you/read-it"]',
}
"""Keys that every entry should have, each with an example."""


def complete(said: Mapping[str, Any], catalog: Catalog) -> dict[str, Any]:
    """A draft entry completed with a unique id, a section, and ``TODO`` for required fields without a value."""
    entry = {key: value for key, value in said.items() if value not in ("", [], {}, None)}
    entry.setdefault("kind", "paper")
    entry.setdefault("title", f"{TODO}: the full title")
    entry.setdefault("section", _first_section(catalog))
    entry["links"] = [dict(pairs) for pairs in dict.fromkeys(tuple(link.items()) for link in entry.get("links", ()))]
    if not entry["links"]:
        del entry["links"]
    entry.setdefault("id", _id(entry, catalog))
    order = {key: number for number, key in enumerate(ORDER)}
    return dict(sorted(entry.items(), key=lambda item: order.get(item[0], len(order))))


def _id(entry: Mapping[str, Any], catalog: Catalog) -> str:
    first = next(iter(entry.get("authors", ())), "")
    family = first.partition(",")[0] if isinstance(first, str) else str(first.get("organisation", ""))
    words = family.split()
    while len(words) > 1 and words[0][:1].islower():
        words.pop(0)
    name = str(entry.get("name", ""))
    title = name if entry["kind"] == "dataset" and name else str(entry["title"])
    year = str(entry.get("date", "") or _year(entry) or "")[:4]
    return citekey(" ".join(words), year, title, name, rows_by_id(catalog.entries))


def _year(entry: Mapping[str, Any]) -> int | str:
    for version in ("published", "record"):
        if year := entry.get(version, {}).get("year"):
            return int(year)
    return int(str(entry["date"])[:4]) if entry.get("date") else ""


def _first_section(catalog: Catalog) -> str:
    leaves = [section.id for top in catalog.sections for _, section in top.walk() if not section.children]
    return leaves[0] if leaves else "papers"


def write(entry: Mapping[str, Any], unsure: Sequence[str] = ()) -> str:
    """The block, indented as the entries of the catalog are; ``unsure`` keys are marked to be looked at."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes dates without quotes, as people do; the reader takes every value as text."""

    Dumper.yaml_implicit_resolvers = {
        char: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for char, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }
    lines: list[str] = []
    doi = entry.get("doi", "")
    for key, value in entry.items():
        if key == "doi":
            continue
        flow = None if isinstance(value, list | dict) else False
        text = yaml.dump(
            {key: value}, Dumper=Dumper, default_flow_style=flow, allow_unicode=True, sort_keys=False, width=112
        )
        first, *more = text.rstrip("\n").split("\n")
        lines += [f"{first}  # {TODO}: is this right?" if key in unsure else first]
        # Items of a list stand two deeper than their key.
        lines += [f"  {line}" if isinstance(value, list) else line for line in more]
    if doi and "published" not in entry:
        # A DOI alone does not tell what kind of publication it is of.
        lines.append(f"# {TODO} published: {{type: article-journal, container: …, year: …, doi: {doi}}}")
    lines += [f"# {TODO} {key}: {example}" for key, example in _WANTED.items() if key not in entry]
    head, *rest = lines
    return "".join([f"  - {head}\n", *(f"    {line}\n" for line in rest)])


def judge(block: str, catalog: Catalog) -> tuple[Loaded, list[Problem]]:
    """The block as it would be read in this catalog, and every problem with it; lines are those of the block."""
    import yaml

    from mum_tui.catalog.load import parse

    frame = {
        "schema": 1,
        "sections": [_written(section) for section in catalog.sections] or [{"id": "papers", "title": "Papers"}],
        "vocabularies": {
            key: {term.term: list(term.synonyms) for term in terms} for key, terms in catalog.vocabularies.items()
        },
    }
    head = yaml.safe_dump(frame, allow_unicode=True, sort_keys=False) + "entries:\n"
    above = head.count("\n")
    loaded = parse((head + block).encode("utf-8", "replace"), "new entry")
    whole = Catalog(catalog.title, catalog.sections, catalog.vocabularies, (*catalog.entries, *loaded.catalog.entries))
    new = {entry.id for entry in loaded.catalog.entries}
    problems = proofread(Loaded(whole, lines=loaded.lines), "new entry", only=new)
    return loaded, [problem._replace(line=max(problem.line - above, 0)) for problem in (*loaded.problems, *problems)]


def _written(section: Any) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "children": [_written(child) for child in section.children],
    }
