"""Every entry through real BibTeX and biber (``make test-latex``, which installs them)."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from mum_tui.catalog.load import load
from mum_tui.citation import biblatex, bibtex
from mum_tui.citation.bibtex import is_protected
from mum_tui.citation.csl import Item, item
from mum_tui.services import shipped_catalog

pytestmark = pytest.mark.latex

ENTRIES = load(shipped_catalog()).catalog.entries
ITEMS = [item(entry) for entry in ENTRIES]
PREPRINTS = [item(entry, "preprint") | {"id": f"{entry.id}-preprint"} for entry in ENTRIES if entry.preprint]

BIBTEX = r"""
\documentclass{%s}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}\usepackage{textcomp}\usepackage{amssymb}
\usepackage{hyperref}
\begin{document}\nocite{*}\bibliographystyle{%s}\bibliography{refs}\end{document}
"""

BIBER = r"""
\documentclass{article}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}\usepackage{textcomp}\usepackage{amssymb}
\usepackage[american]{babel}\usepackage{csquotes}
\usepackage[backend=biber,style=%s,maxbibnames=99,doi=true,eprint=true]{biblatex}\usepackage{hyperref}
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


def words(items: list[Item]) -> set[str]:
    found = (re.sub(r"^\W+|\W+$", "", word) for one in items for word in one["title"].split())
    return {word for word in found if is_protected(word)}


def check(text: str, items: list[Item]) -> None:
    shown = squeezed(text)
    assert [word for word in sorted(words(items)) if squeezed(word) not in shown] == []
    numbers = {one["number"].split(":")[1] for one in items if one.get("number", "").startswith("arXiv:")}
    assert [number for number in sorted(numbers) if number not in shown] == []


def missing_dois(text: str, items: list[Item]) -> list[str]:
    shown = squeezed(text)
    return [one["DOI"] for one in items if one.get("DOI") and squeezed(one["DOI"]) not in shown]


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
    text = compiled(tmp_path, BIBTEX % (cls, style), bibtex.render(items), "bibtex")
    check(text, items)
    if style in ("splncs04", "elsarticle-num"):  # the others print no DOI at all, or not of every type
        assert missing_dois(text, items) == []


@pytest.mark.parametrize("style", ["numeric", "apa", "ieee", "nature"])
def test_biblatex_compiles(style: str, tmp_path: Path) -> None:
    items = ITEMS + PREPRINTS
    text = compiled(tmp_path, BIBER % style, biblatex.render(items), "biber")
    check(text, items)
    if style in ("numeric", "apa"):
        assert missing_dois(text, items) == []
