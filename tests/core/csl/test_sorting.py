"""Sorting: keys of variables and macros, direction, how strings compare (CSL 1.0.2, "Sorting")."""

from __future__ import annotations

import pytest

from mum_tui.citation.csl.sorting import collated
from tests.core.csl.small import Item, by, dated, listed

TITLE = '<text variable="title"/>'


def order(sort: str, *values: Item, **parts: str) -> list[str]:
    return listed(TITLE, *values, sort=f"<sort>{sort}</sort>", **parts)


def test_names_sort_by_family_whatever_they_look_like() -> None:
    values = [{**by("Aaron Zed"), "title": "z"}, {**by("Zoe Abe"), "title": "a"}]
    macro = '<macro name="m"><names variable="author"/></macro>'
    assert order('<key macro="m"/>', *values, before=macro) == ["a", "z"]
    assert order('<key variable="author"/>', *values) == ["a", "z"]


def test_names_sort_without_their_markup() -> None:
    values: list[Item] = [{"title": name, "author": [{"literal": name}]} for name in ("B", "<i>C</i>", "<sup>A</sup>")]
    macro = '<macro name="m"><names variable="author"/></macro>'
    wanted = ["<sup>A</sup>", "B", "<i>C</i>"]
    assert order('<key macro="m"/>', *values, before=macro) == wanted
    assert order('<key variable="author"/>', *values) == wanted


def test_particles_sort_as_the_style_says() -> None:
    values = [{**by("Jo van Gogh"), "title": "g"}, {**by("Jo Meer"), "title": "m"}]
    values[0]["author"] = [{"family": "Gogh", "given": "Jo", "non-dropping-particle": "van"}]
    assert order('<key variable="author"/>', *values, options='demote-non-dropping-particle="never"') == ["m", "g"]
    assert order('<key variable="author"/>', *values, options='demote-non-dropping-particle="sort-only"') == ["g", "m"]


def test_dates_numbers_and_empty_values() -> None:
    values: list[Item] = [
        {"title": "none"},
        {**dated(2001, 5), "title": "may"},
        {**dated(2001), "title": "year"},
        {**dated(-3), "title": "bc"},
    ]
    assert order('<key variable="issued"/>', *values) == ["bc", "year", "may", "none"]
    assert order('<key variable="issued" sort="descending"/>', *values) == ["may", "year", "bc", "none"]
    volumes: list[Item] = [{"title": "ten", "volume": "10"}, {"title": "nine", "volume": 9}]
    assert order('<key variable="volume"/>', *volumes) == ["nine", "ten"]


@pytest.mark.parametrize("key", ['variable="citation-number"', 'macro="n"'])
def test_numbers_run_backward_where_they_sort_backward(key: str) -> None:
    macro = '<macro name="n"><text variable="citation-number"/></macro>'
    layout = '<text variable="citation-number"/><text variable="title"/>'
    values: list[Item] = [{"title": "b"}, {"title": "a"}, {"title": "c"}]
    for sort, wanted in [
        (f'<key {key} sort="descending"/>', ["3c", "2a", "1b"]),
        (f'<key variable="title"/><key {key} sort="descending"/>', ["3a", "2b", "1c"]),
        (f"<key {key}/>", ["1b", "2a", "3c"]),
        (f'<key {key} sort="descending"/><key {key}/>', ["1c", "2a", "3b"]),
    ]:
        assert listed(layout, *values, sort=f"<sort>{sort}</sort>", before=macro) == wanted


def test_later_keys_and_limits_on_names() -> None:
    values = [
        {**by("A Doe", "Z Zed"), **dated(2000), "title": "2000"},
        {**by("A Doe", "A Abe"), **dated(2001), "title": "2001"},
    ]
    macro = '<macro name="m"><names variable="author"/></macro>'
    assert order('<key macro="m"/>', *values, before=macro) == ["2001", "2000"]
    key = '<key macro="m" names-min="1" names-use-first="1"/><key variable="issued"/>'
    assert order(key, *values, before=macro) == ["2000", "2001"]


@pytest.mark.parametrize(
    "words",
    [
        ["Ångström", "deVries", "Zhou"],
        ["Alan", "Al-Hajj"],
        ["Łaski", "Lasky"],
        ["resume", "résumé"],
        ["Müller", "Munro"],
        ["“Quoted” a", "quoted b"],
    ],
)
def test_how_strings_compare(words: list[str]) -> None:
    turned = list(reversed(words))
    assert sorted(turned, key=collated) == words
