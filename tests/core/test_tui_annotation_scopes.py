"""The scopes of annotations in the tree: what changed looks the same as everything read anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mum_tui.annotation import Annotation
from mum_tui.catalog.model import Entry, rows_by_id
from mum_tui.search.annotations import AnnotatedRows, Annotations
from mum_tui.state.last_visit import News
from mum_tui.tui.screen.annotation_scopes import NEWS, AnnotationScopes, news_words

ENTRIES = [
    Entry(id=f"e{number}", kind="paper", section="s", title=f"Title {number}", aliases=(f"old{number}",))
    for number in range(5)
]
ROWS = rows_by_id(ENTRIES)
IDS = [*(entry.id for entry in ENTRIES), "old0", "old3", "gone", "gone2"]
ANNOTATIONS = st.builds(
    Annotation,
    id=st.just(""),
    bookmarked=st.sampled_from(["", "2026-01-01"]),
    status=st.sampled_from(["", "to-read", "reading", "read"]),
    note=st.sampled_from(["", "n"]),
    rating=st.integers(0, 5),
    tags=st.dictionaries(st.sampled_from(["a", "A", "b"]), st.just("2026-01-01")),
)


def scopes_of(annotated: AnnotatedRows) -> AnnotationScopes:
    return AnnotationScopes(annotated, ROWS, len(ENTRIES))


@given(st.lists(st.tuples(st.sampled_from(IDS), st.none() | ANNOTATIONS), max_size=20))
def test_updates_agree_with_a_full_look(changes: list[tuple[str, Annotation | None]]) -> None:
    by_id: dict[str, Annotation] = {}
    annotated = AnnotatedRows(Annotations(by_id), ROWS.get, len(ENTRIES))
    annotation_scopes = scopes_of(annotated)
    for name, annotation in changes:
        if annotation is None:
            by_id.pop(name, None)
        else:
            by_id[name] = annotation
        annotated = annotated.updated(Annotations(by_id), [name])
        annotation_scopes.update(annotated)
        whole = scopes_of(AnnotatedRows(Annotations(by_id), ROWS.get, len(ENTRIES)))
        assert {scope: bits for scope, bits in annotation_scopes.rows.items() if bits} == {
            scope: bits for scope, bits in whole.rows.items() if bits
        }
        assert annotation_scopes.gone == whole.gone == [name for name in by_id if name not in ROWS]
        assert list(annotation_scopes.nodes()) == list(whole.nodes())
        assert annotation_scopes.counts(0b11111) == {
            **dict.fromkeys(annotation_scopes.rows, 0),
            **whole.counts(0b11111),
        }


def test_news_stay_while_other_things_change() -> None:
    annotated = AnnotatedRows(Annotations(), ROWS.get, len(ENTRIES))
    annotation_scopes = scopes_of(annotated)
    annotation_scopes.set_news(News("2020-11-21T10:00:00Z", ("e1",), {"e3": ("title",)}))
    assert annotation_scopes.rows[NEWS] == 0b1010
    annotation_scopes.update(annotated.updated(Annotations({"e1": Annotation("e1", status="read")}), ["e1"]))
    annotation_scopes.update(annotated)
    assert annotation_scopes.rows[NEWS] == 0b1010
    assert [node.title for node in annotation_scopes.nodes() if node.key == NEWS] == ["New since 21 Nov 2020"]


def test_news_in_words() -> None:
    assert news_words(News("2020-11-21T10:00:00Z", ("a", "b")), ["A"]) == (
        "2 new entries since 21 Nov 2020: A and 1 more"
    )
    assert news_words(News("2020-11-21T10:00:00Z", (), {"a": ("title",)}), []) == "1 entry changed since 21 Nov 2020"
    assert news_words(News(), []) == ""
