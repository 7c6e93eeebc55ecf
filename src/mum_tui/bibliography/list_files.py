"""Finds the files that may be lists, their kinds by name, and stamps that show whether they changed.

Imports no reader: a list that was opened before is opened from its compiled form.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from mum_tui.catalog import compiled_form
from mum_tui.storage.files import is_file, is_folder

YAML, BIBTEX, RIS, MEDLINE, CSL_JSON, MARKDOWN = "YAML", "BibTeX", "RIS", "MEDLINE", "CSL-JSON", "Markdown"

VERSION = 4
"""Increase this when a reader gives other results, so that compiled lists are read again."""

ENDINGS = {
    ".yaml": YAML, ".yml": YAML, ".bib": BIBTEX, ".bibtex": BIBTEX, ".biblatex": BIBTEX, ".ris": RIS, ".nbib": MEDLINE,
    ".medline": MEDLINE, ".json": CSL_JSON, ".csljson": CSL_JSON, ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".mkd": MARKDOWN,
}  # fmt: skip
"""The kind of a file by the end of its name; its text counts more."""

MAX_FILES = 500
MAX_DEPTH = 4
_ABOUT = frozenset(["license", "changelog", "contributing", "code_of_conduct", "code-of-conduct", "security"])
"""Names of pages about a repository, which are no lists."""


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
            if is_folder(path) and not path.is_symlink() and depth < MAX_DEPTH:
                waiting.append((path, depth + 1))
            elif path.suffix.lower() in ENDINGS and is_file(path) and path.stem.lower() not in _ABOUT:
                paths.append(path)
    return sorted(paths)


def stamp(path: Path) -> str:
    """A stamp that changes whenever the file, or any file of the directory, does. Raises ``OSError``."""
    if is_folder(path):
        stamps = "\n".join(compiled_form.file_stamp(file) for file in files_in(path))
        return f"{path.absolute()}-{zlib.crc32(stamps.encode('utf-8', 'replace'))}-{VERSION}"
    return compiled_form.file_stamp(path) + ("" if path.suffix.lower() in (".yaml", ".yml") else f"-{VERSION}")
