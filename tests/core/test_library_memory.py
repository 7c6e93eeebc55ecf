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

ENTRIES = 800
NOTE = "a long note\n" * 350
VERY_LONG_NOTE = NOTE * 8
SHARES = {NOTE: 1.5, VERY_LONG_NOTE: 0.2}
"""The most memory that a library takes in which many entries have this note, as a share of its file."""


@pytest.fixture(params=SHARES, ids=["long", "very long"])
def note(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def library(home: Path, note: str) -> Iterator[Library]:
    """One in which many entries were given the same note; its size in memory is measured from here on."""
    tracemalloc.start()
    library = Library(home / "library.json")
    library.change(*(Change(f"id{number}", "note", note) for number in range(ENTRIES)))
    assert library.save() == Saved()
    yield library
    tracemalloc.stop()


def test_the_text_of_a_very_long_note_is_not_held_for_each_entry(library: Library, note: str) -> None:
    held, _ = tracemalloc.get_traced_memory()
    assert held < SHARES[note] * library.path.stat().st_size


@pytest.mark.parametrize("is_backed_up", [False, True])
def test_saving_again_takes_little_more(library: Library, note: str, is_backed_up: bool) -> None:
    backup = library.path.with_name("library.json.bak")
    size = library.path.stat().st_size
    before = Path(shutil.copy(library.path, library.path.with_name("before")))
    if not is_backed_up:
        backup.write_bytes(b"of today")
    library.change(Change("id0", "rating", 5))
    tracemalloc.reset_peak()
    assert library.save() == Saved()
    _, peak = tracemalloc.get_traced_memory()
    assert peak < SHARES[note] * size
    assert backup.read_bytes() == (before.read_bytes() if is_backed_up else b"of today")


def test_a_change_that_can_be_undone_takes_little(home: Path) -> None:
    library = Library(home / "library.json")
    ids = [f"id{number}" for number in range(ENTRIES)]
    tracemalloc.start()
    try:
        held = []
        for rating in (1, 2, 3, 4, 5):
            library.change(*(Change(identifier, "rating", rating) for identifier in ids))
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert (held[-1] - held[1]) / (3 * ENTRIES) < 230  # bytes of a change and its inverse


def test_entries_that_grow_are_not_kept_in_one_block() -> None:
    one = Document({f"id{number}": {"rating": 1} for number in range(ENTRIES)})
    few = len(list(one.encode_in_blocks()))
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
    st.integers(1, 80),
)
@examples(100)
def test_blocks_of_any_size_are_the_document(entries: dict[str, dict[str, str]], size: int, long: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoded_entries, "BLOCK", size)
        patch.setattr(encoded_entries, "LONG", long)
        one = Document(dict(entries))
        data = one.encode()
        assert b"".join(one.encode_in_blocks()) == data
        assert one.is_all_of(io.BytesIO(data))
        for other in (data[:-1], data + b"\n", data.replace(b"1", b"2", 1), b""):
            assert not one.is_all_of(io.BytesIO(other))
