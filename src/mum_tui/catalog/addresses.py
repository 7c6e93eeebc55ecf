"""What an address tells without a request: whether it redirects or tracks readers, and which paper it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from mum_tui import identifiers

_SHORTENERS = frozenset(
    [
        "aka.ms",
        "bit.ly",
        "buff.ly",
        "cutt.ly",
        "dub.sh",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "shorturl.at",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "u.to",
        "urlz.fr",
    ]
)
_REDIRECTORS = re.compile(
    r"(?:www\.)?google\.[a-z.]+/url|l\.facebook\.com/l\.php|www\.youtube\.com/redirect|"
    r"[a-z0-9.]*safelinks\.protection\.outlook\.com|slack-redir\.net/link|out\.reddit\.com",
    re.IGNORECASE,
)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hs(?:enc|mi)|spm|ref_src", re.IGNORECASE
)


def host(url: str) -> str:
    """The lower-case host name of an address; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def faults(url: str) -> Iterator[tuple[str, str]]:
    """What is wrong with an address: a message and a hint for each fault."""
    name = host(url)
    if not name or ("." not in name and ":" not in name and name != "localhost"):
        yield "names no host", "write https://host/…"
        return
    parts = urlsplit(url)
    if name.removeprefix("www.") in _SHORTENERS or _REDIRECTORS.match(f"{name}{parts.path}"):
        yield f"{name} only redirects", "write the address it leads to"
    if spies := [key for key, _ in parse_qsl(parts.query, keep_blank_values=True) if _TRACKING.fullmatch(key)]:
        yield f"{', '.join(dict.fromkeys(spies))} is for tracking readers", "take it out of the address"


def arxiv_id(url: str) -> str:
    """The arXiv number an address leads to, without its version; empty for other addresses."""
    return identifiers.arxiv(url) if "://" in url else ""


def doi(url: str) -> str:
    """The DOI an address resolves, in lower case; empty for other addresses."""
    return identifiers.doi(url).lower() if "://" in url else ""


def comparable(url: str) -> str:
    """A normal form of an address, for comparing: addresses that lead to the same place mostly become equal."""
    if number := arxiv_id(url):
        return f"arxiv:{number}"
    if number := doi(url):
        return f"doi:{number}"
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/").removesuffix(".git")
