"""Opens a text in the user's editor: a child process that has the terminal until it ends."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from mum_tui.storage.files import read

FALLBACK = "notepad" if os.name == "nt" else "vi"


class Edited(NamedTuple):
    """The edited text; ``problem`` says in one line why it should not be used, and is empty if it can be."""

    text: str
    problem: str = ""


def edit(text: str, environ: Mapping[str, str], name: str = "note.md") -> Edited:
    """Open ``text`` in ``$VISUAL`` or ``$EDITOR`` and wait for it. Never raises.

    The file ``name`` is in a folder that only the user can access, and is removed afterwards.
    """
    named = (environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    command = next(filter(None, named), FALLBACK)
    try:
        words = shlex.split(command)
    except ValueError as error:
        return Edited(text, f"$EDITOR cannot be parsed: {error}")
    try:
        with tempfile.TemporaryDirectory(prefix="mum-tui-") as folder:
            path = Path(folder) / name
            path.write_text(f"{text}\n" if text else "", encoding="utf-8", errors="replace")
            status = subprocess.run([*words, str(path)], check=False).returncode  # noqa: S603
            try:
                edited = read(path).decode(errors="replace").replace("\r\n", "\n").removesuffix("\n")
            except OSError as error:
                return Edited(text, f"{command} left no file ({error.strerror or error})")
    except OSError as error:
        return Edited(text, f"{command}: {error.strerror or error}")
    how = f"with status {status}" if status > 0 else f"by signal {-status}"
    return Edited(edited, f"{command} ended {how}" if status else "")
