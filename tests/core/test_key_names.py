"""The names of keys as people write them."""

from __future__ import annotations

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key
from textual.theme import BUILTIN_THEMES

from mum_tui import key_names
from mum_tui.key_names import UnknownKey
from mum_tui.settings.options import THEMES
from mum_tui.tui.terminal.input import TerminalInput
from mum_tui.tui.terminal.tokens import Key
from tests.examples import examples


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("q", "q"),
        ("Q", "Q"),
        ("é", "é"),
        ("5", "5"),
        ("Ctrl+Q", "ctrl+q"),
        ("ctrl-q", "ctrl+q"),
        ("C-b", "ctrl+b"),
        ("^b", "ctrl+b"),
        ("<C-b>", "ctrl+b"),
        ("Control+X", "ctrl+x"),
        ("M-x", "alt+x"),
        ("Alt+X", "alt+x"),
        ("shift+b", "B"),
        ("S-Tab", "shift+tab"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("ctrl+alt+x", "alt+ctrl+x"),
        ("shift+alt+ctrl+x", "alt+ctrl+shift+x"),
        ("super+shift+x", "shift+super+x"),
        ("hyper+super+x", "hyper+super+x"),
        ("super+hyper+x", "hyper+super+x"),
        ("alt+J", "alt+shift+j"),
        ("M-J", "alt+shift+j"),
        ("<A-J>", "alt+shift+j"),
        ("meta+É", "alt+shift+é"),
        ("alt+İ", "alt+shift+İ"),
        ("alt+shift+J", "alt+shift+j"),
        ("Alt+J", "alt+j"),
        ("ctrl+J", "ctrl+j"),
        ("ctrl+alt+J", "alt+ctrl+j"),
        ("meta+x", "alt+x"),
        ("ctrl+h", "backspace"),
        ("ctrl+alt+m", "alt+enter"),
        ("shift+space", "space"),
        ("shift+backspace", "backspace"),
        ("shift+enter", "shift+enter"),
        ("alt+shift+?", "alt+question_mark"),
        ("alt+tab", "shift+tab"),
        ("shift+f3", "shift+f3"),
        ("pgup", "pageup"),
        ("PgDn", "pagedown"),
        ("Page_Down", "pagedown"),
        ("page-up", "pageup"),
        ("ESC", "escape"),
        ("Return", "enter"),
        ("del", "delete"),
        ("F5", "f5"),
        ("↓", "down"),
        ("arrow-up", "up"),
        ("?", "question_mark"),
        ("question_mark", "question_mark"),
        ("/", "slash"),
        ("@", "at"),
        ("_", "underscore"),
        ("-", "minus"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        ("ctrl+m", "enter"),
        ("ctrl+i", "tab"),
        ("ctrl+[", "escape"),
        ("€", "euro_sign"),
        ("Space", "space"),
        ("backtab", "shift+tab"),
        ("BTab", "shift+tab"),
        ("spacebar", "space"),
        ("alt-x", "alt+x"),
        ("<CR>", "enter"),
        ("KP_Enter", "enter"),
        ("UpArrow", "up"),
        ("pipe", "vertical_line"),
        ("exclam", "exclamation_mark"),
        ("caret", "circumflex_accent"),
        ("backtick", "grave_accent"),
        ("C-Space", "ctrl+space"),
        ("ctrl+@", "ctrl+space"),
        ("^@", "ctrl+space"),
        ("ctrl+/", "ctrl+underscore"),
        ("^_", "ctrl+underscore"),
        ("^?", "backspace"),
        ("Cmd+K", "super+k"),
        ("Strg+Q", "ctrl+q"),
        ("⌃q", "ctrl+q"),
        ("⌥x", "alt+x"),
        ("⇧b", "B"),
        ("⏎", "enter"),
    ],
)
def test_what_is_plainly_meant_is_understood(written: str, name: str) -> None:
    assert key_names.normalised(written) == name
    assert key_names.normalised(name) == name


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("gg", "one key does one thing: write g"),
        ("pagedwn", "did you mean pagedown?"),
        ("esacpe", "did you mean escape?"),
        ("spcae", "did you mean space?"),
        ("cntrl+b", "did you mean ctrl+b?"),
        ("f25", "did you mean f2?"),
        ("shift+1", "write the character that the two keys type, such as !"),
        ("shift+ß", "write the character that the two keys type, such as !"),
        ("zzzzz", ""),
        ("\x1b", ""),
        ("\u200b", "U+200B cannot be typed alone"),
        ("\u202e", "U+202E cannot be typed alone"),
        ("\u0301", "U+0301 cannot be typed alone"),
        ("alt+\u0301", "U+0301 cannot be typed alone"),
        ("zero_width_space", ""),
        ("shift+★", "write the character that the two keys type, such as !"),
        ("ctrl+zzzzz", ""),
    ],
)
def test_what_means_no_key_is_told_with_the_nearest(written: str, hint: str) -> None:
    with pytest.raises(UnknownKey) as caught:
        key_names.normalised(written)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        ("b,m", ["b", "m"]),
        ("? f1", ["?", "f1"]),
        ("ctrl + b, page down", ["ctrl+b", "pagedown"]),
        ("1…9", list("123456789")),
        ("x,1-9", ["x", *"123456789"]),
        ("+", ["+"]),
        ("+ -", ["+", "-"]),
        (" , ", []),
    ],
)
def test_a_list_of_keys_is_taken_apart(keys: str, names: list[str]) -> None:
    assert key_names.split(keys) == names


def test_characters_are_called_as_textual_calls_them() -> None:
    for code in range(33, 0x2000):
        if chr(code).isprintable():
            assert key_names.of_character(chr(code)) == _character_to_key(chr(code))


def test_the_themes_are_textuals_and_ours() -> None:
    assert set(THEMES) == {"mum-dark", "mum-light", *BUILTIN_THEMES}


@pytest.mark.parametrize(
    ("sent", "spellings"),
    [
        (b"\x11", "Ctrl+Q ctrl-q C-q ^q <C-q> Control+q"),
        (b"\x00", "ctrl+space C-SPC ctrl+@ ^@"),
        (b"\x1b[32;5u", "ctrl+space C-SPC ctrl+@"),
        (b"\x1f", "ctrl+/ ctrl+_ ^_"),
        (b"\x1b[47;5u", "ctrl+/ ctrl+_"),
        (b"\x1b\x11", "ctrl+alt+q alt+ctrl+q C-M-q"),
        (b"\x1b[113;7u", "ctrl+alt+q alt+ctrl+q C-M-q"),
        (b"\x1b[27;7;113~", "ctrl+alt+q alt+ctrl+q C-M-q"),
        (b"\x1b[1;8D", "ctrl+alt+shift+left"),
        (b"\x1bJ", "alt+J M-J alt+shift+j"),
        (b"\x1b[106;4u", "alt+J M-J alt+shift+j"),
        (b"\x1b|", "alt+|"),
        (b"\x1b[27;4;124~", "alt+|"),
        (b"\x1b[120;33u", "meta+x alt+x"),
        (b"\x08", "ctrl+h backspace"),
        (b"\x1b[104;5u", "ctrl+h backspace"),
        (b"\x1b[105;5u", "ctrl+i tab"),
        (b"\x1b[109;5u", "ctrl+m enter"),
        (b"\x1b[91;5u", "ctrl+[ escape"),
        (b"\x1b\t", "shift+tab"),
        (b"\x1b[13;5~", "ctrl+f3"),
        (b"\x1b[5~", "pgup PgUp PageUp Page_Up page-up prior"),
        (b"\x1b[6~", "pgdn PageDown pagedn next"),
        (b"B", "B shift+b Shift+B S-b"),
        (b"\x1b[98;2u", "B shift+b"),
        (b"\x1bx", "alt-x Alt+X M-x <M-x> <A-x> meta+x option+x"),
        (b"\x1b[120;3u", "alt-x M-x"),
        (b"\x1b\x1b[0c", "Esc escape ESC <esc> ^["),
        (b"\r", "Return enter <CR> RET ctrl+m"),
        (b"\x1bOM", "KP_Enter enter"),
        (b" ", "spacebar space SPC <Space> ␣"),
        (b"\x1b[Z", "shift+tab S-Tab backtab BTab"),
        (b"\x7f", "backspace BS BSpace ^?"),
        (b"\x1bOP", "f1 F1 <F1>"),
        (b"\x1b[1;5D", "ctrl+left C-Left"),
        (b"|", "| pipe bar vertical_line"),
        ("é".encode(), "é"),
    ],
)
def test_what_is_written_is_what_the_terminal_sends(sent: bytes, spellings: str) -> None:
    (token,) = TerminalInput().feed(sent, 0)
    assert isinstance(token, Key)
    for spelling in spellings.split():
        assert key_names.normalised(spelling) == token.name


MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4, "super": 8, "hyper": 16}
CODES = {"enter": "13u", "escape": "27u", "tab": "9u", "space": "32u", "backspace": "127u"}
CODES |= {"insert": "2~", "delete": "3~", "home": "1H", "end": "1F", "pageup": "5~", "pagedown": "6~"}
CODES |= {"up": "1A", "down": "1B", "left": "1D", "right": "1C", "f1": "1P", "f2": "1Q", "f3": "13~", "f4": "1S"}
CODES |= {f"f{at}": f"{number}~" for at, number in enumerate((15, 17, 18, 19, 20, 21, 23, 24), 5)}
CODES |= {f"f{number}": f"{57363 + number}u" for number in range(13, 25)}
CODES |= {chr(code): f"{code}u" for code in (*range(33, 65), *range(91, 127), *map(ord, "éßяÿ€★你ª²"))}


def in_the_protocol(base: str, bits: int) -> set[str]:
    """The names of what the keyboard protocol sends for a key with modifiers, with and without its text."""
    code, final = CODES[base][:-1], CODES[base][-1]
    sent = [f"\x1b[{code};{bits + 1}{final}"]
    if len(base) == 1 and not bits & ~1:
        sent.append(f"\x1b[{code};{bits + 1};{ord(base.upper()[:1] if bits else base)}u")
    found = [token for one in sent for token in TerminalInput().feed(one.encode(), 0)]
    return {token.name for token in found if isinstance(token, Key)}


def test_every_key_that_is_accepted_is_sent_by_a_terminal_with_the_keyboard_protocol() -> None:
    sets = [names for size in range(6) for names in combinations(MODIFIERS, size)]
    pressed = {
        (base, names): in_the_protocol(base, sum(MODIFIERS[name] for name in names)) for base in CODES for names in sets
    }
    sent = set().union(*pressed.values())
    accepted = 0
    for base, names in pressed:
        capital = base.upper() if base != "ß" else base
        for written in ("+".join([*names, base]), "+".join([*reversed(names), capital])):
            try:
                name = key_names.normalised(written)
            except UnknownKey:
                assert names == ("shift",), written
                continue
            accepted += 1
            assert name in sent, written
            if "shift" not in names and base == written.rpartition("+")[2]:
                assert name in pressed[base, names], written
    assert accepted > 5_000


@examples(300)
@given(st.characters())
def test_a_character_that_is_accepted_is_the_key_that_types_it(character: str) -> None:
    try:
        name = key_names.normalised(character)
    except UnknownKey:
        assert not character.isprintable() or unicodedata.category(character)[0] == "M"
        return
    assert in_input(character) == name or character in "↓↑←→↵⏎␣⎋⇥⇤⌫⌦"


def in_input(character: str) -> str:
    (token,) = TerminalInput().feed(character.encode(), 0)
    assert isinstance(token, Key)
    return token.name


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("ctrlq", "did you mean ctrl+q?"),
        ("ctrl.q", "did you mean ctrl+q?"),
        ("num1", "did you mean 1?"),
        ("[b]", "did you mean b?"),
        ("\\C-b", "did you mean ctrl+b?"),
        ("b;m", "put commas between keys: b,m"),
        ("or", "put commas between keys"),
        ("none", "every action needs a key: remove the line, or choose another key"),
        ("shift", "add the key to press with it, as in shift+x"),
    ],
)
def test_what_is_no_key_is_told_with_what_is_meant(written: str, hint: str) -> None:
    with pytest.raises(UnknownKey) as raised:
        key_names.normalised(written)
    assert raised.value.hint == hint


def test_the_name_of_several_characters_is_that_of_no_key() -> None:
    for written in ("keycap_digit_one", "KEYCAP DIGIT ONE", "ctrl+keycap_digit_one"):
        with pytest.raises(UnknownKey):
            key_names.normalised(written)


def test_words_that_belong_together_may_be_apart() -> None:
    assert key_names.split("ctrl q, shift tab Ctrl + X page up up arrow space bar") == [
        *("ctrl+q", "shift+tab", "Ctrl+X", "pageup", "up", "space")
    ]
