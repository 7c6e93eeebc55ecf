"""The type of a link, by the host of its address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

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
    """The type of a link to an address, one of the catalog's; ``other`` for an unknown host."""
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
