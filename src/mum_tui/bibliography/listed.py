"""One entry of a page: which of its words are the title, who wrote it, when and where it appeared, where links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mum_tui.bibliography import names, pieces
from mum_tui.bibliography.pieces import Line, Piece
from mum_tui.bibliography.records import Reading, Record
from mum_tui.citation import csl_dates
from mum_tui.identifiers import in_records, link_types
from mum_tui.text import fold, one_line, why_not_url

_RELS = {
    "paper": "paper", "pdf": "paper", "article": "paper", "publication": "paper", "journal": "paper",
    "proceeding": "paper",
    "proceedings": "paper", "doi": "paper", "paper link": "paper", "link to paper": "paper", "full text": "paper",
    "arxiv": "preprint", "preprint": "preprint", "biorxiv": "preprint", "medrxiv": "preprint", "openreview": "preprint",
    "code": "code", "github": "code", "git": "code", "repo": "code", "repository": "code", "official code": "code",
    "source": "code", "source code": "code", "pytorch": "code", "tensorflow": "code", "implementation": "code",
    "github stars": "code", "stars": "code", "github repo": "code", "gitlab": "code", "star": "code",
    "project": "project", "project page": "project", "page": "project", "website": "project", "homepage": "project",
    "project homepage": "project", "project link": "project", "home": "project", "web": "project", "site": "project",
    "official website": "project", "project website": "project", "webpage": "project",
    "data": "dataset", "dataset": "dataset", "datasets": "dataset", "data set": "dataset", "kaggle": "dataset",
    "zenodo": "dataset", "figshare": "dataset", "physionet": "dataset", "tcia": "dataset", "synapse": "dataset",
    "model": "weights", "models": "weights", "weights": "weights", "checkpoint": "weights", "checkpoints": "weights",
    "hugging face": "weights", "huggingface": "weights", "hf": "weights", "model weights": "weights",
    "demo": "demo", "online demo": "demo", "colab": "demo", "space": "demo", "app": "demo",
    "docs": "docs", "documentation": "docs", "doc": "docs", "tutorial": "docs", "guide": "docs", "manual": "docs",
    "challenge": "challenge", "grand challenge": "challenge", "competition": "challenge",
    "challenge website": "challenge",
    "leaderboard": "leaderboard", "benchmark": "leaderboard", "results": "leaderboard", "video": "video",
    "talk": "video",
    "youtube": "video", "blog": "blog", "blog post": "blog", "post": "blog", "news": "blog", "download": "download",
    "google drive": "download", "drive": "download", "baidu": "download", "mirror": "mirror",
    "download link": "download",
    "link": "", "links": "", "here": "", "url": "", "*": "", "other": "", "info": "", "more": "", "slides": "other",
    "poster": "other", "supplement": "other", "supplementary": "other", "bibtex": "other", "bib": "other",
    "tweet": "other",
    "reddit": "other", "openxlab": "dataset", "none": "", "source link": "", "website link": "project", "click": "",
}  # fmt: skip
"""What the words of a link say of where it leads; empty where only its host can tell."""

_TITLES = re.compile(r"(?:paper |full )?title|name")
_THINGS = re.compile(
    r"(?:dataset|data set|model|benchmark|project|method|database|tool|software|package|library|challenge|resource|"
    r"algorithm|framework|system|repository|repo|work|approach)s?(?:\s*name)?"
)
_PAPERS = re.compile(r"(?:paper|publication|article|reference|literature)s?(?: title| name)?")
_AUTHORS = re.compile(r"(?:first )?authors?|by|who|创建者|作者")
_DATES = re.compile(r"(?:publication |release[d]? |upload )?(?:date|year|time|month)|year|when|published|released?")
_VENUES = re.compile(
    r"(?:venue|journal|conference|publication venue|published in|pub\.?|publisher|booktitle|journal/conference)s?"
)
_TEXTS = re.compile(
    r"(?:short )?(?:description|discription|summary|abstract|about|notes?|comments?|details?|intro(?:duction)?)s?"
)
_BRACKETS = re.compile(r"[\[(【]([^\[\]()【】]{1,120})[\])】]")
_LEADING = re.compile(r"\s*[\[(【]([^\[\]()【】]{1,60})[\])】]\s*")
_CONFERENCES = re.compile(
    r"\b(?:CVPR|ICCV|ECCV|WACV|BMVC|ACCV|NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|MICCAI|ISBI|MIDL|IPMI|ACL|EMNLP|NAACL|COLING|"
    r"EACL|KDD|WWW|SIGIR|CIKM|ICASSP|INTERSPEECH|MLHC|CHIL|ML4H|BIBM|SPIE|ICRA|IROS|CoRL|AISTATS|UAI|COLM|ACM MM|MM|"
    r"ICPR|ICIP|SIGGRAPH|CHI|workshops?|proceedings|conference|symposium|DALI|GRAIL|EGOVIS|AIME|BioNLP|MLMIW|UNSURE)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_][\w.'’*-]*\s*){1,6}")
_DASH = re.compile(r"^\s*(?:[-–—:：|,.·]+\s*)+")
_SEAM = "\0"
"""Stands between two pieces of a line; no text has it."""
_LEFT_BEHIND = re.compile(r"\([\s\0]*\0[\s\0]*\)|\[[\s\0]*\0[\s\0]*\]")
_EMOJI = re.compile("^[\\s\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d⭐️:]+")
MAX_TITLE = 500


def is_link(href: str) -> bool:
    """Whether an address can be opened; badges and addresses within the page cannot."""
    return not why_not_url(href)


def is_badge(href: str) -> bool:
    """Whether an address is only a picture with a number on it."""
    return bool(
        re.match(r"https?://(?:img\.shields\.io|badgen\.net|badge\.fury\.io|awesome\.re/badge|visitor-badge)", href)
    )


def is_generic(label: str) -> bool:
    """Whether the words of a link say what kind of link it is, not what it leads to."""
    return _bare(label) in _RELS or not re.search(r"\w", label)


def _bare(label: str) -> str:
    return (
        re.sub(r"[\s_]+", " ", fold(re.sub(r"[^\w\s*/]+", " ", _EMOJI.sub("", label)))).strip() or fold(label).strip()
    )


class Listed:
    """Fills a record from the lines of a list item or paragraph, or from the cells of a table row."""

    def __init__(self, record: Record, reading: Reading) -> None:
        self.record = record
        self.reading = reading
        self.paths = [title.lower() for title in record.section]

    # -- an item or paragraph

    def take(self, lines: list[Line]) -> bool:
        """Read an entry; False where no title can be found."""
        first, rest = _titled(lines[0])
        title = _clean_title(first) or _address_alone(lines)
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
        if not opening and "author" not in self.record.item and _are_authors(bare, words):
            self._authors(words)
            return
        if opening and _BRACKETS.fullmatch(words):
            words = self._labelled(words)
        elif not opening or _LEADING.match(words):
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
        known = _CONFERENCES.search(inner) is not None or in_records.is_arxiv(inner)
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
        if date := _date(words):
            self._dated(date)
            return True
        match = re.fullmatch(
            r"(.+?)[\s,'’]+((?:19|20)?\d\d)(?:\s*(?:oral|spotlight|poster|workshop|highlight))?", words, re.I
        )
        if match and re.search(r"[^\W\d]", match[1]) and (len(match[2]) == 4 or _CONFERENCES.search(match[1])):
            year = int(match[2]) if len(match[2]) == 4 else 2000 + int(match[2])
            self._venue(match[1].strip(" ,"))
            self._dated({"date-parts": [[year]]})
            return True
        if loose and len(words) < 60 and (_CONFERENCES.search(words) or in_records.is_arxiv(words) or _is_place(words)):
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
        bare = _bare(label)
        by_host = link_types.rel_of(href)
        said = _RELS.get(bare, "")
        link_type = rel or said or ("" if by_host == "other" else by_host)
        if by_host == "preprint" and (link_type in ("paper", "") or said == ""):
            link_type = "preprint"
        elif by_host == "code" and link_type in ("project", "paper", "other", "dataset", ""):
            link_type = "code"
        shown = "" if main or bare in _RELS or not re.search(r"\w", label) else one_line(label)[:80]
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
        title = _clean_title([piece for piece in whole if not (piece.href and is_generic(piece.text))])
        self._set_title(title)
        for href, label in pieces.links(whole):
            self._link(href, label, main=_clean_title([Piece(label)]) == title)

    def _cell(self, title: str, shown: str, cell: list[Line]) -> None:
        words = one_line(" ".join(pieces.text([p for p in line if not p.href]) for line in cell)).strip(" -–—/,;")
        for line in cell:
            for href, label in pieces.links(line):
                self._link(href, label, rel=_RELS.get(_bare(label), "") or _RELS.get(title, ""))
        if not words or fold(words) in ("none", "n/a", "na", "tbd", "todo", "null", "nan", "unknown"):
            return
        if _AUTHORS.fullmatch(title):
            self._authors(words)
        elif _DATES.fullmatch(title) and (date := _date(words)):
            self._dated(date)
        elif _VENUES.fullmatch(title):
            if not self._meta(words, loose=True):
                self._venue(words)
        elif _TEXTS.fullmatch(title) and not self.record.summary:
            self.record.summary = _tidy(words)
        else:
            self.record.notes = "; ".join(filter(None, [self.record.notes, f"{shown}: {words}" if shown else words]))

    # -- what follows from the whole

    def _settle(self) -> None:
        item = self.record.item
        rels = {rel for rel, _, _ in self.record.links}
        container = str(item.get("container-title", ""))
        number = item.get("custom", {}).get("arxiv_id", "")
        if "issued" not in item and (year := _year_of(self.record.section)):
            item["issued"] = {"date-parts": [[year]]}
        self.record.kind = _kind(self.paths, str(item.get("title", "")), rels, bool(number or container))
        if in_records.is_arxiv(container) or (container and re.fullmatch(r"(?:bio|med)rxiv", fold(container))):
            del item["container-title"]
            item["publisher"] = container
            container = ""
            item["type"] = "article" if number else "document"
            if number:
                item.pop("publisher")
        elif container:
            conference = _CONFERENCES.search(container) is not None
            item["type"] = "paper-conference" if conference else "article-journal"
        elif number:
            item["type"] = "article"
        elif self.record.kind == "dataset":
            item["type"] = "dataset"
        elif self.record.kind == "tool":
            item["type"] = "software"


def _address_alone(lines: list[Line]) -> str:
    """What to call an entry that is nothing but one address."""
    addresses = [href for line in lines for href, _ in pieces.links(line)]
    if len(addresses) != 1 or any(re.search(r"\w", pieces.text(line)) for line in lines):
        return ""
    return re.sub(r"^https?://(?:www\.)?|[/?#]+$", "", addresses[0], flags=re.IGNORECASE)


class _Rest:
    """What of the first line is not the title: the words before it, its own links, what follows it."""

    def __init__(self, before: str, main: list[Piece], after: Line) -> None:
        self.before = before
        self.main = main
        self.after = after


def _titled(line: Line) -> tuple[Line, _Rest]:
    """The pieces of the title of a line, and the rest of the line."""
    at = 0
    before = ""
    while at < len(line) and not (line[at].href or line[at].style == "strong"):
        piece = line[at]
        if not piece.picture:
            remaining = piece.text
            while match := _LEADING.match(remaining):
                before += f" [{match[1]}]"
                remaining = remaining[match.end() :]
            if re.search(r"\w", _EMOJI.sub("", remaining)):
                line = [*line[:at], piece._replace(text=remaining), *line[at + 1 :]]
                break
        at += 1
    rest = line[at:]
    if not rest:
        return [], _Rest(before, [], [])
    first = rest[0]
    if first.style == "strong":
        end = _while(rest, lambda piece: piece.style == "strong" or (piece.picture and False))
    elif first.href and not first.picture and not is_generic(first.text):
        end = _while(rest, lambda piece: piece.href == first.href)
    else:
        end = _while(rest, lambda piece: not (piece.href and (is_generic(piece.text) or piece.picture)))
        head, tail = _described(rest[:end])
        return head, _Rest(before, [p for p in head if p.href], [*tail, *rest[end:]])
    title = rest[:end]
    return title, _Rest(before, [piece for piece in title if piece.href], rest[end:])


def _while(line: Line, holds: object) -> int:
    end = 0
    while end < len(line) and holds(line[end]):  # type: ignore[operator]  # any predicate of a piece
        end += 1
    return end


def _described(line: Line) -> tuple[Line, Line]:
    """Plain words before the first link: the title, and what stands behind a spaced dash."""
    for at, piece in enumerate(line):
        if not piece.href and (
            match := re.search(r"\s[-–—]\s|\s[-–—]$|(?<=[^.][^.]\w)\.\s+(?=[A-Z][a-z]+ )", piece.text)
        ):
            if not "".join(p.text for p in line[:at]) + piece.text[: match.start()].strip():
                continue
            if at == 0 and not piece.text[: match.start()].strip():
                continue
            head = [*line[:at], piece._replace(text=piece.text[: match.start()])]
            return head, [piece._replace(text=piece.text[match.start() :]), *line[at + 1 :]]
    return line, []


def _clean_title(line: Line) -> str:
    title = _SEAM.join(["" if piece.picture else piece.text for piece in line])
    # What a link leaves behind; brackets within one piece belong to the title.
    if _SEAM in title:
        title = _LEFT_BEHIND.sub("", title).replace(_SEAM, "")
    title = one_line(title if title[:1].isalnum() else _EMOJI.sub("", title))
    title = title.rstrip(" [(|,:;–—-").strip(" *_\\")
    if title.endswith(".") and not title.endswith("..") and len(title) > 4:
        title = title[:-1]
    opened, closed = title.count("["), title.count("]")
    if opened < closed:
        title = title.rstrip("] ")
    return title.strip()


def _tidy(words: str) -> str:
    """Words without the brackets and separators that links leave behind."""
    words = re.sub(r"[\[(]\s*[\])]", " ", words)
    words = re.sub(r"(?:\s*[\[\]|/,·]\s*){2,}", " ", words)
    return one_line(words).strip(" []|,;·\\") if re.search(r"\w", words) else ""


def _are_authors(line: Line, words: str) -> bool:
    """Whether a line names people: it is in italics, or a list of capitalised names."""
    if "http" in words or len(words) > 5000:
        return False
    styled = [piece for piece in line if piece.text.strip(" ,*\\")]
    if styled and all(piece.style == "em" for piece in styled):
        return not _date(words) and len(words.split()) > 1
    parts = [part.strip() for part in words.split(",")]
    if len(parts) == 1:
        return bool(re.fullmatch(r"(?:[A-Z][\w.'’-]+\s+){1,4}(?:et al\.?|[A-Z][\w'’-]+)", words)) and not _date(words)
    known = [part for part in parts if _NAME.fullmatch(part) and part[:1].isupper() and len(part.split()) > 1]
    return len(known) * 4 >= len(parts) * 3 and not re.search(r"[.!?]\s+[A-Z][a-z]+\s+[a-z]", words)


def _date(words: str) -> dict[str, object] | None:
    words = words.strip(" *_.,;")
    if re.fullmatch(r"(?:19|20)\d{4}", words):
        month = int(words[4:])
        return {"date-parts": [[int(words[:4]), month]]} if 1 <= month <= 12 else None
    if match := re.fullmatch(r"((?:19|20)\d\d)[./-](\d\d?)(?:[./-](\d\d?))?", words):
        parts = [int(part) for part in match.groups() if part]
        valid = 1 <= parts[1] <= 12 and (len(parts) < 3 or csl_dates.is_day(*parts))
        return {"date-parts": [parts]} if valid else None
    if not re.search(r"(?:19|20)\d\d", words) or len(words) > 40:
        return None
    date = csl_dates.words(words)
    return date if date and "date-parts" in date and 1900 <= date["date-parts"][0][0] <= 2100 else None


def _year_of(path: tuple[str, ...]) -> int | None:
    return next((int(title) for title in reversed(path) if re.fullmatch(r"(?:19|20)\d\d", title)), None)


def _is_place(words: str) -> bool:
    """Whether a few words in brackets look like the name of a journal: capitals, no sentence."""
    plain = words.split()
    return (1 <= len(plain) <= 8 and plain[0][:1].isupper() and not words.endswith((".", "!", "?"))) or words.endswith(
        "Med."
    )


def _kind(paths: list[str], title: str, rels: set[str], scholarly: bool) -> str:
    """What an entry is, by the sections it stands in, innermost first, by its title and by its links."""
    for path in reversed(paths):
        if re.search(r"\b(?:data\s*sets?|databases)\b", path):
            return "dataset"
        if re.search(r"\bbenchmarks?\b|\bleaderboards?\b", path):
            return "benchmark"
        if re.search(r"\bsurveys?\b|^reviews?$", path):
            return "survey"
    if re.search(r"\b(?:survey|review)\b", title.lower()):
        return "survey"
    if re.search(r"\bawesome\b", title.lower()) and not scholarly:
        return "list"
    papers = any(re.search(r"\b(?:papers?|publications?)\b", path) for path in paths)
    if scholarly or rels & {"paper", "preprint"} or papers:
        return "paper"
    return "dataset" if "dataset" in rels and not rels & {"code"} else "tool"


def _column(titles: list[str], pattern: re.Pattern[str], row: list[list[Line]]) -> Iterator[int]:
    for number, title in enumerate(titles[: len(row)]):
        if pattern.fullmatch(title) and _names_something(row[number]):
            yield number


def _names_something(cell: list[Line]) -> bool:
    words = _clean_title([p for line in cell for p in line if not p.picture and not (p.href and is_generic(p.text))])
    return bool(re.search(r"\w", words)) and fold(words) not in ("none", "n/a", "-")


def _title_column(titles: list[str], row: list[list[Line]]) -> int | None:
    for pattern in (_TITLES, _THINGS, _PAPERS, re.compile(r".*\b(?:name|title)\b.*")):
        if (column := next(_column(titles, pattern, row), None)) is not None:
            return column
    return next(
        (number for number, cell in enumerate(row) if _names_something(cell) and not _DATES.fullmatch(titles[number])),
        None,
    )
