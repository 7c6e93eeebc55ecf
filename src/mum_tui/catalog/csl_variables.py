"""The variables of CSL that hold names and dates; all others hold text."""

from __future__ import annotations

NAMES = frozenset([
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
    "director", "editor", "editorial-director", "executive-producer", "guest", "host", "illustrator", "interviewer",
    "narrator", "organizer", "original-author", "performer", "producer", "recipient", "reviewed-author",
    "script-writer", "series-creator", "translator",
])  # fmt: skip

DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])
