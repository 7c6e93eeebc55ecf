"""The environment of the process: a desktop, a remote shell, tmux, WSL."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Environment(NamedTuple):
    """What decides how to copy and open: SSH, tmux, a graphical display, WSL, and the system as in ``sys.platform``."""

    ssh: bool
    tmux: bool
    display: bool
    wsl: bool
    system: str

    @property
    def native(self) -> bool:
        """Whether the user sits at this machine and it has a clipboard and a web browser."""
        return not self.ssh and (self.display or self.wsl or self.system in ("darwin", "win32"))


def find(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Environment:
    """The environment, from its variables and, on Linux, from the kernel's name for WSL."""
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
