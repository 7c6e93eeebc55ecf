"""The command line. Textual is only imported to start the browser, argparse only when there is something to parse."""

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
    """Run the command line ``argv`` (default: the process's own); the exit status."""
    gc.disable()  # the browser turns it on again after its first frame, a verb is over before it matters
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
        os.environ["MUM_TUI_LOG"] = arguments.log  # for every part of the program, and for what it starts
    if arguments.theme:
        arguments.theme = _theme(arguments.theme)
    if arguments.run is None:
        return browse(arguments.catalog, arguments.theme, arguments.fresh)
    return int(arguments.run(arguments))


def _theme(name: str) -> str:
    """The theme with this name. Raises ``InputError``."""
    from mum_tui.settings.options import Wrong, theme_named

    theme = theme_named(name)
    if isinstance(theme, Wrong):
        raise console.InputError(f"{theme.message} ({theme.hint})")
    return theme


def browse(catalogs: Sequence[Path] | None = None, theme: str = "", fresh: bool = False) -> int:
    """Start the browser, if there is a terminal to show it in."""
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
        gc.freeze()  # all memory goes with the process: its end need not search it for cycles, a tenth of ``cite``
    if status == Exit.INTERRUPTED:
        # Die of the signal, so that a calling shell script stops too.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    sys.exit(status)
