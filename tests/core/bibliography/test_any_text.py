"""No text, however broken, raises or hangs, in any format."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mum_tui.bibliography import any_list, bibtex, build, csl_json, list_files, markdown, medline, ris
from mum_tui.bibliography.latex import decode
from mum_tui.bibliography.records import Reading
from mum_tui.problems import Unreadable
from tests.examples import examples

READERS: dict[str, Callable[[str], Reading]] = {
    "bibtex": lambda text: bibtex.read(text, "f"),
    "ris": lambda text: ris.read(text, "f"),
    "medline": lambda text: medline.read(text, "f"),
    "markdown": lambda text: markdown.read(text, "f"),
    "csl-json": lambda text: csl_json.read(text.encode("utf-8", "replace"), "f"),
}
PIECES = st.sampled_from([
    "@article{", "@string{", "@book(", "k,", "title=", "author={", "{", "}", '"', "#", ",", "\n", " and ", "\\'",
    "\\textit{",
    "$", "year=2020", "date={2020-13}", "crossref={k}", "TY  - JOUR", "\nTI  - x", "\nER  - ", "PMID- 1", "- ", "# ",
    "**", "](",
    "[", "https://a.b", "|", "<i>", "</i>", "<mml:msub>", "&amp;", "[{", '"id":"a"', '"issued":{"raw":"x"}', "}]",
    "\\href{", "%",
    "10.1000/x", "arXiv:2301.00785", "\ufeff", "\r", "é", "李", "\\", "~", "--", "month=jan", "xdata={k}", "doi={",
    "url={", "*",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join)


@pytest.mark.parametrize("name", READERS)
def test_any_text_is_read(name: str) -> None:
    @examples(200)
    @given(text=TEXTS)
    @example("@a{k,t={x}}" * 3)
    def check(text: str) -> None:
        try:
            reading = READERS[name](text)
        except Unreadable:
            return
        build.catalog_of(reading)

    check()


@examples(300)
@given(text=st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_any_latex_is_text(text: str) -> None:
    assert isinstance(decode(text).text, str)


KINDS = [list_files.BIBTEX, list_files.RIS, list_files.MEDLINE, list_files.CSL_JSON, list_files.MARKDOWN]

LONG = [
    "@a{" * 30_000, "@a{k,\n" * 16_000, "@a{k,x={\n" * 10_000, "@a{k,title={x}\n" * 6000, "@a{k,t={" + "{" * 90_000,
    "@a{k,author={" + "a and " * 16_000 + "}}", "@a{k,author={" + "\\'a;" * 20_000 + "}}",
    "@a{k,x=a#" + "b#" * 45_000 + "c}",
    "@a{k,title={" + "<i>" * 30_000 + "}}", "@a{k,doi={10.1000/" + "(" * 90_000 + ")}}", "@string{b=a#a}" * 7000,
    "[" * 100_000, "|a" * 50_000 + "\n" + "|-" * 50_000 + "\n" + "|b" * 50_000,
    "![[" * 30_000, "- " * 50_000, "> " * 50_000,
    "[a](http://b " * 8000,
    "TY  - JOUR\n" * 9000, "TY  - JOUR\n" + "AU  - x\n" * 12_000, "PMID- 1\n" * 12_000, "[" * 100_000,
    '[{"id":' * 14_000, "@a{k,date={" + "1" * 90_000 + "}}",
    "@a{k,title={" + "\\'{" * 33_000 + "}}", "@a{k," + "a" * 100_000 + "}", "@a{k," + "_a_" * 33_000 + "}",
    "@a{k,title={x\n" + " " * 100_000 + "}", "@a{k,url={" + "," * 100_000 + "}}", "@a{k,url={" + "; " * 50_000 + "}}",
    "@a{k,url={https:" + "\n" * 50_000 + "}}", "@a{k,doi={" + "\\href{a}{" * 11_000 + "}}",
    "TY  - JOUR\nUR  - " + ";" * 100_000 + "\nER  - \n", "TY  - JOUR\nDO  - " + "\\href{a}{" * 11_000 + "\nER  - \n",
    "<!-- -->" * 12_000, "<<<<<<< a\n" * 10_000, "<<<<<<< a\n=======\n>>>>>>> b\n" * 3500, "<<<<<<<\n" * 12_000,
    "http://" * 14_000, "- https://a.b/" + "(" * 90_000,
    *("@a{k,title={" + command * 25_000 + "}}" for command in ("\\u", "\\U", "\\c ", "\\bf", "\\it{")),
    "@a{}" * 25_000, "@a{b}" * 20_000, "\n@a{b,c=" * 12_500, "\n@a{b,c={" * 11_000, "PMID- 1\nIS  - " + "(" * 90_000,
    *("| a | b |\n|---|---|\n" + row * (100_000 // len(row)) for row in ("a:\n b:\n", "a\n===\n", "|a|\n", "|ab|a|\n")),
    ("|a" * 50 + "\n" + "|-" * 50 + "\n" + "|\n" * 400 + "\n") * 100,
    ("|a" * 90 + "|\n" + "|-:" * 90 + "|\n" + "|\n" * 400 + "\n") * 80,
    "- [a" + "(" * 90_000 + "b](http://c.d)", "- **a" + " [" * 45_000 + "b** c",
    "- [a](http://b.c) " + "[(" * 40_000 + "x",
    '[{"id":1,"a":' + "1" * 90_000, '{"a":"' * 16_000, '[{"id":"a","title":"b"},' + '{"a":' * 18_000,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", range(len(LONG)))
def test_long_texts_take_linear_time(kind: str, number: int) -> None:
    text = LONG[number]
    started = time.process_time()
    with suppress(Unreadable):
        build.catalog_of(any_list.read(text.encode(), "f", kind))
    # One second for 100,000 characters; twice that for the noise of a shared machine.
    assert time.process_time() - started < 2 * max(len(text) / 100_000, 1)


FRAGMENTS = {
    list_files.BIBTEX: [
        "@a{", "@a{b", "@a{b}", "@a(b)", "@a(b", "@string{", "@comment{", "@preamble{", "b", "k1", ",", "c=",
        "c={", "}",
        "title={", "author={", "{", '"', "#", "\n", "\\", '\\"u', "\\textit{", "$", "%", " and ", "=", "@",
        "url={", "doi={",
        "date={", "crossref={b}", "(", ")", ";", "~", "--", "<i>", "http://a.b", "'", "jan",
    ],
    list_files.RIS: [
        "TY  - ", "TY  - JOUR", "\n", "ER  - ", "AU  - ", "AU  - Doe, J", "T2  - ", "KW  - a",
        "UR  - http://a.b", "N1  - x",
        "PY  - 2020", "DO  - 10.1/x", "SP  - 1", "ID  - a", "XX  - y", "x", " ", ";", "http://a.b", "<i>",
        "C3  - a", "1.",
    ],
    list_files.MEDLINE: [
        "PMID- 1", "PMID- ", "\n", "AU  - Doe J", "FAU - Doe, J", "TI  - x", "AID - 10.1000/x", "MH  - a",
        "      x", " ",
        "IS  - 1", "DP  - 2020", "PT  - a", "UR  - http://a.b", "DEP - 1", "(", "<1. >", "CN  - a", "\n\n",
    ],
    list_files.CSL_JSON: [
        "{", "}", "[", "]", '"', ":", ",", '"id":1', '{"id":"a"}', '{"id":"a"},', '"author":', '{"family":"a"}',
        '"issued":',
        '{"raw":"2"}', "1", "\\", "\\u00", "null", "-", "e", "\n", " ", '{"a":', '"title":"b"', "é",
    ],
    list_files.MARKDOWN: [
        "- ", "[a]", "(http://b.c)", "[a](http://b.c)", "\n", "**a**", "**", "*", "_", "|", "|a", "|-", "# ",
        "## a", "> ", "`",
        "```", "<a href=http://b.c>", "</a>", "<br>", "![", "](", ")", "(", "http://b.c", "1. ", "    ", "a, ",
        "A B, ", "[",
        "- [a](http://b.c)", "---", "=", "&amp;", "<", "<!--", "(2020)", "[2020] ", "et al.", "·",
    ],
}  # fmt: skip
"""Pieces of each format that are repeated, alone and with others."""

MOST_CALLS = 100
"""Calls for a character, of functions in Python or C; a second is some five million of them."""


def calls(act: Callable[[], object]) -> int:
    """How many functions are called meanwhile."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def catalog(kind: str, text: str) -> None:
    with suppress(Unreadable):
        any_list.without_collecting(lambda: build.catalog_of(any_list.read(text.encode(), "f", kind)))


def assert_steady(kind: str, first: str, fragment: str) -> None:
    """The calls for twice the text are not much more than twice as many."""
    text, twice = (first + fragment * (size // len(fragment)) for size in (5_000, 10_000))
    catalog(kind, fragment)  # whatever is imported or looked up at first use
    once = calls(lambda: catalog(kind, text))
    assert once < MOST_CALLS * len(text)
    assert calls(lambda: catalog(kind, twice)) < 3 * once + 5_000


@pytest.mark.parametrize(
    ("kind", "fragment"),
    [
        (list_files.BIBTEX, "@a{b}"),
        (list_files.BIBTEX, "@a(b="),
        (list_files.BIBTEX, "@a(bc=\\1"),
        (list_files.MARKDOWN, "- ["),
        (list_files.MARKDOWN, "![="),
        (list_files.MARKDOWN, "- - !["),
    ],
)
def test_what_was_slow_when_repeated_takes_steady_time(kind: str, fragment: str) -> None:
    assert_steady(kind, "", fragment)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_repeated_takes_steady_time(kind: str) -> None:
    @examples(60)
    @given(
        parts=st.lists(st.sampled_from(FRAGMENTS[kind]), min_size=1, max_size=4),
        first=st.sampled_from(["", *FRAGMENTS[kind]]),
    )
    def check(parts: list[str], first: str) -> None:
        assert_steady(kind, first, "".join(parts))

    check()


@examples(200)
@given(data=st.binary(max_size=200))
@pytest.mark.parametrize("kind", KINDS)
def test_any_bytes_are_read_or_refused(kind: str, data: bytes) -> None:
    with suppress(Unreadable):
        assert any_list.read(data, "f", kind).file == "f"
