"""What can be written behind ``mum-tui``: the verbs and their options. Each verb's module is imported when it runs."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from mum_tui import __version__

Verb = Callable[[argparse.Namespace], int]
Verbs = Any
"""What argparse makes of ``add_subparsers``; the type has no public name."""


_ID = "of an entry, as list prints it first; an alias will do"


def lazily(module: str, function: str) -> Verb:
    """A verb that imports its module when it runs."""

    def run(arguments: argparse.Namespace) -> int:
        return int(getattr(import_module(f"mum_tui.commands.{module}"), function)(arguments))

    return run


def _formatter(prog: str) -> argparse.HelpFormatter:
    # argparse makes a formatter for every argument; without a width each asks the terminal for one.
    try:
        columns = int(os.environ.get("COLUMNS", 0)) or os.get_terminal_size().columns
    except (OSError, ValueError):
        columns = 80
    return argparse.HelpFormatter(prog, width=min(columns, 120) - 2)


_VALUED = ("--catalog", "--theme", "--fields", "--sort", "--limit")


def query_last(words: Sequence[str]) -> list[str]:
    """``words`` with what is asked for behind ``--``, where a minus in front means "not", not an option."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _VALUED else 1
    if at >= len(words) or words[at] != "list":
        return list(words)
    options, query = list(words[: at + 1]), list[str]()
    rest = iter(words[at + 1 :])
    for word in rest:
        if word == "--":
            query += rest
        elif word in _VALUED:
            options += [f"{word}={value}" for value in [next(rest, None)] if value is not None] or [word]
        elif word.startswith("--") or word == "-h":
            options.append(word)
        else:
            query.append(word)
    return [*options, "--", *query] if query else options


def _language() -> str:
    from mum_tui.search.grammar import plain

    return f"a query:\n{plain()}"


def parser() -> argparse.ArgumentParser:
    """All verbs and options."""
    top = argparse.ArgumentParser(
        prog="mum-tui",
        description="Browse a catalog of medical universal models and their datasets. Without a verb: the browser.",
        epilog="Exit status: 0 done, 1 nothing found, 2 wrong usage or configuration, 130 interrupted.",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"mum-tui {__version__}")
    top.add_argument(
        "--catalog", metavar="FILE", type=Path, help="open this catalog instead of the one that comes along"
    )
    top.add_argument("--theme", metavar="NAME", default="", help="mum-dark, mum-light or a theme of Textual's")
    top.add_argument("--fresh", action="store_true", help="start as if for the first time, not where one left")
    top.set_defaults(run=None)
    verbs = top.add_subparsers(metavar="VERB", title="verbs", prog="mum-tui")

    def verb(name: str, run: Verb, help: str, among: Verbs = verbs) -> argparse.ArgumentParser:
        # --catalog is understood before and behind the verb; a default would undo the one before it.
        made: argparse.ArgumentParser = among.add_parser(
            name, help=help, description=help, formatter_class=_formatter, allow_abbrev=False
        )
        made.add_argument("--catalog", metavar="FILE", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        made.set_defaults(run=run)
        return made

    made = verb("list", lazily("read", "list_entries"), "list the entries that match a query")
    usage = made.format_help
    made.format_help = lambda: f"{usage()}\n{_language()}"  # type: ignore[method-assign]
    made.add_argument("query", nargs="*", metavar="QUERY", help="as in the filter box; see below")
    made.add_argument("--bookmarked", action="store_true", help="only bookmarked entries (the same as is:bookmarked)")
    made.add_argument("--json", action="store_true", help="as an array of objects with the catalog's own key names")
    made.add_argument("--fields", metavar="NAME,…", default="", help="which columns or keys: id,year,title,venue …")
    made.add_argument(
        "--sort", metavar="NAME", default="", help="relevance, year, title, authors, venue; -year turns round"
    )
    made.add_argument("--limit", metavar="N", type=int, default=0, help="only the first N entries")
    made = verb("show", lazily("read", "show"), "show everything about an entry")
    made.add_argument("id", metavar="ID", help=_ID)

    def choosing(made: argparse.ArgumentParser) -> None:
        made.add_argument("ids", nargs="*", metavar="ID", help=_ID)
        made.add_argument("--query", metavar="QUERY", default=None, help="also what this finds in the filter box")
        made.add_argument("--bookmarked", action="store_true", help="only bookmarked entries (of the query's)")
        made.add_argument("--status", choices=("to-read", "reading", "read"), default="", help="only with this status")
        made.add_argument("--preprint", action="store_true", help="cite the preprint where there is one")
        made.add_argument("-o", "--output", metavar="FILE", type=Path, help="write into this file")

    made = verb("cite", lazily("cite", "cite"), "print citations of entries in any format")
    choosing(made)
    made.add_argument("--format", metavar="NAME", help="bibtex (the default), apa, ris … or csl:NAME; see: formats")
    made.add_argument(
        "--as", dest="as_", choices=("text", "markdown", "html"), default="text", help="how a style is written"
    )
    made.add_argument("--items", metavar="FILE", default="", help="cite the items of this CSL-JSON file (-: input)")
    made = verb("export", lazily("export", "export"), "write entries for other programs (default: all of them)")
    choosing(made)
    made.add_argument(
        "--format",
        required=True,
        choices=("bibtex", "biblatex", "ris", "csl-json", "csv", "json", "markdown"),
        help="what to write",
    )
    made = verb("formats", lazily("cite", "list_formats"), "list citation formats, search all styles")
    made.add_argument("words", nargs="*", metavar="WORD")
    made = verb("open", lazily("go", "open_link"), "open a link of an entry in the browser and print it")
    made.add_argument("id", metavar="ID", help=_ID)
    made.add_argument(
        "--link", metavar="TYPE", default="", help="paper, code, weights … or its number; default: the main link"
    )
    made = verb("bookmark", lazily("bookmark", "list_all"), "add, remove or list bookmarks")
    acts = made.add_subparsers(metavar="ACT", prog="mum-tui bookmark")
    for name, function, text in (
        ("add", "add", "bookmark entries"),
        ("remove", "remove", "remove bookmarks"),
        ("list", "list_all", "list the bookmarks"),
    ):
        act = verb(name, lazily("bookmark", function), text, acts)
        if name == "list":
            act.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as an array of objects")
        else:
            act.add_argument("ids", nargs="+", metavar="ID", help=_ID)
    made.set_defaults(json=False)
    _reading_verbs(verb)
    _library_verbs(verb)
    _check(verb("check", lazily("check", "check"), "proofread a catalog file, and ask its links"))
    made = verb("compare", lazily("compare", "compare"), "show entries side by side")
    made.add_argument("ids", nargs="+", metavar="ID", help=_ID)
    form = made.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as a Markdown table")
    form.add_argument("--json", action="store_true", help="as an object with columns and rows")
    made = verb("glance", lazily("glance", "glance"), "show the field at a glance: years, modalities, tasks, datasets")
    made.add_argument("--json", action="store_true", help="as an object, each number with the query that selects it")
    _new(verb("new", lazily("new", "new"), "print a block for a new entry, ready to paste into the catalog"))
    made = verb("render", lazily("render", "render"), "print the catalog as a page of Markdown, like an awesome list")
    made.add_argument("-o", "--output", metavar="FILE", type=Path, help="write the page to a file")
    made.add_argument("--summaries", action="store_true", help="with what each entry is about")
    verb("paths", lazily("program", "paths"), "print where files are kept")
    made = verb("keys", lazily("program", "keys"), "print the keys of the browser")
    made.add_argument("--markdown", action="store_true", help="as Markdown tables")
    return top


def _check(made: argparse.ArgumentParser) -> None:
    made.epilog = (
        "Errors set an entry aside, warnings are to be mended, hints may well be right. Exit status: 1 with errors, "
        "with --strict also with warnings; hints never fail."
    )
    made.add_argument("file", nargs="?", metavar="FILE", type=Path)
    made.add_argument("--strict", action="store_true", help="exit with 1 also when there are warnings")
    made.add_argument("--hints", action="store_true", help="show hints too")
    made.add_argument("--json", action="store_true", help="everything as an array of objects")
    links = made.add_argument_group("links", "404 and 410 are errors, moves warnings, anything else that fails a hint")
    links.add_argument("--links", action="store_true", help="ask every link; good answers are kept for a week")
    links.add_argument("--afresh", action="store_true", help="ask those that answered within a week, too")
    links.add_argument("-o", "--output", metavar="FILE", type=Path, help="write a report in Markdown")


def _new(made: argparse.ArgumentParser) -> None:
    made.epilog = (
        "Without options: asks on a terminal, otherwise reads BibTeX, arXiv numbers or DOIs from standard input. "
        "Nothing is looked up. What check says of the block goes to standard error."
    )
    made.add_argument("--arxiv", metavar="ID", default="", help="an arXiv number or address")
    made.add_argument("--doi", metavar="DOI", default="", help="a DOI or its address")
    made.add_argument("--bibtex", metavar="FILE", type=Path, help="BibTeX, one block an entry; - reads standard input")
    made.add_argument("--kind", metavar="KIND", default="", help="paper (the default), dataset, model …")
    made.add_argument("--section", metavar="ID", default="", help="home section")
    made.add_argument("--name", metavar="NAME", default="", help="short name")
    made.add_argument("--title", metavar="TITLE", default="", help="full title")
    made.add_argument("--id", metavar="ID", default="", help="instead of the one made from author, year and title")


def _reading_verbs(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """What one has read and what one made of it."""
    made = verb("status", lazily("reading", "status"), "say how far entries are read")
    made.add_argument("ids", nargs="+", metavar="ID", help=_ID)
    made.add_argument("status", choices=("to-read", "reading", "read", "none"))
    made = verb("rate", lazily("reading", "rate"), "rate entries from 1 to 5")
    made.add_argument("ids", nargs="+", metavar="ID", help=_ID)
    made.add_argument("rating", choices=("1", "2", "3", "4", "5", "none"))
    made = verb("note", lazily("note", "note"), "print or write the note on an entry")
    made.add_argument("id", metavar="ID", help=_ID)
    ways = made.add_mutually_exclusive_group()
    ways.add_argument("source", nargs="?", metavar="-", choices=("-",), help="the note comes from standard input")
    ways.add_argument("--text", metavar="TEXT", help="this is the note; an empty one removes it")
    ways.add_argument("--edit", action="store_true", help="write it in $EDITOR")
    made = verb("tag", lazily("reading", "list_tags"), "give entries tags of your own, or list the tags")
    made.set_defaults(tag="")
    acts = made.add_subparsers(metavar="ACT", prog="mum-tui tag")
    for name, function, text in (("add", "add_tag", "give entries a tag"), ("remove", "remove_tag", "take a tag away")):
        act = verb(name, lazily("reading", function), text, acts)
        act.add_argument("tag", metavar="TAG")
        act.add_argument("ids", nargs="+", metavar="ID", help=_ID)
    act = verb("list", lazily("reading", "list_tags"), "list the tags, or the entries that have one", acts)
    act.add_argument("tag", nargs="?", metavar="TAG", default="")
    made = verb("reading-list", lazily("reading", "print_list"), "print what you keep, with your notes, as Markdown")
    made.add_argument("--status", choices=("to-read", "reading", "read"), default="", help="only with this status")
    made.add_argument("--bookmarked", action="store_true", help="only bookmarked entries")
    made.add_argument("--tag", metavar="TAG", default="", help="only with this tag")
    made.add_argument("--rated", metavar="N", type=int, choices=range(1, 6), default=0, help="only rated N or better")
    made.add_argument("-o", "--output", metavar="FILE", type=Path, help="write to a file")


def _library_verbs(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """The library out of and into files."""
    made = verb("sync-bib", lazily("sync_bib", "sync_bib"), "keep a block of a BibTeX file equal to the bookmarks")
    made.add_argument("file", metavar="FILE", type=Path)
    made.add_argument("--force", action="store_true", help="replace also what was changed in the block by hand")
    made = verb("library", lazily("library", "export"), "export your library, or merge another one into it")
    made.set_defaults(file=None)
    acts = made.add_subparsers(metavar="ACT", prog="mum-tui library")
    for name, function, text in (
        ("export", "export", "print or store everything you keep, as JSON"),
        ("import", "import_", "merge a library from a file or standard input"),
    ):
        act = verb(name, lazily("library", function), text, acts)
        act.add_argument("file", nargs="?", metavar="FILE", type=Path)
