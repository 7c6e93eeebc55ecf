"""Uses and ties are found from both ends, by id or alias, in the order they were written."""

from __future__ import annotations

import pytest

from mum_tui.catalog.choices import RELATION_OPPOSITES
from mum_tui.catalog.model import Entry, Link, Relation, Use, rows_by_id
from mum_tui.catalog.relations import RelatedEntry, Relations, UseEnd, repository


def make(identifier: str, *uses: Use, aliases: tuple[str, ...] = (), name: str = "") -> Entry:
    return Entry(identifier, "paper", "s", f"The {identifier}", name=name, aliases=aliases, uses=uses)


BTCV = make("landman2015btcv", aliases=("btcv", "clip"), name="BTCV")
LITS = make("bilic2023lits", Use("btcv", roles=("source",)))
CLIP = make("clip", Use("bilic2023lits", roles=("train", "test"), note="six tasks"), Use("", "FLARE22"), Use("btcv"))
UNISEG = make("uniseg", Use("landman2015btcv"), Use("nowhere"))
ENTRIES = (BTCV, LITS, CLIP, UNISEG)
RELATIONS = Relations(ENTRIES)


def test_an_entry_uses_datasets_in_its_own_order() -> None:
    assert [related.entry for related in RELATIONS.uses_of(CLIP)] == [LITS, None, BTCV]
    assert [related.use for related in RELATIONS.uses_of(CLIP)] == list(CLIP.uses)
    assert RELATIONS.uses_of(BTCV) == []


def test_a_dataset_is_used_in_catalog_order_under_any_of_its_ids() -> None:
    assert [related.entry for related in RELATIONS.users_of(BTCV)] == [LITS, CLIP, UNISEG]
    assert [related.use.dataset for related in RELATIONS.users_of(BTCV)] == ["btcv", "btcv", "landman2015btcv"]
    assert RELATIONS.users_of(LITS) == [UseEnd(CLIP, CLIP.uses[0])]
    assert RELATIONS.users_of(UNISEG) == []


def test_both_directions_agree() -> None:
    forth = {(one.id, related.entry.id) for one in ENTRIES for related in RELATIONS.uses_of(one) if related.entry}
    back = {(related.entry.id, one.id) for one in ENTRIES for related in RELATIONS.users_of(one) if related.entry}
    assert forth == back
    assert len(forth) == 4


def test_a_dataset_used_twice_by_one_entry_is_listed_twice() -> None:
    twice = make("x", Use("btcv", note="CT"), Use("landman2015btcv", note="again"))
    assert [related.how for related in Relations((BTCV, twice)).users_of(BTCV)] == ["CT", "again"]


def test_entries_may_use_themselves_and_each_other() -> None:
    one, two = make("one", Use("one"), Use("two")), make("two", Use("one"))
    relations = Relations((one, two))
    assert [related.entry for related in relations.users_of(one)] == [one, two]
    assert [related.entry for related in relations.users_of(two)] == [one]


def test_an_id_wins_over_an_alias() -> None:
    assert rows_by_id(ENTRIES) == {"landman2015btcv": 0, "btcv": 0, "bilic2023lits": 1, "clip": 2, "uniseg": 3}


@pytest.mark.parametrize(
    ("related", "name", "how"),
    [
        (UseEnd(BTCV, Use("btcv")), "BTCV", ""),
        (UseEnd(LITS, Use("bilic2023lits", roles=("train", "test"))), "The bilic2023lits", "train, test"),
        (UseEnd(None, Use("", "FLARE22", ("unspecified",))), "FLARE22", ""),
        (UseEnd(None, Use("nowhere", note="a note")), "nowhere", "a note"),
        (UseEnd(BTCV, Use("btcv", "", ("unspecified", "test"), "13 organs")), "BTCV", "test; 13 organs"),
    ],
)
def test_a_use_says_who_and_how(related: UseEnd, name: str, how: str) -> None:
    assert (related.name, related.how) == (name, how)


def tied(identifier: str, *related: Relation, code: str = "", aliases: tuple[str, ...] = ()) -> Entry:
    links = (Link("code", code),) if code else ()
    return Entry(identifier, "paper", "s", f"The {identifier}", related=related, links=links, aliases=aliases)


def ties(entries: tuple[Entry, ...], entry: Entry) -> list[tuple[str, str, str]]:
    return [(tie.entry.id, tie.how, tie.note) for tie in Relations(entries).related_to(entry)]


@pytest.mark.parametrize(("how", "back"), RELATION_OPPOSITES.items())
def test_a_tie_written_once_shows_at_both_ends(how: str, back: str) -> None:
    one, two = tied("one", aliases=("1",)), tied("two", Relation("1", how, "a note"))
    assert ties((one, two), two) == [("one", how, "a note")]
    assert ties((one, two), one) == [("two", back, "a note")]


def test_turning_a_tie_round_twice_gives_the_tie() -> None:
    assert all(RELATION_OPPOSITES[RELATION_OPPOSITES[how]] == how for how in RELATION_OPPOSITES)


def test_a_tie_written_at_both_ends_shows_once() -> None:
    one = tied("one", Relation("two", "successor", "as one says"))
    two = tied("two", Relation("one", "predecessor", "as two says"))
    assert ties((one, two), one) == [("two", "successor", "as one says")]
    assert ties((one, two), two) == [("one", "predecessor", "as two says")]


def test_ties_stand_in_the_order_of_reading() -> None:
    others = tuple(tied(how) for how in RELATION_OPPOSITES)
    one = tied("one", *(Relation(how, how) for how in reversed(RELATION_OPPOSITES)))
    assert [how for _, how, _ in ties((*others, one), one)] == list(RELATION_OPPOSITES)


def test_one_repository_is_one_code_base_unless_more_is_said() -> None:
    one = tied("one", code="https://github.com/Lab/Net")
    two = tied("two", code="http://www.github.com/lab/net.git")
    three = tied("three", Relation("one", "extends"), code="https://github.com/lab/net/tree/main")
    other = tied("other", code="https://github.com/lab/net2")
    entries = (one, two, three, other)
    assert ties(entries, one) == [("three", "extended-by", ""), ("two", "same-code", "")]
    assert ties(entries, two) == [("one", "same-code", ""), ("three", "same-code", "")]
    assert ties(entries, other) == []


def test_what_points_nowhere_or_at_itself_is_no_tie() -> None:
    one = tied("one", Relation("nowhere", "version"), Relation("one", "version"))
    assert ties((one,), one) == []


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://github.com/Lab/Net", "github.com/lab/net"),
        ("https://github.com/Lab/Net/", "github.com/lab/net"),
        ("https://github.com/Lab/Net.git", "github.com/lab/net"),
        ("https://github.com/Lab/Net#readme", "github.com/lab/net"),
        ("https://github.com/Lab/Net/tree/main", "github.com/lab/net"),
        ("https://github.com/Lab/Net/tree/main/Swin", "github.com/lab/net/Swin"),
        ("https://gitlab.com/Lab/Net/-/tree/main/Swin", "gitlab.com/lab/net/Swin"),
        ("https://github.com/Lab", ""),
        ("https://huggingface.co/Lab/Net", ""),
        ("https://example.org/a/b/c", ""),
    ],
)
def test_what_a_code_base_is(url: str, key: str) -> None:
    assert repository(url) == key


def test_a_tie_is_called_by_its_name() -> None:
    assert RelatedEntry(BTCV, "version").name == "BTCV"
    assert RelatedEntry(LITS, "version").name == "The bilic2023lits"
