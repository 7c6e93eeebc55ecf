"""Citations in the text: author-date, numbers, notes, several in one, and styles without a bibliography."""

from __future__ import annotations

from typing import Any

import pytest

from mum_tui.citation import styled, styles
from mum_tui.citation.choices import Markup
from mum_tui.citation.engine import InText
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
    assert styled.in_text([DOE], "nature", form=Markup.HTML) == "<sup>1</sup>\n"


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
