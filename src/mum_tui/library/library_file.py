"""The library's file: reads it, tells whether it has changed since, and repairs it if it is damaged."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from mum_tui.library.document import DamagedLibrary, Document, decode
from mum_tui.storage import files
from mum_tui.storage.lock import locked
from mum_tui.text import clean_line

Signature = tuple[int, int, int]

MOST_BYTES = 100_000_000
"""The largest library that is read and written; one of half a million entries with notes is smaller."""


class LibraryFile:
    """The file, whose content is not trusted.

    ``notices`` has a sentence for each problem found while reading it. ``read_only`` says why it must not be written;
    it is empty if it may be.
    """

    # ``_stored`` is the content that was last read or written. ``_data`` has its bytes if they were read. Those
    # written are in ``_stored``: of a large library they are many megabytes, and need not be there twice.

    def __init__(self, path: Path, lock_seconds: float) -> None:
        self.path = path
        self.lock_seconds = lock_seconds
        self.notices: list[str] = []
        self.read_only = ""
        self._stored = Document()
        self._has_content = False
        self._data: bytes | None = None
        self._signature: Signature | None = None
        self._suspect: Signature | None = None
        self._note_conflict_copies()

    def _note_conflict_copies(self) -> None:
        target = Path(os.path.realpath(self.path))
        try:
            names = os.listdir(target.parent)  # noqa: PTH208 - twice as fast as a glob pattern, at every start
        except OSError:
            return
        if any(name.startswith(target.stem) and "conflict" in name for name in names):
            from mum_tui.library import recovery

            for copy in recovery.conflict_copies(self.path):
                self._note(f"{copy.name} is a conflict copy of the library; mum-tui library import merges it")

    def changed_on_disk(self) -> bool:
        """Whether another process wrote the file since it was last read; fast enough to call twice a second."""
        return self._stat() != self._signature

    def _stat(self) -> Signature | None:
        try:
            return _signature(self.path.stat())
        except OSError:
            return None

    def _read(self) -> Document:
        """The current content of the file. Raises ``DamagedLibrary``."""
        try:
            with files.open_regular(self.path) as file:
                status = os.fstat(file.fileno())
                if status.st_size > MOST_BYTES:
                    raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES // 1_000_000} MB")
                signature = _signature(status)
                is_same = self._is_all_of(file)
                file.seek(0)
                data = b"" if is_same else file.read()
        except FileNotFoundError:
            self._signature = None
            if self._has_content:
                self._note(f"{self.path} was removed; its content will be written again with the next change")
            return self._stored
        except OSError as error:
            # Never replace it: it may be intact once it can be read again.
            self.read_only = f"{self.path} cannot be read ({error.strerror or error})"
            self._note(self.read_only)
            return self._stored
        if is_same:
            document = self._stored
            self._signature, self._suspect = signature, None
        else:
            document = decode(data)
            self._remember(document, signature, data)
        if document.newer:
            self.read_only = f"{self.path} was written by a newer mum-tui (schema {document.newer}); it is only read"
            self._note(self.read_only)
        return document

    def _is_all_of(self, file: BinaryIO) -> bool:
        """Whether a file has the same bytes as the one that was last read or written."""
        if self._data is not None:
            return file.read() == self._data
        return self._has_content and self._stored.is_all_of(file)

    def _blocks(self) -> Iterable[bytes]:
        """The bytes of the file that was last read or written."""
        return self._stored.encode_in_blocks() if self._data is None else (self._data,)

    def _remember(self, document: Document, signature: Signature | None, data: bytes | None = None) -> None:
        self._has_content = True
        self._stored, self._data, self._signature, self._suspect = document, data, signature, None

    def _replace(self, document: Document, blocks: Iterable[bytes]) -> None:
        """Write ``document``, encoded as ``blocks``, into the file. Raises ``OSError``; nothing is written if it
        would be too large to be read again.
        """
        if document.encoded_size > MOST_BYTES:
            raise OSError(errno.EFBIG, f"it would be larger than {MOST_BYTES // 1_000_000} MB")
        files.write_atomically(self.path, blocks)
        self._remember(document, self._stat())

    def _note(self, notice: str) -> None:
        notice = clean_line(notice)  # it may name paths and ids that another program chose
        if notice not in self.notices:
            self.notices.append(notice)

    def _recover(self, damage: DamagedLibrary) -> Document:
        """Copy a damaged file, and replace it by everything known of its content."""
        from mum_tui.library import recovery

        last = self._stored if self._has_content else None
        rescued = recovery.rescue(damage.data, last, self.path)
        try:
            with locked(self.path, self.lock_seconds):
                try:
                    return self._read()  # another process may have repaired it meanwhile
                except DamagedLibrary as again:
                    rescued = recovery.rescue(again.data, last, self.path)
                    blocks = rescued.document.encode_in_blocks()
                    aside = recovery.set_aside(self.path, again.data)
                    self._replace(rescued.document, blocks)
        except OSError as error:
            self.read_only = f"{self.path} is damaged ({damage}) and cannot be replaced ({error.strerror or error})"
            self._note(self.read_only)
        else:
            self._note(f"{self.path} was damaged ({damage}); a copy is in {aside.name}")
        self._note(rescued.words)
        return rescued.document


def _signature(stat: os.stat_result) -> Signature:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
