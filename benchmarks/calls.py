"""``python -m benchmarks.calls``: how many of our functions one key in the filter box passes through.

The number says how long the way from a key to the screen is to read, whatever machine runs it. Counted are
different functions of ``mum_tui`` and the files they stand in, over the third letter of a word, once every cache is
warm.
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

WORD = "segm"
"""Typed and deleted once to warm up, then typed again; its third letter is traced."""

SIZE = (120, 36)


async def traced() -> Counter[CodeType]:
    """The functions of ours that the third letter calls, and how often."""
    from mum_tui import actions
    from mum_tui.services import Services
    from mum_tui.tui.app import MumApp

    calls: Counter[CodeType] = Counter()

    def trace(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and f"{os.sep}mum_tui{os.sep}" in frame.f_code.co_filename:
            calls[frame.f_code] += 1

    services = Services(None)
    app = MumApp(services, actions.keymap({}))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("slash", *WORD, *["backspace"] * len(WORD), *WORD[:2])
        await pilot.pause(0.5)
        threading.setprofile(None)
        sys.setprofile(trace)
        await pilot.press(WORD[2])
        await pilot.pause()
        sys.setprofile(None)
    app.leave()
    return calls


def main() -> None:
    """Count, and print the number of functions, of files, and of calls in each file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MUM_TUI_HOME"] = folder
        calls = asyncio.run(traced())
    files: Counter[str] = Counter()
    for code, count in calls.items():
        files[code.co_filename.rpartition(f"mum_tui{os.sep}")[2]] += count
    names = {(code.co_filename, code.co_qualname, code.co_firstlineno) for code in calls}
    if "--list" in sys.argv:
        for path, name, _ in sorted(names):
            print(f"  {Path(path).name:<24} {name}")
    print(f"functions {len(names)}, files {len(files)}, calls {sum(files.values())}")
    for path, count in files.most_common(12):
        print(f"  {path:<40} {count:6d}")


if __name__ == "__main__":
    main()
