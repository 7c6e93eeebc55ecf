"""Checks one address: HEAD first, the first byte of a GET if that is refused, http and https only."""

from __future__ import annotations

import email.message
import http.client
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import IO, NamedTuple
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from mum_tui import __version__
from mum_tui.clock import utc_now
from mum_tui.links.results import DEAD, MOVED, OK, UNKNOWN, LinkResult

TIMEOUT = 15.0
"""Seconds to wait for a server."""

RETRIES = 2
PATIENCE = 20.0
"""The longest wait in seconds before another try, even if the server asks for more."""

_HEADERS = {
    "User-Agent": f"mum-tui/{__version__} (link checker)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
}
_DEAD_STATUSES = (404, 410)
_BUSY = (429, 500, 502, 503, 504)
_PERMANENT = (301, 308)


class _NotHttp(Exception):
    """A redirect leads away from http."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects with the same method, records them, and refuses other schemes."""

    max_redirections = 8

    def __init__(self) -> None:
        self.seen: list[tuple[int, str]] = []

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage | email.message.Message,
        newurl: str,
    ) -> urllib.request.Request:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise _NotHttp(urlsplit(newurl).scheme)
        self.seen.append((code, newurl))
        return urllib.request.Request(newurl, headers=_HEADERS, method=req.get_method())  # noqa: S310 - http only

    def moved_to(self) -> str:
        """Where the address has moved permanently; temporary redirects do not count."""
        target = ""
        for code, url in self.seen:
            if code not in _PERMANENT:
                break
            target = url
        return target


class _Reply(NamedTuple):
    status: int
    target: str = ""
    reason: str = ""
    wait: float = 0.0


def ask(url: str, timeout: float = TIMEOUT, sleep: Callable[[float], object] = time.sleep) -> LinkResult:
    """Check ``url``. Never raises.

    Args:
        url: the address.
        timeout: seconds to wait for a response.
        sleep: waits between two tries, for a number of seconds.
    """
    address = _encoded(url)
    if not address:
        return LinkResult(url, UNKNOWN, reason="not an http address", checked=utc_now())
    reply = _Reply(0)
    for attempt in range(RETRIES + 1):
        reply = _request(address, "HEAD", timeout)
        if reply.status >= 400 and reply.status != 429:
            # Some servers answer HEAD with an error: only the answer to GET counts.
            reply = _request(address, "GET", timeout)
        final = reply.status and reply.status not in _BUSY
        if final or attempt == RETRIES or not reply.wait:
            break
        sleep(min(reply.wait * (attempt + 1), PATIENCE))
    return _verdict(url, reply)


def _verdict(url: str, reply: _Reply) -> LinkResult:
    if 200 <= reply.status < 300:
        moved = reply.target and not _alike(url, reply.target)
        return LinkResult(url, MOVED if moved else OK, reply.status, reply.target if moved else "", checked=utc_now())
    verdict = DEAD if reply.status in _DEAD_STATUSES else UNKNOWN
    reason = reply.reason or http.client.responses.get(reply.status, "unknown status")
    return LinkResult(url, verdict, reply.status, reason=reason, checked=utc_now())


def _alike(url: str, target: str) -> bool:
    """Whether two addresses are the same for a reader."""
    return urldefrag(_encoded(url)).url.rstrip("/") == urldefrag(target).url.rstrip("/")


def _encoded(url: str) -> str:
    """The address as it is sent: without fragment, in ASCII; empty if it is not an http address."""
    try:
        parts = urlsplit(urldefrag(url).url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except ValueError:  # includes UnicodeError
        return ""
    safe = "%/:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe), quote(parts.query, safe), ""))


def _request(address: str, method: str, timeout: float) -> _Reply:
    redirects = _Redirects()
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        redirects,
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(address, headers=_HEADERS, method=method)  # noqa: S310 - http only
    try:
        with opener.open(request, timeout=timeout) as response:
            response.read(1)
            return _Reply(response.status, redirects.moved_to())
    except urllib.error.HTTPError as error:
        with error:
            if 300 <= error.code < 400:
                return _Reply(0, reason=_lost(error.headers.get("Location", "")))
            return _Reply(error.code, wait=_retry_after(error.headers) if error.code in _BUSY else 0.0)
    except _NotHttp as error:
        return _Reply(0, reason=_lost(f"{error}:"))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _Reply(0, reason=_reason(error), wait=0.0 if _lasting(error) else 1.0)


def _lost(location: str) -> str:
    """Why a redirect was not followed."""
    scheme = urlsplit(location).scheme if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", location) else ""
    if scheme and scheme not in ("http", "https"):
        return f"redirects to {scheme}:, which is not opened"
    return "too many redirects" if location else "redirects to nowhere"


def _retry_after(headers: email.message.Message) -> float:
    """The seconds that the server asks to wait; 1 by default."""
    value = headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1.0


def _cause(error: Exception) -> object:
    return error.reason if isinstance(error, urllib.error.URLError) else error


def _lasting(error: Exception) -> bool:
    """Whether another try would fail the same way: no such host, an invalid certificate, an invalid response."""
    cause = _cause(error)
    return isinstance(cause, socket.gaierror | ValueError) or type(cause).__name__ == "SSLCertVerificationError"


def _reason(error: Exception) -> str:
    """Why there is no response, in a few words."""
    cause = _cause(error)
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, socket.gaierror):
        return "no such host"
    if isinstance(cause, ConnectionRefusedError):
        return "connection refused"
    if type(cause).__name__ == "SSLCertVerificationError":
        return "its certificate is not valid"
    text = " ".join(str(getattr(cause, "strerror", None) or cause or type(cause).__name__).split())
    return text[:80]
