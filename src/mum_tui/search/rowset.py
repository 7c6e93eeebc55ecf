"""Sets of row numbers as integers: bit *n* stands for row *n*, so that ``&``, ``|``, ``~`` work on sets."""

from __future__ import annotations

from collections.abc import Iterable


def of_rows(rows: Iterable[int], size: int) -> int:
    """The set of these rows, all below ``size``."""
    octets = bytearray(size // 8 + 1)
    for row in rows:
        octets[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(octets, "little")


def of_flags(flags: Iterable[bool]) -> int:
    """The set of the rows whose flag is true, counted from the first."""
    digits = ["1" if flag else "0" for flag in flags]
    digits.reverse()
    return int("".join(digits) or "0", 2)


def flags(rows: int, size: int) -> list[bool]:
    """For each of ``size`` rows whether it is in the set."""
    return [digit == "1" for digit in reversed(format(rows, f"0{size}b"))] if size else []
