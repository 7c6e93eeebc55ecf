r"""Recognises what names a work: arXiv numbers, DOIs, addresses and citation keys, as people paste them.

An identifier is a text with a scheme in front: ``arxiv:2405.01234``, ``doi:10.1016/j.media.2024.103001``,
``url:github.com/owner/name`` or ``key:liu2023clip``. All spellings of an identifier give the same text.
"""

from __future__ import annotations

import re

from mum_tui.identifiers.pages import doi_of_page
from mum_tui.patterns import Pattern

ARXIV, DOI, URL, KEY = "arxiv:", "doi:", "url:", "key:"

_NUMBER = r"\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[a-z]{2})?/\d{7}"
_ARXIV_HOSTS = (
    r"(?:(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|e-print|src|format|ps)"
    r"|(?:www\.)?alphaxiv\.org/(?:abs|pdf|overview)|(?:www\.)?ar5iv\.(?:labs\.arxiv\.)?org/(?:html|abs)"
    r"|(?:huggingface|hf)\.co/papers)/"
)
_ARXIV_START = rf"(?:https?://)?{_ARXIV_HOSTS}|(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.|(?:arxiv\s*(?:id|preprint)?|eprint)\s*[:._/#=-]?\s*[{{\"]?"
_ARXIV = Pattern(
    rf"(?P<start>{_ARXIV_START})?(?P<number>{_NUMBER})(?P<version>v\d+)?(?:\.pdf)?/?(?:[?#]\S*)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE | re.ASCII,
)
_DOI = Pattern(
    r"(?P<start>(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/)|doi\s*[:=/]?\s*[{\"]?(?:https?://(?:dx\.)?doi\.org/)?)?"
    r"(?P<doi>10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_DOI_IN_ADDRESS = Pattern(r"(?:/|=)(10\.\d{4,9}/[^\s?#&]+)")
_PAGE_OF_DOI = Pattern(
    r"(?:/(?:full|pdf|epdf|abstract|meta|html))$|(?:v\d+)?\.full(?:\.pdf|-text)?$|\.pdf$", re.IGNORECASE
)
_ADDRESS = Pattern(r"(?:https?://|git://|ssh://(?:git@)?)(?:www\.)?([^\s/?#]+\.[^\s/?#]+)(/[^\s]*)?", re.IGNORECASE)
_HOSTS = (
    r"github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|hf\.co|zenodo\.org|kaggle\.com"
    r"|openreview\.net|youtu\.be|youtube\.com|hf-mirror\.com|github\.dev|deepwiki\.com"
)
_BARE_ADDRESS = Pattern(rf"(?:www\.)?((?:{_HOSTS}))(/\S+)", re.IGNORECASE)
_SECURE_SHELL = Pattern(r"git@([\w.-]+):(\S+)", re.IGNORECASE)
_CODE_HOST = Pattern(r"(?:github|gitlab|bitbucket|codeberg)\.[a-z]+$")
_ARXIV_IN_ADDRESS = Pattern(
    r"(?:[/=]|arxiv[:.])(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?:\.pdf)?(?=[/?#&]|$)", re.IGNORECASE
)
"""The number in the address of a page about a preprint, on any host."""
_MIRRORS = {
    **dict.fromkeys(("hf.co", "hf-mirror.com"), "huggingface.co"),
    **dict.fromkeys(
        (
            *("raw.githubusercontent.com", "codeload.github.com", "github.dev", "github1s.com", "deepwiki.com"),
            *("gitingest.com", "gitdiagram.com", "m.github.com", "uithub.com", "ghcr.io"),
        ),
        "github.com",
    ),
    **dict.fromkeys(("youtu.be", "m.youtube.com", "youtube-nocookie.com"), "youtube.com"),
}
"""Hosts that have the same pages as another host, under the same paths."""
_PAGES = Pattern(r"([\w-]+)\.(github|gitlab)\.io(?:/([\w.-]+))?$")
"""The web page of a repository at a code host."""

_KEY = r"[^\s@\\{}\[\](),;%#~\"]+"
_CITED = Pattern(
    r"\\(?:[a-z]*cite[a-z]*|bibitem)\*?\s*(?:\[[^\]]*\]\s*)*\{([^{}]*)\}|:cite[a-z:]*:`([^`]*)`|\\?#cite\(<([^<>]*)>[^()]*\)",
    re.IGNORECASE,
)
"""A citation in LaTeX, reStructuredText (Sphinx) or Typst."""
_PANDOC = Pattern(rf"\[[^\[\]]*@[^\[\]]*\]|-?@(?:\{{[^{{}}\s]+\}}|{_KEY})(?:\s*\[[^\]]*\])?")
_PANDOC_KEY = Pattern(rf"@(?:\{{([^{{}}\s]+)\}}|({_KEY}))")
_BIBTEX = Pattern(rf"@[a-z]+\s*\{{\s*({_KEY})\s*,", re.IGNORECASE)
_RIS = Pattern(r"(?:^|\s)ID  - (\S+)")
_CSL = Pattern(r'"id"\s*:\s*"([^"\s]+)"')


def arxiv(text: str) -> str:
    """The arXiv number in ``text``, an id or an address, without its version; empty for other texts."""
    match = _ARXIV.fullmatch(text.strip().strip("<>"))
    return match["number"] if match else ""


def doi(text: str) -> str:
    """The DOI in ``text``, an id or an address of a resolver; empty for other texts and for DOIs of arXiv."""
    match = _DOI.fullmatch(text.strip().strip("<>"))
    return match["doi"] if match and not arxiv(text) else ""


def address(text: str) -> str:
    """The identifier of what an address leads to; empty if ``text`` is not an address.

    That is the arXiv number of a preprint, the DOI in the address of a publisher's page, owner and name of a
    repository, and host and path in lower case of any other page.
    """
    text = text.strip().strip("<>")
    if text.startswith("git@") and (match := _SECURE_SHELL.fullmatch(text)):
        host, path = match[1], f"/{match[2]}"
    elif match := _ADDRESS.fullmatch(text) or _BARE_ADDRESS.fullmatch(text):
        host, path = match[1], match[2] or ""
    else:
        return ""
    # A large catalog has millions of addresses, so a cheap test comes before each rule.
    if ("rxiv" in text.lower() or "ar5iv" in text.lower() or "/papers/" in text) and (number := arxiv(text)):
        return ARXIV + number.lower()
    host = host.lower().rpartition("@")[2]
    host = _MIRRORS.get(host, host)
    if host == "api.github.com":
        host, path = "github.com", path.removeprefix("/repos")
    if number := doi_of_page(text):
        return DOI + _plain_doi(number)
    if "10." in path and (inside := _DOI_IN_ADDRESS.search(_unquoted(path))):
        return DOI + _plain_doi(_PAGE_OF_DOI.sub("", inside[1]))
    if "." in path and not _CODE_HOST.fullmatch(host) and (inside := _ARXIV_IN_ADDRESS.search(path)):
        return ARXIV + inside[1]
    bare = path.partition("#")[0].partition("?")[0].rstrip("/").lower()
    if _CODE_HOST.fullmatch(host):
        bare = "/".join(_REVISION.sub("", bare).removesuffix(".git").split("/")[:3]).removesuffix(".git")
    elif host == "huggingface.co":
        bare = "/".join(bare.split("/")[: 4 if bare.startswith(_KINDS_OF_REPOSITORY) else 3])
    elif host == "youtube.com":
        return URL + host + _video(path)
    elif host == "openaccess.thecvf.com" and "/html/" in bare:
        bare = bare.replace("/html/", "/papers/").removesuffix(".html") + ".pdf"
    # On these hosts the query part distinguishes pages.
    if host in ("openreview.net", "scholar.google.com") and "?" in path:
        bare += f"?{path.partition('?')[2].lower()}"
    return URL + host + bare.replace("/record/", "/records/")


def _video(path: str) -> str:
    """The id of a video in the path of its address, case-sensitive; for other addresses the path."""
    match = _VIDEO.search(path)
    return f"/{match[1]}" if match else path.partition("?")[0].rstrip("/").lower()


_VIDEO = Pattern(r"(?:[?&]v=|^/(?:embed/|shorts/|live/|v/)?)([\w-]{11})(?![\w-])")
_REVISION = Pattern(r"@[\w./-]+$")
"""The revision that ``pip`` writes after a repository: ``….git@main``."""
_VERSION = Pattern(r"\d[v]\d{1,2}$")
_KINDS_OF_REPOSITORY = ("/datasets/", "/spaces/", "/papers/")


def _unquoted(path: str) -> str:
    if "%" not in path:
        return path
    from urllib.parse import unquote

    return unquote(path)


def _plain_doi(text: str) -> str:
    """A DOI in lower case, without punctuation after it."""
    doi = without_sentence_end(text.lower())
    # All versions of a preprint at bioRxiv or medRxiv have the same DOI.
    return doi.rpartition("v")[0] if doi.startswith("10.1101/") and _VERSION.search(doi) else doi


def without_sentence_end(doi: str) -> str:
    """A DOI without punctuation, quotes and unmatched closing brackets after it."""
    doi = doi.rstrip(".,;:'\"")
    for opening, closing in ("()", "[]", "{}", "<>"):
        while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(".,;")
    return doi


def citation_keys(text: str) -> tuple[str, ...]:
    r"""The keys if ``text`` as a whole is a citation of LaTeX or pandoc: ``\cite{a,b}``, ``[@a; @b]``."""
    text = text.strip().removeprefix("~")
    if text[:1] in ("\\", ":", "#") and (match := _CITED.fullmatch(text)):
        return tuple(key for part in match[match.lastindex or 1].split(",") if (key := part.strip()))
    if text.startswith("[[") and text.endswith("]]"):
        text = text[1:-1]
    if "@" in text and _PANDOC.fullmatch(text):
        return tuple(braced or bare for braced, bare in (match.groups() for match in _PANDOC_KEY.finditer(text)))
    return ()


def read(text: str) -> tuple[str, ...]:
    """The identifiers if ``text`` as a whole is one; empty for ordinary words, and for a citation key alone.

    Numbers and DOIs need no scheme: ``2405.01234v2``, ``10.1000/xyz``.
    """
    text = text.strip()
    if keys := citation_keys(text):
        return tuple(KEY + key for key in keys)
    text = _bare(text)
    if keys := citation_keys(text):
        return tuple(KEY + key for key in keys)
    if number := arxiv(text):
        return (ARXIV + number.lower(),)
    if number := doi(text):
        return (DOI + _plain_doi(number),)
    identifier = address(text)
    if not identifier:
        return ()
    pages = _PAGES.match(named(identifier))
    return (identifier, f"{URL}{pages[2]}.com/{pages[1]}/{pages[3]}") if pages and pages[3] else (identifier,)


def _bare(text: str) -> str:
    """An identifier without quotes, a full stop, markup and a program's prefix around it, and with ``%2F`` decoded."""
    if text[:1] in "\\<[f*-" and (match := _AROUND.fullmatch(text)):
        text = next(filter(None, match.groups()))
    text = text.strip("\"'`<>").rstrip(".,;:").rstrip("}>\"'")
    if "%2" in text or "%3" in text:
        text = _unquoted(text)
    if match := _SHORT_HOST.match(text):
        return f"https://{_SHORT_HOSTS[match[1].lower()]}/{text[match.end() :]}"
    return _PREFIX.sub("", text)


_AROUND = Pattern(
    r"\\(?:url|href|nolinkurl|doi)\*?\{([^{}]+)\}.*|<a\s[^>]*href=[\"']?([^\"'\s>]+).*|\[\[([^\[\]]+)\](?:\[[^\[\]]*\])?\]"
    r"|(?:[*-]\s+)?\[[^\[\]]*\]\(([^\s()]+)[^()]*\)",
    re.IGNORECASE,
)
"""An address in LaTeX, HTML, Org or Markdown."""
_PREFIX = Pattern(
    r"^(?:git\+(?=[a-z]+://|git@)|info:(?=doi/)|urn:(?=doi:)|ur[il]\s*[:=]\s*(?=\S+://)|arxiv:(?=https?:)|abs/(?=\d{4}\.))",
    re.IGNORECASE,
)
"""Prefixes of addresses and DOIs that can be removed."""
_SHORT_HOSTS = {"gh": "github.com", "github": "github.com", "gitlab": "gitlab.com", "hf": "huggingface.co"}
_SHORT_HOST = Pattern(r"(gh|github|gitlab|hf):(?://)?(?=[\w.-]+/[\w.-]+)", re.IGNORECASE)


def named(identifier: str) -> str:
    """An identifier without its scheme."""
    return identifier.partition(":")[2]


def repositories(text: str) -> tuple[str, ...]:
    """The repositories that ``owner/name`` may mean; empty for other texts."""
    match = _OWNED.fullmatch(text.strip())
    return tuple(f"{URL}{host}/{match[0].lower().removesuffix('.git')}" for host in _OWNING) if match else ()


_OWNED = Pattern(r"(?=[^/]*[a-z])[\w.-]+/(?=[^/]*[a-z])[\w.-]+", re.IGNORECASE | re.ASCII)
_OWNING = ("github.com", "huggingface.co", "gitlab.com")

_STANDING = Pattern(
    rf"(?P<arxiv>(?:{_ARXIV_START})(?:{_NUMBER})(?:v\d+)?)|(?P<doi>\b10\.\d{{4,9}}/[^\s\"{{}}]+)|(?P<url>https?://[^\s<>\"{{}}]+)",
    re.IGNORECASE,
)


_LOADED = Pattern(r"[\"'`(]([\w.-]+/[\w.-]+)[\"'`)]", re.ASCII)
"""A repository in quotes, as in a line of code."""


def cited_in(text: str) -> tuple[str, ...]:
    """The keys of all citations in a text."""
    keys = (key.strip() for match in _CITED.finditer(text) for key in match[match.lastindex or 1].split(","))
    return tuple(dict.fromkeys(filter(None, keys)))


def named_in(text: str) -> tuple[str, ...]:
    """The identifiers in a pasted reference: citation keys or, if it has none, DOIs, arXiv numbers and addresses."""
    for pattern in (_BIBTEX, _RIS, _CSL, _CITED):
        if keys := [key.strip() for match in pattern.finditer(text) for key in match[match.lastindex or 1].split(",")]:
            return tuple(dict.fromkeys(KEY + key for key in keys))
    identifiers: dict[str, None] = {}
    for match in _STANDING.finditer(text):
        standing = match[0].rstrip(".,;)")
        for identifier in read(standing):
            identifiers[identifier] = None
    if not identifiers:
        return tuple(name for match in _LOADED.finditer(text) for name in repositories(match[1]))
    return tuple(identifiers)
