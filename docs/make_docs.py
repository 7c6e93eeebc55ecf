"""Writes the parts of the documentation that the program knows itself: ``make docs``.

Such a part stands between ``<!-- made: NAME -->`` and ``<!-- /made -->``. A test fails while one of them is stale.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from mum_tui.citation import exports, formats
from mum_tui.commands.arguments import STATUS_LINE, parsers
from mum_tui.commands.parsing import Parser
from mum_tui.console import Exit
from mum_tui.keymap import keys_by_group, make_keymap
from mum_tui.search import grammar
from mum_tui.settings.options import OPTIONS, TABLES, template

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/keys.md", "docs/query.md", "docs/cli.md", "docs/config.md", "docs/citing.md")
PART = re.compile(r"<!-- made: ([\w-]+) -->\n.*?<!-- /made -->", re.DOTALL)


def cell(text: str) -> str:
    """A text of the program as it stands in a table: what it holds is neither another cell nor a tag."""
    return re.sub(r"[\\|<]", r"\\\g<0>", text)


def keys() -> str:
    """The keys, a table for each group of actions."""
    parts = []
    for group, rows in keys_by_group(make_keymap({})):
        lines = [f"## {group}", "", "| key | action | what it does | id |", "| --- | --- | --- | --- |"]
        for shown, action in rows:
            names = " ".join(f"`{key}`" for key in shown.split()).replace("|", r"\|")
            lines.append(f"| {names} | {cell(action.title)} | {cell(action.help)} | `{action.id}` |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def query() -> str:
    """The query language."""
    lines = ["| you type | you get |", "| --- | --- |"]
    lines += [f"| `{form.example}` | {cell(form.help)} |" for form in grammar.FORMS]
    lines += ["", "| field | short | asks for | example |", "| --- | --- | --- | --- |"]
    for field in grammar.FIELDS:
        short = " ".join(f"`{name}`" for name in field.short)
        lines.append(f"| `{field.name}:` | {short} | {cell(field.help)} | `{field.example}` |")
    return "\n".join(lines)


class _Collector(argparse.HelpFormatter):
    """A help formatter that keeps the arguments it is given instead of formatting them."""

    collected: list[argparse.Action]

    def add_argument(self, action: argparse.Action) -> None:
        """Called by argparse for each argument."""
        if action.help != argparse.SUPPRESS:
            self.collected.append(action)


def arguments(parser: Parser) -> list[argparse.Action]:
    """The arguments of a verb in the order of its help."""
    collected: list[argparse.Action] = []
    parser.formatter_class = type("Collector", (_Collector,), {"collected": collected})
    parser.format_help()
    return collected


def cli() -> str:
    """Each verb with its arguments."""
    return "\n\n".join(_verb(name, parser) for name, parser in parsers())


def _verb(name: str, parser: Parser, level: str = "##") -> str:
    stated = [action for action in arguments(parser) if action.dest not in ("help", "catalog") or not name]
    subcommands = [action for action in stated if isinstance(action.choices, dict)]
    rows = [_row(action) for action in stated if action not in subcommands]
    lines = [f"{level} {name or 'mum-tui'}", "", parser.description or ""]
    if rows:
        lines += ["", "| argument | what it does |", "| --- | --- |", *rows]
    if parser.epilog and name:
        lines += ["", parser.epilog]
    for action in subcommands:
        for word, below in (action.choices or {}).items():
            lines += ["", _verb(f"{name} {word}", below, "###")]
    return "\n".join(lines)


def _row(action: argparse.Action) -> str:
    value = ""
    if action.nargs != 0:
        shown = action.metavar or "|".join(map(str, action.choices or ())) or action.dest.upper()
        value = str(shown)
    names = ", ".join(f"`{option} {value}`".replace(" `", "`") for option in action.option_strings)
    if not names:
        names = f"`{value} …`" if action.nargs in ("*", "+") else f"`{value}`"
    names = names.replace("|", r"\|")
    return f"| {names} | {cell(action.help or '')} |"


def statuses() -> str:
    """The exit statuses."""
    meanings = STATUS_LINE.removeprefix("Exit status: ").rstrip(".").split(", ")
    rows = [f"| {int(meaning.split()[0])} | {meaning.partition(' ')[2]} |" for meaning in meanings]
    assert [int(meaning.split()[0]) for meaning in meanings] == [int(status) for status in Exit]
    return "\n".join(["| status | meaning |", "| --- | --- |", *rows])


def options() -> str:
    """The options of the configuration."""
    lines = ["| option | default | environment | what it sets |", "| --- | --- | --- | --- |"]
    for option in OPTIONS:
        default = f"`{option.default}`" if option.default else ""
        lines.append(f"| `{option.name}` | {default} | `{option.variable}` | {cell(option.help)} |")
    lines += [f"| `[{table}]` | | | {cell(help)} |" for table, (help, _, _) in TABLES.items()]
    return "\n".join(lines)


def configuration() -> str:
    """The file that ``config init`` writes."""
    return f"```toml\n{template()}```"


def citation_formats() -> str:
    """The registry of citation formats."""
    lines = ["| name | format | group |", "| --- | --- | --- |"]
    lines += [f"| `{one.id}` | {cell(one.title)} | {one.group} |" for one in formats.FORMATS]
    return "\n".join(lines)


def export_formats() -> str:
    """What ``export`` writes."""
    lines = ["| name | format | files end in |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | {cell(title)} | `.{ending}` |" for name, (title, ending) in exports.FORMATS.items()]
    return "\n".join(lines)


def speed() -> str:
    """Three of the figures of ``docs/speed.md`` for 2,000 entries, as ratios to mum-tui."""
    table = [line for line in (ROOT / "docs" / "speed.md").read_text("utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    heads = cells[0]
    rows = [row for row in cells if row[0] == "2,000"]
    programs = [row[1].rpartition(" ")[0] for row in rows]
    lines = [f"| | {' | '.join(programs)} |", f"| --- |{' --- |' * len(programs)}"]
    for head in ("first frame", "filter key", "from the shell"):
        at = heads.index(head)
        lines.append(f"| {head} | {' | '.join(_ratio(row[at], row is rows[0]) for row in rows)} |")
    return "\n".join(lines)


def _ratio(cell: str, is_ours: bool) -> str:
    """``2.4 × (500 ms)`` as ``2.4 ×``; our own time as it is."""
    return cell.partition("(")[2].rstrip(")") if is_ours else cell.partition(" (")[0]


PARTS: dict[str, Callable[[], str]] = {
    "keys": keys,
    "query": query,
    "cli": cli,
    "statuses": statuses,
    "options": options,
    "template": configuration,
    "citation-formats": citation_formats,
    "export-formats": export_formats,
    "speed": speed,
}


def made(text: str) -> str:
    """A page with its parts made anew."""
    return PART.sub(lambda part: f"<!-- made: {part[1]} -->\n\n{PARTS[part[1]]()}\n\n<!-- /made -->", text)


def main(pages: Sequence[str] = PAGES) -> None:
    """Write the parts into all pages."""
    for name in pages:
        page = ROOT / name
        text = page.read_text("utf-8")
        page.write_text(made(text), "utf-8")


if __name__ == "__main__":
    main()
