"""The names of keys as people write them."""

from __future__ import annotations

import pytest
from textual.keys import _character_to_key
from textual.theme import BUILTIN_THEMES

from mum_tui import key_names
from mum_tui.key_names import UnknownKey
from mum_tui.settings.options import THEMES


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
        ("shift+1", "write the character that shift makes of it, such as !"),
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
