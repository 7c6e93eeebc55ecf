"""Opening any list: the kind of a file by its name and its text, and the reader for it; directories of such files."""

from __future__ import annotations

import gc
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from mum_tui.bibliography import decoding
from mum_tui.bibliography.records import Progress, Reading
from mum_tui.catalog import compiled_form, conflicts, layers, load
from mum_tui.catalog.model import Entry, Loaded
from mum_tui.problems import ERROR, WARNING, Problem, Unreadable
from mum_tui.text import clean, fold

YAML, BIBTEX, RIS, MEDLINE, CSL_JSON, MARKDOWN = "YAML", "BibTeX", "RIS", "MEDLINE", "CSL-JSON", "Markdown"

VERSION = 1
"""Raised when a reader reads more or otherwise: what was compiled before is read again."""

Made = TypeVar("Made")

_ENDINGS = {
    ".yaml": YAML, ".yml": YAML, ".bib": BIBTEX, ".bibtex": BIBTEX, ".biblatex": BIBTEX, ".ris": RIS, ".nbib": MEDLINE,
    ".medline": MEDLINE, ".json": CSL_JSON,
    ".csljson": CSL_JSON, ".md": MARKDOWN, ".markdown": MARKDOWN, ".mkd": MARKDOWN,
}  # fmt: skip
_STARTS = {
    BIBTEX: conflicts.BIBTEX, RIS: conflicts.RIS, MEDLINE: conflicts.RIS, CSL_JSON: conflicts.ANYTHING,
    MARKDOWN: conflicts.ANYTHING,
}  # fmt: skip
_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_CATALOG = re.compile(r"^(?:schema|entries|sections)[ ]*:", re.MULTILINE)
_PAGE = re.compile(r"^#{1,6} |^[-*+] |\]\(https?://|^={3,}$|^\|.*\|$", re.MULTILINE)

MAX_FILES = 500
MAX_DEPTH = 4


def load_any(path: Path, progress: Progress | None = None, below: layers.Below | None = None) -> Loaded:
    """The catalog in a file of any kind, or in all files of a directory.

    With ``below`` it is a layer upon others. A catalog of our own then means their entry by an id of theirs; keys of
    any other list are its own: one that is another work's id there gets the file's name, which is told.

    Raises:
        Unreadable: nothing of it can be used.
    """
    if path.is_dir():
        return _directory(path, progress, below)
    if _ENDINGS.get(path.suffix.lower()) == YAML:
        return load.load(path, progress, below)
    data = load.read_bytes(path)
    kind = kind_of(path, data)
    if kind == YAML:
        return load.load(path, progress, below)
    loaded = without_collecting(lambda: _catalog_of(read(data, clean(str(path)), kind, progress)))
    return _told_apart(loaded, path, below) if below is not None else loaded


def catalog_in(data: bytes, name: str, progress: Progress | None = None, below: layers.Below | None = None) -> Loaded:
    """The catalog in the text of a list of any kind, which messages call ``name``.

    Raises:
        Unreadable: nothing of it can be used.
    """
    kind = kind_of(Path(name), data)
    if kind == YAML:
        return load.parse(data, name, progress, below)
    loaded = without_collecting(lambda: _catalog_of(read(data, name, kind, progress)))
    return _told_apart(loaded, Path(name), below) if below is not None else loaded


def _told_apart(loaded: Loaded, path: Path, below: layers.Below) -> Loaded:
    """A list upon other layers, with a warning for each of its keys that means another work there."""
    file = clean(str(path))
    apart = _apart(loaded, path.stem, {name: _plain(below.entries[known]) for name, known in below.ids.items()})
    problems = [
        Problem(
            file, apart.lines.get(now.id, 0), before.id, f"is another work in a lower layer; here it is {now.id}",
            "", WARNING,
        )
        for before, now in zip(loaded.as_written.entries, apart.catalog.entries, strict=True)
        if before.id != now.id
    ]  # fmt: skip
    return apart._replace(problems=(*loaded.problems, *problems))


def _catalog_of(reading: Reading) -> Loaded:
    from mum_tui.bibliography.build import catalog_of

    return catalog_of(reading)


def without_collecting(act: Callable[[], Made]) -> Made:
    """A large list is millions of small objects, none of them garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return act()
    finally:
        if collecting:
            gc.enable()


def kind_of(path: Path, data: bytes) -> str:
    """The kind of a file: what its text clearly is, else what its name says."""
    text = decoding.text_of(data[:200_000], Reading(""), sample=True).lstrip()
    named = _ENDINGS.get(path.suffix.lower(), "")
    if named in (YAML, MARKDOWN):
        return named
    told = _told(text)
    return told or named or (MARKDOWN if _PAGE.search(text) else YAML)


def _told(text: str) -> str:
    """What the text of a file clearly is; empty where it may be several things."""
    from mum_tui.bibliography.medline import is_medline

    if text[:1] in ("{", "[") and not re.match(r"\{\s*schema\s*:|\[!?\[?[^\[\]]*\]\(", text):
        return CSL_JSON
    if is_medline(text):
        return MEDLINE
    if re.search(r"^TY  ?-", text[:20_000], re.MULTILINE):
        return RIS
    if _CATALOG.match(text) or (_CATALOG.search(text[:5000]) and not _ENTRY.search(text)):
        return YAML
    return BIBTEX if _ENTRY.search(text) and not re.match(r"#+ ", text) else ""


def read(data: bytes, file: str, kind: str, progress: Progress | None = None) -> Reading:
    """The records of a file of a known kind, other than ``YAML``.

    Raises:
        Unreadable: it holds nothing of that kind.
    """
    scratch = Reading(file)
    if not data.strip():
        raise Unreadable(Problem(file, 0, "", "the file is empty"))
    decoding.refuse_what_is_no_text(data, file, kind)
    whole = decoding.text_of(data, scratch)
    decoding.refuse_web_page(whole, file, kind)
    text, conflicted = conflicts.without(whole, _STARTS[kind])
    for conflict in conflicted:
        scratch.add(conflict.first, "", conflict.message, "the entries in it are set aside", ERROR)
        scratch.set_aside += conflict.entries - 1
    reading = _read(text, file, kind, progress)
    reading.problems[:0] = scratch.problems
    reading.set_aside += scratch.set_aside
    if not reading.records and not reading.problems:
        raise Unreadable(Problem(file, 0, "", f"holds no entry ({kind})"))
    return reading


def _read(text: str, file: str, kind: str, progress: Progress | None) -> Reading:
    if kind == BIBTEX:
        from mum_tui.bibliography import bibtex

        return bibtex.read(text, file, progress)
    if kind == RIS:
        from mum_tui.bibliography import ris

        return ris.read(text, file, progress)
    if kind == MEDLINE:
        from mum_tui.bibliography import medline

        return medline.read(text, file, progress)
    if kind == CSL_JSON:
        from mum_tui.bibliography import csl_json

        return csl_json.read(text.encode("utf-8", "replace"), file)
    from mum_tui.bibliography import markdown_list

    return markdown_list.read(text, file, progress)


# -- directories


def files_in(folder: Path) -> list[Path]:
    """The files of a directory that may be lists, by name; hidden ones are left out, as in any shell."""
    paths: list[Path] = []
    waiting = [(folder, 0)]
    while waiting and len(paths) < MAX_FILES:
        path_at, depth = waiting.pop()
        try:
            inside = sorted(path_at.iterdir())
        except OSError:
            continue
        for path in inside:
            if path.name.startswith("."):
                continue
            if path.is_dir() and not path.is_symlink() and depth < MAX_DEPTH:
                waiting.append((path, depth + 1))
            elif path.suffix.lower() in _ENDINGS and path.is_file() and not _is_about(path):
                paths.append(path)
    return sorted(paths)


def _is_about(path: Path) -> bool:
    """Whether a page is about a repository, not a list."""
    return path.stem.lower() in (
        "license",
        "changelog",
        "contributing",
        "code_of_conduct",
        "code-of-conduct",
        "security",
    )


def _directory(folder: Path, progress: Progress | None, below: layers.Below | None = None) -> Loaded:
    """Every list in a directory as one catalog; a file that cannot be read is told and costs nothing else."""
    name = clean(str(folder))
    opened: list[layers.Layer] = []
    problems: list[Problem] = []
    files = files_in(folder)
    titles: dict[str, str] = {}
    for number, path in enumerate(files):
        try:
            loaded = load_any(path, below=below)
        except Unreadable as error:
            # A page without entries is often only about the others.
            is_page = _ENDINGS.get(path.suffix.lower()) == MARKDOWN
            problems.append(error.problem._replace(level=WARNING if is_page else ERROR))
            continue
        opened.append(layers.Layer(clean(str(path.relative_to(folder))), _apart(loaded, path.stem, titles)))
        if progress:
            progress(number + 1, len(files), sum(len(layer.loaded.catalog.entries) for layer in opened))
    if not opened:
        raise Unreadable(problems[0] if problems else Problem(name, 0, "", "holds no file that is a list", _EXPECTED))
    merged = layers.merged(opened).loaded
    return merged._replace(problems=(*problems, *merged.problems))


def _apart(loaded: Loaded, name: str, titles: dict[str, str]) -> Loaded:
    """A list whose keys mean no work of another file: a key that has another title there gets the file's name.

    ``titles`` knows the ids of the files before, with their titles, and is told those of this one.
    """
    entries: list[Entry] = []
    lines = dict(loaded.lines)
    for entry in loaded.as_written.entries:
        title = _plain(entry)
        identifier, number = entry.id, 1
        while titles.get(identifier, title) != title:
            identifier = f"{entry.id}-{re.sub(r'[^A-Za-z0-9]+', '-', name).strip('-')}{number if number > 1 else ''}"
            number += 1
        titles[identifier] = title
        if identifier != entry.id:
            lines[identifier] = lines.get(entry.id, 0)
            entry = replace(entry, id=identifier)
        entries.append(entry)
    return loaded._replace(catalog=replace(loaded.catalog, entries=tuple(entries)), lines=lines, order=())


def _plain(entry: Entry) -> str:
    """The title as it is compared: in one case, without what is no letter or digit."""
    return re.sub(r"\W+", "", fold(entry.title))


_EXPECTED = "a list is BibTeX, RIS, CSL-JSON, Markdown or YAML"


def stamp(path: Path) -> str:
    """A stamp that changes whenever the file, or any file of the directory, does. Raises ``OSError``."""
    if path.is_dir():
        stamps = "\n".join(compiled_form.file_stamp(file) for file in files_in(path))
        return f"{path.absolute()}-{zlib.crc32(stamps.encode('utf-8', 'replace'))}-{VERSION}"
    return compiled_form.file_stamp(path) + ("" if path.suffix.lower() in (".yaml", ".yml") else f"-{VERSION}")
