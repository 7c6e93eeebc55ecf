"""What kind of place we run in: a desktop, a remote shell, a terminal multiplexer, a page in a browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Environment(NamedTuple):
    """What decides how to copy and open. ``display``: a graphical display that belongs to this machine's user."""

    ssh: bool
    tmux: bool
    display: bool
    wsl: bool
    system: str

    @property
    def native(self) -> bool:
        """Whether a clipboard or browser of this machine is the one in front of the user."""
        return not self.ssh and (self.display or self.wsl or self.system in ("darwin", "win32"))


def find(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Environment:
    """Look at the environment variables (and, on Linux, at the kernel's name for WSL)."""
    return Environment(
        ssh=bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")),
        tmux=bool(environ.get("TMUX")),
        display=bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")),
        wsl=system == "linux" and _is_wsl(),
        system=system,
    )


def _is_wsl() -> bool:
    with suppress(OSError):
        return "microsoft" in Path("/proc/version").read_text(errors="replace").lower()
    return False
