"""``config``: checks the configuration, shows the settings in force, writes a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.opening import printable
from mum_tui.commands.parsing import Parser, add_subcommand
from mum_tui.console import Exit
from mum_tui.keymap import Keymap, make_keymap
from mum_tui.services import Services
from mum_tui.settings.options import OPTIONS, template
from mum_tui.storage import files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from mum_tui.settings.config import Config


def add_arguments(parser: Parser) -> None:
    """The arguments of ``config``; without an action, it shows the settings."""
    parser.set_defaults(run=show)
    subcommands = parser.add_subparsers(metavar="ACTION", title="actions", prog="mum-tui config", parser_class=Parser)
    add_subcommand(
        subcommands, "check", check, "list all problems of the configuration; exit status 2 if there are any"
    )
    add_subcommand(subcommands, "init", init, "write a config.toml in which every option is commented out")
    add_subcommand(subcommands, "show", show, "print the settings in force and where each comes from")


def check(arguments: argparse.Namespace) -> Exit:
    """Print all problems of the configuration."""
    services = Services(arguments.catalog)
    file = services.paths.config_file
    keymap = _keymap(services)
    if not arguments.catalog and (services.config.catalog or services.config.catalogs):
        services.open_catalog()  # adds a problem where nothing of it can be used
    problems = sorted([*services.config.problems, *keymap.problems], key=lambda problem: problem.line)
    console.write("".join(f"{problem.in_one_line(problem.level)}\n" for problem in problems))
    if files.is_there(file):
        if not problems:
            console.warn(f"{printable(str(file))}: no problems")
    elif all(problem.file != str(file) for problem in problems):
        console.warn(f"there is no {printable(str(file))}; mum-tui config init writes one")
    return Exit.USAGE if problems else Exit.DONE


def init(arguments: argparse.Namespace) -> Exit:
    """Write the template, unless there is a file already."""
    file = Services(arguments.catalog).paths.config_file
    if files.is_there(file):
        console.warn(f"{printable(str(file))} exists already; nothing was written")
        return Exit.USAGE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(file, template().encode(), mode=files.usual_mode())
    except OSError as error:
        console.warn(f"{printable(str(file))}: cannot be written: {error.strerror or error}")
        return Exit.USAGE
    console.write(f"{file}\n")
    return Exit.DONE


def show(arguments: argparse.Namespace) -> Exit:
    """Print each setting, its value and its source, separated by tabs."""
    services = Services(arguments.catalog)
    keymap = _keymap(services)
    console.warn_all([*services.config.problems, *keymap.problems])
    rows = [*_options(services, arguments), *_tables(services.config, keymap)]
    console.write("".join("\t".join(map(printable, row)) + "\n" for row in rows))
    return Exit.DONE


def _keymap(services: Services) -> Keymap:
    config = services.config
    return make_keymap(config.keys, str(services.paths.config_file), config.lines)


def _options(services: Services, arguments: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    catalogs = " | ".join(map(str, arguments.catalog))
    flags = {"theme": arguments.theme, "catalogs" if len(arguments.catalog) > 1 else "catalog": catalogs}
    for option in OPTIONS:
        if flag := flags.get(option.name):
            yield option.name, flag, f"flag, --{option.name.removesuffix('s')}"
        else:
            value = getattr(services.config, option.name)
            shown = f"{option.separator} ".lstrip().join(value) if option.separator else value
            yield option.name, shown, services.config.sources.get(option.name, "default")


def _tables(config: Config, keymap: Keymap) -> Iterator[tuple[str, str, str]]:
    refused = {problem.key for problem in keymap.problems}
    for written in config.keys:
        if action := keymap.action_of(written):
            keys = keymap.keys[action.id]
            is_refused = f"keys.{written}" in refused and keys == action.keys
            yield f"keys.{written}", keys, "default" if is_refused else f"file, line {config.lines[written]}"
    for name, query in config.searches.items():
        yield f"searches.{name}", query, "file"
