"""A large library takes about the size of its file in memory, and saving it not much more."""

from __future__ import annotations

import io
import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.library import encoded_entries
from mum_tui.library.document import Document
from mum_tui.library.library import Library
from mum_tui.library.operations import Change
from mum_tui.library.outcomes import Saved
from tests.examples import examples

ENTRIES = 200
NOTE = "a long note\n" * 2_000


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """One in which many entries were given the same note; its size in memory is measured from here on."""
    tracemalloc.start()
    library = Library(home / "library.json")
    library.change(*(Change(f"id{number}", "note", NOTE) for number in range(ENTRIES)))
    assert library.save() == Saved()
    yield library
    tracemalloc.stop()


def test_what_was_saved_is_held_once(library: Library) -> None:
    held, _ = tracemalloc.get_traced_memory()
    assert held < 1.2 * library.path.stat().st_size


@pytest.mark.parametrize("is_backed_up", [False, True])
def test_saving_again_takes_little_more(library: Library, is_backed_up: bool) -> None:
    backup = library.path.with_name("library.json.bak")
    size = library.path.stat().st_size
    before = Path(shutil.copy(library.path, library.path.with_name("before")))
    if not is_backed_up:
        backup.write_bytes(b"of today")
    library.change(Change("id0", "rating", 5))
    tracemalloc.reset_peak()
    assert library.save() == Saved()
    _, peak = tracemalloc.get_traced_memory()
    assert peak < 1.2 * size
    assert backup.read_bytes() == (before.read_bytes() if is_backed_up else b"of today")


def test_entries_that_grow_are_not_kept_in_one_block() -> None:
    one = Document({f"id{number}": {"rating": 1} for number in range(ENTRIES)})
    few = len(one.encode_in_blocks())
    for number in range(ENTRIES):
        one.apply(Change(f"id{number}", "note", NOTE))
    assert max(map(len, one.encode_in_blocks())) < encoded_entries.BLOCK + 2 * len(NOTE)
    for number in range(ENTRIES):
        one.apply(Change(f"id{number}", "note", None))
    assert one.encode() == Document(dict(one.entries)).encode()
    assert few < 10


@given(
    st.dictionaries(st.text(max_size=5), st.dictionaries(st.text(max_size=5), st.text(max_size=20)), max_size=8),
    st.integers(1, 80),
)
@examples(100)
def test_blocks_of_any_size_are_the_document(entries: dict[str, dict[str, str]], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoded_entries, "BLOCK", size)
        one = Document(dict(entries))
        data = one.encode()
        assert b"".join(one.encode_in_blocks()) == data
        assert one.is_all_of(io.BytesIO(data))
        for other in (data[:-1], data + b"\n", data.replace(b"1", b"2", 1), b""):
            assert not one.is_all_of(io.BytesIO(other))
