"""A block between two comment lines of somebody's BibTeX file: ours to replace, and nothing else is."""

from __future__ import annotations

import re
import zlib

START = "% >>> mum-tui: bookmarks; sync-bib replaces what stands between these two lines"
END = "% <<< mum-tui: bookmarks"

_MARKER = re.compile(
    rb"(?:^|(?<=\A\xef\xbb\xbf))[ \t]*%[ \t]*(>>>|<<<) mum-tui: bookmarks\b[^\r\n]*(?:\r\n|\n|\r|\Z)", re.MULTILINE
)
_SUM = re.compile(rb"\[([0-9a-f]{8})\]\s*\Z")
"""At the end of the last line: the check sum of what was written, by which a change by hand is known."""


class DamagedMarkers(Exception):
    """The marker lines are not one pair; ``line`` is where that shows, counted from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def _markers(data: bytes) -> list[re.Match[bytes]]:
    """The first and last line of the block, or none. Raises ``DamagedMarkers``."""
    if b"\0" in data:
        raise DamagedMarkers(1, "this is no text in UTF-8 or a like encoding")
    markers = list(_MARKER.finditer(data))
    for number, marker in enumerate(markers):
        line = data.count(b"\n", 0, marker.start()) + 1
        if number > 1:
            raise DamagedMarkers(line, "a second block begins or ends here")
        if marker[1] != (b">>>", b"<<<")[number]:
            raise DamagedMarkers(line, "a block ends that did not begin" if number == 0 else "the block begins twice")
    if len(markers) == 1:
        line = data.count(b"\n", 0, markers[0].start()) + 1
        raise DamagedMarkers(line, f'the block that begins here does not end (its last line is "{END}")')
    return markers


def own_lines(data: bytes) -> tuple[bytes, bytes, bool]:
    """What stands before and behind the block, and whether there is one. Raises ``DamagedMarkers``."""
    markers = _markers(data)
    return (data[: markers[0].start()], data[markers[1].end() :], True) if markers else (data, b"", False)


def changed_by_hand(data: bytes, block: str) -> int:
    """The first line of the block, counted from 1 in the file, that would be lost if ``block`` replaced what is in it;
    0 where nothing would be, since it was written like that or is in ``block`` too. Raises ``DamagedMarkers``."""
    markers = _markers(data)
    if not markers:
        return 0
    lines = _lines(data[markers[0].end() : markers[1].start()])
    written = _SUM.search(markers[1][0])
    if written and written[1] == _sum(lines):
        return 0
    again = {line.encode() for line in block.split("\n")}
    before = data.count(b"\n", 0, markers[0].end()) + 1
    return next((before + at for at, line in enumerate(lines) if line and line not in again), 0)


def _lines(block: bytes) -> list[bytes]:
    """Lines without what editors change by themselves: their ends."""
    return [line.rstrip() for line in block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")]


def _sum(lines: list[bytes]) -> bytes:
    return b"%08x" % zlib.crc32(b"\n".join(lines).strip(b"\n"))


def replaced(data: bytes, block: str) -> bytes:
    """``data`` with ``block`` as the content of its block, which comes to the end where there was none.

    Line endings are those of the file. Raises ``DamagedMarkers``.
    """
    before, behind, there = own_lines(data)
    ending = b"\r\n" if b"\r\n" in data and data.count(b"\r\n") * 2 > data.count(b"\n") else b"\n"
    if not there and before:
        before += (b"" if before.endswith((b"\n", b"\r")) else ending) + ending
    inside = block.strip("\n").split("\n") if block.strip() else []
    lines = [START, *inside, f"{END} [{_sum(_lines(block.encode())).decode()}]"]
    return before + b"".join(line.encode() + ending for line in lines) + behind


def keys(data: bytes) -> set[str]:
    """The citation keys that the user's own lines define, in lower case. Raises ``DamagedMarkers``."""
    before, behind, _ = own_lines(data)
    defined = re.findall(rb"@[ \t]*[A-Za-z]+[ \t]*[{(]\s*([^\s,{}()]+)\s*,", before + b"\n" + behind)
    return {key.decode(errors="replace").lower() for key in defined}
