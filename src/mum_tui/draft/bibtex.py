"""What a pasted record says, under the keys of the catalog: read as any list is, but with the date of a new entry."""

from __future__ import annotations

from typing import Any, NamedTuple

from mum_tui.bibliography import any_list, build
from mum_tui.bibliography.list_files import BIBTEX, CSL_JSON, MEDLINE, RIS
from mum_tui.draft import numbers
from mum_tui.identifiers import in_records
from mum_tui.problems import Problem, Unreadable

_NOT_FOR_A_BLOCK = ("id", "section")
_SAID = ("eprint", "archiveprefix", "eprinttype", "primaryclass", "eprintclass", "entrytype", "url", "doi", "journal")


class Read(NamedTuple):
    """The entries found in a text, and what could not be read, each in a line."""

    entries: list[dict[str, Any]]
    problems: list[str]


def is_record(text: str) -> bool:
    """Whether a text is of a format that ``read`` reads."""
    return "@" in text or any_list.told(text.lstrip()) in (BIBTEX, RIS, MEDLINE, CSL_JSON)


def read(text: str) -> Read:
    """Every entry of a text in BibTeX, RIS, MEDLINE or CSL-JSON as a mapping with the catalog's keys."""
    kind = any_list.told(text.lstrip())
    kind = kind if kind in (RIS, MEDLINE, CSL_JSON) else BIBTEX
    try:
        reading = any_list.read(text.encode("utf-8", "replace"), f"the {kind}", kind)
    except Unreadable as error:
        return Read([], [f"the {kind} {error.problem.message}"])
    entries = []
    for record in reading.records:
        said = build.entry_of(record, "new", "new").written()
        for key in _NOT_FOR_A_BLOCK:
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
        said["csl"] = _of_a_new_entry(said.get("csl", {}))
        entries.append({key: value for key, value in said.items() if value not in ("", [], {})})
    return Read(entries, [_line(problem, kind) for problem in reading.problems])


def _of_a_new_entry(csl: dict[str, Any]) -> dict[str, Any]:
    """What no other key of the entry says; its key, address and arXiv number have keys of their own."""
    left = {name: value for name, value in csl.items() if name not in ("citation-key", "URL")}
    custom = dict(left.pop("custom", {}))
    custom.pop("latex", None)  # how a field stood in the file is for files that go back where they came from
    brought = {name: value for name, value in custom.pop("bibtex", {}).items() if name not in _SAID}
    custom |= {"bibtex": brought} if brought else {}
    return {**left, "custom": custom} if custom else left


def _line(problem: Problem, kind: str) -> str:
    return f"line {problem.line} of the {kind}: {f'{problem.key}: ' if problem.key else ''}{problem.message}"
