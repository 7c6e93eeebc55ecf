"""Small catalogs for tests, in the shapes of the real one."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mum_tui.catalog import compiled_form, load
from mum_tui.catalog.encoded import with_newest_first
from mum_tui.catalog.model import Entry, Loaded
from mum_tui.search.index import Index

SECTIONS = [{"id": "papers", "title": "Papers", "children": [{"id": "segmentation", "title": "Segmentation"}]}]

HOSTILE = (
    "a [/b] c",
    "[@click=app.quit]press me[/]",
    "[bracketed] title",
    "[#12]",
    "[link=http://a]x",
    "[",
    "{braces} %s %(x)s {0} {title}",
    "escape \x1b]52;c;cGduZWQ=\x07 sequence \x1b[2J\x1b[31m",
    "title \x1b]2;PWNED\x07",
    "right \u202eto left\u202c \u2066isolate\u2069",
    "医学通用模型：分割一切的医学图像" * 3,
    "emoji 🧠🫁 👩‍⚕️ 🇩🇪 ❤️ flags",
    "combining a\u0301e\u0308 z\u0335a\u0336l\u0337g\u0338o",
    "zero\u200bwidth\ufeff and soft\u00adhyphen",
    "x" * 10_000,
    "word " * 2_000,
    "tab\tand\nnew\r\nline",
    "null \x00 byte \x7f \x9b",
    "lone surrogate \udc80",
    '"; rm -rf / # $(id) `id` & | > <',
    "\\input{/etc/passwd} \\write18{id} }{ $x$ #1 %",
    "-" * 80,
    " ",
    "\u2028line\u2029separators",
)
"""Strings that broke such programs, or that a terminal would obey."""


def entry(identifier: str, **keys: Any) -> dict[str, Any]:
    """An entry as a mapping, with what is required and a link."""
    return {
        "id": identifier,
        "kind": "paper",
        "section": "segmentation",
        "title": f"The paper called {identifier}",
        "authors": ["Doe, Jane", "van der Roe, Richard"],
        "date": "2023-04-05",
        "links": [{"rel": "paper", "url": f"https://example.org/{identifier}"}],
        "summary": "It does something.",
        **keys,
    }


VOCABULARIES = {
    "modalities": {"Histopathology": ["WSI", "whole slide imaging"], "X-ray": ["CXR", "chest radiograph"]},
    "tasks": {"segmentation": ["delineation"]},
}
"""Terms with synonyms, a few of each kind."""


def index_of(*entries: dict[str, Any]) -> Index:
    """An index over these entries, with ``VOCABULARIES``."""
    loaded = load.parse(dump(list(entries), vocabularies=VOCABULARIES).encode(), "c.yaml")
    assert loaded.set_aside == 0, loaded.problems
    return Index(loaded.catalog)


def dump(entries: list[dict[str, Any]], **top: Any) -> str:
    """A catalog with these entries as YAML."""
    return yaml.dump(
        {"schema": 1, "title": "Test", "sections": SECTIONS, "entries": entries, **top},
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
    )


def write(path: Path, entries: list[dict[str, Any]], **top: Any) -> Path:
    """Write a catalog and return its path."""
    path.write_text(dump(entries, **top), encoding="utf-8", errors="surrogatepass")
    return path


def hostile_entries() -> list[dict[str, Any]]:
    """An entry for each hostile string that YAML can hold, which stands in every text it has."""
    return [
        entry(
            f"hostile{number}",
            title=text,
            name=text,
            authors=[f"{text}, Given", {"organisation": text}] if "," not in text else ["Doe, Jane"],
            summary=text,
            notes=text,
            architecture=text,
            tags=[text],
            published={"type": "article-journal", "year": 2023, "container": text, "venue": text, "volume": text},
            preprint={"id": text, "title": text},
            licence={"code": text, "data": text},
            uses=[{"name": text, "note": text}],
            doubts=[{"field": "x", "note": text}],
            sources=[text],
            links=[
                {"rel": "paper", "url": f"https://example.org/{number}", "label": text, "note": text},
                {"rel": "code", "url": f"https://example.org/code/{number}"},
            ],
        )
        for number, text in enumerate(HOSTILE)
        if text.strip() and "\udc80" not in text
    ]


SHIPPED = Path(__file__).resolve().parents[1] / "catalog.yaml"

_PREPARED = "MUM_TUI_TEST_PREPARED"


def prepare(folder: Path) -> None:
    """Write the shipped catalog as it was read into a folder, and tell the folder to the processes that run tests.

    There ``mum_tui`` already is the program as it is once installed.
    """
    (folder / "shipped").write_bytes(pickle.dumps(shipped()))
    os.environ[_PREPARED] = str(folder)


def prepared() -> Path | None:
    """The folder that was prepared by the process that started this one; None if this one runs the tests alone."""
    return Path(os.environ[_PREPARED]) if "PYTEST_XDIST_WORKER" in os.environ else None


@cache
def shipped() -> Loaded:
    """The catalog that comes with the program."""
    folder = prepared()
    if folder:
        loaded: Loaded = pickle.loads((folder / "shipped").read_bytes())
        return loaded
    return load.load(SHIPPED)


@cache
def shipped_index() -> Index:
    """An index over it, made once."""
    catalog, folder = with_newest_first(shipped()).catalog, prepared()
    if not folder:
        return Index(catalog)
    stamp = compiled_form.content_stamp(SHIPPED.read_bytes())
    compiled = compiled_form.open_compiled(folder / "mum_tui" / "catalog.bin", stamp)
    assert compiled
    return Index(catalog, compiled.container)


COUNT = len(shipped().catalog.entries)
"""How many entries the shipped catalog has."""


def for_each(entries: Iterable[Entry], *variants: str) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Makes one test of a check that every entry must pass; it fails with the ids that don't, and why.

    With variants the check is called with each of them beside the entry. A test an entry would be named better, but
    three hundred of each kind take longer to count than to run.
    """
    arguments = [[variant] for variant in variants] or [[]]
    cases = [(entry, argument) for entry in entries for argument in arguments]

    def decorate(check: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            failed = []
            for entry, argument in cases:
                try:
                    check(entry, *argument)
                except AssertionError as error:
                    failed.append(f"{' '.join([entry.id, *argument])}: {error}")
            assert cases
            assert not failed, "\n\n".join(failed)

        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        return test

    return decorate
