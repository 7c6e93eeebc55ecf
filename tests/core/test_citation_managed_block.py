"""The block in a BibTeX file: ours is replaced, not an octet of the user's changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.citation.managed_block import END, START, DamagedMarkers, changed_by_hand, keys, own_lines, replaced
from tests.examples import examples

BLOCK = "@misc{ours,\n  title = {T}\n}\n"
USER = b"@article{mine, title={A}}\n% a comment\n"


@examples(200)
@given(
    st.lists(st.sampled_from([b"@a{k,", b"}", b"% x", b"\xff\xfe", b"", b"%"]), max_size=6),
    st.lists(st.sampled_from([b"@b{l,", b"text", b"\xe9"]), max_size=4),
    st.sampled_from([b"\n", b"\r\n"]),
    st.booleans(),
)
def test_the_users_lines_stay_octet_for_octet(before: list[bytes], behind: list[bytes], end: bytes, last: bool) -> None:
    start = end.join(before) + (end if last else b"")
    first = replaced(start, BLOCK)
    assert first.startswith(start)
    tail = end.join(behind)
    second = replaced(first + tail, "@misc{other,\n}\n")
    assert own_lines(second)[1] == tail
    assert own_lines(second)[0] == own_lines(first)[0]
    assert b"ours" not in second
    assert replaced(second, "@misc{other,\n}\n") == second
    assert own_lines(replaced(second, ""))[:2] == own_lines(second)[:2]


def test_a_new_file_is_the_block() -> None:
    assert re.fullmatch(re.escape(f"{START}\n{BLOCK}{END}") + r" \[[0-9a-f]{8}\]\n", replaced(b"", BLOCK).decode())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_endings_are_the_files(end: str) -> None:
    made = replaced(USER.replace(b"\n", end.encode()), BLOCK)
    assert made.count(b"\r\n") == (made.count(b"\n") if end == "\r\n" else 0)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (f"a\n{START}\nb\n", 2, "does not end"),
        (f"a\n\n{END}\nb\n", 3, "a block ends that did not begin"),
        (f"{START}\n{START}\n{END}\n", 2, "begins twice"),
        (f"{START}\n{END}\n{START}\n{END}\n", 3, "second block"),
        (f"{END}\n{START}\n", 1, "did not begin"),
        ("a\0b\0", 1, "no text"),
    ],
)
def test_damaged_markers_are_refused(text: str, line: int, reason: str) -> None:
    with pytest.raises(DamagedMarkers, match=reason) as caught:
        replaced(text.encode(), BLOCK)
    assert caught.value.line == line


def test_a_marker_without_a_last_line_feed_ends_the_block() -> None:
    assert replaced(f"{START}\nold\n{END}".encode(), BLOCK) == replaced(b"", BLOCK)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ((b"", b""), 0),
        ((b"\n", b"\r\n"), 0),
        ((b"{T}\n", b"{T}  \n"), 0),
        ((b"{T}", b"{U}"), 3),
        ((b"@misc", b"\n% mine\n@misc"), 3),
        ((b"  title = {T}\n", b""), 0),
        ((b"[", b"[0"), 0),
    ],
)
def test_a_change_by_hand_is_found(change: tuple[bytes, bytes], line: int) -> None:
    data = replaced(b"", BLOCK).replace(*change)
    assert changed_by_hand(data, BLOCK) == line
    assert changed_by_hand(USER + data, BLOCK) == (line + 2 if line else 0)


def test_what_the_catalog_changed_is_no_change_by_hand() -> None:
    assert changed_by_hand(replaced(USER, BLOCK), "@misc{other,\n}") == 0
    assert changed_by_hand(replaced(USER, BLOCK).replace(b"ours", b"mine"), "@misc{other,\n}") == 5
    assert changed_by_hand(USER, BLOCK) == 0


def test_a_byte_order_mark_stays_before_the_block() -> None:
    made = b"\xef\xbb\xbf" + replaced(b"", BLOCK)
    assert replaced(made, "") == b"\xef\xbb\xbf" + replaced(b"", "")


def test_the_users_own_keys_are_found() -> None:
    data = replaced(USER + b"@Misc ( Other2020 ,x)\n@string{s = {x}}\n", BLOCK) + b"@b{behind,}"
    assert keys(data) == {"mine", "other2020", "behind"}
