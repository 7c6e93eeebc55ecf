"""``python -m benchmarks.calls``: how many of our functions one key in the filter box passes through.

The number says how long the way from a key to the screen is to read, whatever machine runs it. Counted are
different functions of ``mum_tui`` and the files they stand in, once every cache is warm: for a letter after which
another entry is current, and for one after which the same is.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType

WORD = "segme"
"""Typed and deleted once to warm up, then typed again."""

TRACED = {2: "another entry is current", 4: "the same entry is current"}
"""The letters that are traced, counted from 0, and what they bring."""

SIZE = (120, 36)


async def traced(number: int) -> Counter[CodeType]:
    """The functions of ours that letter ``number`` calls, and how often."""
    from mum_tui.keymap import make_keymap
    from mum_tui.services import Services
    from mum_tui.tui.app import MumApp

    calls: Counter[CodeType] = Counter()

    def trace(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and f"{os.sep}mum_tui{os.sep}" in frame.f_code.co_filename:
            calls[frame.f_code] += 1

    services = Services(None)
    app = MumApp(services, make_keymap({}))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("slash", *WORD, *["backspace"] * len(WORD), *WORD[:number])
        await pilot.pause(0.5)
        threading.setprofile(None)
        sys.setprofile(trace)
        await pilot.press(WORD[number])
        await pilot.pause()
        sys.setprofile(None)
    app.save_all()
    return calls


def main() -> None:
    """Count, and print the number of functions, of files and of calls; with ``--list`` the functions, too."""
    for number, brings in TRACED.items():
        with tempfile.TemporaryDirectory() as folder:
            os.environ["MUM_TUI_HOME"] = folder
            calls = asyncio.run(traced(number))
        names = sorted({(Path(code.co_filename).name, code.co_qualname, code.co_firstlineno) for code in calls})
        files = {code.co_filename for code in calls}
        print(f"{brings}: {len(names)} functions in {len(files)} files, {sum(calls.values())} calls")
        if "--list" in sys.argv:
            for file, name, _ in names:
                print(f"  {file:<24} {name}")


if __name__ == "__main__":
    main()
