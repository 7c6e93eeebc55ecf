"""Each key of an entry is read as documented; what it may not hold is named; an entry written out reads the same."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from mum_tui.catalog import choices
from mum_tui.catalog.load import parse
from mum_tui.catalog.model import (
    Access,
    Doubt,
    Entry,
    Licence,
    Link,
    Loaded,
    Name,
    Preprint,
    Published,
    Quantity,
    Record,
    Size,
    Training,
    Use,
    Verified,
)
from mum_tui.problems import ERROR, WARNING, Problem
from mum_tui.text import clean, one_line
from tests.catalogs import dump, entry
from tests.examples import examples

HEAD = """\
schema: 1
vocabularies:
  modalities: {CT: [computed tomography, CTA], MRI: [MR]}
  dims: [2D, 3D]
sections: [{id: seg, title: Segmentation}, {id: sam, title: SAM}]
entries:
  - id: doe2023paper
    kind: paper
    section: seg
    title: A paper
"""
LINE = HEAD.count("\n") + 1

DOE, ROE = Name("Doe", "Jane"), Name("Roe", "Richard", "van der")


def read(*lines: str) -> Loaded:
    """An entry with these lines under its required keys."""
    return parse((HEAD + "".join(f"    {line}\n" for line in lines)).encode(), "f.yaml")


def entries_of(text: str) -> list[Entry]:
    return list(parse(text.encode(), "f.yaml").catalog.entries)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("aliases: [a1, B.2_c+d-e]", ("a1", "B.2_c+d-e")),
        ("sections: [sam]", ("sam",)),
        ("name: Med  SAM", "Med SAM"),
        ('authors: ["Doe, Jane", "van der Roe, Richard"]', (DOE, ROE)),
        ("authors_complete: false", False),
        ("authors_complete: true", True),
        ("authors_complete: ", True),
        ("date: 2023", "2023"),
        ("date: 2023-04", "2023-04"),
        ("date: 2024-02-29", "2024-02-29"),
        ("preprint: {id: 2301.00780}", Preprint("2301.00780", "arXiv")),
        (
            "preprint: {id: x/1, server: medRxiv, primary_class: cs.CV, date: 2023, title: T, authors: ['Doe, Jane']}",
            Preprint("x/1", "medRxiv", "cs.CV", "2023", "T", (DOE,)),
        ),
        ("published: {type: chapter, year: 2023}", Published("chapter", 2023)),
        (
            "published: {type: book, year: 2023, container: C, container_short: CS, venue: V, date: 2023, volume: 05,"
            " issue: 1-2, pages: 1–9, series: S, publisher: P, doi: 10.1000/x, title: T, authors: ['Doe, Jane']}",
            Published("book", 2023, "C", "CS", "V", "2023", "05", "1-2", "1-9", "S", "P", "10.1000/x", "T", (DOE,)),
        ),
        (
            "published: {type: article-journal, year: 1999, pages: 103596}",
            Published("article-journal", 1999, pages="103596"),
        ),
        ("record: {publisher: Zenodo, year: 2022}", Record("Zenodo", 2022)),
        (
            "record: {publisher: Z, year: 2022, doi: 10.5281/z, version: 1.0, title: T, authors: [{organisation: O}]}",
            Record("Z", 2022, "10.5281/z", "1.0", "T", (Name(literal="O"),)),
        ),
        ("links: [{rel: code, url: 'https://a.b'}]", (Link("code", "https://a.b"),)),
        (
            "links: [{rel: code, url: 'https://a.b/#x', label: l, note: n, formerly: 'http://c.d'}]",
            (Link("code", "https://a.b/#x", "l", "n", "http://c.d"),),
        ),
        ("modalities: [ct, Computed Tomography, MR]", ("CT", "MRI")),
        ("dims: [3d]", ("3D",)),
        ("tasks: [anything]", ("anything",)),
        ("anatomy: []", ()),
        ("tags: [2023, yes, a  b]", ("2023", "yes", "a b")),
        ("classes: {count: 0, unit: organs, text: none}", Quantity(0, "organs", "none")),
        (
            "size: {count: 10, unit: scans, train: 6, validation: 1, test: 3, text: t}",
            Size(10, "scans", 6, 1, 3, "t"),
        ),
        ("training: {datasets: 3, count: 1000000000000, unit: scans, text: t}", Training(3, 10**12, "scans", "t")),
        ("architecture: >-\n      U-Net\n      with more", "U-Net with more"),
        ("licence: {code: MIT, weights: CC-BY-4.0, data: on request}", Licence("MIT", "CC-BY-4.0", "on request")),
        ("access: {terms: open}", Access("open")),
        ("access: {terms: request, note: by mail}", Access("request", "by mail")),
        (
            "uses: [{dataset: doe2023paper, roles: [train, test], note: n}, {name: Other}]",
            (Use("doe2023paper", "", ("train", "test"), "n"), Use("", "Other")),
        ),
        ("summary: |\n      one\n\n      two", "one two"),
        ("notes: |\n      one\n\n      two", "one\n\ntwo"),
        ("doubts: [{field: date, note: from memory}]", (Doubt("date", "from memory"),)),
        (
            "verified: [{of: [links, licence], level: one-source, by: [repository], checked: 2026-11}]",
            (Verified(("links", "licence"), "one-source", ("repository",), "2026-11"),),
        ),
        (
            "verified: [{of: [identity], level: two-sources, one_source: [date], note: n},"
            " {of: [uses], level: unverified}]",
            (Verified(("identity",), "two-sources", (), "", ("date",), "n"), Verified(("uses",), "unverified")),
        ),
        ("verified: {level: one-source}", (Verified(("identity", "venue"), "one-source"),)),
        (
            "verified: {level: two-sources, one_source: [date, uses], note: n}",
            (Verified(("identity", "venue"), "two-sources", one_source=("date", "uses"), note="n"),),
        ),
        ("sources: [https://a.b, owner/repository README.md]", ("https://a.b", "owner/repository README.md")),
        ("added: 2023-05-01", "2023-05-01"),
        ("updated: 2023", "2023"),
        ("published: {type: book}", Published("book")),
        ("aliases: ['DBLP:conf/x', 李2020]", ("DBLP:conf/x", "李2020")),
        (
            "csl: {edition: 2, editor: [{family: Doe}], issued: {date-parts: [[2020, 1]], circa: true}}",
            {"edition": "2", "editor": [{"family": "Doe"}], "issued": {"date-parts": [[2020, 1]], "circa": True}},
        ),
        ("csl: {DOI: '', custom: {bibtex: {x: '1'}}}", {"DOI": "", "custom": {"bibtex": {"x": "1"}}}),
    ],
)
def test_each_key_is_read(line: str, value: Any) -> None:
    loaded = read(line)
    assert loaded.problems == ()
    assert getattr(loaded.catalog.entries[0], line.split(":")[0]) == value


@pytest.mark.parametrize("kind", choices.KINDS)
def test_each_kind_is_read(kind: str) -> None:
    (found,) = entries_of(HEAD.replace("kind: paper", f"kind: {kind}"))
    assert (found.id, found.kind, found.section, found.title) == ("doe2023paper", kind, "seg", "A paper")


ABSENT = {**dict(zip(Entry.__struct_fields__[4:], Entry.__struct_defaults__, strict=True)), "csl": {}}


@pytest.mark.parametrize("key", ABSENT)
@pytest.mark.parametrize("empty", ["", "null", "~"])
def test_a_key_without_a_value_is_as_if_absent(key: str, empty: str) -> None:
    loaded = read(f"{key}: {empty}")
    assert loaded.problems == ()
    assert getattr(loaded.catalog.entries[0], key) == ABSENT[key]


@pytest.mark.parametrize(
    ("line", "key", "message", "hint"),
    [
        ("aliases: [a b]", "aliases[1]", '"a b" is not an alias', "no white space"),
        ("aliases: [ok, 'x{']", "aliases[2]", '"x{" is not an alias', "no white space"),
        ("aliases: ['a,b']", "aliases[1]", "is not an alias", "no white space"),
        ("csl: [a]", "csl", "expected a mapping", ""),
        ("csl: {editor: Doe}", "csl.editor", "is not a list of names", "CSL-JSON"),
        ("csl: {editor: [{family: [x]}]}", "csl.editor", "is not a list of names", "CSL-JSON"),
        ("csl: {issued: {date-parts: [2020]}}", "csl.issued", "is not a date", "CSL-JSON"),
        ("csl: {custom: {a: {b: {c: {d: {e: {f: 1}}}}}}}", "csl.custom.a.b.c.d.e", "nests deeper", ""),
        ("tags: [a, '']", "tags[2]", "is empty", ""),
        ("tags: [a, null]", "tags[2]", "is empty", ""),
        ("tags: [[a]]", "tags[1]", "expected text, found a list", ""),
        ("authors: Doe, Jane", "authors", "expected a list", "write [Doe, Jane]"),
        ('authors: [", Jane"]', "authors[1]", "is not a name", 'write "Family, Given"'),
        ('authors: ["Doe, J, Jr, III"]', "authors[1]", "is not a name", 'write "Family, Given"'),
        ("authors: [[Doe, Jane]]", "authors[1]", "expected text, found a list", ""),
        ("authors: [{organization: O}]", "authors[1].organisation", "is missing", ""),
        ("authors: [null]", "authors[1]", "is empty", ""),
        ("authors_complete: no", "authors_complete", '"no" is neither true nor false', ""),
        ("date: April 2023", "date", '"April 2023" is not a date', "write 2023"),
        ("date: 2023-13", "date", "is not a date", "write 2023"),
        ("date: 2023-02-29", "date", "is not a date", "write 2023"),
        ("date: 2023-1-2", "date", "is not a date", "write 2023"),
        ("date: 2023-01-02T00:00", "date", "is not a date", "write 2023"),
        ("date: 0999", "date", "is not a date", "write 2023"),
        ("date: ٢٠٢٣", "date", "is not a date", "write 2023"),
        ("added: soon", "added", "is not a date", "write 2023"),
        ("updated: [2023]", "updated", "expected text", ""),
        ("preprint: 2301.00785", "preprint", "expected a mapping", ""),
        ("preprint: {}", "preprint.id", "is missing", ""),
        ("preprint: {server: arXiv, id: }", "preprint.id", "is missing", ""),
        ("preprint: {id: x, date: never}", "preprint.date", "is not a date", "write 2023"),
        ("published: {year: 2023}", "published.type", "is missing", ""),
        ("published: {type: journal-article, year: 2023}", "published.type", "is not a type", "did you mean article?"),
        ("published: {type: book, year: MMXXIII}", "published.year", "is not a whole number from 1000 to 2999", ""),
        ("published: {type: book, year: 23}", "published.year", "is not a whole number", ""),
        ("published: {type: book, year: 3000}", "published.year", "is not a whole number", ""),
        ("published: {type: book, year: 2023.0}", "published.year", "is not a whole number", ""),
        ("published: {type: book, year: ２０２３}", "published.year", "is not a whole number", ""),
        ("published: {type: book, year: 2023, doi: 11.1/x}", "published.doi", "is not a DOI", "write 10.1234/abc"),
        ("published: {type: book, year: 2023, doi: 10.1000/a b}", "published.doi", "is not a DOI", "write 10.1234/abc"),
        ("published: {type: book, year: 2023, authors: [1, 'x, ']}", "published.authors[1]", "is not split", "write"),
        ("record: {publisher: Z}", "record.year", "is missing", ""),
        ("record: {year: 2022}", "record.publisher", "is missing", ""),
        ("links: https://a.b", "links", "expected a list", "write [https://a.b]"),
        ("links: [https://a.b]", "links[1]", "expected a mapping", ""),
        ("links: [null]", "links[1]", "is empty", ""),
        ("links: [{url: 'https://a.b'}]", "links[1].rel", "is missing", ""),
        ("links: [{rel: code}]", "links[1].url", "is missing", ""),
        ("links: [{rel: code, url: }]", "links[1].url", "is missing", ""),
        ("links: [{rel: code, url: [x]}]", "links[1].url", "expected text", ""),
        (
            "links: [{rel: code, url: 'https://a.b', formerly: a.b}]",
            "links[1].formerly",
            "is not an http",
            "write https://",
        ),
        ("modalities: CT", "modalities", "expected a list", "write [CT]"),
        ("classes: 33", "classes", "expected a mapping", ""),
        ("classes: {count: 2,800}", "classes.800", "unknown key", ""),
        ('classes: {count: "2,800"}', "classes.count", "is not a whole number", "write 2800"),
        ("classes: {count: about 30}", "classes.count", "is not a whole number", ""),
        ("classes: {count: -1}", "classes.count", "is not a whole number", ""),
        ("classes: {count: 1000000000001}", "classes.count", "is not a whole number", ""),
        (f"classes: {{count: {'9' * 5000}}}", "classes.count", "is not a whole number", ""),
        ("size: {train: x}", "size.train", "is not a whole number", ""),
        ("training: {datasets: many}", "training.datasets", "is not a whole number", ""),
        ("licence: MIT", "licence", "expected a mapping", ""),
        ("access: {note: ask}", "access.terms", "is missing", ""),
        ("access: {terms: free}", "access.terms", "is not an access term", "one of open"),
        ("uses: [btcv]", "uses[1]", "expected a mapping", ""),
        ("uses: [{roles: [train]}]", "uses[1]", "names no dataset", "write {dataset: id}"),
        ("uses: [{}]", "uses[1]", "names no dataset", "write {dataset: id}"),
        ("uses: [null]", "uses[1]", "names no dataset", "write {dataset: id}"),
        ("related: [{entry: x, how: sucessor}]", "related[1].how", "is not a relation", "did you mean successor?"),
        ("related: [{entry: x}]", "related[1].how", "is missing", ""),
        ("related: [{how: version}]", "related[1].entry", "is missing", ""),
        ("related: [x]", "related[1]", "expected a mapping", ""),
        ("uses: [{name: X, roles: [training]}]", "uses[1].roles[1]", "is not a role", "did you mean"),
        ("doubts: [{field: date}]", "doubts[1].note", "is missing", ""),
        ("doubts: [the date]", "doubts[1]", "expected a mapping", ""),
        ("verified: [{level: one-source}]", "verified[1].of", "is missing", ""),
        ("verified: [{of: [], level: one-source}]", "verified[1].of", "names no group of fields", "one of identity,"),
        ("verified: [{of: [link], level: one-source}]", "verified[1].of[1]", "is not a group", "did you mean links?"),
        ("verified: [{of: [links]}]", "verified[1].level", "is missing", ""),
        (
            "verified: [{of: [links], level: one-source, by: [repo]}]",
            "verified[1].by[1]",
            "is not a kind of",
            "did you mean repository",
        ),
        ("verified: [{of: [links], level: one-source, checked: soon}]", "verified[1].checked", "is not a date", ""),
        ("verified: {level: twosources}", "verified.level", "is not a level", "did you mean two-sources?"),
        ("verified: {note: x}", "verified.level", "is missing", ""),
        ("notes: {a: b}", "notes", "expected text, found a mapping", ""),
    ],
)
def test_what_a_key_may_not_hold_sets_the_entry_aside(line: str, key: str, message: str, hint: str) -> None:
    loaded = read(line)
    problem = next(problem for problem in loaded.problems if problem.key == f"doe2023paper.{key}")
    assert (problem.file, problem.line) == ("f.yaml", LINE)
    assert message in problem.message
    assert hint in problem.hint
    if problem.level == ERROR:
        assert (loaded.catalog.entries, loaded.set_aside) == ((), 1)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ftp://a.b", "is not an http"),
        ("javascript:alert(1)", "is not an http"),
        ("file:///etc/passwd", "is not an http"),
        ("data:text/html,x", "is not an http"),
        ("../relative.pdf", "is not an http"),
        ("/absolute.pdf", "is not an http"),
        ("example.org/a", "is not an http"),
        ("//example.org", "is not an http"),
        ("-https://a.b", "is not an http"),
        ("", "is not an http"),
        ("https://a b", "contains white space"),
        ("https://a.b/\\u3000c", "contains white space"),
        ("https://a.b/\\e[2J", "contains control characters"),
        ("https://a.b/\\x9b", "contains control characters"),
        ("https://a.b/\\u202e", "contains control characters"),
        ("https://a.b/\\0", "contains control characters"),
    ],
)
def test_an_address_that_may_not_be_opened_sets_the_entry_aside(line: str, reason: str) -> None:
    loaded = read("links:", '  - {rel: paper, url: "https://a.b"}', "  - rel: code", f'    url: "{line}"')
    (problem,) = loaded.problems
    assert (problem.line, problem.key, problem.level) == (LINE + 3, "doe2023paper.links[2].url", ERROR)
    assert reason in problem.message
    assert problem.hint == "write https://…"
    assert clean(problem.message) == problem.message
    assert loaded.set_aside == 1


@pytest.mark.parametrize(
    ("line", "key", "message", "hint", "value"),
    [
        ("authors: [Consortium]", "authors[1]", "is not split", "{organisation: …}", (Name(literal="Consortium"),)),
        ("links: [{rel: coed, url: 'https://a.b'}]", "links[1].rel", "no known type", "did you mean code?", None),
        ("modalities: [CTT]", "modalities[1]", "not in the vocabulary of modalities", "did you mean CT?", ("CTT",)),
        ("dims: [4D, 4D]", "dims[1]", "not in the vocabulary of dims", "one of 2D, 3D", ("4D",)),
        ("modalities: [Fundus]", "modalities[1]", "not in the vocabulary", "one of CT, MRI", ("Fundus",)),
        ("published: {type: book, year: 2023, doi: 'http://dx.doi.org/10.1000/x'}", "published.doi",
         "without its resolver", "write 10.1000/x", Published("book", 2023, doi="10.1000/x")),
        ("record: {publisher: Z, year: 2023, doi: 'DOI: 10.1000/x'}", "record.doi", "without its resolver",
         "write 10.1000/x", Record("Z", 2023, "10.1000/x")),
        ('summary: "a\\eb"', "summary", "were replaced by", "", "a\ufffdb"),
        ('notes: "a\\u202eb\\nc"', "notes", "were replaced by", "", "a\ufffdb\nc"),
    ],
)  # fmt: skip
def test_what_a_key_should_not_hold_is_warned_of(line: str, key: str, message: str, hint: str, value: Any) -> None:
    loaded = read(line)
    problem = loaded.problems[0]
    assert (problem.line, problem.key, problem.level) == (LINE, f"doe2023paper.{key}", WARNING)
    assert message in problem.message
    assert hint in problem.hint
    if value is not None:
        assert getattr(loaded.catalog.entries[0], line.split(":")[0]) == value


@pytest.mark.parametrize("identifier", ["liu 2023", "-liu", "liu/2023", "Silva–Rodríguez", "a,b", "a\\tb", "[x]", "{}"])
def test_an_entry_with_a_wrong_id_is_set_aside(identifier: str) -> None:
    quoted = identifier if identifier in ("[x]", "{}") else f'"{identifier}"'
    loaded = parse(HEAD.replace("doe2023paper", quoted).encode(), "f.yaml")
    (problem,) = loaded.problems
    assert (problem.line, problem.level, loaded.set_aside) == (7, ERROR, 1)
    assert problem.key.endswith(".id")


def test_every_fault_of_an_entry_is_listed() -> None:
    loaded = read("date: x", "tags: y", "size: {count: z, train: w}", "titel: v")
    found: list[tuple[int, str]] = [(problem.line - LINE, problem.key.split(".", 1)[1]) for problem in loaded.problems]
    assert found == [(0, "date"), (1, "tags"), (2, "size.count"), (2, "size.train"), (3, "titel")]
    assert loaded.set_aside == 1


def test_a_long_wrong_value_is_shortened_in_the_message() -> None:
    (problem,) = read(f"date: {'x' * 10_000}").problems
    assert len(str(problem)) < 200


# -- names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name", "short", "display"),
    [
        ("Doe, Jane", Name("Doe", "Jane"), "Doe", "Jane Doe"),
        ("Silva-Rodríguez, Julio", Name("Silva-Rodríguez", "Julio"), "Silva-Rodríguez", "Julio Silva-Rodríguez"),
        ("Ben Ayed, Ismail", Name("Ben Ayed", "Ismail"), "Ben Ayed", "Ismail Ben Ayed"),
        ("van Ginneken, Bram", Name("Ginneken", "Bram", "van"), "van Ginneken", "Bram van Ginneken"),
        ("de la Cruz Vega, Ana", Name("Cruz Vega", "Ana", "de la"), "de la Cruz Vega", "Ana de la Cruz Vega"),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", "", "Jr."), "King", "Martin Luther King Jr."),
        ("von Ford, Henry, III", Name("Ford", "Henry", "von", "III"), "von Ford", "Henry von Ford III"),
        ("de, Jane", Name("de", "Jane"), "de", "Jane de"),
        ("Plato,", Name("Plato"), "Plato", "Plato"),
        ("  Doe ,  Jane   A. ", Name("Doe", "Jane A."), "Doe", "Jane A. Doe"),
    ],
)
def test_a_name_is_split_as_it_is_written(written: str, name: Name, short: str, display: str) -> None:
    loaded = read(f'authors: ["{written}"]')
    assert loaded.problems == ()
    assert loaded.catalog.entries[0].authors == (name,)
    assert (name.short, name.display) == (short, display)


def test_an_organisation_is_a_name_of_one_piece() -> None:
    (name,) = read("authors: [{organisation: 'The MONAI Consortium, Ltd.'}]").catalog.entries[0].authors
    assert name == Name(literal="The MONAI Consortium, Ltd.")
    assert name.short == name.display == "The MONAI Consortium, Ltd."
    assert name.written == {"organisation": "The MONAI Consortium, Ltd."}


def test_an_east_asian_name_begins_with_the_family() -> None:
    assert [Name(*name).display for name in (("张", "伟"), ("山田", "太郎"), ("김", "철수"))] == [
        "张伟",
        "山田太郎",
        "김철수",
    ]
    assert Name("Иванов", "Пётр").display == "Пётр Иванов"


# -- what an entry says of itself ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "year", "venue"),
    [
        ([], None, ""),
        (["date: 2021-12-31"], 2021, ""),
        (["date: 2021", "preprint: {id: x}"], 2021, "arXiv 2021"),
        (["preprint: {id: x, date: 2020-05}"], 2020, "arXiv 2020"),
        (["preprint: {id: x, server: bioRxiv}"], None, "bioRxiv"),
        (["date: 2021", "record: {publisher: Zenodo, year: 2022}", "preprint: {id: x}"], 2022, "Zenodo 2022"),
        (["date: 2021", "published: {type: book, year: 2023, venue: ICCV 2023, container: C}"], 2023, "ICCV 2023"),
        (["published: {type: book, year: 2023, container: C, container_short: Cs}"], 2023, "Cs 2023"),
        (["published: {type: book, year: 2023, container: C}", "record: {publisher: Z, year: 2022}"], 2023, "C 2023"),
    ],
)
def test_year_and_venue_are_those_one_cites(lines: list[str], year: int | None, venue: str) -> None:
    found = read(*lines).catalog.entries[0]
    assert (found.year, found.venue) == (year, venue)


@pytest.mark.parametrize(
    ("authors", "complete", "byline"),
    [
        ((), True, ""),
        ((DOE,), True, "Doe"),
        ((DOE, ROE), True, "Doe and van der Roe"),
        ((DOE, ROE, DOE), True, "Doe et al."),
        ((DOE,), False, "Doe et al."),
        ((Name(literal="MONAI"), DOE), True, "MONAI and Doe"),
    ],
)
def test_the_byline_names_two_at_most(authors: tuple[Name, ...], complete: bool, byline: str) -> None:
    assert Entry("a", "paper", "seg", "A", authors=authors, authors_complete=complete).byline == byline


@pytest.mark.parametrize(
    ("kind", "rels"),
    [
        ("paper", ["paper", "paper", "dataset", "preprint", "code", "other", "unheard"]),
        ("dataset", ["dataset", "paper", "paper", "preprint", "code", "other", "unheard"]),
    ],
)
def test_links_stand_in_reading_order(kind: str, rels: list[str]) -> None:
    given_order = ["unheard", "code", "paper", "other", "preprint", "dataset", "paper"]
    links = [{"rel": rel, "url": f"https://a.b/{number}"} for number, rel in enumerate(given_order)]
    (found,) = entries_of(dump([entry("a", kind=kind, links=links)]))
    assert [link.rel for link in found.links] == rels
    assert [link.url[-1] for link in found.links if link.rel == "paper"] == ["2", "6"]


# -- round trip ---------------------------------------------------------------------------------------------

plain = st.text(max_size=30).map(lambda text: one_line(clean(text))).filter(bool)
part = plain.map(lambda text: one_line(text.replace(",", ""))).filter(bool)
family = part.map(lambda text: one_line(f"X{text}"))
particle = st.sampled_from(["", "van", "van der", "de la", "al"])
name = st.one_of(
    st.builds(Name, family=family, given=st.just("") | part, particle=particle, suffix=st.just("") | part),
    st.builds(Name, literal=plain),
)


@examples(100)
@given(
    st.lists(name, max_size=4).map(tuple), plain, st.lists(plain, max_size=3).map(tuple), st.booleans(), st.booleans()
)
def test_an_entry_written_out_reads_the_same(
    authors: tuple[Name, ...], title: str, tags: tuple[str, ...], complete: bool, escaped: bool
) -> None:
    one = Entry("a", "paper", "s", title, authors=authors, tags=tags, authors_complete=complete, notes=title)
    whole = {"sections": [{"id": "s", "title": "S"}], "entries": [one.written()]}
    loaded = parse(yaml.safe_dump(whole, allow_unicode=not escaped).encode(), "f.yaml")
    assert [problem for problem in loaded.problems if problem.level == ERROR] == []
    assert list(loaded.catalog.entries) == [one]


@examples(100)
@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_any_text_is_kept_but_for_white_space_and_what_is_unsafe(title: str, notes: str, escaped: bool) -> None:
    # Raw ones end a line in YAML, so that a dump folds them; as escapes they are characters like any other.
    assume(escaped or not set(title + notes) & set("\x85\u2028\u2029"))
    whole = {"sections": [{"id": "s", "title": "S"}], "entries": [
        {"id": "a", "kind": "paper", "section": "s", "title": title, "notes": notes}
    ]}  # fmt: skip
    loaded = parse(yaml.safe_dump(whole, allow_unicode=not escaped).encode(), "f.yaml")
    if one_line(clean(title)):
        (found,) = loaded.catalog.entries
        assert (found.title, found.notes) == (one_line(clean(title)), clean(notes).strip())
        assert one_line(found.written()["title"]) == found.title
    else:
        assert [problem.key for problem in loaded.problems if problem.level == ERROR] == ["a.title"]


def test_a_full_entry_written_out_has_the_keys_it_was_read_from() -> None:
    full: dict[str, Any] = {
        **entry("a"),
        "aliases": ["b"],
        "authors_complete": False,
        "preprint": {"id": "1", "server": "medRxiv"},
        "published": {"type": "book", "year": 2023, "authors": ["King, Martin, Jr."]},
        "record": {"publisher": "Zenodo", "year": 2022, "version": "1.0"},
        "links": [{"rel": "paper", "url": "https://a.b", "label": "PDF"}],
        "modalities": ["CT"],
        "size": {"count": 0, "train": 0},
        "uses": [{"dataset": "b", "roles": ["train"]}, {"name": "C", "note": "n"}],
        "related": [{"entry": "b", "how": "extends"}, {"entry": "c", "how": "version", "note": "n"}],
        "doubts": [{"field": "date", "note": "n"}],
        "verified": [
            {"of": ["identity"], "level": "one-source", "one_source": ["date"]},
            {"of": ["links", "uses"], "level": "two-sources", "by": ["repository", "paper"], "checked": "2026-11"},
        ],
        "notes": "one\n\ntwo",
    }
    (found,) = entries_of(dump([full]))
    assert found.written() == full


def test_problems_carry_the_file_they_were_given() -> None:
    problems: tuple[Problem, ...] = parse(HEAD.replace("seg\n", "segg\n").encode(), "other.yaml").problems
    assert {problem.file for problem in problems} == {"other.yaml"}
