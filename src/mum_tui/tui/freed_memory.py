"""Gives memory that is no longer used back to the system."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

from rich.cells import cached_cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.css.scalar import Scalar
from textual.geometry import Region

GROWN = 1.05
"""Python's memory has grown if it has so many times the blocks that it had when cycles were last looked for."""

_blocks = 0
"""The blocks of Python's memory in use after cycles were last looked for."""


_CLEARS: list[Callable[[], None]] = [
    getattr(kind, name).cache_clear
    for kind in (Region, Scalar, Segment, StylesCache)
    for name in vars(kind)
    if hasattr(getattr(kind, name), "cache_clear")
] + [cached_cell_len.cache_clear]
"""Clear the caches that Textual and Rich fill while they draw: see docs/textual.md."""


def forget_what_was_drawn() -> None:
    """Clear the caches of Textual and Rich that keep what a screen no longer shows.

    They hold the lines of the last thousand widgets, the parts of 16,384 lines that a dialog covered, and thousands
    of regions and texts that were measured: together some 80 MB after hours of dialogs.
    """
    for clear in _CLEARS:
        clear()


def collect_if_grown() -> None:
    """Free closed dialogs and whatever else refers to itself, if memory has grown by a twentieth since the last time.

    Python looks for old cycles only when a quarter has been added, which lets the browser grow for hours.
    """
    global _blocks
    if sys.getallocatedblocks() > GROWN * _blocks:
        gc.collect()
        _blocks = sys.getallocatedblocks()


def give_back() -> None:
    """Give back what was freed, where the C library has a call for that (glibc).

    glibc keeps freed memory for later, each thread its own: after hours of large dialogs some 80 MB.
    """
    if os.name != "posix":
        return
    try:
        from ctypes import CDLL
    except ImportError:  # a Python that was built without it
        return
    trim = getattr(CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
