"""Parses bytes from a terminal into tokens: keys, pastes, mouse events, focus, requested reports. Drops all else.

A state machine after ECMA-48 and the parser of DEC's terminals. A sequence may arrive in pieces, and late: no part of
it ever becomes text or a key. The caller tells the time, which counts only while there is nothing to read. Memory is
limited to ``MOST_UNFINISHED`` characters of a sequence and ``MOST_PASTED`` of a paste. Nothing raises.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection

from mum_tui.text import clean
from mum_tui.tui.terminal import keys
from mum_tui.tui.terminal.mouse import x10_mouse
from mum_tui.tui.terminal.tokens import ESCAPE, Key, ModeReport, Paste, Token

PATIENCE_SECONDS = 1.0
"""After this many seconds without input, an unfinished sequence is given up."""

LATE_SECONDS = 4.0
"""For this many seconds after that, its rest is still recognised."""

SOON_SECONDS = 0.5
"""For this many seconds after a lone ESC, its rest may also be what terminals seldom send, but people type."""

PASTE_SECONDS = 5.0
"""After this many seconds without input, what has come of a paste is given out; its rest is still no key."""

MOST_UNFINISHED = 1024
"""The most characters of a sequence; a longer one is dropped."""

MOST_PASTED = 1_000_000
"""The most characters of a pasted text; the rest is dropped."""

_ESC, _BEL, _ST = "\x1b", "\x07", "\x9c"
_SS3 = _ESC + "O"
_CANCELS = "\x18\x1a"
_STRINGS = "]P_^X"
"""After ESC: OSC, DCS, APC, PM, SOS. All end with ST, OSC also with BEL."""

_C1 = frozenset("\x8f\x90\x98\x9b\x9c\x9d\x9e\x9f")
"""SS3, DCS, SOS, CSI, ST, OSC, PM, APC as single characters."""

_PASTE_ENDS = ("\x1b[201~", "\x9b201~")
_LETS_GO = frozenset({"escape", "ctrl+c"})
"""Keys that end a paste whose end mark does not come."""

_MOST_LETTING_GO = 64
"""The most characters that are looked at for such a key."""

_CSI_BEGINS = "0123456789;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OSC_BEGINS = "0123456789lLI"
"""What terminals send right behind the introducer."""

_ERRORS = "mum-tui-terminal-input"


def _undecodable(error: UnicodeError) -> tuple[str, int]:
    """What to decode a byte to that is not UTF-8: a single-byte control character, else U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    single = chr(bad[0])
    return single if len(bad) == 1 and single in _C1 else "\ufffd", error.end


codecs.register_error(_ERRORS, _undecodable)


class TerminalInput:
    """The parser. ``feed`` takes bytes, ``expire`` the passing of time; both return the tokens that are complete.

    Args:
        escape_seconds: after this many seconds without input, a single ESC is the escape key.
        asked: the DEC modes that the terminal was asked about; one report of each is accepted.

    The tokens do not depend on how the bytes are cut, as long as the pieces follow each other quickly.

    A paste that stalls for ``PASTE_SECONDS`` goes on until its end mark, as further pastes, or until Escape or ctrl+c
    comes alone, with ``PATIENCE_SECONDS`` of silence before and after, which only ends the paste.
    """

    def __init__(self, escape_seconds: float = 0.1, asked: Collection[int] = ()) -> None:
        self._escape_seconds = escape_seconds
        self._asked = set(asked)
        self._decoder = codecs.getincrementaldecoder("utf-8")(_ERRORS)
        self._tokens: list[Token] = []
        self._state: Callable[[str, int], int] = self._ground
        self._unfinished = ""
        self._string = ""
        self._pasted: list[str] = []
        self._pasted_length = 0
        self._has_stalled = False
        self._is_silent = False
        self._last = 0.0
        self._given_up = ""
        self._given_up_at = 0.0
        self._is_soon = False
        self._cut_character = b""

    @property
    def deadline(self) -> float | None:
        """When to call ``expire`` if there is no input before; None if nothing is unfinished."""
        if self._state == self._paste:
            if self._has_stalled:
                return None if self._is_silent else self._last + PATIENCE_SECONDS
            return self._last + PASTE_SECONDS
        if self._decoder.getstate()[0] or self._state != self._ground:
            return self._last + PATIENCE_SECONDS
        if self._unfinished:
            is_typed = _may_be_key(self._unfinished) or self._unfinished == _SS3  # alt+O, and then a letter
            return self._last + (self._escape_seconds if is_typed else PATIENCE_SECONDS)
        return None

    def feed(self, data: bytes, now: float) -> list[Token]:
        """The tokens that are complete with ``data``, which was read at ``now`` seconds of a monotonic clock.

        However late that is, the data may have waited for the reader: only ``expire`` gives anything up.
        """
        self._last = now
        self._is_silent = False
        completes = bool(self._given_up and self._cut_character and b"\x80" <= data[:1] < b"\xc0")
        if completes:
            data = self._cut_character + data
        self._cut_character = b""
        text = self._decoder.decode(data)
        if self._given_up and text:
            whole = text + "\ufffd" * bool(self._decoder.getstate()[0])
            if _is_rest(self._given_up, whole, self._is_soon) or (completes and len(text) == 1):
                text = _with_opening(self._given_up, text)
            self._given_up = ""
        self._parse(text)
        return self._take_tokens()

    def expire(self, now: float) -> list[Token]:
        """The tokens of unfinished input that has waited too long for its rest; the remainder is given up.

        To be called only when there was nothing to read at ``now`` or later.
        """
        if now - self._given_up_at >= SOON_SECONDS:
            self._is_soon = False
        if now - self._given_up_at >= LATE_SECONDS:
            self._given_up = ""
        deadline = self.deadline
        if deadline is None or now < deadline:
            return []
        if self._state == self._paste:
            self._stall(now)
            return self._take_tokens()
        if self._state == self._in_string or (self._given_up and self._given_up[1:2] in _STRINGS):
            # Without its beginning, the rest of a character could be taken for the end of the string.
            self._cut_character = self._decoder.getstate()[0]
            self._decoder.reset()
        else:
            self._end_character()
        unfinished, self._unfinished = self._unfinished, ""
        if self._state == self._ground and unfinished:
            if unfinished == _ESC:
                self._tokens.append(ESCAPE)
            elif _may_be_key(unfinished):
                self._add(keys.with_alt(unfinished[1]))
            self._give_up(unfinished, now)
        elif self._state != self._ground:
            self._give_up(_ESC + (self._string or "[") + unfinished, now)
        self._state = self._ground
        return self._take_tokens()

    def _end_character(self) -> None:
        """Decode a character whose remaining bytes have not come."""
        if self._decoder.getstate()[0]:
            text = self._decoder.decode(b"", final=True)
            self._decoder.reset()
            self._parse(text)

    def _give_up(self, opening: str, now: float) -> None:
        if opening[0] in _C1:
            opening = _ESC + chr(ord(opening[0]) - 0x40) + opening[1:]
        self._given_up, self._given_up_at, self._is_soon = opening, now, True

    def _take_tokens(self) -> list[Token]:
        tokens, self._tokens = self._tokens, []
        return tokens

    def _add(self, token: Token | None) -> None:
        if isinstance(token, ModeReport):
            if token.mode not in self._asked:
                return
            self._asked.discard(token.mode)
        if token is not None:
            self._tokens.append(token)

    def _parse(self, text: str) -> None:
        text = self._unfinished + text
        self._unfinished = ""
        at = 0
        while at < len(text):
            at = self._state(text, at)

    # -- The states. Each parses ``text`` from ``at`` on and returns where the next one continues.

    def _wait_for_rest(self, text: str, start: int) -> int:
        """The sequence is unfinished: store it until its rest comes."""
        if len(text) - start > MOST_UNFINISHED:
            self._state = self._long
        else:
            self._unfinished = text[start:]
        return len(text)

    def _ground(self, text: str, at: int) -> int:
        char = text[at]
        if char in _C1:
            return self._introduced(chr(ord(char) - 0x40), text, at, at + 1)
        if char != _ESC:
            self._add(keys.typed(char))
            return at + 1
        if at + 1 == len(text):
            return self._wait_for_rest(text, at)
        if text[at + 1] == _ESC:  # the first one was the key
            self._tokens.append(ESCAPE)
            return at + 1
        return self._introduced(text[at + 1], text, at, at + 2)

    def _introduced(self, kind: str, text: str, start: int, at: int) -> int:
        """Parse what follows ESC and ``kind``, from ``at`` on."""
        if kind == "[":
            return self._csi(text, start, at)
        if kind == "O":
            return self._ss3(text, start, at)
        if kind in _STRINGS:
            self._string, self._state = kind, self._in_string
            return at
        if " " <= kind <= "/":
            return self._charset(text, start, at)
        if text[start] == _ESC:
            self._add(keys.with_alt(kind))
        return at

    def _charset(self, text: str, start: int, at: int) -> int:
        """``ESC`` intermediates final: no terminal sends it; the final character is not a key."""
        while at < len(text) and " " <= text[at] <= "/":
            at += 1
        if at == len(text):
            return self._wait_for_rest(text, start)
        if "0" <= text[at] <= "~":
            return at + 1
        self._add(keys.with_alt(text[start + 1]))
        return at

    def _csi(self, text: str, start: int, at: int) -> int:
        end = at
        while end < len(text) and not "@" <= text[end] <= "~":
            if text[end] == _ESC or text[end] in _C1:
                return end
            if text[end] in _CANCELS:
                return end + 1
            if text[end] == "$" and end - at <= 2 and (key := keys.rxvt_with_shift(text[at:end])):
                self._add(key)
                return end + 1
            end += 1
        if end == len(text):
            return self._wait_for_rest(text, start)
        body, final = text[at:end], text[end]
        end += 1
        if not body and final in "[M":
            return self._csi_with_more(final, text, start, end)
        if final == "~" and body == keys.PASTE_BEGINS:
            self._state = self._paste
        else:
            self._add(keys.csi(body, final))
        return end

    def _csi_with_more(self, final: str, text: str, start: int, at: int) -> int:
        """A function key of the Linux console, or a mouse report without SGR: both go on after the final character.

        The three characters of a report are cells and may be any, but ESC: a cell that far off is rarer than a cut.
        """
        end = at + (1 if final == "[" else 3)
        more = text[at:end]
        for position, char in enumerate(more):
            if char == _ESC or (final == "[" and (char < " " or char in _C1)):
                return at + position
        if end > len(text):
            return self._wait_for_rest(text, start)
        self._add(keys.console_key(more) if final == "[" else x10_mouse(more))
        return end

    def _ss3(self, text: str, start: int, at: int) -> int:
        end = at
        while end < len(text) and "0" <= text[end] <= ";":
            end += 1
        if end == len(text):
            return self._wait_for_rest(text, start)
        if text[end] < " " or text[end] in _C1:
            return end
        self._add(keys.ss3(text[at:end], text[end]))
        return end + 1

    def _long(self, text: str, at: int) -> int:
        """In a control sequence that is too long."""
        for end in range(at, len(text)):
            char = text[end]
            if char == _ESC or char in _C1 or char in _CANCELS or "@" <= char <= "~":
                self._state = self._ground
                return end if char == _ESC or char in _C1 else end + 1
        return len(text)

    def _in_string(self, text: str, at: int) -> int:
        """In an OSC, DCS, APC, PM or SOS, all of which are dropped."""
        ends = _ESC + _ST + _CANCELS + (_BEL if self._string == "]" else "")
        positions = [position for char in ends if (position := text.find(char, at)) >= 0]
        if not positions:
            return len(text)
        end = min(positions)
        if text[end] == _ESC:
            if end + 1 == len(text):
                self._unfinished = _ESC
                return len(text)
            self._leave_string()
            if text[end + 1] == _ESC:  # the first one began the ST of a truncated string
                return end + 1
            return end + 2 if text[end + 1] == "\\" else end
        self._leave_string()
        return end + 1

    def _leave_string(self) -> None:
        self._string, self._state = "", self._ground

    # -- pastes

    def _paste(self, text: str, at: int) -> int:
        positions = [(position, len(end)) for end in _PASTE_ENDS if (position := text.find(end, at)) >= 0]
        if positions:
            position, length = min(positions)
            self._add_pasted(text[at:position])
            self._end_paste()
            return position + length
        rest = next((size for size in range(5, 0, -1) if text[at:].endswith(tuple(e[:size] for e in _PASTE_ENDS))), 0)
        self._add_pasted(text[at : len(text) - rest])
        self._unfinished = text[len(text) - rest :]
        return len(text)

    def _add_pasted(self, text: str) -> None:
        room = MOST_PASTED - self._pasted_length
        if room > 0 and text:
            self._pasted.append(text[:room])
        self._pasted_length += len(text)

    def _end_paste(self) -> None:
        self._give_out_pasted()
        self._state, self._has_stalled = self._ground, False

    def _give_out_pasted(self) -> None:
        text = cleaned("".join(self._pasted))
        if text or not self._has_stalled:
            self._tokens.append(Paste(text, self._pasted_length > MOST_PASTED))
        self._pasted, self._pasted_length = [], 0

    def _stall(self, now: float) -> None:
        """Nothing more of a paste has come for long: give out what has, except the beginning of an end mark."""
        if self._has_stalled and self._lets_go():
            if self._unfinished:
                self._give_up(self._unfinished, now)  # the end mark may still come
            self._unfinished, self._pasted = "", []
            self._end_paste()
        else:
            self._give_out_pasted()
            self._has_stalled = self._is_silent = True

    def _lets_go(self) -> bool:
        """Whether all that came since the last silence is a key that ends a stalled paste."""
        if self._pasted_length > _MOST_LETTING_GO or self._decoder.getstate()[0]:
            return False
        parser = TerminalInput()
        found = parser.feed("".join([*self._pasted, self._unfinished]).encode(), 0)
        found += parser.expire(PATIENCE_SECONDS)
        return bool(found) and all(isinstance(token, Key) and token.name in _LETS_GO for token in found)


_SEQUENCES = (
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # CSI
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9b-\x9f]*+(?:\x07|\x1b\\|\x9c)"  # OSC
    r"|(?:\x1b[P_^X]|[\x90\x98\x9e\x9f])[^\x1b\x90\x98\x9b-\x9f]*+(?:\x1b\\|\x9c)"  # DCS, APC, PM, SOS
    r"|\x1b[ -/]*+[0-~]?"  # any other, and the rest of a truncated one
)


def cleaned(text: str) -> str:
    """A pasted text without escape sequences and control characters; line ends become line feeds, tabs stay.

    Characters that change the direction of writing become U+FFFD. The time is linear in the length of the text.
    """
    if text.isprintable():
        return text
    # Compiled here, at the first paste, and not at every start.
    text = re.sub(_SEQUENCES, "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean(re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]", "", text))


def _may_be_key(unfinished: str) -> bool:
    """Whether unfinished input can also be a key: escape, or alt with a sign that begins a charset sequence."""
    return unfinished == _ESC or (len(unfinished) == 2 and " " <= unfinished[1] <= "/")


def _with_opening(opening: str, text: str) -> str:
    """``text`` behind the opening that it continues; a key of the keypad comes at once or not."""
    whole = opening + text
    return whole[3:] if whole.startswith(_SS3) and whole[2:3] in keys.KEYPAD_LETTERS else whole


def _is_rest(opening: str, text: str, is_soon: bool) -> bool:
    """Whether ``text`` continues the sequence that begins with ``opening``.

    Nobody types ``ESC [``, so any character that can follow it does. After ESC, and in a string, a single character was
    typed by the user, unless it ends the string.
    """
    if opening == _ESC and (len(text) < 2 or _is_rather_typed(text, is_soon)):
        return False
    kind, at = (opening[1], 0) if opening[1:] else (text[0], 1)
    if kind in _STRINGS:
        ends = [position for end in ("\x1b\\", _ST, _BEL) if (position := text.find(end, at)) >= 0]
        if not ends:
            return (len(text) > 1 and _is_plain(text.removesuffix(_ESC))) or (opening[-1] + text[0] == "\x1b\\")
        return _is_plain(text[at : min(ends)]) or opening.endswith(_ESC)
    if opening.startswith("\x1b[M"):
        return text[0] != _ESC
    if kind == "[":
        return at == len(text) or " " <= text[at] <= "~"
    final = text[at:].lstrip("0123456789:;")[:1]
    is_key = keys.ss3("", final) is not None and final not in keys.KEYPAD_LETTERS
    return kind == "O" and (len(text) == at + 1 or not final or is_key)


def _is_rather_typed(text: str, is_soon: bool) -> bool:
    """Whether ``text``, which could be the rest of a lone ESC, is rather what the user typed behind the escape key.

    ``O``, ``[`` and ``]`` are keys of the browser. What terminals never send behind them was typed. What they seldom
    send is a rest only if it comes soon and alone: small letters, which only rxvt sends, for arrows with shift or ctrl.
    """
    kind, first = text[0], text[1]
    if kind == "]":
        return first not in _OSC_BEGINS and not any(end in text for end in ("\x1b\\", _ST, _BEL))
    if kind == "[":
        behind = text[2:3]
        is_usual = first in _CSI_BEGINS or (first == "[" and behind in ("A", "B", "C", "D", "E"))
        is_possible = first.islower() or first == "["
    elif kind == "O":
        rest = text[1:].lstrip("0123456789:;")
        final, behind = rest[:1], rest[1:2]
        is_usual = final.isupper() and keys.ss3("", final) is not None
        is_possible = not final or final.isalpha()
    else:
        return False
    return not is_usual and not (is_possible and is_soon and behind in ("", _ESC))


def _is_plain(text: str) -> bool:
    """Whether no character is a control character; spaces of any kind are none."""
    return not any(char < " " or "\x7f" <= char <= "\x9f" for char in text)
