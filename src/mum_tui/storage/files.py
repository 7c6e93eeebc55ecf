"""Reading and writing whole files so that no crash, full disk, odd file or second process can do harm."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import time
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

from mum_tui.patterns import Pattern

TEMPORARY = ".tmp"

STALE_SECONDS = 3600
"""Age after which a temporary file of another machine belongs to nobody any more."""

LARGEST = 200_000_000
"""The most bytes of a file that is read whole."""

PRIVATE = 0o600


def usual_mode() -> int:
    """The mode of a file that the user asks for, as the shell would make it."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def read(path: Path, largest: int = LARGEST) -> bytes:
    """The content of a file.

    Raises:
        OSError: it cannot be read, is larger than ``largest`` bytes, or is a pipe or a device, on which reading
            might never end.
    """
    with open_regular(path) as file:
        return _bounded(file, largest)


def read_given(path: Path, largest: int = LARGEST) -> bytes:
    """Like ``read``, for a path the user typed: that may be a pipe, as the shell's ``<(…)`` makes one."""
    with path.open("rb") as file:
        return _bounded(file, largest)


def _bounded(file: io.BufferedReader, largest: int) -> bytes:
    if os.fstat(file.fileno()).st_size <= largest:
        data = file.read(largest + 1)
        if len(data) <= largest:
            return data
    raise OSError(errno.EFBIG, f"it is larger than {largest // 1_000_000} MB")


def open_regular(path: Path) -> io.BufferedReader:
    """A file, open for reading. Raises ``OSError``, also for what is no regular file."""
    # Opening a pipe without a writer would block.
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0)))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # a folder says so by itself
        file.close()
        raise _not_regular()
    return file


def _not_regular() -> OSError:
    return OSError(errno.EINVAL, "it is a pipe or a device, not a file")


def write_atomically(path: Path, *data: bytes | bytearray | memoryview, mode: int = PRIVATE) -> None:
    """Replace the content of ``path`` by these parts; readers see the old or the new content, never a part.

    Follows symbolic links and keeps the file's mode (``mode`` is that of a new one); makes the folder if it is
    missing, and removes what interrupted writes of the same file left. Raises ``OSError`` with the old file intact.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(target)
    temporary = target.with_name(f".{target.name}.{machine_name()}.{os.getpid()}-{os.urandom(4).hex()}{TEMPORARY}")
    with suppress(FileNotFoundError):
        there = target.stat().st_mode
        mode = there & 0o777
        if not (stat.S_ISREG(there) or stat.S_ISDIR(there)):
            raise _not_regular()  # a folder says so by itself
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            with suppress(OSError):  # a umask may have narrowed it; some file systems know no modes
                temporary.chmod(mode)
            for part in data:
                view = memoryview(part)
                while view:
                    view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can (best effort)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def machine_name() -> str:
    """A short name for this machine: a folder may be shared with others, whose processes we cannot see."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(name.encode(errors='replace')):08x}"


_LEFTOVER = Pattern(
    rf"\.(?P<name>.+?)(?:\.(?P<machine>[0-9a-f]{{8}}))?\.(?P<pid>\d+)-[0-9a-f]{{8}}{re.escape(TEMPORARY)}", re.DOTALL
)


def remove_leftovers(path: Path) -> None:
    """Remove the temporary files that interrupted writes of ``path`` and of its backups left behind. Never raises."""
    target = Path(os.path.realpath(path))
    _remove_leftovers(target.parent, target.name)


def remove_all_leftovers(folder: Path) -> None:
    """Remove the temporary files that interrupted writes left behind in a folder of the program's own. Never raises."""
    _remove_leftovers(folder, None)


def _remove_leftovers(folder: Path, name: str | None) -> None:
    with suppress(OSError):
        for leftover in folder.iterdir():
            match = _LEFTOVER.fullmatch(leftover.name)
            if match is None or (name and not f"{match['name']}.".startswith(f"{name}.")):
                continue
            with suppress(OSError):
                if _is_abandoned(leftover, match["machine"], int(match["pid"])):
                    leftover.unlink()


def _is_abandoned(leftover: Path, machine: str | None, pid: int) -> bool:
    """Whether the process that wrote a temporary file is gone, or has taken too long."""
    if machine == machine_name() and os.name == "posix":  # elsewhere signal 0 would end the process
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return True
        except OSError:
            pass  # it runs as another user
    return time.time() - leftover.stat().st_mtime > STALE_SECONDS
