"""A reference as a line of plain text, in no journal's style: for a mail, a slide, a notebook."""

from __future__ import annotations

from collections.abc import Iterable

from mum_tui.citation.csl_item import CslItem, custom, date_parts, names, text

MAX_NAMES = 6
"""More authors than this are cut to the first three and "et al."."""


def render(items: Iterable[CslItem]) -> str:
    """One line per item, each ending in a line feed."""
    return "".join(f"{line(item)}\n" for item in items)


def line(item: CslItem) -> str:
    """``Liu J, Zhang Y. Title. Container 12(3):1-9, 2023. https://doi.org/…``"""
    year = "".join(map(str, date_parts(item)[:1])) or "n.d."
    container = text(item, "container-title") or text(item, "publisher")
    number = text(item, "volume")
    if issue := text(item, "issue"):
        number += f"({issue})"
    if pages := text(item, "page"):
        number += f":{pages}" if number else f"pp. {pages}"
    if "custom" in item and text(item, "type") == "article":
        container, number = text(item, "number"), ""
    if version := text(item, "version"):
        number = f"version {version.removeprefix('v')}"
    joint = ", " if number.startswith(("pp", "version")) else " "
    where = joint.join(part for part in (container, number) if part)
    parts = [_names(item), text(item, "title"), ", ".join(part for part in (where, year) if part)]
    address = f"https://doi.org/{text(item, 'DOI')}" if "DOI" in item else text(item, "URL")
    sentences = " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
    return f"{sentences} {address}".strip()


def _names(item: CslItem) -> str:
    authors = [_name(name) for name in names(item, "author")]
    if len(authors) > MAX_NAMES or custom(item, "more_authors"):
        return ", ".join(authors[:3]) + ", et al."
    return ", ".join(authors)


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    initials = "".join(_initials(part) for part in name.get("given", "").split())
    family = " ".join(filter(None, [name.get("non-dropping-particle"), name.get("family")]))
    return " ".join(filter(None, [family, initials, name.get("suffix", "").removesuffix(".")]))


def _initials(given: str) -> str:
    return "-".join(part[0].upper() for part in given.split("-") if part)
