"""Gives memory that is no longer used back to the system."""

from __future__ import annotations

import os


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
