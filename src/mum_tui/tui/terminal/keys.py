"""Parses a complete sequence of a terminal into a token: a key, focus, a mode report; or nothing.

Sources: ECMA-48 (control sequences), XTerm Control Sequences (keys, mouse, modifyOtherKeys), the kitty keyboard
protocol (``CSI u``, event types, alternates, text). Key names are Textual's, but Textual is not imported.
"""

from __future__ import annotations

from mum_tui.key_names import SHIFTED, of_character, with_modifiers
from mum_tui.text import clean
from mum_tui.tui.terminal.mouse import sgr_mouse, urxvt_mouse
from mum_tui.tui.terminal.tokens import Focus, Key, ModeReport, Paste, Token, numbers_in

PASTE_BEGINS = "200"
"""The parameter of ``CSI … ~`` before a pasted text."""

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
"""``CSI 1 ; modifiers letter``. ``R`` is missing because it also ends a report of the cursor position."""

_RXVT_LETTERS = {"a": "shift+up", "b": "shift+down", "c": "shift+right", "d": "shift+left"}

KEYPAD_LETTERS = {
    **{chr(ord("p") + digit): str(digit) for digit in range(10)},
    **dict(zip("jklmnoX", "*+,-./=", strict=True)),
}
"""``SS3 letter`` of the keypad in application mode."""

_SS3 = {
    **{letter: Key(name) for letter, name in _LETTERS.items()},
    "R": Key("f3"),
    "M": Key("enter", "\r"),
    "a": Key("ctrl+up"),
    "b": Key("ctrl+down"),
    "c": Key("ctrl+right"),
    "d": Key("ctrl+left"),
    **{letter: Key(of_character(character), character) for letter, character in KEYPAD_LETTERS.items()},
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
_TYPED = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b", "space": " "}

_FIRST_PRIVATE, _LAST_PRIVATE = 57344, 63743
_PRIVATE_RUNS = (
    (57358, "caps_lock scroll_lock num_lock print_screen pause menu"),
    (57376, " ".join(f"f{number}" for number in range(13, 36))),
    (57414, "enter"),
    (57417, "left right up down pageup pagedown home end insert delete kp_begin"),
)
_PRIVATE = {first + at: name for first, names in _PRIVATE_RUNS for at, name in enumerate(names.split())}
"""Keys that have numbers in kitty's protocol; not the keypad's characters, modifiers pressed alone, media keys."""

_KEYPAD = {57399 + at: ord(character) for at, character in enumerate("0123456789./*-+")}
_KEYPAD |= {57415: ord("="), 57416: ord(",")}
"""The characters of the keypad by their numbers in kitty's protocol."""

_SHIFT, _ALT, _CTRL = 1, 2, 4
_MODIFIERS = ((_SHIFT, "shift"), (_ALT, "alt"), (_CTRL, "ctrl"), (8, "super"), (16, "hyper"), (32, "alt"))
"""The last is meta, which other terminals do not tell from alt."""

_LOCKS = 64 | 128


def character_name(character: str) -> str:
    """Textual's name of the key that types ``character``; for one without a Unicode name, the character."""
    return of_character(character) or character


def typed(character: str) -> Key | None:
    """The key for a character outside of sequences; None for a control character that no key sends."""
    if character >= " " and not "\x7f" <= character <= "\x9f":
        return Key(character_name(character), character)
    if character in _CONTROLS:
        return _CONTROLS[character]
    return Key(f"ctrl+{chr(ord(character) + 0x60)}", character) if character < " " else None


def with_alt(character: str) -> Key | None:
    """The key for ``ESC character``. It types no character, so only bindings of alt and a key react to it."""
    key = typed(character)
    return None if key is None else _modified(key.name, _ALT)


def console_key(letter: str) -> Key | None:
    """``CSI [ letter``."""
    return Key(_CONSOLE[letter]) if letter in _CONSOLE else None


def rxvt_with_shift(body: str) -> Key | None:
    """``CSI number $`` of rxvt, a key with shift. No other key or answer has a dollar behind a single number."""
    if not body.isdecimal() or len(body) > 2 or int(body) in (1, 4):
        return None
    return _named(_NUMBERS.get(int(body), ""), 1 + _SHIFT, 1)


def ss3(parameters: str, final: str) -> Key | Paste | None:
    """``SS3 final``, with modifiers that some terminals write between the two."""
    key = _SS3.get(final)
    if key is None or not parameters:
        return key
    values = numbers_in(parameters.rpartition(";")[2])
    if values and key.character and final in KEYPAD_LETTERS:
        code = ord(key.character)
        return _kitty([code], values[0] or 1, 1, [code])
    return _named(key.name, values[0] or 1, 1) if values else None


def csi(body: str, final: str) -> Token | None:
    """``CSI body final``; None for unexpected reports, invalid sequences and released keys."""
    if final == "y" and body.startswith("?") and body.endswith("$"):
        return _mode_report(body[1:-1])
    if final in "Mm":
        return sgr_mouse(body[1:], final == "m") if body.startswith("<") else urxvt_mouse(body, final)
    if final in "IO":
        return None if body else Focus(final == "I")
    fields = [numbers_in(field) for field in body.split(";")]
    if any(field is None for field in fields):
        return None
    return _key([field or [None] for field in fields], final)


def _key(fields: list[list[int | None]], final: str) -> Key | Paste | None:
    """A key, or text that no key types; ``fields`` has the sub-parameters of each parameter, None for empty ones."""
    modifiers, event = _modifiers(fields[1]) if len(fields) > 1 else (1, 1)
    first = fields[0][0]
    if final == "u":
        return _kitty(fields[0], modifiers, event, fields[2] if len(fields) > 2 else [])
    if final == "~" and first == 27 and len(fields) == 3:  # modifyOtherKeys
        return _kitty(fields[2], modifiers, 1, fields[2])  # the code is of what is typed
    if len(fields) > 2 or len(fields[0]) > 1:
        return None
    if final == "~":
        return _named(_NUMBERS.get(first or 0, ""), modifiers, event)
    if final in "^@":  # rxvt: with ctrl, and with shift
        held = _CTRL | _SHIFT if final == "@" else _CTRL
        return _named(_NUMBERS.get(first or 0, ""), 1 + held, 1) if len(fields) == 1 else None
    if first not in (None, 1):
        return None
    if final == "Z":
        return _named("tab", (modifiers - 1 | _SHIFT) + 1, event)
    if final in _RXVT_LETTERS:
        return Key(_RXVT_LETTERS[final]) if len(fields) == 1 and first is None else None
    return _named(_LETTERS.get(final, ""), modifiers, event)


def _kitty(codes: list[int | None], modifiers: int, event: int, texts: list[int | None]) -> Key | Paste | None:
    """``CSI code:shifted:base ; modifiers:event ; text u``."""
    code = codes[0]
    if code is None or event not in (1, 2) or not 1 <= modifiers <= 256:
        return None
    if name := _CODES.get(code) or _PRIVATE.get(code):
        return _named(name, modifiers, event)
    bits = (modifiers - 1) & ~_LOCKS
    text = "".join(chr(number) for number in texts if number is not None and _is_character(number))
    if code == 0:  # text without a key, of an input method
        return _text(text) if not bits & ~(_SHIFT | _ALT) else None
    if code in _KEYPAD:
        code = _KEYPAD[code]
        text = text or chr(code)
    if _FIRST_PRIVATE <= code <= _LAST_PRIVATE or not _is_character(code):
        return None
    shifted = codes[1] if bits & _SHIFT and len(codes) > 1 else None
    shifted = shifted if shifted is not None and _is_character(shifted) else None
    if text and (not bits & ~_SHIFT or (bits & ~_SHIFT == _ALT and not _is_on_key(text, code, shifted))):
        return _text(text)
    if not bits:
        return typed(chr(code))
    if bits == _SHIFT and (shifted is not None or not chr(code).isdecimal()):
        # Without a text, a terminal that does not know the protocol sent the sign that shift gave.
        upper = chr(code).upper() if shifted is None else chr(shifted)
        return typed(upper if len(upper) == 1 else chr(code))
    return _modified(character_name(chr(code)), bits)


def _text(text: str) -> Key | Paste | None:
    """What an associated text is. Several characters may spell the name of a key, but no key types them."""
    if len(text) == 1:
        return Key(character_name(text), text)
    return Paste(clean(text)) if text else None


def _is_on_key(text: str, code: int, shifted: int | None) -> bool:
    """Whether a key types ``text`` without alt, alone or with shift: then alt was held for a binding.

    Another text is one that the user's layout has on alt, as keyboards on macOS have.
    """
    own = chr(code)
    return text in (own, own.lower(), own.upper(), SHIFTED.get(own) if shifted is None else chr(shifted))


def _named(name: str, modifiers: int, event: int) -> Key | None:
    """The key with a name and modifiers; None for no name, a released key or invalid modifiers."""
    if not name or event not in (1, 2) or not 1 <= modifiers <= 256:
        return None
    return _modified(name, (modifiers - 1) & ~_LOCKS)


def _modified(name: str, bits: int) -> Key:
    *before, key = name.split("+")
    names = {modifier for bit, modifier in _MODIFIERS if bits & bit} | set(before)
    if names and len(key) == 1 and key.isupper():
        if bits & _ALT:
            names.add("shift")
        key = key.lower() if len(key.lower()) == 1 else key
    whole = with_modifiers(names, key)
    return Key(whole, _TYPED.get(whole))


def _modifiers(field: list[int | None]) -> tuple[int, int]:
    """The bits of the modifiers plus one, and whether the key was pressed (1), repeated (2) or released (3)."""
    bits, event = [*field, None][:2]
    return 1 if bits is None else bits, 1 if event is None else event


def _is_character(code: int) -> bool:
    """Whether a code is of a character that a key can type: no control character, no surrogate, within Unicode."""
    return 32 <= code < 127 or 160 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF


def _mode_report(body: str) -> ModeReport | None:
    mode, _, setting = body.partition(";")
    numbers = (numbers_in(mode), numbers_in(setting))
    if not (numbers[0] and numbers[1] and len(numbers[0]) == len(numbers[1]) == 1):
        return None
    return ModeReport(numbers[0][0] or 0, numbers[1][0] or 0)
