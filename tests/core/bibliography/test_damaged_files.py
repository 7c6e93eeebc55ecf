"""Damaged files open as far as they can, and one line says what is wrong with the rest."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

import pytest

from mum_tui.bibliography import any_list
from mum_tui.problems import Unreadable

BIB = "".join(
    f"@article{{k{n},\n  author = {{Doé, Jane and Roe, Rick}},\n  title = {{Title number {n} of “many”}},\n"
    f"  journal = {{Journal}},\n  year = {2000 + n},\n}}\n\n"
    for n in range(5)
)
RIS = "".join(
    f"TY  - JOUR\nID  - k{n}\nAU  - Doé, Jane\nTI  - Title number {n}\nJO  - Journal\nPY  - {2000 + n}\nER  - \n\n"
    for n in range(5)
)
MEDLINE = "".join(
    f"PMID- 100{n}\nTI  - Title number {n}.\nFAU - Doé, Jane\nAU  - Doé J\nDP  - {2000 + n}\nJT  - Journal\n\n"
    for n in range(5)
)
JSON = "[\n" + ",\n".join(
    f'{{"id": "k{n}", "type": "book", "title": "Title number {n} ü", "author": [{{"family": "Doé", "given": "J"}}]}}'
    for n in range(5)
) + "\n]\n"  # fmt: skip
PAGE = "# List\n\n## Papers\n\n" + "".join(
    f"- [Title number {n} ü](https://host{n}.org/a) - What it is.\n" for n in range(5)
)
YAML = "schema: 1\nsections:\n  - {id: one, title: One}\nentries:\n" + "".join(
    f"  - id: k{n}\n    kind: paper\n    section: one\n    title: Title number {n} ü\n    authors: [Doé Jane]\n"
    for n in range(5)
)
HTML = '<!DOCTYPE html>\n<html><head><title>404</title></head><body><a href="https://a.b">x</a></body></html>\n'
CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n"


def swap(text: str, old: str, new: str) -> str:
    """``text`` with the first ``old`` changed; the old text must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


def after(text: str, mark: str, more: str) -> str:
    return swap(text, mark, mark + more)


class Damage(NamedTuple):
    """A name with the ending of the file, its content, how many entries open, and words of what is said (or none)."""

    name: str
    content: str | bytes
    healthy: int
    says: str = ""


DAMAGES = [
    # -- BibTeX
    Damage("cut-in-a-field.bib", BIB[: BIB.index("k4") + 60], 5, "k4: is not whole"),
    Damage("cut-in-the-key.bib", BIB[: BIB.index("k4") + 1], 4, "cannot be read"),
    Damage("cut-behind-the-type.bib", BIB[: BIB.index("@article{k4") + 8], 4, "lines of text between entries"),
    Damage("brace-open.bib", swap(BIB, "number 1 of “many”}", "number 1 of “many”"), 5, "k1: is not whole"),
    Damage(
        "brace-too-many.bib",
        swap(BIB, "number 1 of “many”}", "number 1 of “many”}}"),
        5,
        "k1: is closed before journal, year",
    ),
    Damage("entry-not-closed.bib", swap(BIB, "year = 2001,\n}\n", "year = 2001,\n"), 5, "k1: is not whole"),
    Damage(
        "comma-missing.bib",
        swap(BIB, "Rick},\n  title = {Title number 1", "Rick}\n  title = {Title number 1"),
        5,
        "a comma is missing before title",
    ),
    Damage("comma-missing-behind-key.bib", swap(BIB, "{k1,\n", "{k1\n"), 5, "is not whole"),
    Damage("quote-open.bib", swap(BIB, "{Title number 1 of “many”}", '"Title number 1'), 5, "k1: is not whole"),
    Damage("equals-missing.bib", swap(BIB, "title = {Title number 1", "title {Title number 1"), 5, "k1"),
    Damage(
        "field-twice.bib", swap(BIB, "  year = 2001", "  title = {Other},\n  year = 2001"), 5, "k1.title: appears twice"
    ),
    Damage("key-twice.bib", swap(BIB, "{k1,", "{k0,"), 5, "this key is used twice"),
    Damage("no-key.bib", swap(BIB, "{k1,\n", "{\n"), 5),
    Damage("string-undefined.bib", swap(BIB, "{Journal}", "jrnl"), 5, "the string jrnl is not defined"),
    Damage("string-open.bib", '@string{j = "Journal\n\n' + BIB, 5),
    Damage("string-of-itself.bib", "@string{j = j # j}\n" + swap(BIB, "{Journal}", "j"), 5, "j"),
    Damage("unknown-type.bib", swap(BIB, "@article{k1", "@novel{k1"), 5),
    Damage("parenthesis-open.bib", "@article(k9, title = {Nine}\n\n" + BIB, 6, "k9: is not whole"),
    Damage(
        "crossref-nowhere.bib",
        swap(BIB, "  year = 2001", "  crossref = {gone},\n  year = 2001"),
        5,
        "names gone, which is not in the file",
    ),
    Damage("crossref-of-itself.bib", swap(BIB, "  year = 2001", "  crossref = {k1},\n  year = 2001"), 5),
    Damage("deep-braces.bib", swap(BIB, "Title number 1 of “many”", "{" * 10_000 + "x" + "}" * 10_000), 5),
    Damage("open-braces.bib", swap(BIB, "Title number 1 of “many”", "{" * 10_000), 5, "is not whole"),
    Damage("huge-line.bib", swap(BIB, "Title number 1 of “many”", "word " * 200_000), 5),
    Damage(
        "latin-1.bib", BIB.replace("“", "").replace("”", "").encode("latin-1"), 5, "not UTF-8; read as Windows-1252"
    ),
    Damage("windows.bib", BIB.encode("cp1252"), 5, "not UTF-8; read as Windows-1252"),
    Damage(
        "one-line-of-another-encoding.bib",
        swap(BIB, "Journal", "JXX").encode().replace(b"JXX", b"Zeitschrift f\xfcr X"),
        5,
        "line 4 is not UTF-8",
    ),
    Damage("utf-16.bib", BIB.encode("utf-16"), 5),
    Damage("utf-16-big.bib", "\ufeff".encode("utf-16-be") + BIB.encode("utf-16-be"), 5),
    Damage("utf-16-without-mark.bib", BIB.encode("utf-16-le"), 5),
    Damage("utf-32.bib", BIB.encode("utf-32"), 5),
    Damage("mark-in-the-middle.bib", "\ufeff" + BIB + "\ufeff" + swap(BIB, "{k0,", "{k9,").split("\n\n")[0], 6),
    Damage("nul.bib", swap(BIB, "Journal", "Jour\0nal"), 5, "has NUL characters"),
    Damage(
        "cut-in-a-character.bib", (BIB + "@misc{k9, title = {é").encode()[:-1], 6, "the file ends within a character"
    ),
    Damage("cr-only.bib", BIB.replace("\n", "\r"), 5),
    Damage("mixed-ends.bib", BIB.replace("\n", "\r\n", 9).replace(",\n", ",\r", 4), 5),
    Damage(
        "merge-conflict.bib",
        BIB + CONFLICT.format("@misc{m, title = {A}}\n", "@misc{m, title = {B}}\n"),
        5,
        "merge conflict, lines 36–40",
    ),
    Damage(
        "merge-conflict-within.bib",
        swap(BIB, "  year = 2001,\n", CONFLICT.format("  year = 2001,\n", "  year = 1999,\n")),
        4,
        "merge conflict, lines 12–16",
    ),
    Damage(
        "half-a-conflict.bib", "<<<<<<< HEAD\n" + BIB, 5, "line of text between entries|lines of text between entries"
    ),
    Damage("text-between.bib", BIB.replace("\n\n", "\n\nsome words\n\n"), 5, "lines of text between entries"),
    Damage("only-text.bib", "Dear all,\nhere is no entry.\n", 0, "holds no entry"),
    Damage("empty.bib", "", 0, "the file is empty"),
    Damage("blank.bib", " \n\n\t\n", 0, "the file is empty"),
    Damage("web-page.bib", HTML, 0, "is a web page, not BibTeX"),
    Damage("picture.bib", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, 0, "is a picture"),
    Damage("archive.bib", b"PK\x03\x04\x14\0\0\0" + bytes(200), 0, "is a ZIP"),
    Damage("binary.bib", bytes(range(256)) * 40, 0, "is not a text file"),
    Damage("escape-sequences.bib", swap(BIB, "Title number 1", "\x1b[31mTitle\x07 number 1\x9b"), 5),
    # -- CSL-JSON
    Damage("half.json", JSON[: JSON.index('"k4"') + 30], 4, "is not JSON"),
    Damage("trailing-comma.json", swap(JSON, "}\n]", "},\n]"), 5, "is not JSON"),
    Damage("comma-missing.json", swap(JSON, '"k1", "type"', '"k1" "type"'), 4, "is not JSON"),
    Damage("comma-between-items-missing.json", swap(JSON, "},\n", "}\n"), 5, "is not JSON"),
    Damage("quote-missing.json", swap(JSON, 'number 1 ü"', "number 1 ü"), 4, "is not JSON"),
    Damage("brace-missing.json", swap(JSON, "}]},\n", "}],\n"), 4, "is not JSON"),
    Damage("line-break-in-text.json", swap(JSON, "number 1", "num\nber 1"), 5, "is not JSON"),
    Damage("one-item-a-line.json", JSON.strip("[]\n").replace("},\n", "}\n"), 5, "is not JSON"),
    Damage("two-files-in-one.json", JSON + JSON.replace('"k', '"l'), 10, "is not JSON"),
    Damage("no-item-among-items.json", swap(JSON, "[\n", '[\n7, null, "x", []\n,'), 5, "expected an item"),
    Damage("field-twice.json", swap(JSON, '"type"', '"id": "k0", "type"'), 5),
    Damage("nested.json", "[" * 10_000 + "]" * 10_000, 0, "is not JSON that can be read"),
    Damage("latin-1.json", JSON.encode("latin-1"), 5, "not UTF-8"),
    Damage("utf-16.json", JSON.encode("utf-16"), 5),
    Damage("mark.json", "\ufeff" + JSON, 5),
    Damage("settings.json", '{"colour": {"dark": true}, "size": 3}', 0, "is JSON, but no CSL-JSON"),
    Damage("web-page.json", HTML, 0, "is a web page, not CSL-JSON"),
    Damage(
        "merge-conflict.json",
        swap(
            JSON,
            '{"id": "k1"',
            CONFLICT.format('{"id": "m", "title": "M"},\n', '{"id": "m", "title": "N"},\n') + '{"id": "k1"',
        ),
        5,
        "merge conflict, lines 3–7",
    ),
    Damage("odd-values.json", swap(JSON, '"type": "book"', '"type": 7, "issued": [], "volume": {"a": 1}'), 5, "k0"),
    # -- RIS and MEDLINE
    Damage("cut.ris", RIS[: RIS.rindex("TI")], 5),
    Damage("no-end.ris", swap(RIS, "ER  - \n", ""), 5, "has no end"),
    Damage("no-type.ris", swap(RIS, "TY  - JOUR\n", ""), 5, "begins with ID"),
    Damage("unknown-type.ris", swap(RIS, "JOUR", "QQQQ"), 5, "is no type of RIS"),
    Damage("wrapped-lines.ris", swap(RIS, "number 1", "num\nber 1"), 5),
    Damage("cr-only.ris", RIS.replace("\n", "\r"), 5),
    Damage("utf-16.ris", RIS.encode("utf-16"), 5),
    Damage("windows.ris", RIS.encode("cp1252"), 5, "not UTF-8"),
    Damage("odd-date.ris", swap(RIS, "PY  - 2001", "PY  - in press"), 5, "has no year"),
    Damage("web-page.ris", HTML, 0, "is a web page, not RIS"),
    Damage(
        "merge-conflict.ris",
        swap(RIS, "PY  - 2001\n", CONFLICT.format("PY  - 2001\n", "PY  - 2002\n")),
        4,
        "merge conflict",
    ),
    Damage("cut.nbib", MEDLINE[: MEDLINE.rindex("DP")], 5),
    Damage("text-between.nbib", MEDLINE.replace("\n\n", "\n\nwords\n\n"), 5, "lines of text between records"),
    # -- Markdown
    Damage("cut-in-a-link.md", PAGE[: PAGE.index("host4") + 3], 4, "links in running text"),
    Damage("bracket-open.md", swap(PAGE, "number 1 ü]", "number 1 ü"), 5),
    Damage("code-never-closed.md", after(PAGE, "What it is.\n", "```\n"), 1, "block"),
    Damage("comment-never-closed.md", PAGE + "<!--\n- [a](https://b.c)\n", 5),
    Damage("latin-1.md", PAGE.encode("latin-1"), 5, "not UTF-8"),
    Damage(
        "merge-conflict.md",
        PAGE + CONFLICT.format("- [A](https://a.b/1)\n", "- [A](https://a.b/2)\n"),
        5,
        "merge conflict",
    ),
    Damage("nested.md", PAGE + "".join("  " * n + f"- [x{n}](https://x.y/{n})\n" for n in range(100)), 5),
    Damage("brackets.md", PAGE + "[" * 10_000 + "\n", 5),
    Damage("no-list.md", "Just words.\n\nAnd more.\n", 0, "holds no entry|no link"),
    Damage("web-page.md", HTML, 0, "is a web page, not Markdown"),
    # -- our own YAML
    Damage("cut.yaml", YAML[: YAML.rindex("section:") + 3], 4, "k4"),
    Damage(
        "bracket-open.yaml",
        swap(YAML, "number 1 ü\n    authors: [Doé Jane]", "number 1 ü\n    authors: [Doé Jane"),
        4,
        "yaml",
    ),
    Damage("quote-open.yaml", swap(YAML, "title: Title number 1 ü", 'title: "Title number 1 ü'), 4, "yaml"),
    Damage("tab.yaml", swap(YAML, "    title: Title number 1", "\ttitle: Title number 1"), 4, "yaml"),
    Damage("indent.yaml", swap(YAML, "    title: Title number 1", "  title: Title number 1"), 4, "yaml"),
    Damage("key-twice.yaml", swap(YAML, "    title: Title number 1 ü\n", "    title: A\n    title: B\n"), 4, "title"),
    Damage("colon.yaml", swap(YAML, "Title number 1", "Title: number 1"), 4, "yaml"),
    Damage("anchors.yaml", swap(YAML, "title: Title number 1 ü", "title: *nowhere"), 4, "yaml"),
    Damage(
        "merge-conflict.yaml",
        swap(YAML, "    title: Title number 1 ü\n", CONFLICT.format("    title: A\n", "    title: B\n")),
        4,
        "merge conflict, lines 13–17",
    ),
    Damage("latin-1.yaml", YAML.encode("latin-1"), 5, "UTF-8"),
    Damage("web-page.yaml", HTML, 0, "not a catalog|web page"),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_damaged_file_opens_as_far_as_it_can_and_says_the_rest(damage: Damage, tmp_path: Path) -> None:
    path = tmp_path / damage.name
    path.write_bytes(damage.content if isinstance(damage.content, bytes) else damage.content.encode())
    started = time.process_time()
    count, told = opened(path)
    assert time.process_time() - started < 2 * max(path.stat().st_size / 100_000, 1)
    assert count >= damage.healthy
    assert damage.healthy or not count
    assert any(word in line for word in damage.says.split("|") for line in told), told
    assert all("\n" not in line and len(line) < 400 + len(str(path)) for line in told)
    if not damage.says:
        assert [line for line in told if "error" in line] == []


def opened(path: Path) -> tuple[int, list[str]]:
    """How many entries a file opens with, and each line that is said; an empty line at the end."""
    try:
        loaded = any_list.load_any(path)
    except Unreadable as error:
        return 0, [str(error.problem)]
    return len(loaded.catalog.entries), [*map(str, loaded.problems), ""]
