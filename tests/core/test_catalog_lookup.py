"""An entry by whatever names it, with a compiled catalog and without."""

from __future__ import annotations

import pytest

from mum_tui.catalog.lookup import Lookup, UnknownId
from mum_tui.catalog.model import rows_by_id
from tests.catalogs import entry, index_of

INDEX = index_of(
    entry(
        "mueller2024alpha",
        name="Alpha-Seg",
        preprint={"server": "arXiv", "id": "2405.01234", "date": "2024-05-01"},
        links=[{"rel": "preprint", "url": "https://arxiv.org/abs/2405.01234"}],
    ),
    entry(
        "titled2024",
        title="Segment Anything: It Works in Medicine",
        published={"type": "article-journal", "title": "Anything Is Segmented", "container": "Nature"},
    ),
    entry("other2024", aliases=["other-one"], links=[{"rel": "paper", "url": "https://arxiv.org/abs/2405.01234"}]),
    entry("first2020", links=[{"rel": "code", "url": "https://github.com/owner/name"}]),
    entry("second2021", links=[{"rel": "code", "url": "https://github.com/Owner/Name.git"}]),
)
LOOKUPS = {
    "compiled": Lookup(INDEX.entries, INDEX.row_by_id, INDEX.container),
    "read": Lookup(INDEX.entries, rows_by_id(INDEX.entries)),
}


@pytest.mark.parametrize("lookup", LOOKUPS.values(), ids=LOOKUPS)
class TestLookup:
    @pytest.mark.parametrize(
        ("text", "identifier"),
        [
            ("mueller2024alpha", "mueller2024alpha"),
            (" Mueller 2024 Alpha ", "mueller2024alpha"),
            ("@mueller2024alpha", "mueller2024alpha"),
            (r"\cite{Mueller2024Alpha}", "mueller2024alpha"),
            ("@article{mueller2024alpha, title = {x}}", "mueller2024alpha"),
            ("alpha seg", "mueller2024alpha"),
            ("key:mueller2024alpha", "mueller2024alpha"),
            ("id: mueller2024alpha", "mueller2024alpha"),
            ("cite = mueller2024alpha", "mueller2024alpha"),
            ("２４０５．０１２３４", "mueller2024alpha"),
            ("ｍｕｅｌｌｅｒ２０２４ａｌｐｈａ", "mueller2024alpha"),
            ("arXiv.2405.01234v3", "mueller2024alpha"),
            ('<a href="https://arxiv.org/abs/2405.01234">', "mueller2024alpha"),
            ("Other-One", "other2024"),
            ("otherone", "other2024"),
            ("arXiv:2405.01234v2", "mueller2024alpha"),
            ("Segment Anything: It works in medicine.", "titled2024"),
            ("segment anything it works  in medicine", "titled2024"),
            ('"Anything is segmented"', "titled2024"),
            ("Anything Works in Medicine", ""),
            ("https://example.org/nothing", ""),
            ("", ""),
            ("-", ""),
        ],
    )
    def test_one_entry(self, lookup: Lookup, text: str, identifier: str) -> None:
        if identifier:
            assert lookup.entry(text).id == identifier
        else:
            with pytest.raises(UnknownId):
                lookup.entry(text)

    def test_what_several_share_names_none(self, lookup: Lookup) -> None:
        with pytest.raises(UnknownId) as unknown:
            lookup.entry("https://github.com/owner/name/")
        assert set(unknown.value.near) == {"first2020", "second2021"}

    def test_a_citation_of_several_names_each(self, lookup: Lookup) -> None:
        assert [one.id for one in lookup.entries("[@first2020; @other-one]")] == ["first2020", "other2024"]

    @pytest.mark.parametrize(
        ("mistyped", "meant"),
        [
            ("ohter2024", "other2024"),
            ("@mueler2024alpha", "mueller2024alpha"),
            ("nueller2024alpha", "mueller2024alpha"),
            ("mueller2024aplha", "mueller2024alpha"),
            ("mueller2024", "mueller2024alpha"),
            ("second2012", "second2021"),
        ],
    )
    def test_the_nearest_id_is_told(self, lookup: Lookup, mistyped: str, meant: str) -> None:
        with pytest.raises(UnknownId) as unknown:
            lookup.entry(mistyped)
        assert unknown.value.near[0] == meant

    def test_a_number_is_no_mistyped_id(self, lookup: Lookup) -> None:
        assert lookup.near("10.1000/xyz") == []

    @pytest.mark.parametrize(
        "text",
        ["first2020, second2021", "first2020 second2021", "first2020;second2021", r"see \citep{first2020,second2021}."],
    )
    def test_several_ids_in_one_text_are_several_entries(self, lookup: Lookup, text: str) -> None:
        assert [one.id for one in lookup.entries(text)] == ["first2020", "second2021"]

    @pytest.mark.parametrize(
        "mistyped", ["2405.01243", "2405.0134", "arXiv:2404.01234", "https://arxiv.org/abs/2405.01235"]
    )
    def test_the_nearest_number_is_suggested(self, lookup: Lookup, mistyped: str) -> None:
        with pytest.raises(UnknownId) as caught:
            lookup.entry(mistyped)
        assert list(caught.value.near) == ["2405.01234"]
