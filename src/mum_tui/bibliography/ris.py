"""RIS as records, after Reference Manager's format as Zotero, EndNote, Mendeley and Ovid write it."""

from __future__ import annotations

import re
from typing import Any

from mum_tui.bibliography import east_asian_names, names
from mum_tui.bibliography.names import CJK
from mum_tui.bibliography.records import Item, Progress, Reading, Record
from mum_tui.bibliography.ris_lines import Fields, records, with_line_feeds
from mum_tui.citation import csl_dates, csl_tags
from mum_tui.citation.csl_item import arxiv_doi
from mum_tui.citation.ris import TYPES
from mum_tui.identifiers import in_records
from mum_tui.problems import ERROR
from mum_tui.text import clean, one_line

_TYPES = {
    "JOUR": "article-journal", "JFULL": "periodical", "EJOUR": "article-journal", "ABST": "article-journal",
    "INPR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CHAP": "chapter", "ECHAP": "chapter", "BOOK": "book", "EBOOK": "book",
    "EDBOOK": "book",
    "WHOLE": "book", "SER": "book", "CLSWK": "classic", "ANCIENT": "classic", "RPRT": "report", "GOVDOC": "report",
    "THES": "thesis", "UNPB": "manuscript", "MANSCPT": "manuscript", "UNPD": "manuscript", "PAMP": "pamphlet",
    "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset", "COMP": "software", "ELEC": "webpage", "WEB": "webpage",
    "BLOG": "post-weblog", "ICOMM": "post", "PAT": "patent", "STAND": "standard", "STAT": "legislation", "BILL": "bill",
    "CASE": "legal_case", "HEAR": "hearing", "LEGAL": "legislation", "VIDEO": "motion_picture",
    "MPCT": "motion_picture",
    "SOUND": "song", "MUSIC": "musical_score", "MAP": "map", "ART": "graphic", "FIGURE": "figure", "CHART": "figure",
    "SLIDE": "speech", "PCOMM": "personal_communication", "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary",
    "GEN": "document", "GRANT": "document", "CTLG": "document", "MULTI": "document", "PREPRINT": "article",
}  # fmt: skip
_ROLES = {"AU": "author", "A1": "author", "ED": "editor", "A2": "editor", "A3": "collection-editor", "A4": "translator"}
_TEXTS = {
    "TI": "title", "T1": "title", "CT": "title", "ST": "title-short", "VL": "volume", "IS": "issue", "CP": "issue",
    "VO": "volume", "IP": "issue",
    "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "DO": "DOI", "DI": "DOI", "LA": "language",
    "ET": "edition", "NV": "number-of-volumes", "DB": "source", "DP": "archive", "CN": "call-number", "SE": "section",
    "RN": "annote", "RI": "reviewed-title",
}  # fmt: skip
"""CSL's variables by tag, the same in every type."""
_SERVERS = re.compile(
    r"\b(?:bio|med|chem|psy|soc|edu|eco)?[ar]+xiv\b|\bssrn\b|research square|preprints", re.IGNORECASE
)
_NUMBERED = frozenset(["report", "patent", "standard", "article", "dataset", "document", "software"])
_PMID = r"PMID:? ?\d+|\d{7,8}"
_FRAME = frozenset(["TY", "ER"])


def read(text: str, file: str, progress: Progress | None = None) -> Reading:
    """Every record of a RIS text, whatever its line ends. No text makes it raise."""
    reading = Reading(file)
    text = with_line_feeds(text)
    for number, (line, fields) in enumerate(records(text, reading)):
        _safely(reading, line, fields)
        if progress and number % 500 == 0:
            progress(line, text.count("\n"), number)
    return reading


def _safely(reading: Reading, line: int, fields: Fields) -> None:
    try:
        reading.records.append(_Reader(reading, line, fields).record())
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, re.error) as error:
        key = next((value for tag, value in fields if tag in ("ID", "TI", "T1")), "")
        reading.add(line, key, f"cannot be read ({type(error).__name__})", "it is set aside", ERROR)


class _Reader:
    """Reads one record. Fields without a variable are kept under their tag."""

    def __init__(self, reading: Reading, line: int, fields: Fields) -> None:
        self.reading = reading
        self.line = line
        self.fields = [(tag, _text(value)) for tag, value in fields if value.strip()]
        self.type = next((value.upper() for tag, value in self.fields if tag == "TY"), "")
        self.item: Item = {"type": _TYPES.get(self.type, "document")}
        self.unread: dict[str, str] = {}

    def record(self) -> Record:
        record = Record("", self.line, self.item)
        for tag, value in self.fields:
            if tag in _FRAME:
                continue
            self._field(tag, value, record)
        record.key = self._key()
        self._settle(record)
        if self.type and self.type != _default_type(self.item):
            self.unread["TY"] = self.type
            self._keep_addresses_of_preprint()
        if self.type and self.type not in _TYPES:
            self.reading.add(self.line, record.key, f"“{self.type}” is no type of RIS", "it is read as a document")
        if self.unread:
            self.item["custom"] = {**self.item.get("custom", {}), "ris": self.unread}
        return record

    def _keep_addresses_of_preprint(self) -> None:
        """Keep a DOI and an address that follow from the arXiv number: the writer would leave them out."""
        number = str(self.item.get("custom", {}).get("arxiv_id", ""))
        if number and str(self.item.get("DOI", "")) == arxiv_doi(number):
            self.unread["DO"] = str(self.item["DOI"])
        if number and (url := str(self.item.get("URL", ""))) == f"https://arxiv.org/abs/{number}":
            self._store_raw("UR", url)

    def _key(self) -> str:
        key = self.unread.pop("ID", "")
        return key if key and not re.search(r"\s", key) and len(key) < 100 else self._set_aside("ID", key)

    def _set_aside(self, tag: str, value: str) -> str:
        if value:
            self.unread[tag] = value
        return ""

    def _add(self, variable: str, text: str, tag: str) -> None:
        text = one_line(text)
        if variable not in self.item:
            self.item[variable] = text
        elif self.item[variable] != text:
            self._store_raw(tag, text)

    def _store_raw(self, tag: str, value: str) -> None:
        self.unread[tag] = f"{self.unread[tag]}\n{value}" if tag in self.unread else value

    def _field(self, tag: str, value: str, record: Record) -> None:
        if tag in _ROLES:
            self._name(_ROLES[tag], value)
        elif tag in ("DO", "DI"):
            if doi := in_records.doi(value):
                self._add("DOI", doi, tag)
            else:
                self.reading.add(self.line, "", f"“{value[:60]}” is no DOI", "kept as written")
                self._store_raw(tag, value)
        elif tag in _TEXTS:
            rich = tag in ("TI", "T1", "CT")
            self._add(_TEXTS[tag], csl_tags.to_csl(value) if rich else value, tag)
            if tag == "DP":
                self._store_raw(tag, value)  # no other tag says so
        elif tag == "BT":
            self._add("title" if self.item["type"] in ("book",) else "container-title", csl_tags.to_csl(value), tag)
        elif tag in ("T2", "JO", "JF", "C3", "J1", "J2", "JA", "T3"):
            self._container(tag, value)
        elif tag in ("SP", "EP"):
            self.unread.setdefault(tag, value)
        elif tag == "SN":
            self._serial(value)
        elif tag in ("PY", "Y1", "DA"):
            self.unread.setdefault(tag, value)
        elif tag == "Y2":
            self._date("accessed", value, tag)
        elif tag == "KW":
            # One keyword a line; some programs put several into one, each in a line of its own.
            record.tags += [
                word for part in re.split(r"\n|;\s+", value) if (word := one_line(part)) and word not in record.tags
            ]
        elif tag in ("AB", "N2"):
            self._abstract(tag, value, record)
        elif tag in ("UR", "L1", "L2", "L3", "L4", "LK"):
            self._links(tag, value, record)
        elif tag == "N1":
            self._add("note", value, tag) if "note" not in self.item else self._more_note(value)
        elif tag in ("M3", "M1", "AN", "C1", "C2", "C4", "C5", "C6", "C7", "C8", "CA", "ID"):
            self._store_raw(tag, value)
        else:
            self.reading.left_out[f"fields {tag} (kept as they stand)"] += 1
            self._store_raw(tag, value)

    def _more_note(self, value: str) -> None:
        self._store_raw("N1", one_line(value))

    def _name(self, role: str, value: str) -> None:
        for part in value.split("\n"):
            if one_line(part).lower() in ("et al.", "et al", "and others", "others"):
                self.item["custom"] = {**self.item.get("custom", {}), "more_authors": True}
                continue
            for one in _apart(part):
                if name := _person(one):
                    self.item.setdefault(role, []).append(name)

    def _container(self, tag: str, value: str) -> None:
        value = csl_tags.to_csl(value)
        kind = self.item["type"]
        if tag in ("J2", "JA", "J1"):
            self._add("container-title-short", value, tag)
        elif tag == "T3" or (
            tag == "T2" and kind in ("book", "report", "thesis", "patent") and "C3" not in self.unread
        ):
            self._add("collection-title", value, tag)
        elif tag == "C3" and kind == "paper-conference":
            # Proceedings: where both stand, T2 is the name of the conference.
            before = self.item.get("container-title", "")
            if before and before != value:
                self.item["event-title"] = self.unread["T2"] = before
            self.item["container-title"] = value
        elif tag == "T2" and kind == "paper-conference" and self.item.get("container-title", value) != value:
            self._add("event-title", value, tag)
            self.unread["T2"] = value
        elif tag == "C3":
            self._store_raw(tag, value)
        elif tag == "JO" and "container-title" in self.item and self.item["container-title"] != value:
            self._add("container-title-short", value, tag)
        elif tag in ("JF", "T2") and "container-title" in self.item and self.item["container-title"] != value:
            # A full name after a short one.
            short = str(self.item["container-title"])
            if len(value) > len(short) and "container-title-short" not in self.item and tag == "JF":
                self.item["container-title-short"], self.item["container-title"] = short, value
            else:
                self._store_raw(tag, value)
        else:
            self._add("container-title", value, tag)

    def _serial(self, value: str) -> None:
        value = one_line(value)
        digits = re.sub(r"[^0-9Xx]", "", re.sub(r"\([^()]*\)", "", value.split(",")[0].split(";")[0]))
        book = self.item["type"] in ("book", "chapter", "paper-conference", "report", "thesis")
        self._add("ISSN" if len(digits) == 8 or not book else "ISBN", value, "SN")

    def _date(self, variable: str, value: str, tag: str) -> None:
        date = csl_dates.words(value)
        if date:
            self.item[variable] = date
            if ":" in value:
                self._store_raw(tag, value)  # Zotero adds the time of day
            if "literal" in date and not csl_dates.year(date):
                self.reading.add(self.line, "", f"“{value[:60]}” has no year", "it is shown as written")
        else:
            self._store_raw(tag, value)

    def _abstract(self, tag: str, value: str, record: Record) -> None:
        text = csl_tags.without_tags(csl_tags.to_csl(value))
        if record.notes and text != record.notes:
            self._store_raw(tag, value)
        else:
            record.notes = text
            if text != one_line(value):
                self.unread[tag] = value

    def _links(self, tag: str, value: str, record: Record) -> None:
        for part in (part for line in value.split("\n") for part in in_records.split_addresses(line)):
            address = in_records.url(part)
            if not address:
                self._store_raw(tag, part)
            elif tag == "UR" and "URL" not in self.item:
                self.item["URL"] = address
                record.links.append(("", address, ""))
            else:
                record.links.append(("mirror" if tag in ("L1", "L2") else "", address, ""))
                self._store_raw(tag, part)

    def _settle(self, record: Record) -> None:
        """Read what needs the whole record: dates, pages, numbers, the preprint."""
        self._issued()
        first, last = self.unread.pop("SP", ""), self.unread.pop("EP", "")
        if first or last:
            self.item["page"] = _pages(first, last)
            if last and last == first:
                self.unread["EP"] = last
        container = str(self.item.get("container-title", ""))
        if "DOI" not in self.item and (doi := in_records.doi_in_address(str(self.item.get("URL", "")), container)):
            self.item["DOI"] = doi
        number = self._arxiv()
        if number:
            custom = self.item.get("custom", {})
            self.item["custom"] = {**custom, "arxiv_id": number}
            if self.type in ("UNPB", "INPR", "GEN", "ELEC", "PREPRINT", "MANSCPT") or in_records.is_arxiv(container):
                self.item["type"] = "article"
            if re.fullmatch(rf"arXiv:{re.escape(number)}", self.unread.get("AN", "")):
                del self.unread["AN"]
            if self.item["type"] == "article" and self.item.get("publisher") == "arXiv":
                del self.item["publisher"]  # follows from the number, and is written again
        elif self.item["type"] == "manuscript" and _SERVERS.search(str(self.item.get("publisher", ""))):
            self.item["type"] = "article"
        self._by_type()
        if record.tags:
            self.item["custom"] = {**self.item.get("custom", {}), "same_as": {"keyword": "tags"}}
        if record.notes:
            same_as = self.item.get("custom", {}).get("same_as", {})
            self.item["custom"] = {**self.item.get("custom", {}), "same_as": {**same_as, "abstract": "notes"}}

    def _issued(self) -> None:
        stamps = {tag: self.unread.pop(tag, "") for tag in ("DA", "PY", "Y1", "YR")}
        dates = {tag: date for tag, stamp in stamps.items() if stamp and (date := csl_dates.words(stamp))}
        if "DA" in dates and not csl_dates.year(dates["DA"]) and len(stamps["PY"].strip(" /")) == 4:
            # EndNote writes the day without the year: ``DA  - Dec 1``.
            whole = csl_dates.words(f"{stamps['DA']} {stamps['PY'].strip(' /')}")
            dates |= {"DA": whole} if whole and "literal" not in whole else {}
        best: dict[str, Any] = {}
        for date in dates.values():
            if _precision(date) > _precision(best):
                if best and csl_dates.year(best) and csl_dates.year(date) != csl_dates.year(best):
                    continue
                best = date
        if best:
            self.item["issued"] = best
            self.unread |= {tag: stamps[tag] for tag, date in dates.items() if not _says(best, date)}
            if "literal" in best and not csl_dates.year(best):
                self.reading.add(self.line, "", f"“{best['literal'][:60]}” has no year", "it is shown as written")

    def _arxiv(self) -> str:
        for text in (self.unread.get("AN", ""), str(self.item.get("DOI", "")), str(self.item.get("URL", ""))):
            if "arxiv" in text.lower() and (number := in_records.arxiv(text)):
                return number
        for variable in ("container-title", "note", "publisher", "volume"):
            if number := in_records.arxiv_inside(str(self.item.get(variable, ""))):
                return number
        for tag in ("M1", "M3", "C1", "AN"):
            if number := in_records.arxiv_inside(self.unread.get(tag, "")):
                return number
        if in_records.is_arxiv(str(self.item.get("publisher", ""))) and (
            number := in_records.arxiv(self.unread.get("AN", ""))
        ):
            return number
        return ""

    def _by_type(self) -> None:
        """Read tags whose meaning depends on the type."""
        kind = self.item["type"]
        if self.unread.get("M3") and kind in ("thesis", "report", "webpage", "manuscript", "patent", "speech", "map"):
            self.item["genre"] = one_line(self.unread.pop("M3"))
        for tag in ("M1", "AN"):
            if tag in self.unread and kind in _NUMBERED and "number" not in self.item and "\n" not in self.unread[tag]:
                self.item["number"] = self.unread[tag] if tag == "M1" else self.unread.pop(tag)
        if kind in ("dataset", "software") and "edition" in self.item:
            self.item["version"] = self.item.pop("edition")
        if kind == "report" and "issue" in self.item and "number" not in self.item:
            self.item["number"] = self.item.pop("issue")
        if kind == "book" and "issue" in self.item:
            self.item["collection-number"] = self.item.pop("issue")
        if "C7" in self.unread and "page" not in self.item:
            self.item["page"] = one_line(self.unread.pop("C7"))
        if kind == "paper-conference" and "C1" in self.unread and "event-place" not in self.item:
            self.item["event-place"] = one_line(self.unread.pop("C1"))
        for tag, variable, pattern in (("C2", "PMCID", r"PMC\d+"), ("AN", "PMID", _PMID), ("C6", "PMID", _PMID)):
            value = self.unread.get(tag, "")
            fits = re.fullmatch(pattern, value) and (variable == "PMCID" or kind == "article-journal")
            if fits and variable not in self.item:
                self.item[variable] = re.sub(r"^PMID:? ?", "", self.unread.pop(tag))


def _apart(names: str) -> list[str]:
    """The names in one field: as a rule one, in records of Chinese databases often all."""
    if names.isascii() or not CJK.search(names):
        return [names]
    parts = re.split(r"\s*[;；、]\s*", names.replace("，", ","))
    return [name for part in parts if part for name in (east_asian_names.names_in(part) or [part])]


def _says(best: dict[str, Any], date: dict[str, Any]) -> bool:
    """Whether a date says all that another one says."""
    if "date-parts" not in best or "date-parts" not in date or len(date["date-parts"]) > 1:
        return best == date
    parts = date["date-parts"][0]
    return bool(best["date-parts"][0][: len(parts)] == parts) and date.get("season") in (None, best.get("season"))


def _precision(date: dict[str, Any]) -> int:
    if not date:
        return 0
    parts = date.get("date-parts")
    return 1 if not parts else 1 + sum(map(len, parts)) + ("season" in date)


def _text(value: str) -> str:
    return clean(value).strip()


def _pages(first: str, last: str) -> str:
    first = re.sub(r"\s*[-‐‑‒–—]+\s*", "-", one_line(first))
    last = one_line(last)
    if not last or last == first or "-" in first:
        return first or last
    return f"{first}-{last}" if first else last


def _person(text: str) -> dict[str, str]:
    text = one_line(text).strip()
    if not text:
        return {}
    if "," in text:
        return names.split(text)
    return names.from_pubmed(text) if re.fullmatch(r".+ [A-Z]{1,3}", text) else _whole(text)


def _whole(text: str) -> dict[str, str]:
    return {"literal": text}


def _default_type(item: Item) -> str:
    return TYPES.get(item["type"], "GEN")
