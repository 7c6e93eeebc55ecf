"""Finds the DOI in the address of a publisher's page or PDF, where it is certain where the DOI ends."""

from __future__ import annotations

import re

from mum_tui.patterns import Pattern

_ADDRESS = Pattern(r"(?:https?:)?//(?:[^\s/?#@]*@)?(?:www\.)?([^\s/?#:]+)(?::\d+)?([^\s?#]*)(?:\?([^\s#]*))?(?:#\S*)?")
_DOI = Pattern(r"[/:](10\.\d{4,9}/\S+)")
_IN_QUERY = Pattern(
    r"(?:^|&)(?:id|doi|persistentid)=(?:doi:|info:doi/|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s&]+)",
    re.IGNORECASE,
)

_WHOLE_REST = Pattern(r"/(?:doi|DOI)(?:/[A-Za-z-]+)?/$|/doi:$")
"""What stands before a DOI that everything else in the path belongs to."""
_HOSTS_OF_ONE_PART = (
    *(
        "springer.com",
        "springeropen.com",
        "biomedcentral.com",
        "frontiersin.org",
        "spiedigitallibrary.org",
        "karger.com",
    ),
    *("aps.org", "thieme-connect.com", "thieme-connect.de", "plos.org", "worldscientific.com", "hindawi.com"),
)
"""Publishers whose DOIs have one part behind the prefix."""
_HOSTS_OF_WHOLE_REST = (
    *("sci-hub.se", "sci-hub.st", "sci-hub.ru", "doi.acm.org", "doi.ieeecomputersociety.org", "link.aps.org"),
    *("doi.wiley.com", "doi.apa.org", "oadoi.org", "api.crossref.org", "iopscience.iop.org", "doi.pangaea.de"),
    *("nature.com", "degruyter.com", "emerald.com", "annualreviews.org", "jstor.org"),
)
_RULES = (
    (("biorxiv.org", "medrxiv.org"), Pattern(r"/(10\.\d{4,9}/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?!\d)"), ""),
    (
        ("biorxiv.org", "medrxiv.org"),
        Pattern(
            r"/(?:early/\d{4}/\d\d/\d\d|early/recent|short|full|reprint|abstract)/((?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?!\d)"
        ),
        "10.1101/",
    ),
    (
        ("nature.com",),
        Pattern(
            r"^/(?:articles|doifinder)/(?:doi:)?(?:10\.1038/)?"
            r"([a-z]+\.?\d[a-z0-9.-]*?|[sd]\d{5}-[\w-]+?|\d{5,7}[a-z]\d)(?:(?:_reference)?\.pdf)?[/?]"
        ),
        "10.1038/",
    ),
    (("elifesciences.org",), Pattern(r"^/articles/(\d{5,6})(?!\d)"), "10.7554/eLife."),
    (("dl.acm.org",), Pattern(r"[?&]doid=([\d.]+\d)(?:&|$)"), "10.1145/"),
)
"""What addresses of some hosts look like, and what stands before it in the DOI."""
_TWO_PARTS = Pattern(r"10\.\d{4,9}/[^\s/]+(?:/[^\s/]+)?")
_ONE_PART = Pattern(r"10\.\d{4,9}/[^\s/]+")
_END = Pattern(
    r"/(?:full|fulltext|full-text|full-xml|abstract|abs|pdf|epdf|pdfdirect|epub|html?|summary|references|citations"
    r"|figures?(?:/.*)?|tables?(?:/.*)?|metrics|meta|suppl(?:_file|ementary-material|ementary|info)?(?:/.*)?|related|similar|ris"
    r"|bib|xml|issuetoc|cite|data|toc|tab-[\w-]+)?$"
    r"|\.(?:full|abstract|short|long|pdf|epub|html?|xml|full-text|article-info|supplementary-material|pdf\+html|explore)$",
    re.IGNORECASE,
)  # fmt: skip

_COLLECTION = Pattern(r"/(?:books?|proceedings|toc|loi|journal|series|bookseries|referencework)/$", re.IGNORECASE)
"""Pages of a whole book or volume: a work that links to one is mostly a part of it."""
_NEEDED = ("10.", "rxiv", "nature.com", "acm.org", "elife")
"""One of these stands in every address that has a DOI."""


def doi_of_page(url: str) -> str:
    """The DOI in the address of a page, in the case it has there; empty if it has none, or the end of it is open."""
    match = _ADDRESS.fullmatch(url.strip()) if any(part in url.lower() for part in _NEEDED) else None
    if not match:
        return ""
    host, path, query = match[1].lower(), _unquoted(match[2]), _unquoted(match[3] or "")
    for hosts, where, start in _RULES:
        if host.endswith(hosts) and (found := where.search(f"{path}?{query}")):
            return start + found[1]
    if inside := _IN_QUERY.search(query):
        return _whole(inside[1])
    found = _DOI.search(path)
    before = path[: found.start(1)] if found else ""
    if not found or _COLLECTION.search(before) or host.endswith(("biorxiv.org", "medrxiv.org")):
        return ""
    if host.endswith("academic.oup.com") and (parts := _TWO_PARTS.match(found[1])):
        return _whole(parts[0])
    if host.endswith(_HOSTS_OF_ONE_PART) and (parts := _ONE_PART.match(found[1])):
        return _whole(parts[0])
    return _whole(found[1]) if host.endswith(_HOSTS_OF_WHOLE_REST) or _WHOLE_REST.search(before) else ""


def _whole(doi: str) -> str:
    """A DOI without what pages add to it."""
    while (shorter := _END.sub("", doi)) != doi and shorter.count("/") and not shorter.endswith("/"):
        doi = shorter
    return doi.rstrip("/.,;")


def _unquoted(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)
