"""Reads and writes files so that no crash, full disk, special file or second process can do harm."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from mum_tui.patterns import Pattern

TEMPORARY = ".tmp"

STALE_SECONDS = 3600
"""A temporary file of another machine is abandoned after this many seconds."""

LARGEST = 200_000_000
"""The most bytes of a file that is read as a whole."""

PRIVATE = 0o600

Block = bytes | bytearray | memoryview


def usual_mode() -> int:
    """The mode that a shell would give a new file."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def read(path: Path, largest: int = LARGEST) -> bytes:
    """The content of a file.

    Raises:
        OSError: it cannot be read, is larger than ``largest`` bytes, or is a pipe or a device, which may never end.
    """
    with open_regular(path) as file:
        return _bounded(file, largest)


def read_given(path: Path, largest: int = LARGEST) -> bytes:
    """Like ``read``, for a path that the user gave: it may be a pipe, such as the shell's ``<(…)``."""
    with path.open("rb") as file:
        return _bounded(file, largest)


def _bounded(file: io.BufferedReader, largest: int) -> bytes:
    if os.fstat(file.fileno()).st_size <= largest:
        data = file.read(largest + 1)
        if len(data) <= largest:
            return data
    raise OSError(errno.EFBIG, f"it is larger than {largest // 1_000_000} MB")


def open_regular(path: Path) -> io.BufferedReader:
    """Open a regular file for reading. Raises ``OSError``, also for anything else."""
    # Opening a pipe without a writer would block.
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0)))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # opening a folder has raised already
        file.close()
        raise _not_regular()
    return file


# The methods of ``Path`` raise where this cannot be found out: a name that is too long, a folder without permission.


def is_there(path: Path) -> bool:
    """Whether there is something with this path; never raises."""
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path) -> bool:
    """Whether there is a file with this path; never raises."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """Whether there is a folder with this path; never raises."""
    return os.path.isdir(path)  # noqa: PTH112


def _not_regular() -> OSError:
    return OSError(errno.EINVAL, "it is a pipe or a device, not a file")


def write_atomically(path: Path, data: Block | Iterable[Block], mode: int = PRIVATE) -> None:
    """Replace the content of ``path`` by ``data``; readers see the old or the new content, never a part.

    Of several blocks each is taken when the one before is written, so that they need not be in memory together.

    Follows symbolic links, keeps the mode of an existing file (``mode`` is that of a new one), creates the folder if it
    is missing, and removes temporary files of interrupted writes. Raises ``OSError``; the old file is then intact.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(target)
    with suppress(FileNotFoundError):
        present_mode = target.stat().st_mode
        mode = present_mode & 0o777
        if not (stat.S_ISREG(present_mode) or stat.S_ISDIR(present_mode)):
            raise _not_regular()  # replacing a folder raises by itself
    _write(target, data, mode)
    sync_folder(target.parent)


def write_new(path: Path, data: Block) -> None:
    """Like ``write_atomically`` for a file that does not exist, with as few calls as possible: the disk may be slow.

    The file survives the end of the program; call ``sync_folder`` so that it survives a power failure, too.
    """
    try:
        _write(path, data, PRIVATE)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data, PRIVATE)


def _write(target: Path, data: Block | Iterable[Block], mode: int) -> None:
    """Write a temporary file and rename it."""
    temporary = target.with_name(f".{target.name}.{machine_name()}.{os.getpid()}-{os.urandom(4).hex()}{TEMPORARY}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        try:
            with suppress(OSError):  # the umask may have restricted it; some file systems have no modes
                temporary.chmod(mode)
            for block in (data,) if isinstance(data, Block) else data:
                view = memoryview(block)
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


def sync_folder(folder: Path) -> None:
    """Make names of new files durable if the system can. Never raises."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def machine_name() -> str:
    """A short name for this machine: others may share the folder, and their processes are not visible here."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(name.encode(errors='replace')):08x}"


_LEFTOVER = Pattern(
    rf"\.(?P<name>.+?)(?:\.(?P<machine>[0-9a-f]{{8}}))?\.(?P<pid>\d+)-[0-9a-f]{{8}}{re.escape(TEMPORARY)}", re.DOTALL
)


def remove_leftovers(path: Path) -> None:
    """Remove temporary files of interrupted writes of ``path`` and of its backups. Never raises."""
    target = Path(os.path.realpath(path))
    _remove_leftovers(target.parent, target.name)


def remove_all_leftovers(folder: Path) -> None:
    """Remove temporary files of interrupted writes from a folder. Never raises."""
    _remove_leftovers(folder, None)


def _remove_leftovers(folder: Path, name: str | None) -> None:
    with suppress(OSError):
        for leftover in folder.iterdir():
            match = _LEFTOVER.fullmatch(leftover.name)
            if match is None or (name and not f"{match['name']}.".startswith(f"{name}.")):
                continue
            with suppress(OSError):
                if is_abandoned(leftover, match["machine"], int(match["pid"])):
                    leftover.unlink()


def is_abandoned(leftover: Path, machine: str | None, pid: int) -> bool:
    """Whether the process that wrote a file has ended, or if that is not known: the file is old. Raises ``OSError``."""
    if machine == machine_name() and os.name == "posix":  # elsewhere signal 0 would end the process
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return True
        except OSError:
            pass  # it runs as another user
    return time.time() - leftover.stat().st_mtime > STALE_SECONDS
