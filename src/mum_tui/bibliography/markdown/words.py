"""Tells from the words of a page what a link, a table column, a date or a line of text is."""

from __future__ import annotations

import re

from mum_tui.bibliography.markdown.pieces import Line
from mum_tui.citation import csl_dates
from mum_tui.text import fold, why_not_url

RELS = {
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
"""Link types by the words of a link; empty if only the host of the address tells."""
TITLES = re.compile(r"(?:paper |full )?title|name")
THINGS = re.compile(
    r"(?:dataset|data set|model|benchmark|project|method|database|tool|software|package|library|challenge|resource|"
    r"algorithm|framework|system|repository|repo|work|approach)s?(?:\s*name)?"
)
PAPERS = re.compile(r"(?:paper|publication|article|reference|literature)s?(?: title| name)?")
AUTHORS = re.compile(r"(?:first )?authors?|by|who|创建者|作者")
DATES = re.compile(r"(?:publication |release[d]? |upload )?(?:date|year|time|month)|year|when|published|released?")
VENUES = re.compile(
    r"(?:venue|journal|conference|publication venue|published in|pub\.?|publisher|booktitle|journal/conference)s?"
)
TEXTS = re.compile(
    r"(?:short )?(?:description|discription|summary|abstract|about|notes?|comments?|details?|intro(?:duction)?)s?"
)
CONFERENCES = re.compile(
    r"\b(?:CVPR|ICCV|ECCV|WACV|BMVC|ACCV|NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|MICCAI|ISBI|MIDL|IPMI|ACL|EMNLP|NAACL|COLING|"
    r"EACL|KDD|WWW|SIGIR|CIKM|ICASSP|INTERSPEECH|MLHC|CHIL|ML4H|BIBM|SPIE|ICRA|IROS|CoRL|AISTATS|UAI|COLM|ACM MM|MM|"
    r"ICPR|ICIP|SIGGRAPH|CHI|workshops?|proceedings|conference|symposium|DALI|GRAIL|EGOVIS|AIME|BioNLP|MLMIW|UNSURE)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_][\w.'’*-]*\s*){1,6}")
EMOJI = re.compile("^[\\s\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d⭐️:]+")
EMOJI_NAME = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]*:")
"""An emoji as GitHub takes it: ``:fire:``."""


def is_link(href: str) -> bool:
    """Whether an address can be opened; badges and addresses within the page cannot."""
    return not why_not_url(href)


def is_badge(href: str) -> bool:
    """Whether an address leads to a badge, a picture with a number on it."""
    return bool(
        re.match(r"https?://(?:img\.shields\.io|badgen\.net|badge\.fury\.io|awesome\.re/badge|visitor-badge)", href)
    )


def is_generic(label: str) -> bool:
    """Whether the words of a link only name its type: ``Code``, ``PDF``."""
    return bare_label(label) in RELS or not re.search(r"\w", label)


def bare_label(label: str) -> str:
    return re.sub(r"[\s_]+", " ", fold(re.sub(r"[^\w\s*/]+", " ", EMOJI.sub("", label)))).strip() or fold(label).strip()


def are_authors(line: Line, words: str) -> bool:
    """Whether a line names people: it is in italics, or a list of capitalised names."""
    if "http" in words or len(words) > 5000:
        return False
    styled = [piece for piece in line if piece.text.strip(" ,*\\")]
    if styled and all(piece.style == "em" for piece in styled):
        return not date_of(words) and len(words.split()) > 1
    parts = [part.strip() for part in words.split(",")]
    if len(parts) == 1:
        return bool(re.fullmatch(r"(?:[A-Z][\w.'’-]+\s+){1,4}(?:et al\.?|[A-Z][\w'’-]+)", words)) and not date_of(words)
    known = [part for part in parts if _NAME.fullmatch(part) and part[:1].isupper() and len(part.split()) > 1]
    return len(known) * 4 >= len(parts) * 3 and not re.search(r"[.!?]\s+[A-Z][a-z]+\s+[a-z]", words)


def date_of(words: str) -> dict[str, object] | None:
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


def year_of(path: tuple[str, ...]) -> int | None:
    return next((int(title) for title in reversed(path) if re.fullmatch(r"(?:19|20)\d\d", title)), None)


def is_place(words: str) -> bool:
    """Whether a few words in brackets look like the name of a journal: capitals, no sentence."""
    plain = words.split()
    return (1 <= len(plain) <= 8 and plain[0][:1].isupper() and not words.endswith((".", "!", "?"))) or words.endswith(
        "Med."
    )


def kind_of(paths: list[str], title: str, rels: set[str], scholarly: bool) -> str:
    """The kind of an entry, by its sections, innermost first, then by its title and its links."""
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
