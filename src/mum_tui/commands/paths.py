"""``paths``: prints where files are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.console import Exit
from mum_tui.services import Services
from mum_tui.text import clean

if TYPE_CHECKING:
    import argparse

    from mum_tui.commands.parsing import Parser


def add_arguments(parser: Parser) -> None:
    """``paths`` has no arguments of its own."""
    parser.set_defaults(run=paths)


def paths(arguments: argparse.Namespace) -> Exit:
    """Print the paths of all files, even if they do not exist yet."""
    services = Services(arguments.catalog)
    paths = services.paths
    rows = [
        *(("catalog", path) for path in services.catalog_paths),
        ("config", paths.config_file),
        ("library", paths.library),
        ("session", paths.session),
        ("cache", paths.cache),
    ]
    console.write("".join(f"{name:<9}{clean(str(path))}\n" for name, path in rows))
    return Exit.DONE
