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

_MOST_POOLS = -8
"""M_ARENA_MAX in the malloc.h of glibc: from how many pools on a new thread gets none of its own."""

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

    glibc keeps freed memory for later: after hours of large dialogs some 80 MB.
    """
    trim = _function_of_c("malloc_trim")
    if trim is not None:
        trim(0)


def share_pools() -> None:
    """Let threads that are started from now on share the pools of memory there are, where the C library is glibc.

    It would give each a pool of its own, and what is freed in one is of no use to another: some 10 MB after an hour.
    """
    set_parameter = _function_of_c("mallopt")
    if set_parameter is not None:
        set_parameter(_MOST_POOLS, 1)


def _function_of_c(name: str) -> Callable[..., int] | None:
    """A function of the C library; None where there is none of that name."""
    if os.name != "posix":
        return None
    try:
        from ctypes import CDLL
    except ImportError:  # a Python that was built without it
        return None
    return getattr(CDLL(None), name, None)
