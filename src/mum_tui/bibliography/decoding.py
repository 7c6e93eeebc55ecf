"""Decodes the bytes of a list: finds the encoding, refuses what is no text, reports what had to be mended."""

from __future__ import annotations

import codecs
import re

from mum_tui.bibliography.records import Reading
from mum_tui.problems import Problem, Unreadable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, the longer first: that of UTF-32 begins with that of UTF-16."""

_CONTAINERS = {
    b"%PDF-": "a PDF file", b"PK\x03\x04": "a ZIP or Office file", b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"BZh": "a compressed file",
    b"\xfd7zXZ": "a compressed file",
    b"SQLite format 3\x00": "a database", b"{\\rtf": "a text with formatting (RTF)",
}  # fmt: skip
_CONTROLS = bytes(number for number in range(32) if number not in b"\t\n\v\f\r\x1b")
_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_MISREAD = re.compile("[\x80-\x9f]")
"""Control characters that no text has, but one that was converted from Windows-1252 as if it were Latin-1."""

_SAMPLE = 8192
_PAGE = re.compile(r"(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html\b|head\b)", re.IGNORECASE)


def text_of(data: bytes, reading: Reading, sample: bool = False) -> str:
    """The text of a file with line feeds as line ends; oddities are reported to ``reading``.

    UTF-8, UTF-16 and UTF-32 are read; lines that are none of them are read as Windows-1252. Byte order marks are left
    out wherever they stand, NUL becomes the replacement character. A ``sample`` may end within a character.
    """
    encoding = _encoding(data)
    text = data.decode(encoding, "replace") if encoding else _from_utf8(data, reading, sample)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    if "\0" in text:
        number = text.count("\n", 0, text.index("\0")) + 1
        reading.add(number, "", "has NUL characters", "each is shown as \ufffd")
        text = text.replace("\0", "\ufffd")
    if misread := _MISREAD.search(text):
        number = text.count("\n", 0, misread.start()) + 1
        reading.add(
            number, "", "has control characters that Windows-1252 has letters for", "they are read as those letters"
        )
        text = text.translate(_WINDOWS)
    return text


def _encoding(data: bytes) -> str:
    """UTF-16 or UTF-32 if the bytes show it, else empty."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half >= 8 and sample[1::2].count(0) * 10 > half * 7 and sample[::2].count(0) * 10 < half:
        return "utf-16-le"
    if half >= 8 and sample[::2].count(0) * 10 > half * 7 and sample[1::2].count(0) * 10 < half:
        return "utf-16-be"
    return ""


def _from_utf8(data: bytes, reading: Reading, sample: bool) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4:
            if not sample:
                number = data.count(b"\n", 0, error.start) + 1
                reading.add(number, "", "the file ends within a character", "is it whole?")
            return data.decode("utf-8", "replace")
    return _line_by_line(data, reading)


def _line_by_line(data: bytes, reading: Reading) -> str:
    lines: list[str] = []
    others: list[int] = []
    for number, line in enumerate(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", "replace"))
            others.append(number)
    more = f" and {len(others) - 1:,} more lines are" if len(others) > 1 else " is"
    message = f"line {others[0]}{more} not UTF-8; read as Windows-1252"
    reading.add(others[0], "", message, "save it as UTF-8")
    return "\n".join(lines)


def refuse_what_is_no_text(data: bytes, file: str, kind: str) -> None:
    """Raise ``Unreadable`` for files that are no text."""
    for start, name in _CONTAINERS.items():
        if data.startswith(start):
            raise Unreadable(Problem(file, 0, "", f"is {name}, not a text file", f"expected {kind}"))
    sample = data[:_SAMPLE]
    if not _encoding(data) and sum(map(sample.count, _CONTROLS)) * 20 > len(sample):
        raise Unreadable(Problem(file, 0, "", "is not a text file", f"expected {kind}"))


def refuse_web_page(text: str, file: str, kind: str) -> None:
    """Raise ``Unreadable`` for a web page that was saved in place of a list."""
    start = text[:5000].lstrip()
    while start.startswith("<!--") and "-->" in start:
        start = start.partition("-->")[2].lstrip()
    if _PAGE.match(start):
        raise Unreadable(Problem(file, 0, "", f"is a web page, not {kind}", "download the list itself"))
