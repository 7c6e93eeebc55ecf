"""The fixed choices of catalog keys: kinds of entries, types of links, roles, relations, levels, groups of fields."""

from __future__ import annotations

KINDS = ("paper", "dataset", "model", "benchmark", "tool", "survey", "list")
"""What an entry can be."""

RELS = (
    "paper",
    "dataset",
    "preprint",
    "project",
    "challenge",
    "code",
    "weights",
    "download",
    "demo",
    "docs",
    "leaderboard",
    "mirror",
    "video",
    "blog",
    "other",
)
"""What a link can lead to, in the order of display; for datasets, ``dataset`` comes first."""

PUBLICATION_TYPES = (
    *("article-journal", "paper-conference", "chapter", "report", "thesis", "book"),
    *("article", "article-magazine", "article-newspaper", "bill", "broadcast", "classic", "collection", "dataset"),
    *("document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing"),
    *("interview", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet"),
    *("patent", "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "review"),
    *("review-book", "software", "song", "speech", "standard", "treaty", "webpage"),
)
"""CSL item types a published version can have (CSL 1.0.2, appendix III); the usual ones first."""

ROLES = (
    "train",
    "validation",
    "test",
    "external-test",
    "pre-training",
    "fine-tuning",
    "evaluation",
    "source",
    "unspecified",
)
"""What a paper does with a dataset; ``source`` is for a collection built from other collections."""

RELATION_OPPOSITES = {
    "predecessor": "successor",
    "successor": "predecessor",
    "extends": "extended-by",
    "extended-by": "extends",
    "version": "version",
    "companion": "companion",
    "same-code": "same-code",
}
"""What a related entry can be to the entry that names it, in the order of display, each with the opposite relation."""

ACCESS = ("open", "registration", "request", "agreement", "closed", "unknown")
"""How the data can be had."""

VERIFICATION_LEVELS = ("two-sources", "one-source", "unverified")
"""How many independent sources confirm something."""

FIELD_GROUPS = {
    "identity": ("id", "title", "name", "authors", "authors_complete", "date", "preprint"),
    "venue": ("published", "record"),
    "links": ("links",),
    "licence": ("licence",),
    "access": ("access",),
    "content": (
        "modalities",
        "dims",
        "tasks",
        "anatomy",
        "classes",
        "size",
        "training",
        "architecture",
        "summary",
        "notes",
    ),
    "uses": ("uses", "related"),
}
"""The groups of keys that a check can cover."""

WITNESSES = (
    "publisher",
    "proceedings",
    "paper",
    "preprint",
    "repository",
    "data-page",
    "model-card",
    "register",
    "audit",
    "secondary",
)
"""Kinds of sources of a fact; ``register`` is a directory of datasets, ``secondary`` a text by others."""
