"""The command line as a shell sees it."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from mum_tui import cli


class Done(NamedTuple):
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, installed: None) -> Run:
    """Runs ``mum-tui`` with these arguments: in this process, which saves starting one; streams are pipes to it."""

    def run(*arguments: str, text: str = "", **environ: str) -> Done:
        streams = {"stdin": io.BytesIO(text.encode()), "stdout": io.BytesIO(), "stderr": io.BytesIO()}
        encoding = environ.get("PYTHONIOENCODING", "utf-8")
        with monkeypatch.context() as patch:
            for name, value in environ.items():
                patch.setenv(name, value)
            for name, stream in streams.items():
                patch.setattr(sys, name, io.TextIOWrapper(stream, encoding, write_through=True))
            try:
                status = cli.main(arguments)
            except SystemExit as ended:
                status = ended.code if isinstance(ended.code, int) else 1
            finally:
                gc.enable()
            return Done(status, streams["stdout"].getvalue().decode(), streams["stderr"].getvalue().decode())

    return run
