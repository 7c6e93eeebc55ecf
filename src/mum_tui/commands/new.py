"""``new``: prints a block for a new entry, from pasted text, options or answers to questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mum_tui import console
from mum_tui.catalog.model import KINDS, Catalog
from mum_tui.commands.files import STREAM, read_text
from mum_tui.commands.opening import open_services, printable
from mum_tui.commands.parsing import Parser
from mum_tui.console import Exit
from mum_tui.draft import block, numbers
from mum_tui.identifiers import in_records
from mum_tui.problems import ERROR, did_you_mean

if TYPE_CHECKING:
    import argparse

Said = dict[str, Any]


class _Wrong(Exception):
    """What was pasted or typed cannot be used; the message says why."""


def add_arguments(parser: Parser) -> None:
    """The arguments of ``new``."""
    parser.epilog = (
        "Without FILE and options: asks on a terminal, otherwise reads standard input. BibTeX, RIS, MEDLINE, CSL-JSON, "
        "arXiv numbers and DOIs are understood. Nothing is looked up. What check says of the block goes to standard "
        "error."
    )
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help="what to read (-: standard input)")
    parser.add_argument("--arxiv", metavar="ID", default="", help="an arXiv number or address")
    parser.add_argument("--doi", metavar="DOI", default="", help="a DOI or its address")
    parser.add_argument("--bibtex", metavar="FILE", type=Path, help="BibTeX, one block an entry (-: standard input)")
    parser.add_argument("--kind", metavar="KIND", default="", help="paper (the default), dataset, model …")
    parser.add_argument("--section", metavar="ID", default="", help="home section")
    parser.add_argument("--name", metavar="NAME", default="", help="short name")
    parser.add_argument("--title", metavar="TITLE", default="", help="full title")
    parser.add_argument("--id", metavar="ID", default="", help="instead of the one made from author, year and title")
    parser.set_defaults(run=new)


def new(arguments: argparse.Namespace) -> Exit:
    """Print a block for each new entry on standard output, and on standard error what ``check`` says of it."""
    catalog = open_services(arguments).loaded.catalog
    try:
        drafts = _gather(arguments, catalog)
    except _Wrong as wrong:
        console.warn(wrong)
        return Exit.USAGE
    if not drafts:
        console.warn("there is no entry in what was given; mum-tui new -h tells what it takes")
        return Exit.NOT_FOUND
    good = True
    for number, said in enumerate(drafts):
        unsure = [] if "section" in said else ["section"]
        if "id" not in said and not (said.get("title") and said.get("authors")):
            unsure.append("id")
        entry = block.complete(said, catalog)
        text = block.write(entry, unsure)
        loaded, problems = block.judge(text, catalog)
        console.write(("\n" if number else "") + text)
        console.warn_all((problem.told(problem.level) for problem in problems), limit=50)
        good = good and not any(problem.level == ERROR for problem in problems)
        # The next one must not take the same id.
        catalog = Catalog(
            catalog.title, catalog.sections, catalog.vocabularies, (*catalog.entries, *loaded.catalog.entries)
        )
    return Exit.DONE if good else Exit.NOT_FOUND


def _gather(arguments: argparse.Namespace, catalog: Catalog) -> list[Said]:
    """What is said of each new entry, by options, on standard input or in answer to questions."""
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
        raise _Wrong("--arxiv, --doi and --id go with one entry only")
    return [_together(said, options) for said in drafts]


def _options(arguments: argparse.Namespace, catalog: Catalog) -> Said:
    said: Said = {}
    if arguments.arxiv:
        said = _together(said, numbers.from_arxiv(_number(arguments.arxiv, in_records.arxiv, "no arXiv number")))
    if arguments.doi:
        said = _together(said, numbers.from_doi(_number(arguments.doi, in_records.doi_of_publication, "no DOI")))
    if arguments.section:
        said["section"] = _one_of(arguments.section, list(catalog.section_titles), "section")
    if arguments.kind:
        said["kind"] = _one_of(arguments.kind, KINDS, "kind")
    for key in ("id", "name", "title"):
        if getattr(arguments, key):
            said[key] = getattr(arguments, key)
    return said


def _number(text: str, read: Any, what: str) -> str:
    number = read(text)
    if not number:
        raise _Wrong(f'"{printable(text)}" is {what}')
    return str(number)


def _one_of(word: str, known: Any, what: str) -> str:
    if word not in known:
        hint = did_you_mean(word, known)
        raise _Wrong(f'no {what} is called "{printable(word)}"' + (f" ({hint})" if hint else ""))
    return word


def _records(text: str) -> list[Said]:
    from mum_tui.draft import records

    result = records.read(text)
    console.warn_all(result.problems)
    return result.entries


def _pasted(text: str) -> list[Said]:
    """Entries from any of the things one can paste."""
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
            raise _Wrong(f'"{printable(word)[:60]}" is no BibTeX, arXiv number or DOI')
    return drafts


def _together(said: Said, more: Said) -> Said:
    """Both; what ``more`` says counts, but links and versions are added up, and the older date is the first."""
    joined = {**said, **more}
    joined["links"] = [*said.get("links", ()), *more.get("links", ())]
    if said.get("date") and more.get("date"):
        joined["date"] = min(said["date"], more["date"])
    if "doi" in more and "published" in said:
        joined["published"] = {**said["published"], "doi": more["doi"]}
    return joined


# -- questions


def _ask(options: Said, catalog: Catalog) -> Said:
    """Questions on standard error, answers from the terminal; an empty answer leaves the rest to be written later."""
    console.warn("paste a BibTeX entry, an arXiv number or a DOI, or press enter")
    drafts = _pasted(_paste())
    said = _together(drafts[0] if drafts else {}, options)
    if "title" not in said:
        said["title"] = console.ask("full title")
    if "authors" not in said:
        said["authors"] = [
            name for part in console.ask("authors (Family, Given; …)").split(";") if (name := part.strip())
        ]
    if "kind" not in options:
        kind = said.get("kind", "paper")
        said["kind"] = _one_of(console.ask(f"kind: {', '.join(KINDS)} [{kind}]") or kind, KINDS, "kind")
    if "section" not in said:
        titles = catalog.section_titles
        console.warn("sections: " + ", ".join(f"{section} ({title})" for section, title in titles.items()))
        if wanted := console.ask("section"):
            said["section"] = _one_of(wanted, list(titles), "section")
    for key, question in (("name", "short name, if it has one"), ("summary", "one sentence in your own words")):
        if key not in said:
            said[key] = console.ask(question)
    if code := console.ask("address of the code"):
        said["links"] = [*said.get("links", ()), {"rel": "code", "url": code}]
    return said


def _paste() -> str:
    """Lines from the terminal until what was opened is closed, or an empty line."""
    lines: list[str] = []
    while line := console.read_line():
        lines.append(line)
        text = "".join(lines)
        if not line.strip() or (text.count("{") <= text.count("}")):
            break
    return "".join(lines)
