"""Mouse reports of the terminal: SGR, urxvt and X10."""

from __future__ import annotations

from mum_tui.tui.terminal.tokens import Mouse, numbers_in


def sgr_mouse(body: str, is_release: bool) -> Mouse | None:
    fields = [numbers_in(field) for field in body.split(";")]
    if len(fields) != 3 or any(field is None or len(field) != 1 for field in fields):
        return None
    code, x, y = (field[0] for field in fields if field)
    return None if code is None else _event(code, x or 0, y or 0, is_release)


def urxvt_mouse(body: str, final: str) -> Mouse | None:
    fields = [numbers_in(field) for field in body.split(";")]
    if final != "M" or len(fields) != 3 or any(field is None or len(field) != 1 for field in fields):
        return None
    code, x, y = (field[0] for field in fields if field)
    return None if code is None else _without_sgr(code, x or 0, y or 0)


def x10_mouse(characters: str) -> Mouse | None:
    """``CSI M`` and three characters."""
    code, x, y = (ord(character) - 32 for character in characters)
    return _without_sgr(code + 32, x, y)


def _without_sgr(code: int, x: int, y: int) -> Mouse | None:
    """The event of a report that does not say which button was released."""
    code -= 32
    if code < 0:
        return None
    is_release = code & 3 == 3 and not code & (32 | 64)
    return _event(code & ~3 if is_release else code, x, y, is_release)


def _event(code: int, x: int, y: int, is_release: bool) -> Mouse | None:
    """The event of a report whose cells count from 1; None for an impossible cell or button."""
    if not (1 <= x < 10_000 and 1 <= y < 10_000 and code < 128):
        return None
    return Mouse(code, x - 1, y - 1, is_release)
