"""Which reader opens a catalog file, what makes its index, and where the shipped catalog is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.catalog.opening import YamlReader
from mum_tui.settings.options import SHIPPED
from mum_tui.settings.paths import expanded

if TYPE_CHECKING:
    from mum_tui.catalog.layers import Layer, LowerLayers
    from mum_tui.catalog.model import Catalog, Loaded
    from mum_tui.problems import Problem
    from mum_tui.settings.config import Config
    from mum_tui.settings.paths import Paths
    from mum_tui.storage.container import Octets

STREAM, STREAM_NAME = Path("-"), "standard input"
"""The path ``-`` for a catalog, and its name in messages."""

PACKAGE = Path(__file__).resolve().parent
"""The folder of the program."""


def shipped_catalog() -> Path:
    """The path of the catalog that comes with the program: in the package, or at the top of a checkout."""
    inside = PACKAGE / "catalog.yaml"
    return inside if inside.exists() else PACKAGE.parents[1] / "catalog.yaml"


def configured(settings: Config, files: Paths) -> tuple[Path, ...]:
    """The catalogs that the settings name, the lowest layer first; the shipped one if they name none."""
    named = settings.catalogs or (settings.catalog or SHIPPED,)
    return tuple(shipped_catalog() if name == SHIPPED else files.config / expanded(name) for name in named)


def read_layers(paths: Sequence[Path], progress: Callable[[int, int, int], None]) -> tuple[list[Layer], list[Problem]]:
    """Read several catalogs separately; returns those that can be read, and the problems of the others.

    Raises:
        Unreadable: none of them can be read.
    """
    from mum_tui.catalog import stacking

    return stacking.layers(paths, shipped_catalog(), AnyReader().load, progress)


def compile_index(catalog: Catalog, report: Callable[[int, int], None]) -> Mapping[str, Octets]:
    """The index of a catalog, as sections of its compiled form; ``report`` gets the entries done and all entries."""
    from mum_tui.search import build

    return build.sections(catalog, report)


class AnyReader(YamlReader):
    """Reads lists of any format, and folders of them; readers of formats other than YAML are imported when needed."""

    def stamp(self, path: Path) -> str:
        if path == STREAM:
            raise OSError("standard input is read once")
        if path.suffix in (".yaml", ".yml"):
            return super().stamp(path)
        from mum_tui.bibliography import list_files

        return list_files.stamp(path)

    def load(self, path: Path, progress: Callable[[int, int, int], None], below: LowerLayers | None = None) -> Loaded:
        if path == STREAM:
            from mum_tui.bibliography import any_list

            return any_list.catalog_in(console.read(), STREAM_NAME, progress, below)
        if path.suffix in (".yaml", ".yml"):
            return super().load(path, progress, below)
        from mum_tui.bibliography import any_list

        return any_list.load_any(path, progress, below)
