"""Every entry through real BibTeX and biber (``make test-latex``, which installs them)."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from mum_tui.citation import biblatex, bibtex
from mum_tui.citation.bibtex import is_protected
from mum_tui.citation.csl import Item, arxiv_doi, arxiv_id, item
from tests.catalogs import shipped

pytestmark = pytest.mark.latex

ENTRIES = shipped().catalog.entries
ITEMS = [item(entry) for entry in ENTRIES]
PREPRINTS = [item(entry, "preprint") | {"id": f"{entry.id}-preprint"} for entry in ENTRIES if entry.preprint]

# Pages as tall as PDF allows and without numbers: what stands between two pages would split words and numbers.
BIBTEX = r"""
\documentclass{%s}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}\usepackage{textcomp}\usepackage{amssymb}
\usepackage{hyperref}\usepackage[paperwidth=21cm,paperheight=500cm,margin=2cm]{geometry}\pagestyle{empty}
\begin{document}\nocite{*}\bibliographystyle{%s}\bibliography{refs}\end{document}
"""

BIBER = r"""
\documentclass{article}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}\usepackage{textcomp}\usepackage{amssymb}
\usepackage[american]{babel}\usepackage{csquotes}
\usepackage[backend=biber,style=%s,maxbibnames=99,doi=true,eprint=true]{biblatex}\usepackage{hyperref}
\usepackage[paperwidth=21cm,paperheight=500cm,margin=2cm]{geometry}\pagestyle{empty}
\addbibresource{refs.bib}
\begin{document}\nocite{*}\printbibliography\end{document}
"""


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=600)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def compiled(folder: Path, document: str, references: str, tool: str) -> str:
    """The text of the PDF, after checking that nothing went wrong on the way."""
    if not shutil.which("pdflatex") or not shutil.which("biber"):
        pytest.fail("LaTeX is not installed: run `make test-latex`")
    (folder / "refs.bib").write_text(references, encoding="utf-8")
    (folder / "paper.tex").write_text(document, encoding="utf-8")
    latex = ("pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "paper.tex")
    run(folder, *latex)
    log = run(folder, tool, "paper")
    faults = re.compile(
        r"error message|ERROR|^Warning--(?!empty|missing|there's a number but no|can't use both)|Invalid UTF-8"
    )
    assert [line for line in log.splitlines() if faults.search(line)] == []
    run(folder, *latex)
    log = run(folder, *latex)
    assert [line for line in log.splitlines() if line.startswith("!")] == []
    return run(folder, "pdftotext", "-raw", "paper.pdf", "-")


def squeezed(text: str) -> str:
    """Text without what line and page breaks change."""
    text = unicodedata.normalize("NFKC", text).replace("ﬀ", "ff").replace("’", "'")
    return re.sub(r"[\s\-‐–—]+", "", text)


WITHOUT_DOIS = {
    "plain": "is older than DOIs: its entries have no such field",
    "IEEEtran": "prints the url field and knows no doi field",
    "vancouver": "knows the field, but its own switch adddoiresolver is off",
}
"""Styles of BibTeX that print no DOI, and why.

A DOI put into note, howpublished or url for their sake would stand twice in every style that does print the field,
so it is left to the style; the arXiv number of a preprint stands in each of them.
"""

ONLINE_BY_NUMBER = ("ieee", "nature")
"""Styles of BibLaTeX that print the arXiv number and address of a preprint in place of the DOI made of that number."""

WITHOUT_CHAPTER_TITLES = ("nature",)
"""Styles that leave out the titles of chapters, as the journal does."""


def words(items: list[Item]) -> set[str]:
    found = (re.sub(r"^\W+|\W+$", "", word) for one in items for word in one["title"].split())
    return {word for word in found if is_protected(word)}


def check(text: str, items: list[Item], style: str) -> None:
    shown = squeezed(text)
    titled = [one for one in items if one["type"] != "chapter" or style not in WITHOUT_CHAPTER_TITLES]
    assert [word for word in sorted(words(titled)) if squeezed(word) not in shown] == []
    numbers = {arxiv_id(one) for one in items} - {""}
    assert [number for number in sorted(numbers) if number not in shown] == []
    with_doi = [one for one in items if one.get("DOI")]
    if style in ONLINE_BY_NUMBER:
        with_doi = [one for one in with_doi if one["DOI"] != arxiv_doi(arxiv_id(one))]
    missing = {one["DOI"] for one in with_doi if squeezed(one["DOI"]) not in shown}
    if style in WITHOUT_DOIS:
        assert len(missing) > len(with_doi) / 2, f"{style} prints DOIs now: strike it from WITHOUT_DOIS"
    else:
        assert missing == set()


@pytest.mark.parametrize(
    ("style", "cls"),
    [
        ("plain", "article"),
        ("IEEEtran", "IEEEtran"),
        ("splncs04", "llncs"),
        ("elsarticle-num", "elsarticle"),
        ("vancouver", "article"),
    ],
)
def test_bibtex_compiles(style: str, cls: str, tmp_path: Path) -> None:
    items = ITEMS + PREPRINTS
    check(compiled(tmp_path, BIBTEX % (cls, style), bibtex.render(items), "bibtex"), items, style)


@pytest.mark.parametrize("style", ["numeric", "apa", "ieee", "nature"])
def test_biblatex_compiles(style: str, tmp_path: Path) -> None:
    items = ITEMS + PREPRINTS
    check(compiled(tmp_path, BIBER % style, biblatex.render(items), "biber"), items, style)
