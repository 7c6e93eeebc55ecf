"""BibTeX and BibLaTeX as people have them: nothing is lost, and what is odd is told with its line."""

from __future__ import annotations

from typing import Any

import pytest

from mum_tui.bibliography import bibtex, build
from mum_tui.bibliography.records import Reading, Record
from mum_tui.citation import biblatex, csl_item
from mum_tui.citation import bibtex as bibtex_writer
from mum_tui.problems import ERROR


def read(text: str) -> Reading:
    return bibtex.read(text, "f.bib")


def only(text: str) -> Record:
    (record,) = read(text).records
    return record


def item(fields: str, kind: str = "article", key: str = "k") -> dict[str, Any]:
    return only(f"@{kind}{{{key}, {fields}}}").item


def messages(text: str) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in read(text).problems]


# -- fields and LaTeX ---------------------------------------------------------------------------------------


def test_a_link_in_a_title_loses_neither_the_title_nor_the_address_nor_the_next_entry() -> None:
    found = read(r"@article{a, title={See \href{https://a.b}{the tool}}}" + "\n@article{b, title={Next}}").records
    assert [record.item["title"] for record in found] == ["See the tool", "Next"]
    assert found[0].links == [("", "https://a.b", "")]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"\texttt{nnTool} and {\TeX}book", "nnTool and TeXbook"),
        (r"a \textless{} b, and\slash or \mbox{CT-1}", "a < b, and/or CT-1"),
        (r"{CNN}s for R&D in Q&A", "CNNs for R&D in Q&A"),
        (r"Of \emph{E. coli} and H$_2$O", "Of <i>E. coli</i> and H<sub>2</sub>O"),
        (r"$\beta$-VAE with $O(n^2)$", "β-VAE with O(n<sup>2</sup>)"),
        (r"costs $5 and $6", "costs $5 and $6"),
        (r"{\bf bold} no more", "<b>bold</b> no more"),
        (r"\unheard{of} words", "of words"),
        ("<em>Drosophila</em> &amp; <mml:math><mml:msub><mml:mi>H</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math>",
         "<i>Drosophila</i> & H<sub>2</sub>"),
        (r"{\'E}t\'e, M\"uller, Erd\H{o}s, {\c c}a, \v{Z}iga, \o, {\ss}, \'{\i}",
        "Été, Müller, Erdős, ça, Žiga, ø, ß, í"),
        (r"\SI{3}{\tesla} and \qty{0.5}{\milli\metre}, \SIrange{1}{5}{\mm}, \num{1e5}, \ang{45}",
         "3 T and 0.5 mm, 1–5 mm, 1e5, 45°"),
        (r"$\frac{1}{2}$ and \nicefrac13 of \ce{CO2}", "1/2 and 1/3 of CO<sub>2</sub>"),
        (r"$O(n \log n)$, $n \times m$, $a\times b$, $x \in A$", "O(n log n), n × m, a×b, x ∈ A"),
        (r"On the `truth' of ,,Wahrheit'' in rock 'n' roll", "On the ‘truth’ of „Wahrheit” in rock 'n' roll"),
        (r"See \ref{a} and \hyperref[b]{there}", "See a and there"),
        ("{" * 3000 + "deep" + "}" * 3000, "deep"),
    ],
)  # fmt: skip
def test_a_title_in_latex(written: str, title: str) -> None:
    assert item(f"title={{{written}}}")["title"] == title


def test_a_command_that_nobody_knows_is_told_and_what_it_stands_around_is_kept() -> None:
    reading = read(r"@article{k, title={A \unheard{of} word}}")
    assert "unknown LaTeX: \\unheard" in reading.problems[0].message
    assert "A \\unheard{of} word" in reading.records[0].item["custom"]["latex"].values()


def test_strings_are_put_in_and_joined() -> None:
    found = item('journal = "IEEE " # jt # " B", month = "4~" # jan, year = 2020}\n@string{jt = {Things}')
    assert found["container-title"] == "IEEE Things B"
    assert found["issued"] == {"date-parts": [[2020, 1, 4]]}
    assert messages("@article{k, journal = nowhere}") == ["1: the string nowhere is not defined"]


def test_a_missing_comma_is_told_and_both_fields_are_kept() -> None:
    text = "@inproceedings{a, author={Doe, J.},\n  title={A title}\n  booktitle={X}, year=2020}"
    assert messages(text) == ["2: a comma is missing before booktitle"]
    assert (only(text).item["title"], only(text).item["container-title"]) == ("A title", "X")


def test_a_field_that_stands_twice_is_kept_twice() -> None:
    reading = read("@article{a, title={One}, title={Two}, keywords={x}, keywords={y}}")
    (record,) = reading.records
    assert record.item["title"] == "One"
    assert record.item["custom"]["bibtex"]["title-2"] == "Two"
    assert record.tags == ["x", "y"]
    assert len(reading.problems) == 2


def test_what_is_no_field_of_csl_is_kept_as_it_stands() -> None:
    kept = item(r"title={T}, file={:a.pdf:PDF}, annote={So \emph{so}}, timestamp={2020}")["custom"]["bibtex"]
    assert kept == {"file": ":a.pdf:PDF", "annote": r"So \emph{so}", "timestamp": "2020"}


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("thesis", "thesis"), ("report", "report"), ("software", "software"), ("dataset", "dataset"), ("online",
        "webpage"),
        ("patent", "patent"), ("inbook", "chapter"), ("proceedings", "book"), ("unheard", "document"),
    ],
)  # fmt: skip
def test_types_beyond_the_classic_ones(kind: str, csl: str) -> None:
    assert item("title={T}, year=2020", kind)["type"] == csl


# -- dates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("date={2023-05-17}", {"date-parts": [[2023, 5, 17]]}),
        ("date={2020/2021}", {"date-parts": [[2020], [2021]]}),
        ("date={2020-21}", {"date-parts": [[2020]], "season": 1}),
        ("date={1988?}", {"date-parts": [[1988]], "circa": True}),
        ("date={1997/}", {"date-parts": [[1997], [0]]}),
        ("date={199X}", {"literal": "199X"}),
        ("year={in press}", {"literal": "in press"}),
        ("year={c. 1990}", {"date-parts": [[1990]], "circa": True}),
        ("year={1999--2000}", {"date-parts": [[1999], [2000]]}),
        ("year=2020, month=mar # {--} # apr", {"date-parts": [[2020, 3], [2020, 4]]}),
        ("year=2020, month={12 March}", {"date-parts": [[2020, 3, 12]]}),
        ("year=2020, month={Summer}", {"date-parts": [[2020]], "season": 2}),
        ("year=2020, month=jan, day=15", {"date-parts": [[2020, 1, 15]]}),
        ("year=2020, month=feb, day=31", {"date-parts": [[2020, 2]]}),
        ("year={2020a}", {"date-parts": [[2020]]}),
        ("year={2020.0}", {"date-parts": [[2020]]}),
        ("year=2020, month={Herbst}", {"date-parts": [[2020]], "season": 3}),
        ("year=2020, month={12. Oktober}", {"date-parts": [[2020, 10, 12]]}),
        ("year=2020, month={juil.--ao{\\^u}t}", {"date-parts": [[2020, 7], [2020, 8]]}),
        ("year=2020, month={3月}", {"date-parts": [[2020, 3]]}),
        ("year=2020, month=okt", {"date-parts": [[2020, 10]]}),
        ("date={12 de marzo de 2020}", {"date-parts": [[2020, 3, 12]]}),
        ("date={3 марта 2020 г.}", {"date-parts": [[2020, 3, 3]]}),
        ("date={1er ao\\^ut 2020}", {"date-parts": [[2020, 8, 1]]}),
        ("date={2020년 3월 5일}", {"date-parts": [[2020, 3, 5]]}),
        ("date={październik 2019}", {"date-parts": [[2019, 10]]}),
        ("date={5. 3. 2020}", {"date-parts": [[2020, 3, 5]]}),
        ("date={Thursday, March 5, 2020}", {"date-parts": [[2020, 3, 5]]}),
    ],
)
def test_dates(fields: str, issued: dict[str, Any]) -> None:
    assert item(f"title={{T}}, journal={{J}}, {fields}")["issued"] == issued


@pytest.mark.parametrize(
    ("names", "number"),
    [
        ("März Mrz. märz Maerz mars marzo mar. março maart mrt. mars марта Март marca marzec březen mart", 3),
        ("Mai mai mayo maggio mag. maio mei maj мая май maja květen", 5),
        ("juin juni junio giugno junho июня czerwca červen", 6),
        ("juillet juil. Juli julio luglio lug. julho июль lipiec červenec", 7),
        ("août aout agosto ago. augustus авг. sierpień", 8),
        ("Sept. settembre set. setembro septiembre setiembre wrzesień сент.", 9),
        ("Okt. ottobre ott. outubro out. octubre октябрь październik Oct", 10),
        ("Dez Dez. déc. décembre dicembre diciembre dic. dezembro декабря grudzień", 12),
        ("févr. fév. Feber febbraio fevereiro luty", 2),
        ("Jänner janv. enero gennaio gen. janeiro styczeń", 1),
    ],
)
def test_months_in_other_languages(names: str, number: int) -> None:
    for name in names.split():
        assert item(f"title={{T}}, year=2020, month={{{name}}}")["issued"] == {"date-parts": [[2020, number]]}, name


@pytest.mark.parametrize("month", ["Brumaire", "jui", "Q1"])
def test_a_month_that_nobody_knows_is_kept_and_told(month: str) -> None:
    text = f"@article{{k, title={{T}}, year=2020, month={{{month}}}}}"
    assert messages(text) == [f"1: “{month}” is no month"]
    (entry,) = build.catalog_of(read(text)).catalog.entries
    assert f"{{{month}}}" in bibtex_writer.render([csl_item.item(entry)])


def test_a_year_that_is_none_costs_nothing_else() -> None:
    loaded = build.catalog_of(read("@article{a, title={T}, journal={J}, volume=12, doi={10.1000/x}, year={in press}}"))
    (entry,) = loaded.catalog.entries
    assert entry.published is not None
    assert (entry.published.year, entry.published.volume, entry.published.doi) == (None, "12", "10.1000/x")
    assert csl_item.item(entry)["issued"] == {"literal": "in press"}


# -- entries that name others -------------------------------------------------------------------------------


def test_fields_of_a_parent_are_inherited_under_the_names_they_have_in_a_child() -> None:
    text = (
        "@inproceedings{child, author={Doe, J.}, title={Child}, crossref={parent}, pages={1--9}}\n"
        "@proceedings{parent, editor={Moe, M.}, title={Proceedings of X}, year=2014, publisher={Press}}"
    )
    child, parent = read(text).records
    assert child.item["container-title"] == "Proceedings of X"
    assert child.item["publisher"] == "Press"
    assert child.item["issued"] == {"date-parts": [[2014]]}
    assert parent.item["title"] == "Proceedings of X"


def test_what_a_child_says_in_another_field_is_not_inherited() -> None:
    text = (
        "@book{a, title={A}, year=2020, address={Rome}, crossref={b}}\n"
        "@book{b, title={B}, date={1999}, location={Bern}}"
    )
    child = read(text).records[0].item
    assert (child["issued"], child["publisher-place"]) == ({"date-parts": [[2020]]}, "Rome")


def test_a_preamble_may_define_commands() -> None:
    found = read(
        r"@preamble{{\newcommand{\TUB}{TUGboat} \def \Dash {---}}}" + "\n" + r"@book{a, title={In \TUB{} \Dash now}}"
    )
    assert found.records[0].item["title"] == "In TUGboat —now"
    assert found.problems == []


def test_xdata_is_shared_and_counted_and_circles_end() -> None:
    reading = read("@xdata{x, publisher={P}, location={Rome}}\n@book{b, title={B}, xdata={x}}")
    assert reading.records[0].item["publisher-place"] == "Rome"
    assert sum(reading.left_out.values()) == 1
    circle = read("@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}")
    assert [record.item["title"] for record in circle.records] == ["A", "B"]
    assert messages("@book{a, title={A}, crossref={nobody}}") == ["1: names nobody, which is not in the file"]


# -- identifiers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ("journal={arXiv}, volume={1506.04967}", "1506.04967"),
        ("eprint={arXiv:2405.00001 [cs.CV]}, archivePrefix={arXiv}", "2405.00001"),
        ("journal={arXiv preprint math/0309136}", "math/0309136"),
        ("journal={CoRR}, volume={abs/1703.00593}", "1703.00593"),
        ("note={arXiv:2301.00785v2}", "2301.00785"),
        ("url={https://arxiv.org/pdf/2301.00785v3.pdf}", "2301.00785"),
        ("doi={10.48550/arXiv.2301.00785}", "2301.00785"),
        ("eprint={hep-th/9901001}, eprinttype={arxiv}", "hep-th/9901001"),
    ],
)
def test_an_arxiv_number_in_any_field(fields: str, number: str) -> None:
    assert item(f"title={{T}}, year=2020, {fields}", "misc")["custom"]["arxiv_id"] == number


@pytest.mark.parametrize(
    "written",
    ["https://www.doi.org/10.1000/a_1", "doi.org/10.1000/a_1", "doi:10.1000/a_1", r"10.1000/a\_1", "10.1000/a_1.",
     "http://dx.doi.org/10.1000/a_1", "DOI 10.1000/a_1", "https://doi.org/10.1000%2Fa_1", r"10.1000/a{\_}1",
     r"10.1000\slash a_1", r"10.1000{\slash}a\_1", r"\doi{10.1000/a_1}", "info:doi/10.1000/a_1", "urn:doi:10.1000/a_1",
     "DOI: https://doi.org/10.1000/a_1", "https://doi.org/ 10.1000/a_1", "(10.1000/a_1)", '"10.1000/a_1"',
     "{10.1000}/a_1", r"10.1000/a\string_1", r"10.1000/a{\textunderscore}1"],
)  # fmt: skip
def test_a_doi_in_any_form(written: str) -> None:
    assert item(f"title={{T}}, doi={{{written}}}")["DOI"] == "10.1000/a_1"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (r"https://a.b/a\_b?x=1\&y=2", "https://a.b/a_b?x=1&y=2"),
        (r"\url{https://a.b/x}", "https://a.b/x"),
        ("https://a.b/very/\n    long", "https://a.b/very/long"),
        (r"http://a.b/\~{}doe", "http://a.b/~doe"),
        ("www.a.b/x", "http://www.a.b/x"),
    ],
)
def test_an_address_in_any_form(written: str, address: str) -> None:
    assert item(f"title={{T}}, url={{{written}}}")["URL"] == address


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        (r"10.1000/S1\textless{}2\textgreater{}", "10.1000/S1<2>"), ("10.1000/S1<2>3.0", "10.1000/S1<2>3.0"),
        ("10.1000/a$<$b$>$", "10.1000/a<b>"), ("<10.1000/x>", "10.1000/x"),
        ("https://link.springer.com/article/10.1007/s1-020", "10.1007/s1-020"),
    ],
)  # fmt: skip
def test_a_doi_keeps_its_signs(written: str, doi: str) -> None:
    reading = read(f"@article{{k, title={{T}}, doi={{{written}}}}}")
    assert (reading.records[0].item["DOI"], reading.problems) == (doi, [])


@pytest.mark.parametrize("named", ["p", "P", "{p}", '"p"'])
@pytest.mark.parametrize("end", ["}", ",}", "\n}", ',\n note = "x"}'])
def test_a_key_needs_no_braces(named: str, end: str) -> None:
    reading = read(f"@inproceedings{{k, title={{T}}, crossref = {named}{end}\n@proceedings{{p, title={{Proc}}}}")
    assert (reading.records[0].item["container-title"], reading.problems) == ("Proc", [])


def test_a_string_may_name_a_key() -> None:
    text = "@string{p = {q}}\n@inproceedings{k, title={T}, crossref=p}\n@proceedings{q, title={Proc}}"
    assert read(text).records[0].item["container-title"] == "Proc"


def test_what_is_no_doi_or_address_is_told_and_kept() -> None:
    reading = read("@article{k, title={T}, doi={see page}, url={nowhere}}")
    assert reading.records[0].item["custom"]["bibtex"] == {"doi": "see page", "url": "nowhere"}
    assert len(reading.problems) == 2


def test_keys_keywords_and_abstract_come_along() -> None:
    loaded = build.catalog_of(
        read("@article{DBLP:conf/x/Doe20, title={T}, keywords={one, two}, abstract={Long.}, year=2020}")
    )
    (entry,) = loaded.catalog.entries
    assert entry.id == "DBLP-conf-x-Doe20"
    assert entry.aliases == ("DBLP:conf/x/Doe20",)
    assert entry.tags == ("one", "two")
    assert entry.notes == "Long."
    cited = csl_item.item(entry)
    assert (cited["citation-key"], cited["keyword"], cited["abstract"]) == ("DBLP:conf/x/Doe20", "one, two", "Long.")


# -- broken files -------------------------------------------------------------------------------------------


def test_an_open_brace_costs_neither_its_entry_nor_the_next() -> None:
    reading = read("@article{a,\n  title={Open,\n  year=2020,\n}\n\n@article{b, title={Whole}, year=2021}\n")
    assert [record.key for record in reading.records] == ["a", "b"]
    assert reading.records[0].item["issued"] == {"date-parts": [[2020]]}
    assert reading.problems[0].line == 1


def test_an_entry_without_a_field_that_can_be_read_is_set_aside() -> None:
    reading = read("@article{a,\n@article{b, title={Whole}}\n")
    assert [record.key for record in reading.records] == ["b"]
    assert reading.set_aside == 1
    assert [problem.level for problem in reading.problems] == [ERROR]


def test_a_line_in_a_field_that_begins_like_an_entry_is_text() -> None:
    reading = read("@article{a, abstract={Use\n@article{\n in LaTeX}}, title={T}}\n@book{b, title={B}}")
    assert [record.key for record in reading.records][-1] == "b"
    assert "@article" in reading.records[0].notes


def test_comments_strings_and_text_are_counted_not_entries() -> None:
    reading = read("Hello\n@comment{jabref-meta: x}\n@preamble{{y}}\n% nothing\n@book(p, title={In parentheses})\n")
    assert [record.item["title"] for record in reading.records] == ["In parentheses"]
    assert dict(reading.left_out) == {
        "lines of text between entries": 1, "@comment blocks": 1, "@preamble blocks": 1,
    }  # fmt: skip


def test_comments_within_an_entry_cost_nothing() -> None:
    text = """@article{a,
  title = {T}, % a comment with } brace
  % note = {old},
  author = {Doe, J.}, % and a "quote
  journal = {100\\% J},
  year = 2020 % the year
}
@book{b, title={Next}}
"""
    reading = read(text)
    first, second = (record.item for record in reading.records)
    assert (first["title"], first["container-title"], first["issued"]) == ("T", "100% J", {"date-parts": [[2020]]})
    assert first["author"] == [{"family": "Doe", "given": "J."}]
    assert "note" not in first
    assert second["title"] == "Next"
    assert not reading.problems
    assert reading.left_out["comments within entries"] == 4


def test_parts_of_a_book_do_not_inherit_what_names_the_book() -> None:
    text = (
        "@inproceedings{a, title={A}, crossref={p}}\n"
        "@proceedings{p, title={P}, year=2020, doi={10.1000/p}, url={https://a.b}, isbn={1}}"
    )
    child, parent = (record.item for record in read(text).records)
    assert (child["container-title"], child["ISBN"], child.get("DOI"), child.get("URL")) == ("P", "1", None, None)
    assert (parent["DOI"], parent["URL"]) == ("10.1000/p", "https://a.b")


def test_a_key_used_twice_costs_no_entry() -> None:
    loaded = build.catalog_of(read("@book{a, title={One}}\n@book{a, title={Two}}\n"))
    assert [entry.id for entry in loaded.catalog.entries] == ["a", "ab"]
    assert "used twice" in loaded.problems[0].message


@pytest.mark.parametrize(
    ("key", "fields", "identifier"),
    [
        ("李2020", "author={李, 明}, title={深度学习}, year=2020", "li2020"),
        ("Иванов2019", "author={Иванов, И.}, title={Сети}, year=2019", "ivanov2019"),
        ("Müller2020", "author={Müller, H.}, title={T}", "muller2020"),
        ("黑木2020", "author={黑木, 亮}, title={深層学習 CNN}, year=2020", "paper2020cnn"),
        ("黑木2020", "author={黑木, 亮 and Doe, Jane}, title={深層学習}, year=2020", "doe2020"),
        ("黑木2020", "author={黑木, 亮}, title={Нейронные сети}, year=2020", "paper2020neyronnye"),
        ("12345", "author={李, 明}, title={T}", "12345"),
        ("？", "author={Roe, R.}, title={T}, year=2020", "roe2020t"),
    ],
)
def test_a_key_in_another_script_becomes_a_readable_id_and_stays_an_alias(
    key: str, fields: str, identifier: str
) -> None:
    (entry,) = build.catalog_of(read(f"@article{{{key}, {fields}}}")).catalog.entries
    assert entry.id == identifier
    assert entry.aliases == ((key,) if key != identifier else ())


def test_other_keys_of_an_entry_are_written_again() -> None:
    text = "@article{a, ids={old1, old2}, title={T}}"
    (entry,) = build.catalog_of(read(text)).catalog.entries
    assert entry.aliases == ("old1", "old2")
    assert [only(write([csl_item.item(entry)])).aliases for write in (bibtex_writer.render, biblatex.render)] == [
        ["old1", "old2"]
    ] * 2


@pytest.mark.parametrize("key", ["李2020", "Иванов2019", "Παππάς", "김철수", "たなか2021", "أحمد2022"])
def test_a_key_that_bibtex_cannot_have_is_known_after_an_export(key: str) -> None:
    text = f"@article{{{key}, author={{Doe, J.}}, title={{T}}}}\n@article{{doe, title={{Other}}}}"
    for write in (bibtex_writer.render, biblatex.render):
        written = write([csl_item.item(entry) for entry in build.catalog_of(read(text)).catalog.entries])
        first, _ = build.catalog_of(read(written)).catalog.entries
        assert first.id.isascii()
        assert first.id[0].isalpha()
        assert key in first.aliases


def test_a_missing_comma_behind_the_key_costs_nothing() -> None:
    reading = read("@article{b title={Y}, year=2021}@misc{d, title={D}}\n@article{c, title={Z}}")
    told = [(record.key, record.item.get("title")) for record in reading.records]
    assert told == [("b", "Y"), ("d", "D"), ("c", "Z")]
    assert "comma" in reading.problems[0].message


@pytest.mark.parametrize(
    ("fields", "kind", "subject"),
    [
        ("archiveprefix={arXiv}, arxivid={2301.00785}", "article", ""),
        ("doi={10.48550/ARXIV.2301.00785}, publisher={arXiv}", "article", ""),
        ("journal={arXiv preprint arXiv:2301.00785v2 [eess.IV]}", "article", "eess.IV"),
        ("eprint={2301.00785}, archiveprefix={arXiv}, journal={Medical Things}", "article-journal", ""),
        ("eprint={2301.00785}, archiveprefix={arXiv}, doi={10.1000/x}", "article-journal", ""),
        ("eprint={2301.00785}, archiveprefix={arXiv}, volume=3", "article-journal", ""),
    ],
)
def test_an_article_that_is_only_on_arxiv_is_a_preprint(fields: str, kind: str, subject: str) -> None:
    found = item(f"title={{T}}, {fields}")
    assert found["type"] == kind
    assert found["custom"]["arxiv_id"] == "2301.00785"
    assert found["custom"].get("primary_class", "") == subject


@pytest.mark.parametrize(
    ("fields", "doi"),
    [
        ("doi={http://doi.org/10.1000/A%28b%29}", "10.1000/A(b)"),
        ("doi={https://doi.org/https://doi.org/10.1000/a}", "10.1000/a"),
        (r"doi={10.1000\/a$_$b}", "10.1000/a_b"),
        ("doi={10.1000/a\u200bb}", "10.1000/ab"),
        ("doi={10.1000/a;10.1000/b}", "10.1000/a"),
        ("url={http://dx.doi.org/10.1000/a?nosfx=y}", "10.1000/a"),
        ("eprint={10.1000/a}, eprinttype={doi}", "10.1000/a"),
        ("note={doi: 10.1000/a.}", "10.1000/a"),
        ("bdsk-url-1={https://doi.org/10.1000/a}", "10.1000/a"),
        (r"howpublished={\url{https://doi.org/10.1000/a}}", "10.1000/a"),
        ("note={See 10.1000/a for more}", ""),
    ],
)
def test_dois_in_odd_places(fields: str, doi: str) -> None:
    assert item(f"title={{T}}, {fields}", "misc").get("DOI", "") == doi


@pytest.mark.parametrize("written", ["10.1000/a, 10.1000/b", "10.1000/a b", "10.1000/a;10.1000/b"])
def test_what_stands_beside_a_doi_is_kept_and_told(written: str) -> None:
    text = f"@article{{k, title={{T}}, doi={{{written}}}}}"
    assert "more than a DOI" in messages(text)[0]
    (entry,) = build.catalog_of(read(text)).catalog.entries
    assert f"{{{written}}}" in bibtex_writer.render([csl_item.item(entry)])


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ("url={URL: https://a.org/x}", "https://a.org/x"),
        ("url={Available at https://a.org/x.}", "https://a.org/x"),
        (r"howpublished={Available online: \url{https://a.org/x} (accessed 1 May 2020)}", "https://a.org/x"),
    ],
)
def test_an_address_among_words_is_a_link(fields: str, address: str) -> None:
    record = only(f"@misc{{k, title={{T}}, {fields}}}")
    assert record.links == [("", address, "")]
    assert "publisher" not in record.item


def test_groups_of_mendeley_and_keywords_of_scopus_are_tags() -> None:
    record = only("@article{k, title={T}, mendeley-groups={G1,G2/Sub}, author_keywords={Deep learning; MRI}}")
    assert record.tags == ["G1", "G2/Sub", "Deep learning", "MRI"]


@pytest.mark.parametrize("kind", ["article", "inproceedings", "misc"])
def test_a_book_and_a_journal_that_is_arxiv_are_both_written_again(kind: str) -> None:
    fields = "booktitle={EMNLP}, journal={arXiv preprint arXiv:2010.02140}"
    (entry,) = build.catalog_of(read(f"@{kind}{{k, title={{T}}, {fields}}}")).catalog.entries
    written = bibtex_writer.render([csl_item.item(entry)])
    assert "{EMNLP}" in written
    assert "{arXiv preprint arXiv:2010.02140}" in written


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ("url={https://a.org/Volume 9/x.pdf}", "{https://a.org/Volume 9/x.pdf}"),
        ("date={2016-06-06T15:26:37+1000}", "{2016-06-06T15:26:37+1000}"),
        ("director={Marka, Jo}", "{Marka, Jo}"),
        ("publisher={ACM}, address={New York}, location={Salamanca, Spain}", "{Salamanca, Spain}"),
        ("publisher={ACM}, address={New York}, location={Salamanca, Spain}", "{New York}"),
    ],
)
def test_what_csl_has_no_place_for_is_written_again(fields: str, kept: str) -> None:
    (entry,) = build.catalog_of(read(f"@inproceedings{{k, title={{T}}, {fields}}}")).catalog.entries
    for write in (bibtex_writer.render, biblatex.render):
        assert kept in write([csl_item.item(entry)])


def test_greek_with_accents_comes_back_from_bibtex() -> None:
    (entry,) = build.catalog_of(read("@misc{k, title={The use of καί in ἀρχή}}")).catalog.entries
    assert only(bibtex_writer.render([csl_item.item(entry)])).item["title"] == "The use of καί in ἀρχή"


def test_a_day_of_its_own_is_written_again() -> None:
    for date in ("month=jan, day=15", "month=feb, day=31", "day={05}"):
        (entry,) = build.catalog_of(
            read(f"@article{{k, title={{T}}, journal={{J}}, year=2020, {date}}}")
        ).catalog.entries
        assert "day" in bibtex_writer.render([csl_item.item(entry)])


def test_arxiv_as_the_publisher_or_among_the_pages() -> None:
    text = (
        "@misc{a, title={T}, publisher={arXiv}, number={2301.00785}}@article{b, title={T}, pages={arXiv--2301.00785}}"
    )
    assert [record.item["custom"]["arxiv_id"] for record in read(text).records] == ["2301.00785"] * 2


def test_an_entry_without_a_key_and_a_field_is_only_counted() -> None:
    reading = read("@misc{}\n@misc{,}\n@misc{a, title={T}}")
    assert [record.key for record in reading.records] == ["a"]
    assert reading.left_out["entries without a key or a field"] == 2
