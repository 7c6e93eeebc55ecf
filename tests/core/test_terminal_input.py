"""What a terminal sends, as tokens: tables by kind, and any bytes cut in any way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.tui.terminal import input as terminal_input
from mum_tui.tui.terminal import keys as terminal_keys
from mum_tui.tui.terminal.input import MOST_PASTED, TerminalInput, cleaned
from mum_tui.tui.terminal.tokens import ESCAPE, Focus, Key, ModeReport, Mouse, Paste, Token
from tests.examples import examples, some

ESC = b"\x1b"


def tokens(*pieces: bytes, gap: float = 0.001, asked: tuple[int, ...] = ()) -> list[Token]:
    """What the pieces mean when they come ``gap`` seconds apart, and nothing comes after them for a long time."""
    parser = TerminalInput(0.1, asked)
    found: list[Token] = []
    now = 100.0
    for piece in pieces:
        found += parser.expire(now)
        found += parser.feed(piece, now)
        now += gap
    return found + parser.expire(now + 60)


def names(*pieces: bytes, gap: float = 0.001) -> list[str]:
    found = tokens(*pieces, gap=gap)
    assert all(isinstance(token, Key) for token in found), found
    return [token.name for token in found if isinstance(token, Key)]


NOTHING = {
    "colour reply, BEL": b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "colour reply, ST": b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "colour reply, C1 ST": b"\x1b]11;rgb:1e1e/1e1e/1e1e\x9c",
    "colour reply, C1 ST as UTF-8": b"\x1b]11;rgb:1e1e/1e1e/1e1e\xc2\x9c",
    "colour reply, C1 throughout": b"\x9d11;rgb:1e1e/1e1e/1e1e\x9c",
    "title with UTF-8 that holds a 9c": "\x1b]l✓qj\x1b\\".encode(),
    "DA1": b"\x1b[?62;1;4;22c",
    "DA2": b"\x1b[>41;380;0c",
    "DA3": b"\x1bP!|7E565445\x1b\\",
    "version": b"\x1bP>|tmux 3.3a\x1b\\",
    "DECRQSS": b"\x1bP1$r0m\x1b\\",
    "termcap": b"\x1bP1+r544e=787465726d\x1b\\",
    "mode report nobody asked for": b"\x1b[?2048;2$y",
    "ANSI mode report": b"\x1b[4;1$y",
    "cursor position": b"\x1b[12;40R",
    "cursor position of a first line": b"\x1b[1;2R",
    "extended cursor position": b"\x1b[?12;40;1R",
    "window size": b"\x1b[8;36;120t",
    "window size in pixels": b"\x1b[4;720;1280t",
    "in-band window size": b"\x1b[48;36;120;720;1280t",
    "window title": b"\x1b]lquit\x1b\\",
    "graphics reply": b"\x1b_Gi=31;OK\x1b\\",
    "graphics attributes": b"\x1b[?2;0;1024;1024S",
    "APC with BEL inside": b"\x1b_qqq\x07qqq\x1b\\",
    "PM": b"\x1b^quit now\x1b\\",
    "SOS": b"\x1bXquit now\x1b\\",
    "PM, APC, DCS, SOS as C1": b"\x9equ\x9c\x9fqu\x9c\x90qu\x9c\x98qu\x9c",
    "clipboard reply": b"\x1b]52;c;cXFx\x07",
    "cut OSC": b"\x1b]11;rgb:1e1e/1e",
    "cut DCS": b"\x1bP>|tm",
    "cut CSI": b"\x1b[12;4",
    "cut SS3": b"\x1bO",
    "CSI alone": b"\x1b[",
    "CSI-u released": b"\x1b[113;1:3u",
    "CSI-u with an unknown event": b"\x1b[113;1:4u",
    "CSI-u with a huge code": b"\x1b[99999999999999999999u",
    "CSI-u beyond Unicode": b"\x1b[1114112u",
    "CSI-u with a surrogate": b"\x1b[55296u",
    "CSI-u with an empty code": b"\x1b[;5u",
    "CSI-u empty": b"\x1b[u",
    "CSI-u with huge modifiers": b"\x1b[113;999999u",
    "CSI-u with modifiers 0": b"\x1b[113;0u",
    "CSI-u of a control character": b"\x1b[17u",
    "keyboard flags": b"\x1b[?31u",
    "a modifier alone": b"\x1b[57441;2u",
    "media key": b"\x1b[57428u",
    "text without a text": b"\x1b[0;;u",
    "text of a control character": b"\x1b[0;;13u",
    "text of control characters": b"\x1b[0;;27:3:155u",
    "text with ctrl": b"\x1b[0;5;99u",
    "text released": b"\x1b[0;1:3;20320:22909u",
    "keypad released": b"\x1b[57413;129:3;43u",
    "option released": b"\x1b[97;3:3;229u",
    "arrow released": b"\x1b[1;1:3A",
    "page released": b"\x1b[6;1:3~",
    "CSI with a huge number": b"\x1b[1;99999999999999999A",
    "CSI ~ alone": b"\x1b[~",
    "end of a paste that never began": b"\x1b[201~",
    "modifyOtherKeys with a huge code": b"\x1b[27;5;1114112~",
    "mouse out of any screen": b"\x1b[<0;99999999999;1M",
    "mouse above the screen": b"\x1b[<0;5;-1M",
    "mouse without numbers": b"\x1b[<M",
    "mouse with two numbers": b"\x1b[<0;1M",
    "charset": b"\x1b(B",
    "C0 within a CSI": b"\x1b[1\r;5\x00u",
    "cancelled CSI": b"\x1b[12\x18",
    "cancelled OSC": b"\x1b]0;q\x1a",
    "lone C1 controls": b"\xc2\x84\xc2\x85\xc2\x88",
    "ST alone": b"\x9c",
    "an endless CSI": b"\x1b[" + b"1;" * 100_000 + b"q",
    "an endless OSC": b"\x1b]52;c;" + b"q" * 1_000_000,
}

BROKEN = ("cut ", "cancelled ", "C0 ", "lone ", "title with")
"""What has no end, or none that could be told from a key once its beginning was given up."""


@pytest.mark.parametrize("sent", NOTHING.values(), ids=NOTHING)
def test_it_means_nothing(sent: bytes) -> None:
    assert tokens(sent) == []
    assert tokens(*(sent[at : at + 1] for at in range(min(len(sent), 3000))), sent[3000:]) == []


@pytest.mark.parametrize("sent", [one for one in NOTHING.values() if len(one) < 100])
def test_what_follows_an_answer_is_a_key(sent: bytes) -> None:
    parser = TerminalInput()
    assert parser.feed(sent, 0) == []
    parser.expire(10)
    parser.expire(20)
    assert parser.feed(b"q", 20) == [Key("q", "q")]


@pytest.mark.parametrize("gap", some([0.09, 0.15, 0.5, 1.5, 2.0, 3.0]))
@pytest.mark.parametrize(
    "sent", [sent for name, sent in NOTHING.items() if 3 < len(sent) < 100 and not name.startswith(BROKEN)]
)
def test_a_late_rest_is_neither_text_nor_a_key(sent: bytes, gap: float) -> None:
    for cut in range(1, len(sent)):
        found = tokens(sent[:cut], sent[cut:], gap=gap)
        assert found in ([], [ESCAPE]), cut
        assert found == [] or (sent[:cut] == ESC and gap > 0.1)


@pytest.mark.parametrize("gap", [0.09, 0.5, 2.0])
@pytest.mark.parametrize(
    "sent", [b"\x1b[?62;1;2;4;22c", b"\x1b]11;rgb:1e1e/1b1b/bcbc\x07", b"\x1bP>|tmux 3.3b\x1b\\", b"\x1b[98;1:3u"]
)
def test_a_rest_that_comes_late_in_two_pieces_is_nothing(sent: bytes, gap: float) -> None:
    for first in range(2, len(sent) - 2):
        for second in range(first + 2, len(sent)):
            assert tokens(sent[:first], sent[first:second], sent[second:], gap=gap) == [], (first, second)


@pytest.mark.parametrize("gap", [0.5, 2.0])
def test_a_control_sequence_that_has_begun_takes_a_late_character(gap: float) -> None:
    for begun, rest in ((b"\x1b[", b"?"), (b"\x1b[?", b"6"), (b"\x1b[12;4", b"R"), (b"\x1b[98;1:3", b"u")):
        assert tokens(begun, rest, gap=gap) == []
    assert names(b"\x1b[<0;99", b"999;1\x1b[A", gap=gap) == ["up"]
    assert names(b"\x1bO", b"P", gap=gap) == ["f1"]
    assert names(b"\x1b[12;4", b"R", b"q", gap=gap) == ["q"]  # one key is lost, and no more


@pytest.mark.parametrize(
    "rest", [b"[A", b"]11;rgb:1e1e/1e", b"]11;rgb:1e1e\x07", b"[?62;1c", b"[12;4", b"OA", b"_Gi=1;OK"]
)
def test_what_comes_long_after_its_escape_types_nothing(rest: bytes) -> None:
    found = tokens(ESC, rest, gap=0.3)
    assert found[0] == ESCAPE
    assert found[1:] in ([], [Key("up")])


@pytest.mark.parametrize("gap", [0.15, 1.5, 3.0])
@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (b"OP\x1bOP", ["f1", "f1"]),
        (b"OAq", ["up", "q"]),
        (b"O5P\x1b[A", ["ctrl+f1", "up"]),
        (b"OP\xe2\x98\x85", ["f1", "black_star"]),
        (b"OP\x1b]11;rgb:1e/1e/1e\x07", ["f1"]),
    ],
)
def test_a_key_that_comes_late_may_have_others_behind_it(rest: bytes, expected: list[str], gap: float) -> None:
    assert names(ESC, rest, gap=gap) == ["escape", *expected]
    if gap > 1:
        assert names(ESC + b"O", rest[1:], gap=gap) == expected


def test_what_is_typed_behind_an_escape_is_no_late_key() -> None:
    assert names(ESC, b"Ox", b"q", gap=0.15) == ["escape", "q"]
    assert names(ESC, b"Open", gap=0.15) == ["escape", "O", "p", "e", "n"]


@pytest.mark.parametrize("gap", [0.2, 0.7, 3.0])
@pytest.mark.parametrize("typed", ["Od[", "O2\r", "O\r", "[b]", "[[[", "[ j", "]b", "]]]", "[/x", "O/x", "O[", "[]"])
def test_keys_typed_together_after_escape_are_keys(typed: str, gap: float) -> None:
    assert timed(ESC, gap, typed.encode()) == [ESCAPE, *tokens(typed[0].encode()), *tokens(typed[1:].encode())]


@pytest.mark.parametrize("typed", ["Od", "O2", "Oj", "[b", "[["])
def test_what_terminals_seldom_send_is_a_key_unless_it_comes_soon_after_escape(typed: str) -> None:
    assert timed(ESC, 3.0, typed.encode()) == [ESCAPE, *tokens(typed[0].encode()), *tokens(typed[1].encode())]
    soon = timed(ESC, 0.3, typed.encode())
    assert all(token.character is None for token in soon[1:] if isinstance(token, Key)), soon
    assert timed(ESC, 0.3, typed.encode(), 0.7, ESC, 0.7, b"q")[-2:] == [ESCAPE, Key("q", "q")]


@pytest.mark.parametrize("gap", some([0.5, 1.5, 3.0]))
@pytest.mark.parametrize("kind", ["]", "P", "_", "^", "X"])
@pytest.mark.parametrize(
    "words", ["標題\u3000空白", "a\u00a0b c\u00a0d", "\u202ebbr\u200b", "\ue000bb\u2028bb", "\u3000\u3000\u3000"]
)
def test_a_string_with_spaces_of_any_kind_is_one_to_its_end(words: str, kind: str, gap: float) -> None:
    for first in range(2, len(words) + 1):
        for pieces in ([words[:first], words[first:]], [words[:1], words[1:first], words[first:]]):
            if any(len(piece) == 1 for piece in pieces[1:-1]):
                continue
            *before, last = (piece.encode() for piece in pieces)
            before[0] = f"\x1b{kind}l".encode() + before[0]
            assert tokens(*before, last + b"\x1b\\", gap=gap) == [], (before, last)
            if len(last.decode()) > 1:
                assert tokens(*before, last, b"\x1b\\", gap=gap) == [], (before, last)


@pytest.mark.parametrize("gap", [0.5, 1.5, 3.0])
@pytest.mark.parametrize("kind", some(["]", "P", "_", "^", "X"]))
def test_a_string_that_is_cut_within_a_character_is_one_to_its_end(kind: str, gap: float) -> None:
    sent = f"\x1b{kind}l日本語 😜 q b r\x1b\\".encode()
    for cut in range(3, len(sent)):
        assert tokens(sent[:cut], sent[cut:], gap=gap) == [], cut
        if not sent[cut] & 0x40 and sent[cut] & 0x80:
            assert tokens(sent[:cut], sent[cut : cut + 1], sent[cut + 1 :], gap=min(gap, 1.5)) == [], cut
            assert names(sent[:cut], b"q", b"b", gap=gap) == (["q", "b"] if gap > 1 else [])
            for later in range(cut + 2, len(sent) - 2, 2):
                assert tokens(sent[:cut], sent[cut:later], sent[later:], gap=min(gap, 1.5)) == [], (cut, later)


KEYS = {
    b"q": "q",
    b"G": "G",
    b"/": "slash",
    b"?": "question_mark",
    b" ": "space",
    b"#": "number_sign",
    b"+": "plus",
    b"-": "minus",
    b"'": "apostrophe",
    b"\r": "enter",
    b"\n": "ctrl+j",
    b"\t": "tab",
    b"\x7f": "backspace",
    b"\x08": "backspace",
    b"\x00": "ctrl+space",
    b"\x03": "ctrl+c",
    b"\x1f": "ctrl+underscore",
    "é".encode(): "é",
    "★".encode(): "black_star",
    b"\x1b[A": "up",
    b"\x1bOA": "up",
    b"\x9bA": "up",
    b"\xc2\x9bA": "up",
    b"\x1b[1A": "up",
    b"\x1b[;A": "up",
    b"\x1b[1;5A": "ctrl+up",
    b"\x1b[;5A": "ctrl+up",
    b"\x1b[1;1:2B": "down",
    b"\x1b[1;2D": "shift+left",
    b"\x1b[1;7C": "alt+ctrl+right",
    b"\x1b[1;129A": "up",
    b"\x1bO5P": "ctrl+f1",
    b"\x1bO1;2P": "shift+f1",
    b"\x1b[H": "home",
    b"\x1b[F": "end",
    b"\x1b[4~": "end",
    b"\x1b[5~": "pageup",
    b"\x1b[6;5~": "ctrl+pagedown",
    b"\x1b[6^": "ctrl+pagedown",
    b"\x1b[Z": "shift+tab",
    b"\x1b[1;2Z": "shift+tab",
    b"\x1b[15~": "f5",
    b"\x1b[[A": "f1",
    b"\x1bOR": "f3",
    b"\x1b[13;2~": "shift+f3",
    b"\x1b[106u": "j",
    b"\x1b[106;1:2u": "j",
    b"\x1b[106;5u": "ctrl+j",
    b"\x1b[106;3u": "alt+j",
    b"\x1b[106;3;106u": "alt+j",
    b"\x1b[106:74;2;74u": "J",
    b"\x1b[106:74;2u": "J",
    b"\x1b[106;2u": "J",
    b"\x1b[106:74:106;2:1;74u": "J",
    b"\x1b[47:63;2;63u": "question_mark",
    b"\x1b[47;4;63u": "alt+shift+slash",
    b"\x1b[47:63;4;63u": "alt+shift+slash",
    b"\x1b[51;4;35u": "alt+shift+3",
    b"\x1b[97;3;97u": "alt+a",
    b"\x1b[97;67;65u": "alt+a",
    b"\x1b[1092;4;1060u": "alt+shift+ф",
    b"\x1b[32;3;32u": "alt+space",
    b"\x1b[120;33u": "alt+x",
    b"\x1b[120;35;120u": "alt+x",
    b"\x1b[51;2;35u": "number_sign",
    b"\x1b[113;1;64u": "at",
    b"\x1b[97;65;97u": "a",
    b"\x1b[27u": "escape",
    b"\x1b[27;1:1u": "escape",
    b"\x1b[13;2u": "shift+enter",
    b"\x1b[9;2u": "shift+tab",
    b"\x1b[127u": "backspace",
    b"\x1b[57399;129u": "0",
    b"\x1b[57376u": "f13",
    b"\x1b[57421u": "pageup",
    b"\x1b[27;5;106~": "ctrl+j",
    b"\x1b[27;2;65~": "A",
    b"\x1b[27;3;13~": "alt+enter",
    b"\x1b[27;3;106~": "alt+j",
    b"\x1b[27;6;75~": "ctrl+shift+k",
    b"\x1b[27;4;124~": "alt+vertical_line",
    b"\x1b[27;2;9~": "shift+tab",
    b"\x1b[95;6u": "ctrl+underscore",
    b"\x1b[45;6u": "ctrl+shift+minus",
    b"\x1b[105;5u": "tab",
    b"\x1b[109;5u": "enter",
    b"\x1b[109;7u": "alt+enter",
    b"\x1b[91;5u": "escape",
    b"\x1b[104;5u": "backspace",
    b"\x1b[32;2u": "space",
    b"\x1b[127;2u": "backspace",
    b"\x1b[57413;5u": "ctrl+plus",
    b"\x1b[57400;3;49u": "alt+1",
    b"\x1b[57414;129u": "enter",
    b"\x1b[57424;129u": "end",
    b"\x1b\t": "shift+tab",
    b"\x1bO5k": "ctrl+plus",
    "\x1bİ".encode(): "alt+shift+İ",
    b"\x1b[7$": "shift+home",
    b"\x1b[8$": "shift+end",
    b"\x1b[3$": "shift+delete",
    b"\x1b[5@": "ctrl+shift+pageup",
    b"\x1b[113;7u": "alt+ctrl+q",
    b"\x1b\x11": "alt+ctrl+q",
    b"\x1b[27;7;113~": "alt+ctrl+q",
    b"\x1b[113;10u": "shift+super+q",
    b"\x1b[113;25u": "hyper+super+q",
    b"\x1bj": "alt+j",
    b"\x1bJ": "alt+shift+j",
    b"\x1b/": "alt+slash",
    b"\x1b\r": "alt+enter",
    b"\x1b\x7f": "alt+backspace",
    "\x1bé".encode(): "alt+é",
    b"\x1b": "escape",
}


@pytest.mark.parametrize(("sent", "name"), KEYS.items())
def test_a_key_has_its_name_however_it_is_cut(sent: bytes, name: str) -> None:
    assert names(sent) == [name]
    assert names(*(sent[at : at + 1] for at in range(len(sent)))) == [name]
    assert names(b"\x1b]11;?\x07" + sent + b"\x1b[?62c") == [name]


def test_a_key_types_its_character() -> None:
    for sent, character in ((b"j", "j"), (b"\x1b[106u", "j"), (b"\x1b[106;2u", "J"), (b"\x1b[57400;129u", "1")):
        assert tokens(sent) == [Key(character, character)]
    for sent in (b"\x1b[105;5u", b"\t"):
        assert tokens(sent) == [Key("tab", "\t")]
    for sent in (b"\x1b[104;5u", b"\x1b[127;2u", b"\x7f"):
        assert tokens(sent) == [Key("backspace", "\x7f")]
    for sent in (b"\x1bj", b"\x1b[106;5u", b"\x1b[106;3;106u", b"\x1b[51;4;35u", b"\x1bJ", b"\x1b\xc3\xa9"):
        (token,) = tokens(sent)
        assert isinstance(token, Key)
        assert token.character is None


TYPED = {
    "keypad, num lock": (b"\x1b[57399;129;48u\x1b[57409;129;46u\x1b[57410;129;47u\x1b[57411;129;42u", "0./*"),
    "keypad, caps lock too": (b"\x1b[57412;193;45u\x1b[57413;193;43u\x1b[57415;193;61u\x1b[57416;193;44u", "-+=,"),
    "keypad without texts": (b"\x1b[57404u\x1b[57409u\x1b[57410u\x1b[57411u\x1b[57412u\x1b[57413u", "5./*-+"),
    "keypad without texts, more": (b"\x1b[57415u\x1b[57416;129u\x1b[57400;2u\x1b[57413;1:2u", "=,1+"),
    "keypad of a German layout": (b"\x1b[57409;129;44u", ","),
    "keypad in application mode": (b"\x1bOj\x1bOk\x1bOl\x1bOm\x1bOn\x1bOo\x1bOX", "*+,-./="),
    "keypad in application mode, with shift": (b"\x1bO2k\x1bO2q", "+1"),
    "its digits": (b"".join(b"\x1bO%c" % letter for letter in b"pqrstuvwxy"), "0123456789"),
    "option on macOS": (b"\x1b[97;3;229u\x1b[97;4;197u\x1b[97;67;228u\x1b[108;3;64u", "åÅä@"),
    "option on macOS, signs": (b"\x1b[53:91;3;91u\x1b[55;4;92u\x1b[55:47;4;92u\x1b[101;3:2;8364u", "[\\\\€"),
    "an input method": (b"\x1b[0;1;20013u\x1b[0;;228u\x1b[0;2;12354u\x1b[0;;33u", "中äあ!"),
    "shift and space": (b"a\x1b[32;2ub\x1b[32;2;32uc\x1b[27;2;32~\x1b[32;66u", "a b c  "),
    "modifyOtherKeys": (b"\x1b[27;2;63~\x1b[27;2;124~\x1b[27;2;51~\x1b[27;2;71~\x1b[27;2;196~", "?|3GÄ"),
    "a shifted sign": (b"\x1b[42;2u\x1b[47;2u\x1b[34;2u\x1b[178;2u", '*/"²'),
}


@pytest.mark.parametrize(("sent", "text"), TYPED.values(), ids=TYPED)
def test_what_types_a_character_is_its_key(sent: bytes, text: str) -> None:
    expected = [Key(terminal_keys.character_name(character), character) for character in text]
    assert tokens(sent) == expected
    assert tokens(*(sent[at : at + 1] for at in range(len(sent)))) == expected


def test_a_digit_with_shift_is_no_sign_that_the_terminal_did_not_tell() -> None:
    assert tokens(b"\x1b[51;2u") == [Key("shift+3")]


@pytest.mark.parametrize("held", [1, 2, 65, 129])
def test_what_an_input_method_commits_is_text(held: int) -> None:
    assert tokens(f"\x1b[0;{held};20320:22909u".encode()) == [Paste("你好")]
    assert tokens(f"\x1b[0;{held};113:10:27:49:155u".encode()) == [Paste("q1")]
    assert tokens(f"\x1b[0;{held}:3;20320:22909u".encode()) == []
    long = ":".join(["12354"] * 160)
    assert tokens(f"\x1b[0;{held};{long}uq".encode()) == [Paste("あ" * 160), Key("q", "q")]


def test_a_keypad_key_that_comes_late_is_no_digit() -> None:
    """Rather, somebody typed letters behind escape, or behind alt and a capital."""
    assert names(ESC, b"Op", gap=0.15) == ["escape"]
    assert names(ESC, b"Opq", gap=0.15) == ["escape", "O", "p", "q"]
    assert names(b"\x1bO", b"p", gap=0.15) == names(b"\x1bO", b"p", gap=2.0) == []
    assert names(b"\x1bO", b"P", gap=0.15) == ["f1"]


def test_a_key_of_rxvt_ends_with_its_dollar() -> None:
    assert names(b"\x1b[7$q") == names(b"\x1b[7$", b"q", gap=0.5) == ["shift+home", "q"]
    assert names(b"\x1b[23$j") == ["shift+f11", "j"]
    assert tokens(b"\x1b[4$y\x1b[2026$y\x1b[99$y") == []


@pytest.mark.parametrize("text", ["enter", "ctrl+c", "ctrl+z", "q1", "e\u0301", "escape", "f1", "question_mark"])
@pytest.mark.parametrize("held", [1, 2, 65, 129])
def test_text_of_several_characters_is_no_key(text: str, held: int) -> None:
    codes = ":".join(str(ord(character)) for character in text)
    sent = f"\x1b[97;{held};{codes}u".encode()
    assert tokens(sent) == [Paste(text)]
    assert tokens(*(sent[at : at + 1] for at in range(len(sent)))) == [Paste(text)]
    assert tokens(f"\x1b[97;{held}:3;{codes}u".encode()) == []


def test_escape_acts_after_its_delay_and_not_before() -> None:
    parser = TerminalInput(0.1)
    assert parser.feed(ESC, 5.0) == []
    assert parser.deadline == pytest.approx(5.1)
    assert parser.expire(5.05) == []
    assert parser.expire(5.11) == [ESCAPE]
    assert parser.deadline is None
    assert parser.feed(b"q", 5.2) == [Key("q", "q")]


def test_escape_twice_and_escape_before_an_arrow_are_what_was_pressed() -> None:
    assert names(ESC + ESC) == ["escape", "escape"]
    assert names(ESC + b"\x1b[A") == ["escape", "up"]
    assert names(b"\x1b[12" + b"\x1b[A") == ["up"]
    assert names(b"\x1b]11;rgb" + b"\x1b[A") == ["up"]


def test_a_key_is_lost_at_most_for_a_second_after_a_cut_answer() -> None:
    parser = TerminalInput()
    assert parser.feed(b"\x1b]11;rgb:1e1e/1e", 0) == []
    assert parser.feed(b"q", 0.5) == []
    assert parser.expire(1.6) == []
    assert parser.feed(b"q", 1.6) == [Key("q", "q")]


@pytest.mark.parametrize("waited", [0.2, 1.5, 6.0, 3600.0])
@pytest.mark.parametrize(
    ("begun", "rest", "expected"),
    [
        (b"\x1b", b"[B\x1b[B", [Key("down"), Key("down")]),
        (b"\x1b[200~liver", b" bbr\x1b[201~", [Paste("liver bbr")]),
        (b"\x1b[4", b"8;36;120;612;960t", []),
        (b"\x1b]11;rgb:1e1e/", b"1b1b/bcbc\x07", []),
        (b"\xc3", b"\xa9", [Key("é", "é")]),
    ],
)
def test_what_waited_for_the_reader_is_not_late(
    begun: bytes, rest: bytes, expected: list[Token], waited: float
) -> None:
    parser = TerminalInput(0.1)
    assert parser.feed(begun, 0) == []
    assert parser.feed(rest, waited) == expected
    assert parser.expire(waited + 60) == []


def test_what_waited_is_recognised_as_the_rest_of_what_was_given_up() -> None:
    parser = TerminalInput()
    assert parser.feed(b"\x1b]11;rgb:1e1e/1e", 0) == []
    assert parser.expire(1.1) == []
    assert parser.feed(b"qq\x07", 60) == []


def test_what_is_no_utf_8_becomes_a_replacement_character() -> None:
    unknown = Key("replacement_character", "\ufffd")
    assert tokens(b"\xe4q\xff\x80\xbf") == [unknown, Key("q", "q"), unknown, unknown, unknown]
    assert names(b"\xe4") == ["replacement_character"]
    assert names(b"\xf0\x9f") == ["replacement_character"]
    assert names(b"\xf0", b"\x9f", b"\x98", b"\x80") == ["grinning_face"]


def test_mouse_and_focus() -> None:
    assert tokens(b"\x1b[<0;5;6M\x1b[<0;5;6m") == [Mouse(0, 4, 5, False), Mouse(0, 4, 5, True)]
    assert tokens(b"\x1b[<64;1;1M") == [Mouse(64, 0, 0, False)]
    assert tokens(b"\x1b[M !!") == [Mouse(0, 0, 0, False)]
    assert tokens(b"\x1b[M#!!q") == [Mouse(0, 0, 0, True), Key("q", "q")]
    assert tokens(b"\x1b[32;5;6M\x1b[35;5;6M") == [Mouse(0, 4, 5, False), Mouse(0, 4, 5, True)]
    assert tokens(b"\x1b[I\x1b[O") == [Focus(True), Focus(False)]


X10_CELLS = [
    "\x9bA",
    "\x8fA",
    "\x90A",
    "\x9dA",
    "A\x9b",
    "\x00\x00",
    "\rq",
    "q\r",
    "\x03\x03",
    "\x18j",
    "\xff\xff",
    "bb",
    "éü",
]


@pytest.mark.parametrize("cells", X10_CELLS)
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
@pytest.mark.parametrize("gap", [0.001, 0.5, 2.0])
def test_no_character_of_a_mouse_report_is_a_key(cells: str, encoding: str, gap: float) -> None:
    if cells == "éü" and encoding == "latin-1":
        cells = "\xe9B"
    for introducer in (b"\x1b[M", b"\x9bM"):
        sent = introducer + b"C" + cells.encode(encoding)
        for cut in range(1 if introducer[0] == 0x9B or gap < 0.1 else 2, len(sent) + 1):
            if gap > 1 and encoding == "utf-8" and sent[cut : cut + 1] >= b"\x80" and sent[cut] & 0x40 == 0:
                continue  # a report of bytes, complete
            found = tokens(sent[:cut], sent[cut:], gap=gap)
            assert [token for token in found if not isinstance(token, Mouse)] == [], cut
            assert tokens(sent[:cut], sent[cut:] + b"q", gap=gap)[-1] == Key("q", "q")
            assert tokens(sent[:cut], sent[cut:] + b"\x1b[A", gap=gap)[-1] == Key("up")


def test_a_mouse_report_that_is_cut_takes_no_other_sequence_with_it() -> None:
    assert tokens(b"\x1b[MC\x9bA\x1b[M#\x9bA") == [Mouse(35, 122, 32, False), Mouse(0, 122, 32, True)]
    for begun in (b"\x1b[M", b"\x1b[M ", b"\x1b[M !", b"\x1b[M \xe9"):
        assert names(begun, b"\x1b[A", gap=0.001) == names(begun, b"\x1b[A", gap=2.0) == ["up"]


def test_a_character_cut_behind_an_escape_is_held_with_alt() -> None:
    assert timed(b"\x1b\xc3", 0.5, b"\xa9") == [Key("alt+é")]


@pytest.mark.parametrize("sent", [b"\x9b?62;1c", b"\x9b12;40R", b"\x9d11;rgb:1e/1e/1e\x07"])
def test_a_late_rest_of_what_one_character_began_is_no_key(sent: bytes) -> None:
    for cut in range(1, len(sent)):
        assert tokens(sent[:cut], sent[cut:], gap=2.0) == [], cut


def test_an_answer_is_taken_once_and_only_if_it_was_asked_for() -> None:
    answer = b"\x1b[?2026;2$y"
    assert tokens(answer * 2 + b"\x1b[?2048;1$y", asked=(2026,)) == [ModeReport(2026, 2)]
    assert tokens(answer) == []


def test_a_paste_is_one_token_and_cleaned() -> None:
    sent = b"\x1b[200~a\x00b\x1b[31mred\x1b[0m\r\nq\rx\x1b]0;t\x07\ty\x9b1mz\x1b[200~\x1b[201~q"
    assert tokens(sent) == [Paste("abred\nq\nx\tyz"), Key("q", "q")]
    assert tokens(*(sent[at : at + 1] for at in range(len(sent)))) == tokens(sent)
    assert tokens(b"\x1b[200~\x1b[201~") == [Paste("")]


def timed(*events: bytes | float) -> list[Token]:
    """What bytes mean with so many seconds of silence between them, and then an hour."""
    parser = TerminalInput(0.1)
    found: list[Token] = []
    now = 100.0
    for event in (*events, 3600.0):
        if isinstance(event, bytes):
            found += parser.feed(event, now)
            continue
        end = now + event
        while (deadline := parser.deadline) is not None and deadline < end:
            found += parser.expire(max(now, deadline))
        now = end
        found += parser.expire(now)
    return found


STALLED: list[tuple[list[bytes | float], list[str]]] = [
    ([b"\x1b[200~liver", 5.6, b" bbr\x1b[201~"], ["liver", " bbr"]),
    ([b"\x1b[200~liver", 5.6, b"\r  bbr#x\x1b[201~"], ["liver", "\n  bbr#x"]),
    ([b"\x1b[200~liver", 5.6, b"bb", 60.0, b"r", 5.6, b"\x1b[201~"], ["liver", "bb", "r"]),
    ([b"\x1b[200~liver", 5.6, b"b\x03br\x1bb\x1b[201~"], ["liver", "bbr"]),
    ([b"\x1b[200~liver\x1b", 5.6, b"[201~"], ["liver"]),
    ([b"\x1b[200~liver\x1b[20", 60.0, b"1~"], ["liver"]),
    ([b"\x1b[200~liver", 60.0, b"bbr\x1b", 60.0, b"[201~"], ["liver", "bbr"]),
    ([b"\x1b[200~liver", 60.0, b"\x1b", 0.9, b"[201~"], ["liver"]),
    ([b"\x1b[200~liver", 60.0, b"\x1b", 1.5, b"[201~"], ["liver"]),
    ([b"\x1b[200~liver", 60.0, b"\x1b[A", 60.0, b"\x1b[201~"], ["liver"]),
    ([b"\x1b[200~", 60.0, b"\x1b[201~"], [""]),
    ([b"\x1b[200~l\xc3", 60.0, b"\xa9\x1b[201~"], ["l", "é"]),
]


@pytest.mark.parametrize(("sent", "pasted"), STALLED)
def test_the_rest_of_a_paste_that_stalls_is_pasted_too(sent: list[bytes | float], pasted: list[str]) -> None:
    assert timed(*sent, b"q") == [*map(Paste, pasted), Key("q", "q")]


@pytest.mark.parametrize("cut", range(6, 17))
def test_a_paste_that_stalls_anywhere_is_no_key(cut: int) -> None:
    sent = b"\x1b[200~bbr\x1b[31mbbr\x1b[201~"
    for later in range(cut + 1, len(sent)):
        if sent[cut:later] == ESC and not sent[later:].startswith(b"[201"):
            continue  # the way out
        found = timed(sent[:cut], 5.6, sent[cut:later], 5.6, sent[later:], b"q")
        assert found.pop() == Key("q", "q")
        assert all(isinstance(token, Paste) for token in found), later


@pytest.mark.parametrize("key", [b"\x1b", b"\x03", b"\x1b\x1b", b"\x1b[27u", b"\x1b[99;5u", b"\x1b[27;5;99~"])
def test_escape_or_ctrl_c_alone_ends_a_paste_that_does_not_end(key: bytes) -> None:
    assert timed(b"\x1b[200~abc", 60.0, b"q", 2.0, b"j") == [Paste("abc"), Paste("q"), Paste("j")]
    assert timed(b"\x1b[200~abc", 60.0, b"q", 2.0, key, 6.0, b"q") == [Paste("abc"), Paste("q"), Key("q", "q")]
    assert timed(b"\x1b[200~abc", 60.0, key, 0.5, b"q") == timed(b"\x1b[200~abc", 60.0, key + b"q")
    assert timed(b"\x1b[200~abc\x1b", 60.0, b"\x1b", 6.0, b"q") == [Paste("abc"), Key("q", "q")]


def test_a_huge_paste_is_cut_and_says_so() -> None:
    parser = TerminalInput()
    parser.feed(b"\x1b[200~", 0)
    for _ in range(300):
        parser.feed(b"x" * 4096, 0)
    (paste,) = parser.feed(b"\x1b[201~", 0)
    assert paste == Paste("x" * MOST_PASTED, is_cut=True)


@pytest.mark.parametrize(
    "piece", ["\x1b", "\x1b]", "\x1b[", "\x1b[1;", "\x1bP\x1b", "\x9d", "\x00", "\x1b[31mx", "\x1b "]
)
def test_cleaning_takes_time_in_proportion(piece: str) -> None:
    import time

    def seconds(count: int) -> float:
        text = piece * count
        begin = time.perf_counter()
        cleaned(text)
        return time.perf_counter() - begin

    assert seconds(200_000) < 2.0
    assert "\x1b" not in cleaned(piece * 100)


def test_what_is_kept_is_bounded() -> None:
    for opening in (b"\x1b[", b"\x1bO", b"\x1b(", b"\x1b]", b"\x1bP", b"\x1b_"):
        parser = TerminalInput()
        parser.feed(opening, 0)
        for _ in range(200):
            assert parser.feed(b"1" * 4096 if opening != b"\x1b(" else b"(" * 4096, 0) == []
        held = sum(len(value) for value in vars(parser).values() if isinstance(value, str))
        assert held <= terminal_input.MOST_UNFINISHED + 8


PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from([*NOTHING.values()][:60]).map(lambda sent: sent[:200]),
    st.sampled_from([*KEYS]),
    st.sampled_from(
        [b"\x1b", b"\x1b[", b"\x1b]", b"\x1bP", b"\x1b_", b"\x07", b"\x1b\\", b"\x9c", b";", b":", b"1", b"u"]
    ),
    st.sampled_from([b"\x1b[200~", b"\x1b[201~", b"\x1b[<", b"\x1b[M", b"\xe2\x9c", b"\x93"]),
)


@examples(400)
@given(st.lists(PIECES, max_size=12).map(b"".join), st.lists(st.integers(0, 200), max_size=12))
def test_any_bytes_in_any_cutting_are_the_same_tokens(sent: bytes, cuts: list[int]) -> None:
    chart_boxes = sorted({0, len(sent), *(cut for cut in cuts if cut < len(sent))})
    pieces = [sent[start:end] for start, end in pairwise(chart_boxes)]
    whole = tokens(sent)
    assert tokens(*pieces) == whole
    assert tokens(*(sent[at : at + 1] for at in range(len(sent)))) == whole
    for token in whole:
        if isinstance(token, Key):
            assert token.character is None or len(token.name) >= 1
        if isinstance(token, Paste):
            assert not any((char < " " and char not in "\n\t") or "\x7f" <= char <= "\x9f" for char in token.text)


@examples(300)
@given(st.lists(PIECES, max_size=8), st.lists(st.sampled_from([0.001, 0.2, 1.2, 6.0]), min_size=8, max_size=8))
def test_any_bytes_at_any_time_raise_nothing(pieces: list[bytes], gaps: list[float]) -> None:
    parser = TerminalInput(0.1, {2026})
    now = 0.0
    for piece, gap in zip(pieces, gaps, strict=False):
        parser.feed(piece, now)
        now += gap
        parser.expire(now)
    parser.expire(now + 100)
    assert parser.deadline is None
    for later in (100, 200):  # out of a paste that does not end
        parser.feed(b"\x1b[27u", now + later)
        parser.expire(now + later + 50)
        parser.expire(now + later + 60)
    assert parser.feed(b"q", now + 200) == [Key("q", "q")]


def test_names_of_characters_are_those_of_textual() -> None:
    from textual.keys import _character_to_key

    for code in [*range(0x20, 0x7F), *range(0xA0, 0x2FF), 0x2605, 0xFFFD, 0x1F600]:
        assert terminal_keys.character_name(chr(code)) == _character_to_key(chr(code))


def test_names_of_keys_are_those_of_textual() -> None:
    """What differs from Textual's table is what is dropped here, alt (its "escape+"), and F-keys with modifiers."""
    from textual import events
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
    from textual._xterm_parser import XTermParser

    different = {}
    for sequence in ANSI_SEQUENCES_KEYS:
        if sequence == "\x1b" or "\xa7" in sequence:
            continue
        expected = [event.key for event in XTermParser().feed(sequence) if isinstance(event, events.Key)]
        found = [token.name for token in tokens(sequence.encode()) if isinstance(token, Key)]
        if expected != found and "<ignore>" not in expected:
            different[sequence] = (expected, found)
    # Of some function keys Textual takes the number for the code of a character; 7^ and 8^ it has the wrong way round.
    assert different.pop("\x1b[7^") == (["ctrl+end"], ["ctrl+home"])
    assert different.pop("\x1b[8^") == (["ctrl+home"], ["ctrl+end"])
    # As the keyboard protocol calls it, so that one name in the configuration is the key in every terminal.
    assert different.pop("\x00") == (["ctrl+@"], ["ctrl+space"])
    # ``$`` is shift and ``@`` is shift and ctrl, also of function keys.
    for sequence in ("\x1b[23$", "\x1b[24$", "\x1b[23@", "\x1b[24@"):
        different.pop(sequence)
    for number in (25, 26, 28, 29, *range(31, 35)):
        different.pop(f"\x1b[{number}~")
    allowed = ("\x1b\x1b", "\x9b", "\x1b[~", "\x1b\x7f", "\x1bf", "\x1bb", "\x1bOb")
    unexpected = {
        sequence: pair
        for sequence, pair in different.items()
        if not (sequence.startswith(allowed) or (len(sequence) == 2 and sequence[0] == "\x1b") or not pair[1])
    }
    assert unexpected == {}
