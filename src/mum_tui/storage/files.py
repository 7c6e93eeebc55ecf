"""Writing one small file so that no crash, full disk or second process can spoil it."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

TEMPORARY = ".tmp"
STALE_SECONDS = 3600
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)


class Busy(OSError):
    """Another process holds the lock for longer than we may wait."""

    def __init__(self) -> None:
        super().__init__(errno.EBUSY, "another mum-tui is writing it")


PRIVATE = 0o600


def usual_mode() -> int:
    """The mode of a file that the user asks for, as the shell would make it."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def read(path: Path) -> bytes:
    """The content of a file. Raises ``OSError``, also for a pipe or a device, on which reading might never end."""
    with open_regular(path) as file:
        return file.read()


def open_regular(path: Path) -> io.BufferedReader:
    """A file, open for reading. Raises ``OSError``, also for what is no regular file."""
    # A pipe that nobody writes to would otherwise be waited for here already.
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0)))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise _not_regular()
    return file


def _not_regular() -> OSError:
    return OSError(errno.EINVAL, "it is a pipe or a device, not a file")


def write_atomically(path: Path, *data: bytes | bytearray | memoryview, mode: int = PRIVATE) -> None:
    """Replace the content of ``path`` by these parts; readers see the old or the new content, never a part.

    Follows symbolic links and keeps the file's mode (``mode`` is that of a new one); makes the folder if it is
    missing. Raises ``OSError`` with the old file intact.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}{TEMPORARY}")
    with suppress(FileNotFoundError):
        found = target.stat().st_mode
        mode = found & 0o777
        if not (stat.S_ISREG(found) or stat.S_ISDIR(found)):
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


def remove_stale_temporaries(path: Path) -> None:
    """Remove what interrupted writes of ``path`` left behind more than an hour ago."""
    target = Path(os.path.realpath(path))
    ours = re.compile(rf"\.{re.escape(target.name)}\..*-[0-9a-f]{{8}}{re.escape(TEMPORARY)}", re.DOTALL)
    with suppress(OSError):
        for leftover in target.parent.iterdir():
            if not ours.fullmatch(leftover.name):
                continue
            with suppress(OSError):
                if time.time() - leftover.stat().st_mtime > STALE_SECONDS:
                    leftover.unlink()


@contextmanager
def locked(path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock that all writers of ``path`` share.

    Raises:
        Busy: it was not free within ``timeout`` seconds.
        OSError: the lock file cannot be made.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target.with_name(f"{target.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + timeout
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                raise Busy
            time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)  # releases the lock


def _try_lock(descriptor: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        # A network file system without locks: atomic replacement still holds, only merging is weaker.
        if error.errno in _NO_LOCKS:
            return True
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True
