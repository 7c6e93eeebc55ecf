"""``new``: prints a block for a new entry, made from pasted text, options or answers to questions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mum_tui import console
from mum_tui.catalog.choices import KINDS
from mum_tui.catalog.model import Catalog
from mum_tui.commands.files import STREAM, read_text
from mum_tui.commands.opening import open_services, printable
from mum_tui.commands.parsing import Parser
from mum_tui.console import Exit
from mum_tui.draft import block, numbers
from mum_tui.identifiers import in_records
from mum_tui.problems import ERROR, did_you_mean

if TYPE_CHECKING:
    import argparse

Draft = dict[str, Any]
"""What is known of a new entry: values by key of the catalog."""


_READ = "BibTeX, RIS, MEDLINE, CSL-JSON, an arXiv number or a DOI"


class _WrongInput(Exception):
    """The input cannot be used; the message says why."""


def add_arguments(parser: Parser) -> None:
    """The arguments of ``new``."""
    parser.epilog = (
        "Without FILE and options: asks on a terminal, otherwise reads standard input. BibTeX, RIS, MEDLINE, CSL-JSON, "
        "arXiv numbers and DOIs are understood. Nothing is looked up online. Problems of the block go to standard "
        "error."
    )
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help="what to read (-: standard input)")
    parser.add_argument("--arxiv", metavar="ID", default="", help="an arXiv number or address")
    parser.add_argument("--doi", metavar="DOI", default="", help="a DOI or its address")
    parser.add_argument("--bibtex", metavar="FILE", type=Path, help="BibTeX, a block per entry (-: standard input)")
    parser.add_argument("--kind", metavar="KIND", default="", help="paper (the default), dataset, model …")
    parser.add_argument("--section", metavar="ID", default="", help="home section")
    parser.add_argument("--name", metavar="NAME", default="", help="short name")
    parser.add_argument("--title", metavar="TITLE", default="", help="full title")
    parser.add_argument("--id", metavar="ID", default="", help="the id; default: made from author, year and title")
    parser.set_defaults(run=new)


def new(arguments: argparse.Namespace) -> Exit:
    """Print a block for each new entry to standard output, and its problems to standard error."""
    catalog = open_services(arguments).loaded.catalog
    try:
        drafts = _gather(arguments, catalog)
    except _WrongInput as wrong:
        console.warn(wrong)
        return Exit.USAGE
    if not drafts:
        console.warn("the input has no entry; mum-tui new -h lists what it can read")
        return Exit.NOT_FOUND
    good = True
    for number, draft in enumerate(drafts):
        unsure = [] if "section" in draft else ["section"]
        if "id" not in draft and not (draft.get("title") and draft.get("authors")):
            unsure.append("id")
        entry = block.complete(draft, catalog)
        text = block.write(entry, unsure)
        loaded, problems = block.judge(text, catalog)
        console.write(("\n" if number else "") + text)
        console.warn_all((problem.in_one_line(problem.level) for problem in problems), limit=50)
        good = good and not any(problem.level == ERROR for problem in problems)
        # The next entry must get another id.
        catalog = Catalog(
            catalog.title, catalog.sections, catalog.vocabularies, (*catalog.entries, *loaded.catalog.entries)
        )
    return Exit.DONE if good else Exit.NOT_FOUND


def _gather(arguments: argparse.Namespace, catalog: Catalog) -> list[Draft]:
    """A draft of each new entry, from options, files, standard input or questions."""
    options = _options(arguments, catalog)
    if arguments.bibtex:
        drafts = _records(read_text(arguments.bibtex))
    elif arguments.file:
        drafts = _pasted(read_text(arguments.file))
    elif arguments.arxiv or arguments.doi:
        drafts = [{}]
    elif console.input_is_terminal():
        return [_ask(options, catalog)]
    else:
        drafts = _pasted(read_text(STREAM))
    if len(drafts) > 1 and (arguments.arxiv or arguments.doi or arguments.id):
        raise _WrongInput("--arxiv, --doi and --id are for one entry only")
    return [_together(draft, options) for draft in drafts]


def _options(arguments: argparse.Namespace, catalog: Catalog) -> Draft:
    draft: Draft = {}
    if arguments.arxiv:
        draft = _together(draft, numbers.from_arxiv(_number(arguments.arxiv, in_records.arxiv, "no arXiv number")))
    if arguments.doi:
        draft = _together(draft, numbers.from_doi(_number(arguments.doi, in_records.doi_of_publication, "no DOI")))
    if arguments.section:
        draft["section"] = _one_of(arguments.section, list(catalog.section_titles), "section")
    if arguments.kind:
        draft["kind"] = _one_of(arguments.kind, KINDS, "kind")
    for key in ("id", "name", "title"):
        if getattr(arguments, key):
            draft[key] = getattr(arguments, key)
    return draft


def _number(text: str, read: Any, what: str) -> str:
    number = read(text)
    if not number:
        raise _WrongInput(f'"{printable(text)}" is {what}')
    return str(number)


def _one_of(word: str, known: Any, what: str) -> str:
    if word not in known:
        hint = did_you_mean(word, known)
        raise _WrongInput(f'there is no {what} "{printable(word)}"' + (f" ({hint})" if hint else ""))
    return word


def _records(text: str) -> list[Draft]:
    from mum_tui.draft import records

    result = records.read(text)
    console.warn_all(result.problems)
    return result.entries


def _pasted(text: str) -> list[Draft]:
    """Drafts from pasted text: records, or arXiv numbers and DOIs."""
    from mum_tui.draft import records

    if records.is_record(text):
        return _records(text)
    drafts = []
    for word in text.split():
        if number := in_records.arxiv(word):
            drafts.append(numbers.from_arxiv(number))
        elif number := in_records.doi_of_publication(word):
            drafts.append(numbers.from_doi(number))
        else:
            raise _WrongInput(f'"{printable(word)[:60]}" is not {_READ}')
    return drafts


def _together(draft: Draft, more: Draft) -> Draft:
    """Both drafts as one: ``more`` overrides, links and versions are joined, and the older date wins."""
    joined = {**draft, **more}
    joined["links"] = [*draft.get("links", ()), *more.get("links", ())]
    if draft.get("date") and more.get("date"):
        joined["date"] = min(draft["date"], more["date"])
    if "doi" in more and "published" in draft:
        joined["published"] = {**draft["published"], "doi": more["doi"]}
    return joined


# -- questions


def _ask(options: Draft, catalog: Catalog) -> Draft:
    """A draft from questions on standard error and answers on the terminal; values without an answer stay open."""
    console.warn(f"paste {_READ}, or press enter")
    drafts = _pasted(_paste())
    draft = _together(drafts[0] if drafts else {}, options)
    if "title" not in draft:
        draft["title"] = console.ask("full title")
    if "authors" not in draft:
        draft["authors"] = [
            name for part in console.ask("authors (Family, Given; …)").split(";") if (name := part.strip())
        ]
    if "kind" not in options:
        kind = draft.get("kind", "paper")
        draft["kind"] = _one_of(console.ask(f"kind: {', '.join(KINDS)} [{kind}]") or kind, KINDS, "kind")
    if "section" not in draft:
        titles = catalog.section_titles
        console.warn("sections: " + ", ".join(f"{section} ({title})" for section, title in titles.items()))
        if wanted := console.ask("section"):
            draft["section"] = _one_of(wanted, list(titles), "section")
    for key, question in (("name", "short name, if it has one"), ("summary", "one sentence in your own words")):
        if key not in draft:
            draft[key] = console.ask(question)
    if code := console.ask("address of the code"):
        draft["links"] = [*draft.get("links", ()), {"rel": "code", "url": code}]
    return draft


def _paste() -> str:
    """Lines from the terminal, until the record is whole or a line is empty."""
    lines: list[str] = []
    while line := console.read_line():
        lines.append(line)
        if not line.strip() or _is_whole("".join(lines)):
            break
    return "".join(lines)


def _is_whole(text: str) -> bool:
    """Whether all braces and brackets are closed, or a record that consists of lines has its last one."""
    if _TAGGED.match(text):
        return _LAST_LINE.search(text) is not None
    return text.count("{") <= text.count("}") and (text[:1] != "[" or text.count("[") <= text.count("]"))


_TAGGED = re.compile(r"\s*(?:TY  ?-|PMID ?-)")
_LAST_LINE = re.compile(r"^ER  ?-", re.MULTILINE)
