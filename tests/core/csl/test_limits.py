"""What a style may not do: each fault is one line, and no style takes forever."""

from __future__ import annotations

import time

import pytest

from mum_tui.citation.csl import Processor, Style, StyleError
from mum_tui.citation.csl.markup import parse
from mum_tui.citation.csl.spans import text_of
from mum_tui.citation.engine import load_locale
from tests.core.csl.small import items, printed, style

CIRCLE = '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'
HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl">'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"plain", "is not well-formed XML"),
        (b"<html/>", "is no CSL style"),
        (f'<!DOCTYPE x [<!ENTITY a "b">]>{HEAD}</style>', "has a DOCTYPE"),
        (HEAD + "<group>" * 500 + "</group>" * 500 + "</style>", "too deeply nested"),
        (HEAD + "<a/>" * 200_000 + "</style>", "too many elements"),
        (b" " * 5_000_000 + b"<a/>", "longer than"),
    ],
)
def test_what_is_refused(data: bytes | str, words: str) -> None:
    with pytest.raises(StyleError, match=words) as caught:
        Style.parse(data)
    assert "\n" not in str(caught.value)


def test_macros_that_double_each_time_end() -> None:
    macros = "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(40))
    macros += '<macro name="m40"><text value="x"/></macro>'
    started = time.process_time()
    with pytest.raises(StyleError, match="call each other too often"):
        printed('<text macro="m0"/>', {}, before=macros)
    assert time.process_time() - started < 5


def test_a_macro_that_calls_itself() -> None:
    with pytest.raises(StyleError, match="calls itself: a"):
        printed('<text macro="a"/>', {}, before=CIRCLE)
    assert printed('<text macro="a"/>', {}, before='<macro name="a"><text value="twice"/></macro>') == "twice"


def test_a_missing_macro_or_layout() -> None:
    with pytest.raises(StyleError, match="does not define: none"):
        printed('<text macro="none"/>', {})
    with pytest.raises(StyleError, match="without a layout"):
        Style.parse(f"{HEAD}<bibliography/></style>").layout("bibliography")


def test_a_cite_of_an_unknown_item() -> None:
    from mum_tui.citation.csl import Citation, Cite

    processor = Processor(style(), load_locale)
    processor.set_items(items({"title": "T"}))
    with pytest.raises(StyleError, match="not there: x"):
        processor.cite([Citation([Cite("x")])])


def test_markup_without_end() -> None:
    started = time.process_time()
    for text in ("<i>" * 50_000, "\"'" * 50_000, "<span class='x" * 20_000, "«" * 50_000):
        assert len(text_of(parse(text))) >= len(text) // 2
    assert time.process_time() - started < 8


def test_odd_values_are_data() -> None:
    for value in (None, [], {}, 5, 5.0, True, [None], {"x": 1}, "<i>", "\x00"):
        for variable in ("title", "author", "issued", "volume", "type", "language", "note"):
            layout = '<names variable="author"/><date variable="issued" form="text"/><text variable="title"/>'
            layout += '<number variable="volume"/><text variable="note"/>'
            printed(layout, {variable: value, "publisher": "P"})
