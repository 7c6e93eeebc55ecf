"""MEDLINE as records: PubMed's ``.nbib`` and Ovid's fields of the same kind.

After "MEDLINE/PubMed Data Element (Field) Descriptions" of the National Library of Medicine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mum_tui.bibliography import names
from mum_tui.bibliography.records import Item, Progress, Reading, Record
from mum_tui.citation import csl_dates, csl_tags
from mum_tui.identifiers import in_records
from mum_tui.problems import ERROR
from mum_tui.text import clean, one_line

_TAG = re.compile(r"^(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)$")
_TEXTS = {
    "TI": "title", "BTI": "container-title", "CTI": "collection-title", "JT": "container-title",
    "JN": "container-title",
    "TA": "container-title-short", "VI": "volume", "VO": "volume", "IP": "issue", "PG": "page", "PB": "publisher",
    "PL": "publisher-place", "EN": "edition", "ISBN": "ISBN", "VTI": "volume-title", "TT": "original-title",
}  # fmt: skip
_STARTS = ("PMID", "UI", "VN")
_WORDS = ("MH", "OT", "KW")
_REST = frozenset(
    ["OWN", "STAT", "DCOM", "LR", "SB", "EDAT", "MHDA", "CRDT", "PST", "OTO", "IRAD", "DB", "VN", "NLM", "ED2"]
)
"""PubMed's administrative fields, which say nothing of the work."""

_PREPRINTS = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|research square|ssrn|preprints)\b", re.IGNORECASE
)


def is_medline(text: str) -> bool:
    """Whether a text begins like MEDLINE: with a PubMed number, or with Ovid's fields without RIS's first one."""
    for line in text[:20_000].split("\n")[:200]:
        match = _TAG.match(line.rstrip("\r"))
        if match:
            return match["tag"] in ("PMID", "UI", "VN") or (match["tag"] == "DB" and "\nUI " in text[:5000])
        if line.strip() and not re.fullmatch(r"\s*<?\d+[.>]?\s*", line):
            return False
    return False


def read(text: str, file: str, progress: Progress | None = None) -> Reading:
    """Every record of a MEDLINE text, whatever its line ends. No text makes it raise."""
    reading = Reading(file)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    total = text.count("\n")
    for number, (line, fields) in enumerate(_records(text, reading)):
        try:
            reading.records.append(_record(line, fields, reading))
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, re.error) as error:
            reading.add(line, "", f"cannot be read ({type(error).__name__})", "it is set aside", ERROR)
        if progress and number % 500 == 0:
            progress(line, total, number)
    return reading


def _records(text: str, reading: Reading) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    fields: list[tuple[str, list[str]]] = []
    started = 0
    blank = True
    for number, line in enumerate(text.split("\n"), 1):
        match = _TAG.match(line)
        if match:
            tag = match["tag"]
            again = any(name == tag for name, _ in fields) if tag in _STARTS else False
            if fields and (again or (blank and tag in _STARTS)):
                yield started, [(name, " ".join(value)) for name, value in fields]
                fields = []
            if not fields:
                started = number
            fields.append((tag, [match["value"].strip()]))
        elif line.strip() and line[:1].isspace() and fields:
            fields[-1][1].append(line.strip())
        elif line.strip() and not re.fullmatch(r"\s*<?\d+[.>]?\s*", line):
            reading.left_out["lines of text between records"] += 1
        blank = not line.strip()
    if fields:
        yield started, [(name, " ".join(value)) for name, value in fields]


def _record(line: int, fields: list[tuple[str, str]], reading: Reading) -> Record:
    item: Item = {"type": "article-journal"}
    record = Record("", line, item)
    values: dict[str, list[str]] = {}
    for tag, value in fields:
        if value := one_line(clean(value)):
            values.setdefault(tag, []).append(value)
    unread: dict[str, str] = {}
    _types(item, values.pop("PT", []), unread)
    for tag, variable in _TEXTS.items():
        for text in values.pop(tag, []):
            text = csl_tags.to_csl(text)
            if variable not in item:
                item[variable] = text
            elif item[variable] != text:
                unread[tag] = text
    title = str(item.get("title", ""))
    if title.endswith(".") and not title.endswith("..") and title.count(". ") == 0:
        item["title"] = title[:-1]  # PubMed puts a full stop behind every title
    if title.startswith("[") and title.rstrip(".").endswith("]"):
        item["title"] = title.strip(".[]")
    if "page" in item:
        item["page"] = re.sub(r"\s*[-–]+\s*", "-", str(item["page"]))
    _people(item, values)
    _numbers(item, values, record, unread)
    _dates(item, values, reading, line)
    record.notes = csl_tags.without_tags(csl_tags.to_csl(" ".join(values.pop("AB", []))))
    for tag in _WORDS:
        record.tags += [word for text in values.pop(tag, []) if (word := text.strip("*")) not in record.tags]
    if languages := values.pop("LA", []):
        item["language"] = _language(languages[0])
    for tag, texts in values.items():
        if tag in _REST:
            reading.left_out["PubMed's administrative fields"] += 1
        else:
            unread[tag] = "\n".join(texts)
    _settle(record, unread)
    return record


def _types(item: Item, types: list[str], unread: dict[str, str]) -> None:
    named = " ".join(types).lower()
    for word, kind in (("book chapter", "chapter"), ("chapter", "chapter"), ("book", "book"), ("preprint", "article"),
                       ("dataset", "dataset"), ("newspaper", "article-newspaper"), ("technical report", "report"),
                       ("thesis", "thesis"), ("dissertation", "thesis"), ("patent", "patent")):  # fmt: skip
        if word in named:
            item["type"] = kind
            break
    if types:
        unread["PT"] = "\n".join(types)


def _people(item: Item, values: dict[str, list[str]]) -> None:
    full, short = values.pop("FAU", []), values.pop("AU", [])
    authors = [names.split(name) for name in full] or [names.from_pubmed(name) for name in short]
    authors += [{"literal": name} for name in values.pop("CN", [])]
    editors = [names.split(name) for name in values.pop("FED", [])]
    editors = editors or [names.from_pubmed(name) for name in values.pop("ED", [])]
    values.pop("ED", None)
    others = [name for name in authors if name.get("literal", "").lower() in ("et al", "et al.")]
    if others:
        item["custom"] = {"more_authors": True}
    for role, people in (("author", [name for name in authors if name and name not in others]), ("editor", editors)):
        if people:
            item[role] = people


def _numbers(item: Item, values: dict[str, list[str]], record: Record, unread: dict[str, str]) -> None:
    ids = values.pop("PMID", []) or [re.sub(r"^\D*", "", text) for text in values.pop("UI", [])]
    if ids:
        record.key = f"pmid{ids[0]}" if re.fullmatch(r"\d+", ids[0]) else ids[0]
        item["PMID"] = ids[0]
    if pmc := values.pop("PMC", []):
        item["PMCID"] = pmc[0]
    for tag in ("AID", "LID", "DO", "SO", "ID"):
        for text in values.get(tag, []):
            match = re.search(r"(10\.\d{4,9}/\S+)", text)
            if match and "DOI" not in item and (doi := in_records.doi(match[1])):
                item["DOI"] = doi
            elif text.endswith("[pii]") and "page" not in item and tag == "LID":
                item["page"] = text.removesuffix("[pii]").strip()
    for tag in ("AID", "LID", "DO"):
        rest = [text for text in values.pop(tag, []) if str(item.get("DOI", "\0")) not in text]
        if rest:
            unread[tag] = "\n".join(rest)
    serials = [text.partition("(")[0].strip() or text for text in values.pop("IS", [])]
    if serials:
        item["ISSN"] = serials[0]
        if len(serials) > 1:
            unread["IS"] = "\n".join(serials[1:])
    for tag in ("UR", "URL"):
        for text in values.pop(tag, []):
            if address := in_records.url(text):
                item.setdefault("URL", address)
                record.links.append(("", address, ""))


def _dates(item: Item, values: dict[str, list[str]], reading: Reading, line: int) -> None:
    for tag in ("DP", "YR", "DEP"):
        for text in values.pop(tag, []):
            date: dict[str, Any] | None = csl_dates.words(text)
            if date and "issued" not in item:
                item["issued"] = date
                if "literal" in date and not csl_dates.year(date):
                    reading.add(line, "", f"“{text[:60]}” has no year", "it is shown as written")


_CODES = {"eng": "en", "ger": "de", "fre": "fr", "spa": "es", "ita": "it", "chi": "zh", "jpn": "ja", "rus": "ru",
          "por": "pt", "kor": "ko", "pol": "pl", "dut": "nl", "tur": "tr"}  # fmt: skip


def _language(text: str) -> str:
    return _CODES.get(text.lower(), text)


def _settle(record: Record, unread: dict[str, str]) -> None:
    item = record.item
    custom: dict[str, Any] = dict(item.get("custom", {}))
    container = str(item.get("container-title", ""))
    number = in_records.arxiv(str(item.get("DOI", ""))) or next(
        (arxiv for text in unread.values() if "arxiv" in text.lower() and (arxiv := in_records.arxiv_inside(text))), ""
    )
    if _PREPRINTS.search(container) and item["type"] in ("article-journal", "article"):
        item["type"] = "article"
        item.setdefault("publisher", container)
    if number:
        custom["arxiv_id"] = number
    if unread:
        custom["medline"] = unread
    same_as = {"keyword": "tags"} if record.tags else {}
    if record.notes:
        same_as["abstract"] = "notes"
    if same_as:
        custom["same_as"] = same_as
    if custom:
        item["custom"] = custom
