"""A compiled catalog is the catalog it was made from, or it is nothing."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.catalog import compiled_form, load
from mum_tui.catalog.check.proofreading import proofread
from mum_tui.catalog.model import Catalog, Entry, Loaded
from mum_tui.catalog.names import RowById
from mum_tui.problems import WARNING, Problem
from mum_tui.storage import container
from tests import catalogs
from tests.catalogs import dump, entry, hostile_entries
from tests.examples import examples, some

SHIPPED = Path(__file__).parents[2] / "catalog.yaml"
MAGIC = b"mum-tui compiled\n"
STAMP = "stamp"


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    return catalogs.shipped()


@pytest.fixture(scope="module")
def packed(shipped: Loaded) -> bytes:
    return packed_whole(shipped)


def assert_same(found: Loaded | None, loaded: Loaded) -> None:
    """``lines`` are not kept; entries come back in a list."""
    assert found
    catalog = found.catalog
    assert (catalog.title, catalog.sections, catalog.vocabularies) == (
        loaded.catalog.title,
        loaded.catalog.sections,
        loaded.catalog.vocabularies,
    )
    assert list(catalog.entries) == list(loaded.catalog.entries)
    assert (found.problems, found.set_aside) == (loaded.problems, loaded.set_aside)


def packed_whole(loaded: Loaded, stamp: str = STAMP) -> bytes:
    return b"".join(compiled_form.pack(loaded, stamp))


def with_checksum(directory: bytes) -> bytes:
    """A container with this directory and no sections."""
    head = MAGIC + len(directory).to_bytes(8, "little") + zlib.crc32(directory).to_bytes(4, "little")
    return head + directory + bytes(-(len(head) + len(directory)) % 8)


def test_the_shipped_catalog_survives(shipped: Loaded, packed: bytes) -> None:
    found = compiled_form.unpack(packed, STAMP)
    assert_same(found, shipped)
    assert found
    assert found.lines == {}
    assert [one.written() for one in found.catalog.entries] == [one.written() for one in shipped.catalog.entries]


def test_problems_and_what_was_set_aside_survive() -> None:
    loaded = load.parse(dump([entry("a", titel="x"), entry("b", date="x"), entry("c")]).encode(), "f.yaml")
    assert len(loaded.problems) == 2
    found = compiled_form.unpack(packed_whole(loaded), STAMP)
    assert_same(found, loaded)
    assert found
    assert all(type(problem) is Problem for problem in found.problems)
    assert [str(problem) for problem in found.problems] == [str(problem) for problem in loaded.problems]
    assert found.set_aside == 1


def test_hostile_texts_survive() -> None:
    loaded = load.parse(dump(hostile_entries()).encode("utf-8", "surrogatepass"), "f.yaml")
    assert len(loaded.catalog.entries) > 15
    assert_same(compiled_form.unpack(packed_whole(loaded), STAMP), loaded)


def test_an_empty_catalog_survives() -> None:
    loaded = Loaded(Catalog())
    assert_same(compiled_form.unpack(packed_whole(loaded, ""), ""), loaded)


def test_a_compiled_catalog_can_be_proofread() -> None:
    loaded = load.parse(dump([entry("a"), entry("b", title="The paper called a")]).encode(), "f.yaml")
    found = compiled_form.unpack(packed_whole(loaded), STAMP)
    assert found
    keys = [problem.key for problem in proofread(found, "f.yaml")]
    assert keys == [problem.key for problem in proofread(loaded, "f.yaml")]
    assert "b.title" in keys


@examples(100)
@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")), st.integers(0, 10**9))
def test_any_title_problem_and_stamp_survive(title: str, stamp: str, line: int) -> None:
    loaded = Loaded(Catalog(title), (Problem("f", line, title, stamp, title, WARNING),), line)
    assert_same(compiled_form.unpack(packed_whole(loaded, stamp), stamp), loaded)


@pytest.mark.parametrize("stamp", ["", "stamp ", "Stamp", "stam", "2"])
def test_another_stamp_does_not_open_it(packed: bytes, stamp: str) -> None:
    assert compiled_form.unpack(packed, stamp) is None


def test_a_catalog_cut_short_is_nothing(packed: bytes) -> None:
    lengths = [*range(40), *some(range(100, len(packed), 100), 9), len(packed) - 1]
    assert [length for length in lengths if compiled_form.unpack(packed[:length], STAMP) is not None] == []


def test_a_catalog_with_one_wrong_byte_is_nothing(packed: bytes) -> None:
    for place in [*range(40), *some(range(100, len(packed), 997), 9), len(packed) - 1]:
        for flip in (0x01, 0x80, 0xFF):
            data = bytearray(packed)
            data[place] ^= flip
            assert compiled_form.unpack(bytes(data), STAMP) is None, place


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        MAGIC,
        MAGIC + b"\0\0\0\0",
        MAGIC[:-1],
        b"mum-tui library\n" + b"\0" * 100,
        b"schema: 1\n",
        with_checksum(b"\xc0"),
        with_checksum(b"\x90"),
        with_checksum(b"\xc1"),
        with_checksum(b"\x95\x00\xa1\xff"),
        with_checksum(b"\x91" * 100_000),
        with_checksum(b"\xdd\xff\xff\xff\xff"),
        with_checksum(b"\xdb\xff\xff\xff\xff"),
    ],
    ids=lambda data: repr(data[:24]),
)
def test_what_is_no_compiled_catalog_is_nothing(data: bytes) -> None:
    assert compiled_form.unpack(data, STAMP) is None


def test_bytes_after_the_end_are_not_accepted(packed: bytes) -> None:
    assert compiled_form.unpack(packed + b"\0", STAMP) is None
    assert compiled_form.unpack(packed + bytes(8), STAMP) is None


@examples(100)
@given(st.binary(max_size=200))
def test_junk_with_a_right_checksum_is_nothing(junk: bytes) -> None:
    assert compiled_form.unpack(junk, STAMP) is None
    assert compiled_form.unpack(with_checksum(junk), STAMP) is None


@examples(60)
@given(st.data())
def test_a_section_that_is_damaged_raises_nothing(data: st.DataObject) -> None:
    loaded = load.parse(dump([entry("a"), entry("b", titel="x")]).encode(), "f.yaml")
    sections = {name: bytes(octets) for name, octets in compiled_form.sections(loaded).items()}
    name = data.draw(st.sampled_from(["header", "entries", "ends"]))
    damaged = bytearray(sections[name])
    damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    octets = b"".join(container.pack({**sections, name: bytes(damaged)}, compiled_form._identity(STAMP)))
    found = compiled_form.unpack(octets, STAMP)
    assert found is None or all(isinstance(one, Entry) for one in found.catalog.entries)


def test_an_entry_is_read_when_it_is_looked_at(tmp_path: Path) -> None:
    loaded = load.parse(dump([entry(f"e{number}") for number in range(9)]).encode(), "f.yaml")
    path = tmp_path / "c.bin"
    path.write_bytes(packed_whole(loaded))
    found = compiled_form.open_compiled(path, STAMP)
    assert found
    assert found.container
    entries = found.catalog.entries
    assert (len(entries), entries[-1], entries[2:4]) == (
        9,
        loaded.catalog.entries[-1],
        list(loaded.catalog.entries[2:4]),
    )
    with pytest.raises(IndexError):
        _ = entries[9]
    rows = RowById(found.container)
    assert dict(rows) == {f"e{number}": number for number in range(9)}
    assert "e" not in rows


def test_damage_beyond_what_is_read_at_once_is_found_by_verifying(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled_form, "VERIFIED_AT_ONCE", 0)
    loaded = load.parse(dump([entry("a"), entry("b")]).encode(), "f.yaml")
    octets = bytearray(packed_whole(loaded))
    place = octets.rindex(b"The paper called b")
    octets[place : place + 3] = b"Thx"
    path = tmp_path / "c.bin"
    path.write_bytes(octets)
    found = compiled_form.open_compiled(path, STAMP)
    assert found
    assert found.container
    with pytest.raises(container.Damaged):
        found.container.verify()


def test_a_catalog_of_another_version_is_nothing(packed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    shape = compiled_form._model_checksum()
    monkeypatch.setattr(compiled_form, "_model_checksum", lambda: shape + 1)
    assert compiled_form.unpack(packed, STAMP) is None


# -- stamps -------------------------------------------------------------------------------------------------


def test_a_content_stamp_tells_contents_apart() -> None:
    stamps = {compiled_form.content_stamp(data) for data in (b"", b"a", b"b", b"ab", b"ba", b"a\n")}
    assert len(stamps) == 6
    assert compiled_form.content_stamp(b"a") == compiled_form.content_stamp(bytes([97]))


def test_a_file_stamp_changes_with_the_file(tmp_path: Path) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_bytes(b"one")
    first = compiled_form.file_stamp(path)
    assert compiled_form.file_stamp(path) == first

    path.write_bytes(b"three")
    longer = compiled_form.file_stamp(path)
    os.utime(path, ns=(0, 1_000_000_000))
    older = compiled_form.file_stamp(path)
    os.utime(path, ns=(0, 1_000_000_001))
    by_a_nanosecond = compiled_form.file_stamp(path)
    other.write_bytes(b"three")
    os.utime(other, ns=(0, 1_000_000_001))
    elsewhere = compiled_form.file_stamp(other)
    other.replace(path)
    replaced = compiled_form.file_stamp(path)
    assert len({first, longer, older, by_a_nanosecond, elsewhere, replaced}) == 6


def test_a_file_stamp_does_not_depend_on_how_the_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"one")
    monkeypatch.chdir(tmp_path)
    assert compiled_form.file_stamp(Path("a.yaml")) == compiled_form.file_stamp(path)


def test_a_missing_file_has_no_stamp(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        compiled_form.file_stamp(tmp_path / "missing.yaml")
