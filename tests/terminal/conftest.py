"""Some tests are of the program in a checkout, where no compiled catalog lies beside it."""

from __future__ import annotations

import pytest

READS_YAML = ("test_progress_screen", "test_kill", "test_clipboard_real")
"""Tests of what happens before there is a compiled form, or without the shipped catalog."""


@pytest.fixture(autouse=True)
def in_checkout(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.module.__name__.rpartition(".")[2] in READS_YAML:
        monkeypatch.delenv("PYTHONPATH")
