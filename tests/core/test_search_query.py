"""Text into queries: everything that can be typed means something, or is named in a hint."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mum_tui.search.editing import condition, toggled
from mum_tui.search.grammar import BY_NAME, FIELDS, FORMS, examples, plain
from mum_tui.search.nodes import All, Any, Identified, Node, Not, Term, Years, included_terms
from mum_tui.search.parse import parse
from mum_tui.search.query import TYPING
from tests.examples import examples as trying
from tests.queries import queries


def every(*nodes: Node) -> All:
    return All(nodes)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", All()),
        ("   ", All()),
        ("liver", Term("liver")),
        ("liver CT", every(Term("liver"), Term("ct"))),
        ("liver liver", Term("liver")),
        ("Rodríguez", Term("rodriguez")),
        ("-survey", Not(Term("survey"))),
        ("-", All()),
        ("- x", Term("x")),
        ('"organ segmentation"', Term("organ segmentation")),
        ('"organ \t segmentation"', Term("organ segmentation")),
        ('"half open', Term("half open")),
        ('""', All()),
        ("kind:dataset", Term("dataset", "kind")),
        ("KIND:Dataset", Term("dataset", "kind")),
        ("k:dataset", Term("dataset", "kind")),
        ("license:MIT licence:mit", Term("mit", "licence")),
        ("-has:code", Not(Term("code", "has"))),
        ("kind:", All()),
        ("kind: x", Term("x", "kind")),
        ("kind: -x", Not(Term("x"))),
        ("kind: year:2023", Years(2023, 2023)),
        ("nofield:x", Term("nofield:x")),
        ("10.1007/978-3", Any((Term("10.1007/978-3"), Identified("doi:10.1007/978-3")))),
        ('modality:"surgical video" sam', every(Term("surgical video", "modality"), Term("sam"))),
        ("sam OR medsam", Any((Term("sam"), Term("medsam")))),
        ("sam or medsam", every(Term("sam"), Term("or"), Term("medsam"))),
        ("a b OR c", Any((every(Term("a"), Term("b")), Term("c")))),
        ("(a OR b) c", every(Any((Term("a"), Term("b"))), Term("c"))),
        ("-(a b)", Not(every(Term("a"), Term("b")))),
        ("(a OR (b c", Any((Term("a"), every(Term("b"), Term("c"))))),
        ("a) b", every(Term("a"), Term("b"))),
        ("f(x) y", every(Term("f(x"), Term("y"))),
        ("OR a OR", Term("a")),
        ("() (-) a", Term("a")),
        ("(CHAOS), U-Net: C++ 10.1/x.", every(*(Term(word) for word in ("chaos", "u-net", "c++", "10.1/x")))),
        ("* [ { \\ %", every(*(Term(char) for char in "*[{\\%"))),
        ("year:2023", Years(2023, 2023)),
        ("year:20", Years(2000, 2099)),
        ("y:2022..2024", Years(2022, 2024)),
        ("year:2024..2022", Years(2022, 2024)),
        ("year:2022..", Years(2022, 9999)),
        ("year:2022..20", Years(2022, 9999)),
        ("year:..2020", Years(0, 2020)),
        ("year:>=2023 year:<2025", every(Years(2023, 9999), Years(0, 2024))),
        ("-year:>2023", Not(Years(2024, 9999))),
        ("year:>", All()),
        ("year:soon", Any(())),
        ("year:２０２３", Years(2023, 2023)),
        ("ｋｉｎｄ：dataset", Term("dataset", "kind")),
        ("type:dataset kind=dataset is:dataset", Term("dataset", "kind")),
        ("kind!=dataset", Not(Term("dataset", "kind"))),
        ("kind:paper,dataset", Any((Term("paper", "kind"), Term("dataset", "kind")))),
        ("NOT a", Not(Term("a"))),
        ("NOT -a", Term("a")),
        ("NOT (a b)", Not(every(Term("a"), Term("b")))),
        ("a AND b && c & d", every(*map(Term, "abcd"))),
        ("a AND NOT b", every(Term("a"), Not(Term("b")))),
        ("a | b || c", Any(tuple(map(Term, "abc")))),
        ("a|b", Any((Term("a"), Term("b")))),
        ("!a +b", every(Not(Term("a")), Term("b"))),
        ("not a and b", every(*map(Term, ("not", "a", "and", "b")))),
        ("title:(a OR b)", Any((Term("a", "title"), Term("b", "title")))),
        ("segment* liver~1", every(Term("segment"), Term("liver"))),
        ("year>2022", Years(2023, 9999)),
        ("year >= 2022", Years(2022, 9999)),
        ("year=2023", Years(2023, 2023)),
        ("year!=2023", Not(Years(2023, 2023))),
        ("y≤2020", Years(0, 2020)),
        ("2022..2024", Years(2022, 2024)),
        ("2022..", Years(2022, 9999)),
        ("..2020", Years(0, 2020)),
        ("2022–2024", Any((Years(2022, 2024), Term("2022-2024")))),
        ("year:2022-2024", Years(2022, 2024)),
        ("müller", Any((Term("muller"), Term("mueller")))),
        ("author:Jürgen", Any((Term("jurgen", "author"), Term("juergen", "author")))),
        ("ü", Term("u")),
        ("π", Term("π")),
        ("α", Any((Term("α"), Term("alpha")))),
        ("straße", Term("strasse")),
        ('"few-shot: a"', Term("few shot a")),
        ('"c++"', Term("c++")),
        ("‘few shot’", Term("few shot")),
        ("„few shot“ «a b»", every(Term("few shot"), Term("a b"))),
        ("it’s", Term("it's")),
        ("−a", Not(Term("a"))),
        ('author:"Zhang, Y."', Term("zhang y", "author")),
        ("author:silva-rodríguez", Term("silva rodriguez", "author")),
        ("@a2024b liver", every(Identified("key:a2024b"), Term("liver"))),
        ("[@a; @b]", Any((Identified("key:a"), Identified("key:b")))),
        ("DOI: 10.1000/xyz", Identified("doi:10.1000/xyz")),
        ("id:btcv doi:10.1", every(Term("btcv", "id"), Term("10.1", "id"))),
        ("-https://arxiv.org/abs/2405.01234v2", Not(Identified("arxiv:2405.01234"))),
    ],
)
def test_parse(text: str, tree: Node) -> None:
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    "text", ["kind:", 'a "b', "(a", "a OR", "year:>=", "year:..20", "-(kind:", "NOT", "a AND", "a |", "-", '""']
)
def test_an_unfinished_query_is_not_complete(text: str) -> None:
    query = parse(text)
    assert not query.complete
    assert query.hints[0].type == TYPING


@pytest.mark.parametrize("text", ["", "a", "a OR b", "(a)", "kind:x", "year:2022..", '"a b"', "-x"])
def test_a_complete_query_has_no_hint(text: str) -> None:
    assert parse(text).complete
    assert parse(text).hints == ()


@given(st.text(max_size=60))
@trying(300)
def test_parsing_never_fails(text: str) -> None:
    query = parse(text)
    assert all(term.text for term in included_terms(query.tree))
    assert all(0 <= span.start < span.end <= len(text) for span in query.spans)


def test_each_condition_parses_to_its_own_node() -> None:
    for text in queries(3, 2000):
        query = parse(text)
        for span in query.spans:
            assert parse(text[span.start : span.end]).tree == span.node


def test_a_very_long_query_is_cut_off() -> None:
    query = parse(" ".join(f"w{number}" for number in range(5000)))
    assert len(list(included_terms(query.tree))) == 64
    assert query.hints
    assert parse("(" * 50_000 + "a").tree == Term("a")
    assert parse("-(" * 10_000 + "a" + ")" * 10_000).hints


@given(st.text(max_size=30), st.sampled_from([field.name for field in FIELDS]), st.text("abc X-é(", min_size=1))
@example("0 +", "author", "X")
@example("+", "author", "X")
@trying(300)
def test_toggling_a_condition_twice_restores_the_query(text: str, field: str, value: str) -> None:
    value = value.strip() or "a"
    if field == "year":
        value = "2023"
    wanted = parse(condition(field, value)).tree
    before = parse(text)
    once = toggled(text, field, value)
    after = parse(once)
    if wanted in [span.node for span in before.spans]:
        assert wanted not in [span.node for span in after.spans]
    elif before.tree != All() and not isinstance(before.tree, Any):
        assert wanted in [span.node for span in after.spans]
        assert parse(toggled(once, field, value)).tree == before.tree


@pytest.mark.parametrize("waiting", ["OR", "AND", "NOT", "AND NOT", "|", "&&", "-", "!"])
def test_an_added_condition_is_no_operand_of_an_unfinished_operator(waiting: str) -> None:
    assert parse(toggled(f"liver {waiting}", "kind", "paper")).tree == every(Term("liver"), Term("paper", "kind"))


def test_a_query_without_conditions_differs_from_a_blank_one() -> None:
    assert not any(parse(text).has_no_condition for text in ("", "  ", "a", "kind: a", "year:soon"))
    assert all(
        parse(text).has_no_condition and parse(text).hints for text in ("kind:", "-", "()", '""', "NOT", "year:>")
    )


def test_toggling_a_condition_of_a_query_with_or_keeps_both_alternatives() -> None:
    assert toggled("a OR b", "kind", "paper") == "(a OR b) kind:paper"
    assert toggled('"a b', "kind", "paper") == '"a b" kind:paper'
    assert toggled("(a", "kind", "paper") == "(a) kind:paper"
    assert toggled("x kind:paper y", "kind", "paper") == "x y"


def test_condition_quotes_values_with_spaces() -> None:
    assert condition("modality", "CT") == "modality:CT"
    assert condition("modality", "Surgical video") == 'modality:"Surgical video"'
    assert condition("licence", "BSD (x)") == 'licence:"BSD (x)"'


def test_one_table_documents_the_language() -> None:
    names = [name for field in FIELDS for name in (field.name, *field.short)]
    assert len(names) == len(set(names)) == len(BY_NAME)
    text = plain()
    assert all(field.help in text for field in FIELDS)
    assert all(form.help in text for form in FORMS)
    assert all(form in text for form in examples())
    for form in examples():
        assert parse(form).complete
        assert parse(form).tree != All()
