"""Text from outside is made harmless and comparable, and only web addresses may be opened."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.text import clean, clean_line, fold, one_line, why_not_url
from tests.examples import examples, some

UNSAFE = (
    [chr(code) for code in range(0x20) if chr(code) not in "\t\n"]
    + [chr(code) for code in range(0x7F, 0xA0)]
    + list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    + ["\ud800", "\udbff", "\udc80", "\udfff"]
)

anything = st.text(st.one_of(st.sampled_from(UNSAFE), st.characters(exclude_categories=())))
quickly = examples(100)


@pytest.mark.parametrize("char", UNSAFE, ids=lambda char: f"U+{ord(char):04X}")
def test_clean_replaces_each_unsafe_character(char: str) -> None:
    assert clean(f"a{char}b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("tab\tand\nline feed", "tab\tand\nline feed"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("Rodríguez 医学 🧠 e\u0301 a\u200bb \xa0", "Rodríguez 医学 🧠 e\u0301 a\u200bb \xa0"),
        ("\x1b]52;c;cGduZWQ=\x07", "\ufffd]52;c;cGduZWQ=\ufffd"),
        ("carriage\r\nreturn", "carriage\ufffd\nreturn"),
    ],
)
def test_clean_keeps_what_is_harmless(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@quickly
@given(anything)
def test_clean_leaves_nothing_a_terminal_obeys_or_a_file_refuses(text: str) -> None:
    cleaned = clean(text)
    assert not set(cleaned) & {*UNSAFE, "\u2028", "\u2029"}
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    cleaned.encode()


@pytest.mark.parametrize(
    ("text", "line"),
    [("  a \t b\n\nc ", "a b c"), ("", ""), (" \n ", ""), ("a\xa0\u3000b", "a b"), ("a\u200bb", "a\u200bb")],
)
def test_one_line_has_single_spaces(text: str, line: str) -> None:
    assert one_line(text) == line


@quickly
@given(anything)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line) == line.strip()
    assert len(line.splitlines()) <= 1
    assert "".join(line.split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", " ", "a b", " a", "a ", "a  b", "a\tb", "a\u3000b", "a\u2028b\x1b"])
def test_a_clean_line_is_cleaned_and_one_line(text: str) -> None:
    assert clean_line(text) == one_line(clean(text))


@quickly
@given(anything)
def test_any_clean_line_is_cleaned_and_one_line(text: str) -> None:
    assert clean_line(text) == one_line(clean(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Rodríguez", "rodriguez"),
        ("RODRI\u0301GUEZ", "rodriguez"),
        ("Łukasz Øster", "lukasz oster"),
        ("ÞÓR Æsir œuvre Đặng ılık", "thor aesir oeuvre dang ilik"),
        ("Maier‐Hein‑x–y—z", "maier-hein-x-y-z"),
        ("reader’s ‘own’ “words”", "reader's 'own' \"words\""),
        ("3×3", "3x3"),
        ("Straße", "strasse"),
        ("ﬁne ²", "fine 2"),
        ("№ 5, ℝ, ＣＴ", "no 5, r, ct"),
        ("İstanbul", "istanbul"),
        ("医学", "医学"),
        ("plain ASCII [x]", "plain ascii [x]"),
    ],
)
def test_fold_makes_spellings_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_of_every_character_is_final_and_caseless() -> None:
    for code in some(range(sys.maxunicode + 1)):
        char = chr(code)
        if unicodedata.category(char) in ("Cn", "Co"):
            continue
        folded = fold(char)
        assert fold(folded) == folded, hex(code)
        assert fold(char.upper()) == folded, hex(code)
        assert fold(char.lower()) == folded, hex(code)


@quickly
@given(anything)
def test_fold_ignores_case_accents_and_composition(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert not any(unicodedata.combining(char) for char in folded)
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(unicodedata.normalize("NFC", text)) == folded


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/",
        "HTTPS://Example.org/a(b)?q=1&r=%20#x",
        "https://user@example.org:8080/~a;b",
        "https://例え.jp/医学",
        "https://[::1]/",
    ],
)
def test_web_addresses_may_be_opened(url: str) -> None:
    assert why_not_url(url) == ""


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not an http"),
        ("example.org", "not an http"),
        ("www.example.org/a", "not an http"),
        ("/etc/passwd", "not an http"),
        ("//example.org", "not an http"),
        ("ftp://example.org", "not an http"),
        ("file:///etc/passwd", "not an http"),
        ("javascript:alert(1)", "not an http"),
        ("data:text/html,x", "not an http"),
        ("xhttps://example.org", "not an http"),
        ("--https://example.org", "not an http"),
        ("https:example.org", "not an http"),
        ("https://", "not an http"),
        ("https:///path", "not an http"),
        ("https://?q", "not an http"),
        ("https://a\\b", "not an http"),
        ("https://a.b/\\c", "not an http"),
        ("https://a b", "white space"),
        (" https://a.b", "white space"),
        ("https://a.b\n", "white space"),
        ("https://a.b/\tc", "white space"),
        ("https://a.b/\xa0c", "white space"),
        ("https://a.b/\x1b[2J", "control"),
        ("https://a.b/\x00", "control"),
        ("https://a.b/\r\nSet: x", "control"),
        ("https://a.b/\u202egpj.exe", "control"),
        ("https://a.b/\u2028", "control"),
        ("https://a.b/\udc80", "control"),
    ],
)
def test_other_addresses_are_refused_with_the_reason(url: str, reason: str) -> None:
    assert reason in why_not_url(url)


@quickly
@given(anything)
def test_an_address_with_something_unsafe_is_never_opened(text: str) -> None:
    url = f"https://example.org/{text}"
    harmless = clean(text) == text and not any(char.isspace() for char in text) and "\\" not in text
    assert (why_not_url(url) == "") is harmless
