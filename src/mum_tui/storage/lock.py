"""Locks of files: one that all writers of a file share, and one that tells others that its process lives."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from mum_tui.storage.files import is_file

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]  # Windows has msvcrt instead
    import msvcrt

_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)


class Busy(OSError):
    """Another process has held the lock for longer than the time limit."""

    def __init__(self) -> None:
        super().__init__(errno.EBUSY, "another mum-tui is writing to it")


@contextmanager
def locked(path: Path, timeout: float) -> Iterator[bool]:
    """Hold the lock of ``path`` in a ``with`` block; gives False if the file system has no locks.

    Raises:
        Busy: the lock was not free within ``timeout`` seconds.
        OSError: the lock file cannot be created.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _open(target.with_name(f"{target.name}.lock"))
    try:
        deadline = time.monotonic() + timeout
        while (lock := _try_lock(descriptor)) is Lock.LOCKED_ELSEWHERE:
            if time.monotonic() >= deadline:
                raise Busy
            time.sleep(0.01)
        yield lock is Lock.OURS
    finally:
        os.close(descriptor)  # releases the lock


def _open(lock_file: Path) -> int:
    try:
        return os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        # A folder, say: the reason would be looked for in the file beside it.
        if os.path.lexists(lock_file) and not is_file(lock_file):
            reason = f"its lock file {lock_file.name} cannot be opened: {error.strerror}"
            raise OSError(error.errno, reason) from error
        raise


class Lock(Enum):
    """The outcome of trying to take a lock."""

    OURS = "ours"
    LOCKED_ELSEWHERE = "locked elsewhere"
    NOT_SUPPORTED = "not supported"
    """A network file system without locks: writes are still atomic, but simultaneous changes may be lost."""


class HeldLock:
    """A lock that is held until ``release``, or until the process ends. Raises ``OSError`` if there can be none."""

    def __init__(self, lock_file: Path) -> None:
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor: int | None = _open(lock_file)
        try:
            _try_lock(self._descriptor)
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def state_of(lock_file: Path) -> Lock:
    """Whether another holds a lock; ``OURS`` if it is free, ``NOT_SUPPORTED`` if that cannot be told. Never raises."""
    try:
        descriptor = os.open(lock_file, os.O_RDWR if fcntl is None else os.O_RDONLY)
    except FileNotFoundError:
        return Lock.OURS
    except OSError:
        return Lock.NOT_SUPPORTED
    try:
        return _try_lock(descriptor, is_shared=True)  # two who ask at once do not see each other
    except OSError:
        return Lock.NOT_SUPPORTED
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int, is_shared: bool = False) -> Lock:
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        else:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return Lock.NOT_SUPPORTED
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return Lock.LOCKED_ELSEWHERE
        raise
    return Lock.OURS
