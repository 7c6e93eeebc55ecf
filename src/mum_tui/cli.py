"""The entry point. Textual is imported only to start the browser, argparse only to parse arguments."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.console import Exit
from mum_tui.problems import Unreadable

if TYPE_CHECKING:
    from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (default: that of the process); returns the exit status."""
    gc.disable()  # the browser enables it after its first frame; a verb ends before it matters
    console.prepare()
    words = sys.argv[1:] if argv is None else argv
    try:
        return _run(words)
    except (Unreadable, console.InputError) as error:
        console.warn(error)
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def _run(words: Sequence[str]) -> int:
    if not words:
        return browse()
    from mum_tui.commands.arguments import parse

    arguments = parse(words)
    if arguments.log:
        os.environ["MUM_TUI_LOG"] = arguments.log  # for all parts of the program, and for its child processes
    if arguments.theme:
        arguments.theme = _theme(arguments.theme)
    if arguments.run is None:
        return browse(arguments.catalog, arguments.theme, arguments.fresh)
    return int(arguments.run(arguments))


def _theme(name: str) -> str:
    """The theme with this name. Raises ``InputError``."""
    from mum_tui.settings.options import InvalidValue, theme_named

    theme = theme_named(name)
    if isinstance(theme, InvalidValue):
        raise console.InputError(f"{theme.message} ({theme.hint})")
    return theme


def browse(catalogs: Sequence[Path] | None = None, theme: str = "", fresh: bool = False) -> int:
    """Start the browser if all standard streams are a terminal; returns the exit status. Raises ``Unreadable``."""
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error")):
        if not stream or not stream.isatty():
            console.warn(f"standard {name} is not a terminal; in scripts use: mum-tui list, show or cite")
            return Exit.USAGE
    from mum_tui import browse as browser

    return browser.browse(catalogs, theme, fresh)


def entry_point() -> None:
    """Entry point of the ``mum-tui`` command."""
    try:
        status = main()
    except Exception as error:
        from mum_tui import crash

        status = crash.report(error)
    finally:
        gc.freeze()  # the process ends: searching its memory for cycles would take a tenth of the time of ``cite``
    if status == Exit.INTERRUPTED:
        # Die from the signal, so that a calling shell script stops, too.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    sys.exit(status)
