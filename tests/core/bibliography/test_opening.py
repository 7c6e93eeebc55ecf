"""Files of any kind, by name or by text; directories; conflicts of git; layers; what import writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from mum_tui.bibliography import any_list, list_files, merging
from mum_tui.bibliography.records import Record
from mum_tui.catalog import conflicts, layers, load
from mum_tui.catalog.load import parse
from mum_tui.catalog.model import Loaded, Origin
from mum_tui.cli import main
from mum_tui.problems import ERROR, Unreadable

BIB = "@article{doe2020, author={Doe, Jane}, title={A whole title}, journal={J}, year=2020, doi={10.1000/x}}\n"
RIS = "TY  - BOOK\nID  - roe2021\nAU  - Roe, Rick\nTI  - A book of things\nPY  - 2021\nER  - \n"
CSL = json.dumps([{"id": "moe2022", "type": "book", "title": "Another book", "issued": {"date-parts": [[2022]]}}])
PAGE = "# List\n\n- [thing](https://github.com/a/thing) - Does things.\n"
YAML = "schema: 1\nsections: [{id: s, title: S}]\nentries:\n  - {id: a1, kind: paper, section: s, title: A}\n"


@pytest.mark.parametrize(
    ("name", "text", "identifier"),
    [
        ("a.bib", BIB, "doe2020"), ("a.txt", BIB, "doe2020"), ("a", "\ufeff" + RIS, "roe2021"), ("a.ris",
        RIS, "roe2021"),
        ("a.json", CSL, "moe2022"), ("a.txt", CSL, "moe2022"), ("a.txt", PAGE, "anonymousthing"), ("a.md",
        PAGE, "anonymousthing"),
        ("a.nbib", "PMID- 12345678\nTI  - T\n", "pmid12345678"), ("a.ris", "PMID- 12345678\nTI  - T\n", "pmid12345678"),
        ("a.txt", YAML, "a1"), ("a.yml", YAML, "a1"), ("a.bib", RIS, "roe2021"),
    ],
)  # fmt: skip
def test_a_file_opens_by_its_name_or_its_text(tmp_path: Path, name: str, text: str, identifier: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert [entry.id for entry in any_list.load_any(path).catalog.entries] == [identifier]


@pytest.mark.parametrize("act", [any_list.load_any, lambda path: main(["import", str(path), "-o", f"{path}.out"])])
@pytest.mark.parametrize(("name", "text"), [("a.yaml", YAML), ("a.txt", YAML), ("a.bib", BIB), ("a.json", CSL)])
def test_a_file_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, act: Callable[[Path], object]
) -> None:
    opened: list[Path] = []

    def open_regular(path: Path) -> BinaryIO:
        opened.append(path)
        return path.open("rb")

    monkeypatch.setattr(load, "open_regular", open_regular)
    path = tmp_path / name
    path.write_text(text, "utf-8")
    act(path)
    assert opened == [path]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes("@book{a, title={Über Möbel}}\n".encode(encoding))
    loaded = any_list.load_any(path)
    assert loaded.catalog.entries[0].title == "Über Möbel"
    assert any("Windows-1252" in problem.message for problem in loaded.problems) == (encoding == "cp1252")


@pytest.mark.parametrize("data", [b"", b"   \n", b"\0\1\2\0", b"nothing at all"])
def test_what_holds_nothing_is_refused_in_a_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        any_list.load_any(path)
    assert str(caught.value).count("\n") == 0


def test_a_directory_is_one_catalog_and_a_bad_file_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "a.bib").write_text(BIB)
    (tmp_path / "below" / "b.ris").write_text(RIS)
    (tmp_path / "c.json").write_text('{"name": "no list"}')
    (tmp_path / ".hidden.bib").write_text("@book{x, title={X}}")
    loaded = any_list.load_any(tmp_path)
    assert sorted(entry.id for entry in loaded.catalog.entries) == ["doe2020", "roe2021"]
    assert any("no CSL-JSON" in problem.message for problem in loaded.problems)
    before = list_files.stamp(tmp_path)
    (tmp_path / "below" / "b.ris").write_text(RIS + RIS)
    assert list_files.stamp(tmp_path) != before


def test_one_key_of_two_files_means_two_works_where_the_titles_differ(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{k, title={One}, year=2020}")
    (tmp_path / "b.bib").write_text("@book{k, title={Two}, year=2020}")
    (tmp_path / "c.bib").write_text("@book{k, title={One}, isbn={1}, year=2020}")
    entries = any_list.load_any(tmp_path).catalog.entries
    assert [(entry.id, entry.title) for entry in entries] == [("k", "One"), ("k-b", "Two")]


# -- conflicts ----------------------------------------------------------------------------------------------


def conflict(ours: str, theirs: str) -> str:
    return f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> branch\n"


def test_a_conflict_of_whole_entries_costs_these_only(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(
        "@book{a, title={A}}\n"
        + conflict("@book{b, title={Ours}}\n", "@book{b, title={Theirs}}\n")
        + "@book{c, title={C}}\n"
    )
    loaded = any_list.load_any(path)
    assert [entry.id for entry in loaded.catalog.entries] == ["a", "c"]
    assert loaded.lines["c"] == 7
    (problem,) = loaded.problems
    assert (problem.line, problem.message, problem.level) == (2, "merge conflict, lines 2–6", ERROR)


def test_a_conflict_within_an_entry_costs_that_entry() -> None:
    text = (
        "@book{a, title={A}}\n@book{b,\n"
        + conflict("  title={Ours},\n", "  title={Theirs},\n")
        + "  year=2020}\n@book{c, title={C}}\n"
    )
    left, found = conflicts.without(text, conflicts.BIBTEX)
    assert [line for line in left.split("\n") if line] == ["@book{a, title={A}}", "@book{c, title={C}}"]
    assert (found[0].first, found[0].last, found[0].entries) == (3, 7, 1)
    assert left.count("\n") == text.count("\n")


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", ">>>>>>> branch", "<<<<<<<"])
def test_one_half_of_a_conflict_is_told(tmp_path: Path, marker: str) -> None:
    path = tmp_path / "a.bib"
    path.write_text(f"@book{{a, title={{A}}}}\n{marker}\n@book{{b, title={{B}}}}\n")
    loaded = any_list.load_any(path)
    assert [entry.id for entry in loaded.catalog.entries] == ["a", "b"]
    assert (loaded.problems[0].line, loaded.problems[0].message) == (2, "has a conflict marker without its other half")


@pytest.mark.parametrize(("name", "text"), [("a.md", PAGE), ("a.json", CSL)])
def test_lines_of_a_conflict_are_not_counted_as_entries(name: str, text: str) -> None:
    middle = "- [x](http://b.c)\n" if name == "a.md" else '{"id": "x"},\n'
    whole = f"{conflict(middle, middle)}{text}" if name == "a.json" else f"{text}{conflict(middle, middle)}"
    assert any_list.catalog_in(whole.encode(), name).set_aside == 1


def test_signs_that_are_no_conflict_stay() -> None:
    text = "<<<<<<< HEAD\nno end\n"
    assert conflicts.without(text, conflicts.BIBTEX) == (text, [])


def test_a_catalog_with_a_conflict_opens_without_it() -> None:
    text = YAML + conflict(
        "  - {id: b2, kind: paper, section: s, title: B}\n", "  - {id: b2, kind: paper, section: s, title: B2}\n"
    )
    text += "  - {id: c3, kind: paper, section: s, title: C}\n"
    loaded = parse(text.encode(), "f.yaml")
    assert [entry.id for entry in loaded.catalog.entries] == ["a1", "c3"]
    assert [(problem.line, problem.message) for problem in loaded.problems] == [(5, "merge conflict, lines 5–9")]
    assert loaded.set_aside == 2


# -- merging ------------------------------------------------------------------------------------------------


def record(key: str, **item: object) -> Record:
    named = {"type": "article-journal", "title": "A title that is long", "author": [{"family": "Doe", "given": "J."}]}
    return Record(
        key,
        1,
        {**named, "issued": {"date-parts": [[2020]]}, **{name.replace("_", "-"): one for name, one in item.items()}},
    )


def test_records_of_one_work_are_one() -> None:
    (kept,), (told,) = merging.merged([record("a", volume="3"), record("b", page="1-9")])
    assert (kept.item["volume"], kept.item["page"], kept.aliases) == ("3", "1-9", ["b"])
    assert told.merged


def test_a_preprint_and_its_publication_are_one_with_both() -> None:
    preprint = Record("p", 1, {"type": "article", "title": "A title that is long", "custom": {"arxiv_id": "2001.00001"},
                               "author": [{"family": "Doe"}], "issued": {"date-parts": [[2020, 1]]}})  # fmt: skip
    (kept,), _ = merging.merged([preprint, record("b", DOI="10.1000/x", container_title="J")])
    assert (kept.item["type"], kept.item["custom"]["arxiv_id"], kept.release) == (
        "article-journal",
        "2001.00001",
        "2020-01",
    )


@pytest.mark.parametrize(
    "other", [{"volume": "4"}, {"page": "5-6"}, {"DOI": "10.1000/y"}, {"type": "book"}, {"container_title": "K"}]
)
def test_works_that_only_share_a_title_stay_apart(other: dict[str, str]) -> None:
    first = record("a", volume="3", page="1-4", DOI="10.1000/x", container_title="J")
    kept, (told,) = merging.merged([first, record("b", **{**{"volume": "3"}, **other})])
    assert (len(kept), told.merged) == (2, False)
    assert "both are kept" in told.message


def test_one_doi_for_two_titles_is_told() -> None:
    kept, (told,) = merging.merged([record("a", DOI="10.1000/x"), record("b", DOI="10.1000/x", title="Something else")])
    assert (len(kept), told.merged) == (2, False)


# -- layers -------------------------------------------------------------------------------------------------


def layer(name: str, *entries: str, sections: str = "[{id: s, title: S}]") -> layers.Layer:
    blocks = "".join(f"  - {{{one}}}\n" for one in entries)
    return layers.Layer(name, parse(f"schema: 1\nsections: {sections}\nentries:\n{blocks}".encode(), name))


A = "id: a, kind: paper, section: s, title: A"
B = "id: b, kind: paper, section: s, title: B"


def test_a_later_layer_overrides_fields_and_adds_to_lists() -> None:
    merged = layers.merged([
        layer("ours", f"{A}, tags: [x], summary: First., links: [{{rel: paper, url: 'https://a.b'}}]"),
        layer("team", f"{A}, tags: [y], summary: Second., links: [{{rel: code, url: 'https://c.d'}}]", B),
    ])  # fmt: skip
    first, second = merged.loaded.catalog.entries
    assert (first.summary, first.tags, [link.url for link in first.links]) == (
        "Second.",
        ("x", "y"),
        ["https://a.b", "https://c.d"],
    )
    assert merged.origins["a"] == Origin("ours", {"tags": "team", "summary": "team", "links": "team"})
    assert merged.origins["b"] == Origin("team", {})
    assert second.id == "b"


def test_layers_that_disagree_are_told() -> None:
    merged = layers.merged([layer("one", A), layer("two", f"{A}, summary: X"), layer("three", f"{A}, summary: Y")])
    assert merged.loaded.catalog.entries[0].summary == "Y"
    assert [problem.message for problem in merged.loaded.problems if problem.level == "warning"] == [
        "two and three disagree; three counts"
    ]


def test_what_names_entries_is_resolved_across_layers() -> None:
    merged = layers.merged([
        layer("one", f"{A}, aliases: [old]"),
        layer("two", f"{B}, related: [{{entry: old, how: extends}}, {{entry: no, how: extends}}]"),
    ])  # fmt: skip
    told = [
        problem.message for problem in merged.loaded.problems if problem.file == "two" and "layer" in problem.message
    ]
    assert told == ["no layer has “no”"]


def test_sections_are_united_and_another_title_is_another_section() -> None:
    merged = layers.merged([
        layer("one", A, sections="[{id: s, title: S}]"),
        layer("two", "id: b, kind: paper, section: s, title: B", sections="[{id: s, title: Other}]"),
    ])  # fmt: skip
    assert [(section.id, section.title) for section in merged.loaded.catalog.sections] == [("s", "S"), ("s-2", "Other")]
    assert [entry.section for entry in merged.loaded.catalog.entries] == ["s", "s-2"]


# -- the command line ---------------------------------------------------------------------------------------


def test_import_writes_a_catalog_that_check_accepts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.bib").write_text(BIB + BIB.replace("doe2020", "again"))
    (tmp_path / "b.ris").write_text(RIS)
    target = tmp_path / "catalog.yaml"
    assert main(["import", str(tmp_path / "a.bib"), str(tmp_path / "b.ris"), "-o", str(target)]) == 0
    said = capsys.readouterr().err
    assert "a.bib: BibTeX, 2 entries" in said
    assert "1 merged with an earlier entry: 1 with the same DOI" in said
    loaded: Loaded = parse(target.read_bytes(), "c.yaml")
    assert loaded.problems == ()
    assert [(entry.id, entry.aliases) for entry in loaded.catalog.entries] == [("doe2020", ("again",)), ("roe2021", ())]
    assert main(["import", str(tmp_path / "a.bib"), "--keep-duplicates"]) == 0
    assert capsys.readouterr().out.count("  - id: ") == 3
    assert main(["import", str(tmp_path / "nowhere.bib")]) == 2


def test_a_list_opens_where_a_verb_would_stand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "refs.bib").write_text(BIB)
    assert main([str(tmp_path / "refs.bib"), "list"]) == 0
    assert capsys.readouterr().out.startswith("doe2020\t2020\tA whole title")
