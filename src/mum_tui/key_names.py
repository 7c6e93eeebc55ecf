"""Names of keys: from what people write to Textual's names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from contextlib import suppress

from mum_tui.problems import nearest

_PLAIN = {
    # What people write, folded: what Textual calls it.
    "esc": "escape",
    "return": "enter",
    "ret": "enter",
    "cr": "enter",
    "kpenter": "enter",
    "↵": "enter",
    "⏎": "enter",
    "spc": "space",
    "spacebar": "space",
    "␣": "space",
    "⎋": "escape",
    "⇥": "tab",
    "⇤": "shift+tab",
    "⌫": "backspace",
    "⌦": "delete",
    "^?": "backspace",
    "del": "delete",
    "ins": "insert",
    "bs": "backspace",
    "bksp": "backspace",
    "bspace": "backspace",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "pagedn": "pagedown",
    "prior": "pageup",
    "next": "pagedown",
    "↓": "down",
    "↑": "up",
    "←": "left",
    "→": "right",
    "arrowdown": "down",
    "arrowup": "up",
    "arrowleft": "left",
    "arrowright": "right",
    "downarrow": "down",
    "uparrow": "up",
    "leftarrow": "left",
    "rightarrow": "right",
    "questionmark": "question_mark",
    "hash": "number_sign",
    "star": "asterisk",
    "dash": "minus",
    "hyphen": "minus",
    "dot": "full_stop",
    "period": "full_stop",
    "equals": "equals_sign",
    "equal": "equals_sign",
    "quote": "apostrophe",
    "singlequote": "apostrophe",
    "doublequote": "quotation_mark",
    "backtick": "grave_accent",
    "grave": "grave_accent",
    "question": "question_mark",
    "exclam": "exclamation_mark",
    "exclamation": "exclamation_mark",
    "bang": "exclamation_mark",
    "bar": "vertical_line",
    "pipe": "vertical_line",
    "caret": "circumflex_accent",
    "dollar": "dollar_sign",
    "percent": "percent_sign",
    "less": "less_than_sign",
    "greater": "greater_than_sign",
    "backtab": "shift+tab",
    "btab": "shift+tab",
}
_REPLACED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Unicode names of characters for which Textual has a shorter name."""

SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
"""What the keys of a US keyboard that are no letters type with shift."""

_SAME = {
    "ctrl+m": "enter",
    "ctrl+i": "tab",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
    "ctrl+newline": "ctrl+j",
    "ctrl+at": "ctrl+space",
    "ctrl+slash": "ctrl+underscore",
    "ctrl+question_mark": "backspace",
    "alt+tab": "shift+tab",
    "shift+space": "space",
    "shift+backspace": "backspace",
}
"""Combinations that terminals send as another key, and that key. ``alt+tab`` is how the Linux console sends it."""

_MODIFIERS = {
    "ctrl": "ctrl",
    "control": "ctrl",
    "strg": "ctrl",
    "⌃": "ctrl",
    "c": "ctrl",
    "^": "ctrl",
    "alt": "alt",
    "meta": "alt",
    "option": "alt",
    "opt": "alt",
    "⌥": "alt",
    "m": "alt",
    "a": "alt",
    "shift": "shift",
    "s": "shift",
    "⇧": "shift",
    "super": "super",
    "cmd": "super",
    "command": "super",
    "win": "super",
    "⌘": "super",
    "hyper": "hyper",
}


def of_character(character: str) -> str:
    """Textual's name of the key that types ``character``: ``question_mark`` for ``?``; a letter is its own name."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _REPLACED.get(name, name)


_SHIFTED_NAMES = frozenset(map(of_character, SHIFTED.values()))


def with_modifiers(modifiers: Collection[str], key: str) -> str:
    """Textual's name of a key held with modifiers. Keys that terminals send as one have one name.

    What types a sign with shift may be sent with and without shift, so that does not count.
    """
    held = set(modifiers) - ({"shift"} if key in _SHIFTED_NAMES else set())
    if "ctrl" in held <= {"ctrl", "alt"} and (same := _SAME.get(f"ctrl+{key}")):
        *others, key = same.split("+")
        held = held - {"ctrl"} | set(others)
    whole = "+".join([*sorted(held), key])
    return _SAME.get(whole, whole)


_NAMED = (
    *("enter", "escape", "tab", "space", "backspace", "delete", "insert"),
    *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
)
_WORDS = frozenset([*_NAMED, *(f"f{number}" for number in range(1, 25))])
_CHARACTERS = frozenset(of_character(chr(code)) for code in range(33, 127) if not chr(code).isalnum())
_FOLDED = {name.replace("_", ""): name for name in _WORDS | _CHARACTERS} | _PLAIN


_TYPED = "write the character that the two keys type, such as !"


class UnknownKey(ValueError):
    """No key has this name; ``hint`` says what may be meant, or is empty."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(name)
        self.hint = hint


def split(keys: str) -> list[str]:
    """The names in a list of keys, separated by commas or spaces; ``1…9`` stands for the nine digits."""
    joined = re.sub(r"(?<=\w)\s*\+\s*(?=\S)", "+", keys)
    joined = re.sub(r"(?i)(?<![\w+-])(ctrl|control|alt|meta|shift)[ ]+(?=[^\s,])", r"\1+", joined)
    joined = re.sub(r"(?i)\b(up|down|left|right)[ _-]+arrow\b", r"\1", joined)
    joined = re.sub(r"(?i)\bspace[ _-]+bar\b", "space", joined)
    joined = re.sub(r"(?i)\b(page|pg)[ _-]+(up|down|dn)\b", r"\1\2", joined)
    joined = re.sub(r"(?<![^\s,])1(?:…|\.\.\.?|-)9(?![^\s,])", ",".join("123456789"), joined)
    return [name for name in re.split(r"[,\s]+", joined) if name]


_ALT_AND_CAPITAL = re.compile(r"(alt|meta|option|opt|[mMaA])[+-]")
"""Before a capital: it means shift. In ``Alt+X``, as on the labels of keys, and in ``Ctrl+X`` it does not."""


def normalised(name: str) -> str:
    """Textual's name of a key: ``Ctrl+Q``, ``C-q`` and ``^q`` are ``ctrl+q``.

    Raises:
        UnknownKey: no key has this name.
    """
    bare = name[1:-1] if len(name) > 3 and name[0] == "<" and name[-1] == ">" else name
    modifiers, key = _modifiers(bare, name)
    if modifiers == {"alt"} and len(key) == 1 and key.isupper() and _ALT_AND_CAPITAL.match(bare):
        modifiers.add("shift")
    base = _base(key, name)
    if "+" in base:  # a name that includes a modifier, such as backtab
        extra, _, base = base.rpartition("+")
        modifiers.add(extra)
    if len(base) == 1 and base.isalpha():
        if modifiers == {"shift"}:
            if len(base.upper()) > 1:  # no key types SS
                raise UnknownKey(name, _TYPED)
            return base.upper()
        base = base.lower() if modifiers and len(base.lower()) == 1 else base
    elif modifiers == {"shift"} and base not in _WORDS:
        raise UnknownKey(name, _TYPED)
    return with_modifiers(modifiers, base)


def _modifiers(bare: str, name: str) -> tuple[set[str], str]:
    """The modifiers in a name, and the rest of it."""
    if len(bare) == 2 and bare[0] == "^":
        return {"ctrl"}, bare[1]
    modifiers: set[str] = set()
    while len(bare) > 1 and bare[0] in "⌃⌥⇧⌘":
        modifiers.add(_MODIFIERS[bare[0]])
        bare = bare[1:].removeprefix("+")
    while match := re.match(r"(\w+|\^)[+-](?=.)", bare):
        word = match[1].lower()
        if word not in _MODIFIERS:
            near = nearest(word, [known for known in _MODIFIERS if len(known) > 1])
            if word in ("arrow", "page"):
                break
            raise UnknownKey(name, f"did you mean {near[0]}{bare[match.end() - 1 :]}?" if near else "")
        modifiers.add(_MODIFIERS[word])
        bare = bare[match.end() :]
    return modifiers, bare


def _is_typed(character: str) -> bool:
    """Whether a key may type a character alone: nothing invisible, and no mark that belongs to a letter."""
    return character.isprintable() and not unicodedata.category(character).startswith("M")


def _hint_on_character(character: str) -> str:
    kind = unicodedata.category(character)
    return f"U+{ord(character):04X} cannot be typed alone" if kind == "Cf" or kind.startswith("M") else ""


def _base(key: str, name: str) -> str:
    if len(key) == 1 and key not in _PLAIN:
        if _is_typed(key) and (made := of_character(key)):
            return made
        raise UnknownKey(name, _hint_on_character(key))
    folded = re.sub(r"[_ -]", "", key.lower())
    if folded in _FOLDED:
        return _FOLDED[folded]
    with suppress(KeyError):  # the Unicode name of a character, as Textual uses it
        named = unicodedata.lookup(key.replace("_", " "))  # some names are those of several characters
        if len(named) == 1 and _is_typed(named) and (made := of_character(named)):
            return made
    if len(key) == 2 and key.isprintable() and key[0] == key[1]:
        raise UnknownKey(name, f"one key does one thing: write {key[0]}")
    if hint := _hint(name):
        raise UnknownKey(name, hint)
    near = nearest(folded, sorted(_FOLDED, key=lambda name: (len(name), name)))  # sorted: always the same hint
    raise UnknownKey(name, f"did you mean {_FOLDED[near[0]]}?" if near else "")


_UNBINDS = frozenset({"none", "null", "nil", "unbound", "off", "false", "disabled", "noop", "nop", "<nop>"})
_WORDS_BETWEEN = frozenset({"or", "and", "then"})


def _hint(name: str) -> str:
    """What to write in place of an unknown name, if the meaning is clear; else empty."""
    lower = name.lower()
    if lower in _UNBINDS:
        return "every action needs a key: remove the line, or choose another key"
    if lower in _WORDS_BETWEEN:
        return "put commas between keys"
    if lower in _MODIFIERS:
        return f"add the key to press with it, as in {_MODIFIERS[lower]}+x"
    if len(parts := re.split(r"[;|/]", name)) > 1 and all(map(_is_known, parts)):
        return f"put commas between keys: {','.join(parts)}"
    combined = re.fullmatch(r"(?i)(ctrl|control|alt|meta|shift)[_.:~]?(\w+)", name)
    bare = name.strip("\"'`[](){}<>\\")
    digit = re.fullmatch(r"(?i)(?:kp|keypad|num|numpad|digit|key)[_-]?(\w)", name)
    for suggested in (f"{combined[1].lower()}+{combined[2]}" if combined else "", bare, digit[1] if digit else ""):
        if suggested != name and _is_known(suggested):
            return f"did you mean {normalised(suggested)}?"
    return ""


def _is_known(name: str) -> bool:
    if not name:
        return False
    try:
        normalised(name)
    except UnknownKey:
        return False
    return True
