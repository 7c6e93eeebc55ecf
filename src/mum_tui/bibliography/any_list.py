"""Opens any list: finds the kind of a file by its name and text, and reads it. Opens directories of lists, too.

Whether a list changed is told by ``list_files``: opening an unchanged list needs no more than that.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from mum_tui.bibliography import decoding
from mum_tui.bibliography.list_files import BIBTEX, CSL_JSON, ENDINGS, MARKDOWN, MEDLINE, RIS, YAML, files_in
from mum_tui.bibliography.records import Progress, Reading
from mum_tui.catalog import conflicts, layers, load
from mum_tui.catalog.model import Entry, Loaded
from mum_tui.problems import ERROR, WARNING, Problem, Unreadable
from mum_tui.storage.files import is_folder
from mum_tui.text import clean, fold, one_line

Made = TypeVar("Made")

_STARTS = {
    BIBTEX: conflicts.BIBTEX, RIS: conflicts.RIS, MEDLINE: conflicts.RIS, CSL_JSON: conflicts.ANYTHING,
    MARKDOWN: conflicts.ANYTHING,
}  # fmt: skip
_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_MARKER = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_CATALOG = re.compile(r"^(?:schema|entries|sections)[ ]*:", re.MULTILINE)
_PAGE = re.compile(r"^#{1,6} |^[-*+] |\]\(https?://|^={3,}$|^\|.*\|$", re.MULTILINE)


def load_any(path: Path, progress: Progress | None = None, below: layers.LowerLayers | None = None) -> Loaded:
    """The catalog in a file of any kind, or in all files of a directory.

    With ``below`` it is a layer upon others. A catalog of our own then means their entry by an id of theirs; keys of
    any other list are its own: one that is another work's id there gets the file's name, which is told.

    Raises:
        Unreadable: nothing of it can be used.
    """
    if is_folder(path):
        return _directory(path, progress, below)
    return without_collecting(lambda: _catalog_of(contents(path, progress, below), path, below))


def catalog_in(
    data: bytes, name: str, progress: Progress | None = None, below: layers.LowerLayers | None = None
) -> Loaded:
    """The catalog in the bytes of a list of any kind; messages call the list ``name``.

    Raises:
        Unreadable: nothing of it can be used.
    """
    return without_collecting(lambda: _catalog_of(contents_of(data, name, progress, below), Path(name), below))


def contents(path: Path, progress: Progress | None = None, below: layers.LowerLayers | None = None) -> Loaded | Reading:
    """The catalog in a file of YAML, the records in a file of any other kind. The file is read once.

    Raises:
        Unreadable: nothing of it can be used.
    """
    if ENDINGS.get(path.suffix.lower()) == YAML:
        return load.load(path, progress, below)
    return contents_of(load.read_bytes(path), one_line(clean(str(path))), progress, below)


def contents_of(
    data: bytes, name: str, progress: Progress | None = None, below: layers.LowerLayers | None = None
) -> Loaded | Reading:
    """The same for the bytes of a file; messages call the file ``name``.

    Raises:
        Unreadable: nothing of it can be used.
    """
    kind = kind_of(Path(name), data)
    if kind == YAML:
        return load.parse(data, name, progress, below)
    return read(data, name, kind, progress)


def _catalog_of(contents: Loaded | Reading, path: Path, below: layers.LowerLayers | None) -> Loaded:
    if isinstance(contents, Loaded):
        return contents
    from mum_tui.bibliography.build import catalog_of

    loaded = catalog_of(contents)
    return _told_apart(loaded, path, below) if below is not None else loaded


def _told_apart(loaded: Loaded, path: Path, below: layers.LowerLayers) -> Loaded:
    """Give keys that mean another work in the layers below new names, and warn of each."""
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


def without_collecting(act: Callable[[], Made]) -> Made:
    """Run ``act`` without garbage collection: a large list is millions of small objects that all stay."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return act()
    finally:
        if collecting:
            gc.enable()


def kind_of(path: Path, data: bytes) -> str:
    """The kind of a file: by its text if that is clear, else by its name."""
    text = decoding.text_of(data[:200_000], Reading(""), sample=True).lstrip()
    named = ENDINGS.get(path.suffix.lower(), "")
    if named in (YAML, MARKDOWN):
        return named
    return told(text) or named or (MARKDOWN if _PAGE.search(text) else YAML)


def told(text: str) -> str:
    """The kind that a text, without white space in front, clearly is; empty if it could be several."""
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
        scratch.add(conflict.first, "", conflict.message, "the entries in it are skipped", ERROR)
        # Where any line may begin an entry, nobody knows how many there were.
        scratch.set_aside += conflict.entries - 1 if _STARTS[kind] is not conflicts.ANYTHING else 0
    if marker := _MARKER.search(text):
        line = text.count("\n", 0, marker.start()) + 1
        scratch.add(line, "", "has a conflict marker without its other half", "resolve the conflict in the file")
    reading = _read(text, file, kind, progress)
    reading.kind = kind
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
    from mum_tui.bibliography import markdown

    return markdown.read(text, file, progress)


# -- directories


def _directory(folder: Path, progress: Progress | None, below: layers.LowerLayers | None = None) -> Loaded:
    """Every list in a directory as one catalog. A file that cannot be read is reported and left out."""
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
            is_page = ENDINGS.get(path.suffix.lower()) == MARKDOWN
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
    """The list with new ids for entries whose id belongs to another title in ``titles``: the file's name is added.

    ``titles`` has the titles of earlier files by id; those of this file are added.
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
    """The letters and digits of the title in lower case, for comparison."""
    return re.sub(r"\W+", "", fold(entry.title))


_EXPECTED = "a list is BibTeX, RIS, MEDLINE, CSL-JSON, Markdown or YAML"
