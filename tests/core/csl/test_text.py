"""Text: groups, conditions, case, quotation marks, punctuation, markup (CSL 1.0.2, "Group" to "Text-case")."""

from __future__ import annotations

import pytest

from mum_tui.citation.csl import Processor, plain, runs
from mum_tui.citation.csl.spans import Leaf
from mum_tui.citation.csl.textcase import FEW_STOP_WORDS, STOP_WORDS, apply
from mum_tui.citation.engine import load_locale
from tests.core.csl.small import Item, by, dated, items, listed, printed, style

TITLE = '<text variable="title" {}/>'


def test_a_group_of_empty_variables_prints_nothing() -> None:
    layout = '<text variable="title"/><group prefix=" (" suffix=")" delimiter=" ">'
    layout += '<text term="in"/><text variable="publisher"/></group>'
    assert printed(layout, {"title": "T"}) == "T"
    assert printed(layout, {"title": "T", "publisher": "P"}) == "T (in P)"
    words = '<text variable="title"/><group><text macro="m"/><text variable="publisher"/></group>'
    assert printed(words, {"title": "T"}, before='<macro name="m"><text value=" [Online]"/></macro>') == "T [Online]"


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        ('type="book thesis"', True),
        ('type="book" variable="DOI"', False),
        ('type="chapter" variable="title" match="any"', True),
        ('variable="DOI URL" match="none"', True),
        ('is-numeric="volume"', True),
        ('is-uncertain-date="issued"', True),
        ('position="first"', False),
    ],
)
def test_conditions(test: str, holds: bool) -> None:
    item: Item = {"title": "T", "volume": "12–14", "issued": {"date-parts": [[1600]], "circa": True}}
    layout = f'<choose><if {test}><text value="yes"/></if><else><text value="no"/></else></choose>'
    assert printed(layout, item) == ("yes" if holds else "no")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("learning from k-shot data", "Learning from k-Shot Data"),
        ("nnU-Net: a method without a name", "nnU-Net: A Method Without a Name"),
        ("what to look for", "What to Look For"),
        ("the end. the start? of it", "The End. The Start? Of It"),
        ("p < 0.05 in_context d’amour", "P < 0.05 in_context d’amour"),
        ("état-of-the-art 3d scans", "État-of-the-Art 3d Scans"),
        ("USING the MRI", "USING the MRI"),
        ("β-VAE: μ-opioid α", "β-VAE: μ-Opioid α"),
        ("", ""),
    ],
)
def test_title_case(text: str, written: str) -> None:
    leaf = Leaf(text)
    apply("title", [leaf], FEW_STOP_WORDS)
    assert leaf.text == written
    other = Leaf(text)
    apply("title", [other], frozenset())
    assert other.text == text


@pytest.mark.parametrize(
    ("case", "text", "written"),
    [
        ("lowercase", "An MRI", "an mri"),
        ("uppercase", "straße", "STRASSE"),
        ("capitalize-first", "arXiv:1 and so on", "arXiv:1 and so on"),
        ("capitalize-first", "in press", "In press"),
        ("capitalize-all", "in-press now", "In-Press Now"),
        ("sentence", "ON THE MRI", "On the mri"),
        ("sentence", "Of nnU-Net and McNemar", "Of nnU-Net and McNemar"),
    ],
)
def test_other_cases(case: str, text: str, written: str) -> None:
    leaf = Leaf(text)
    apply(case, [leaf], STOP_WORDS)
    assert leaf.text == written


def test_case_leaves_marked_words_alone() -> None:
    title = {"title": 'with <span class="nocase">nnU-Net</span> of <i>e. coli</i> H<sub>x</sub>'}
    assert printed(TITLE.format('text-case="title"'), title) == "With nnU-Net of <i>e. Coli</i> H<sub>x</sub>"
    assert printed(TITLE.format('text-case="title"'), {**title, "language": "de"}).startswith("with nnU-Net")


def test_quotation_marks_turn_within_each_other() -> None:
    title = {"title": "On \"any\" and the radiologist's 'view'"}
    assert printed(TITLE.format('quotes="true"'), title) == "“On ‘any’ and the radiologist’s ‘view’”"
    assert printed(TITLE.format(""), title) == "On “any” and the radiologist’s “view”"
    assert printed(TITLE.format('quotes="true"'), title, lang="de-DE") == "„On ‚any‘ and the radiologist’s ‚view‘“"
    assert printed(TITLE.format(""), {"title": "as “written” 5' 6\" <b>x"}) == 'as “written” 5’ 6" &#60;b&#62;x'


@pytest.mark.parametrize(("case", "written"), [("uppercase", "İSTANBUL IŞIK"), ("lowercase", "istanbul ışık")])
def test_turkish_has_two_letters_i(case: str, written: str) -> None:
    title = "istanbul ışık" if case == "uppercase" else "İSTANBUL IŞIK"
    assert printed(TITLE.format(f'text-case="{case}"'), {"title": title, "language": "tr-TR"}) == written


def test_a_turkish_style_leaves_other_languages_alone() -> None:
    assert printed(TITLE.format('text-case="uppercase"'), {"title": "Smith"}, lang="tr-TR") == "SMITH"


@pytest.mark.parametrize(
    ("title", "suffix", "written"),
    [
        ("A", ".", "“A.” B"),
        ("A.", ".", "“A.” B"),
        ("A?", ".", "“A?” B"),
        ("A", ";", "“A”; B"),
        ("A", ",", "“A,” B"),
    ],
)
def test_punctuation_moves_into_american_quotation_marks(title: str, suffix: str, written: str) -> None:
    layout = f'<text variable="title" quotes="true" suffix="{suffix}"/><text value="B" prefix=" "/>'
    assert printed(layout, {"title": title}) == written
    outside = printed(layout, {"title": "A"}, options='default-locale="en-GB"')
    assert outside == f"‘A’{suffix} B"


@pytest.mark.parametrize(
    ("first", "second", "written"),
    [
        ("a.", ".", "a."),
        ("a?", ".", "a?"),
        ("a:", "!", "a!"),
        ("a.", ",", "a.,"),
        ("a ", " b", "a b"),
        ("a.", ":", "a.:"),
        ("a…", ".", "a…."),
    ],
)
def test_punctuation_that_meets(first: str, second: str, written: str) -> None:
    assert printed(f'<text value="{first}"/><text value="{second}"/>', {}) == written


def test_markup_turns_back_inside_its_like() -> None:
    layout = TITLE.format('font-style="italic"')
    assert (
        printed(layout, {"title": "Of <i>E. coli</i> x"})
        == '<i>Of <span style="font-style:normal;">E. coli</span> x</i>'
    )
    assert printed(layout, {"title": "Of </i> <i>x"}) == "<i>Of &#60;/i&#62; &#60;i&#62;x</i>"


def test_writers() -> None:
    processor = Processor(style(), load_locale)
    parts = next(processor.bibliography(items({"title": "a <i>b</i> <b>c</b> *"}))).parts
    assert plain(parts) == "a b c *"
    assert [(run.text, dict(run.formatting)) for run in runs(parts)][1] == ("b", {"font-style": "italic"})


def test_blocks_and_the_second_field() -> None:
    entry = listed(
        '<text variable="citation-number" suffix="."/><text variable="title"/>',
        {"title": "T"},
        {"title": "U"},
        listing='second-field-align="flush"',
        entry='suffix="!"',
    )
    assert entry[1] == '<div class="csl-left-margin">2.</div><div class="csl-right-inline">U!</div>'
    assert printed('<text variable="title" display="block"/>', {"title": "T"}) == '<div class="csl-block">T</div>'


def test_a_term_falls_back_to_other_forms_and_locales() -> None:
    locale = '<locale xml:lang="en"><terms><term name="edition">print</term></terms></locale>'
    assert printed('<text term="edition" form="symbol"/>', {}) == "Ed."
    assert printed('<text value="x "/><text term="edition"/>', {}, before=locale) == "x print"
    assert printed('<text term="edition"/>', {}, before=locale, lang="de-DE") == "Auflage"
    assert printed('<text term="editor" form="verb"/>', {}, lang="xx-YY") == "Edited by"
    assert printed('<text term="from" form="short"/>', {}) == "Fr."
    assert printed('<text term="from" form="short"/>', {}, lang="es-ES") == "A partir de"


def test_labels_of_items() -> None:
    layout = '<text variable="citation-label"/>'
    assert printed(layout, {**by("J Doe"), **dated(2005)}) == "Doe05"
    assert printed(layout, {**by("J Roe", "P Noakes"), **dated(1978)}) == "RoNo78"
    assert printed(layout, {"citation-label": "Mine"}) == "Mine"
