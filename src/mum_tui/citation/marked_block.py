"""A block between two comment lines of somebody's BibTeX file: ours to replace, and nothing else is."""

from __future__ import annotations

import re

START = "% >>> mum-tui: bookmarks; sync-bib replaces what stands between these two lines"
END = "% <<< mum-tui: bookmarks"

_MARKER = re.compile(rb"^[ \t]*%[ \t]*(>>>|<<<) mum-tui: bookmarks\b[^\r\n]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)


class DamagedMarkers(Exception):
    """The marker lines are not one pair; ``line`` is where that shows, counted from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def own_lines(data: bytes) -> tuple[bytes, bytes, bool]:
    """What stands before and behind the block, and whether there is one. Raises ``DamagedMarkers``."""
    if b"\0" in data:
        raise DamagedMarkers(1, "this is no text in UTF-8 or a like encoding")
    found = list(_MARKER.finditer(data))
    for place, marker in enumerate(found):
        line = data.count(b"\n", 0, marker.start()) + 1
        if place > 1:
            raise DamagedMarkers(line, "a second block begins or ends here")
        if marker[1] != (b">>>", b"<<<")[place]:
            raise DamagedMarkers(line, "a block ends that did not begin" if place == 0 else "the block begins twice")
    if len(found) == 1:
        line = data.count(b"\n", 0, found[0].start()) + 1
        raise DamagedMarkers(line, f'the block that begins here does not end (its last line is "{END}")')
    return (data[: found[0].start()], data[found[1].end() :], True) if found else (data, b"", False)


def replaced(data: bytes, block: str) -> bytes:
    """``data`` with ``block`` as the content of its block, which comes to the end where there was none.

    Line endings are those of the file. Raises ``DamagedMarkers``.
    """
    before, behind, there = own_lines(data)
    ending = b"\r\n" if b"\r\n" in data and data.count(b"\r\n") * 2 > data.count(b"\n") else b"\n"
    if not there and before:
        before += (b"" if before.endswith((b"\n", b"\r")) else ending) + ending
    lines = [START, *block.strip("\n").split("\n"), END] if block.strip() else [START, END]
    return before + b"".join(line.encode() + ending for line in lines) + behind


def keys(data: bytes) -> set[str]:
    """The citation keys that the user's own lines define, in lower case. Raises ``DamagedMarkers``."""
    before, behind, _ = own_lines(data)
    found = re.findall(rb"@[ \t]*[A-Za-z]+[ \t]*[{(]\s*([^\s,{}()]+)\s*,", before + b"\n" + behind)
    return {key.decode(errors="replace").lower() for key in found}
