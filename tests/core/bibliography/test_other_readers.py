"""CSL-JSON, RIS and MEDLINE as reference managers write them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mum_tui.bibliography import build, csl_json, medline, ris
from mum_tui.citation import ris as ris_writer
from mum_tui.citation.csl_item import item
from mum_tui.citation.snippets import csl_json as as_csl_json
from mum_tui.problems import Unreadable

# -- CSL-JSON -----------------------------------------------------------------------------------------------


def items(found: Any) -> list[dict[str, Any]]:
    return [record.item for record in csl_json.read(json.dumps(found).encode(), "f.json").records]


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ({"raw": "March 2019"}, {"date-parts": [[2019, 3]]}),
        ({"raw": "2019-03-04/2019-04"}, {"date-parts": [[2019, 3, 4], [2019, 4]]}),
        ("2019-21", {"date-parts": [[2019]], "season": 1}),
        (2019, {"date-parts": [[2019]]}),
        ({"date-parts": [["2019", "3"]], "season": "winter"}, {"date-parts": [[2019, 3]], "season": 4}),
        ({"literal": "in press"}, {"literal": "in press"}),
        ({"date-parts": [[2019], [0]]}, {"date-parts": [[2019], [0]]}),
        ([2019, 3], {"date-parts": [[2019, 3]]}),
        ([[2019, 3]], {"date-parts": [[2019, 3]]}),
        ({"date-parts": [2019, 3]}, {"date-parts": [[2019, 3]]}),
        ({"date-parts": [[2019, 22]]}, {"date-parts": [[2019]], "season": 2}),
        ({"year": "2019", "month": 3}, {"date-parts": [[2019, 3]]}),
        ({"date-time": "2019-03-04T01:02:03Z"}, {"date-parts": [[2019, 3, 4]]}),
        ({"raw": "2019-03-00"}, {"date-parts": [[2019, 3]]}),
        ("2019-00-00", {"date-parts": [[2019]]}),
        ("2019年3月4日", {"date-parts": [[2019, 3, 4]]}),
        ("2019年", {"date-parts": [[2019]]}),
        ({"date-parts": [["2019", "Okt"]]}, {"date-parts": [[2019, 10]]}),
        ({"year": 2019, "month": "März"}, {"date-parts": [[2019, 3]]}),
        ({"date-parts": [[2019]], "season": "Herbst"}, {"date-parts": [[2019]], "season": 3}),
    ],
)
def test_dates_in_every_form(written: Any, issued: dict[str, Any]) -> None:
    assert items([{"id": "a", "type": "book", "title": "T", "issued": written}])[0]["issued"] == issued


def test_works_of_crossref_among_other_items_are_read_as_csl() -> None:
    found = items([
        {"id": "a", "type": "book", "title": "A"},
        {"type": "journal-article", "title": "B", "container-title": ["J", "Jnl"], "DOI": "10.1000/b",
         "author": [{"name": "ACME"}], "issued": {"date-parts": [[None]]}, "published": {"date-parts": [[2020, 5]]}},
        {"id": "c", "type": "book", "title": "C", "author": [{"name": "ACME"}]},
    ])  # fmt: skip
    assert [item["type"] for item in found] == ["book", "article-journal", "book"]
    assert (found[1]["container-title"], found[1]["issued"]) == ("J", {"date-parts": [[2020, 5]]})
    assert found[1]["author"] == found[2]["author"] == [{"literal": "ACME"}]


@pytest.mark.parametrize("authors", ["Doe, Jane and Roe, Rick", "Doe, Jane; Roe, Rick", ["Doe, Jane", "Roe, Rick"]])
def test_names_as_texts_are_divided_at_their_comma(authors: Any) -> None:
    (found,) = items([{"id": "a", "type": "book", "title": "A", "author": authors}])
    assert found["author"] == [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Rick"}]


def test_html_keeps_its_meaning_and_keys_are_those_one_cites() -> None:
    (record,) = csl_json.read(
        json.dumps(
            [
                {
                    "id": "http://zotero.org/u/1/items/AB",
                    "citation-key": "roe2020",
                    "type": "book",
                    "title": "<em>E. coli</em> &amp; x",
                }
            ]
        ).encode(),
        "f.json",
    ).records
    assert record.item["title"] == "<i>E. coli</i> & x"
    assert (record.key, record.aliases) == ("roe2020", ["http://zotero.org/u/1/items/AB"])


_WORK = {
    "DOI": "10.1000/x", "type": "journal-article", "title": ["A study"], "container-title": ["Journal"],
    "author": [{"name": "ACME Group"}, {"family": "Doe", "given": "J.", "sequence": "first", "affiliation": []}],
    "issued": {"date-parts": [[2020]]}, "reference-count": 3,
}  # fmt: skip


@pytest.mark.parametrize("answer", [{"message": _WORK}, {"message": {"items": [_WORK]}}, [_WORK], _WORK])
def test_an_answer_of_crossref_is_read(answer: Any) -> None:
    assert items(answer) == [
        {
            "type": "article-journal",
            "DOI": "10.1000/x",
            "title": "A study",
            "container-title": "Journal",
            "author": [{"literal": "ACME Group"}, {"family": "Doe", "given": "J."}],
            "issued": {"date-parts": [[2020]]},
        }
    ]


def test_two_years_are_those_from_the_first() -> None:
    winter = [{"id": "a", "type": "book", "title": "T", "issued": {"raw": "Winter 2019/2020"}}]
    loaded = build.catalog_of(csl_json.read(json.dumps(winter).encode(), "f.json"))
    assert loaded.catalog.entries[0].year == 2019


def test_items_below_another_key_are_items() -> None:
    item = {"id": "a", "type": "book", "title": "A"}
    assert [found["title"] for found in items({"references": [item]})] == ["A"]
    assert [found["title"] for found in items({"items": [item]})] == ["A"]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"a": 1}',
        "[1, 2]",
        '{"name": "package", "version": "1.0", "dependencies": {}}',
        '{"id": "a", "type": "module", "main": "x.js"}',
        '{"data": {"id": "10.1/x", "type": "dois", "attributes": {"doi": "10.1/x"}}}',
        '{"type": "FeatureCollection", "features": []}',
        '{"results": [{"id": "W1", "publication_year": 2020}]}',
        '[{"key": "AB", "version": 1, "data": {"itemType": "book"}}]',
        '{"message": "Not Found", "documentation_url": "x"}',
        '{"cells": [], "metadata": {}, "nbformat": 4}',
        "5",
        "null",
    ],
)
def test_json_that_is_no_csl_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="no CSL-JSON"):
        csl_json.read(text.encode(), "f.json")


def test_items_by_their_id_are_items() -> None:
    found = csl_json.read(
        json.dumps({"a": {"type": "book", "title": "One"}, "b": {"type": "book", "title": "Two"}}).encode(), "f"
    )
    assert [record.key for record in found.records] == ["a", "b"]


def test_variables_that_zotero_keeps_in_notes() -> None:
    note = "PMID: 11797025\\noriginal-date: 1999\\neditor: Moe || Max\\nA remark: with a colon\\nDOI: 10.1000/other"
    (found,) = items([{"id": "a", "type": "book", "title": "T", "DOI": "10.1000/x", "note": note.replace("\\n", "\n")}])
    assert (found["PMID"], found["original-date"]) == ("11797025", {"date-parts": [[1999]]})
    assert found["editor"] == [{"family": "Moe", "given": "Max"}]
    assert found["DOI"] == "10.1000/x"
    assert found["note"] == "A remark: with a colon DOI: 10.1000/other"
    note = "{:genre: Comment} seen\nreviewed-author: Hall || W. C.\nreviewed-author: Roe || Jo"
    (found,) = items([{"id": "a", "type": "book", "title": "T", "note": note}])
    assert [name["family"] for name in found["reviewed-author"]] == ["Hall", "Roe"]
    assert (found["genre"], found["note"]) == ("Comment", "seen")


# -- RIS ----------------------------------------------------------------------------------------------------

RIS = """TY  - JOUR
AU  - Doe, Jane
AU  - van der Roe, Rick, Jr.
TI  - A <i>title</i>
   that is wrapped
T2  - Journal of Things
JO  - J Things
SP  - 1
EP  - 9
PY  - 2020
DA  - 2020/05/01/
DO  - https://doi.org/10.1000/x
KW  - one
KW  - two
SN  - 1234-5678
XY  - odd
ID  - doe2020
ER  -

TY  - CONF
A1  - Roe R
T1  - Second
T2  - Meeting 2020
C3  - Proceedings of X
Y1  - 2020///Spring
ER  -
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff", "1.\n"])
def test_ris_with_any_line_ends(ending: str, start: str) -> None:
    reading = ris.read((start + RIS).replace("\n", ending), "f.ris")
    first, second = reading.records
    assert first.key == "doe2020"
    assert first.item["title"] == "A <i>title</i> that is wrapped"
    assert first.item["author"][1] == {
        "family": "Roe", "given": "Rick", "non-dropping-particle": "van der", "suffix": "Jr.",
    }  # fmt: skip
    assert (first.item["container-title"], first.item["container-title-short"]) == ("Journal of Things", "J Things")
    assert (first.item["page"], first.item["DOI"], first.item["ISSN"]) == ("1-9", "10.1000/x", "1234-5678")
    assert first.item["issued"] == {"date-parts": [[2020, 5, 1]]}
    assert first.tags == ["one", "two"]
    assert first.item["custom"]["ris"] == {"XY": "odd"}
    assert reading.left_out["fields XY (kept as they stand)"] == 1
    assert (second.item["container-title"], second.item["event-title"]) == ("Proceedings of X", "Meeting 2020")
    assert second.item["issued"] == {"date-parts": [[2020]], "season": 1}


def test_a_record_without_its_end_costs_nothing() -> None:
    reading = ris.read("TY  - BOOK\nTI  - One\nPY  - n.d.\nTY  - BOOK\nTI  - Two\n", "f.ris")
    assert [record.item["title"] for record in reading.records] == ["One", "Two"]
    assert [problem.line for problem in reading.problems] == [1, 1]
    assert reading.records[0].item["issued"] == {"literal": "n.d."}


def test_a_preprint_is_known_by_its_number() -> None:
    (record,) = ris.read("TY  - UNPB\nTI  - T\nAN  - arXiv:2301.00785\nPB  - arXiv\nER  - \n", "f.ris").records
    assert (record.item["type"], record.item["custom"]["arxiv_id"]) == ("article", "2301.00785")


# -- MEDLINE ------------------------------------------------------------------------------------------------

NBIB = """
PMID- 12345678
OWN - NLM
IS  - 1234-5678 (Electronic)
DP  - 2020 Mar-Apr
TI  - A study that goes on
      in a second line.
PG  - 1-9
LID - 10.1000/x.1 [doi]
FAU - Doe, Jane A
AU  - Doe JA
CN  - ACME Group
LA  - eng
PT  - Journal Article
TA  - J Things
JT  - Journal of things
MH  - *Humans

PMID- 12345679
TI  - Second
AU  - van der Roe RB
"""


def test_medline() -> None:
    assert medline.is_medline(NBIB)
    reading = medline.read(NBIB.replace("\n", "\r\n"), "f.nbib")
    first, second = reading.records
    assert first.item["title"] == "A study that goes on in a second line"
    assert first.item["author"] == [{"family": "Doe", "given": "Jane A"}, {"literal": "ACME Group"}]
    assert first.item["issued"] == {"date-parts": [[2020, 3], [2020, 4]]}
    assert (first.item["DOI"], first.item["PMID"], first.tags) == ("10.1000/x.1", "12345678", ["Humans"])
    assert (first.item["ISSN"], first.item["language"]) == ("1234-5678", "en")
    assert second.item["author"] == [{"family": "Roe", "given": "R. B.", "non-dropping-particle": "van der"}]
    assert second.line == 19


@pytest.mark.parametrize(
    ("dates", "issued", "kept"),
    [
        ("PY  - 2020\nDA  - Dec 1", [[2020, 12, 1]], {}),
        ("PY  - 2020\nDA  - 2019/12/01", [[2019, 12, 1]], {"PY": "2020"}),
        ("PY  - 2020\nY1  - 3-7 April 2020", [[2020]], {"Y1": "3-7 April 2020"}),
        ("PY  - 2020//\nDA  - 2020/03//\nY1  - 2020", [[2020, 3]], {}),
        ("PY  - 2021/Okt/5", [[2021, 10, 5]], {}),
    ],
)
def test_dates_of_a_ris_record_that_say_different_things(
    dates: str, issued: list[list[int]], kept: dict[str, str]
) -> None:
    (record,) = ris.read(f"TY  - JOUR\nTI  - T\n{dates}\nER  - \n", "f").records
    assert record.item["issued"] == {"date-parts": issued}
    assert record.item.get("custom", {}).get("ris", {}) == kept


def test_several_names_or_keywords_in_one_field_of_ris() -> None:
    text = "TY  - JOUR\nTI  - T\nAU  - 李明;王伟\nAU  - 山田, 太郎\nAU  - ACME; Group\nKW  - a; b\nVO  - 12\nER  - \n"
    (record,) = ris.read(text, "f").records
    assert record.item["author"] == [
        {"literal": "李明"}, {"literal": "王伟"}, {"family": "山田", "given": "太郎"}, {"literal": "ACME; Group"},
    ]  # fmt: skip
    assert (record.tags, record.item["volume"]) == (["a", "b"], "12")


def test_the_numbers_of_both_editions_are_written_again_as_ris() -> None:
    text = "TY  - JOUR\nTI  - T\nSN  - 1361-8415\nSN  - 1361-8423\nER  - \n"
    (entry,) = build.catalog_of(ris.read(text, "f")).catalog.entries
    written = ris_writer.render([item(entry)])
    assert "SN  - 1361-8415\nSN  - 1361-8423\n" in written


def test_dates_in_words_are_written_again_as_ris() -> None:
    text = "TY  - JOUR\nTI  - T\nPY  - in press\nDA  - soon\nY2  - last week\nER  - \n"
    (entry,) = build.catalog_of(ris.read(text, "f")).catalog.entries
    written = ris_writer.render([item(entry)])
    for line in ("PY  - in press\n", "DA  - soon\n", "Y2  - last week\n"):
        assert line in written


def test_the_type_that_a_preprint_had_is_written_again() -> None:
    written = {"id": "a", "type": "article-journal", "title": "T", "container-title": "arXiv preprint arXiv:2301.00785"}
    (entry,) = build.catalog_of(csl_json.read(json.dumps([written]).encode(), "f")).catalog.entries
    assert item(entry)["type"] == "article"
    (again,) = json.loads(as_csl_json([item(entry)]))
    assert again["type"] == "article-journal"
    (second,) = build.catalog_of(csl_json.read(json.dumps([again]).encode(), "f")).catalog.entries
    assert item(second)["type"] == "article"
