"""Writes a file that the user named, atomically, for the command line and the browser."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import BinaryIO

from mum_tui.storage import files

READER_SECONDS = 0.7
"""How long to wait for a reader of a pipe."""


def write(path: Path, text: str) -> None:
    """Write a text as UTF-8 into a file, a pipe or a device.

    Raises:
        OSError, ValueError: the file cannot be written; an existing file stays unchanged.
    """
    data = text.encode("utf-8", "surrogatepass")
    if path.is_fifo():
        with _opened_for_reader(path) as pipe:
            pipe.write(data)
    elif path.exists() and not path.is_file():
        path.write_bytes(data)  # a device; a folder raises
    elif not path.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    else:
        files.remove_all_leftovers(path.absolute().parent)  # also of exports under other names
        files.write_atomically(path, data, mode=files.usual_mode())


def _opened_for_reader(pipe: Path) -> BinaryIO:
    """Open a pipe once it has a reader. Raises ``OSError`` if it has none soon.

    It is opened only once: a reader takes it for the end of the text where the one who writes closes.
    """
    deadline = time.monotonic() + READER_SECONDS
    while True:
        try:
            descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > deadline:
                raise OSError(errno.ENXIO, "nobody reads this pipe") from error
        else:
            os.set_blocking(descriptor, True)
            return os.fdopen(descriptor, "wb")
        time.sleep(0.02)


def reason(error: OSError | ValueError) -> str:
    """Why a file could not be written, in words."""
    return str(getattr(error, "strerror", None) or error)
