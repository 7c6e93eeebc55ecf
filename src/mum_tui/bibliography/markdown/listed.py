"""Reads one entry of a page: title, authors, date, place of publication, links, description."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mum_tui.bibliography import names
from mum_tui.bibliography.markdown import pieces
from mum_tui.bibliography.markdown.pieces import Line, Piece
from mum_tui.bibliography.markdown.title import LEADING, address_alone, clean_title, titled
from mum_tui.bibliography.markdown.words import (
    AUTHORS,
    CONFERENCES,
    DATES,
    PAPERS,
    RELS,
    TEXTS,
    THINGS,
    TITLES,
    VENUES,
    are_authors,
    bare_label,
    date_of,
    is_badge,
    is_generic,
    is_link,
    is_place,
    kind_of,
    year_of,
)
from mum_tui.bibliography.records import Reading, Record
from mum_tui.citation import csl_dates
from mum_tui.identifiers import in_records, link_types
from mum_tui.text import fold, one_line

_BRACKETS = re.compile(r"[\[(【]([^\[\]()【】]{1,120})[\])】]")
_DASH = re.compile(r"^\s*(?:[-–—:：|,.·]+\s*)+")
MAX_TITLE = 500


class Listed:
    """Fills a record from the lines of a list item or paragraph, or from the cells of a table row."""

    def __init__(self, record: Record, reading: Reading) -> None:
        self.record = record
        self.reading = reading
        self.paths = [title.lower() for title in record.section]

    # -- an item or paragraph

    def take(self, lines: list[Line]) -> bool:
        """Read an entry; False where no title can be found."""
        first, rest = titled(lines[0])
        title = clean_title(first) or address_alone(lines)
        if not title:
            return False
        self._set_title(title)
        for piece in rest.main:
            self._link(piece.href, piece.text, main=True)
        self._meta_of(rest.before)
        self._line(rest.after, opening=True)
        for line in lines[1:]:
            self._line(line)
        self._settle()
        return True

    def add(self, lines: list[Line]) -> None:
        """Add lines that belong to the entry but stand apart from it: links, remarks."""
        for line in lines:
            for href, label in pieces.links(line):
                self._link(href, label)
            words = pieces.text([piece for piece in line if not (piece.href and is_generic(piece.text))])
            if re.search(r"\w{3}", words):
                self._note(words)
        self._settle()

    def _set_title(self, title: str) -> None:
        self.record.item["title"] = title[:MAX_TITLE]
        if len(title) > MAX_TITLE:
            self._note(title)

    def _line(self, line: Line, opening: bool = False) -> None:
        """A line behind the title: authors, date and place, links, or what is said of the entry."""
        for href, label in pieces.links(line):
            self._link(href, label)
        bare = [piece for piece in line if not piece.href and not piece.picture]
        words = one_line("".join(piece.text for piece in bare))
        if not re.search(r"\w", words):
            return
        if not opening and "author" not in self.record.item and are_authors(bare, words):
            self._authors(words)
            return
        if opening and _BRACKETS.fullmatch(words):
            words = self._labelled(words)
        elif not opening or LEADING.match(words):
            words = self._meta_of(words, named=not opening)
        words = _tidy(_DASH.sub("", self._full_text(line) if opening else words))
        if re.search(r"\w{2}", words) and not is_generic(words):
            if not self.record.summary and len(words) < 1000:
                self.record.summary = words
            else:
                self._note(words)

    def _full_text(self, line: Line) -> str:
        """The words of a description, those of links within it too, but not ``[Paper]`` and the like."""
        return one_line("".join(p.text for p in line if not p.picture and not (p.href and is_generic(p.text))))

    def _note(self, words: str) -> None:
        words = _tidy(words)
        if words and words not in self.record.notes:
            self.record.notes = f"{self.record.notes} {words}".strip()

    def _authors(self, words: str) -> None:
        words = re.sub(r"^(?:by|authors?)\s*:?\s+", "", words, flags=re.IGNORECASE)
        complete = not re.search(r"\bet\.?\s+al\b\.?|\band others\b|等", words, re.IGNORECASE)
        words = re.sub(r",?\s*(?:et\.?\s+al\b\.?|and others|等).*$", "", words, flags=re.IGNORECASE)
        parts = re.split(r"\s*[,;，、]\s*(?:and\s+)?|\s+(?:and|&)\s+", words)
        people = [
            name
            for part in parts
            if part.strip(" *†‡.0123456789") and (name := names.in_reading_order(part.strip(" *†‡")))
        ]
        if people:
            self.record.item["author"] = people
            if not complete:
                self._custom("more_authors", True)
        else:
            self._note(words)

    def _custom(self, key: str, value: object) -> None:
        self.record.item["custom"] = {**self.record.item.get("custom", {}), key: value}

    def _labelled(self, words: str) -> str:
        """A word in brackets behind a title: when or where it appeared, else a tag: ``[CT]``."""
        inner = words.strip(" []()【】")
        known = CONFERENCES.search(inner) is not None or in_records.is_arxiv(inner)
        if not self._meta(inner, loose=known) and not is_generic(inner):
            self.record.tags += [
                tag for part in inner.split("/") if (tag := part.strip()) and tag not in self.record.tags
            ]
        return ""

    def _meta_of(self, words: str, named: bool = True) -> str:
        """Take dates and places of publication out of ``words``: bracketed parts, or parts joined by a middle dot."""
        if "·" in words and (parts := [part.strip() for part in words.split("·")]) and self._meta(parts[0]):
            rest = [part for part in parts[1:] if not self._meta(part, loose=True)]
            return " · ".join(rest)
        out = words
        for match in _BRACKETS.finditer(words):
            leading = not words[: match.start()].strip(" []()")
            if self._meta(match[1], loose=named and leading):
                out = out.replace(match[0], " ", 1)
        bare = one_line(out)
        return "" if bare and len(bare) < 40 and self._meta(bare) else bare

    def _meta(self, words: str, loose: bool = False) -> bool:
        """Whether ``words`` say when or where; ``loose``: a few words in brackets before a title are a place."""
        words = words.strip(" *_.,")
        if number := in_records.arxiv(words):
            self._custom("arxiv_id", number)
            return True
        if words.count(",") and (inside := re.search(r",?\s*arXiv:(\S+)$", words)) and in_records.arxiv(inside[1]):
            self._custom("arxiv_id", in_records.arxiv(inside[1]))
            words = words[: inside.start()]
        if date := date_of(words):
            self._dated(date)
            return True
        match = re.fullmatch(
            r"(.+?)[\s,'’]+((?:19|20)?\d\d)(?:\s*(?:oral|spotlight|poster|workshop|highlight))?", words, re.I
        )
        if match and re.search(r"[^\W\d]", match[1]) and (len(match[2]) == 4 or CONFERENCES.search(match[1])):
            year = int(match[2]) if len(match[2]) == 4 else 2000 + int(match[2])
            self._venue(match[1].strip(" ,"))
            self._dated({"date-parts": [[year]]})
            return True
        if loose and len(words) < 60 and (CONFERENCES.search(words) or in_records.is_arxiv(words) or is_place(words)):
            self._venue(words)
            return True
        return False

    def _venue(self, words: str) -> None:
        if words and "container-title" not in self.record.item:
            self.record.item["container-title"] = words

    def _dated(self, date: dict[str, object]) -> None:
        known = self.record.item.get("issued")
        if known is None:
            self.record.item["issued"] = date
        elif csl_dates.year(date) and len(csl_dates.iso(date)) <= 4 and len(csl_dates.iso(known)) > 4:
            # ``[Apr. 12, 2023] [Nature, 2023]``: when it was first seen, and the year of the publication.
            self.record.release = csl_dates.iso(known)
            if csl_dates.year(date) != csl_dates.year(known):
                self.record.item["issued"] = date

    # -- links

    def _link(self, href: str, label: str, main: bool = False, rel: str = "") -> None:
        if not is_link(href):
            if href and not href.startswith("#"):
                self.reading.left_out["links to other files of the list, or that are no web addresses"] += 1
            return
        if is_badge(href) or any(href == known for _, known, _ in self.record.links):
            return
        bare = bare_label(label)
        by_host = link_types.rel_of(href)
        said = RELS.get(bare, "")
        link_type = rel or said or ("" if by_host == "other" else by_host)
        if by_host == "preprint" and (link_type in ("paper", "") or said == ""):
            link_type = "preprint"
        elif by_host == "code" and link_type in ("project", "paper", "other", "dataset", ""):
            link_type = "code"
        shown = "" if main or bare in RELS or not re.search(r"\w", label) else one_line(label)[:80]
        if number := in_records.arxiv(href):
            if "arxiv_id" not in self.record.item.get("custom", {}):
                self._custom("arxiv_id", number)
        elif (doi := in_records.doi_of_address(href)) and "DOI" not in self.record.item:
            self.record.item["DOI"] = doi
        self.record.links.append((link_type, href, shown))

    # -- a table row

    def take_row(self, header: list[str], row: list[list[Line]]) -> bool:
        """Read an entry from the cells of a row; False where none of them names anything."""
        titles = [fold(text).strip(" :*") for text in header] + [""] * len(row)
        column = _title_column(titles, row)
        if column is None:
            return False
        for number, cell in enumerate(row):
            if number == column:
                self._title_cell(cell)
            elif cell:
                self._cell(titles[number], header[number] if number < len(header) else "", cell)
        self._settle()
        return True

    def _title_cell(self, cell: list[Line]) -> None:
        whole = [piece for line in cell for piece in (*line, Piece(" "))]
        title = clean_title([piece for piece in whole if not (piece.href and is_generic(piece.text))])
        self._set_title(title)
        for href, label in pieces.links(whole):
            self._link(href, label, main=clean_title([Piece(label)]) == title)

    def _cell(self, title: str, shown: str, cell: list[Line]) -> None:
        words = one_line(" ".join(pieces.text([p for p in line if not p.href]) for line in cell)).strip(" -–—/,;")
        for line in cell:
            for href, label in pieces.links(line):
                self._link(href, label, rel=RELS.get(bare_label(label), "") or RELS.get(title, ""))
        if not words or fold(words) in ("none", "n/a", "na", "tbd", "todo", "null", "nan", "unknown"):
            return
        if AUTHORS.fullmatch(title):
            self._authors(words)
        elif DATES.fullmatch(title) and (date := date_of(words)):
            self._dated(date)
        elif VENUES.fullmatch(title):
            if not self._meta(words, loose=True):
                self._venue(words)
        elif TEXTS.fullmatch(title) and not self.record.summary:
            self.record.summary = _tidy(words)
        else:
            self.record.notes = "; ".join(filter(None, [self.record.notes, f"{shown}: {words}" if shown else words]))

    # -- what follows from the whole

    def _settle(self) -> None:
        item = self.record.item
        rels = {rel for rel, _, _ in self.record.links}
        container = str(item.get("container-title", ""))
        number = item.get("custom", {}).get("arxiv_id", "")
        if "issued" not in item and (year := year_of(self.record.section)):
            item["issued"] = {"date-parts": [[year]]}
        self.record.kind = kind_of(self.paths, str(item.get("title", "")), rels, bool(number or container))
        if in_records.is_arxiv(container) or (container and re.fullmatch(r"(?:bio|med)rxiv", fold(container))):
            del item["container-title"]
            item["publisher"] = container
            container = ""
            item["type"] = "article" if number else "document"
            if number:
                item.pop("publisher")
        elif container:
            conference = CONFERENCES.search(container) is not None
            item["type"] = "paper-conference" if conference else "article-journal"
        elif number:
            item["type"] = "article"
        elif self.record.kind == "dataset":
            item["type"] = "dataset"
        elif self.record.kind == "tool":
            item["type"] = "software"


def _tidy(words: str) -> str:
    """Words without the brackets and separators that links leave behind."""
    words = re.sub(r"[\[(]\s*[\])]", " ", words)
    words = re.sub(r"(?:\s*[\[\]|/,·]\s*){2,}", " ", words)
    return one_line(words).strip(" []|,;·\\") if re.search(r"\w", words) else ""


def _column(titles: list[str], pattern: re.Pattern[str], row: list[list[Line]]) -> Iterator[int]:
    for number, title in enumerate(titles[: len(row)]):
        if pattern.fullmatch(title) and _names_something(row[number]):
            yield number


def _names_something(cell: list[Line]) -> bool:
    words = clean_title([p for line in cell for p in line if not p.picture and not (p.href and is_generic(p.text))])
    return bool(re.search(r"\w", words)) and fold(words) not in ("none", "n/a", "-")


def _title_column(titles: list[str], row: list[list[Line]]) -> int | None:
    for pattern in (TITLES, THINGS, PAPERS, re.compile(r".*\b(?:name|title)\b.*")):
        if (column := next(_column(titles, pattern, row), None)) is not None:
            return column
    return next(
        (number for number, cell in enumerate(row) if _names_something(cell) and not DATES.fullmatch(titles[number])),
        None,
    )
