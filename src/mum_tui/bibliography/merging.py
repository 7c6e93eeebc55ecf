"""Finds records of one work by DOI, arXiv number or title, and merges them; says which ones it keeps apart."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from mum_tui.bibliography.records import Record
from mum_tui.citation import csl_dates, csl_tags
from mum_tui.text import fold


class Told(NamedTuple):
    """What was done with a record that looks like an earlier one."""

    earlier: Record
    other: Record
    why: str
    differences: tuple[str, ...] = ()
    merged: bool = True

    @property
    def message(self) -> str:
        """The same as a message of one line."""
        key, other = self.earlier.key or _named(self.earlier), self.other.key or _named(self.other)
        if not self.merged:
            what = ", ".join(self.differences) or "another title"
            return f"{other} (line {self.other.line}): {self.why} as {key}, but {what}; both are kept"
        says = f"; it says otherwise: {', '.join(self.differences)}" if self.differences else ""
        return f"{other} (line {self.other.line}) is {key}: {self.why}{says}"


def _named(record: Record) -> str:
    """How messages name a record without a key."""
    title = str(record.item.get("title", ""))
    return f"“{title[:60]}”" if title else "a record"


SHORTEST_TITLE = 12
"""A shorter title, in letters, is no sign that two records are one work."""


def merged(records: list[Record]) -> tuple[list[Record], list[Told]]:
    """The records without repetitions, in order, and what was done. Takes linear time."""
    known: dict[str, Record] = {}
    distinct: list[Record] = []
    told: list[Told] = []
    for record in records:
        identities = _identities(record)
        earlier = next(((known[identity], why) for identity, why in identities if identity in known), None)
        if earlier is not None:
            apart = _apart(earlier[0], record, by_title=earlier[1].startswith("the same title"))
            if apart:
                told.append(Told(earlier[0], record, earlier[1], tuple(apart), merged=False))
                earlier = None
        if earlier is not None and _kind(earlier[0]) == _kind(record):
            target, why = earlier
            told.append(Told(target, record, why, tuple(_merge(target, record))))
        else:
            target = record
            distinct.append(record)
        for identity, _ in identities:
            known.setdefault(identity, target)
    return distinct, told


def _identities(record: Record) -> list[tuple[str, str]]:
    """Identifiers that two records of one work share, the surest first, each with its name in messages."""
    item = record.item
    identities = []
    if doi := str(item.get("DOI", "")).lower():
        identities.append((f"doi:{doi}", "the same DOI"))
    if number := item.get("custom", {}).get("arxiv_id"):
        identities.append((f"arxiv:{number}", "the same arXiv number"))
    title = _title(record)
    if len(title) >= SHORTEST_TITLE:
        people = item.get("author") or item.get("editor") or [{}]
        family = fold(people[0].get("family") or people[0].get("literal", ""))
        year = csl_dates.year(item["issued"]) if item.get("issued") else None
        if family and year:
            identities.append((f"title:{title}:{family}:{year}", "the same title, author and year"))
        elif not family or not year:
            identities.append((f"title:{title}", "the same title"))
    return identities


def _apart(first: Record, second: Record, by_title: bool) -> list[str]:
    """In words, why two records are two works after all; empty where they are one.

    Works that share only the title must agree on where they were published, too.
    """
    if _title(first) and _title(second) and not _same_title(first, second):
        return ["another title"]
    if not by_title:
        return []
    numbers = [record.item.get("custom", {}).get("arxiv_id", "") for record in (first, second)]
    differences = ["another arXiv number"] if all(numbers) and numbers[0] != numbers[1] else []
    variables: tuple[str, ...] = ("DOI", "ISBN", "volume", "issue", "page", "number", "edition", "container-title")
    if "article" in (first.item["type"], second.item["type"]):
        variables = ("ISBN", "edition")  # a preprint and its publication differ in all others
    elif first.item["type"] != second.item["type"]:
        differences.append("another type")
    for variable in variables:
        value, other = first.item.get(variable), second.item.get(variable)
        if value and other and _differs(value, other):
            differences.append(f"another {variable}")
    one_date, other_date = first.item.get("issued", {}), second.item.get("issued", {})
    if one_date.get("date-parts") and other_date.get("date-parts") and _differs(one_date, other_date):
        differences.append("another date")
    return differences


_NO_LETTERS = re.compile(r"\W+")


def _title(record: Record) -> str:
    return _NO_LETTERS.sub("", fold(csl_tags.without_tags(str(record.item.get("title", "")))))


def _same_title(first: Record, second: Record) -> bool:
    title, other = _title(first), _title(second)
    return title == other or (
        len(title) > 10 and len(other) > 10 and (title.startswith(other) or other.startswith(title))
    )


def _kind(record: Record) -> str:
    return record.kind or {"dataset": "dataset", "software": "tool"}.get(record.item["type"], "paper")


def _merge(target: Record, other: Record) -> list[str]:
    """Add to ``target`` what only ``other`` has. Returns in words what they disagree about."""
    differences: list[str] = []
    preprint, published = _as_pair(target, other)
    if preprint is not None and published is not None:
        custom = {**published.item.get("custom", {})}
        for key in ("arxiv_id", "primary_class"):
            if value := preprint.item.get("custom", {}).get(key):
                custom.setdefault(key, value)
        if date := csl_dates.iso(preprint.item.get("issued", {})):
            target.release = date
        item = {**published.item, "custom": custom}
        for variable in ("author", "abstract", "keyword", "language"):
            if variable in preprint.item:
                item.setdefault(variable, preprint.item[variable])
        target.item, target.literal = item, published.literal
    else:
        for variable, value in other.item.items():
            if variable == "custom":
                target.item["custom"] = _custom(target.item.get("custom", {}), value)
            elif variable not in target.item or target.item[variable] in ("", [], {}):
                target.item[variable] = value
            elif _differs(target.item[variable], value) and variable not in ("title", "type"):
                differences.append(f"{variable} {_shown(value)}")
    target.tags += [tag for tag in other.tags if tag not in target.tags]
    target.notes = target.notes or other.notes
    target.summary = target.summary or other.summary
    target.name = target.name or other.name
    target.links += [link for link in other.links if all(link[1] != known for _, known, _ in target.links)]
    target.aliases += [key for key in (other.key, *other.aliases) if key and key != target.key]
    if other.section and other.section != target.section and other.section not in target.more_sections:
        target.more_sections.append(other.section)
    return differences


def _as_pair(target: Record, other: Record) -> tuple[Record | None, Record | None]:
    """The preprint and its publication, if the two records are these."""
    first, second = target.item["type"] == "article", other.item["type"] == "article"
    if first == second:
        return None, None
    return (target, other) if first else (other, target)


def _custom(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    joined = {**second, **first}
    for key in ("bibtex", "latex", "ris", "same_as", "medline", "as_written"):
        if isinstance(first.get(key), dict) and isinstance(second.get(key), dict):
            joined[key] = {**second[key], **first[key]}
    return joined


def _differs(value: Any, other: Any) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return re.sub(r"\W+", "", fold(value)) != re.sub(r"\W+", "", fold(other))
    if isinstance(value, list) and isinstance(other, list):
        return [_family(name) for name in value] != [_family(name) for name in other]
    if isinstance(value, dict) and isinstance(other, dict) and "date-parts" in value and "date-parts" in other:
        first, second = value["date-parts"][0], other["date-parts"][0]
        return bool(first[: min(len(first), len(second))] != second[: min(len(first), len(second))])
    return bool(value != other)


def _family(name: Any) -> str:
    return fold(str(name.get("family") or name.get("literal", ""))) if isinstance(name, dict) else ""


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"“{value[:60]}”"
    if isinstance(value, dict):
        return csl_dates.iso(value) or str(value.get("literal", ""))
    return f"{len(value)} names" if isinstance(value, list) else str(value)
