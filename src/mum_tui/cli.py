"""The command line. Textual is only imported to start the browser, argparse only when there is something to parse."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.problems import Unreadable

if TYPE_CHECKING:
    from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (default: the process's own); the exit status."""
    gc.disable()  # the browser turns it on again after its first frame, a verb is over before it matters
    console.tolerate_any_text()
    words = sys.argv[1:] if argv is None else argv
    try:
        return _run(words)
    except Unreadable as error:
        console.say(error)
        return console.USAGE
    except KeyboardInterrupt:
        return console.INTERRUPTED


def _run(words: Sequence[str]) -> int:
    if not words:
        return browse()
    from mum_tui.commands.arguments import parser, query_last

    arguments = parser().parse_args(query_last(words))
    if arguments.run is None:
        return browse(arguments.catalog, arguments.theme, arguments.fresh)
    return int(arguments.run(arguments))


def browse(catalog: Path | None = None, theme: str = "", fresh: bool = False) -> int:
    """Start the browser, if there is a terminal to show it in."""
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error")):
        if not stream or not stream.isatty():
            console.say(f"standard {name} is not a terminal; in scripts use: mum-tui list, show or cite")
            return console.USAGE
    from mum_tui import browse as browser

    return browser.browse(catalog, theme, fresh)


def entry_point() -> None:
    """Entry point of the ``mum-tui`` command."""
    status = main()
    if status == console.INTERRUPTED:
        # Die of the signal, so that a calling shell script stops too.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    sys.exit(status)
