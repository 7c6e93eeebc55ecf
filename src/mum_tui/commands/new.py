"""``new``: a block for a new entry, from what one can paste or type."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from mum_tui import console
from mum_tui.catalog.model import KINDS, Catalog
from mum_tui.commands.common import open_services, printable
from mum_tui.draft import block, numbers
from mum_tui.problems import ERROR, did_you_mean

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

Said = dict[str, Any]


class _Wrong(Exception):
    """What was pasted or typed cannot be used; the message says why."""


def new(arguments: argparse.Namespace) -> int:
    """Print a block for each new entry on standard output, and on standard error what ``check`` says of it."""
    catalog = open_services(arguments).loaded.catalog
    try:
        found = _gather(arguments, catalog)
    except _Wrong as wrong:
        console.say(wrong)
        return console.USAGE
    if not found:
        console.say("there is no entry in what was given; mum-tui new -h tells what it takes")
        return console.NOTHING
    good = True
    for number, said in enumerate(found):
        unsure = [] if "section" in said else ["section"]
        if "id" not in said and not (said.get("title") and said.get("authors")):
            unsure.append("id")
        entry = block.complete(said, catalog)
        text = block.write(entry, unsure)
        loaded, problems = block.judge(text, catalog)
        console.put(("\n" if number else "") + text)
        console.say_all((problem.told(problem.level) for problem in problems), limit=50)
        good = good and not any(problem.level == ERROR for problem in problems)
        # The next one must not take the same id.
        catalog = Catalog(
            catalog.title, catalog.sections, catalog.vocabularies, (*catalog.entries, *loaded.catalog.entries)
        )
    return console.DONE if good else console.NOTHING


def _gather(arguments: argparse.Namespace, catalog: Catalog) -> list[Said]:
    """What is said of each new entry, by options, on standard input or in answer to questions."""
    options = _options(arguments, catalog)
    if arguments.bibtex:
        found = _bibtex(_text(arguments.bibtex))
    elif arguments.arxiv or arguments.doi:
        found = [{}]
    elif sys.stdin.isatty():
        return [_ask(options, catalog)]
    else:
        found = _pasted(sys.stdin.read())
    if len(found) > 1 and (arguments.arxiv or arguments.doi or arguments.id):
        raise _Wrong("--arxiv, --doi and --id go with one entry only")
    return [_together(said, options) for said in found]


def _options(arguments: argparse.Namespace, catalog: Catalog) -> Said:
    said: Said = {}
    if arguments.arxiv:
        said = _together(said, numbers.from_arxiv(_number(arguments.arxiv, numbers.arxiv, "no arXiv number")))
    if arguments.doi:
        said = _together(said, numbers.from_doi(_number(arguments.doi, numbers.doi, "no DOI")))
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


def _text(path: Path) -> str:
    if str(path) == "-":
        return sys.stdin.read()
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise _Wrong(f"{printable(str(path))}: cannot be read: {error.strerror or error}") from error


def _bibtex(text: str) -> list[Said]:
    from mum_tui.draft import bibtex

    found = bibtex.read(text)
    console.say_all(found.problems)
    return found.entries


def _pasted(text: str) -> list[Said]:
    """Entries from any of the things one can paste."""
    if "@" in text:
        return _bibtex(text)
    found = []
    for word in text.split():
        if number := numbers.arxiv(word):
            found.append(numbers.from_arxiv(number))
        elif number := numbers.doi(word):
            found.append(numbers.from_doi(number))
        else:
            raise _Wrong(f'"{printable(word)[:60]}" is no BibTeX, arXiv number or DOI')
    return found


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
    console.say("paste a BibTeX entry, an arXiv number or a DOI, or press enter")
    found = _pasted(_paste())
    said = _together(found[0] if found else {}, options)
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
        console.say("sections: " + ", ".join(f"{section} ({title})" for section, title in titles.items()))
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
    while line := sys.stdin.readline():
        lines.append(line)
        text = "".join(lines)
        if not line.strip() or (text.count("{") <= text.count("}")):
            break
    return "".join(lines)
