"""Each verb: what it prints, where, and with which status."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mum_tui import __version__
from mum_tui.citation import formats
from mum_tui.citation.choices import Markup
from mum_tui.search.view import SORTS
from mum_tui.text import sort_key
from tests.catalogs import COUNT, entry, hostile_entries, shipped, write
from tests.cli.conftest import Run


def test_version_and_help(run: Run, home: Path) -> None:
    assert run("--version") == (0, f"mum-tui {__version__}\n", "")
    done = run("--help")
    assert done.status == 0
    verbs = "list show cite export formats compare overview check new render paths keys open bookmark"
    verbs += " status rate note tag reading-list sync-bib library"
    for verb in verbs.split():
        assert re.search(rf"^ +{verb} ", done.out, re.MULTILINE)
    assert not home.exists()


def test_list_prints_one_line_an_entry(run: Run) -> None:
    done = run("list")
    lines = done.out.splitlines()
    assert (done.status, done.err, len(lines)) == (0, "", COUNT)
    assert all(len(line.split("\t")) == 5 for line in lines)


def test_list_narrows_like_the_filter_box(run: Run) -> None:
    assert "silvarodriguez2023transductive\t" in run("list", "rodriguez").out
    assert run("list", "rodriguez", "transductive").out.split("\t")[0] == "silvarodriguez2023transductive"
    assert run("list", "clip", "organ", "liu").out.split("\t")[0] == "liu2023clip"
    datasets = {one["id"] for one in json.loads(run("list", "--json").out) if one["kind"] == "dataset"}
    listed = [line.split("\t")[0] for line in run("list", "kind:dataset").out.splitlines()]
    assert set(listed) == datasets
    assert len(listed) == len(datasets) > 100


def test_list_json_has_the_keys_of_the_catalog(run: Run) -> None:
    found = json.loads(run("list", "--json").out)
    assert len(found) == COUNT
    by = {one["id"]: one for one in found}
    clip = by["liu2023clip"]
    assert clip["kind"] == "paper"
    assert clip["title"].startswith("CLIP-Driven")
    assert clip["authors"][5] == "Landman, Bennett A."
    assert {"rel": "code", "url": "https://github.com/ljwztc/CLIP-Driven-Universal-Model"} in clip["links"]
    assert clip["preprint"] == {"id": "2301.00785", "primary_class": "eess.IV"}
    assert clip["published"]["venue"] == "ICCV 2023"
    assert clip["bookmarked"] is False


def test_nothing_found_is_status_1_with_a_word(run: Run) -> None:
    # What cannot be read, or excludes what is not there, would be all entries.
    for unread in (
        "-foo:bar",
        "NOT foo:bar",
        "-kind:modle",
        "-year:abc",
        "-(year:abc)",
        "!year:abc -kind:zz",
        "limit:5",
    ):
        assert run("list", "--", unread)[:2] == (1, ""), unread
        assert run("cite", f"--query={unread}")[:2] == (1, ""), unread
    assert run("list", "zzzz") == (1, "", "mum-tui: nothing matches: zzzz\n")
    done = run("list", "zzzz", "--json")
    assert (done.status, json.loads(done.out)) == (1, [])


@pytest.mark.parametrize(
    ("verb", "near"), [("cite", "liu2023clip"), ("show", "liu2023clip"), ("open", "liu2023clip"), ("bookmark", "")]
)
def test_an_unknown_id_names_the_nearest(run: Run, verb: str, near: str) -> None:
    arguments = [verb, "add", "liu2023clp"] if verb == "bookmark" else [verb, "liu2023clp"]
    done = run(*arguments)
    assert (done.status, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert "did you mean liu2023clip" in done.err


def test_show_prints_everything(run: Run) -> None:
    done = run("show", "btcv")
    assert done.status == 0
    for text in (
        "Multi-Atlas Labeling Beyond the Cranial Vault",
        "https://www.synapse.org/",
        "CLIP-Driven Universal Model [liu2023clip]",
        "@inproceedings{landman2015btcv,",
        "Uncertain",
    ):
        assert text in done.out


def test_show_sets_long_labels_of_links_apart(run: Run) -> None:
    assert " leaderboard https://" in run("show", "baharoon2025rexgroundingct").out


def test_an_id_is_one_in_capitals_too(run: Run) -> None:
    assert run("show", "LIU2023Clip").out == run("show", "liu2023clip").out != ""


def test_show_says_that_there_are_more_authors(run: Run, tmp_path: Path) -> None:
    authors = ["Silva, Ana", "Li, Bo"]
    catalog = write(
        tmp_path / "c.yaml", [entry("a", authors=authors, authors_complete=False), entry("b", authors=authors)]
    )
    assert "Ana Silva, Bo Li, and others\n" in run("--catalog", str(catalog), "show", "a").out
    assert "Ana Silva, Bo Li\n" in run("--catalog", str(catalog), "show", "b").out


def test_cite_in_each_format_and_version(run: Run) -> None:
    published = run("cite", "liu2023clip").out
    assert published.startswith("@inproceedings{liu2023clip,")
    preprint = run("cite", "liu2023clip", "--preprint").out
    assert preprint.startswith("@misc{liu2023clip,")
    assert "howpublished  = {arXiv:2301.00785 [eess.IV]}" in preprint
    both = run("cite", "liu2023clip", "lits").out
    assert both == published + "\n" + run("cite", "bilic2023lits").out
    assert run("cite", "liu2023clip", "--format", "text").out.count("\n") == 1
    done = run("cite", "liu2023clip", "--format", "bibtx")
    assert (done.status, done.out) == (2, "")
    assert "did you mean bibtex?" in done.err


def test_cite_prints_what_the_registry_renders(run: Run) -> None:
    catalog = shipped().catalog
    chosen = [entry for entry in catalog.entries if entry.id in ("liu2023clip", "bilic2023lits")]
    ids = [entry.id for entry in chosen]
    for name, as_ in (("apa", "text"), ("ieee", "markdown"), ("csl:radiology", "html"), ("ris", "text")):
        done = run("cite", *ids, "--format", name, "--as", as_)
        assert done == (0, formats.render(chosen, name, markup=Markup(as_)), "")


def test_cite_in_the_text(run: Run, tmp_path: Path) -> None:
    in_text = ("cite", "lits", "liu2023clip", "--in-text", "--format")
    assert run(*in_text, "apa").out == "(Bilic et al., 2023; Liu et al., 2023)\n"
    additions = ("--locator", "12", "--locator", "chap. 3", "--prefix", "see")
    assert run(*in_text, "apa", *additions).out == "(see Bilic et al., 2023, p. 12; Liu et al., 2023, Chapter 3)\n"
    assert run(*in_text, "ieee", *additions).out == "see [1, p. 12], [2, Ch. 3]\n"
    assert run(*in_text, "apa", "--narrative").out == "Bilic et al. (2023), Liu et al. (2023)\n"
    assert run(*in_text, "apa", "--locator", "12", "--locale", "de").out == (
        "(Bilic et al., 2023, S. 12; Liu et al., 2023)\n"
    )
    assert run(*in_text, "pandoc", *additions).out == "[see @bilic2023lits, 12; @liu2023clip, chap. 3]\n"
    assert run(*in_text, "nature", "--as", "html").out == "<sup>1,2</sup>\n"
    assert "<i>" in run(*in_text, "csl:bluebook-law-review", "--as", "html").out
    twice = run("cite", "lits", "lits", "--in-text", "--format", "apa", "--locator", "3", "--locator", "5")
    assert twice.out == "(Bilic et al., 2023, p. 3, 2023, p. 5)\n"
    items = tmp_path / "items.json"
    items.write_text(run("cite", "lits", "liu2023clip", "--format", "csl-json").out)
    assert run("cite", "--items", str(items), *in_text[3:], "apa", *additions) == run(*in_text, "apa", *additions)


def test_cite_in_another_language(run: Run) -> None:
    german = run("cite", "lits", "--format", "csl:din-1505-2", "--locale", "de-DE")
    french = run("cite", "lits", "--format", "csl:din-1505-2", "--locale", "fr_fr")
    assert german.status == french.status == 0
    assert german.out != french.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--in-text"], "bibtex has no citations in the text; --in-text is for styles"),
        (["--format", "citekey", "--in-text"], "citekey has no citations in the text"),
        (["--format", "apa", "--locator", "3"], "--locator is for citations in the text: add --in-text"),
        (["--format", "apa", "--narrative"], "--narrative is for citations in the text: add --in-text"),
        (
            ["--format", "apa", "--in-text", "--suffix", "a", "--suffix", "b"],
            "--suffix is given 2 times for 1 cited item",
        ),
        (["--format", "apa", "--locale", "xx"], 'no locale is called "xx"'),
        (["--format", "ris", "--locale", "de-DE"], "ris has no languages; --locale is for styles"),
        (["--format", "csl:bluebook-law-review"], "in the text or in notes: add --in-text"),
    ],
)
def test_cite_says_what_does_not_go_together(run: Run, arguments: list[str], words: str) -> None:
    done = run("cite", "lits", *arguments)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert words in done.err


def test_cite_what_a_query_finds_and_what_is_bookmarked(run: Run) -> None:
    found = run("list", "sam", "kind:paper").out.splitlines()
    keys = run("cite", "--query", "sam kind:paper", "--format", "citekey").out.splitlines()
    assert keys == [line.split("\t")[0] for line in found]
    both = run("cite", "lits", keys[0], "lits", "--query", "sam kind:paper", "--format", "citekey").out.splitlines()
    assert both == ["bilic2023lits", *keys]
    done = run("cite", "--bookmarked")
    assert (done.status, done.out) == (1, "")
    assert "nothing is bookmarked" in done.err
    run("bookmark", "add", "lits")
    assert run("cite", "--bookmarked", "--format", "citekey").out == "bilic2023lits\n"
    done = run("cite", "--query", "zzzz")
    assert (done.status, done.out, "nothing matches: zzzz" in done.err) == (1, "", True)


def test_cite_items_of_a_file_and_of_standard_input(run: Run, tmp_path: Path) -> None:
    text = run("cite", "liu2023clip", "lits", "--format", "csl-json").out
    file = tmp_path / "items.json"
    file.write_text(text)
    apa = run("cite", "liu2023clip", "lits", "--format", "apa")
    assert run("cite", "--items", str(file), "--format", "apa") == apa
    assert run("cite", "--items", "-", "--format", "apa", text=text) == apa
    done = run("cite", "--items", "-", "--format", "apa", text='[{"title": "A"}, 5, {"author": "x"}]')
    assert done.status == 0
    assert "A. (n.d.)." in done.out
    assert "standard input: [2]: expected an item, found a number (it is left out)" in done.err
    for bad, words in (("nope", "is not JSON"), ("[]", "nothing to cite")):
        done = run("cite", "--items", "-", text=bad)
        assert (done.status, done.out) == ((2 if bad == "nope" else 1), "")
        assert words in done.err
    assert run("cite", "--items", str(tmp_path / "none.json")).status == 2
    assert run("cite", "lits", "--items", str(file)).status == 2


def test_cite_into_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    assert run("cite", "lits", "-o", str(file)) == (0, "", "")
    assert file.read_text() == run("cite", "lits").out
    assert file.stat().st_mode & 0o777 == 0o666 & ~umask()
    assert [path.name for path in tmp_path.iterdir()] == ["refs.bib"]
    done = run("cite", "lits", "-o", str(tmp_path / "no" / "refs.bib"))
    assert (done.status, done.out) == (2, "")
    assert "cannot be written: No such file or directory" in done.err
    assert run("cite", "lits", "-o", str(tmp_path)).status == 2


def umask() -> int:
    import os

    found = os.umask(0)
    os.umask(found)
    return found


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "csl:radiolgy"], "did you mean csl:radiology"),
        (["--format", "/no/such.csl"], "cannot be read: No such file"),
        (["--format", ""], 'no format is called ""'),
        (["--as", "html"], "bibtex has no markup"),
    ],
)
def test_cite_says_what_is_wrong_with_a_format(run: Run, arguments: list[str], words: str) -> None:
    done = run("cite", "lits", *arguments)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert len(done.err.splitlines()) == 1


def test_export_in_every_format(run: Run, tmp_path: Path) -> None:
    whole = run("export", "--format", "bibtex")
    assert whole.status == 0
    assert whole.out.count("\n@") == len(run("list").out.splitlines()) - 1
    for name in ("biblatex", "ris", "csl-json"):
        assert run("export", "lits", "--format", name) == run("cite", "lits", "--format", name)
    rows = list(csv.DictReader(run("export", "--query", "kind:dataset", "--format", "csv").out.splitlines()))
    assert {row["kind"] for row in rows} == {"dataset"}
    assert json.loads(run("export", "lits", "--format", "json").out)[0]["id"] == "bilic2023lits"
    table = run("export", "lits", "--format", "markdown").out.splitlines()
    assert table[1] == "| --- | --- | --- | --- | --- |"
    assert "| Liver Tumor Segmentation Challenge (LiTS) |" in table[2]
    assert run("export", "--format", "xls").status == 2
    assert run("export", "nosuch", "--format", "csv").status == 1
    hostile = str(write(tmp_path / "c.yaml", [entry("x", title="=1+1|2", name="@SUM(A1)")]))
    assert "'=1+1|2,'@SUM(A1)" in run("--catalog", hostile, "export", "--format", "csv").out
    assert "=1+1\\|2" in run("--catalog", hostile, "export", "--format", "markdown").out


def test_formats_are_listed_and_searched(run: Run) -> None:
    done = run("formats")
    assert done.status == 0
    assert [line.split("\t")[0] for line in done.out.splitlines()] == [one.id for one in formats.FORMATS]
    assert "styles as csl:NAME" in done.err
    found = run("formats", "Medical", "imaging").out
    assert "csl:ieee-transactions-on-medical-imaging\tIEEE Transactions on Medical Imaging\n" in found
    assert run("formats", "miccai").out.startswith("lncs\t")
    assert run("formats", "zzzz").status == 1


def test_open_prints_the_address_and_why_nothing_was_opened(run: Run) -> None:
    done = run("open", "liu2023clip", PATH="/nowhere")
    assert (done.status, done.out) == (0, "https://doi.org/10.1109/ICCV51070.2023.01934\n")
    assert "no display" in done.err
    assert run("open", "liu2023clip", "--link", "code").out == (
        "https://github.com/ljwztc/CLIP-Driven-Universal-Model\n"
    )
    assert run("open", "liu2023clip", "--link", "3").out == "https://arxiv.org/abs/2301.00785\n"
    done = run("open", "liu2023clip", "--link", "challenge")
    assert done.status == 1
    assert "it has: paper, preprint, code, weights" in done.err


def test_bookmarks_from_the_shell(run: Run, home: Path) -> None:
    assert run("bookmark", "list").status == 1
    assert not home.exists()
    assert run("bookmark", "add", "lits", "liu2023clip") == (0, "", "")
    assert json.loads((home / "library.json").read_text())["entries"].keys() == {"bilic2023lits", "liu2023clip"}
    listed = json.loads(run("bookmark", "list", "--json").out)
    assert [one["id"] for one in listed] == ["bilic2023lits", "liu2023clip"]
    assert all(one["in_catalog"] for one in listed)
    assert len(run("list", "--bookmarked").out.splitlines()) == 2
    assert {one["id"] for one in json.loads(run("list", "--json").out) if one["bookmarked"]} == {
        "bilic2023lits",
        "liu2023clip",
    }
    assert run("bookmark", "remove", "lits").status == 0
    assert run("bookmark").out.startswith("liu2023clip\t")
    done = run("bookmark", "remove", "lits")
    assert done.status == 1
    assert "is not bookmarked" in done.err


def test_bookmarks_of_entries_that_are_gone_are_kept_and_shown(run: Run, home: Path, tmp_path: Path) -> None:
    catalog = str(write(tmp_path / "c.yaml", [entry("one"), entry("two")]))
    assert run("--catalog", catalog, "bookmark", "add", "one", "two").status == 0
    write(tmp_path / "c.yaml", [entry("two")])
    done = run("--catalog", catalog, "bookmark", "list")
    assert "one\tThe paper called one\t(not in this catalog)" in done.out
    write(tmp_path / "c.yaml", [entry("two"), entry("uno", aliases=["one"])])
    assert "uno" in run("--catalog", catalog, "list", "--bookmarked").out
    assert run("--catalog", catalog, "bookmark", "remove", "one").status == 0
    assert "one" not in json.loads((home / "library.json").read_text())["entries"]


def test_check_finds_what_is_wrong(run: Run, tmp_path: Path) -> None:
    assert run("check").status == 0
    catalog = write(
        tmp_path / "c.yaml",
        [
            entry("one", preprint={"id": "2304.03493"}),
            entry("two", preprint={"id": "2304.03493v2"}, links=[{"rel": "paper", "url": "https://example.org/one"}]),
            entry("three", section="segmentatoin"),
            entry("four", tilte="x"),
        ],
    )
    done = run("check", str(catalog))
    assert done.status == 1
    assert f"{catalog}:" in done.out
    assert 'three.section: unknown section "segmentatoin" (did you mean segmentation?)' in done.out
    assert "four.tilte: unknown key (did you mean title?)" in done.out
    assert "two.preprint: the same preprint as one" in done.out
    assert "two.links: the same links as one" in done.out
    assert "3 entries, 1 skipped" in done.err
    missing = run("check", str(tmp_path / "nowhere.yaml"))
    assert missing.status == 2
    assert missing.out == ""


def test_a_catalog_with_bad_entries_lists_the_rest(run: Run, tmp_path: Path) -> None:
    catalog = write(tmp_path / "c.yaml", [entry("one"), entry("two", links=[{"rel": "paper", "url": "javascript:x"}])])
    done = run("--catalog", str(catalog), "list")
    assert done.status == 0
    assert [line.split("\t")[0] for line in done.out.splitlines()] == ["one"]
    assert f"{catalog}:" in done.err
    assert "1 entry was skipped" in done.err
    assert run("list", "--catalog", str(catalog)).out == done.out


@pytest.mark.parametrize("content", [b"", b"\x89PNG\0\0", b"just text", b"entries: [", b"[1, 2]", b"a: &a [*a]"])
def test_a_catalog_that_is_none_is_one_line_and_status_2(run: Run, tmp_path: Path, content: bytes) -> None:
    catalog = tmp_path / "c.yaml"
    catalog.write_bytes(content)
    for verb in (["list"], ["show", "x"], ["cite", "x"], ["check", str(catalog)]):
        done = run("--catalog", str(catalog), *verb)
        assert (done.status, done.out) == (2, "")
        assert len(done.err.splitlines()) == 1
        assert str(catalog) in done.err


def test_hostile_catalogs_can_be_listed_shown_and_cited(run: Run, tmp_path: Path) -> None:
    catalog = str(write(tmp_path / "c.yaml", hostile_entries()))
    ids = [one["id"] for one in hostile_entries()]
    for arguments in (["list"], ["list", "--json"], ["cite", *ids], ["cite", "--format", "text", *ids]):
        done = run("--catalog", catalog, *arguments)
        assert done.status == 0
        assert "Traceback" not in done.err
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out)


def test_paths_names_files_and_makes_none(run: Run, home: Path) -> None:
    done = run("paths")
    assert done.status == 0
    assert f"library  {home / 'library.json'}" in done.out
    assert not home.exists()


def test_keys_show_overrides(run: Run, home: Path) -> None:
    assert re.search(r"^  b +Bookmark ", run("keys").out, re.MULTILINE)
    home.mkdir()
    (home / "config.toml").write_text('[keys]\nbookmark = "m"\n')
    assert re.search(r"^  m +Bookmark ", run("keys").out, re.MULTILINE)
    assert "| `m` | Bookmark |" in run("keys", "--markdown").out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("theme = 5\n", ["config.toml:1: theme: expected text, found int"]),
        ("them = 'x'\n", ["config.toml:1: them: unknown key (did you mean theme?)"]),
        ("\nclipboard = 'tmx'\n", ["config.toml:2: clipboard", "did you mean tmux?"]),
        ("a = [\n", ["config.toml:1: a ] is missing"]),
    ],
)
def test_a_bad_configuration_is_named(run: Run, home: Path, content: str, words: list[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text(content)
    done = run("list", "rodriguez")
    for word in words:
        assert word in done.err
    assert done.status == 0
    assert done.out == run("list", "rodriguez", MUM_TUI_HOME=str(home / "none")).out
    assert "Traceback" not in done.err


def test_wrong_usage_is_status_2(run: Run) -> None:
    for arguments in (["nosuch"], ["cite"], ["--nosuch"], ["bookmark", "add"], ["list", "--jsn"]):
        done = run(*arguments)
        assert (done.status, done.out) == (2, "")
        assert "Traceback" not in done.err


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    import subprocess
    import sys

    command = f"{sys.executable} -m mum_tui list --json | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode == 0


def test_output_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "f").write_text("")
    with (tmp_path / "f").open("rb") as only_read:
        command = [sys.executable, "-m", "mum_tui", "list", "liver"]
        done = subprocess.run(command, stdout=only_read, stderr=subprocess.PIPE, text=True, check=False)
    assert done.stderr == "mum-tui: standard output cannot be written: Bad file descriptor\n"
    assert done.returncode == 2


def test_a_negative_limit_is_wrong_usage(run: Run) -> None:
    done = run("list", "--limit", "-1", "liver")
    assert (done.status, done.out) == (2, "")
    assert "--limit -1" in done.err
    assert run("list", "--limit", "0", "liver") == run("list", "liver")


def test_a_number_of_any_length_is_a_number(run: Run) -> None:
    assert run("list", "--limit", "9" * 20, "liver") == run("list", "liver")
    assert run("list", "--limit", "9" * 5000).status == 2
    done = run("open", "liu2023clip", "--link", "9" * 5000)
    assert (done.status, done.out) == (1, "")


def test_a_terminal_without_unicode_is_no_error(run: Run) -> None:
    done = run("show", "silvarodriguez2023transductive", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.status == 0
    assert "Silva-Rodr?guez" in done.out


def test_render_prints_or_writes_the_page(run: Run, tmp_path: Path, home: Path) -> None:
    done = run("render")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("# Medical universal models\n")
    assert "- **CLIP-Driven Universal Model for Organ Segmentation" in done.out
    path = tmp_path / "README.md"
    assert run("render", "-o", str(path)) == (0, "", "")
    assert path.read_text() == done.out
    assert len(run("render", "--summaries").out) > len(done.out)
    assert run("render", "-o", str(tmp_path)).status == 2
    assert not home.exists()


def test_compare_stands_side_by_side_where_there_is_room(run: Run) -> None:
    wide = run("compare", "liu2023clip", "ye2023uniseg", "liu2023clip", COLUMNS="100")
    assert (wide.status, wide.err) == (0, "")
    lines = wide.out.splitlines()
    assert lines[0].split("  ")[-1] == "UniSeg"
    assert lines[1].split() == ["liu2023clip", "ye2023uniseg"]
    assert max(map(len, lines)) <= 100
    assert any(line.split() == ["Venue", "*", "ICCV", "2023", "MICCAI", "2023"] for line in lines)
    narrow = run("compare", "liu2023clip", "ye2023uniseg", COLUMNS="40")
    assert max(map(len, narrow.out.splitlines())) <= 40
    assert "Venue *\n  CLIP-Driven Universal Model: ICCV\n    2023\n  UniSeg: MICCAI 2023\n" in narrow.out
    assert "Kind\n  all: paper\n" in narrow.out


def test_compare_as_markdown_and_json(run: Run) -> None:
    from markdown_it import MarkdownIt

    table = run("compare", "liu2023clip", "btcv", "--markdown").out
    tokens = MarkdownIt("commonmark").enable("table").parse(table)
    assert sum(token.type == "tr_open" for token in tokens) == len(table.splitlines()) - 1
    found = json.loads(run("compare", "liu2023clip", "btcv", "--json").out)
    assert [column["id"] for column in found["columns"]] == ["liu2023clip", "landman2015btcv"]
    assert {"label": "Kind", "cells": ["paper", "dataset"], "differs": True} in found["rows"]


def test_compare_wants_two_entries_that_exist(run: Run) -> None:
    assert run("compare", "btcv", "landman2015btcv").status == 2
    assert run("compare", "btcv", "nosuch").status == 1


def test_overview_in_text_and_json(run: Run) -> None:
    done = run("overview", COLUMNS="80")
    assert run("glance", COLUMNS="80") == done  # its name until 0.1
    assert (done.status, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 80
    for text in ("Entries over time", "Tasks by modality", "Datasets most used", "BTCV  "):
        assert text in done.out
    found = json.loads(run("overview", "--json").out)
    assert found["datasets"][0].keys() == {"label", "number", "query"}
    assert found["tasks"]["cells"][0][0]["query"].startswith("task:")
    plain = run("overview", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert plain.status == 0
    assert "###" in plain.out


def test_list_speaks_the_language_of_the_filter_box(run: Run) -> None:
    done = run("list", "sam", "-has:code", "-kind:dataset", "--fields", "id,year", "--limit", "3")
    assert done.status == 0
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert len(rows) == 3
    assert all(len(row) == 2 and row[1].isdigit() for row in rows)
    assert run("list", "-has:code").out == run("list", "--", "-has:code").out
    assert run("list", "(uses:btcv", "OR", "uses:lits)", "year:2023..").status == 0
    assert "BTCV" not in run("list", "usedby:liu2023clip", "-id:btcv", "--fields=name").out.splitlines()


def test_list_says_what_it_understood_and_still_counts_as_found(run: Run) -> None:
    done = run("list", "segmantation", "--limit", "1")
    assert done.status == 0
    assert done.err == 'mum-tui: No match for "segmantation"; showing segmentation\n'
    assert done.out == run("list", "segmentation", "--limit", "1").out
    done = run("list", "dims:zzzz")
    assert (done.status, done.out) == (1, "")
    assert 'dims has no value "zzzz"' in done.err
    assert "kind: needs a value" in run("list", "sam", "kind:").err
    assert 'kind has no value "sam"' in run("list", "kind:", "sam").err


@pytest.mark.parametrize("query", ["kind:", "()", "NOT", "year:>", '""'])
def test_of_what_cannot_be_read_nothing_is_printed(run: Run, query: str) -> None:
    for verb in (["list", "--", query], ["cite", "--query", query], ["export", "--format=ris", "--query", query]):
        done = run(*verb)
        assert (done.status, done.out) == (1, ""), verb
        assert done.err.count("\n") >= 2
    assert run("list", "sam", "--", query).out == run("list", "sam").out


@pytest.mark.parametrize(
    "pasted",
    [
        "https://arxiv.org/pdf/2301.00785v3",
        "arXiv:2301.00785 [eess.IV]",
        "DOI: 10.1109/ICCV51070.2023.01934",
        "@liu2023clip",
        "[@liu2023clip]",
        r"\cite{liu2023clip}",
        " Liu 2023 CLIP ",
    ],
)
def test_every_verb_understands_a_pasted_identifier(run: Run, pasted: str) -> None:
    title = run("show", "liu2023clip").out.splitlines()[0]
    assert run("show", pasted).out.splitlines()[0] == title
    assert run("cite", pasted, "--format=citekey").out == "liu2023clip\n"
    assert run("compare", pasted, "btcv").out == run("compare", "liu2023clip", "btcv").out
    assert run("list", "--fields=id", "--", pasted).out == "liu2023clip\n"
    assert run("bookmark", "add", pasted).status == 0
    assert run("note", pasted, "--text", "mine").status == 0
    assert run("note", "liu2023clip").out == "mine\n"
    assert run("list", "--bookmarked", "--fields=id").out == "liu2023clip\n"
    assert run("bookmark", "remove", pasted).status == 0


@pytest.mark.parametrize("format", ["bibtex", "ris", "csl-json", "apa", "text", "citekey", "cite", "pandoc", "link"])
def test_what_is_copied_finds_its_entry(run: Run, format: str) -> None:
    copied = run("cite", "liu2023clip", "--format", format).out
    assert run("list", "--fields=id", "--", " ".join(copied.split())).out == "liu2023clip\n"
    assert run("cite", copied, "--format=citekey").out == "liu2023clip\n"


def test_a_note_belongs_to_one_entry(run: Run) -> None:
    done = run("note", "[@liu2023clip; @btcv]", "--text", "mine")
    assert (done.status, done.err) == (2, "mum-tui: [@liu2023clip; @btcv] names 2 entries; name one\n")


def test_list_in_any_order_with_any_columns(run: Run) -> None:
    years = [line.split("\t")[0] for line in run("list", "--sort=-year", "--fields", "year,id").out.splitlines()]
    assert years == sorted(years)
    titles = run("list", "--sort", "title", "--fields", "title").out.splitlines()
    assert titles == sorted(titles, key=sort_key)
    for column in SORTS:
        assert run("list", "--sort", column, "--limit", "3").status == 0
    (found,) = json.loads(run("list", "id:liu2023clip", "--json", "--fields", "id,year,venue,authors,bookmarked").out)
    assert found["venue"] == "ICCV 2023"
    assert found["authors"][5] == "Landman, Bennett A."
    assert list(found) == ["id", "year", "venue", "authors", "bookmarked"]
    for arguments, near in ((["--sort", "yaer"], "year"), (["--fields", "id,titel"], "title")):
        done = run("list", *arguments)
        assert (done.status, done.out) == (2, "")
        assert f"did you mean {near}?" in done.err


def test_the_language_is_explained_where_it_is_asked_for(run: Run) -> None:
    out = run("list", "--help").out
    assert "year:2022..2024" in out
    assert "usedby" in out


@pytest.mark.parametrize("arguments", [["list", "sam"], ["cite", "nobody"], ["status", "btcv", "done"]])
def test_a_process_of_its_own_does_the_same(run: Run, arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "mum_tui", *arguments], capture_output=True, check=False)
    assert run(*arguments) == (done.returncode, done.stdout.decode(), done.stderr.decode())


BIB = "@article{x2020y, title={A b}, author={X, Y}, year=2020}"
RIS = "TY  - JOUR\nTI  - A b\nAU  - X, Y\nPY  - 2020\nID  - x2020y\nER  -\n"
CSL = '[{"id": "x2020y", "type": "article-journal", "title": "A b", "issued": {"date-parts": [[2020]]}}]'


@pytest.mark.parametrize("text", [BIB, RIS, CSL])
def test_a_list_of_any_kind_comes_from_standard_input(run: Run, text: str) -> None:
    listed = run("--catalog", "-", "list", "--fields", "title", text=text)
    assert (listed.status, listed.out) == (0, "A b\n")
    assert run("list", "--fields", "title", "--catalog", "-", text=text).out == "A b\n"
    assert "A b" in run("--catalog", "-", "cite", "--query", "b", "--format", "apa", text=text).out
    imported = run("import", "-", text=text)
    assert (imported.status, "A b" in imported.out) == (0, True)
    assert "standard input: " in imported.err
    checked = run("check", "-", text=text)
    assert "standard input: 1 entry" in checked.err
    assert run("--catalog", "-", "list", "--fields", "title", text=imported.out).out == "A b\n"


def test_standard_input_is_one_of_several_catalogs(run: Run) -> None:
    assert run("--catalog", "shipped", "--catalog", "-", "list", text=BIB).out.count("\n") == COUNT + 1


def test_a_query_comes_from_standard_input(run: Run) -> None:
    asked = run("list", "liver", "kind:dataset", "--fields", "id")
    assert asked.out
    for words in (("-",), ("--", "-")):
        assert run("list", "--fields", "id", *words, text="liver\n  kind:dataset\n") == asked
    cited = run("cite", "--query", "-", text="lits")
    assert cited == run("cite", "--query", "lits")
    for verb in (["list", "-"], ["list", "--", "-"], ["cite", "--query", "-"]):
        done = run(*verb, text=" \n")
        assert (done.status, done.out, done.err) == (2, "", "mum-tui: standard input: there is no query\n")
    nothing = run("cite", "--query", "-", text="zzzzzz")
    assert (nothing.status, "nothing matches: zzzzzz" in nothing.err) == (1, True)


def test_a_whole_title_names_an_entry(run: Run) -> None:
    title = run("list", "id:liu2023clip", "--fields", "title").out.strip()
    for name in (title, title.upper(), f'"{title}."'):
        assert run("show", name) == run("show", "liu2023clip")


@pytest.mark.parametrize("words", [("--catalog", "-", "list"), ("import", "-"), ("check", "-")])
def test_an_empty_standard_input_is_told(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.status, done.out) == (2, "")
    assert "standard input: the file is empty" in done.err


def test_what_several_entries_share_is_said_and_they_are_listed(run: Run, tmp_path: Path) -> None:
    shared = {"preprint": {"id": "2301.00785"}}
    catalog = str(write(tmp_path / "c.yaml", [entry("one2020a", **shared), entry("two2020b", **shared)]))
    for verb in ("show", "cite"):
        done = run("--catalog", catalog, verb, "arXiv:2301.00785")
        assert (done.status, done.out) == (1, "")
        assert done.err == "mum-tui: arXiv:2301.00785 names 2 entries (one2020a, two2020b); name one\n"
