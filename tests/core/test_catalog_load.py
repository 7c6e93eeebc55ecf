"""Good files open whole; of bad ones all that can be used opens, and each fault is named where it stands."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.catalog import load
from mum_tui.catalog.load import parse
from mum_tui.catalog.model import Loaded
from mum_tui.problems import ERROR, WARNING, Problem, Unreadable
from tests.catalogs import SECTIONS, entry
from tests.examples import examples, some

HEAD = """\
schema: 1
title: Test
sections:
  - {id: papers, title: Papers, children: [{id: seg, title: Segmentation}]}
entries:
"""


def block(identifier: str, *lines: str, indent: int = 2) -> str:
    """An entry in block style: its dash, four lines of required keys and ``lines`` as they are."""
    pad = " " * indent
    keys = ("kind: paper", "section: seg", f"title: The {identifier}")
    return "".join(f"{line}\n" for line in (f"{pad}- id: {identifier}", *(f"{pad}  {key}" for key in keys), *lines))


def read(text: str | bytes) -> Loaded:
    return parse(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, "f.yaml")


def ids(loaded: Loaded) -> list[str]:
    return [entry.id for entry in loaded.catalog.entries]


def refused(text: str | bytes) -> Problem:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert caught.value.problem.file == "f.yaml"
    assert "\n" not in str(caught.value)
    return caught.value.problem


@contextmanager
def quickly(seconds: float = 10) -> Iterator[None]:
    # Our own time, so that a busy machine does not count.
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


GOOD = HEAD + block("a") + block("b") + block("c")


# -- files that are good ------------------------------------------------------------------------------------


def test_a_block_style_file_opens_with_lines() -> None:
    loaded = read(GOOD)
    assert ids(loaded) == ["a", "b", "c"]
    assert loaded.catalog.title == "Test"
    assert list(loaded.catalog.section_titles.values()) == ["Papers", "Segmentation"]
    assert loaded.lines == {"a": 6, "b": 10, "c": 14}
    assert (loaded.problems, loaded.set_aside) == ((), 0)


JSON = json.dumps({"schema": 1, "title": "Test", "sections": SECTIONS, "entries": [entry("a"), entry("b")]})
SHARED = ["CT", "MRI"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + block("a", indent=0) + block("b", indent=0), "ab"),
        (HEAD + block("a", indent=4) + block("b", indent=4), "ab"),
        (GOOD.replace("\n", "\r\n"), "abc"),
        (GOOD.replace("\n", "\r"), "abc"),
        ("\ufeff" + GOOD, "abc"),
        ("---\n" + GOOD + "...\n", "abc"),
        ("%YAML 1.1\n---\n" + GOOD, "abc"),
        (GOOD.rstrip("\n"), "abc"),
        (GOOD.replace("entries:\n", "entries:   # below\n\n  # first\n# second\n\n"), "abc"),
        (HEAD.replace("title: Test\n", "") + block("a") + "title: Test\n", "a"),
        ("entries:\n" + block("a") + HEAD.removesuffix("entries:\n"), "a"),
        (JSON, "ab"),
        (json.dumps(json.loads(JSON), indent=2), "ab"),
        (json.dumps(json.loads(JSON), indent="\t"), "ab"),
        (yaml.safe_dump(json.loads(JSON)), "ab"),
        (yaml.safe_dump(json.loads(JSON), sort_keys=False, indent=4), "ab"),
        (yaml.safe_dump(json.loads(JSON), default_flow_style=True), "ab"),
        (yaml.safe_dump(json.loads(JSON), default_flow_style=None), "ab"),
        (yaml.safe_dump(json.loads(JSON), explicit_start=True, explicit_end=True, line_break="\r\n"), "ab"),
        (
            HEAD
            + "  - {id: a, kind: paper, section: seg, title: A}\n  - {id: b, kind: paper,\nsection: seg, title: B}\n",
            "ab",
        ),
        (HEAD + "  -\n    id: a\n    kind: paper\n    section: seg\n    title: A\n" + block("b"), "ab"),
        (HEAD.replace("\nentries:\n", "\nentries: []\n"), ""),
        (HEAD, ""),
        (HEAD + "# nothing yet\n", ""),
    ],
    ids=lambda value: repr(value[-30:]),
)
def test_every_layout_of_the_same_opens_without_a_problem(text: str, expected: str) -> None:
    loaded = read(text)
    assert loaded.problems == ()
    assert ids(loaded) == list(expected)
    assert loaded.catalog.title == "Test"
    assert loaded.catalog.sections


@pytest.mark.parametrize(
    "anchored", [{"modalities": SHARED}, {"authors": ["Doe, Jane"] * 5}, {"licence": {"code": "MIT"}}]
)
def test_values_shared_by_anchors_load_in_every_entry(anchored: dict[str, object]) -> None:
    entries = [entry(f"e{number}", **anchored) for number in range(50)]
    text = yaml.safe_dump({"schema": 1, "sections": SECTIONS, "entries": entries})
    assert "*id001" in text
    loaded = read(text)
    assert loaded.problems == ()
    assert len({str(one.written() | {"id": "", "title": "", "links": ""}) for one in loaded.catalog.entries}) == 1
    assert len(ids(loaded)) == 50


def test_a_remark_shared_by_many_entries_is_no_bomb() -> None:
    remark = " ".join(["A disclaimer of some length."] * 20)
    first = block("e0", f"    notes: &remark {remark}")
    loaded = read(HEAD + first + "".join(block(f"e{number}", "    notes: *remark") for number in range(1, 500)))
    assert loaded.problems == ()
    assert {one.notes for one in loaded.catalog.entries} == {remark}


def test_what_follows_the_entries_keeps_its_line_numbers() -> None:
    loaded = read(
        "entries:\n" + block("a") + block("b", "    titel: x") + "\nschema: 1\nsections:\n  - {id: seg, titel: S}\n"
    )
    assert [(problem.line, problem.key) for problem in loaded.problems if problem.key.endswith("titel")] == [
        (10, "b.titel"),
        (14, "sections[1].titel"),
    ]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2023", "2023"),
        ("1.50", "1.50"),
        ("0x1F", "0x1F"),
        ("yes", "yes"),
        ('"yes"', "yes"),
        ("No", "No"),
        ("true", "true"),
        ("2023-01-02", "2023-01-02"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("'null'", "null"),
        ("!!str null", "null"),
        ("!odd x", "x"),
        ("a#b", "a#b"),
        (">-\n      folded\n      text", "folded text"),
        ("|\n      literal\n      text", "literal text"),
        ('"\\u00e9 \\t x"', "é x"),
        ("a\u2028b", "a b"),
    ],
)
def test_a_scalar_is_its_text(written: str, read_as: str) -> None:
    loaded = read(GOOD.replace("title: The b", f"title: {written}"))
    assert loaded.problems == ()
    assert loaded.catalog.entries[1].title == read_as


def test_an_unquoted_preprint_id_keeps_its_last_zero() -> None:
    loaded = read(HEAD + block("a", "    preprint: {id: 2301.00780}"))
    preprint = loaded.catalog.entries[0].preprint
    assert preprint
    assert preprint.id == "2301.00780"


@pytest.mark.parametrize("empty", ["", " null", " ~", ' ""', " '  '", " Null"])
def test_an_empty_title_is_missing(empty: str) -> None:
    loaded = read(GOOD.replace("title: The b", f"title:{empty}"))
    assert ids(loaded) == ["a", "c"]
    assert [(problem.line, problem.key, problem.message) for problem in loaded.problems] == [
        (10, "b.title", "is missing")
    ]


# -- one bad entry ------------------------------------------------------------------------------------------

SYNTAX = [
    ("unclosed double quote", ['    summary: "open', "    notes: x", "    name: y"], 14, "not closed"),
    (
        "unclosed double quote, not ASCII",
        ['    summary: "医学 🧠 open', "    notes: x", "    name: y"],
        14,
        "not closed",
    ),
    ("unclosed single quote", ["    name: y", "    summary: 'open", "    notes: x"], 15, "not closed"),
    ("unclosed bracket", ["    tags: [a, b", "", "    # remark"], 14, ""),
    ("unclosed brace", ["    name: y", "    preprint: {id: x"], 15, ""),
    ("closed twice", ["    tags: [a, b]]"], 14, ""),
    ("tab", ["    name: y", "\tsummary: x"], 15, ""),
    ("tab after spaces", ["    name: y", "    \tsummary: x"], 15, ""),
    ("too little indentation", ["    name: y", "   summary: x"], 15, ""),
    ("too much indentation", ["    name: y", "      summary: x"], 15, "quote a value"),
    ("colon in a plain value", ["    name: y", "    summary: a: b"], 15, 'quote a value that contains ": "'),
    ("at sign", ["    summary: @x"], 14, "starts with @"),
    ("backtick", ["    summary: `x`"], 14, "starts with @"),
    ("percent", ["    summary: %x"], 14, "starts with @"),
    ("unknown escape", ['    summary: "\\q"'], 14, ""),
    ("lone surrogate escape", ['    summary: "\\ud800"'], 14, ""),
    ("alias without anchor", ["    tags: *nowhere"], 14, ""),
    ("list among keys", ["    - x"], 14, ""),
    ("key without colon", ["    name: y", "    summary", "    notes: x"], 15, "write key: value"),
    ("unknown tag handle", ["    summary: !e!x y"], 14, ""),
    ("too deep", ["    tags: " + "[" * 200 + "]" * 200], 10, ""),
]


@pytest.mark.parametrize("indent", [0, 2, 4])
@pytest.mark.parametrize(("lines", "line", "hint"), [case[1:] for case in SYNTAX], ids=[case[0] for case in SYNTAX])
def test_a_syntax_error_costs_the_entry_it_stands_in(lines: list[str], line: int, hint: str, indent: int) -> None:
    shift = " " * (indent - 2)
    moved = [text[2:] if indent == 0 and not text.startswith("\t") else shift + text for text in lines]
    loaded = read(HEAD + block("a", indent=indent) + block("b", *moved, indent=indent) + block("c", indent=indent))
    assert ids(loaded) == ["a", "c"]
    assert loaded.set_aside == 1
    (problem,) = loaded.problems
    assert (problem.file, problem.line, problem.key, problem.level) == ("f.yaml", line, "b", ERROR)
    assert problem.message.startswith("YAML syntax error: ")
    assert hint in problem.hint
    assert "\n" not in str(problem)


def test_lines_after_an_entry_with_a_syntax_error_stay_right() -> None:
    loaded = read(HEAD + block("a") + block("b", '    summary: "open', "", "") + block("c", "    titel: x"))
    assert loaded.lines == {"a": 6, "c": 17}
    assert [(problem.line, problem.key) for problem in loaded.problems] == [(14, "b"), (21, "c.titel")]


def test_two_syntax_errors_cost_two_entries() -> None:
    loaded = read(HEAD + block("a", "    tags: [") + block("b") + block("c", "\tx: y"))
    assert ids(loaded) == ["b"]
    assert [problem.key for problem in loaded.problems] == ["a", "c"]


def test_an_entry_that_is_no_yaml_is_named_by_its_line_when_it_has_no_id() -> None:
    loaded = read(HEAD + block("a") + "  - title: a: b\n" + "\n" * 20_000 + block("c"))
    assert ids(loaded) == ["a", "c"]
    assert [(problem.line, problem.key) for problem in loaded.problems] == [(10, "")]


FAULTS = [
    ("unknown key", "titel: x", "b.titel", "unknown key", "did you mean title?", WARNING),
    ("unknown key, none near", "xyzzy: x", "b.xyzzy", "unknown key", "", WARNING),
    ("merge key", "<<: {name: x}", "b.<<", "unknown key", "", WARNING),
    (
        "unknown key below",
        "preprint: {id: x, sever: y}",
        "b.preprint.sever",
        "unknown key",
        "did you mean server?",
        WARNING,
    ),
    ("key twice", "title: Again", "b.title", "is given twice", "first in line 13", ERROR),
    ("key twice below", "size: {count: 1, count: 2}", "b.size.count", "is given twice", "first in line 14", ERROR),
    ("key that is a list", "? [a]\n    : x", "b", "a key must be plain text", "", ERROR),
    ("empty key", '"": x', "b", "a key must be plain text", "", ERROR),
    ("unknown section", "sections: [papers, segg]", "b.sections", 'unknown section "segg"', "did you mean seg?", ERROR),
    ("unknown dataset", "uses: [{dataset: aa}]", "b.uses", 'unknown dataset "aa"', "did you mean a?", WARNING),
    (
        "unknown related",
        "related: [{entry: aa, how: version}]",
        "b.related",
        'unknown entry "aa"',
        "did you mean a?",
        WARNING,
    ),
    ("unknown dataset, none near", "uses: [{dataset: zzz}]", "b.uses", 'unknown dataset "zzz"', "one of ", WARNING),
    ("list for text", "summary: [x]", "b.summary", "expected text, found a list", "", ERROR),
    ("text for list", "tags: x, y", "b.tags", "expected a list, found text", "write [x, y]", ERROR),
    ("mapping for list", "tags: {x: y}", "b.tags", "expected a list, found a mapping", "", ERROR),
    ("text for mapping", "size: 12", "b.size", "expected a mapping (key: value), found text", "", ERROR),
    ("escaped control character", 'summary: "a\\eb"', "b.summary", "control or direction", "", WARNING),
    ("escaped null", 'summary: "a\\0b"', "b.summary", "control or direction", "", WARNING),
    ("bidi override", "summary: a\u202eb", "b.summary", "control or direction", "", WARNING),
    ("bidi isolate escape", 'tags: ["a\\u2066b"]', "b.tags[1]", "control or direction", "", WARNING),
    ("recursion", "tags: &x [*x]", "b.tags[1]", "expected text, found a list", "", ERROR),
]


@pytest.mark.parametrize(
    ("line", "key", "message", "hint", "level"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_fault_is_named_with_line_key_and_hint(line: str, key: str, message: str, hint: str, level: str) -> None:
    loaded = read(HEAD + block("a") + block("b", f"    {line}") + block("c"))
    (problem,) = loaded.problems
    assert (problem.file, problem.line, problem.key, problem.level) == ("f.yaml", 14, key, level)
    assert message in problem.message
    assert problem.hint.startswith(hint)
    assert bool(hint) == bool(problem.hint)
    assert ids(loaded) == (["a", "c"] if level == ERROR else ["a", "b", "c"])
    assert loaded.set_aside == (level == ERROR)


@pytest.mark.parametrize(
    ("line", "key", "message"),
    [
        ("- just text", "entries[2]", "expected a mapping"),
        ("- [x]", "entries[2]", "found a list"),
        ("-", "entries[2]", "is empty"),
    ],
)
def test_an_entry_that_is_no_mapping_is_one_problem(line: str, key: str, message: str) -> None:
    loaded = read(HEAD + block("a") + f"  {line}\n" + block("c"))
    assert ids(loaded) == ["a", "c"]
    (problem,) = loaded.problems
    assert (problem.line, problem.key) == (10, key)
    assert message in problem.message


@pytest.mark.parametrize("key", ["id", "kind", "section", "title"])
def test_each_required_key_is_missed(key: str) -> None:
    loaded = read(GOOD.replace(f"    {key}: ", "    name: ") if key != "id" else GOOD.replace("- id: b", "- name: b"))
    wanted = {f"{label}.{key}" for label in "abc"} if key != "id" else {"entries[2].id"}
    assert {problem.key for problem in loaded.problems} == wanted
    assert {problem.message for problem in loaded.problems} == {"is missing"}
    assert loaded.set_aside == len(wanted)


def test_a_home_section_that_does_not_exist_sets_the_entry_aside() -> None:
    loaded = read(HEAD + block("a") + block("b").replace("section: seg", "section: segg"))
    (problem,) = loaded.problems
    assert (problem.line, problem.key, problem.hint) == (12, "b.section", "did you mean seg?")
    assert ids(loaded) == ["a"]


def test_an_id_used_twice_keeps_the_first() -> None:
    loaded = read(HEAD + block("a", "    name: first") + block("b") + block("a", "    name: second"))
    (problem,) = loaded.problems
    assert (problem.line, problem.key, problem.hint) == (15, "a.id", "first in line 6")
    assert [one.name for one in loaded.catalog.entries] == ["first", ""]


def test_an_alias_answers_for_a_dataset() -> None:
    assert read(HEAD + block("a", "    aliases: [one]") + block("b", "    uses: [{dataset: one}]")).problems == ()


def test_a_dataset_whose_entry_was_set_aside_is_unknown() -> None:
    loaded = read(HEAD + block("a", "    tags: x") + block("b", "    uses: [{dataset: a}]"))
    assert [problem.key for problem in loaded.problems] == ["a.tags", "b.uses"]


def test_lines_are_right_late_in_a_file_with_gaps_and_comments() -> None:
    gap = "\n\n  # ---------------- a remark: with a colon, 'quotes\n# [and brackets\n\n"
    parts = [HEAD, *(block(f"e{number}") + gap for number in range(200)), block("last", "", "    # x", "    titel: y")]
    text = "".join(parts)
    loaded = read(text)
    lines = text.split("\n")
    (problem,) = loaded.problems
    assert lines[problem.line - 1] == "    titel: y"
    assert all(lines[line - 1] == f"  - id: {one}" for one, line in loaded.lines.items())
    assert len(loaded.lines) == 201


def test_lines_are_right_behind_unicode_line_separators() -> None:
    loaded = read(HEAD + block("a", '    summary: "x\u2028y\u2029z"', "    titel: x"))
    (problem,) = loaded.problems
    assert (problem.line, problem.key) == (11, "a.titel")


def test_lines_are_right_in_a_flow_style_file() -> None:
    head = '{"schema": 1,\n"sections": [{"id": "seg", "title": "S"}],\n"entries": [\n{"id": "a",\n'
    text = head + '"kind": "papers",\n"section": "seg", "title": "A"}]}'
    (problem,) = read(text).problems
    assert (problem.line, problem.key, problem.hint) == (5, "a.kind", "did you mean paper?")


def test_problems_come_in_the_order_of_the_file() -> None:
    uses = "    uses: [{dataset: zzz}]"
    loaded = read(HEAD + block("a", uses) + block("b", "    titel: x") + block("c", uses) + "extra: 1\n")
    assert [problem.line for problem in loaded.problems] == [10, 15, 20, 21]


def test_a_file_with_endless_problems_is_read_quickly() -> None:
    with quickly():
        loaded = read(HEAD + block("a", *(f"    title{number}: x" for number in range(30_000))))
    assert len(loaded.problems) == 1000
    with quickly():
        loaded = read(HEAD + "".join(block(f"entry{n}", f"    uses: [{{dataset: nonesuch{n}}}]") for n in range(5_000)))
    assert len(loaded.problems) == 1000
    assert len(ids(loaded)) == 5_000


# -- the head -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: Papers", "title: Papers: x", 4),
        ("title: Test", 'title: "Test', 2),
        ("title: Test", "\ttitle: Test", 2),
        ("sections:", "sections: *x", 3),
        ("sections:", " sections:", 3),
    ],
)
def test_a_syntax_error_in_the_head_refuses_the_file(old: str, new: str, line: int) -> None:
    problem = refused(GOOD.replace(old, new))
    assert problem.line == line
    assert problem.message.startswith("YAML syntax error: ")


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "message", "hint", "entries"),
    [
        ("schema: 1\n", "", 1, "schema", "is missing", "write schema: 1", "abc"),
        ("schema: 1", "schema: one", 1, "schema", "is not a whole number", "", "abc"),
        ("title: Test", "titel: Test", 2, "titel", "unknown key", "did you mean title?", "abc"),
        ("title: Test", "title: [Test]", 2, "title", "expected text", "", "abc"),
        ("title: Test", "title: Test\ntitle: Twice", 3, "title", "is given twice", "first in line 2", "abc"),
        ("{id: seg, title: Segmentation}", "{id: seg}", 4, "sections[1].children[1].title", "is missing", "", ""),
        ("{id: papers,", "{id: pa pers,", 4, "sections[1].id", '"pa pers" is not an id', "letters", "abc"),
        ("{id: seg,", "{id: seg, title: S}, {id: seg,", 4, "sections[1].children[2]", "is used twice", "", "abc"),
        ("children:", "childs:", 4, "sections[1].childs", "unknown key", "did you mean children?", ""),
        (
            "title: Test",
            "vocabularies: {modality: [CT]}",
            2,
            "vocabularies.modality",
            "unknown vocabulary",
            "did you mean",
            "abc",
        ),
        ("title: Test", "vocabularies: [CT]", 2, "vocabularies", "expected a mapping", "", "abc"),
        (
            "title: Test",
            "vocabularies: {dims: {2D: x}}",
            2,
            "vocabularies.dims.2D",
            "expected a list",
            "write [x]",
            "abc",
        ),
    ],
)
def test_a_fault_in_the_head_is_named(
    old: str, new: str, line: int, key: str, message: str, hint: str, entries: str
) -> None:
    loaded = read(GOOD.replace(old, new))
    found = [problem for problem in loaded.problems if problem.key == key]
    assert found
    assert found[0].line == line
    assert message in found[0].message
    assert found[0].hint.startswith(hint)
    assert ids(loaded) == list(entries)


@pytest.mark.parametrize("wrong", ["{id: pa pers, title: P,", "{id: papers,", "{title: Papers,", "{id: seg, title: P,"])
def test_a_section_set_aside_leaves_its_children_and_their_entries(wrong: str) -> None:
    loaded = read(GOOD.replace("{id: papers, title: Papers,", wrong))
    assert [problem.level for problem in loaded.problems] == [ERROR]
    assert loaded.catalog.section_titles == {"seg": "Segmentation"}
    assert ids(loaded) == ["a", "b", "c"]


def test_sections_nest_no_deeper_than_eight_levels() -> None:
    node = "{id: s9, title: S}"
    for level in range(8, 0, -1):
        node = f"{{id: s{level}, title: S, children: [{node}]}}"
    loaded = read(f"schema: 1\nsections: [{node}]\nentries: []\n")
    (problem,) = loaded.problems
    assert "deeper than 8" in problem.message
    assert list(loaded.catalog.section_titles) == [f"s{level}" for level in range(1, 9)]


@pytest.mark.parametrize(
    ("text", "line", "key", "message", "hint"),
    [
        ("", 0, "", "the file is empty", "schema: 1"),
        (" \n\t\r\n  ", 0, "", "the file is empty", "schema: 1"),
        ("# only a remark\n", 0, "", "the file is empty", "schema: 1"),
        ("\ufeff", 0, "", "the file is empty", "schema: 1"),
        ("just text\n", 1, "", "expected a mapping", "schema: 1"),
        ("- id: a\n- id: b\n", 1, "", "expected a mapping", "schema: 1"),
        ("schema: 1\ntitle: x\n", 0, "", "it has no entries", "schema, title, vocabularies, sections, entries"),
        ("{}", 0, "", "it has no entries", ""),
        ("schema: 1\nentries: {a: b}\n", 2, "entries", "expected a list", ""),
        ("schema: 1\nentries: some\n", 2, "entries", "expected a list", ""),
        (GOOD.replace("schema: 1", "schema: 2"), 1, "schema", "schema 2 is newer", "update mum-tui"),
        (JSON.replace('"schema": 1', '"schema": 99'), 1, "schema", "schema 99 is newer", "update mum-tui"),
        (GOOD + "---\n" + GOOD, 18, "", "another document", ""),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 0, "", "is not a text file", "UTF-8"),
        (b"schema: 1\0", 0, "", "is not a text file", "UTF-8"),
        (GOOD.encode("utf-16"), 0, "", "is not a text file", "UTF-8"),
        (bytes(range(1, 256)) * 20, 0, "", "is not a text file", "UTF-8"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_catalog_is_refused(text: str | bytes, line: int, key: str, message: str, hint: str) -> None:
    problem = refused(text)
    assert (problem.line, problem.key) == (line, key)
    assert message in problem.message
    assert hint in problem.hint


# -- bytes and characters -----------------------------------------------------------------------------------


def test_a_latin_1_file_opens_with_a_warning_where_it_starts() -> None:
    loaded = read(GOOD.replace("The b", "The é").encode("latin-1"))
    assert loaded.catalog.entries[1].title == "The \ufffd"
    assert [(problem.line, problem.level) for problem in loaded.problems] == [(13, WARNING)]
    assert "UTF-8" in loaded.problems[0].message


@pytest.mark.parametrize(
    "char", ["\x00", "\x01", "\x1b", "\x7f", "\x85", "\x9b", "\ufeff", "\ufffe", "\uffff"], ids=ascii
)
def test_a_raw_control_character_is_replaced_with_a_warning(char: str) -> None:
    padding = "# " + "x" * 9000 + "\n"  # a null near the start of a file means that it is no text
    loaded = read(padding + GOOD.replace("The b", f"The {char}{char}"))
    assert loaded.catalog.entries[1].title == "The \ufffd\ufffd"
    assert ids(loaded) == ["a", "b", "c"]
    (problem,) = loaded.problems
    assert (problem.line, problem.level) == (14, WARNING)
    assert "control character" in problem.message
    assert "first of 2" in problem.message


def test_a_raw_surrogate_is_replaced_with_a_warning() -> None:
    loaded = read(GOOD.replace("The b", "The \udc80"))
    assert ids(loaded) == ["a", "b", "c"]
    assert "\udc80" not in loaded.catalog.entries[1].title
    assert [problem.line for problem in loaded.problems] == [13]


@examples(100)
@given(st.binary(max_size=60), st.integers(0, len(GOOD)))
def test_any_bytes_anywhere_give_a_catalog_or_one_line(junk: bytes, place: int) -> None:
    data = GOOD.encode()
    for text in (junk, data[:place] + junk + data[place:], data[:place]):
        found: tuple[object, ...]
        try:
            found = read(text).problems
        except Unreadable as error:
            found = (error,)
        assert all(len(str(problem).splitlines()) == 1 for problem in found)


yaml_like = st.text(st.sampled_from("ab:- \n\t[]{},&*!|>'\"#%@?~\\é\u2028"), max_size=80)


@examples(100)
@given(yaml_like)
def test_any_yaml_in_one_entry_leaves_the_others(junk: str) -> None:
    loaded = read(
        HEAD + block("first") + block("bad", f"    summary: {junk.replace(chr(10), chr(10) + '    ')}") + block("last")
    )
    assert ids(loaded)[0] == "first"
    assert ids(loaded)[-1] == "last"
    if loaded.set_aside:
        assert loaded.problems[0].line >= 10


# -- files --------------------------------------------------------------------------------------------------


def test_a_file_is_read_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "my catalog.yaml"
    path.write_text(GOOD + "extra: 1\n", encoding="utf-8")
    loaded = load.load(path)
    assert ids(loaded) == ["a", "b", "c"]
    assert [problem.file for problem in loaded.problems] == [str(path)]


@pytest.mark.parametrize(("name", "message"), [("", "directory"), ("missing.yaml", "No such file"), ("nul\0", "null")])
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load.load(tmp_path / name)
    assert message in caught.value.problem.message
    assert str(tmp_path) in caught.value.problem.file


def test_a_file_name_can_be_printed_whatever_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "esc\x1b[2J\udcff.yaml"
    with pytest.raises(Unreadable) as caught:
        load.load(path)
    assert caught.value.problem.file == str(tmp_path / "esc\ufffd[2J\ufffd.yaml")
    path.write_text(GOOD + "extra: 1\n", encoding="utf-8")
    assert load.load(path).problems[0].file == caught.value.problem.file


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(load, "MAX_BYTES", len(GOOD))
    assert ids(load.load(path)) == ["a", "b", "c"]
    monkeypatch.setattr(load, "MAX_BYTES", len(GOOD) - 1)
    with pytest.raises(Unreadable, match="is larger than"):
        load.load(path)


# -- bombs --------------------------------------------------------------------------------------------------

LAUGHS = "x0: &x0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"x{n}: &x{n} [{','.join([f'*x{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
LONG = ",".join("x" * 3000)
MANY = ", ".join(f"k{number}: 1" for number in range(3000))


@pytest.mark.parametrize(
    "bomb",
    some(
        [
            LAUGHS + "schema: 1\nentries: *x9\n",
            LAUGHS + "schema: 1\nsections: *x9\nentries: []\n",
            LAUGHS + "schema: 1\nvocabularies: {dims: *x9}\nentries: []\n",
            HEAD + block("a", *(f"    {line}" for line in LAUGHS.splitlines()), "    tags: *x9"),
            HEAD + block("a", f"    tags: &t [{LONG}]") + "".join(block(f"e{n}", "    tags: *t") for n in range(3000)),
            HEAD + f"  - &e {{id: a, {MANY}}}\n" + "  - *e\n" * 3000,
            HEAD
            + block("a", f"    size: &s {{{MANY}}}")
            + "".join(block(f"e{n}", "    size: *s") for n in range(3000)),
            HEAD
            + block("a", f"    notes: &n {'x  y ' * 20_000}")
            + "".join(block(f"e{n}", "    notes: *n") for n in range(3000)),
            HEAD + block("a", f"    notes: &n {'x  y ' * 20_000}", f"    tags: [{','.join(['*n'] * 3000)}]"),
            "schema: 1\nsections: &s [" + "{id: a, title: A, children: *s}," * 50 + "]\nentries: []\n",
        ]
    ),
    ids=some(
        ["entries", "sections", "vocabulary", "one entry", "list", "entry", "mapping", "text", "texts", "recursion"]
    ),
)
def test_an_alias_bomb_ends_quickly_with_a_problem(bomb: str) -> None:
    with quickly():
        try:
            problems: tuple[Problem, ...] = read(bomb).problems
        except Unreadable as error:
            problems = (error.problem,)
    assert any(problem.level == ERROR and problem.line > 0 for problem in problems)


DEEP = {
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "dashes": "- " * 50_000,
    "questions": "? " * 50_000,
    "colons": ": " * 50_000,
    "flow mappings": "{a: " * 50_000,
    "levels": "".join(" " * depth + "a:\n" for depth in range(1000)),
    "brackets in an entry": GOOD.replace("The b", "[" * 100_000),
    "dashes in an entry": GOOD.replace("  - id: b", "  - " + "- " * 50_000 + "\n  - id: b"),
    "brackets in sections": GOOD.replace("Papers,", "[" * 100_000 + ","),
}


def test_bottomless_nesting_does_not_crash_python(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.yaml" for name in DEEP]
    for path, deep in zip(paths, DEEP.values(), strict=True):
        path.write_text(deep, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path\n"
        "from mum_tui.catalog.load import load; from mum_tui.problems import Unreadable\n"
        "for path in sys.argv[1:]:\n"
        "    try: found = load(Path(path)).problems\n"
        "    except Unreadable as error: found = [error.problem]\n"
        "    print(*found, sep='\\n', flush=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, paths)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    lines = done.stdout.splitlines()
    assert len(lines) == len(paths)
    for line, path in zip(lines, paths, strict=True):
        assert line.startswith(f"{path}:")


@pytest.mark.parametrize("shift", [1, 2, -1])
def test_an_entry_indented_differently_costs_neither_itself_nor_its_neighbour(shift: int) -> None:
    odd = block("two", indent=2 + shift)
    loaded = read(HEAD + block("one") + odd + block("three"))
    assert ids(loaded) == ["one", "two", "three"]
    (problem,) = loaded.problems
    assert (problem.level, problem.message) == (WARNING, "is indented differently from the first entry")
    assert problem.line == (HEAD + block("one")).count("\n") + 1


def test_json_with_escaped_emoji_opens() -> None:
    text = json.dumps({"schema": 1, "sections": SECTIONS, "entries": [entry("one", title="brain 🧠 and \\u0041")]})
    assert "\\ud83e" in text
    assert read(text).catalog.entries[0].title == "brain 🧠 and \\u0041"
