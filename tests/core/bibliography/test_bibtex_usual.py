"""Entries that are split by one expression a field are split as bibtexparser splits them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.bibliography.bibtex import entries, usual
from mum_tui.bibliography.records import Reading
from tests.examples import examples

TEXT = st.lists(st.sampled_from([*"aB1 ,=%&~-:#\n", "\\&", '\\"u', "{x}", "{{y}}", "é", "@"]), max_size=12).map("".join)
VALUE = st.one_of(
    TEXT.map(lambda text: f"{{{text}}}"),
    TEXT.filter(lambda text: '"' not in text).map(lambda text: f'"{text}"'),
    st.sampled_from(["2020", "jan", "j-tug", 'jan # "~4"', 'a # " and " # b', "{a} # {b}", "{}", '""']),
)
FIELD = st.tuples(st.sampled_from(["title", "Author", "journal-URL", "x1"]), VALUE).map(" = ".join)
ENTRY = st.builds(
    lambda kind, key, fields, end, after: f"@{kind}{{{key},\n  " + ",\n  ".join(fields) + end + after,
    st.sampled_from(["article", "Book", "string", "commented"]),
    st.sampled_from(["k", "a:b/c.d", "é-1", "1"]),
    st.lists(FIELD, min_size=1, max_size=4),
    st.sampled_from(["}", ",}", "\n}", ",\n}\n", " }", ""]),
    st.sampled_from(["", "\n", "\ntext behind\n", " } x\n"]),
)
SHORT = st.sampled_from(["@a{b}", "@a{b,}", "@a{b, }", "@a(b)", "@a{}", "@a{b,x=1}", " x a@b.c ", "}", ",\n c={1}"])


def read(text: str) -> tuple[list[entries.Raw], Reading]:
    reading = Reading("f.bib")
    return entries.entries(text, reading), reading


def test_the_short_way_finds_what_the_library_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    @examples(300)
    @given(
        text=st.lists(ENTRY, min_size=1, max_size=3).map("\n".join)
        | st.lists(SHORT | st.sampled_from(["\n", "@b{k1, title = {T}}\n"]), max_size=8).map("".join)
    )
    def check(text: str) -> None:
        direct, told = read(text)
        with monkeypatch.context() as patch:
            patch.setattr(usual, "entry", lambda *_arguments: None)
            wanted, said = read(text)
        assert direct == wanted
        assert (told.problems, told.left_out) == (said.problems, said.left_out)

    check()


def test_a_quote_in_braces_ends_no_quoted_text() -> None:
    """To bibtexparser it does; to BibTeX (and in this program) it is a letter like others."""
    (entry,), reading = read('@book{k, title = "Ein {"a} und", year = 1991}')
    assert entry.fields == {"title": 'Ein {"a} und', "year": "1991"}
    assert not reading.problems
