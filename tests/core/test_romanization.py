"""Letters of other scripts in Latin ones."""

from __future__ import annotations

import pytest

from mum_tui.romanization import romanized


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("李2020", "li2020"),
        ("張伟", "zhang"),
        ("Щербаков2019", "shcherbakov2019"),
        ("Шевченко-Їжак", "shevchenko-yizhak"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("Ρήγας", "regas"),
        ("김철수2021", "kimcheolsu2021"),
        ("山田2021", "yamada2021"),
        ("佐々木", "sasaki"),
        ("たなか", "tanaka"),
        ("ツダ", "tsuda"),
        ("أحمد2022", "ahmd2022"),
        ("שלום", "shlvm"),
        ("ივანე", "ivane"),
        ("शर्मा", "shrma"),
        ("黑木2020", "2020"),
        ("Müller, J.", "müller, j."),
    ],
)
def test_letters_of_other_scripts(written: str, expected: str) -> None:
    assert romanized(written) == expected
