"""What the user keeps in terms of rows: looking at what changed shows the same as looking at everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.json_types import Json
from mum_tui.library.library import Library
from mum_tui.library.operations import Change
from mum_tui.search import annotations as annotations_room
from mum_tui.search.annotations import AnnotatedRows, Annotations, FoldedText
from mum_tui.services import Services
from mum_tui.text import words_apart
from tests.catalogs import entry, write

pytestmark = pytest.mark.usefixtures("installed")

ROWS = {"e0": 0, "e1": 1, "e2": 2, "old0": 0, "old2": 2}
IDS = (*ROWS, "gone")
CHANGES = st.one_of(
    st.tuples(st.just("bookmarked"), st.booleans()),
    st.tuples(st.just("status"), st.sampled_from([None, "to-read", "read"])),
    st.tuples(st.just("note"), st.sampled_from([None, "Ein Wort", "another"])),
    st.tuples(st.just("rating"), st.sampled_from([None, 3])),
    st.tuples(st.sampled_from(["tag:A", "tag:a", "tag:b"]), st.booleans()),
)


def contents(rows: AnnotatedRows) -> object:
    """All contents of the row sets; the order of the notes of a row does not matter."""
    notes = {row: sorted(note.text.split("\n")) for row, note in rows.notes.items()}
    scopes = {scope: bits for scope, bits in rows.scopes.items() if bits}
    return (
        rows.conditions,
        rows.tags,
        scopes,
        set(rows.missing),
        notes,
        [rows.rows_with_note_or_tag(text, 3) for text in ("wort", "a", "b")],
    )


@given(st.lists(st.lists(st.tuples(st.sampled_from(IDS), CHANGES), max_size=4), max_size=12), st.booleans())
def test_updated_rows_equal_new_ones(steps: list[list[tuple[str, tuple[str, Json]]]], looks: bool) -> None:
    services = Services(environ={"MUM_TUI_HOME": "/nowhere"})
    services.library = Library(Path("/nowhere/library.json"))
    rows = AnnotatedRows(services.annotations, ROWS.get, 3)
    for step in steps:
        if looks:
            contents(rows)  # to pass on what is computed
        services.library.change(*[Change(name, field, value) for name, (field, value) in step])
        annotations = services.annotations
        changed = annotations.changed_since(rows.annotations)
        assert changed is not None
        rows = rows.updated(annotations, changed)
        assert contents(rows) == contents(AnnotatedRows(annotations, ROWS.get, 3))
        plain = Annotations(dict(annotations.by_id))
        assert plain.changed_since(annotations) is None
        assert contents(rows) == contents(AnnotatedRows(plain, ROWS.get, 3))


def test_annotations_are_read_again_only_after_a_change(tmp_path: Path) -> None:
    catalog = write(tmp_path / "catalog.yaml", [entry("a"), entry("b")])
    services = Services(catalog, {"MUM_TUI_HOME": str(tmp_path)})
    first, index = services.annotations, services.index
    rows = index.annotated(first)
    assert services.annotations is first
    assert index.annotated(services.annotations) is rows
    assert rows.conditions["is:read"] == 0
    services.annotator.annotate(services.loaded.catalog.entries, "status", "read")
    assert services.annotations is not first
    assert index.annotated(services.annotations).conditions["is:read"] == 0b11
    assert rows.conditions["is:read"] == 0


def test_changes_by_another_process_are_in_the_journal(tmp_path: Path) -> None:
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


def test_the_search_forms_of_a_note_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def recorded(text: str) -> str:
        made.append(text)
        return words_apart(text)

    monkeypatch.setattr(annotations_room, "words_apart", recorded)
    note = FoldedText("a few-shot text " * 1000)
    for word in ("xyzzy", "plugh", "fewshot", "no such phrase", "shot-text"):
        note.contains(word)
    assert [len(text) for text in made].count(len(note.text)) == 1
    assert note.contains("fewshot")
    assert note.contains("shot text")
    assert not note.contains("ewshot")


def test_a_note_of_many_entries_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(Path("/nowhere/library.json"))
    services = Services(environ={"MUM_TUI_HOME": "/nowhere"})
    services.library = library
    library.change(*[Change(f"e{row}", "note", "a Long note" if row % 2 else "another") for row in range(40)])
    rows = AnnotatedRows(services.annotations, lambda name: int(name[1:]), 40)
    looked: list[str] = []
    has = FoldedText.contains

    def recorded(note: FoldedText, text: str) -> bool:
        looked.append(note.text)
        return has(note, text)

    monkeypatch.setattr(FoldedText, "contains", recorded)
    assert rows.rows_with_note("long", 40) == sum(1 << row for row in range(1, 40, 2))
    assert sorted(looked) == ["a long note", "another"]
