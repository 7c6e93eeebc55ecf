"""Catalogs too large to be read as a whole: entry by entry, compiled once, opened at once."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from mum_tui.catalog import load, opening
from mum_tui.catalog.encoded import Encoded
from mum_tui.problems import Unreadable
from mum_tui.search.view import View
from mum_tui.services import Services
from support import catalogs
from tests.catalogs import dump, entry, hostile_entries
from tests.examples import some


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads every file as if it were large."""
    monkeypatch.setattr(load, "STREAMED", 0)


LARGE = 300


@pytest.fixture
def soon_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiles a catalog of ``LARGE`` entries as one of thousands is."""
    monkeypatch.setattr(opening, "LARGE", LARGE)


def yaml(count: int) -> str:
    return catalogs.head() + "".join(map(catalogs.block, catalogs.entries(count)))


@pytest.mark.parametrize("chunk", some([pytest.param(200, marks=pytest.mark.slow), 1000, 5000, 2_000_000]))
def test_entry_by_entry_gives_what_reading_the_whole_gives(
    tmp_path: Path, streamed: None, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    from mum_tui.catalog import stream

    monkeypatch.setattr(stream, "CHUNK", chunk)
    monkeypatch.setattr(stream, "HEAD", max(chunk, 2500))
    texts = {
        "plain": yaml(20),
        "hostile": dump(hostile_entries()),
        "problems": dump(
            [entry("a", titel="x"), entry("b", date="x"), entry("a"), entry("c", uses=[{"dataset": "q"}])]
        ),
        "crlf": yaml(5).replace("\n", "\r\n"),
        "empty blocks": dump([entry("a")]) + "\n\n- \n",
        "bom": "\ufeff" + yaml(3),
        "control": dump([entry("a"), entry("b", title="x")]).replace("The paper called a", "The \x07 paper"),
        "broken": dump([entry("a"), entry("b"), entry("c")]).replace("The paper called b", '"The paper'),
    }
    for name, text in texts.items():
        path = tmp_path / "c.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        found, whole = load.load(path), load.parse(path.read_bytes(), str(path))
        assert list(found.catalog.entries) == list(whole.catalog.entries), name
        assert found.set_aside == whole.set_aside, name
        assert [str(one) for one in found.problems] == [str(one) for one in whole.problems], name
        assert found.catalog.sections == whole.catalog.sections
        assert found.catalog.vocabularies == whole.catalog.vocabularies
        assert isinstance(found.catalog.entries, Encoded), name


REFUSED = {
    "noise": (random.Random(1).randbytes(1 << 20), "is not a text file"),
    "zeros": (b"\0" * (1 << 20), "is not a text file"),
    "prose": ("ünsinn ".encode() * 100_000, "not written in blocks"),
    "braces": (b"entries: [" + b"{}, " * 200_000 + b"]", "not written in blocks"),
    "aliases": (b"a: &a [x]\nb: " + b"[*a, *a]\n" * 100, "not written in blocks"),
    "one entry": ((catalogs.head() + "  - " + "x" * 5_000_000).encode(), "an entry of more than 2 MB"),
    "no entries": ((catalogs.head() + "  - x\n" * 100_000).encode(), "none of the first 1,000 entries can be used"),
    "newer": (b"schema: 9\nentries:\n  - id: x\n" + b"# x\n" * 1000, "is newer than this mum-tui"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_catalog_is_refused_quickly(
    tmp_path: Path, streamed: None, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    content, message = REFUSED[name]
    monkeypatch.setattr(load, "MAX_BYTES", 100)
    path = tmp_path / "c.yaml"
    path.write_bytes(content)
    since = time.monotonic()
    with pytest.raises(Unreadable, match=message) as caught:
        load.load(path)
    assert time.monotonic() - since < 5
    assert "\n" not in str(caught.value)


def test_an_alias_bomb_in_an_entry_costs_that_entry(tmp_path: Path, streamed: None) -> None:
    bomb = "  - id: bomb\n    tags: &a [x, x, x, x, x, x, x, x, x]\n"
    for letter, before in zip("bcdefgh", "abcdefg", strict=True):
        bomb += f"    {letter}{letter}: &{letter} [{', '.join([f'*{before}'] * 9)}]\n"
    bomb += "    sources: *h\n"
    path = tmp_path / "c.yaml"
    path.write_text(catalogs.head() + bomb + catalogs.block(next(catalogs.entries(1))))
    since = time.monotonic()
    found = load.load(path)
    assert (len(found.catalog.entries), found.set_aside) == (1, 1)
    assert time.monotonic() - since < 5


def test_keys_behind_the_entries_are_named(tmp_path: Path, streamed: None) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(yaml(3) + "title: late\n")
    found = load.load(path)
    assert len(found.catalog.entries) == 3
    assert [problem.key for problem in found.problems] == ["title"]


@pytest.mark.slow
def test_a_large_catalog_is_compiled_once(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(yaml(opening.LARGE))
    told: list[tuple[str, float]] = []
    first = Services(path, progress=lambda what, part, entries: told.append((what, part)))
    assert first.loaded.container
    assert list(dict.fromkeys(what for what, _ in told)) == ["Reading the catalog", "Compiling the catalog"]
    assert (told[0][1], told[-1][1]) == (0, 1)
    assert [part for _, part in told] == sorted((part for _, part in told), key=lambda part: part)
    (kept,) = (home / "cache").iterdir()
    again = Services(path)
    with monkeypatch.context() as patched:
        patched.setattr(load, "load", lambda *_: pytest.fail("the YAML was read again"))
        assert again.loaded.container
    for query in ("segmentation", "zhou 2023", "a", "in", '"of the"', "kind:dataset has:code", "-ct", "segmantatoin"):
        rows = again.index.run(View(query=query)).rows
        assert [again.index.entries[row].id for row in rows[:50]] == [
            first.index.entries[row].id for row in first.index.run(View(query=query)).rows[:50]
        ]
    size = kept.stat().st_size
    for damage in (b"", b"garbage", kept.read_bytes()[: size // 2]):
        kept.unlink()  # others have it mapped: it must not shrink under them
        kept.write_bytes(damage)
        assert len(Services(path).index.run(View()).rows) == opening.LARGE
        assert kept.stat().st_size == size
    path.write_text(yaml(opening.LARGE + 1))
    assert len(Services(path).index.run(View()).rows) == opening.LARGE + 1


def test_damage_where_nobody_looked_yet_costs_time_only(
    home: Path, tmp_path: Path, soon_large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mum_tui.catalog import compiled_form

    monkeypatch.setattr(compiled_form, "VERIFIED_AT_ONCE", 0)
    path = tmp_path / "c.yaml"
    path.write_text(yaml(LARGE))
    wanted = [
        list(Services(path).index.run(View(query=query)).rows) for query in ("segmentation", "ti:a", "kind:paper")
    ]
    (kept,) = (home / "cache").iterdir()
    octets = bytearray(kept.read_bytes())
    for place in range(len(octets) // 2, len(octets), len(octets) // 400):
        octets[place] ^= 0x55
    kept.unlink()
    kept.write_bytes(octets)
    services = Services(path)
    before = services.index.container
    found = [list(services.index.run(View(query=query)).rows) for query in ("segmentation", "ti:a", "kind:paper")]
    assert services.index.container is not before or found == wanted
    assert not services.opening.verify(services.loaded)
    assert not kept.exists()


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path, home: Path, soon_large: None) -> None:
    home.write_text("not a folder")
    path = tmp_path / "c.yaml"
    path.write_text(yaml(LARGE))
    services = Services(path)
    assert len(services.index.run(View(query="segmentation")).rows) > 30
    assert services.opening.verify(services.loaded)


def test_the_order_of_the_file_is_not_lost(home: Path, tmp_path: Path, soon_large: None) -> None:
    path = tmp_path / "c.yaml"
    for count in (20, LARGE):
        path.write_text(yaml(count))
        written = [one.id for one in catalogs.entries(count)]
        for _ in range(2):
            services = Services(path)
            assert [one.id for one in services.loaded.as_written.entries] == written
            assert [one.id for one in services.loaded.catalog.entries] != written
            services.opening.store_compiled(services.loaded)
        assert services.loaded.container
