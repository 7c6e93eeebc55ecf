"""An awesome list in Markdown as records: headings are sections, list items, bold titles and table rows are entries.

What a page says of an entry differs from list to list; read here are a title, authors, a date, a place of publication,
links by their words and hosts, and a description. Links that stand in no entry are kept with an entry for the page
itself, and what is nothing of this is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mum_tui.bibliography.markdown import pieces
from mum_tui.bibliography.markdown.listed import Listed
from mum_tui.bibliography.markdown.pieces import Line, Piece
from mum_tui.bibliography.markdown.prose import prose
from mum_tui.bibliography.markdown.words import EMOJI_NAME, is_generic, is_link
from mum_tui.bibliography.records import Progress, Reading, Record
from mum_tui.text import fold, one_line

MAX_SECTIONS = 7
_CONTENTS = re.compile(r"(?:table of )?contents?|toc|inhalt|目录|index")


def read(text: str, file: str, progress: Progress | None = None) -> Reading:
    """Every entry of a page. Never raises for what is in the text."""
    from markdown_it import MarkdownIt

    reading = Reading(file)
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    tokens = parser.parse(prose(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"), reading))
    page = _Page(reading)
    step = max(len(tokens) // 100, 1)
    for number in page.walk(tokens):
        if progress and number % step == 0:
            progress(number, len(tokens), len(reading.records))
    page.finish()
    return reading


class _Page:
    """Walks the tokens of a page; knows in which section it is and which links it has not placed yet."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.headings: list[tuple[int, str]] = []
        self.label = ""
        """A bold line that serves as a heading below the headings."""
        self.loose: list[tuple[str, str]] = []
        self.summary = ""
        self.seen_heading = False
        self.last: Record | None = None

    # -- where

    def path(self, *more: str) -> tuple[str, ...]:
        titles = [title for _, title in self.headings] + ([self.label] if self.label else [])
        return tuple([*titles, *(name for name in more if name)][:MAX_SECTIONS]) or ("List",)

    def heading(self, level: int, line: Line) -> None:
        title = one_line(EMOJI_NAME.sub(" ", pieces.text(line))).strip("# ")
        self.label = ""
        self.last = None
        if not self.seen_heading and level <= 2 and not self.reading.records:
            self.seen_heading = True
            self.reading.title = title
            self._add_loose_links(line)
            return
        self.seen_heading = True
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.headings.append((level, title or "Untitled"))
        self._add_loose_links(line)

    # -- tokens

    def walk(self, tokens: list[Any]) -> Iterator[int]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            kind = token.type
            if kind == "heading_open":
                for line in pieces.lines(tokens[at + 1]) or [[]]:
                    self.heading(int(token.tag[1:]), line)
                    break
                at += 3
            elif kind in ("bullet_list_open", "ordered_list_open"):
                end = _closing(tokens, at)
                self._list(tokens[at + 1 : end], ())
                at = end + 1
            elif kind == "table_open":
                end = _closing(tokens, at)
                self._table(tokens[at + 1 : end])
                at = end + 1
            elif kind == "inline":
                self._paragraph(pieces.lines(token), _line(token))
                at += 1
            elif kind in ("fence", "code_block"):
                self.reading.left_out["blocks of code"] += 1
                at += 1
            elif kind == "html_block":
                for address in pieces.in_html(token.content):
                    self._add_loose_link(address, "")
                at += 1
            else:
                at += 1
            yield at

    def _paragraph(self, lines: list[Line], number: int) -> None:
        if not lines:
            return
        first = lines[0]
        if _is_bold(first):
            whole = len(lines) == 1 and not any(is_link(piece.href) for piece in first)
            rest = [piece for piece in first if piece.style != "strong" and (piece.text.strip(" :\\") or piece.picture)]
            if whole and not rest:
                self.label = pieces.text(first).rstrip(":")
                return
            if len(lines) > 1 or any(is_link(piece.href) for piece in first):
                self._entry(lines, number, self.path())
                return
        if self.last is not None and self._belongs(lines):
            Listed(self.last, self.reading).add(lines)
            return
        if not self.summary and not self.reading.records:
            self.summary = pieces.text(first)[:300]
        for line in lines:
            self._add_loose_links(line)
        self.reading.left_out["lines of running text"] += len(lines)

    def _belongs(self, lines: list[Line]) -> bool:
        """Whether a paragraph only adds links to the entry before it: ``[[Paper](…)] [[Code](…)]``."""
        links = [link for line in lines for link in pieces.links(line) if is_link(link[0])]
        words = one_line(" ".join(pieces.text([piece for piece in line if not piece.href]) for line in lines))
        return bool(links) and all(is_generic(label) for _, label in links) and not re.search(r"\w{3}", words)

    def _entry(self, lines: list[Line], number: int, path: tuple[str, ...]) -> Record | None:
        record = Record("", number, {"type": "document"}, section=path, literal=True)
        listed = Listed(record, self.reading)
        if not listed.take(lines):
            for line in lines:
                self._add_loose_links(line)
            return None
        self.reading.records.append(record)
        self.last = record
        return record

    # -- lists

    def _list(self, tokens: list[Any], path: tuple[str, ...], parent: Record | None = None) -> None:
        at = 0
        while at < len(tokens):
            if tokens[at].type != "list_item_open":
                at += 1
                continue
            end = _closing(tokens, at)
            self._item(tokens[at + 1 : end], path, parent)
            at = end + 1

    def _item(self, tokens: list[Any], path: tuple[str, ...], parent: Record | None) -> None:
        """One item of a list: its text, then what is nested in it."""
        own_lines: list[Line] = []
        number = 0
        nested: list[tuple[str, list[Any]]] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
                end = _closing(tokens, at)
                nested.append((token.type, tokens[at + 1 : end]))
                at = end + 1
                continue
            if token.type == "inline":
                own_lines += pieces.lines(token)
                number = number or _line(token)
            elif token.type in ("fence", "code_block"):
                self.reading.left_out["blocks of code"] += 1
            elif token.type == "html_block":
                own_lines += [[Piece("", address)] for address in pieces.in_html(token.content)]
            at += 1
        record, label = self._own_entry(own_lines, number, path, parent, bool(nested))
        for kind, below in nested:
            if kind == "table_open":
                self._table(below)
            else:
                self._list(below, (*path, label) if label else path, record)

    def _own_entry(
        self, own_lines: list[Line], number: int, path: tuple[str, ...], parent: Record | None, nested: bool
    ) -> tuple[Record | None, str]:
        """The entry that an item's own text is, or the section it opens for what is nested in it."""
        links = [link for line in own_lines for link in pieces.links(line)]
        outside = [link for link in links if is_link(link[0])]
        words = one_line(" ".join(pieces.text(line) for line in own_lines))
        if parent is not None and own_lines and (not outside or self._belongs(own_lines)):
            Listed(parent, self.reading).add(own_lines)
            return parent, ""
        if outside or (
            own_lines and _is_bold(own_lines[0]) and (len(own_lines) > 1 or (parent is None and not nested))
        ):
            return self._entry(own_lines, number, self.path(*path)), ""
        if nested:
            for line in own_lines:
                self._add_loose_links(line)
            return None, words.rstrip(":")[:100]
        if any(href.startswith("#") for href, _ in links):
            self.reading.left_out["lines of a table of contents"] += 1
        elif links and words:
            return self._entry(own_lines, number, self.path(*path)), ""
        elif words:
            self.reading.left_out["list items without a link"] += 1
            self.reading.add(number, "", f"“{words[:80]}” has no link", "it is no entry")
        return None, ""

    # -- tables

    def _table(self, tokens: list[Any]) -> None:
        header: list[str] = []
        row: list[list[Line]] = []
        number = 0
        head = False
        for token in tokens:
            if token.type == "thead_open":
                head = True
            elif token.type == "thead_close":
                head = False
            elif token.type == "tr_open":
                row = []
                number = _line(token)
            elif token.type == "inline":
                cell = pieces.lines(token)
                if head:
                    header.append(one_line(" ".join(pieces.text(line) for line in cell)))
                    for line in cell:
                        self._add_loose_links(line)
                else:
                    row.append(cell)
            elif token.type == "tr_close" and not head:
                self._row(header, row, number)

    def _row(self, header: list[str], row: list[list[Line]], number: int) -> None:
        if not any(row):
            return
        if all(href.startswith("#") for cell in row for line in cell for href, _ in pieces.links(line)) and any(
            pieces.links(line) and next(pieces.links(line), None) for cell in row for line in cell
        ):
            self.reading.left_out["lines of a table of contents"] += 1
            return
        record = Record("", number, {"type": "document"}, section=self.path(), literal=True)
        if Listed(record, self.reading).take_row(header, row):
            self.reading.records.append(record)
        else:
            for cell in row:
                for line in cell:
                    self._add_loose_links(line)
            self.reading.left_out["table rows without a title"] += 1

    # -- links that stand in no entry

    def _add_loose_links(self, line: Line) -> None:
        for href, label in pieces.links(line):
            self._add_loose_link(href, label)

    def _add_loose_link(self, href: str, label: str) -> None:
        if href.startswith("#"):
            self.reading.left_out["links within the page"] += 1
        elif is_link(href):
            if all(href != known for known, _ in self.loose[-200:]):
                self.loose.append((href, label))
        elif href:
            self.reading.left_out["links to other files of the list, or that are no web addresses"] += 1

    def finish(self) -> None:
        """Keep the links of running text with an entry for the page itself."""
        if not self.loose:
            return
        title = self.reading.title or "This list"
        about = ("About this list",)
        record = Record("", 1, {"type": "webpage", "title": title}, section=about, kind="list", literal=True)
        record.summary = self.summary
        record.links = [("other", href, label[:80]) for href, label in dict(reversed(self.loose)).items()][::-1]
        self.reading.records.append(record)
        self.reading.left_out["links in running text (kept with an entry for the page itself)"] += len(record.links)


def _is_bold(line: Line) -> bool:
    first = next((piece for piece in line if piece.text.strip() and not piece.picture), None)
    return first is not None and first.style == "strong"


def _line(token: Any) -> int:
    return int(token.map[0]) + 1 if token.map else 0


def _closing(tokens: list[Any], at: int) -> int:
    """Where what opens at ``at`` is closed."""
    level = tokens[at].level
    end = at + 1
    while end < len(tokens) and tokens[end].level > level:
        end += 1
    return min(end, len(tokens) - 1)


def is_contents(title: str) -> bool:
    """Whether a heading announces a table of contents."""
    return bool(_CONTENTS.fullmatch(fold(title).strip(" :#")))
