"""Reads arXiv numbers, DOIs and addresses from fields of bibliographies, in the forms that programs write."""

from __future__ import annotations

import re
from itertools import takewhile
from urllib.parse import unquote

from mum_tui.identifiers import without_sentence_end
from mum_tui.identifiers.pages import doi_of_page

_NEW = r"\d{4}\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(
    r"(?:(?:https?:)?//)?(?:(?:[a-z]{2,6}\.)?arxiv[.-]org(?:\.[\w.-]+)?/(?:(?:abs|pdf|html|e-print|src|format|ps)/(?:arxiv:)?|ftp/arxiv/papers/\d{4}/)"
    r"|(?:www\.|api\.)?semanticscholar\.org/arxiv[:/]|(?:urn:|info:)arxiv[:/]"
    r"|(?:www\.)?(?:huggingface\.co|hf\.co)/papers/|oai:arxiv\.org:|abs/"
    r"|(?:www\.)?alphaxiv\.org/(?:abs|pdf|overview)/|(?:ar5iv\.(?:labs\.arxiv\.)?org|ar5iv\.labs\.arxiv\.org)/(?:html|abs)/"
    r"|(?:dx\.)?doi\.org/10\.48550/arxiv\.|(?:doi:\s*)?10\.48550/arxiv\.|arxiv(?:\.org)?(?:\s*e-?prints?)?\s*[:/]?\s*"
    r"(?:abs/)?)?"
    rf"(?P<number>{_NEW}|{_OLD})(?P<version>v\d+)?(?:\.pdf)?/?(?:[?#]\S*)?(?:\s*\[(?P<class>[\w.-]+)\])?[.\s]*",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"arxiv\s*(?:\.org)?(?:\s*e-?prints?|\s*preprint)?\s*[:,/]?\s*(?:abs/|pdf/|id\s*)?\s*(?P<number>{_NEW}|{_OLD})(?!\d)"
    rf"(?:v\d+)?(?:\.pdf)?(?:\s*\[(?P<class>[\w.-]+)\])?",
    re.IGNORECASE,
)
_CORR = re.compile(rf"abs/(?P<number>{_NEW}|{_OLD})", re.IGNORECASE)
_DOI = re.compile(
    r"(?:info:|urn:)?(?:doi\s*[:=]\s*)?(?:(?:https?:)?//)?"
    r"(?:(?:(?:https?:)?//)?(?:dx\.|www\.)?doi\.org/\s*)*"
    r"(?:(?:[\w.-]+/)?(?:doi/(?:abs/|full/|pdf/|epdf/|book/|suppl/)?)"
    r"|link\.springer\.com/(?:article|chapter|book)/)?(?:doi\s*[:=]?\s*)*"
    r"(?P<doi>10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)


_QUOTES = " \"'“”‘’()"
_NAMES_ARXIV = re.compile(r"\barxiv\b|^corr\b", re.IGNORECASE)
_WHOLE_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_ESCAPED = re.compile(r"\\([_&%#~<>])")
_TRACKING = re.compile(r"[?#](?:utm_|ref=|via=|src=|download).*$")
_NEXT_DOI = re.compile(r"[;,|]\s*(?=https?:|doi:|10\.\d{4,9}/)", re.IGNORECASE)
_QUERY = re.compile(r"[?#].*$")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_RESOLVER = re.compile(r"(?:(?:https?:)?//)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_HTTP = re.compile(r"https?:", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/?#\\]+[^\s\\]*$", re.IGNORECASE)


def arxiv(text: str) -> str:
    """The arXiv number, without its version, if ``text`` is an id, an address or ``arXiv:… [cs.CV]``; else empty."""
    match = _ARXIV.fullmatch(_plain(text).strip(_QUOTES)) if text else None
    return _number(match["number"]) if match else ""


def arxiv_class(text: str) -> str:
    """The subject class after a number: ``cs.CV`` of ``arXiv:2405.00001 [cs.CV]``; empty without one."""
    match = _ARXIV.fullmatch(_plain(text))
    return (match["class"] or "") if match else ""


def arxiv_inside(text: str) -> str:
    """An arXiv number among other words: ``arXiv preprint arXiv:2301.00785``, ``abs/1506.04967``; else empty."""
    folded = text.lower()
    match = _INSIDE.search(text) if "arxiv" in folded else None
    match = match or (_CORR.search(text) if "abs/" in folded else None)
    return _number(match["number"]) if match else ""


def is_arxiv(text: str) -> bool:
    """Whether ``text`` names arXiv (or CoRR, as DBLP calls it) as the venue."""
    folded = text.lower()
    return ("arxiv" in folded or "corr" in folded) and _NAMES_ARXIV.search(text.strip()) is not None


def _number(text: str) -> str:
    # Old numbers belong to an archive, not to a subject: math.GT/0309136 is math/0309136.
    return text if text[0].isdigit() else re.sub(r"\.[A-Za-z]{2}/", "/", text).lower()


def doi(text: str) -> str:
    """The DOI in a field or address, without resolver, ``doi:``, escapes and a full stop; else empty."""
    text = _unescaped(text).strip().lstrip("<{" + _QUOTES)
    if "%2f" in text.lower() or ("%" in text and _RESOLVER.match(text)):
        text = unquote(text)
    if "//" in text and (number := doi_of_page(without_sentence_end(text))):
        return number
    match = _DOI.match(text)
    if not match:
        return ""
    number = _NEXT_DOI.split(match["doi"].strip())[0]
    if "\\" in number:
        number = _ESCAPED.sub(r"\1", number)
    if "?" in number or "#" in number:
        number = (_QUERY if "//" in text else _TRACKING).sub("", number)
    number = without_sentence_end(number)
    return number if _WHOLE_DOI.fullmatch(number) else ""


def only_doi(text: str) -> str:
    """The DOI if a text says nothing else: ``doi: 10.1000/x``, an address of a DOI resolver; else empty."""
    bare = text.strip().strip("{}.")
    bare = bare[4:].strip() if bare[:4].lower() == "doi:" else bare
    return doi(bare) if bare and not re.search(r"\s", bare) and (_WHOLE_DOI.match(bare) or doi_of_address(bare)) else ""


def doi_of_publication(text: str) -> str:
    """The DOI in ``text``, see ``doi``; empty also for DOIs of arXiv."""
    return "" if arxiv(text) else doi(text)


def doi_in_address(url: str, container: str = "") -> str:
    """The DOI in an address of a DOI resolver or of a publisher; empty for others, and for DOIs of arXiv.

    Of a work in a journal, the DOI of its preprint at bioRxiv or medRxiv is not the DOI.
    """
    if arxiv(url):
        return ""
    if container and "rxiv" not in container.lower() and _PREPRINTS.match(url):
        return ""
    return doi_of_address(url) or doi_of_page(url)


_PREPRINTS = re.compile(r"https?://(?:[\w-]+\.)*(?:bio|med)rxiv\.org/", re.IGNORECASE)


def doi_of_address(url: str) -> str:
    """The DOI in an address of a DOI resolver; empty for other addresses, such as pages of publishers."""
    return doi(url) if "doi.org" in url.lower() and _RESOLVER.match(url.strip()) else ""


_COMMAND = re.compile(
    r"\\(?:url|href|path|nolinkurl|doi)\s*\{((?>[^{}]*(?:\{[^{}]*\}[^{}]*)*))\}(?:\{.*\})?", re.DOTALL
)
"""An address as the argument of a LaTeX command, it may contain braces."""


def _plain(text: str) -> str:
    return _unescaped(text).strip("<>{} \t\n")


def _unescaped(text: str) -> str:
    """``text`` without LaTeX's commands for addresses and its escapes."""
    text = text.strip()
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    if "$_$" in text:
        text = text.replace("$_$", "_")
    if "\\" not in text:
        return text
    if match := _COMMAND.fullmatch(text):
        text = match[1]
    text = re.sub(r"\{?\\textunderscore\s*(?:\{\})?\}?", "_", text)
    text = re.sub(r"\$\\sim\$|\{?\\(?:textasciitilde|~)\s*(?:\{\})?\}?", "~", text)
    return re.sub(r"\\([_&%#$/])", r"\1", text)


def url(text: str) -> str:
    """The address in a field, without ``\\url``, LaTeX's escapes and line breaks; else empty."""
    text = _plain(text)
    if _HTTP.match(text):
        # White space in an address comes from a wrapped line.
        first, *others = (line.strip() for line in text.split("\n"))
        rest = takewhile(lambda line: not _HTTP.match(line), others)
        words = "".join([first, *rest]).split()
        text = words[0] if words else ""
    elif re.match(r"www\.[\w-]+\.\w", text, re.IGNORECASE):
        text = f"http://{text.split()[0]}"
    else:
        return ""
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    text = text.rstrip(",;")
    return text if _ADDRESS.match(text) else ""


def split_addresses(text: str) -> list[str]:
    """The addresses in a list that is separated by white space, commas or semicolons."""
    parts = re.split(r"(?<=[;,\s])(?=https?://|www\.)", text)
    return [*(part.rstrip(";, \t\r\n") for part in parts[:-1]), parts[-1]]


def urls_inside(text: str) -> list[str]:
    """All addresses in a text."""
    texts = re.findall(r"https?://[^\s{}<>\"\\]+(?:\\[_&%#~][^\s{}<>\"\\]*)*", text)
    return [address for text_of_url in texts if (address := url(text_of_url.rstrip(".,;)")))]
