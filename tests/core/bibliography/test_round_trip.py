"""What is read, kept as YAML and written again is what was read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mum_tui.bibliography import any_list, build, csl_json, writing
from mum_tui.bibliography import bibtex as bibtex_reader
from mum_tui.bibliography import ris as ris_reader
from mum_tui.bibliography.records import Reading
from mum_tui.catalog.load import parse
from mum_tui.catalog.model import Loaded
from mum_tui.citation import biblatex, bibtex, ris
from mum_tui.citation.choices import Version
from mum_tui.citation.csl_item import item
from mum_tui.citation.snippets import csl_json as as_csl_json
from mum_tui.text import clean, one_line
from tests.catalogs import shipped
from tests.examples import examples, some

ENTRIES = shipped().catalog.entries
WRITERS = {"bibtex": bibtex.render, "biblatex": biblatex.render, "ris": ris.render, "csl-json": as_csl_json}


def through_yaml(reading: Reading) -> Loaded:
    """The catalog of a reading, written as YAML and read again; the same either way."""
    loaded = build.catalog_of(reading)
    again = parse("".join(writing.catalog(loaded.catalog)).encode(), "f.yaml")
    assert [problem for problem in again.problems if problem.level == "error"] == []
    assert list(again.catalog.entries) == list(loaded.catalog.entries)
    assert again.catalog.sections == loaded.catalog.sections
    return again


def reading_of(text: str, name: str) -> Reading:
    if name == "ris":
        return ris_reader.read(text, "f")
    return csl_json.read(text.encode(), "f") if name == "csl-json" else bibtex_reader.read(text, "f")


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("prefer", Version)
def test_our_own_export_comes_back_as_it_was(name: str, prefer: Version) -> None:
    written = WRITERS[name]([item(entry, prefer) for entry in some(ENTRIES, 6)])
    again = WRITERS[name]([item(entry) for entry in through_yaml(reading_of(written, name)).catalog.entries])
    if name == "csl-json":
        assert json.loads(again) == json.loads(written)
    else:
        assert again == written


LISTS = {
    "bibtex": r"""@inbook{one, author={Doe, Jane and {ACME Group} and others}, editor={Moe, Max},
    title={A {Gaussian} title of \textit{E. coli}},
  booktitle={Book}, year={2020}, month=mar, pages={1--9}, publisher={Press and Sons}, isbn={978-0-387-84857-0},
  keywords={one, two}, abstract={Long.}, annote={My \emph{own}}, edition={2nd}, note={Note}}
@mastersthesis{two, author={Doe, J.}, title={Thesis}, school={X}, year={2019}}
@article{three, author={Doe, J.}, title={In press}, journal={arXiv preprint arXiv:2301.00785}, year={in press}}
@proceedings{four, title={Whole}, editor={Moe, Max}, year={2001}, url={https://a.b/c}, doi={10.1000/x}}
""",
    "biblatex": r"""@online{one, author={family=Doe, given=Jane}, title={Title}, subtitle={Sub}, date={2020-05/2020-07},
    urldate={2021-01-02},
  langid={english}, url={https://a.b/c}, pubstate={inpress}}
@article{two, author={Doe, Jane}, title={T}, journaltitle={J}, date={1988?}, eid={e45},
  issue={Special}, eprint={123}, eprinttype={jstor}}
@thesis{three, author={Doe, J.}, title={Thesis}, type={mathesis}, institution={X and Y}, date={2019}, origdate={1999}}
""",
    "ris": """TY  - JOUR
ID  - doe2020
AU  - Doe, Jane
TI  - Title
VL  - 3
IS  - 2
SP  - 5
EP  - 5
SN  - 1234-5678
LA  - en
KW  - one
KW  - two
AB  - Long.
N1  - Note
T2  - Journal
C5  - odd
PY  - 2020
DA  - 2020/05//
ER  -
""",
}  # fmt: skip


def fields(text: str) -> list[tuple[str, dict[str, str]]]:
    from pybtex.database.input.bibtex import LowLevelParser

    months = {
        name: name for name in ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    }
    found = []
    for kind, (key, pairs) in LowLevelParser(text, macros=months):
        values = {name.lower(): " ".join("".join(parts).split()) for name, parts in pairs}
        found.append(
            (f"{kind} {key}".lower(), {name: value.replace("{", "").replace("}", "") for name, value in values.items()})
        )
    return found


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_a_file_comes_back_with_every_field(name: str) -> None:
    again = WRITERS[name]([item(entry) for entry in through_yaml(reading_of(LISTS[name], name)).catalog.entries])
    for (before, said), (after, says) in zip(fields(LISTS[name]), fields(again), strict=True):
        assert after == before
        said = {key: value for key, value in said.items() if "family=" not in value}
        assert {key: says.get(key.replace("\u2019", "'")) for key in said} == said


def test_ris_comes_back_with_every_field() -> None:
    again = ris.render([item(entry) for entry in through_yaml(reading_of(LISTS["ris"], "ris")).catalog.entries])
    assert sorted(again.replace("ER  - ", "ER  -").split("\n")) == sorted(LISTS["ris"].split("\n"))


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris"])
def test_a_second_time_changes_nothing(name: str) -> None:
    once = WRITERS[name]([item(entry) for entry in through_yaml(reading_of(LISTS[name], name)).catalog.entries])
    twice = WRITERS[name]([item(entry) for entry in through_yaml(reading_of(once, name)).catalog.entries])
    assert twice == once


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=30
)
safe = words.map(lambda text: one_line(clean(text))).filter(lambda text: bool(text) and "\ufffd" not in text)
CSL = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z]{3,8}", fullmatch=True), "type": st.sampled_from(["article-journal", "book", "report",
    "webpage", "song"])},
    optional={
        "title": safe,
        "container-title": safe,
        "volume": safe,
        "edition": safe,
        "language": st.sampled_from(["en", "de"]),
        "author": st.lists(st.fixed_dictionaries({"family": safe, "given": safe}), min_size=1, max_size=2),
        "editor": st.lists(st.fixed_dictionaries({"literal": safe}), min_size=1, max_size=2),
        "issued": st.sampled_from([{"date-parts": [[2020]]}, {"date-parts": [[1]]}, {"literal": "soon"},
        {"date-parts": [[2020], [2021]]}]),
    },
)  # fmt: skip


@examples(150)
@given(found=st.lists(CSL, min_size=1, max_size=3, unique_by=lambda one: one["id"]))
def test_any_item_survives_the_catalog(found: list[dict[str, Any]]) -> None:
    reading = csl_json.read(json.dumps(found).encode(), "f")
    meant = [record.item for record in reading.records]
    entries = through_yaml(reading).catalog.entries
    for entry, wanted in zip(entries, meant, strict=True):
        got = item(entry)
        assert {key: value for key, value in got.items() if key not in ("id", "citation-key")} == wanted


ODD = [
    {"id": "a", "type": "article-journal", "title": "E.\u00a0coli  in &amp; &lt;i&gt;vivo&lt;/i&gt;", "DOI": "https://doi.org/10.1000/x",
     "abstract": "<p>One.</p>\n\n<italic>Two</italic>", "container-title": "Here &amp; There", "page": "1–11"},
    {"id": "b", "type": "article", "title": "B", "publisher": "Server", "DOI": "10.1000/b"},
    {"id": "c", "type": "book", "title": "C", "DOI": "doi: 10.1000/c", "publisher": "A  Press", "note": "plain"},
]  # fmt: skip
"""Items that are read as something else than they are, or that an entry would add variables to."""

any_text = (
    st.lists(st.sampled_from(["a", "é", " ", "\n", "\t", "\u00a0", "<i>", "</i>", "<p>", "&amp;", "&", "{", "\\", "1"]))
    .map(lambda pieces: "".join(pieces).strip())
    .filter(bool)
)
ODD_TEXTS = (
    *("container-title", "abstract", "publisher", "page", "volume", "issue", "genre", "collection-title"),
    *("event-title", "edition", "title-short", "version"),
)
ODD_CSL = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z]{3,8}", fullmatch=True), "type": st.sampled_from(["article-journal", "article", "book",
    "dataset", "software", "chapter", "thesis", "document", "webpage"]), "title": safe},
    optional={
**dict.fromkeys(ODD_TEXTS, any_text),
        "DOI": st.sampled_from(["10.1000/a", "https://doi.org/10.1000/B", "doi:10.1000/c"]),
        "URL": st.sampled_from(["https://a.b/c", "https://arxiv.org/abs/2301.00785", "no address"]),
        "number": st.sampled_from(["arXiv:2301.00785", "7", "10.1000/a"]),
        "keyword": st.sampled_from(["one, two", "one; two", "one,two", "one"]),
        "issued": st.sampled_from([{"date-parts": [[2020, 5]]}, {"date-parts": [[2020]], "season": 2}]),
        "editor": st.lists(st.fixed_dictionaries({"family": safe, "given": safe, "suffix": safe}), min_size=1,
        max_size=2),
    },
)  # fmt: skip


def _csl_again(found: list[dict[str, Any]]) -> Any:
    entries = through_yaml(csl_json.read(json.dumps(found).encode(), "f")).catalog.entries
    again = json.loads(as_csl_json([item(entry) for entry in entries]))
    left_out = ("citation-key", "custom")
    return [{key: value for key, value in one.items() if key not in left_out} for one in again]


@pytest.mark.parametrize("number", range(len(ODD)))
def test_a_csl_item_comes_back_letter_by_letter(number: int) -> None:
    assert _csl_again([ODD[number]]) == [ODD[number]]


@examples(300)
@given(found=ODD_CSL)
def test_any_csl_item_comes_back_field_by_field(found: dict[str, Any]) -> None:
    (again,) = _csl_again([found])
    again["id"] = found["id"]
    assert {key: again.get(key) for key in found} == found
    # What follows from the number of a preprint on arXiv may be added.
    assert again.keys() - found.keys() <= ({"DOI", "URL", "number", "publisher"} if "arXiv" in str(again) else set())


def test_a_csl_text_that_somebody_changed_is_written_anew() -> None:
    (entry,) = through_yaml(csl_json.read(json.dumps([ODD[2]]).encode(), "f")).catalog.entries
    changed = {**item(entry), "publisher": "Another press"}
    assert json.loads(as_csl_json([changed]))[0]["publisher"] == "Another press"


def test_a_rendered_page_comes_back(tmp_path: Path) -> None:
    from mum_tui.views import page

    catalog = shipped().catalog
    (tmp_path / "page.md").write_text(page.page(catalog), "utf-8")
    again = any_list.load_any(tmp_path / "page.md").catalog
    titles = {entry.title for entry in again.entries}
    missing = [entry.title for entry in catalog.entries if one_line(entry.title) not in titles]
    assert len(missing) <= len(catalog.entries) // 100, missing
    links = {link.url for entry in again.entries for link in entry.links}
    assert {link.url for entry in catalog.entries for link in entry.links} <= links


LATEX = r"""@article{one, author={{Anonymous} and Bronis{\l}aw Doe and committee, The},
  title={Herder and {Goethe's} Idea: I--IV of ``{\TeX}'', and \unheard{of} \enquote{things}}, journal={J.~of Things},
  pages={M-1--M-14}, year={2020}, note={See \cite{Other:1}}, doi={https://doi.org/10.1000/x}}
@book{two, author={Aks{\i}n, {\"O}zge}, title={Unprotected USA and DNA}, publisher={Routledge {and} Kegan Paul},
  series={English and {American} drama}, year={2021}}
"""


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_what_stands_in_latex_comes_back_letter_by_letter(name: str) -> None:
    again = WRITERS[name]([item(entry) for entry in through_yaml(reading_of(LATEX, name)).catalog.entries])
    same = {"journaltitle": "journal", "date": "year"}
    for wanted, got in zip(pieces(LATEX), pieces(again), strict=True):
        got = {same.get(field, field): value for field, value in got.items()}
        assert got == wanted


def pieces(text: str) -> list[dict[str, str]]:
    """The fields of each entry as they stand."""
    from pybtex.database.input.bibtex import LowLevelParser

    return [{name: " ".join("".join(parts).split()) for name, parts in pairs} for _, (_, pairs) in LowLevelParser(text)]


AS_IT_STOOD = r"""@article{fall, author={Doe, Jane}, title={A}, journal={J}, year={1994}, month={Fall}}
@article{range, author={Doe, Jane}, title={B}, journal={J}, year={1995}, month={jun\slash sep}}
@article{day, author={Doe, Jane}, title={C}, journal={J}, year={1995}, month={12~June}}
@book{first, author={Doe, Jane}, title={D}, publisher={Press}, year={{\noopsort{1985a}}1985}}
@book{open, author={Doe, Jane}, title={E}, publisher={Press}, year={1987\unskip--}}
@proceedings{talks, title={Talks of the {ACM} (May 1--2)}, booktitle={Talks of the ACM (May 1--2)}, year={1982}}
@techreport{single, author={Doe, Jane}, title={F}, institution={Works}, year={1921}}
@book{letter, author={Doe, Jane}, title={G}, publisher={Doe Marsza{\l}ek}, address={Burgstra{\ss}e 6}, year={1992}}
@book{list, author={Doe, Jane}, title={H}, publisher={Press and Sons}, year={1992}}
@misc{whole, author={Doe, Jane}, title={I}, howpublished={Prepared and printed}, year={1992}}
@article{words, author={Doe, Jane}, title={K}, journal={J}, year={1983}, keywords={one; two}, keyword={three; two}}
@article{name, author={W J Filho and B M 't Hart and J Jr Doe and Roe, R A Jr}, title={M}, journal={J}, year={1999}}
@article{page, author={Doe, Jane}, title={N}, journal={J}, year={1999}, pages={doi.org/10.1000/s1-2-3}}
@article{abs, author={Doe, Jane}, title={O}, journal={arXiv preprint arXiv:1610.03914}, year={2016}}
@misc{both, author={Doe, Jane}, title={P}, year={2025}, eprint={2501.10050}, archivePrefix={arXiv},
  primaryClass={stat.ML}, url={https://arxiv.org/abs/2501.10050}}
@online{tie, author={The GAP~Group}, title={Q}, url={\url{https://a.b/c}}, year={2016}}
@techreport{genre, author={Doe, Jane}, title={R}, institution={W}, type={{W3C} {Recommendation}}, year={2008}}
@thesis{whole2, author={Doe, Jane}, title={T}, journaltitle={Doe {$<$}https://a.b/c{$>$} (2016)}, institution={U},
  date={2016}}
@article{sici, author={Doe, Jane}, title={L}, journal={J}, year={1999},
  doi={https://doi.org/10.1002/(SICI)1(1)50:9<840::A>3.CO%3B2-5}}
"""


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_a_field_that_can_be_written_in_two_ways_is_written_as_it_stood(name: str) -> None:
    again = WRITERS[name]([item(entry) for entry in through_yaml(reading_of(AS_IT_STOOD, name)).catalog.entries])
    same = {"journaltitle": "journal", "date": "year", "location": "address", "school": "institution"}
    for wanted, got in zip(pieces(AS_IT_STOOD), pieces(again), strict=True):
        got = {same.get(field.lower(), field.lower()): value for field, value in got.items()}
        assert got == {same.get(field.lower(), field.lower()): value for field, value in wanted.items()}


def test_no_plain_text_is_kept_twice() -> None:
    text = (
        "@article{a, title={T}, author={Doe, Jane}, journal={Things and others}, abstract={This and that.}, year=2020}"
    )
    (entry,) = through_yaml(reading_of(text, "bibtex")).catalog.entries
    assert entry.csl == {"custom": {"same_as": {"abstract": "notes"}}}


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_a_date_that_somebody_changed_is_written_anew(name: str) -> None:
    entry = through_yaml(reading_of(AS_IT_STOOD, name)).catalog.entries[1]
    changed = {**item(entry), "issued": {"date-parts": [[1996, 11]]}}
    written = WRITERS[name]([changed])
    assert "1996" in written
    assert "jun" not in written


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_a_text_that_somebody_changed_is_written_anew(name: str) -> None:
    (entry, _) = through_yaml(reading_of(LATEX, name)).catalog.entries
    written = WRITERS[name]([item(replace(entry, title="Another & title"))])
    assert "Another \\& title" in written
    assert "unheard" not in written


def test_a_bibtex_file_stays_ascii() -> None:
    text = "@book{k, author={Doe, J.}, title={{Größe} in {Köln}}, annote={für mich}}"
    written = bibtex.render([item(entry) for entry in through_yaml(reading_of(text, "bibtex")).catalog.entries])
    assert written.isascii()
    assert '{Gr{\\"o}{\\ss}e} in {K{\\"o}ln}' in written


ZOTERO = """TY  - JOUR
TI  - A title: with a part
AU  - Doe, Jane A.
AU  - van Roe, Rick
T2  - Journal of Things
AB  - Long, with <b>tags</b> & signs.
DA  - 2020/05/17/
PY  - 2020
DO  - 10.1000/x.1
DP  - DOI.org (Crossref)
VL  - 12
SP  - 101
EP  - 109
J2  - J. Things
UR  - https://www.example.org/a_b?x=1&y=2
Y2  - 2021/01/02/10:11:12
L1  - https://www.example.org/a.pdf
N1  - Extra: note
ER  -

TY  - RPRT
TI  - A report
AU  - Doe, Jane
M1  - TR-17
M3  - Technical report
PB  - Lab
PY  - 2011
ER  -

TY  - GEN
TI  - A preprint
AU  - Doe, Jane
DA  - 2023/01/02/
PY  - 2023
DO  - 10.48550/arXiv.2301.00785
PB  - arXiv
AN  - arXiv:2301.00785
UR  - http://arxiv.org/abs/2301.00785
ER  -
"""


def test_every_line_of_what_zotero_writes_comes_back() -> None:
    again = ris.render([item(entry) for entry in through_yaml(reading_of(ZOTERO, "ris")).catalog.entries])
    for before, after in zip(ZOTERO.split("ER  -"), again.split("ER  -"), strict=True):
        assert {line for line in before.split("\n") if line} <= set(after.split("\n"))


@pytest.mark.parametrize("publisher", ["", "PB  - arXiv\n"])
def test_a_preprint_in_ris_reads_the_same_again_whether_its_publisher_stands_there_or_not(publisher: str) -> None:
    addresses = "DO  - 10.48550/arXiv.2301.00785\nUR  - https://arxiv.org/abs/2301.00785\n"
    text = f"TY  - UNPB\nTI  - A preprint\nAU  - Doe, Jane\nPY  - 2023\n{publisher}{addresses}ER  -\n"
    read = reading_of(text, "ris")
    again = reading_of(ris.render([item(entry) for entry in through_yaml(read).catalog.entries]), "ris")
    first, second = ({**reading.records[0].item, "id": ""} for reading in (read, again))
    assert second == first
