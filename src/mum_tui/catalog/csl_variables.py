"""The variables of CSL: names, dates, and all others."""

from __future__ import annotations

NAMES = frozenset([
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
    "director", "editor", "editorial-director", "executive-producer", "guest", "host", "illustrator", "interviewer",
    "narrator", "organizer", "original-author", "performer", "producer", "recipient", "reviewed-author",
    "script-writer", "series-creator", "translator",
])  # fmt: skip

DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])

TEXTS = frozenset([
    "DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL", "abstract", "annote", "archive", "archive-place",
    "archive_collection",
    "archive_location", "authority", "call-number", "categories", "chapter-number", "citation-key", "citation-label",
    "citation-number", "collection-number", "collection-title", "container-title", "container-title-short", "custom",
    "dimensions", "division", "edition", "event", "event-place", "event-title", "first-reference-note-number", "genre",
    "id",
    "issue", "journalAbbreviation", "jurisdiction", "keyword", "language", "license", "locator", "medium", "note",
    "number",
    "number-of-pages", "number-of-volumes", "original-publisher", "original-publisher-place", "original-title", "page",
    "page-first", "part-number", "part-title", "printing-number", "publisher", "publisher-place", "references",
    "reviewed-genre", "reviewed-title", "scale", "section", "shortTitle", "source", "status", "supplement-number",
    "title",
    "title-short", "type", "version", "volume", "volume-title", "volume-title-short", "year-suffix",
])  # fmt: skip
"""The keys of an item in CSL-JSON that hold neither names nor dates (csl-data.json 1.0.2)."""
