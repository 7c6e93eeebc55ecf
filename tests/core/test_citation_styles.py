"""Formatted citations: goldens against pandoc, every entry in every style, bibliographies, styles by name and path."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mum_tui.catalog.model import Entry, Name, Published
from mum_tui.citation import formats, styles
from mum_tui.citation.bib_titles import is_protected
from mum_tui.citation.choices import Markup, Version
from mum_tui.citation.csl_item import CslItem, item
from mum_tui.citation.errors import BadStyle, FormatError
from mum_tui.citation.reference import line
from tests.catalogs import HOSTILE, shipped
from tests.examples import examples

GOLDENS = Path(__file__).parent / "goldens"
ITEMS = json.loads((GOLDENS / "items.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((GOLDENS / "expected.json").read_text(encoding="utf-8"))
ENTRIES = shipped().catalog.entries
STYLED = [one.id for one in formats.FORMATS if one.style]

each_style = pytest.mark.parametrize("name", STYLED)

_BOTH_QUOTES = "American punctuation goes inside both quotation marks; pandoc stops at the outer one"
_EDITORS = "pandoc loses the colon behind “In” and puts “eds.” before the names instead of behind them"
OURS = {
    ("ieee", "quotes"): ("of ‘it all,’” Dec.", _BOTH_QUOTES),
    ("mla", "quotes"): ("of ‘It All.’” arXiv", _BOTH_QUOTES),
    ("chicago", "quotes"): ("of ‘It All.’” arXiv", _BOTH_QUOTES),
    ("vancouver", "chapter"): ("In: Lund P, editor. A Handbook", _EDITORS),
    ("ama", "chapter"): ("In: Lund P, ed. A Handbook", _EDITORS),
    ("media", "page"): ("(accessed 1.15.25)", "the style asks for a year of two digits"),
}
"""Where ours differs from pandoc: what ours says, and why that is right."""


@each_style
def test_citations_are_pandocs(name: str) -> None:
    for one in ITEMS:
        text = formats.render_items([one], name)
        pandoc = EXPECTED[name][one["id"]]
        if (name, one["id"]) in OURS:
            part, _ = OURS[name, one["id"]]
            assert part in text
            assert part not in pandoc
        else:
            assert " ".join(text.split()) == pandoc


QUESTION: CslItem = {
    "id": "question",
    "type": "paper-conference",
    "title": 'Can a "universal" model segment everything? The radiologist\'s view: is MRI enough?',
    "author": [{"family": "Smith", "given": "Mary-Jane"}],
    "container-title": "Advances in Neural Information Processing Systems",
    "publisher": "Curran Associates, Inc.",
    "page": "1-12",
    "issued": {"date-parts": [[2020]]},
    "URL": "https://proceedings.neurips.cc/paper/2020/hash/abc_def.html",
}


def test_ieee_where_both_oracles_err() -> None:
    """pandoc drops "[Online].", citeproc-js puts a comma behind the question mark.

    The group around "[Online]" in ieee.csl is not empty and so stays (CSL 1.0.2, Group); a comma would only part the
    title from "in", which a question mark does already: pandoc drops it there.
    """
    assert formats.render_items([QUESTION], "ieee") == (
        "M.-J. Smith, “Can a ‘universal’ model segment everything? The radiologist’s view: is MRI enough?” in Advances "
        "in Neural Information Processing Systems, Curran Associates, Inc., 2020, pp. 1–12. [Online]. Available: "
        "https://proceedings.neurips.cc/paper/2020/hash/abc_def.html\n"
    )


# -- every entry --------------------------------------------------------------------------------------------


def faults(text: str, one: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a citation, whatever its style."""
    shown = re.sub(r"https?://\S+|10\.\d{4,}/\S+", "@", text)
    title = " ".join(one["title"].split())
    for fault in ("..", ",,", "?.", "!.", "  ", " ,", " .", "()", "[]", "None", "“”", "\ufffd"):
        if fault in shown and fault not in title:
            yield f"has {fault!r}"
    lowered = text.casefold().replace("’", "'")
    for name in one.get("author", [])[:1]:
        family = name.get("family") or name["literal"]
        if family.casefold().replace("’", "'") not in lowered:
            yield f"lost the name {family}"
    for name in one.get("author", []):
        particle, family = name.get("non-dropping-particle", ""), name.get("family", "")
        if particle and family in text and particle not in text:
            yield f"lost the particle of {family}"
    for word in re.findall(r"[\w-]+", title):
        # A style in title case may add capitals (X-Ray), none may take one away.
        kept = "".join(f"[{char}{char.upper()}]" if char.islower() else re.escape(char) for char in word)
        if is_protected(word) and not re.search(kept, text) and "doi.org" in text:
            yield f"lost the capitals of {word}"
    if (pages := re.fullmatch(r"(\d+)-(\d+)", one.get("page", ""))) and pages[1] in text:
        first, last = pages.groups()
        found = re.search(rf"\b{first}[–-](\d+)\b", text)
        if found and first[: len(last) - len(found[1])] + found[1] != last and len(first) == len(last):
            yield f"cut the pages {first}-{last} to {found[0]}"


def check(entries: list[Entry], name: str) -> None:
    found = []
    for entry in entries:
        for prefer in Version:
            text = formats.render([entry], name, prefer)
            assert text.strip()
            assert text.count("\n") == 1
            found += [f"{entry.id}: {fault}: {text}" for fault in faults(text, item(entry, prefer))]
    assert found == []


@pytest.mark.parametrize("name", ["apa", "ieee", "vancouver", "nature"])
def test_every_entry_reads_well(name: str) -> None:
    check(list(ENTRIES[::3]), name)


@pytest.mark.slow
@each_style
def test_every_entry_reads_well_in_every_style(name: str) -> None:
    check(list(ENTRIES), name)


@pytest.mark.parametrize("one", [one for one in formats.FORMATS if not one.style], ids=lambda one: one.id)
def test_every_entry_has_something_in_every_other_format(one: formats.Format) -> None:
    for entry in ENTRIES:
        for prefer in Version:
            assert formats.render([entry], one.id, prefer).strip()


def test_the_faults_are_found() -> None:
    one = {
        "title": "CLIP of nnU-Net",
        "author": [{"family": "Rijn", "non-dropping-particle": "van"}],
        "page": "234-267",
    }
    assert list(faults("van Rijn. CLIP of nnU-Net. 234–67. https://doi.org/1", one)) == []
    bad = "Rijn.. Clip of nnu-net?. 234–7,, https://doi.org/1"
    assert len(list(faults(bad, one))) == 7


# -- several ------------------------------------------------------------------------------------------------


def works(*authors: str, year: int = 2023) -> list[Entry]:
    return [
        Entry(
            id=f"{author.lower()}{number}",
            kind="paper",
            section="s",
            title=f"Title {number}",
            authors=(Name(author, "Jo"),),
            published=Published("article-journal", year, "Journal"),
        )
        for number, author in enumerate(authors, 1)
    ]


def test_a_bibliography_is_sorted_and_its_years_are_told_apart() -> None:
    text = formats.render(works("Zed", "Ångström", "Bell", "Bell"), "apa")
    assert text.splitlines() == [
        "Ångström, J. (2023). Title 2. Journal.",
        "Bell, J. (2023a). Title 3. Journal.",
        "Bell, J. (2023b). Title 4. Journal.",
        "Zed, J. (2023). Title 1. Journal.",
    ]
    assert formats.render(works("Bell"), "apa") == "Bell, J. (2023). Title 1. Journal.\n"


def test_a_numbered_bibliography_keeps_the_order_given() -> None:
    lines = formats.render(works("Zed", "Bell"), "ieee").splitlines()
    assert [one[:11] for one in lines] == ["[1] J. Zed,", "[2] J. Bell"]
    assert formats.render(works("Zed"), "ieee").startswith("J. Zed,")
    assert formats.render(works("Zed", "Bell"), "vancouver").splitlines()[1].startswith("2. Bell J.")


def test_more_than_26_works_of_a_year() -> None:
    text = formats.render(works(*["Bell"] * 28), "harvard")
    assert "(2023a)" in text
    assert "(2023z)" in text
    assert "(2023aa)" in text
    assert "(2023ab)" in text


def test_repeated_authors_are_replaced_where_the_style_wants_it() -> None:
    assert formats.render(works("Bell", "Bell"), "mla").splitlines()[1].startswith("———. “Title 2.”")


def test_a_list_that_stops_early_is_cited_so() -> None:
    entry = Entry("x", "paper", "s", "A title", authors=(Name("Doe", "Jo"),), authors_complete=False, date="2023")
    assert formats.render([entry], "apa").startswith("Doe, J. et al. (2023).")
    assert "J. Doe et al." in formats.render([entry], "ieee")
    assert "and others" in formats.render([entry], "biblatex")


# -- forms --------------------------------------------------------------------------------------------------

_MARKDOWN = MarkdownIt("commonmark")


def text_of(html: str) -> str:
    text = re.sub(r"</p>\s*<p>", "\n", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())


def assert_same_text(items: Sequence[CslItem], name: str) -> None:
    plain = " ".join(formats.render_items(items, name).split())
    assert text_of(formats.render_items(items, name, Markup.HTML)) == plain
    assert text_of(_MARKDOWN.render(formats.render_items(items, name, Markup.MARKDOWN))) == plain


@each_style
def test_html_and_markdown_say_what_the_plain_text_says(name: str) -> None:
    assert_same_text(ITEMS, name)
    for one in ITEMS:
        assert_same_text([one], name)


signs = st.text(st.sampled_from("ab Z1*_`<>&#[]()\\~^$|!.:?-–“”‘’\"'é医") | st.characters(codec="utf-8"), max_size=30)


@examples(150)
@given(title=signs, family=signs, name=st.sampled_from(["apa", "ieee", "nature", "chicago"]))
def test_no_sign_in_a_title_becomes_markup(title: str, family: str, name: str) -> None:
    from mum_tui.citation import items

    data = [{"title": f"A {title} z", "author": [{"family": f"B{family}b", "given": "Jo"}], "type": "article"}]
    found, _ = items.read(json.dumps(data).encode(), "f.json")
    assert_same_text(found, name)


def test_markup_in_a_title_is_kept() -> None:
    one: CslItem = {
        "id": "x",
        "type": "article-journal",
        "title": "On <i>E. coli</i> and H<sub>2</sub>O: a < b",
        "issued": {"date-parts": [[2020]]},
    }
    assert "<i>E. coli</i> and H<sub>2</sub>O: a &lt; b" in formats.render_items([one], "ieee", Markup.HTML)
    assert "*E. coli* and H<sub>2</sub>O" in formats.render_items([one], "ieee", Markup.MARKDOWN)
    assert "On E. coli and H2O: a < b" in formats.render_items([one], "ieee")


# -- styles by name and path --------------------------------------------------------------------------------


def test_any_style_by_name() -> None:
    assert formats.find("csl:radiology").title == "Radiology"
    assert "Title 1" in formats.render(works("Bell"), "csl:radiology")
    dependant = formats.find("csl:european-radiology")
    assert dependant.title == "European Radiology"
    assert styles.find("csl:european-radiology").path.parent.name == "styles"
    assert "Title 1" in formats.render(works("Bell"), "csl:European-Radiology")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("apaa", 'no format is called "apaa" (did you mean apa?)'),
        ("csl:radiolgy", "did you mean csl:radiology"),
        ("radiology", "(did you mean csl:radiology?)"),
        ("csl:../../no/such/style", "cannot be read"),
        ("csl:", 'no format is called "csl:"'),
        ("no\nsuch\x1b[2J", "no format is called"),
        ("/no/such.csl", "/no/such.csl: cannot be read: No such file or directory"),
        ("csl:a\0b.csl", "cannot be read"),
    ],
)
def test_a_style_that_is_not_there_is_one_clear_line(name: str, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        formats.find(name)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


CSL = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>Mine</title></info>{}</style>'
LAYOUT = "<citation><layout/></citation><bibliography><layout>{}</layout></bibliography>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>]>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("no xml", "is not well-formed XML"),
        ("<style/>", "is no CSL style"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "is no CSL style"),
        (CSL.format(""), "has no bibliography"),
        (CSL.format("<bibliography/>"), "without a layout"),
        (CSL.format(LAYOUT.format('<text macro="none"/>')), "calls a macro that it does not define: none"),
        (
            CSL.format('<macro name="a"><text macro="a"/></macro>' + LAYOUT.format('<text macro="a"/>')),
            "has a macro that calls itself: a",
        ),
        (CSL.format(LAYOUT.format('<date variable="issued"><date-part name="hour"/></date>')), "cannot be used"),
        ("<style" * 1000, "parse"),
    ],
)
def test_a_broken_style_is_one_clear_line(content: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(content)
    with pytest.raises(FormatError) as caught:
        formats.render(works("Bell"), str(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value) or words == "parse"
    assert "\n" not in str(caught.value)


def test_a_style_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(CSL.format(LAYOUT.format('<text variable="title" prefix="» "/>')))
    assert formats.find(f"csl:{path}").title == "Mine"
    assert formats.render(works("Bell"), str(path)) == "» Title 1\n"
    path.write_text(CSL.format(LAYOUT.format('<text variable="title" prefix="changed "/>')))
    assert formats.render(works("Bell"), str(path)) == "changed Title 1\n"
    path.write_text(LAUGHS + CSL.format(LAYOUT.format('<text value="&a;"/><text variable="title"/>')))
    with pytest.raises(BadStyle, match="has a DOCTYPE"):
        formats.render(works("Bell"), str(path))


def test_the_list_of_styles() -> None:
    titles = dict(styles.listing())
    assert len(titles) > 10_000
    assert titles["csl:radiology"] == "Radiology"
    assert ("csl:ieee-transactions-on-medical-imaging", "IEEE Transactions on Medical Imaging") in styles.search(
        ["medical", "imaging"]
    )


def test_styles_called_as_one_types_come_first() -> None:
    assert styles.search(["Radiology"])[:2] == [
        ("csl:radiology", "Radiology"),
        ("csl:radiology-case-reports", "Radiology Case Reports"),
    ]
    assert styles.search(["no", "such", "stýle"]) == []
    assert len(styles.search([])) > 10_000


def test_formats_are_found_by_name_title_and_style() -> None:
    assert [one.id for one in formats.matching(["BIB"])] == ["bibtex", "biblatex"]
    assert [one.id for one in formats.matching(["nlm", "sequence"])] == ["vancouver"]
    assert tuple(formats.matching([])) == formats.FORMATS


def test_a_pipe_is_no_style(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csl"
    os.mkfifo(pipe)
    with pytest.raises(BadStyle, match="is not a file"):
        formats.find(str(pipe))


@pytest.mark.slow
def test_every_style_that_comes_along_can_be_used() -> None:
    entry = ENTRIES[0]
    failed = {}
    for name in styles.names():
        style = styles.find(name)
        if style.path.stem == name:
            try:
                assert formats.render([entry], f"csl:{name}").strip()
            except FormatError as error:
                failed[name] = str(error)
    assert {name: text for name, text in failed.items() if "has no bibliography" not in text} == {}


def test_styles_may_be_used_in_several_threads_at_once() -> None:
    entries = list(ENTRIES[:12])
    alone = {name: formats.render(entries, name) for name in ("apa", "mla")}
    found: list[tuple[str, str]] = []

    def work(name: str) -> None:
        for _ in range(3):
            found.append((name, formats.render(entries, name)))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("apa", "mla") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 18
    assert {(name, text) for name, text in found} == set(alone.items())


# -- odd items ----------------------------------------------------------------------------------------------


@each_style
def test_items_that_lack_everything(name: str) -> None:
    items: tuple[CslItem, ...] = (
        {"id": "bare", "type": "document"},
        {"id": "bare", "type": "nonsense", "title": "A title"},
        {"id": "bare", "type": "article-journal", "author": [{"family": "Doe"}]},
        {"id": "bare", "type": "book", "issued": {"literal": "in press"}},
        {"id": "bare", "type": "book", "title": "T", "issued": {"date-parts": [[2020, 3], [2021]]}},
        {"id": "bare", "type": "report", "title": "T", "issued": {"date-parts": [[-44]], "season": 2}},
    )
    for one in items:
        text = formats.render_items([one], name)
        assert text.strip()
        assert text.count("\n") == 1


@each_style
def test_five_hundred_authors(name: str) -> None:
    one = {**ITEMS[1], "author": [{"family": f"Family{number}", "given": "Jo"} for number in range(500)]}
    text = formats.render_items([one], name)
    assert "Family0" in text
    assert name not in ("ieee", "vancouver", "ama", "mla", "apa") or len(text) < 1000


def test_hostile_strings_in_every_format() -> None:
    for number, text in enumerate(HOSTILE):
        clean = text.encode("utf-8", "replace").decode()
        entry = Entry(
            f"h{number}",
            "paper",
            "s",
            clean,
            authors=(Name(clean, clean), Name(literal=clean)),
            published=Published("article-journal", 2023, clean, volume=clean, pages=clean),
        )
        for one in formats.FORMATS:
            assert formats.render([entry], one.id)
        line(item(entry))
