"""Opens a catalog of one or several files: from its compiled form if that is fresh, else from the files.

A catalog read from its files is then compiled. The compiled form of the shipped catalog is next to its YAML, that of
any other in the user's cache.

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
    from mum_tui.catalog.layers import LowerLayers

LARGE = 2_000
"""A catalog of this many entries or more is compiled and stored before it is used, a smaller one in the background."""

Progress = Callable[[str, float, int], None]
"""Called with what is being done, the part of all work that is done, from 0 to 1, and the number of entries."""

Compile = Callable[[Catalog, Callable[[int, int], None]], Mapping[str, Octets]]
"""Makes the sections of the index of a catalog; calls its second argument with the work done and all the work."""

_READING = 0.6
"""Reading takes this part of the time of reading and compiling a catalog."""


class YamlReader:
    """Reads a catalog file written in YAML, and gives the stamp by which a change of it is noticed."""

    def stamp(self, path: Path) -> str:
        """A stamp that differs whenever the file does. Raises ``OSError``."""
        return compiled_form.file_stamp(path)

    def load(self, path: Path, progress: Callable[[int, int, int], None], below: LowerLayers | None = None) -> Loaded:
        """The catalog in a file, as a layer on top of ``below``. Raises ``Unreadable``."""
        from mum_tui.catalog import load

        return load.load(path, progress, below)


class Opening:
    """Opens one catalog, of a file or of several, and stores its compiled form.

    Args:
        paths: the catalog file, or several as layers, the lowest first.
        shipped: the catalog that comes with the program.
        package: the folder of the program; a catalog in it has its compiled form there, too.
        cache: the folder for compiled forms.
        compile: makes the index.
        progress: called with the progress of reading and compiling.
        reader: reads the files; the default reads YAML.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        shipped: Path,
        package: Path,
        cache: Path,
        compile: Compile,
        progress: Progress,
        reader: YamlReader | None = None,
    ) -> None:
        self._paths, self._shipped, self._package, self._cache = tuple(paths), shipped, package, cache
        self._compile, self._progress = compile, progress
        self._reader = reader or YamlReader()
        self._is_shipped = len(paths) == 1 and paths[0].parent == package
        self._stamp = ""

    @property
    def name(self) -> str:
        """A short name for the catalog, made from its paths: part of the names of files that belong to it."""
        paths = b"\n".join(os.fsencode(path.absolute()) for path in self._paths)
        return f"{zlib.crc32(paths):08x}"

    def stamp(self) -> str:
        """A text that differs whenever one of the files does.

        Raises:
            OSError: the only file cannot be accessed. One of several that cannot counts as missing.
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
        """The stamp of the files when the catalog was opened; empty before that, or if it could not be taken."""
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
        """Store the catalog in compiled form and open that; if it cannot be stored, the compiled form in memory."""
        from mum_tui.storage import files

        count = len(loaded.catalog.entries)

        def report(done: int, of: int) -> None:
            self._progress("Compiling the catalog", _READING + (1 - _READING) * done / max(of, 1), count)

        parts = compiled_form.pack(loaded, self._stamp, self._compile(loaded.catalog, report))
        with suppress(OSError, ValueError):
            if not self._is_shipped and self._stamp:
                files.write_atomically(self.compiled_file, parts)
                if stored := compiled_form.open_compiled(self.compiled_file, self._stamp):
                    return stored
        return compiled_form.unpack(b"".join(parts), self._stamp) or loaded

    def in_memory(self, loaded: Loaded) -> Loaded:
        """The same catalog in compiled form, in memory only."""
        parts = compiled_form.pack(loaded, self._stamp, self._compile(loaded.catalog, lambda done, of: None))
        return compiled_form.unpack(b"".join(parts), self._stamp) or loaded

    def store_compiled(self, loaded: Loaded) -> None:
        """Store the compiled form for the next start, if the catalog was read from its files. Never raises."""
        if loaded.container is None:
            self.store(loaded)

    def verify(self, loaded: Loaded) -> bool:
        """Whether the whole compiled form is undamaged. A damaged one is removed; the next start compiles again."""
        try:
            if loaded.container:
                loaded.container.verify()
        except Damaged:
            with suppress(OSError):
                self.compiled_file.unlink()
            return False
        return True
