"""Reads several catalogs as one. A layer that is missing or broken is reported; the others are used without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mum_tui.catalog.layers import Layer, LowerLayers, Merger
from mum_tui.catalog.model import Loaded
from mum_tui.problems import Problem, Unreadable
from mum_tui.text import clean, one_line

SHIPPED = "shipped"
"""The origin of entries of the catalog that comes with the program."""

Progress = Callable[[int, int, int], None]
Load = Callable[[Path, Progress, LowerLayers], Loaded]
"""Reads one layer on top of those below it. Raises ``Unreadable``."""


def layers(paths: Sequence[Path], shipped: Path, load: Load, progress: Progress) -> tuple[list[Layer], list[Problem]]:
    """The layers that can be read, the lowest first, and the problems of those that cannot.

    Args:
        paths: files and folders.
        shipped: the catalog that comes with the program; its layer is named ``SHIPPED``.
        load: reads one layer.
        progress: called with the work done, all the work, and the number of entries read so far.

    Raises:
        Unreadable: none of them can be used.
    """
    _, read, problems = _read(paths, shipped, load, progress)
    return read, problems


def load(paths: Sequence[Path], shipped: Path, load: Load, progress: Progress) -> Loaded:
    """The catalog of all layers, with the origins of its entries; arguments as for ``layers``.

    Raises:
        Unreadable: none of them can be used.
    """
    merging, _, problems = _read(paths, shipped, load, progress)
    loaded = merging.finish().loaded
    return loaded._replace(problems=(*problems, *loaded.problems))


def _read(
    paths: Sequence[Path], shipped: Path, load: Load, progress: Progress
) -> tuple[Merger, list[Layer], list[Problem]]:
    merging = Merger()
    read: list[Layer] = []
    problems: list[Problem] = []
    entries = 0
    for number, (path, name) in enumerate(zip(paths, names(paths, shipped), strict=True)):
        before, steps = entries, number

        def report(done: int, of: int, count: int, before: int = before, steps: int = steps) -> None:
            progress(steps * 1000 + 1000 * done // max(of, 1), len(paths) * 1000, before + count)

        try:
            loaded = load(path, report, merging.below)
        except Unreadable as error:
            problems.append(error.problem)
            continue
        layer = Layer(name, loaded, clean(str(path)))
        merging.add(layer)
        read.append(layer)
        entries += len(loaded.catalog.entries)
    if not read and problems:
        raise Unreadable(problems[0])
    return merging, read, problems


def names(paths: Sequence[Path], shipped: Path) -> list[str]:
    """A short name for each layer: its file's name, with as many folders as are needed to make it unique."""
    return [SHIPPED if path == shipped else _name(path, paths) for path in paths]


def _name(path: Path, paths: Sequence[Path]) -> str:
    parts = path.absolute().parts
    for count in range(1, len(parts)):
        name = parts[-count:]
        if all(other == path or other.absolute().parts[-count:] != name for other in paths):
            return one_line(clean("/".join(name)))
    return one_line(clean(str(path)))
