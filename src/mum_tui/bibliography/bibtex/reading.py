"""Reads BibTeX and BibLaTeX: fields become CSL variables; fields that CSL does not know are kept as written."""

from __future__ import annotations

import re

from mum_tui.bibliography.bibtex import dates, fields, numbers, people, titles
from mum_tui.bibliography.bibtex.entries import entries
from mum_tui.bibliography.bibtex.entry_fields import EntryFields
from mum_tui.bibliography.bibtex.inheritance import Inheritance
from mum_tui.bibliography.bibtex.known_names import KnownNames
from mum_tui.bibliography.records import Item, Progress, Reading, Record
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
"""Genres by BibLaTeX's keys for ``type``."""
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
_WITH_ADDRESSES = (
    *("howpublished", "note", "addendum", "annotation", "annote", "code", "software", "biburl", "bdsk-url-1"),
    *("bdsk-url-2", "website", "pdf", "link", "html", "project", "data", "slides", "video"),
)
_DATA_ONLY = frozenset(["xdata"])
_KEYWORDS = ("keywords", "keyword", "mendeley-tags", "groups", "tags", "mendeley-groups", "author_keywords")
_DEFAULT_KINDS = {
    "article-journal": "article", "book": "book", "chapter": "incollection", "paper-conference": "inproceedings",
    "manuscript": "unpublished", "document": "misc", "pamphlet": "booklet",
    "dataset": "dataset",
    "software": "software", "webpage": "online", "patent": "patent",
}  # fmt: skip


_OF_A_WORK = frozenset(
    [
        "title",
        "booktitle",
        "maintitle",
        "author",
        "editor",
        "translator",
        "doi",
        "url",
        "eprint",
        "howpublished",
        "note",
    ]
)
"""Fields of which an entry without a key needs one: else it says nothing of a work, and thousands take long."""


def read(text: str, file: str, progress: Progress | None = None) -> Reading:
    """Every entry of a BibTeX or BibLaTeX text. No text makes it raise."""
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
            reading.left_out["entries without a field that repeat a key"] += 1
            continue
        if not raw.key.strip() and _OF_A_WORK.isdisjoint(name for name, value in raw.fields.items() if value):
            reading.left_out["entries without a key, a title, people or an address"] += 1
            continue
        keys.add(raw.key)
        reading.records.append(_record(EntryFields(raw, heirs.fields(raw), reading, known)))
        if progress and number % 200 == 0:
            progress(number, len(raws), number)
    return reading


def _record(entry: EntryFields) -> Record:
    record = Record(entry.raw.key.strip(), entry.raw.line, entry.item)
    if entry.left:
        for step in (people.people, titles.titles, numbers.numbers, _where, dates.dates, _texts):
            entry.safely(step)
        entry.safely(_tags, record)
        entry.safely(_notes, record)
        entry.safely(_links, record)
    entry.unread.update(entry.left)
    numbers.keep_eprint(entry)
    record.aliases += [key.strip() for key in entry.unread.get("ids", "").split(",") if key.strip()]
    if entry.raw.kind != _default_kind(entry.item) and not entry.is_own_form:
        entry.unread["entrytype"] = entry.raw.kind
    if entry.unread:
        entry.custom["bibtex"] = {name: " ".join(clean(value).split()) for name, value in entry.unread.items()}
    if entry.as_written.raw_values:
        entry.custom["latex"] = entry.as_written.raw_values
    if entry.custom:
        entry.item["custom"] = entry.custom
    if entry.unknown:
        commands = ", ".join(dict.fromkeys(entry.unknown))
        entry.reading.left_out["unknown LaTeX commands (their text is kept)"] += len(entry.unknown)
        entry.reading.add(entry.raw.line, entry.raw.key, f"unknown LaTeX: {commands}", "its argument is kept")
    return record


def _where(entry: EntryFields) -> None:
    kind = entry.raw.kind
    order = (
        _PUBLISHERS if kind not in ("inproceedings", "conference", "proceedings") else ("publisher", *_PUBLISHERS[1:])
    )
    for name in order:
        if name not in entry.left:
            continue
        if name == "howpublished" and _names_an_address(entry.left[name]):
            continue
        if "publisher" in entry.item:
            continue
        entry.add("publisher", entry.take_flat(name, is_list=True))
        if name != _publisher_field(kind):
            entry.unread["publisher-field"] = name
        break
    if "location" in entry.left and "address" in entry.left:
        # In ACM's entries the one is the place of the conference, the other that of the publisher.
        entry.unread |= {name: entry.left[name] for name in ("location", "address")}
    for name in ("address", "location"):
        if name in entry.left and "publisher-place" not in entry.item:
            entry.add("publisher-place", entry.take_flat(name, is_list=True))
    if pages := entry.left.pop("pages", ""):
        entry.add("page", _pages(entry.flat(pages)))
        entry.as_written.pages(pages, entry.item.get("page", ""))
    elif eid := entry.left.get("eid"):
        entry.add("page", entry.flat(eid))
    if "number" in entry.left:
        series = "series" in entry.left and kind not in ("article", "periodical", "suppperiodical")
        variable = "number" if kind in _NUMBERED else "collection-number" if series else "issue"
        entry.add(variable, entry.take_flat("number"))


def _texts(entry: EntryFields) -> None:
    genre = entry.left.pop("type", "").strip()
    if genre:
        entry.add("genre", _GENRES.get(genre.lower(), "") or entry.flat(genre))
        entry.as_written.text(genre, str(entry.item.get("genre", "")))
        if genre.lower() in _GENRES or entry.raw.kind in ("thesis", "phdthesis", "mastersthesis"):
            entry.unread["type"] = genre
    elif entry.raw.kind in ("phdthesis", "mastersthesis"):
        entry.add("genre", _GENRES[entry.raw.kind])
    for name in ("language", "langid"):
        if name in entry.left and "language" not in entry.item:
            value = entry.flat(entry.left[name])
            entry.add("language", _LANGUAGES.get(value.lower(), value))
            if entry.item["language"] == value and name == "language" and "langid" not in entry.left:
                del entry.left[name]
    for name in [name for name in fields.TEXTS if name in entry.left]:
        variable = fields.TEXTS[name]
        if variable not in entry.item and variable not in ("publisher", "abstract", "genre"):
            if name in ("journal", "journaltitle", "booktitle", "address", "location"):
                continue
            if name in ("volume", "note", "howpublished") and entry.item["type"] == "article":
                continue
            entry.add(variable, entry.take(name))


def _tags(entry: EntryFields, record: Record) -> None:
    kept = ""
    for name in _KEYWORDS:
        if name not in entry.left:
            continue
        text = entry.flat(entry.left[name])
        sign = ";" if ";" in text else ","
        words = [tag for part in text.split(sign) if (tag := one_line(part))]
        record.tags += [tag for tag in dict.fromkeys(words) if tag not in record.tags]
        if name == "keywords" and len(set(words)) == len(words):
            kept = entry.left[name]
            entry.as_written.text(entry.left.pop(name), ("; " if sign == ";" else ", ").join(words))
            entry.custom["same_as"] = {"keyword": "tags;" if sign == ";" else "tags"}
    if len([name for name in _KEYWORDS if name in entry.left]) and "same_as" in entry.custom:
        # Other fields brought tags as well: what stood in keywords is told apart.
        entry.custom.pop("same_as")
        entry.left["keywords"] = kept
        entry.add("keyword", ", ".join(record.tags))


def _notes(entry: EntryFields, record: Record) -> None:
    if "abstract" in entry.left:
        record.notes = entry.take_flat("abstract")
        entry.custom.setdefault("same_as", {})["abstract"] = "notes"
    else:
        for name in ("annotation", "annote", "comment"):
            if not record.notes and name in entry.left:
                record.notes = entry.flat(entry.left[name])


def _links(entry: EntryFields, record: Record) -> None:
    if value := entry.left.get("url"):
        first, *others = in_records.split_addresses(value.strip())
        addresses = [address for other in others if (address := in_records.url(other.rstrip(".)")))]
        record.links += [("", address, "") for address in addresses]
        address = in_records.url(first)
        if not address and addresses:
            entry.item["URL"] = addresses[0]
        if address:
            entry.as_written.address(value, address)
            if (
                not others
                and not _is_more_than_one_word(value)
                and (entry.is_own_form or not in_records.arxiv(address))
            ):
                del entry.left["url"]
            if "DOI" not in entry.item and (
                doi := in_records.doi_in_address(address, str(entry.item.get("container-title", "")))
            ):
                entry.item["DOI"] = doi
            entry.item["URL"] = address
            record.links.append(("", address, ""))
        elif not addresses:
            entry.reading.add(
                entry.raw.line, f"{entry.raw.key}.url", f"“{one_line(value)[:60]}” is no address", "kept as written"
            )
    for name in _WITH_ADDRESSES if entry.has(*_WITH_ADDRESSES) or "note" in entry.item else ():
        text = entry.left.get(name, "")
        if "://" not in text and "www." not in text:
            text = str(entry.item.get("note", "")) if name == "note" else ""
        if "http" in text or "www." in text:
            addresses = in_records.urls_inside(text) or [in_records.url(text)]
            record.links += [(_rel_of_field(name), address, "") for address in addresses if address]
            if "DOI" not in entry.item and (doi := in_records.only_doi(in_records.url(text))):
                entry.item["DOI"] = doi
        elif "10." in text and "DOI" not in entry.item and (doi := in_records.only_doi(entry.flat(text))):
            entry.item["DOI"] = doi
    record.links += [("", address, "") for hidden in entry.hidden if (address := in_records.url(hidden))]


def _is_more_than_one_word(address: str) -> bool:
    """Whether the address in a field ends at white space that is no line break."""
    return re.search(r"\S[ \t]+\S", address.strip()) is not None


def _names_an_address(text: str) -> bool:
    """Whether a text that should say how a work was published says where it is."""
    return bool(in_records.url(text) or in_records.urls_inside(text) or in_records.arxiv_inside(text))


def _rel_of_field(name: str) -> str:
    return {"code": "code", "software": "code", "slides": "other", "video": "video", "project": "project",
            "website": "project", "pdf": "mirror", "biburl": "other"}.get(name, "")  # fmt: skip


def _pages(text: str) -> str:
    return re.sub(r"\s*[-‐‑‒–—−]+\s*", "-", text).strip()


def _default_kind(item: Item) -> str:
    """The entry type that a writer gives an item whose own type is unknown."""
    return _DEFAULT_KINDS.get(item["type"], "")


def _publisher_field(kind: str) -> str:
    """The field that names the publisher in an entry of this type."""
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
