"""Gives memory that is no longer used back to the system."""

from __future__ import annotations

import gc
import os
import sys

GROWN = 1.05
"""Python's memory has grown if it has so many times the blocks that it had when cycles were last looked for."""

_blocks = 0
"""The blocks of Python's memory in use after cycles were last looked for."""


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
