"""Looking at what changed shows the same as looking at everything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mum_tui.catalog.model import Entry, rows_by_id
from mum_tui.library.operations import Item
from mum_tui.state.last_visit import News
from mum_tui.tui.screen.shelves import NEWS, Shelves, news_words

ENTRIES = [
    Entry(id=f"e{number}", kind="paper", section="s", title=f"Title {number}", aliases=(f"old{number}",))
    for number in range(5)
]
IDS = [*(entry.id for entry in ENTRIES), "old0", "old3", "gone"]
ITEMS = st.builds(
    Item,
    id=st.just(""),
    bookmarked=st.sampled_from(["", "2026-01-01"]),
    status=st.sampled_from(["", "to-read", "reading", "read"]),
    note=st.sampled_from(["", "n"]),
    rating=st.integers(0, 5),
    tags=st.dictionaries(st.sampled_from(["a", "b"]), st.just("2026-01-01")),
)


@given(st.lists(st.tuples(st.sampled_from(IDS), st.none() | ITEMS), max_size=20))
def test_updates_agree_with_a_full_look(changes: list[tuple[str, Item | None]]) -> None:
    items: dict[str, Item] = {}
    rows = rows_by_id(ENTRIES)
    shelves = Shelves(items, ENTRIES, rows)
    for name, item in changes:
        if item is None:
            items.pop(name, None)
        else:
            items[name] = item
        shelves.update(items, [name])
        whole = Shelves(items, ENTRIES, rows)
        assert {scope: bits for scope, bits in shelves.rows.items() if bits} == {
            scope: bits for scope, bits in whole.rows.items() if bits
        }
        assert shelves.gone == whole.gone
        assert list(shelves.nodes()) == list(whole.nodes())


def test_news_stay_while_other_things_change() -> None:
    shelves = Shelves({}, ENTRIES, rows_by_id(ENTRIES))
    shelves.tell(News("2020-11-21T10:00:00Z", ("e1",), {"e3": ("title",)}))
    assert shelves.rows[NEWS] == 0b1010
    shelves.update({"e1": Item("e1", status="read")}, ["e1"])
    shelves.fill({})
    assert shelves.rows[NEWS] == 0b1010
    assert shelves.title(NEWS) == "New since 21 Nov 2020"


def test_news_in_words() -> None:
    assert news_words(News("2020-11-21T10:00:00Z", ("a", "b")), ["A"]) == (
        "2 new entries since 21 Nov 2020: A and 1 more"
    )
    assert news_words(News("2020-11-21T10:00:00Z", (), {"a": ("title",)}), []) == "1 entry changed since 21 Nov 2020"
    assert news_words(News(), []) == ""
