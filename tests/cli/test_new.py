"""``new``: a block on standard output, what ``check`` says of it on standard error, from options, a pipe or answers."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogs import write
from tests.cli.conftest import Run

BIBTEX = "@article{x, title={A {3D} thing}, author={van der Roe, R. and Doe, J.}, journal={J}, year={2024}}\n"


def test_bibtex_from_a_file_or_a_pipe(run: Run, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_text(BIBTEX + BIBTEX)
    done = run("new", "--bibtex", str(path), "--section", "sam")
    assert done.status == 0
    blocks = done.out.split("\n\n")
    assert blocks[0].startswith("  - id: roe20243d\n    kind: paper\n    section: sam\n    title: A 3D thing\n")
    assert blocks[1].startswith("  - id: roe20243db\n")
    assert "authors: ['van der Roe, R.', 'Doe, J.']" in done.out
    assert "new entry:1: warning: roe20243d.summary: is missing" in done.err
    assert run("new", "--bibtex", "-", text=BIBTEX).out == run("new", text=BIBTEX).out
    assert not home.exists()


RIS = "TY  - JOUR\nAU  - van der Roe, R.\nAU  - Doe, J.\nTI  - A 3D thing\nT2  - J\nPY  - 2024\nER  - \n"
NBIB = "PMID- 12345\nTI  - A 3D thing.\nFAU - van der Roe, R\nJT  - J\nDP  - 2024\n"
CSL = (
    '[{"id": "x", "type": "article-journal", "title": "A 3D thing", "container-title": "J", '
    '"issued": {"date-parts": [[2024]]}, "author": [{"family": "Roe", "given": "R."}]}]'
)


@pytest.mark.parametrize("text", [BIBTEX, RIS, NBIB, CSL], ids=["bibtex", "ris", "medline", "csl-json"])
def test_a_record_of_any_format_is_a_block(run: Run, text: str, tmp_path: Path) -> None:
    done = run("new", text=text)
    assert (done.status, done.out.split("\n")[0]) == (0, "  - id: roe20243d"), done.err
    assert "title: A 3D thing\n" in done.out
    assert run("new", "-", text=text) == done
    (tmp_path / "one").write_text(text)
    assert run("new", str(tmp_path / "one")) == done


def test_the_block_goes_into_the_catalog_as_it_is(run: Run, tmp_path: Path) -> None:
    catalog = write(tmp_path / "c.yaml", [])
    content = catalog.read_text().replace("entries: []\n", "entries:\n")
    block = run("new", "--arxiv", "2301.00785", "--title", "Some: title", "--catalog", str(catalog)).out
    catalog.write_text(content + block)
    assert "Some: title" in run("list", "--catalog", str(catalog)).out
    done = run("check", "--strict", str(catalog))
    assert done.status == 1
    assert ": error:" not in done.out


def test_options_are_put_together(run: Run) -> None:
    done = run("new", "--bibtex", "-", "--arxiv", "2312.07381", "--doi", "10.1234/x", "--name", "Thing", text=BIBTEX)
    assert done.status == 0
    for text in (
        "name: Thing",
        "date: 2023-12",
        "preprint: {id: '2312.07381'}",
        "doi: 10.1234/x",
        "{rel: preprint, url: 'https://arxiv.org/abs/2312.07381'}",
        "{rel: paper, url: 'https://doi.org/10.1234/x'}",
    ):
        assert text in done.out
    assert "id: roe20233d" in done.out


@pytest.mark.parametrize(
    ("arguments", "text", "status", "words"),
    [
        (["--arxiv", "12.34"], "", 2, '"12.34" is no arXiv number'),
        (["--doi", "x"], "", 2, '"x" is no DOI'),
        (["--section", "smm"], "2301.00785", 2, "did you mean sam?"),
        (["--kind", "papr"], "2301.00785", 2, "did you mean paper?"),
        (["--bibtex", "/nowhere/x.bib"], "", 2, "cannot be read"),
        ([], "hello", 2, '"hello" is not BibTeX, RIS, MEDLINE, CSL-JSON, an arXiv number or a DOI'),
        ([], "", 1, "the input has no entr"),
        ([], "@article{x, title={y", 0, "line 1 of the BibTeX: x: is not whole"),
        ([], "@article{x, y", 1, "line 1 of the BibTeX: x: cannot be read"),
        (["--arxiv", "2301.00785"], "", 0, "the same preprint as liu2023clip"),
    ],
)
def test_what_cannot_be_used_is_one_line(run: Run, arguments: list[str], text: str, status: int, words: str) -> None:
    done = run("new", *arguments, text=text)
    assert done.status == status
    assert words in done.err
    assert bool(done.out) == (status == 0)
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "record",
    [
        ["TY  - JOUR", "TI  - Asked", "AU  - Doe, Jane", "PY  - 2024", "ER  - "],
        ["PMID- 123", "TI  - Asked", "FAU - Doe, Jane", "DP  - 2024", ""],
        ['[{"id": "a", "type": "book", "title": "Asked",', '"author": [{"family": "Doe", "given": "Jane"}]},', "{}]"],
    ],
)
def test_a_record_of_several_lines_is_pasted_whole(home: Path, record: list[str]) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, "".join(f"{line}\n" for line in [*record, "paper", "abdomen", "", "", ""]).encode())
    done = subprocess.run(
        [sys.executable, "-m", "mum_tui", "new"], stdin=theirs, capture_output=True, check=False, timeout=60
    )
    os.close(theirs)
    os.close(ours)
    assert b"title: Asked" in done.stdout
    assert b"authors: ['Doe, Jane']" in done.stdout
    assert b"paste BibTeX, RIS, MEDLINE, CSL-JSON, an arXiv number or a DOI" in done.stderr


def test_it_asks_on_a_terminal(home: Path) -> None:
    ours, theirs = pty.openpty()
    answers = [
        "@article{x,",
        "title={Asked}, year=2024}",
        "Doe, Jane; Roe, R.",
        "dataset",
        "abdomen",
        "Ask",
        "It asks.",
    ]
    os.write(ours, "".join(f"{answer}\n" for answer in [*answers, "https://github.com/lab/ask"]).encode())
    done = subprocess.run(
        [sys.executable, "-m", "mum_tui", "new"],
        stdin=theirs,
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0, done.stderr
    block = done.stdout.decode()
    for line in (
        "  - id: doe2024ask",
        "    kind: dataset",
        "    section: abdomen",
        "    title: Asked",
        "    authors: ['Doe, Jane', 'Roe, R.']",
        "    summary: It asks.",
        "      - {rel: code, url: 'https://github.com/lab/ask'}",
    ):
        assert f"{line}\n" in block
    assert b"full title" not in done.stderr
    assert b"authors (Family, Given;" in done.stderr
    assert not home.exists()
