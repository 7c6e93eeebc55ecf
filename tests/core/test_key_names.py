"""The names of keys as people write them."""

from __future__ import annotations

import pytest
from textual.keys import _character_to_key
from textual.theme import BUILTIN_THEMES

from mum_tui import key_names
from mum_tui.key_names import UnknownKey
from mum_tui.settings.options import THEMES
from mum_tui.tui.terminal.input import TerminalInput
from mum_tui.tui.terminal.tokens import Key


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
