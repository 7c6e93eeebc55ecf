"""Citations in the text: author-date, numbers, notes, several in one, and styles without a bibliography."""

from __future__ import annotations

from typing import Any

import pytest

from mum_tui.citation import formats, styled, styles
from mum_tui.citation.choices import InText, Markup
from mum_tui.citation.errors import FormatError

DOE: dict[str, Any] = {
    "id": "doe",
    "type": "book",
    "title": "A book",
    "author": [{"family": "Doe", "given": "Jane"}],
    "issued": {"date-parts": [[2020]]},
}
ROE = {**DOE, "id": "roe", "title": "Another", "author": [{"family": "Roe", "given": "Li"}]}
BOTH = [DOE, ROE]


@pytest.mark.parametrize(
    ("name", "both", "narrative"),
    [
        ("apa", "(Doe, 2020, p. 12; Roe, 2020)", "Doe (2020, p. 12)"),
        ("chicago-author-date", "(Doe 2020, 12; Roe 2020)", "Doe (2020, 12)"),
        ("ieee", "[1, p. 12], [2]", "Doe [1, p. 12]"),
        ("modern-language-association", "(Doe 12; Roe)", "Doe (12)"),
        (
            "chicago-notes-bibliography",
            "Jane Doe, A Book (2020), 12; Li Roe, Another (2020).",
            "Jane Doe, A Book (2020), 12.",
        ),
    ],
)
def test_styles_of_each_kind(name: str, both: str, narrative: str) -> None:
    assert styled.in_text(BOTH, name, [InText("12")]) == f"{both}\n"
    assert styled.in_text([DOE], name, [InText("12", narrative=True)]) == f"{narrative}\n"


def test_affixes_the_kind_of_a_locator_and_the_language() -> None:
    assert styled.in_text([DOE], "apa", [InText("chap. 3", "see", "and on")]) == "(see Doe, 2020, Chapter 3 and on)\n"
    assert styled.in_text([DOE], "apa", [InText("12")], locale="de-DE") == "(Doe, 2020, S. 12)\n"
    assert styled.in_text([DOE], "nature", as_markup=Markup.HTML) == "<sup>1</sup>\n"


def test_narrative_without_a_locator_where_only_names_are_cited() -> None:
    assert styled.in_text([DOE], "modern-language-association", [InText(narrative=True)]) == "Doe\n"


def test_look_alikes_are_told_apart() -> None:
    twin = {**DOE, "id": "twin", "title": "A later book"}
    assert styled.in_text([DOE, twin], "apa") == "(Doe, 2020a, 2020b)\n"


def test_a_style_without_a_bibliography() -> None:
    with pytest.raises(FormatError, match="has no bibliography, only citations"):
        styled.render([DOE], styles.find("bluebook-law-review"), "", Markup.TEXT)
    assert "A book".casefold() in styled.in_text([DOE], "bluebook-law-review").casefold()


def test_an_old_name_of_a_style() -> None:
    assert styled.in_text([DOE], "aaa") == styled.in_text([DOE], "american-anthropological-association")


def test_an_unknown_locale_is_english() -> None:
    assert styled.in_text([DOE], "apa", [InText("12")], locale="../xx") == "(Doe, 2020, p. 12)\n"


def test_one_work_cited_twice_is_one_work() -> None:
    assert styled.in_text([DOE, DOE], "apa", [InText("3"), InText("5")]) == "(Doe, 2020, p. 3, 2020, p. 5)\n"
    assert styled.render([DOE, DOE], styles.find("apa"), "", Markup.TEXT).count("Doe") == 1


def test_what_the_writer_adds_is_no_markup() -> None:
    assert "\ue000" not in styled.in_text([DOE], "apa", [InText(prefix="\ue000x\ue001")])
    assert (
        styled.in_text([DOE], "apa", [InText(suffix="& <u>")], as_markup=Markup.HTML) == "(Doe, 2020 &amp; &lt;u&gt;)\n"
    )


def test_a_style_in_another_language() -> None:
    edited = {**DOE, "type": "chapter", "container-title": "All", "editor": ROE["author"]}
    assert "Hrsg." in formats.render_items([edited], "apa", locale="de-DE")
    assert "Ed." in formats.render_items([edited], "apa")


@pytest.mark.parametrize(
    ("name", "tag"), [("de-DE", "de-DE"), ("de_at", "de-AT"), ("de", "de"), ("NB", "nb"), ("sr-cyrl-rs", "sr-Cyrl-RS")]
)
def test_tags_of_locales(name: str, tag: str) -> None:
    assert styles.language_tag(name) == tag


@pytest.mark.parametrize("name", ["", "xx", "../de-DE", "de-DE\n", "*", "klingon"])
def test_locales_that_are_none(name: str) -> None:
    with pytest.raises(FormatError, match=r"^no locale is called .*$") as caught:
        styles.language_tag(name)
    assert "\n" not in str(caught.value)


# -- as commands


def cite(name: str, ids: str, *additions: InText) -> str:
    items = [{**DOE, "id": identifier} for identifier in ids.split()]
    return formats.in_text(items, formats.find(name), additions).removesuffix("\n")


@pytest.mark.parametrize(
    ("ids", "additions", "text"),
    [
        ("doe roe", [], "[@doe; @roe]"),
        ("doe roe", [InText("p. 12", "see"), InText("33-35, 40")], "[see @doe, p. 12; @roe, 33-35, 40]"),
        ("doe", [InText("12", suffix="and on")], "[@doe, 12 and on]"),
        ("doe", [InText("12", suffix="2nd ed.")], "[@doe, {12} 2nd ed.]"),
        ("doe", [InText("ii, A")], "[@doe, {ii, A}]"),
        ("doe", [InText(prefix="a]; @b", suffix=", *so*")], r"[a\]\; \@b @doe, \*so\*]"),
        ("doe roe", [InText("12", narrative=True), InText(narrative=True)], "@doe [12], @roe"),
        ("doe", [InText("ii, A", "see", "so", narrative=True)], "see @doe [{ii, A} so]"),
        ("a:b_c.d/e+f-g http://x.org/1 a--b .a a.", [], "[@a:b_c.d/e+f-g; @{http://x.org/1}; @{a--b}; @{.a}; @{a.}]"),
    ],
)
def test_pandoc(ids: str, additions: list[InText], text: str) -> None:
    assert cite("pandoc", ids, *additions) == text


@pytest.mark.parametrize(
    ("ids", "additions", "text"),
    [
        ("doe roe", [], r"\cite{doe,roe}"),
        ("doe", [InText("p. 12")], r"\cite[p. 12]{doe}"),
        ("doe", [InText("12", "see", "and on")], r"\cite[see][12 and on]{doe}"),
        ("doe", [InText(prefix="see")], r"\cite[see][]{doe}"),
        ("doe roe", [InText(), InText("12")], r"\cites{doe}[12]{roe}"),
        ("doe roe", [InText(narrative=True)] * 2, r"\textcite{doe,roe}"),
        ("doe roe", [InText("12", narrative=True)], r"\textcites[12]{doe}{roe}"),
        (
            "doe",
            [InText("a]{b}", r"50 % \x")],
            r"\cite[50 \% \textbackslash{}x][{a]\textbraceleft{}b\textbraceright{}}]{doe}",
        ),
    ],
)
def test_latex(ids: str, additions: list[InText], text: str) -> None:
    assert cite("cite", ids, *additions) == text


@pytest.mark.parametrize("name", ["bibtex", "ris", "citekey", "link"])
def test_formats_without_citations_in_the_text(name: str) -> None:
    assert not formats.find(name).has_in_text
    with pytest.raises(FormatError, match=f"^{name} has no citations in the text"):
        cite(name, "doe")
