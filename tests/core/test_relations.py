"""Uses are found from both ends, by id or alias, in the order they were written."""

from __future__ import annotations

import pytest

from mum_tui.catalog.model import Entry, Use, rows_by_id
from mum_tui.catalog.relations import Related, Relations


def make(identifier: str, *uses: Use, aliases: tuple[str, ...] = (), name: str = "") -> Entry:
    return Entry(identifier, "paper", "s", f"The {identifier}", name=name, aliases=aliases, uses=uses)


BTCV = make("landman2015btcv", aliases=("btcv", "clip"), name="BTCV")
LITS = make("bilic2023lits", Use("btcv", roles=("source",)))
CLIP = make("clip", Use("bilic2023lits", roles=("train", "test"), note="six tasks"), Use("", "FLARE22"), Use("btcv"))
UNISEG = make("uniseg", Use("landman2015btcv"), Use("nowhere"))
ENTRIES = (BTCV, LITS, CLIP, UNISEG)
RELATIONS = Relations(ENTRIES)


def test_an_entry_uses_datasets_in_its_own_order() -> None:
    assert [related.entry for related in RELATIONS.used_by(CLIP)] == [LITS, None, BTCV]
    assert [related.use for related in RELATIONS.used_by(CLIP)] == list(CLIP.uses)
    assert RELATIONS.used_by(BTCV) == []


def test_a_dataset_is_used_in_catalog_order_under_any_of_its_ids() -> None:
    assert [related.entry for related in RELATIONS.users_of(BTCV)] == [LITS, CLIP, UNISEG]
    assert [related.use.dataset for related in RELATIONS.users_of(BTCV)] == ["btcv", "btcv", "landman2015btcv"]
    assert RELATIONS.users_of(LITS) == [Related(CLIP, CLIP.uses[0])]
    assert RELATIONS.users_of(UNISEG) == []


def test_both_directions_agree() -> None:
    forth = {(one.id, related.entry.id) for one in ENTRIES for related in RELATIONS.used_by(one) if related.entry}
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
        (Related(BTCV, Use("btcv")), "BTCV", ""),
        (Related(LITS, Use("bilic2023lits", roles=("train", "test"))), "The bilic2023lits", "train, test"),
        (Related(None, Use("", "FLARE22", ("unspecified",))), "FLARE22", ""),
        (Related(None, Use("nowhere", note="a note")), "nowhere", "a note"),
        (Related(BTCV, Use("btcv", "", ("unspecified", "test"), "13 organs")), "BTCV", "test; 13 organs"),
    ],
)
def test_a_use_says_who_and_how(related: Related, name: str, how: str) -> None:
    assert (related.name, related.how) == (name, how)
