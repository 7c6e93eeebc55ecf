"""arXiv numbers, DOIs and addresses in every form that bibliographies have them in, and where an address leads."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_NEW = r"\d{4}\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(
    r"(?:(?:https?:)?//)?(?:(?:www\.|export\.|[a-z]{2}\.)?arxiv\.org/(?:abs|pdf|html|e-print|src|format|ps)/"
    r"|(?:www\.)?alphaxiv\.org/(?:abs|pdf|overview)/|(?:ar5iv\.(?:labs\.arxiv\.)?org|ar5iv\.labs\.arxiv\.org)/(?:html|abs)/"
    r"|(?:dx\.)?doi\.org/10\.48550/arxiv\.|(?:doi:\s*)?10\.48550/arxiv\.|arxiv(?:\.org)?(?:\s*e-?prints?)?\s*[:/]?\s*"
    r"(?:abs/)?)?"
    rf"(?P<number>{_NEW}|{_OLD})(?P<version>v\d+)?(?:\.pdf)?/?(?:\s*\[(?P<class>[\w.-]+)\])?[.\s]*",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"arxiv\s*(?:\.org)?(?:\s*e-?prints?|\s*preprint)?\s*[:,/]?\s*(?:abs/|pdf/|id\s*)?\s*(?P<number>{_NEW}|{_OLD})(?!\d)"
    rf"(?:v\d+)?(?:\.pdf)?(?:\s*\[(?P<class>[\w.-]+)\])?",
    re.IGNORECASE,
)
_CORR = re.compile(rf"abs/(?P<number>{_NEW}|{_OLD})", re.IGNORECASE)
_DOI = re.compile(
    r"(?:(?:https?:)?//)?(?:(?:dx\.|www\.)?doi\.org/|(?:[\w.-]+/)?(?:doi/(?:abs/|full/|pdf/|epdf/|book/|suppl/)?))?(?:doi\s*[:=]?\s*)*"
    r"(?P<doi>10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)


def arxiv(text: str) -> str:
    """The arXiv number that ``text`` is, without its version: an id, an address, ``arXiv:… [cs.CV]``; else empty."""
    match = _ARXIV.fullmatch(_plain(text)) if text else None
    return _number(match["number"]) if match else ""


def arxiv_class(text: str) -> str:
    """The subject class behind a number: ``cs.CV`` of ``arXiv:2405.00001 [cs.CV]``."""
    match = _ARXIV.fullmatch(_plain(text))
    return (match["class"] or "") if match else ""


def arxiv_inside(text: str) -> str:
    """An arXiv number that ``text`` names among other words: ``arXiv preprint arXiv:2301.00785``,
    ``abs/1506.04967``.
    """
    match = (_INSIDE.search(text) or _CORR.search(text)) if text else None
    return _number(match["number"]) if match else ""


def is_arxiv(text: str) -> bool:
    """Whether ``text`` names arXiv (or CoRR, its name in DBLP) as the place of publication."""
    return bool(re.search(r"\barxiv\b|^corr\b", text.strip(), re.IGNORECASE))


def _number(text: str) -> str:
    # Old numbers are of an archive, not of one of its subjects: math.GT/0309136 is math/0309136.
    return text if text[0].isdigit() else re.sub(r"\.[A-Za-z]{2}/", "/", text).lower()


def doi(text: str) -> str:
    """The DOI in a field or address, whatever stands around it: resolvers, ``doi:``, escapes, a full stop; else
    empty.
    """
    text = _plain(text)
    if "%2f" in text.lower():
        text = unquote(text)
    match = _DOI.match(text)
    if not match:
        return ""
    number = match["doi"].strip()
    number = re.sub(r"\\([_&%#~<>])", r"\1", number)
    number = re.sub(r"[?#](?:utm_|ref=|via=|src=|download).*$", "", number)
    number = number.rstrip(".,;\"'")
    for opening, closing in ("()", "[]", "{}", "<>"):
        while number.endswith(closing) and number.count(closing) > number.count(opening):
            number = number[:-1].rstrip(".,;")
    return number if re.fullmatch(r"10\.\d{4,9}/\S+", number, re.ASCII) else ""


def doi_of_address(url: str) -> str:
    """The DOI of an address whose host only resolves DOIs; publishers' own pages are addresses, not DOIs."""
    return doi(url) if re.match(r"(?:(?:https?:)?//)?(?:dx\.|www\.)?doi\.org/", url.strip(), re.IGNORECASE) else ""


def _plain(text: str) -> str:
    text = text.strip()
    if "\\" not in text:
        return text.strip("<>{} \t\n")
    if match := re.fullmatch(r"\\(?:url|href|path|nolinkurl)\s*\{(.*?)\}(?:\{.*\})?", text, re.DOTALL):
        text = match[1]
    text = re.sub(r"\{?\\textunderscore\s*(?:\{\})?\}?", "_", text)
    text = re.sub(r"\$\\sim\$|\{?\\(?:textasciitilde|~)\s*(?:\{\})?\}?", "~", text)
    text = re.sub(r"\\([_&%#$])", r"\1", text)
    return text.strip("<>{} \t\n")


def url(text: str) -> str:
    """The address in a field, without ``\\url``, LaTeX's escapes and the breaks of wrapped lines; else empty."""
    text = _plain(text)
    if re.match(r"https?:", text, re.IGNORECASE):
        # White space within an address comes from a wrapped line.
        text = re.sub(r"\s*\n\s*(?!https?:)", "", text)
        words = text.split()
        text = words[0] if words else ""
    elif re.match(r"www\.[\w-]+\.\w", text, re.IGNORECASE):
        text = f"http://{text.split()[0]}"
    else:
        return ""
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    return text.rstrip(",;") if re.match(r"https?://[^\s/?#\\]+[^\s\\]*$", text.rstrip(",;"), re.IGNORECASE) else ""


def apart(text: str) -> list[str]:
    """The addresses of a text that lists several, divided by white space, commas or semicolons."""
    parts = re.split(r"(?<=[;,\s])(?=https?://|www\.)", text)
    return [*(part.rstrip(";, \t\r\n") for part in parts[:-1]), parts[-1]]


def urls_inside(text: str) -> list[str]:
    """Every address named in a text."""
    texts = re.findall(r"https?://[^\s{}<>\"\\]+(?:\\[_&%#~][^\s{}<>\"\\]*)*", text)
    return [address for text_of_url in texts if (address := url(text_of_url.rstrip(".,;)")))]


_HOSTS = (
    (r"(?:.*\.)?arxiv\.org|(?:www\.)?(?:bio|med|chem|psy|edar|soc)(?:r?x)iv\.org|(?:www\.)?alphaxiv\.org|openreview\.net"
     r"|(?:www\.)?researchsquare\.com|(?:www\.)?preprints\.org|ssrn\.com|papers\.ssrn\.com", "preprint"),
    (r"(?:www\.)?github\.com|gitlab\.(?:com|[\w.-]+)|bitbucket\.org|gitee\.com|codeberg\.org|gist\.github\.com"
     r"|sourceforge\.net", "code"),
    (r"(?:www\.)?zenodo\.org|figshare\.com|(?:www\.)?kaggle\.com|datadryad\.org|data\.mendeley\.com|dataverse\.[\w.]+"
     r"|physionet\.org|(?:www\.|wiki\.)?cancerimagingarchive\.net|(?:www\.)?synapse\.org|ieee-dataport\.org"
     r"|openneuro\.org|stanfordaimi\.azurewebsites\.net|opendatalab\.(?:com|org)", "dataset"),
    (r"huggingface\.co|modelscope\.cn|(?:www\.)?modelscope\.cn", "weights"),
    (r"[\w-]+\.grand-challenge\.org|(?:www\.)?grand-challenge\.org|codalab\.[\w.]+|competitions\.codalab\.org"
     r"|(?:www\.)?codabench\.org|tianchi\.aliyun\.com|(?:www\.)?aicrowd\.com|(?:www\.)?drivendata\.org", "challenge"),
    (r"(?:www\.)?youtube\.com|youtu\.be|vimeo\.com|(?:www\.)?bilibili\.com|slideslive\.com", "video"),
    (r"(?:[\w-]+\.)?medium\.com|[\w-]+\.substack\.com|(?:www\.)?reddit\.com|towardsdatascience\.com|zhuanlan\.zhihu\.com"
     r"|[\w-]+\.wordpress\.com|[\w-]+\.blogspot\.com|blog\.[\w.-]+", "blog"),
    (r"drive\.google\.com|pan\.baidu\.com|(?:www\.)?dropbox\.com|[\w.-]*box\.com|onedrive\.live\.com|mega\.nz",
    "download"),
    (r"[\w-]+\.readthedocs\.io|docs\.[\w.-]+|readthedocs\.org", "docs"),
    (r"[\w-]+\.github\.io|[\w-]+\.gitlab\.io|sites\.google\.com|[\w-]+\.netlify\.app|[\w-]+\.vercel\.app", "project"),
    (r"(?:dx\.|www\.)?doi\.org|(?:www\.)?nature\.com|link\.springer\.com|ieeexplore\.ieee\.org|(?:www\.)?sciencedirect\.com"
     r"|(?:www\.)?science\.org|dl\.acm\.org|openaccess\.thecvf\.com|proceedings\.\w+\.\w+|papers\.nips\.cc|aclanthology\.org"
     r"|pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov|[\w-]*\.?onlinelibrary\.wiley\.com|academic\.oup\.com"
     r"|(?:www\.)?mdpi\.com|(?:www\.)?frontiersin\.org|pubs\.rsna\.org|jamanetwork\.com|(?:www\.)?cell\.com|ojs\.aaai\.org"
     r"|(?:www\.)?thelancet\.com|journals\.[\w.-]+|pubs\.[\w.-]+|(?:www\.)?biorxiv\.org|europepmc\.org|(?:www\.)?jmlr\.org"
     r"|iopscience\.iop\.org|(?:www\.)?spiedigitallibrary\.org|bmcmedimaging\.biomedcentral\.com|[\w.]*biomedcentral\.com"
     r"|(?:www\.)?semanticscholar\.org|(?:www\.)?tandfonline\.com|(?:www\.)?isca-speech\.org|[\w.]*bmj\.com|(?:www\.)?nejm\.org",
     "paper"),
)  # fmt: skip
_BY_HOST = [(re.compile(pattern, re.IGNORECASE), rel) for pattern, rel in _HOSTS]


def rel_of(address: str) -> str:
    """What an address leads to, by its host: one of the catalog's link types, ``other`` where the host tells
    nothing.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "other"
    if host == "huggingface.co" and parts.path.startswith("/datasets"):
        return "dataset"
    if host == "huggingface.co" and parts.path.startswith("/spaces"):
        return "demo"
    if host.endswith("kaggle.com") and parts.path.startswith(("/c/", "/competitions")):
        return "challenge"
    if host == "github.com" and len(parts.path.strip("/").split("/")) < 2:
        return "other"
    return next((rel for pattern, rel in _BY_HOST if pattern.fullmatch(host)), "other")
