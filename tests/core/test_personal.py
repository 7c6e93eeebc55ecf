"""What the user keeps in terms of rows: looking at what changed shows the same as looking at everything."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mum_tui.library.library import Library
from mum_tui.library.operations import Change
from mum_tui.search.annotations import Kept, Personal
from mum_tui.services import Services
from tests.catalogs import entry, write

ROWS = {"e0": 0, "e1": 1, "e2": 2, "old0": 0, "old2": 2}
IDS = (*ROWS, "gone")
CHANGES = st.one_of(
    st.tuples(st.just("bookmarked"), st.booleans()),
    st.tuples(st.just("status"), st.sampled_from([None, "to-read", "read"])),
    st.tuples(st.just("note"), st.sampled_from([None, "Ein Wort", "another"])),
    st.tuples(st.just("rating"), st.sampled_from([None, 3])),
    st.tuples(st.sampled_from(["tag:A", "tag:a", "tag:b"]), st.booleans()),
)


def asked(kept: Kept) -> object:
    """All that can be asked of it; which of two notes of a row comes first does not matter."""
    notes = {row: sorted(note.split("\n")) for row, note in kept.notes.items()}
    return kept.conditions, kept.tags, notes, [kept.anywhere(text, 3) for text in ("wort", "a", "b")]


@given(st.lists(st.lists(st.tuples(st.sampled_from(IDS), CHANGES), max_size=4), max_size=12), st.booleans())
def test_later_ones_agree_with_new_ones(steps: list[list[tuple[str, tuple[str, object]]]], looks: bool) -> None:
    services = Services(environ={"MUM_TUI_HOME": "/nowhere"})
    services.library = Library(Path("/nowhere/library.json"))
    kept = Kept(services.personal, ROWS.get, 3)
    for step in steps:
        if looks:
            asked(kept)  # what was worked out is handed on
        services.library.change(*[Change(name, field, value) for name, (field, value) in step])
        personal = services.personal
        changed = personal.changed_since(kept.personal)
        assert changed is not None
        kept = kept.later(personal, changed)
        assert asked(kept) == asked(Kept(personal, ROWS.get, 3))
        plain = Personal(
            tuple(personal.bookmarked), dict(personal.status), dict(personal.tags), dict(personal.notes),
            tuple(personal.rated),
        )  # fmt: skip
        assert plain.changed_since(personal) is None
        assert asked(kept) == asked(Kept(plain, ROWS.get, 3))


def test_it_is_made_anew_only_when_something_changed(tmp_path: Path) -> None:
    catalog = write(tmp_path / "catalog.yaml", [entry("a"), entry("b")])
    services = Services(catalog, {"MUM_TUI_HOME": str(tmp_path)})
    first, index = services.personal, services.index
    kept = index.kept(first)
    assert services.personal is first
    assert index.kept(services.personal) is kept
    assert kept.conditions["is:read"] == 0
    services.mark(services.loaded.catalog.entries, "status", "read")
    assert services.personal is not first
    assert index.kept(services.personal).conditions["is:read"] == 0b11
    assert kept.conditions["is:read"] == 0


def test_what_another_process_changed_is_in_the_journal(tmp_path: Path) -> None:
    ours, theirs = (Library(tmp_path / "library.json") for _ in range(2))
    ours.change(Change("a", "bookmarked", True), Change("b", "bookmarked", True))
    ours.save()
    theirs.refresh()
    theirs.change(Change("b", "status", "read"), Change("c", "note", "n"))
    theirs.save()
    at = len(ours.journal)
    assert ours.refresh()
    assert sorted(ours.journal[at:]) == ["b", "c"]
    at = len(ours.journal)
    assert not ours.refresh()
    assert len(ours.journal) == at
