"""Notices and the time that they are shown."""

from __future__ import annotations

import time

import pytest

from mum_tui.tui.notices import Notice


@pytest.mark.parametrize("age", [0, 4.999, 5, 5.001, 1_000])
def test_a_notice_has_time_left_whenever_it_is_looked_at(age: float) -> None:
    notice = Notice("saved", timeout=5, raised_at=time.time() - age)
    assert notice.time_left > 0
    assert notice.has_expired == (age >= 5)
