"""What BibTeX, BibLaTeX and RIS have a place for is written there."""

from __future__ import annotations

import time
from typing import Any

import pytest

from mum_tui.citation import biblatex, bibtex, ris

DOE = [{"family": "Doe", "given": "Jane"}]


def item(kind: str, **variables: Any) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in variables.items()}
    return {"id": "a", "type": kind, "title": "T", "author": DOE, "issued": {"date-parts": [[2020]]}, **named}


@pytest.mark.parametrize(
    ("found", "in_bibtex", "in_biblatex", "in_ris"),
    [
        (item("article-journal", title="Of <i>E. coli</i> and H<sub>2</sub>O"),
         r"{Of \textit{E. coli} and {H\textsubscript{2}O}}", r"\textsubscript{2}", "TI  - Of E. coli and H2O"),
        (item("article-magazine", container_title="American"), "journal = {American}", "journaltitle = {American}",
        "T2  - American"),
        (item("entry-encyclopedia", container_title="Britannica"), "booktitle = {Britannica}", "@inreference",
        "TY  - ENCYC"),
        (item("book", edition="2"), "edition = {2}", "edition = {2}", "ET  - 2"),
        (item("book", translator=DOE), "translator = {Doe, Jane}", "translator = {Doe, Jane}", "A4  - Doe, Jane"),
        (item("book", editor=DOE, author=[]), "editor = {Doe, Jane}", "editor = {Doe, Jane}", "A2  - Doe, Jane"),
        (item("book", ISBN="978-0"), "isbn = {978-0}", "isbn = {978-0}", "SN  - 978-0"),
        (item("article-journal", ISSN="1234-5678"), "issn = {1234-5678}", "issn = {1234-5678}", "SN  - 1234-5678"),
        (item("book", language="en"), "language = {en}", "language = {en}", "LA  - en"),
        (item("book", collection_title="S", collection_number="12"), "number = {12}", "number = {12}", "IS  - 12"),
        (item("article-journal", PMID="12345678"), "pmid = {12345678}", "pmid = {12345678}", "AN  - 12345678"),
        (item("article-journal", number="e45"), "eid = {e45}", "eid = {e45}", "C7  - e45"),
        (item("report", number="TR 1", publisher="NIST"), "number = {TR 1}", "number = {TR 1}", "AN  - TR 1"),
        (item("thesis", genre="Master's thesis"), "@mastersthesis{", "type = {mathesis}", "M3  - Master's thesis"),
        (item("webpage", accessed={"date-parts": [[2024, 2, 9]]}), "urldate = {2024-02-09}", "urldate = {2024-02-09}",
        "Y2  - 2024/02/09/"),
        (item("book", author=[{"family": "Beijing Zoo"}]), "author = {{Beijing Zoo}}", "author = {{Beijing Zoo}}",
        "AU  - Beijing Zoo"),
        (item("book", publisher="Press and Sons"), "publisher = {Press and Sons}", "publisher = {{Press and Sons}}",
        "PB  - Press and Sons"),
        (item("book", title="Роман"), "title = {Роман}", "title = {Роман}", "TI  - Роман"),
        (item("book", issued={"date-parts": [[2019], [2020]]}), "year = {2019--2020}", "date = {2019/2020}",
        "DA  - 2019///to 2020"),
        (item("book", issued={"date-parts": [[-44]]}), "year = {-44}", "date = {-0044}", "PY  - -44"),
        (item("book", issued={"date-parts": [[2020]], "season": 1}), "month = {Spring}", "date = {2020-21}",
        "DA  - 2020///Spring"),
        (item("book", issued={"literal": "in press"}), "year = {in press}", "year = {in press}", "PY  - in press"),
        (item("book", keyword="one, two", abstract="Long."), "keywords = {one, two}", "abstract = {Long.}",
        "KW  - two"),
    ],
)  # fmt: skip
def test_each_format_has_a_place(found: dict[str, Any], in_bibtex: str, in_biblatex: str, in_ris: str) -> None:
    def squeezed(text: str) -> str:
        return "\n".join(" ".join(line.split()) for line in text.split("\n"))

    assert in_bibtex in squeezed(bibtex.render([found]))
    assert in_biblatex in squeezed(biblatex.render([found]))
    assert in_ris in ris.render([found])


def test_keys_are_unique_in_any_case_and_after_folding() -> None:
    ids = ["李2020", "王2020", "doe", "Doe", "http://zotero.org/u/1/items/AB"]
    items = [{**item("book"), "id": key} for key in ids]
    items[4]["citation-key"] = "roe2020"
    keys = [line.partition("{")[2].rstrip(",") for line in bibtex.render(items).split("\n") if line.startswith("@")]
    assert keys == ["li2020", "wang2020", "doe", "Doea", "roe2020"]


@pytest.mark.parametrize("word", ["word ", "a-b-C", "<i>x</i>", "((", "É"])
def test_huge_titles_take_linear_time(word: str) -> None:
    def seconds(count: int) -> float:
        found = item("book", title=word * count)
        started = time.process_time()
        bibtex.render([found])
        biblatex.render([found])
        return time.process_time() - started

    seconds(10)
    small, large = seconds(3_000), seconds(24_000)
    assert large < 20 * small + 0.2
