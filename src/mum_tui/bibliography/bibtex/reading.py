"""BibTeX and BibLaTeX as records: each field in CSL's terms; what CSL has no term for is kept as it stood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mum_tui.bibliography import latex, names
from mum_tui.bibliography.bibtex import as_written, fields
from mum_tui.bibliography.bibtex.as_written import AsWritten
from mum_tui.bibliography.bibtex.entries import Raw, entries
from mum_tui.bibliography.bibtex.inheritance import Inheritance
from mum_tui.bibliography.bibtex.known_names import MAX_NAMES, KnownNames
from mum_tui.bibliography.records import Item, Progress, Reading, Record
from mum_tui.citation import bib_titles, csl_tags
from mum_tui.citation import csl_dates as dates
from mum_tui.citation.bib_fields import digest
from mum_tui.identifiers import in_records
from mum_tui.text import clean, one_line

_GENRES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "technical report",
    "resreport": "research report",
    "patent": "patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "U.S. patent",
    "patreq": "patent request",
    "software": "computer software",
    "datacd": "CD-ROM",
    "audiocd": "audio CD",
}
"""BibLaTeX's keys for ``type`` in words."""
_LANGUAGES = {
    "english": "en", "american": "en-US", "british": "en-GB", "usenglish": "en-US", "ukenglish": "en-GB",
    "german": "de",
    "ngerman": "de", "deutsch": "de", "french": "fr", "francais": "fr", "spanish": "es", "italian": "it", "dutch": "nl",
    "portuguese": "pt", "brazilian": "pt-BR", "russian": "ru", "polish": "pl", "czech": "cs", "danish": "da",
    "swedish": "sv", "norwegian": "no", "finnish": "fi", "greek": "el", "latin": "la", "japanese": "ja",
    "chinese": "zh",
    "korean": "ko", "turkish": "tr", "hungarian": "hu", "romanian": "ro", "ukrainian": "uk", "arabic": "ar",
    "hebrew": "he", "catalan": "ca", "austrian": "de-AT", "naustrian": "de-AT", "eng": "en", "ger": "de", "fre": "fr",
}  # fmt: skip
_NUMBERED = frozenset([
    "techreport", "report", "manual", "patent", "standard", "misc", "dataset", "software", "online", "unpublished",
    "legal",
    "legislation", "jurisdiction", "thesis", "phdthesis", "mastersthesis", "electronic", "www", "booklet",
])  # fmt: skip
_PUBLISHERS = ("publisher", "institution", "school", "organization", "howpublished")
_BRACED = re.compile(r"(?<![\w{\\}-])\{([A-Z][a-z]+(?:-[A-Z]?[a-z0-9]+)*)\}(?![\w{-])")
_WITH_ADDRESSES = (
    *("howpublished", "note", "addendum", "annotation", "annote", "code", "software", "biburl", "bdsk-url-1"),
    *("bdsk-url-2", "website", "pdf", "link", "html", "project", "data", "slides", "video"),
)
_CLASS = re.compile(r"\[[\w.-]+\]")
_LATEX_IN_DOI = re.compile(r"\\[A-Za-z]|[{$]")
_RESOLVER = re.compile(r"https://doi\.org/10\.(?:[^\s{}\\%]|%[0-9A-Fa-f]{2})+(?<![.,;])")
"""A DOI as the address that Crossref shows it as: it is written as it stood, any other spelling as the bare DOI."""
_ARTICLES = ("article", "periodical", "suppperiodical", "review")
_DATA_ONLY = frozenset(["xdata"])
_KEYWORDS = ("keywords", "keyword", "mendeley-tags", "groups", "tags")


def read(text: str, file: str, progress: Progress | None = None) -> Reading:
    """Every entry of a BibTeX or BibLaTeX text. Never raises for what is in the text."""
    reading = Reading(file)
    raws = entries(text, reading, progress)
    heirs = Inheritance(raws, reading)
    known = KnownNames()
    keys: set[str] = set()
    for number, raw in enumerate(raws):
        if raw.kind in _DATA_ONLY:
            reading.left_out["@xdata blocks, whose fields went into the entries that name them"] += 1
            continue
        if not raw.fields and raw.key in keys:
            reading.left_out["entries without a field, whose key another entry has"] += 1
            continue
        keys.add(raw.key)
        reading.records.append(_Reader(raw, heirs.fields(raw), reading, known).record())
        if progress and number % 200 == 0:
            progress(number, len(raws), number)
    return reading


class _Reader:
    """Reads one entry; takes each field it understands from ``left``, the rest is kept raw."""

    def __init__(self, raw: Raw, values: Mapping[str, str], reading: Reading, known: KnownNames) -> None:
        self.raw = raw
        self.reading = reading
        self.known = known
        self.left = {name: value for name, value in values.items() if value.strip()}
        self.item: Item = {"type": fields.TYPES.get(raw.kind, "document")}
        self.unread: dict[str, str] = {}
        self.custom: dict[str, Any] = {}
        self.number: str | None = None
        self.is_own_form = False
        self.unknown: list[str] = []
        self.hidden: list[str] = []
        self.as_written = AsWritten()
        self.all_written_so = True
        self.written_names: list[str] = []
        """The names of the list that is being read, as they will be written."""
        self.eprint: dict[str, str] = {}

    def record(self) -> Record:
        record = Record(self.raw.key.strip(), self.raw.line, self.item)
        if self.left:
            for step in (self._names, self._titles, self._numbers, self._where, self._dates, self._texts):
                self._safely(step)
            self._safely(self._tags, record)
            self._safely(self._notes, record)
            self._safely(self._links, record)
        self.unread.update(self.left)
        self._keep_eprint()
        record.aliases += [key.strip() for key in self.unread.pop("ids", "").split(",") if key.strip()]
        if self.raw.kind != _default_kind(self.item) and not self.is_own_form:
            self.unread["entrytype"] = self.raw.kind
        if self.unread:
            self.custom["bibtex"] = {name: " ".join(clean(value).split()) for name, value in self.unread.items()}
        if self.as_written.raw_values:
            self.custom["latex"] = self.as_written.raw_values
        if self.custom:
            self.item["custom"] = self.custom
        if self.unknown:
            commands = ", ".join(dict.fromkeys(self.unknown))
            self.reading.left_out["LaTeX commands that nobody knows (their text is kept)"] += len(self.unknown)
            self.reading.add(self.raw.line, self.raw.key, f"unknown LaTeX: {commands}", "what it stands around is kept")
        return record

    def _safely(self, step: Any, *arguments: Any) -> None:
        """Whatever goes wrong with a field, it is kept as it stands and the rest of the entry is read."""
        try:
            step(*arguments)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, re.error) as error:
            where = f"{self.raw.key}.{step.__name__.strip('_')}"
            self.reading.add(self.raw.line, where, f"cannot be read ({type(error).__name__})", "kept as it stands")

    # -- fields

    def plain(self, value: str) -> str:
        if latex.is_plain(value):  # most are
            return clean(one_line(value)) if value else ""
        decoded = latex.decode(value, self.reading.macros)
        if decoded.unknown:
            self.unknown += decoded.unknown
        if decoded.links:
            self.hidden += decoded.links
        return clean(decoded.text)

    def rich(self, value: str) -> str:
        """Text that may have formatting, from LaTeX or from HTML."""
        text = self.plain(value)
        return csl_tags.to_csl(text) if "<" in text or "&" in text else text

    def flat(self, value: str) -> str:
        return csl_tags.without_tags(self.rich(value))

    def _people(self, part: str) -> list[names.Person]:
        """One name of a list, which may be several in truth; notes how it will be written."""
        known = self.known.whole
        if (read := known.get(part)) is None:
            before = len(self.unknown) + len(self.hidden)
            read = self.known.simple(part, self.flat)
            if read is None:
                read = as_written.read_name(part, list(names.one(part, self.flat)))
            if len(self.unknown) + len(self.hidden) == before and len(known) < MAX_NAMES:
                known[part] = read
        self.all_written_so = self.all_written_so and read.is_same
        self.written_names += read.written
        return read.people

    def has(self, *wanted: str) -> bool:
        """Whether any of these fields is still to be read."""
        return not self.left.keys().isdisjoint(wanted)

    def take(self, name: str) -> str:
        """The decoded text of a field, which is then dealt with."""
        if name not in self.left:
            return ""
        value = self.left.pop(name)
        if text := _as_it_stands(value):
            return text
        text = self.rich(value)
        self.as_written.text(value, text)
        return text

    def take_flat(self, name: str, is_list: bool = False) -> str:
        """The same without formatting."""
        value = self.left.pop(name)
        if (text := _as_it_stands(value)) and not is_list:
            return text
        text = self.flat(value)
        self.as_written.text(value, text, is_list)
        return text

    def add(self, variable: str, text: str) -> None:
        if text:
            self.item[variable] = text

    # -- steps

    def _names(self) -> None:
        for name, variable in fields.NAMES.items():
            value = self.left.get(name, "")
            if not value or not variable:
                continue
            self.all_written_so, self.written_names = True, []
            people = names.from_bibtex(value, self._people)
            if people.remark:
                self.reading.add(self.raw.line, f"{self.raw.key}.{name}", people.remark)
            if people.names:
                self.item[variable] = people.names
                if not (self.all_written_so and people.complete and not people.remark):
                    others = [] if people.complete or name != "author" else ["others"]
                    written = " and ".join([*self.written_names, *others])
                    self.as_written.people(value, written, self.all_written_so)
            if not people.complete:
                if name != "author":
                    continue  # stays as it stands too
                self.custom["more_authors"] = True
            if people.names or not people.complete:
                del self.left[name]

    def _titles(self) -> None:
        whole = self.left.pop("title", "")
        title = self.rich(whole)
        if subtitle := self.left.get("subtitle"):
            self.unread |= {"title": whole, "subtitle": self.left.pop("subtitle")}
            title = _with_subtitle(title, self.rich(subtitle))
        self.add("title", title)
        self._protected(whole, title)
        if "subtitle" not in self.unread:
            self.as_written.title(whole, title, self.custom.get("name", ""))
        for name, more in (("journal", ""), ("journaltitle", "journalsubtitle"), ("booktitle", "booksubtitle")):
            if name not in self.left:
                continue
            if name == "journal" and in_records.is_arxiv(self.left[name]) and self._arxiv():
                continue
            if "container-title" in self.item:
                continue  # both: the second is kept as it stands
            whole = self.left[name]
            text = self.take(name)
            expected = "booktitle" if self.raw.kind not in _ARTICLES else "journal"
            if not name.startswith(expected) or (name != "booktitle" and "booktitle" in self.left):
                self.unread[name] = whole
            if more and (subtitle := self.left.get(more)):
                self.unread |= {name: whole, more: self.left.pop(more)}
                text = _with_subtitle(text, self.rich(subtitle))
            self.add("container-title", text)
        if "shortjournal" in self.left:
            self.add("container-title-short", self.take("shortjournal"))

    def _protected(self, value: str, title: str) -> None:
        """Keep plain words that stand in braces of their own: nothing else tells that their capitals matter."""
        words = [word for word in _BRACED.findall(value) if not bib_titles.is_protected(word) and word in title]
        if words and f"{{{words[0]}}}" not in bib_titles.title(title, str):
            self.custom["name"] = " ".join(dict.fromkeys(words))

    def _arxiv(self) -> str:
        """The arXiv number, from whichever field has it."""
        if self.number is None:
            self.number = self._arxiv_number()
        return self.number

    def _arxiv_number(self) -> str:
        value = self.left.get
        server = value("archiveprefix", value("eprinttype", value("archive", "arxiv"))).strip().lower()
        eprint = value("eprint", "")
        if eprint and server in ("arxiv", "") and (number := in_records.arxiv(self.flat(eprint))):
            return number
        for name in ("doi", "url", "journal", "journaltitle", "arxivid", "arxiv"):
            if (text := value(name)) and (number := in_records.arxiv(text)):
                return number
        for name in (
            "journal",
            "journaltitle",
            "howpublished",
            "note",
            "volume",
            "number",
            "pages",
            "eid",
            "publisher",
        ):
            if (text := value(name)) and (number := in_records.arxiv_inside(text.replace("--", ":"))):
                return number
        container = value("journal", value("journaltitle", value("publisher", "")))
        if in_records.is_arxiv(container) or (server == "arxiv" and "archiveprefix" in self.left):
            for name in ("volume", "number", "pages", "eid", "eprint"):
                if number := in_records.arxiv(value(name, "")):
                    return number
        return ""

    def _numbers(self) -> None:
        number = self._arxiv()
        if number:
            self.custom["arxiv_id"] = number
            eprint = self.flat(self.left.get("eprint", ""))
            subject = self.flat(self.left.get("primaryclass", self.left.get("eprintclass", "")))
            subject = subject or in_records.arxiv_class(eprint)
            if subject:
                self.custom["primary_class"] = subject
            self._take_eprint(number, eprint)
            self._take_own_form(number)
            journal = self.left.get("journal", self.left.get("journaltitle", ""))
            classic = self.raw.kind in ("misc", "online", "unpublished", "techreport", "report", "electronic", "www")
            if (in_records.is_arxiv(journal) and "container-title" not in self.item) or (
                classic and not journal and "booktitle" not in self.left
            ):
                self.item["type"] = "article"
        doi = ""
        if value := self.left.get("doi"):
            doi = in_records.doi(value) if not _LATEX_IN_DOI.search(value) else ""
            doi = doi or in_records.doi(self.plain(value))
            if doi:
                self.item["DOI"] = doi
                if _RESOLVER.fullmatch(value.strip()):
                    self.as_written.raw_values[digest(doi)] = value.strip()
                if not in_records.arxiv(doi) or self.is_own_form:
                    del self.left["doi"]
            else:
                self.reading.add(
                    self.raw.line, f"{self.raw.key}.doi", f"“{one_line(value)[:60]}” is no DOI", "kept as it stands"
                )
        for name, variable in (("isbn", "ISBN"), ("issn", "ISSN"), ("pmid", "PMID"), ("pmcid", "PMCID")):
            if name in self.left:
                self.add(variable, self.take_flat(name))
        if self.left.get("eprinttype", "").lower() in ("pubmed", "pmid") and "PMID" not in self.item:
            self.add("PMID", self.flat(self.left.get("eprint", "")))

    def _take_eprint(self, number: str, eprint: str) -> None:
        """Take the fields that say no more than the number, so that they are written anew."""
        if eprint == number:
            names_of_fields = ("eprint", "archiveprefix", "eprinttype", "primaryclass", "eprintclass")
            self.eprint = {name: self.left.pop(name) for name in names_of_fields if name in self.left}

    def _keep_eprint(self) -> None:
        """Keep the fields of the number where another says it too: the number is written anew only where none does."""
        if self.eprint and not self.is_own_form:
            number = self.eprint.get("eprint", "")
            texts = (self.item.get(name, "") for name in ("container-title", "note", "page", "volume"))
            if number in " ".join(map(str, (*self.unread.values(), *texts))):
                self.unread.update(self.eprint)

    def _take_own_form(self, number: str) -> None:
        """Recognise a preprint as this program writes it, every field of which follows from its number."""
        howpublished, _, subject = self.left.get("howpublished", "").strip().partition(" ")
        is_number = howpublished == f"arXiv:{number}" and (not subject or _CLASS.fullmatch(subject) is not None)
        self.is_own_form = (
            (self.raw.kind == "online" or (self.raw.kind == "misc" and is_number))
            and "eprint" not in self.left
            and self.left.get("doi", "") == f"10.48550/arXiv.{number}"
            and self.left.get("url", "") == f"https://arxiv.org/abs/{number}"
        )
        if self.is_own_form:
            self.left.pop("howpublished", None)

    def _where(self) -> None:
        kind = self.raw.kind
        order = (
            _PUBLISHERS
            if kind not in ("inproceedings", "conference", "proceedings")
            else ("publisher", *_PUBLISHERS[1:])
        )
        for name in order:
            if name not in self.left:
                continue
            if name == "howpublished" and (in_records.url(self.left[name]) or in_records.arxiv_inside(self.left[name])):
                continue
            if "publisher" in self.item:
                continue
            self.add("publisher", self.take_flat(name, is_list=True))
            if name != _publisher_field(kind):
                self.unread["publisher-field"] = name
            break
        for name in ("location", "address"):
            if name in self.left and "publisher-place" not in self.item:
                self.add("publisher-place", self.take_flat(name, is_list=True))
        if pages := self.left.pop("pages", ""):
            self.add("page", _pages(self.flat(pages)))
            self.as_written.pages(pages, self.item.get("page", ""))
        elif eid := self.left.get("eid"):
            self.add("page", self.flat(eid))
        if "number" in self.left:
            series = "series" in self.left and kind not in ("article", "periodical", "suppperiodical")
            variable = "number" if kind in _NUMBERED else "collection-number" if series else "issue"
            self.add(variable, self.take_flat("number"))

    def _dates(self) -> None:
        for name, variable in fields.DATES.items():
            if name not in self.left:
                continue
            date = dates.words(self.flat(self.left[name]))
            if date and "literal" in date and name == "date" and "year" in self.left:
                continue  # the year says more
            if date:
                self.item[variable] = date
                if "literal" in date:
                    self._say_date(name, date)
                else:
                    self.unread |= self._not_canonical(name, self.left[name], date)
                    if name == "date" and self.has("year", "month"):
                        self.unread[name] = self.left[name]
                del self.left[name]
        if "issued" in self.item or "year" not in self.left:
            return
        self.item["issued"] = self._year_and_month()

    def _say_date(self, name: str, date: dict[str, Any]) -> None:
        if not dates.year(date):
            message = f"“{date['literal']}” has no year"
            self.reading.add(self.raw.line, f"{self.raw.key}.{name}", message, "it is shown as it stands")

    @staticmethod
    def _not_canonical(name: str, value: str, date: dict[str, Any]) -> dict[str, str]:
        """The date as it stands where CSL cannot say all of it (``1988?`` and ``1988~`` are both approximate)."""
        return {name: value} if date.get("circa") else {}

    def _year_and_month(self) -> dict[str, Any]:
        year_as_it_stood = self.left.pop("year").strip()
        text = self.flat(year_as_it_stood)
        date = dates.words(text) or {"literal": text}
        raw_month = self.left.get("month", "")
        if "literal" in date:
            self._say_date("year", date)
            return date
        parts = date["date-parts"]
        if year_as_it_stood != str(parts[0][0]):
            self.unread["year"] = year_as_it_stood
        if raw_month and len(parts) == 1 and len(parts[0]) == 1:
            month, day, last, season = dates.month(self.flat(raw_month))
            year = parts[0][0]
            if (month or season) and raw_month.strip().lower() not in dates.MONTHS:
                self.unread["month"] = raw_month.strip()
            if month:
                first = [year, month, day] if day and dates.is_day(year, month, day) else [year, month]
                date["date-parts"] = [first, [year, last]] if last > month else [first]
                if not last and not re.fullmatch(r"\w+", raw_month.strip()) and not day:
                    return date
                del self.left["month"]
            elif season:
                date["season"] = season
                del self.left["month"]
        return date

    def _texts(self) -> None:
        genre = self.left.pop("type", "").strip()
        if genre:
            self.add("genre", _GENRES.get(genre.lower(), "") or self.flat(genre))
            self.as_written.text(genre, str(self.item.get("genre", "")))
            if genre.lower() in _GENRES or self.raw.kind in ("thesis", "phdthesis", "mastersthesis"):
                self.unread["type"] = genre
        elif self.raw.kind in ("phdthesis", "mastersthesis"):
            self.add("genre", _GENRES[self.raw.kind])
        for name in ("language", "langid"):
            if name in self.left and "language" not in self.item:
                value = self.flat(self.left[name])
                self.add("language", _LANGUAGES.get(value.lower(), value))
                if self.item["language"] == value and name == "language" and "langid" not in self.left:
                    del self.left[name]
        for name in [name for name in fields.TEXTS if name in self.left]:
            variable = fields.TEXTS[name]
            if variable not in self.item and variable not in ("publisher", "abstract", "genre"):
                if name in ("journal", "journaltitle", "booktitle", "address", "location"):
                    continue
                if name in ("volume", "note", "howpublished") and self.item["type"] == "article":
                    continue
                self.add(variable, self.take(name))

    def _tags(self, record: Record) -> None:
        kept = ""
        for name in _KEYWORDS:
            if name not in self.left:
                continue
            text = self.flat(self.left[name])
            sign = ";" if ";" in text else ","
            words = [tag for part in text.split(sign) if (tag := one_line(part))]
            record.tags += [tag for tag in dict.fromkeys(words) if tag not in record.tags]
            if name == "keywords" and len(set(words)) == len(words):
                kept = self.left[name]
                self.as_written.text(self.left.pop(name), ("; " if sign == ";" else ", ").join(words))
                self.custom["same_as"] = {"keyword": "tags;" if sign == ";" else "tags"}
        if len([name for name in _KEYWORDS if name in self.left]) and "same_as" in self.custom:
            # Other fields brought tags as well: what stood in keywords is told apart.
            self.custom.pop("same_as")
            self.left["keywords"] = kept
            self.add("keyword", ", ".join(record.tags))

    def _notes(self, record: Record) -> None:
        if "abstract" in self.left:
            record.notes = self.take_flat("abstract")
            self.custom.setdefault("same_as", {})["abstract"] = "notes"
        else:
            for name in ("annotation", "annote", "comment"):
                if not record.notes and name in self.left:
                    record.notes = self.flat(self.left[name])

    def _links(self, record: Record) -> None:
        if value := self.left.get("url"):
            first, *others = in_records.apart(value.strip())
            record.links += [("", address, "") for other in others if (address := in_records.url(other))]
            address = in_records.url(first)
            if address:
                self.as_written.address(value, address)
                if not others and (self.is_own_form or not in_records.arxiv(address)):
                    del self.left["url"]
                if not in_records.arxiv(address) and in_records.doi_of_address(address) and "DOI" not in self.item:
                    self.item["DOI"] = in_records.doi_of_address(address)
                self.item["URL"] = address
                record.links.append(("", address, ""))
            else:
                self.reading.add(
                    self.raw.line, f"{self.raw.key}.url", f"“{one_line(value)[:60]}” is no address", "kept as it stands"
                )
        for name in _WITH_ADDRESSES if self.has(*_WITH_ADDRESSES) or "note" in self.item else ():
            text = self.left.get(name, "")
            if "://" not in text and "www." not in text:
                text = str(self.item.get("note", "")) if name == "note" else ""
            if "http" in text or "www." in text:
                addresses = in_records.urls_inside(text) or [in_records.url(text)]
                record.links += [(_rel_of_field(name), address, "") for address in addresses if address]
        record.links += [("", address, "") for hidden in self.hidden if (address := in_records.url(hidden))]


def _as_it_stands(value: str) -> str:
    """The text of a value in which nothing is LaTeX or formatting, as most are; empty for any other."""
    if not as_written.is_plain(value):
        return ""
    text = one_line(value)
    return text if text.isprintable() else ""


def _rel_of_field(name: str) -> str:
    return {"code": "code", "software": "code", "slides": "other", "video": "video", "project": "project",
            "website": "project", "pdf": "mirror", "biburl": "other"}.get(name, "")  # fmt: skip


def _with_subtitle(title: str, subtitle: str) -> str:
    if not title:
        return subtitle
    joint = " " if csl_tags.without_tags(title).endswith((":", "?", "!", ".", "–", "—")) else ": "
    return f"{title}{joint}{subtitle}"


def _pages(text: str) -> str:
    return re.sub(r"\s*[-‐‑‒–—−]+\s*", "-", text).strip()


_DEFAULT_KINDS = {
    "article-journal": "article", "book": "book", "chapter": "incollection", "paper-conference": "inproceedings",
    "manuscript": "unpublished", "document": "misc", "pamphlet": "booklet",
    "dataset": "dataset",
    "software": "software", "webpage": "online", "patent": "patent",
}  # fmt: skip


def _default_kind(item: Item) -> str:
    """The entry type that is written for an item when nothing is known of its own."""
    return _DEFAULT_KINDS.get(item["type"], "")


def _publisher_field(kind: str) -> str:
    """The field in which an entry of this type names who published it."""
    if kind in ("techreport", "report"):
        return "institution"
    if kind in ("phdthesis", "mastersthesis"):
        return "school"
    if kind == "thesis":
        return "institution"
    if kind == "manual":
        return "organization"
    if kind in ("misc", "booklet"):
        return "howpublished"
    return "organization" if kind in ("online", "electronic", "www") else "publisher"
