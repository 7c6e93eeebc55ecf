"""Pasted records (BibTeX, RIS, MEDLINE, CSL-JSON) as draft entries. A preprint has the date of its arXiv number."""

from __future__ import annotations

from typing import Any, NamedTuple

from mum_tui.bibliography import any_list, build
from mum_tui.bibliography.list_files import BIBTEX, CSL_JSON, MEDLINE, RIS
from mum_tui.draft import numbers
from mum_tui.identifiers import in_records
from mum_tui.problems import Problem, Unreadable

_CHOSEN_LATER = ("id", "section")
_HAVE_KEYS = (
    "eprint",
    "archiveprefix",
    "eprinttype",
    "primaryclass",
    "eprintclass",
    "entrytype",
    "url",
    "doi",
    "journal",
)


class Read(NamedTuple):
    """The draft entries of a text under the catalog's keys, and its problems in one line each."""

    entries: list[dict[str, Any]]
    problems: list[str]


def is_record(text: str) -> bool:
    """Whether a text is in a format that ``read`` knows."""
    return "@" in text or any_list.told(text.lstrip()) in (BIBTEX, RIS, MEDLINE, CSL_JSON)


def read(text: str) -> Read:
    """Every record of a text in BibTeX, RIS, MEDLINE or CSL-JSON as a draft entry."""
    kind = any_list.told(text.lstrip())
    kind = kind if kind in (RIS, MEDLINE, CSL_JSON) else BIBTEX
    try:
        reading = any_list.read(text.encode("utf-8", "replace"), f"the {kind}", kind)
    except Unreadable as error:
        return Read([], [f"the text {error.problem.message}"])
    entries = []
    for record in reading.records:
        said = build.entry_of(record, "new", "new").written()
        for key in _CHOSEN_LATER:
            said.pop(key, None)
        number = record.item.get("custom", {}).get("arxiv_id", "")
        if number:
            # An arXiv number is as old as the first version; the year of a publication is not.
            known = numbers.from_arxiv(number)
            said["date"] = known.get("date", said.get("date", ""))
            (preprint,) = known["links"]
            links = [preprint if in_records.arxiv(link["url"]) == number else link for link in said.get("links", [])]
            said["links"] = list({link["url"]: link for link in links}.values())
        if said.get("title", "").startswith("[") and not record.item.get("title"):
            del said["title"]
        said["csl"] = _csl_of_a_draft(said.get("csl", {}))
        entries.append({key: value for key, value in said.items() if value not in ("", [], {})})
    return Read(entries, [_line(problem, kind) for problem in reading.problems])


def _csl_of_a_draft(csl: dict[str, Any]) -> dict[str, Any]:
    """The CSL variables that no other key of the entry holds."""
    left = {name: value for name, value in csl.items() if name not in ("citation-key", "URL")}
    custom = dict(left.pop("custom", {}))
    custom.pop("latex", None)  # how a field stood in the file is for files that go back where they came from
    brought = {name: value for name, value in custom.pop("bibtex", {}).items() if name not in _HAVE_KEYS}
    custom |= {"bibtex": brought} if brought else {}
    return {**left, "custom": custom} if custom else left


def _line(problem: Problem, kind: str) -> str:
    return f"line {problem.line} of the {kind}: {f'{problem.key}: ' if problem.key else ''}{problem.message}"
