"""The library from the shell: statuses, notes, tags, ratings, the reading list, BibTeX, export and import."""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mum_tui.citation.managed_block import END, START
from mum_tui.state.drafts import Drafts
from tests.catalogs import entry, write
from tests.cli.conftest import Run


def kept(home: Path) -> Any:
    return json.loads((home / "library.json").read_bytes())["entries"]


def test_statuses_ratings_tags_and_notes(run: Run, home: Path) -> None:
    assert run("status", "liu2023clip", "lits", "reading") == (0, "", "")
    assert run("rate", "liu2023clip", "4") == (0, "", "")
    assert run("tag", "add", "#to cite", "liu2023clip", "btcv") == (0, "", "")
    assert run("note", "liu2023clip", "-", text="# Good\r\n\n- é\n") == (0, "", "")
    item = kept(home)["liu2023clip"]
    assert (item["status"], item["rating"], item["note"]) == ("reading", 4, "# Good\n\n- é")
    assert list(item["tags"]) == ["to-cite"]
    assert item["changed"].keys() == {"status", "rating", "note"}
    assert item["title"].startswith("CLIP-Driven")
    assert run("note", "liu2023clip").out == "# Good\n\n- é\n"
    assert run("tag").out == run("tag", "list").out == "to-cite\t2\n"
    assert [line.split("\t")[0] for line in run("tag", "list", "to-cite").out.splitlines()] == [
        "liu2023clip",
        "landman2015btcv",
    ]
    assert run("status", "lits", "none").status == 0
    assert run("tag", "remove", "to-cite", "btcv").status == 0
    assert run("note", "liu2023clip", "--text", "").status == 0
    assert run("rate", "liu2023clip", "none").status == 0
    assert list(kept(home)) == ["liu2023clip"]
    assert run("note", "liu2023clip") == (1, "", "mum-tui: liu2023clip has no note\n")


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["status", "liu2023clp", "read"], 1, "did you mean liu2023clip"),
        (["status", "btcv", "done"], 2, '"done" is neither the id of an entry nor a status'),
        (["rate", "btcv", "6"], 2, "nor a rating (1, 2, 3, 4, 5, none)"),
        (["status", "read"], 2, "name an entry: mum-tui status ID read"),
        (["tag", "add", "#", "btcv"], 2, "a tag is a word"),
        (["tag", "list", "none"], 1, 'no entry has the tag "none"'),
        (["tag"], 1, "there are no tags"),
        (["note", "btcv", "-", "--text", "x"], 2, "not allowed with"),
        (["note", "btcv", "--edit"], 2, "an editor needs a terminal"),
        (["reading-list"], 1, "there is nothing to list"),
        (["library", "import", "no-such-file"], 2, "no-such-file: cannot be read: No such file"),
    ],
)
def test_what_does_not_work_is_one_line_and_makes_no_file(
    run: Run, home: Path, arguments: list[str], status: int, word: str
) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (status, "")
    assert word in done.err
    assert not (home / "library.json").exists()


def test_what_the_catalog_no_longer_has_can_still_be_changed(run: Run, home: Path, tmp_path: Path) -> None:
    catalog = str(write(tmp_path / "c.yaml", [entry("one", aliases=["uno"])]))
    home.mkdir()
    (home / "library.json").write_text(
        '{"entries": {"lost": {"tags": ["x", "y\\nz"], "title": "L\\to\\nst"}, "uno": {"rating": 1}}}'
    )
    assert run("--catalog", catalog, "tag", "list").out == "x\t1\ny z\t1\n"
    assert run("--catalog", catalog, "tag", "list", "x").out == "lost\tL o st\n"
    assert run("--catalog", catalog, "rate", "lost", "one", "5").status == 0
    assert {key: item["rating"] for key, item in kept(home).items()} == {"lost": 5, "uno": 5}
    listed = run("--catalog", catalog, "reading-list").out
    assert "### L o st\n\nnot in this catalog · ★★★★★ · `#x`" in listed
    assert "The paper called one" in listed


def edited(editor: str, variable: str = "EDITOR") -> tuple[int, bytes, bytes]:
    """Status of ``note btcv --edit`` with this editor in a terminal, its standard error, and what the terminal got."""
    master, slave = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "mum_tui", "note", "btcv", "--edit"],
        stdin=slave,
        stdout=slave,
        stderr=subprocess.PIPE,
        env={**os.environ, variable: editor},
        timeout=60,
        check=False,
    )
    os.set_blocking(master, False)
    try:
        written = os.read(master, 100)
    except BlockingIOError:
        written = b""
    os.close(master)
    os.close(slave)
    return done.returncode, done.stderr, written


def test_a_note_is_written_in_the_users_editor(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\np = Path(sys.argv[1])\np.write_text(p.read_text() + 'more')"
    )
    for _ in range(2):
        assert edited(f"{sys.executable} {script}")[0] == 0
    assert kept(home)["landman2015btcv"]["note"] == "more\nmore"


def test_a_note_written_elsewhere_while_an_editor_has_it_is_kept_too(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom mum_tui import cli\nPath(sys.argv[1]).write_text('edited')\n"
        "sys.exit(cli.main(['note', 'btcv', '--text', 'meanwhile']))"
    )
    status, words, _ = edited(f"{sys.executable} {script}")
    assert status == 0
    assert b"changed elsewhere meanwhile: both are kept" in words
    assert kept(home)["landman2015btcv"]["note"] == "meanwhile\n\n---\n\nedited"


def test_an_editor_that_changes_nothing_stores_nothing(home: Path) -> None:
    for editor, expected, word in (("true", 0, b"nothing was changed"), ("false", 2, b"status 1; nothing was changed")):
        status, words, _ = edited(editor)
        assert status == expected
        assert word in words
    assert not (home / "library.json").exists()
    assert not (home / "library.json.lock").exists()


@pytest.mark.parametrize("can_be_kept", [True, False])
def test_what_an_editor_that_failed_left_is_not_lost(home: Path, tmp_path: Path, can_be_kept: bool) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys\nfrom pathlib import Path\nPath(sys.argv[1]).write_text('precious')\nsys.exit(3)")
    if not can_be_kept:
        (home / "state").mkdir(parents=True)
        (home / "state" / "drafts").write_text("where a folder should be")
    status, words, written = edited(f"{sys.executable} {script}", "VISUAL")
    assert status == 2
    assert b"status 3; nothing was changed" in words
    assert (b"stored as a draft" in words) == can_be_kept
    if can_be_kept:
        assert next(iter(Drafts(home / "state" / "drafts").all().values())).text == "precious"
    else:
        assert written == b"precious\r\n"


@pytest.mark.parametrize(
    "verb",
    [
        ["rate", "btcv", "none"],
        ["status", "btcv", "none"],
        ["tag", "remove", "x", "btcv"],
        ["note", "btcv", "--text", ""],
    ],
)
def test_taking_away_what_is_not_there_makes_no_file(run: Run, home: Path, verb: list[str]) -> None:
    assert run(*verb).status == 0
    assert not (home / "library.json").exists()


def test_a_note_that_can_be_kept_nowhere_is_printed(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("mum_tui.storage.files.write_atomically", full)
    monkeypatch.setattr("mum_tui.state.drafts.write_atomically", full)
    done = run("note", "btcv", "--text", "precious\nwords")
    assert done.status == 2
    assert "No space left" in done.err
    assert done.out == "precious\nwords\n"


def test_a_note_that_cannot_be_saved_is_kept_as_a_draft(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text('{"schema": 9, "entries": {}}')
    done = run("note", "btcv", "--text", "precious")
    assert done.status == 2
    assert "newer mum-tui" in done.err
    assert "stored as a draft" in done.err
    (draft,) = (home / "state" / "drafts").iterdir()
    assert "precious" in draft.read_text()


def test_the_reading_list(run: Run, tmp_path: Path) -> None:
    run("status", "liu2023clip", "read")
    run("bookmark", "add", "btcv")
    assert "## Read\n\n### [CLIP-Driven" in run("reading-list").out
    assert "BTCV" not in run("reading-list", "--status", "read").out
    assert "CLIP" not in run("reading-list", "--bookmarked").out
    target = tmp_path / "list.md"
    assert run("reading-list", "-o", str(target)) == (0, "", "")
    assert target.read_text() == run("reading-list").out
    done = run("reading-list", "-o", str(tmp_path / "list.md" / "below"))
    assert (done.status, len(done.err.splitlines())) == (2, 1)


def test_a_bibtex_file_follows_the_bookmarks(run: Run, tmp_path: Path) -> None:
    bib = tmp_path / "refs.bib"
    own = b"@article{mine, title={A}}\r\n@misc{Landman2015BTCV, title={B}}\r\n"
    bib.write_bytes(own)
    run("bookmark", "add", "btcv", "liu2023clip")
    done = run("sync-bib", str(bib))
    assert (done.status, done.out) == (0, "")
    assert "skipped, because the file defines them outside the block: landman2015btcv" in done.err
    first = bib.read_bytes()
    assert first.startswith(own)
    assert first.count(b"\n") == first.count(b"\r\n")
    assert b"@inproceedings{liu2023clip," in first
    assert first.lower().count(b"{landman2015btcv,") == 1
    assert "unchanged" in run("sync-bib", str(bib)).err
    bib.write_bytes(own[:27] + first[len(own) :] + b"% behind")
    run("bookmark", "remove", "liu2023clip")
    assert run("sync-bib", str(bib)).status == 0
    text = bib.read_bytes()
    assert re.search(re.escape(END.encode()) + rb" \[[0-9a-f]{8}\]\r\n% behind\Z", text)
    assert b"@inproceedings{landman2015btcv," in text
    assert b"liu2023clip" not in text
    bib.write_bytes(text.replace(END.encode(), b"% lost"))
    damaged = bib.read_bytes()
    done = run("sync-bib", str(bib))
    assert done.status == 2
    assert f"{bib}:3: the block that begins here does not end" in done.err
    assert bib.read_bytes() == damaged


def test_what_was_changed_inside_the_block_is_told_and_never_lost(run: Run, tmp_path: Path) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text("% mine\n\n")
    run("bookmark", "add", "btcv", "liu2023clip")
    run("sync-bib", str(bib))
    written = bib.read_text()
    edited = written.replace("year", "note    = {Read it!},\n  year", 1)
    bib.write_text(edited)
    done = run("sync-bib", str(bib))
    line = 1 + edited[: edited.index("note ")].count("\n")
    assert done.status == 2
    assert done.err.startswith(f"mum-tui: {bib}:{line}: the block was changed by hand here; nothing was written\n")
    assert "--force" in done.err
    assert bib.read_text() == edited
    assert (
        run("sync-bib", str(bib), "--force")
        .err.splitlines()[0]
        .endswith("a copy of its old content is in refs.bib.bak")
    )
    assert bib.read_text() == written
    assert (tmp_path / "refs.bib.bak").read_text() == edited
    bib.write_text(edited.upper())
    assert run("sync-bib", str(bib)).status == 0  # without a marker line in sight, all of it is the user's own
    bib.write_text(edited)
    assert "is in refs.bib.bak2" in run("sync-bib", str(bib), "--force").err
    # Moved out of the block, an entry is the user's own; what the catalog or the bookmarks change is no edit.
    first, rest = written.index("@"), written.index("@", written.index("@") + 1)
    bib.write_text(written[:first] + written[rest:] + written[first:rest])
    done = run("sync-bib", str(bib))
    assert done.status == 0
    assert "the file defines them outside the block" in done.err
    assert bib.read_text().count("@") == 2
    run("bookmark", "remove", "btcv", "liu2023clip")
    assert run("sync-bib", str(bib)).status == 0
    assert bib.read_text().count("@") == 1


def test_only_a_file_is_written_to(run: Run, tmp_path: Path) -> None:
    run("bookmark", "add", "btcv")
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere" / "refs.bib")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    for name, word in (
        ("folder", "Is a directory"),
        ("pipe", "a pipe"),
        ("dangling", "No such file"),
        ("loop", "symbolic links"),
        ("nowhere/refs.bib", "No such file"),
    ):
        done = run("sync-bib", str(tmp_path / name))
        assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
        assert word in done.err
    assert not (tmp_path / "nowhere").exists()
    assert (tmp_path / "pipe").is_fifo()


def test_a_new_bibtex_file_has_the_usual_mode_and_a_link_stays(run: Run, tmp_path: Path) -> None:
    run("bookmark", "add", "btcv")
    real, link = tmp_path / "real.bib", tmp_path / "link.bib"
    link.symlink_to(real)
    assert run("sync-bib", str(link)).status == 0
    assert link.is_symlink()
    assert real.read_text().startswith(START)
    mask = os.umask(0)
    os.umask(mask)
    assert real.stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_library_goes_out_and_in_again(run: Run, tmp_path: Path) -> None:
    run("status", "btcv", "lits", "read")
    run("note", "btcv", "--text", "here")
    out = tmp_path / "out.json"
    assert run("library", "export", str(out)).status == 0
    assert run("library", "export").out == out.read_text()
    assert "the library already has all of it" in run("library", "import", str(out)).err
    elsewhere = str(tmp_path / "elsewhere")
    run("note", "btcv", "--text", "there", MUM_TUI_HOME=elsewhere)
    done = run("library", "import", text=out.read_text(), MUM_TUI_HOME=elsewhere)
    assert done == (0, "", "mum-tui: standard input: added 1, completed 1\n")
    both = kept(Path(elsewhere))
    assert sorted(both["landman2015btcv"]["note"].split("\n\n---\n\n")) == ["here", "there"]
    assert both["bilic2023lits"]["status"] == "read"
    assert run("library", "import", text=out.read_text(), MUM_TUI_HOME=elsewhere).err.endswith(
        "already has all of it\n"
    )


def test_of_a_newer_library_what_is_known_is_imported(run: Run, home: Path) -> None:
    done = run("library", "import", text='{"schema": 4, "entries": {"a": {"rating": 2, "later": [1]}}}')
    assert done.status == 0
    assert "newer mum-tui (schema 4)" in done.err
    assert kept(home) == {"a": {"rating": 2, "later": [1]}}


HOSTILE = """{"schema": 1, "__proto__": {}, "entries": {
 "\\u001b]0;PWNED\\u0007": {"bookmarked": "2026-01-01T00:00:00Z", "title": "\\u001b[2J\\nA", "url": "javascript:1"},
 "": {"note": "\\u202eabc", "rating": true, "tags": {"\\n#x y": 5, "": ""}},
 "a": {"tags": 7, "status": "to-read", "changed": {"status": "9999-99-99T99:99:99Z"}, "rating": 1e99},
 "b": [[]], "c": null, "d": {"bookmarked": {"x": 1}, "note": ["y"], "rating": 99999999999999999999},
 "btcv": {"status": "read", "note": "%s", "changed": {"status": "not a date"}}}}"""


def test_a_hostile_library_is_imported_as_data(run: Run, home: Path) -> None:
    run("status", "btcv", "reading")
    run("note", "btcv", "--text", "mine")
    done = run("library", "import", text=HOSTILE % ("x" * 1_000_000))
    assert (done.status, done.out) == (0, "")
    assert len(done.err.splitlines()) == 1
    item = kept(home)["landman2015btcv"]
    assert item["status"] == "reading"
    assert "mine" in item["note"]
    for verb in (["reading-list"], ["tag", "list"], ["bookmark", "list"], ["list", "is:read"], ["library", "export"]):
        done = run(*verb)
        assert done.status == 0, verb
        assert not set(done.out + done.err) & set("\x1b\x07\u202e")
    deep = '{"entries": {"a": ' + "[" * 100_000 + "]" * 100_000 + "}}"
    assert run("library", "import", text=deep).status == 2
    assert kept(home)["landman2015btcv"] == item


@pytest.mark.parametrize("text", ["", "{", "[]", '{"entries": 5}'])
def test_what_is_no_library_is_not_imported(run: Run, home: Path, text: str) -> None:
    done = run("library", "import", "-", text=text)
    assert done.status == 2
    assert "nothing was imported" in done.err
    assert not home.exists()


def test_a_tag_from_elsewhere_that_is_no_word_can_be_taken(run: Run, home: Path) -> None:
    run("library", "import", text='{"entries": {"btcv": {"tags": ["two words", "👩\u200d⚕\ufe0f"], "rating": 1}}}')
    assert run("tag", "remove", "two words", "btcv") == (0, "", "")
    assert run("tag", "add", "👩\u200d⚕\ufe0f", "lits") == (0, "", "")
    assert run("tag").out == "👩\u200d⚕\ufe0f\t2\n"


def test_what_has_a_status_is_exported_and_cited(run: Run) -> None:
    run("status", "btcv", "lits", "read")
    run("status", "liu2023clip", "to-read")
    done = run("export", "--format", "bibtex", "--status", "read")
    assert done.out.count("\n@") + done.out.startswith("@") == 2
    assert "landman2015btcv" in done.out
    assert run("cite", "--status", "to-read", "--format", "citekey").out == "liu2023clip\n"
    either = "id:liu2023clip OR id:landman2015btcv"
    exported = json.loads(run("export", "--format", "json", "--status", "read", "--query", either).out)
    assert [entry["id"] for entry in exported] == ["landman2015btcv"]
    assert run("export", "--format", "json", "--status", "reading").status == 1
