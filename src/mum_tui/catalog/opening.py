"""Opening a catalog, of one file or of several: from its compiled form where that is fresh, else from the files.

What was read from them is then compiled.

The shipped catalog lies compiled beside its YAML; of any other the compiled form is kept in the user's cache.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui.catalog import compiled_form
from mum_tui.catalog.model import Catalog, Loaded
from mum_tui.storage.container import Damaged, Octets

if TYPE_CHECKING:
    from mum_tui.catalog.layers import Below

LARGE = 2_000
"""A catalog of so many entries or more is compiled and stored before it is used, not when there is time for it."""

Progress = Callable[[str, float, int], None]
"""Told what is being done, how much is done of all there is to do, from 0 to 1, and with how many entries."""

Compile = Callable[[Catalog, Callable[[int, int], None]], Mapping[str, Octets]]
"""Makes the sections of the index of a catalog; told now and then how much is done, and of how much."""

_READING = 0.6
"""The part of the time that reading a catalog takes of reading and compiling it."""


class Reader:
    """Reads a catalog file written in YAML, and tells whether it changed."""

    def stamp(self, path: Path) -> str:
        """A stamp that differs whenever the file does. Raises ``OSError``."""
        return compiled_form.file_stamp(path)

    def load(self, path: Path, progress: Callable[[int, int, int], None], below: Below | None = None) -> Loaded:
        """The catalog in a file, as a layer upon those ``below``. Raises ``Unreadable``."""
        from mum_tui.catalog import load

        return load.load(path, progress, below)


class Opening:
    """Opens one catalog, of a file or of several, and stores its compiled form.

    Args:
        paths: the catalog file, or several as layers, the first the lowest.
        shipped: the catalog that comes with the program.
        package: the folder of the program; a catalog in it lies there compiled.
        cache: the folder for compiled forms.
        compile: makes the index.
        progress: told how far reading and compiling is.
        reader: reads the file where it is not compiled.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        shipped: Path,
        package: Path,
        cache: Path,
        compile: Compile,
        progress: Progress,
        reader: Reader | None = None,
    ) -> None:
        self._paths, self._shipped, self._package, self._cache = tuple(paths), shipped, package, cache
        self._compile, self._progress = compile, progress
        self._reader = reader or Reader()
        self._is_shipped = len(paths) == 1 and paths[0].parent == package
        self._stamp = ""

    @property
    def name(self) -> str:
        """A short name for the catalog, to keep other files by."""
        paths = b"\n".join(os.fsencode(path.absolute()) for path in self._paths)
        return f"{zlib.crc32(paths):08x}"

    def stamp(self) -> str:
        """What is another whenever one of the files is.

        Raises:
            OSError: the only file cannot be looked at; of several, one that cannot has no stamp of its own.
        """
        if len(self._paths) == 1:
            return self._reader.stamp(self._paths[0])
        return " + ".join(self._stamp_of(path) for path in self._paths)

    def _stamp_of(self, path: Path) -> str:
        try:
            return self._reader.stamp(path)
        except (OSError, ValueError):
            return f"{path.absolute()}-missing"

    @property
    def opened(self) -> str:
        """The stamp when the catalog was opened; empty before, or where that failed."""
        return self._stamp

    @property
    def compiled_file(self) -> Path:
        """Where the compiled form of a catalog that was not shipped is stored."""
        return self._cache / f"catalog-{self.name}.bin"

    def open(self) -> Loaded:
        """The catalog, newest entries first, and its problems.

        Raises:
            Unreadable: nothing of the file can be used.
        """
        loaded = self._from_package() if self._is_shipped else self._from_cache()
        return loaded if loaded is not None else self._from_yaml()

    def _from_package(self) -> Loaded | None:
        with suppress(OSError):
            self._stamp = self.stamp()
            stamp = compiled_form.content_stamp(self._paths[0].read_bytes())
            return compiled_form.open_compiled(self._package / "catalog.bin", stamp)
        return None

    def _from_cache(self) -> Loaded | None:
        with suppress(OSError, ValueError):
            self._stamp = self.stamp()
            return compiled_form.open_compiled(self.compiled_file, self._stamp)
        return None

    def _from_yaml(self) -> Loaded:
        from mum_tui.catalog.encoded import with_newest_first

        with suppress(OSError, ValueError):
            self._stamp = self.stamp()

        def report(done: int, of: int, entries: int) -> None:
            self._progress("Reading the catalog", _READING * done / max(of, 1), entries)

        report(0, 1, 0)
        loaded = with_newest_first(self._read(report))
        return self.store(loaded) if len(loaded.catalog.entries) >= LARGE else loaded

    def _read(self, report: Callable[[int, int, int], None]) -> Loaded:
        if len(self._paths) == 1:
            return self._reader.load(self._paths[0], report)
        from mum_tui.catalog import stacking

        return stacking.load(self._paths, self._shipped, self._reader.load, report)

    def store(self, loaded: Loaded) -> Loaded:
        """The same catalog in compiled form: from the file it was stored in, or from memory."""
        from mum_tui.storage import files

        count = len(loaded.catalog.entries)

        def report(done: int, of: int) -> None:
            self._progress("Compiling the catalog", _READING + (1 - _READING) * done / max(of, 1), count)

        parts = compiled_form.pack(loaded, self._stamp, self._compile(loaded.catalog, report))
        with suppress(OSError, ValueError):
            if not self._is_shipped and self._stamp:
                files.write_atomically(self.compiled_file, *parts)
                if stored := compiled_form.open_compiled(self.compiled_file, self._stamp):
                    return stored
        return compiled_form.unpack(b"".join(parts), self._stamp) or loaded

    def in_memory(self, loaded: Loaded) -> Loaded:
        """The same catalog in compiled form, stored nowhere."""
        parts = compiled_form.pack(loaded, self._stamp, self._compile(loaded.catalog, lambda done, of: None))
        return compiled_form.unpack(b"".join(parts), self._stamp) or loaded

    def store_compiled(self, loaded: Loaded) -> None:
        """Store the compiled form for the next start, if this one had to read YAML. Never raises."""
        if loaded.container is None:
            self.store(loaded)

    def verify(self, loaded: Loaded) -> bool:
        """Check the whole compiled form. Remove it where it is damaged: the next start builds it again."""
        try:
            if loaded.container:
                loaded.container.verify()
        except Damaged:
            with suppress(OSError):
                self.compiled_file.unlink()
            return False
        return True
