"""Importing a library without what it can do without, where loading that would take longer than the work itself."""

from __future__ import annotations

import sys
from importlib import import_module


def import_without(module: str, left_out: str) -> None:
    """Import ``module`` as if ``left_out`` were not installed; whoever asks for that later gets it all the same.

    Nothing is done where either is loaded already.
    """
    if module in sys.modules or left_out in sys.modules:
        return
    sys.modules[left_out] = None  # type: ignore[assignment]
    try:
        import_module(module)
    finally:
        del sys.modules[left_out]
