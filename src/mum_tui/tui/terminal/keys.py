"""What a complete sequence from a terminal means: a key, a mouse event, focus, an answer, or nothing.

Sources: ECMA-48 (control sequences), XTerm Control Sequences (keys, mouse, modifyOtherKeys), the kitty keyboard
protocol (``CSI u``, event types, alternates, text). Key names are Textual's. Pure: nothing of Textual is imported.
"""

from __future__ import annotations

import unicodedata

from msgspec import Struct


class Key(Struct, frozen=True):
    """A key that was pressed: its name, and the character it types, if any."""

    name: str
    character: str | None = None


class Paste(Struct, frozen=True):
    """A text that was pasted, cleaned; ``is_cut`` where it was too long and its end is missing."""

    text: str
    is_cut: bool = False


class Mouse(Struct, frozen=True):
    """What the mouse did, in the numbers of XTerm's SGR reports; ``x`` and ``y`` count cells from 0."""

    code: int
    x: int
    y: int
    is_release: bool


class Focus(Struct, frozen=True):
    """The terminal's window gained the focus, or lost it."""

    is_gained: bool


class ModeReport(Struct, frozen=True):
    """The answer to "do you know this DEC mode": 0 no, 1 set, 2 reset, 3 always set, 4 always reset."""

    mode: int
    setting: int


Token = Key | Paste | Mouse | Focus | ModeReport

ESCAPE = Key("escape", "\x1b")

PASTE_BEGINS = "200"
"""The parameter of the ``CSI … ~`` before a pasted text."""

MOST_DIGITS = 7
"""A number with more digits means nothing: no key code, cell or mode is as large."""

_REPLACED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}

_CONTROLS = {
    "\t": Key("tab", "\t"),
    "\r": Key("enter", "\r"),
    "\x08": Key("backspace", "\x08"),
    "\x7f": Key("backspace", "\x7f"),
    "\x00": Key("ctrl+space", "\x00"),
    "\x1c": Key("ctrl+backslash", "\x1c"),
    "\x1d": Key("ctrl+right_square_bracket", "\x1d"),
    "\x1e": Key("ctrl+circumflex_accent", "\x1e"),
    "\x1f": Key("ctrl+underscore", "\x1f"),
}

_LETTERS = {
    "A": "up",
    "B": "down",
    "C": "right",
    "D": "left",
    "E": "kp_begin",
    "F": "end",
    "H": "home",
    "P": "f1",
    "Q": "f2",
    "S": "f4",
}
"""``CSI 1 ; modifiers letter``. ``R`` is left out: it also ends a cursor position, which nobody asks for."""

_RXVT_LETTERS = {"a": "shift+up", "b": "shift+down", "c": "shift+right", "d": "shift+left"}

_SS3 = {
    **{letter: Key(name) for letter, name in _LETTERS.items()},
    "R": Key("f3"),
    "M": Key("enter", "\r"),
    "a": Key("ctrl+up"),
    "b": Key("ctrl+down"),
    "c": Key("ctrl+right"),
    "d": Key("ctrl+left"),
}

_CONSOLE = {"A": "f1", "B": "f2", "C": "f3", "D": "f4", "E": "f5"}
"""``CSI [ letter``, of the Linux console."""

_NUMBERS = {
    **{1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end"},
    **{11: "f1", 12: "f2", 13: "f3", 14: "f4", 15: "f5", 17: "f6", 18: "f7", 19: "f8", 20: "f9", 21: "f10"},
    **{23: "f11", 24: "f12", 25: "f13", 26: "f14", 28: "f15", 29: "f16", 31: "f17", 32: "f18", 33: "f19", 34: "f20"},
    57427: "kp_begin",
}
"""``CSI number ~``."""

_CODES = {27: "escape", 13: "enter", 9: "tab", 127: "backspace", 8: "backspace"}
_TYPED = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b"}

_FIRST_PRIVATE, _LAST_PRIVATE = 57344, 63743
_PRIVATE_RUNS = (
    (57358, "caps_lock scroll_lock num_lock print_screen pause menu"),
    (57376, " ".join(f"f{number}" for number in range(13, 36))),
    (57399, "0 1 2 3 4 5 6 7 8 9 decimal divide multiply subtract add enter equal separator"),
    (57417, "left right up down pageup pagedown home end insert delete kp_begin"),
)
_PRIVATE = {first + at: name for first, names in _PRIVATE_RUNS for at, name in enumerate(names.split())}
"""Keys that kitty's protocol numbers. Modifiers pressed alone and media keys are left out: they mean nothing here."""

_SAME = {"ctrl+at": "ctrl+space", "ctrl+slash": "ctrl+underscore"}
"""What terminals without the protocol send as one control character."""

_SHIFT, _ALT, _CTRL = 1, 2, 4
_MODIFIERS = ((_SHIFT, "shift"), (_ALT, "alt"), (_CTRL, "ctrl"), (8, "super"), (16, "hyper"), (32, "meta"))
_LOCKS = 64 | 128
_RELEASE = 3


def character_name(character: str) -> str:
    """Textual's name for the key that types ``character``: itself for letters and digits, else its Unicode name."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _REPLACED.get(name, name)


def typed(character: str) -> Key | None:
    """The key for one character outside of sequences; None for a control character that no key sends."""
    if character >= " " and not "\x7f" <= character <= "\x9f":
        return Key(character_name(character), character)
    if character in _CONTROLS:
        return _CONTROLS[character]
    return Key(f"ctrl+{chr(ord(character) + 0x60)}", character) if character < " " else None


def with_alt(character: str) -> Key | None:
    """The key for ``ESC character``. It types nothing: only what is bound to alt and a key hears of it."""
    key = typed(character)
    return None if key is None else Key(_modified(key.name, _ALT))


def console_key(letter: str) -> Key | None:
    """``CSI [ letter``."""
    return Key(_CONSOLE[letter]) if letter in _CONSOLE else None


def ss3(parameters: str, final: str) -> Key | None:
    """``SS3 final``, with the modifiers that some terminals write between the two."""
    key = _SS3.get(final)
    if key is None or not parameters:
        return key
    values = _numbers(parameters.rpartition(";")[2])
    return _named(key.name, values[0] or 1, 1) if values else None


def csi(body: str, final: str) -> Token | None:
    """``CSI body final``; None where it is no event: an answer nobody asked for, a broken one, a released key."""
    if final == "y" and body.startswith("?") and body.endswith("$"):
        return _mode_report(body[1:-1])
    if final in "Mm":
        return _sgr_mouse(body[1:], final == "m") if body.startswith("<") else _urxvt_mouse(body, final)
    if final in "IO":
        return None if body else Focus(final == "I")
    fields = [_numbers(field) for field in body.split(";")]
    if any(field is None for field in fields):
        return None
    return _key([field or [None] for field in fields], final)


def _key(fields: list[list[int | None]], final: str) -> Key | None:
    """A key of which each parameter was split at its colons; an empty one is None."""
    modifiers, event = _modifiers(fields[1]) if len(fields) > 1 else (1, 1)
    first = fields[0][0]
    if final == "u":
        return _kitty(fields[0], modifiers, event, fields[2] if len(fields) > 2 else [])
    if final == "~" and first == 27 and len(fields) == 3:  # modifyOtherKeys
        return _kitty(fields[2], modifiers, 1, [])
    if len(fields) > 2 or len(fields[0]) > 1:
        return None
    if final == "~":
        return _named(_NUMBERS.get(first or 0, ""), modifiers, event)
    if final == "^":  # rxvt: with ctrl
        return _named(_NUMBERS.get(first or 0, ""), 1 + _CTRL, 1) if len(fields) == 1 else None
    if first not in (None, 1):
        return None
    if final == "Z":
        return _named("tab", (modifiers - 1 | _SHIFT) + 1, event)
    if final in _RXVT_LETTERS:
        return Key(_RXVT_LETTERS[final]) if len(fields) == 1 and first is None else None
    return _named(_LETTERS.get(final, ""), modifiers, event)


def _kitty(codes: list[int | None], modifiers: int, event: int, texts: list[int | None]) -> Key | None:
    """``CSI code:shifted:base ; modifiers:event ; text u``."""
    code = codes[0]
    if code is None or event not in (1, 2) or not 1 <= modifiers <= 256:
        return None
    if name := _CODES.get(code) or _PRIVATE.get(code):
        return _named(name, modifiers, event)
    if _FIRST_PRIVATE <= code <= _LAST_PRIVATE or not _is_character(code):
        return None
    held = (modifiers - 1) & ~_LOCKS
    own = {chr(one) for one in codes[:2] if one is not None and _is_character(one)}
    text = "".join(chr(one) for one in texts if one is not None and _is_character(one))
    if text and held & ~(_SHIFT | _ALT) == 0 and not (held & _ALT and {text.lower()} <= {one.lower() for one in own}):
        return Key(character_name(text) if len(text) == 1 else text, text)
    if held & ~_SHIFT == 0:
        shifted = codes[1] if len(codes) > 1 else None
        if held and shifted is not None and _is_character(shifted):
            return typed(chr(shifted))
        if not held or chr(code).isalpha():
            return typed(chr(code).upper() if held and len(chr(code).upper()) == 1 else chr(code))
    return Key(_modified(character_name(chr(code)), held))


def _named(name: str, modifiers: int, event: int) -> Key | None:
    """A key with a name of its own, and what is held with it."""
    if not name or event not in (1, 2) or not 1 <= modifiers <= 256:
        return None
    held = (modifiers - 1) & ~_LOCKS
    if held:
        return Key(_modified(name, held))
    return Key(name, _TYPED.get(name) or (name if len(name) == 1 else None))


def _modified(name: str, held: int) -> str:
    *before, key = name.split("+")
    names = {modifier for bit, modifier in _MODIFIERS if held & bit} | set(before)
    if held & _ALT and len(key) == 1 and key.isupper():
        names.add("shift")
        key = key.lower()
    name = "+".join([*sorted(names), key])
    return _SAME.get(name, name)


def _modifiers(field: list[int | None]) -> tuple[int, int]:
    """What is held, plus one, and whether the key was pressed (1), repeated (2) or released (3)."""
    held, event = [*field, None][:2]
    return 1 if held is None else held, 1 if event is None else event


def _is_character(code: int) -> bool:
    """Whether a code is that of a character one can type: neither a control, a surrogate nor beyond Unicode."""
    return 32 <= code < 127 or 160 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF


def _numbers(field: str) -> list[int | None] | None:
    """The sub-parameters of one parameter; None where one is no number, or far too large."""
    numbers: list[int | None] = []
    for part in field.split(":"):
        if len(part) > MOST_DIGITS or (part and not (part.isascii() and part.isdecimal())):
            return None
        numbers.append(int(part) if part else None)
    return numbers


def _mode_report(body: str) -> ModeReport | None:
    mode, _, setting = body.partition(";")
    numbers = (_numbers(mode), _numbers(setting))
    if not (numbers[0] and numbers[1] and len(numbers[0]) == len(numbers[1]) == 1):
        return None
    return ModeReport(numbers[0][0] or 0, numbers[1][0] or 0)


def _sgr_mouse(body: str, is_release: bool) -> Mouse | None:
    fields = [_numbers(field) for field in body.split(";")]
    if len(fields) != 3 or any(field is None or len(field) != 1 for field in fields):
        return None
    code, x, y = (field[0] for field in fields if field)
    return None if code is None else mouse(code, x or 0, y or 0, is_release)


def _urxvt_mouse(body: str, final: str) -> Mouse | None:
    fields = [_numbers(field) for field in body.split(";")]
    if final != "M" or len(fields) != 3 or any(field is None or len(field) != 1 for field in fields):
        return None
    code, x, y = (field[0] for field in fields if field)
    return None if code is None else _without_sgr(code, x or 0, y or 0)


def x10_mouse(characters: str) -> Mouse | None:
    """``CSI M`` and three characters."""
    code, x, y = (ord(character) - 32 for character in characters)
    return _without_sgr(code + 32, x, y)


def _without_sgr(code: int, x: int, y: int) -> Mouse | None:
    """Of reports that do not say which button was released."""
    code -= 32
    if code < 0:
        return None
    is_release = code & 3 == 3 and not code & (32 | 64)
    return mouse(code & ~3 if is_release else code, x, y, is_release)


def mouse(code: int, x: int, y: int, is_release: bool) -> Mouse | None:
    """A report of which the cells count from 1; None where it tells of no cell, or of a button nobody has."""
    if not (1 <= x < 10_000 and 1 <= y < 10_000 and code < 128):
        return None
    return Mouse(code, x - 1, y - 1, is_release)
