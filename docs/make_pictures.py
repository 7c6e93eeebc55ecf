"""Takes the README's pictures with the program itself: ``make shots``."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"

FIND_THREE = [
    key
    for name in ("clip-driven", "uniseg", "multitalent")
    for key in ("slash", "ctrl+u", *(letter.replace("-", "minus") for letter in name), "enter", "space")
]

SCENES: dict[str, tuple[tuple[int, int], str, Sequence[str]]] = {
    # name: (columns and lines, theme, keys)
    "browser": ((118, 34), "mum-dark", ["down", "down", "b", "down", "down", "b", "down"]),
    "filter": ((118, 24), "mum-light", ["slash", *"liver", "enter", "down"]),
    "reading": ((100, 34), "mum-dark", ["slash", *"btcv", "enter", "end", "enter"]),
    "overview": ((120, 36), "mum-dark", ["a", "tab", "tab", "down", "down", "right"]),
    "compare": ((110, 32), "mum-light", [*FIND_THREE, "equals_sign", "right"]),
    "narrow": ((60, 20), "mum-dark", ["down", "down"]),
}


async def take(name: str) -> None:
    """Take one picture."""
    from mum_tui.keymap import make_keymap
    from mum_tui.services import Services
    from mum_tui.tui.app import MumApp

    size, theme, keys = SCENES[name]
    with tempfile.TemporaryDirectory() as home:
        services = Services(ROOT / "catalog.yaml", {**os.environ, "MUM_TUI_HOME": home})
        app = MumApp(services, make_keymap({}), theme)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.press(*keys)
            await app.workers.wait_for_complete()
            await pilot.pause()
            picture = app.export_screenshot(title="mum-tui")
    # The picture shall not ask a server for its font, nor change where the program did not.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    picture = re.sub(r"terminal-\d+", "terminal", picture)
    (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    """Write all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in SCENES:
        asyncio.run(take(name))


if __name__ == "__main__":
    main()
