"""A web server on this machine that answers as badly as the real ones."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATUS = {"/ok": 200, "/gone": 410, "/missing": 404, "/private": 403, "/login": 401, "/busy": 429, "/broken": 503}
REDIRECTS = {
    "/moved": (301, "/ok"),
    "/moved-twice": (308, "/moved"),
    "/elsewhere": (302, "/ok"),
    "/half": (301, "/elsewhere"),
    "/slash": (301, "/slash/"),
    "/moved-dead": (301, "/missing"),
    "/loop": (302, "/loop"),
    "/ftp": (302, "ftp://127.0.0.1/x"),
    "/file": (301, "file:///etc/passwd"),
}


class Web:
    """A running server: where it is, and what it was asked (``HEAD /ok``), how often."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.most_at_once = 0
        self.at_once = 0
        self.lock = threading.Lock()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving() -> Iterator[Web]:
    """A server that stops with the block."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            with web.lock:
                web.asked[f"{self.command} {self.path}"] += 1
                web.agents.add(self.headers.get("User-Agent", ""))
                web.at_once += 1
                web.most_at_once = max(web.most_at_once, web.at_once)
            try:
                self.reply(self.path.partition("?")[0])
            finally:
                with web.lock:
                    web.at_once -= 1

        do_HEAD = do_GET = answer  # noqa: N815 - what the library calls

        def reply(self, path: str) -> None:
            if path == "/stuck":
                stop.wait(20.0)
            if path == "/slow":
                stop.wait(1.0)
            if path == "/nonsense":
                self.wfile.write(b"this is not http\r\n\r\n")
                return
            if path == "/silent":
                self.close_connection = True
                return
            tries = web.asked[f"HEAD {self.path}"]
            status = STATUS.get(path, 200)
            if path == "/no-head" and self.command == "HEAD":
                status = 404
            if path == "/recovers" and tries < 2:
                status = 503
            code, target = REDIRECTS.get(path, (status, ""))
            self.send_response(code)
            if target:
                self.send_header("Location", target)
            if status in (429, 503):
                self.send_header("Retry-After", "7")
            self.send_header("Content-Length", "2")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(b"ok")

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that stopped waiting

    stop = threading.Event()
    server = Server(("", 0), Handler)
    web = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()
