"""Parses the command line; imports only the module of the verb that is called."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from mum_tui.commands.parsing import CATALOGS_AFTER_VERB, Parser, VersionAction, add_catalog
from mum_tui.commands.verbs import BY_NAME, VERBS, Verb
from mum_tui.problems import did_you_mean
from mum_tui.text import clean, one_line

STATUS_LINE = (
    "Exit status: 0 done, 1 nothing found, 2 wrong usage or configuration, 70 a fault in mum-tui, 130 interrupted."
)

_VALUED = ("--catalog", "--theme", "--log")
"""Options with a value that may come before the verb."""

_DEFAULTS = {"catalog": [], "log": "", "theme": "", "fresh": False, "run": None}
"""The options before the verb that are not given."""

_LIST_VALUED = ("--catalog", "--fields", "--sort", "--limit")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The parsed arguments; ``run`` is the function of the verb, or None for the browser.

    Raises:
        SystemExit: the words are wrong, or ask for help or the version, which has been printed.
    """
    at = _verb_at(words)
    while at < len(words) and _is_list(words[at]):
        words, at = [*words[:at], "--catalog", *words[at:]], at + 2
        at += _verb_at(words[at:])
    verb = BY_NAME.get(words[at]) if at < len(words) else None
    if verb is None:
        return _parse_top(words, words[at] if at < len(words) else None)
    after = _query_last(words[at + 1 :]) if verb.name == "list" else words[at + 1 :]
    before = _parse_top(words[:at]) if at else argparse.Namespace(**_DEFAULTS)
    arguments = argparse.Namespace(**{**vars(before), **vars(_parser_of(verb).parse_args(after))})
    arguments.catalog = [*arguments.catalog, *getattr(arguments, CATALOGS_AFTER_VERB, ())]
    return arguments


def _parse_top(words: Sequence[str], unknown: str | None = None) -> argparse.Namespace:
    """Parse the options before a verb; ``unknown`` is a word in the place of the verb that is no verb."""
    top = _top_parser()
    if unknown is not None:
        hint = did_you_mean(unknown, [known.name for known in VERBS])
        top.error(f'there is no verb "{one_line(clean(unknown))}"' + (f": {hint}" if hint else ""))
    if not {"-h", "--help"}.isdisjoint(words):
        verbs = top.add_subparsers(metavar="VERB", title="verbs", prog="mum-tui", parser_class=Parser)
        for verb in VERBS:
            verbs.add_parser(verb.name, help=verb.help)
    return top.parse_args(words)


_LISTS = (".bib", ".bibtex", ".ris", ".nbib", ".json", ".md", ".markdown", ".yaml", ".yml")


def _is_list(word: str) -> bool:
    """Whether a word in the place of the verb names a file to open: ``mum-tui refs.bib``."""
    return word not in BY_NAME and (word.lower().endswith(_LISTS) or "/" in word or "\\" in word)


def parsers() -> Iterator[tuple[str, Parser]]:
    """The parser of each verb by name, and the top-level parser with an empty name, for the documentation."""
    yield "", _top_parser()
    for verb in VERBS:
        yield verb.name, _parser_of(verb)


def _verb_at(words: Sequence[str]) -> int:
    """The index of the verb in ``words``; the number of words if there is none."""
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] != "-":
        at += 2 if words[at] in _VALUED else 1
    return min(at, len(words))


def _top_parser() -> Parser:
    top = Parser(
        prog="mum-tui",
        description="Browse a catalog of medical universal models and their datasets. Without a verb: the browser.",
        epilog=STATUS_LINE,
    )
    top.add_argument("--version", action=VersionAction, nargs=0, help="print the version")
    top.add_argument(
        "--catalog",
        metavar="FILE",
        type=Path,
        action="append",
        help="open this catalog, or list of any format, instead; repeat it to put several on top of each other",
    )
    top.add_argument("--log", metavar="FILE", help="write the traceback of a crash here (or $MUM_TUI_LOG)")
    top.add_argument("--theme", metavar="NAME", help="mum-dark, mum-light or any Textual theme")
    top.add_argument("--fresh", action="store_true", help="start fresh; ignore the last session")
    top.set_defaults(**_DEFAULTS)
    return top


def _parser_of(verb: Verb) -> Parser:
    parser = Parser(prog=f"mum-tui {verb.name}", description=verb.help[0].upper() + verb.help[1:] + ".")
    add_catalog(parser)
    import_module(f"mum_tui.commands.{verb.module}").add_arguments(parser)
    return parser


def _query_last(words: Sequence[str]) -> list[str]:
    """The words after ``list`` with the query after ``--``, where a leading minus is "not" and not an option."""
    options, query = list[str](), list[str]()
    rest = iter(words)
    for word in rest:
        if word == "--":
            query += rest
        elif word in _LIST_VALUED:
            options += [f"{word}={value}" for value in [next(rest, None)] if value is not None] or [word]
        elif word.startswith("--") or word == "-h":
            options.append(word)
        else:
            query.append(word)
    return [*options, "--", *query] if query else options
