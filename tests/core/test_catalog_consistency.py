"""Keys of one entry that do not go together are told, and what was looked for in vain can be written down."""

from __future__ import annotations

from typing import Any

import pytest

from mum_tui.catalog.check.proofreading import proofread
from mum_tui.catalog.load import parse
from mum_tui.problems import HINT, WARNING
from tests.catalogs import dump, entry


def told(identifier: str = "a", level: str = HINT, **keys: Any) -> list[tuple[str, str]]:
    """Key and message of what proofreading says of one entry, at one level."""
    whole = entry(identifier, **{"sources": ["a list"], "date": "2023-05-02", "tasks": ["segmentation"], **keys})
    loaded = parse(dump([whole]).encode(), "f.yaml")
    assert loaded.problems == ()
    return [(one.key, one.message) for one in proofread(loaded, "f.yaml") if one.level == level]


def keys_told(level: str = HINT, **keys: Any) -> set[str]:
    return {key for key, _ in told(level=level, **keys)}


CODE: dict[str, Any] = {"links": [{"rel": "code", "url": "https://github.com/doe/a"}]}
IN_2023: dict[str, Any] = {"preprint": {"id": "2305.10300", "date": "2023-05-02"}}


def data(terms: str, *rels: str, **keys: str) -> dict[str, Any]:
    links = [{"rel": rel, "url": f"https://a.b/{rel}"} for rel in rels]
    size = {"count": 3, "unit": "scans"}
    return {"kind": "dataset", "modalities": ["CT"], "size": size, "access": {"terms": terms, **keys}, "links": links}


@pytest.mark.parametrize(
    ("licence", "told_of"), [(None, True), ({"data": "MIT"}, True), ({"code": "none stated"}, False)]
)
def test_a_code_link_wants_a_word_on_the_licence(licence: dict[str, str] | None, told_of: bool) -> None:
    keys: dict[str, Any] = {**CODE, **({"licence": licence} if licence else {})}
    assert ("a.licence.code" in keys_told(**keys)) is told_of


@pytest.mark.parametrize(
    ("keys", "told_of"),
    [
        ({"training": {"count": 3, "unit": "scans"}}, True),
        ({"training": {"datasets": 2}}, True),
        ({"training": {"text": "not trained"}}, False),
        ({"training": {"datasets": 2}, "uses": [{"name": "in-house data", "roles": ["train"]}]}, False),
        ({}, False),
    ],
)
def test_training_wants_the_datasets(keys: dict[str, Any], told_of: bool) -> None:
    assert ("a.uses" in keys_told(**keys)) is told_of


def test_a_date_is_as_precise_as_that_of_the_preprint() -> None:
    assert ("a.date", "2023-05 is coarser than preprint.date") in told(level=WARNING, date="2023-05", **IN_2023)
    assert ("a.date", "2023 is coarser than the arXiv number") in told(date="2023", preprint={"id": "2305.10300"})
    assert "a.date" not in keys_told(WARNING, **IN_2023) | keys_told(**IN_2023)
    assert "a.date" not in keys_told(WARNING, date="2023", **data("open", "dataset"), **IN_2023)


@pytest.mark.parametrize(
    ("published", "told_of"),
    [
        ({"container": "Medical Image Analysis"}, True),
        ({"container": "Nature Medicine"}, True),
        ({"container": "Nature of things"}, False),
        ({"container": "MICCAI", "series": "Lecture Notes in Computer Science"}, True),
        ({"container": "Nature", "doi": "10.1038/a"}, False),
        ({"container": "International Conference on Learning Representations"}, False),
    ],
)
def test_a_doi_is_missed_where_there_always_is_one(published: dict[str, str], told_of: bool) -> None:
    keys = keys_told(published={"type": "article-journal", "year": 2024, **published})
    assert ("a.published.doi" in keys) is told_of


@pytest.mark.parametrize(
    ("keys", "told_of"),
    [
        (data("open", "paper"), True),
        (data("open", "dataset"), False),
        (data("closed", "download"), True),
        (data("closed", "dataset"), False),
        (data("request", "download"), True),
        (data("request", "download", note="the form"), False),
        (data("registration", "download"), False),
    ],
)
def test_access_goes_with_the_links(keys: dict[str, Any], told_of: bool) -> None:
    assert ("a.access.terms" in keys_told(**keys)) is told_of


@pytest.mark.parametrize(
    ("checked", "told_of"), [("2026-10", True), ("2026-11", False), ("2026-11-29", False), ("2026-11-28", True)]
)
def test_a_doubt_is_looked_at_again_when_the_entry_changes(checked: str, told_of: bool) -> None:
    verified = [{"of": ["licence"], "level": "one-source", "checked": checked}]
    doubts = [{"field": "licence.code", "note": "two sources differ"}]
    keys = keys_told(doubts=doubts, verified=verified, updated="2026-11-29", licence={"code": "MIT"})
    assert ("a.doubts.licence.code" in keys) is told_of


def test_a_check_speaks_of_its_own_fields() -> None:
    check = {"of": ["links"], "level": "two-sources", "one_source": ["licence.code", "links"]}
    assert ("a.verified.one_source", "licence.code is not of links") in told(verified=[check])
    dated = {"of": ["links"], "level": "unverified", "checked": "2026-11"}
    assert ("a.verified.checked", "has a date although nothing was verified") in told(verified=[dated])
    kept = {"of": ["links", "licence"], "level": "two-sources", "one_source": ["licence.code"], "checked": "2026-11"}
    assert not {"a.verified.one_source", "a.verified.checked"} & keys_told(verified=[kept])


def test_words_used_once_are_told_of_catalogs_that_are_large_enough() -> None:
    def rare(count: int) -> list[str]:
        vocabularies: dict[str, Any] = {"modalities": {"CT": [], "MRI": [], "PET": []}}
        entries = [entry(f"e{number}", modalities=["CT"]) for number in range(count)] + [entry("z", modalities=["PET"])]
        loaded = parse(dump(entries, vocabularies=vocabularies).encode(), "f.yaml")
        return [one.message for one in proofread(loaded, "f.yaml") if one.key == "vocabularies.modalities"]

    assert rare(48) == []
    assert rare(49) == ["“MRI” is used never", "“PET” is used once"]
