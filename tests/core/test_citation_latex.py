"""Every entry through real BibTeX and biber (``make test-latex``, which installs them)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from mum_tui.citation import biblatex, bibtex
from mum_tui.citation.bib_titles import is_protected
from mum_tui.citation.choices import Version
from mum_tui.citation.csl_item import CslItem, arxiv_doi, arxiv_id, item, text
from tests.catalogs import shipped

pytestmark = pytest.mark.latex

ENTRIES = shipped().catalog.entries
ITEMS = [item(entry) for entry in ENTRIES]
PREPRINTS = [{**item(entry, Version.PREPRINT), "id": f"{entry.id}-preprint"} for entry in ENTRIES if entry.preprint]

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


MORE_MEMORY = {"extra_mem_top": "8000000", "extra_mem_bot": "8000000"}
"""Words of memory for TeX beyond its five million: the whole catalog is a long bibliography."""


def run(folder: Path, *command: str) -> str:
    environ = {**os.environ, **MORE_MEMORY}
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=600, env=environ)
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


class Printed(NamedTuple):
    """How often a style prints the DOI, the arXiv number and the address of a work that has all three."""

    doi: int
    number: int
    url: int


PRINTED = {
    "plain": Printed(0, 0, 0),
    "IEEEtran": Printed(0, 0, 1),
    "splncs04": Printed(1, 0, 1),
    "elsarticle-num": Printed(1, 1, 1),
    "vancouver": Printed(0, 0, 1),
    "numeric": Printed(1, 1, 1),
    "apa": Printed(1, 0, 0),
    "ieee": Printed(1, 1, 1),
    "nature": Printed(1, 1, 1),
}
"""What becomes of ``doi``, ``eprint`` and ``url`` in each style.

``plain`` is older than all three; ``IEEEtran`` and ``vancouver`` know no doi (the latter's own switch for it is off). A
DOI put into note, howpublished or url for their sake would stand twice in every style that prints both fields, so it is
left to the style. No entry has a url that only leads to its DOI.
"""

PRINTED_OF_PREPRINTS = {
    "plain": Printed(0, 1, 0),
    "IEEEtran": Printed(0, 1, 1),
    "splncs04": Printed(1, 1, 1),
    "elsarticle-num": Printed(1, 2, 1),
    "vancouver": Printed(0, 1, 1),
    "numeric": Printed(1, 1, 1),
    "apa": Printed(1, 1, 0),
    "ieee": Printed(0, 1, 1),
    "nature": Printed(0, 1, 1),
}
"""The same of preprints: for BibTeX their number stands in ``howpublished`` too, which every style prints.

biblatex-ieee and biblatex-nature print arXiv's number and address in place of the DOI that is made of that number.
"""

WITHOUT_CHAPTER_TITLES = ("nature",)
"""Styles that leave out the titles of chapters, as the journal does."""


def words(items: list[CslItem]) -> set[str]:
    found = (re.sub(r"^\W+|\W+$", "", word) for one in items for word in text(one, "title").split())
    return {word for word in found if is_protected(word)}


def check(printed: str, items: list[CslItem], style: str) -> None:
    shown = squeezed(printed)
    titled = [one for one in items if one["type"] != "chapter" or style not in WITHOUT_CHAPTER_TITLES]
    assert [word for word in sorted(words(titled)) if squeezed(word) not in shown] == []
    numbers = {arxiv_id(one) for one in items} - {""}
    assert [number for number in sorted(numbers) if number not in shown] == []
    for one in items:
        if doi := text(one, "DOI"):
            table = PRINTED_OF_PREPRINTS if doi == arxiv_doi(arxiv_id(one)) else PRINTED
            # A preprint of another server has its DOI for its number, which stands in howpublished.
            expected = bool(table[style].doi) or one.get("number") == doi
            assert (squeezed(doi) in shown) == expected, doi


BY_BIBTEX = [
    ("plain", "article"),
    ("IEEEtran", "IEEEtran"),
    ("splncs04", "llncs"),
    ("elsarticle-num", "elsarticle"),
    ("vancouver", "article"),
]
BY_BIBER = ["numeric", "apa", "ieee", "nature"]


@pytest.mark.parametrize(("style", "cls"), BY_BIBTEX)
def test_bibtex_compiles(style: str, cls: str, tmp_path: Path) -> None:
    items = ITEMS + PREPRINTS
    check(compiled(tmp_path, BIBTEX % (cls, style), bibtex.render(items), "bibtex"), items, style)


@pytest.mark.parametrize("style", BY_BIBER)
def test_biblatex_compiles(style: str, tmp_path: Path) -> None:
    items = ITEMS + PREPRINTS
    check(compiled(tmp_path, BIBER % style, biblatex.render(items), "biber"), items, style)


PROBE: CslItem = {
    "id": "probe",
    "type": "article-journal",
    "title": "A title",
    "author": [{"family": "Doe", "given": "Jane"}],
    "container-title": "Journal of Imaging",
    "issued": {"date-parts": [[2023]]},
    "DOI": "10.1000/pro.be",
    "URL": "https://example.org/there",
    "custom": {"arxiv_id": "2301.00785", "primary_class": "cs.CV"},
}


@pytest.mark.parametrize(("style", "cls"), [*BY_BIBTEX, *((style, "") for style in BY_BIBER)])
def test_each_style_prints_what_is_said_of_it(style: str, cls: str, tmp_path: Path) -> None:
    for table, kind in ((PRINTED, "article-journal"), (PRINTED_OF_PREPRINTS, "article")):
        (folder := tmp_path / kind).mkdir()
        items = [{**PROBE, "type": kind}]
        if cls:
            text = compiled(folder, BIBTEX % (cls, style), bibtex.render(items), "bibtex")
        else:
            text = compiled(folder, BIBER % style, biblatex.render(items), "biber")
        shown = squeezed(text)
        assert Printed(*map(shown.count, ("10.1000/pro.be", "2301.00785", "https://example.org/there"))) == table[style]
