"""How citations are written, as the browser remembers it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mum_tui.citation import formats, options
from mum_tui.citation.choices import Markup, Version
from mum_tui.citation.options import CitationOptions
from tests.catalogs import shipped

ENTRIES = {one.id: one for one in shipped().catalog.entries}
BOTH = ENTRIES["liu2023clip"]


@pytest.mark.parametrize("name", [one.id for one in formats.FORMATS] + ["csl:radiology"])
@pytest.mark.parametrize("prefer", list(Version))
def test_a_citation_is_what_the_format_renders(name: str, prefer: Version) -> None:
    for markup in list(Markup):
        cited = CitationOptions(name, markup, prefer).cite([BOTH])
        assert cited.text == formats.render([BOTH], name, prefer, markup)
        assert not cited.failed
        written = (
            {"markdown": ", Markdown", "html": ", HTML"}.get(markup, "") if CitationOptions(name).has_markup else ""
        )
        assert cited.title == formats.find(name).title + written


def test_a_format_that_fails_is_one_line(tmp_path: Path) -> None:
    for name in ("nosuch", "csl:nosuch", str(tmp_path / "none.csl"), ""):
        cited = CitationOptions(name).cite([BOTH])
        assert cited.failed
        assert cited.text.count("\n") == 1
        assert options.remembered(name, "") == CitationOptions()


def test_what_is_remembered() -> None:
    assert options.remembered("apa", "html") == CitationOptions("apa", Markup.HTML)
    assert options.remembered("csl:radiology", "docx") == CitationOptions("csl:radiology")
    assert options.remembered("apa", "", True) == CitationOptions("apa", in_text=True)


def test_a_citation_in_the_text_and_its_preview() -> None:
    in_text = CitationOptions("apa", Markup.HTML, in_text=True)
    cited = in_text.cite([BOTH])
    assert cited == ("(Liu et al., 2023)\n", "APA 7, in the text, HTML", False)
    assert in_text.preview([BOTH]) == f"{cited.text}\n{in_text._replace(in_text=False).cite([BOTH]).text}"
    notes_only = CitationOptions("csl:bluebook-law-review", in_text=True)
    assert notes_only.preview([BOTH]) == notes_only.cite([BOTH]).text
    assert not notes_only.cite([BOTH]).failed


@pytest.mark.parametrize("name", ["bibtex", "pandoc", "citekey"])
def test_what_is_no_style_is_written_in_one_way(name: str) -> None:
    both = [CitationOptions(name, in_text=in_text) for in_text in (True, False)]
    assert both[0].cite([BOTH]) == both[1].cite([BOTH])
    assert both[0].preview([BOTH]) == both[1].preview([BOTH])


def test_only_what_loads_no_library_is_quick() -> None:
    slow = {one.id for one in formats.FORMATS if CitationOptions(one.id).is_slow}
    assert slow == {one.id for one in formats.FORMATS if one.style} | {"ris"}
    assert CitationOptions("csl:radiology").is_slow


def test_the_version_is_named_where_there_are_two() -> None:
    assert options.both_titles([BOTH], Version.PREPRINT) == "preprint"
    assert options.both_titles([BOTH], Version.PUBLISHED) == "published version"
    one = next(one for one in ENTRIES.values() if one.preprint and not one.published)
    assert options.both_titles([one], Version.PREPRINT) == ""
    assert options.both_titles([one, BOTH], Version.PREPRINT) == "preprint"
    assert Version.PUBLISHED.other.other == "published"
