"""Tables of the types and fields of BibTeX and BibLaTeX with their names in CSL.

After the manual of BibLaTeX 3.20 (sections 2.1 and 2.2) and the CSL 1.0.2 specification (appendices III and IV).
"""

from __future__ import annotations

TYPES = {
    "article": "article-journal",
    "periodical": "periodical",
    "suppperiodical": "article-journal",
    "review": "review",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "misc": "document",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "webpage": "webpage",
    "software": "software",
    "softwareversion": "software",
    "softwaremodule": "software",
    "codefragment": "software",
    "dataset": "dataset",
    "data": "dataset",
    "patent": "patent",
    "standard": "standard",
    "artwork": "graphic",
    "image": "graphic",
    "audio": "song",
    "music": "song",
    "video": "motion_picture",
    "movie": "motion_picture",
    "performance": "performance",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "legal": "treaty",
    "commentary": "book",
    "letter": "personal_communication",
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "talk": "speech",
    "presentation": "speech",
    "poster": "speech",
    "map": "map",
    "set": "document",
    "xdata": "document",
}
"""CSL types by entry type. Any other type becomes ``document``, and its name is kept."""

NAMES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "director": "director",
    "holder": "",
    "shortauthor": "",
    "shorteditor": "",
}
"""CSL variables by field of names. A field without a variable is kept as written."""

TEXTS = {
    "journal": "container-title",
    "journaltitle": "container-title",
    "shortjournal": "container-title-short",
    "booktitle": "container-title",
    "series": "collection-title",
    "volume": "volume",
    "volumes": "number-of-volumes",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "chapter": "chapter-number",
    "edition": "edition",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "howpublished": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "language": "language",
    "langid": "language",
    "note": "note",
    "version": "version",
    "eventtitle": "event-title",
    "venue": "event-place",
    "pubstate": "status",
    "part": "part-number",
    "type": "genre",
    "shorttitle": "title-short",
    "origlanguage": "original-language",
    "origtitle": "original-title",
    "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place",
    "library": "archive_location",
    "abstract": "abstract",
}
"""CSL variables by field of text."""

DATES = {"date": "issued", "urldate": "accessed", "eventdate": "event-date", "origdate": "original-date"}

ALIASES = {
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "annote": "annotation",
    "key": "sortkey",
    "pdf": "file",
    "eid": "eid",
}
"""Fields of BibTeX by their name in BibLaTeX (BibLaTeX manual, section 2.2.5)."""

# What a child does not take over from the entry it names in ``crossref``, or from ``xdata``. The DOI and address of a
# book would make all its parts the same work.
NOT_INHERITED = frozenset([
    "ids", "crossref", "xref", "entryset", "entrysubtype", "execute", "label", "options", "presort", "related",
    "relatedoptions", "relatedstring", "relatedtype", "shorthand", "shorthandintro", "sortkey", "key", "xdata", "type",
    "keywords", "groups", "file", "timestamp", "owner", "abstract", "annotation", "annote", "bibsource", "biburl",
    "doi", "url", "urldate", "eprint", "eprinttype", "eprintclass", "archiveprefix", "primaryclass",
])  # fmt: skip

_BOOK_TITLES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_BOOK_LIKE = (
    "inbook",
    "bookinbook",
    "suppbook",
    "incollection",
    "suppcollection",
    "inreference",
    "inproceedings",
    "conference",
)
INHERITED_AS: dict[str, dict[str, str]] = {
    **dict.fromkeys(_BOOK_LIKE, _BOOK_TITLES),
    **{kind: {**_BOOK_TITLES, "author": "bookauthor"} for kind in ("inbook", "bookinbook", "suppbook")},
    "article": {"title": "journaltitle", "subtitle": "journalsubtitle"},
    "suppperiodical": {"title": "journaltitle", "subtitle": "journalsubtitle"},
}
"""By type of the child: how the parent's fields are called in it (BibLaTeX manual, appendix B); others keep their
name.
"""

_BOOKS = frozenset([
    "book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference",
    "booklet",
])  # fmt: skip
PARENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_BOOK_LIKE, _BOOKS),
    "article": frozenset(["periodical"]),
    "suppperiodical": frozenset(["periodical"]),
}
"""By type of the child: the types of parents to which ``INHERITED_AS`` applies."""
