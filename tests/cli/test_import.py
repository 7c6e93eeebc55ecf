"""``import``: a catalog made of lists, from files or from standard input."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

BIB = "@article{doe2020, title={A whole title}, author={Doe, Jane}, journal={Journal}, year={2020}, doi={10.1000/x}}\n"
RIS = "TY  - JOUR\nTI  - Another whole title\nAU  - Roe, Rick\nPY  - 2021\nER  - \n"


def test_standard_input_is_imported_like_a_file(run: Run, tmp_path: Path) -> None:
    done = run("import", "-", text=BIB)
    assert done.status == 0
    assert done.err.startswith("mum-tui: standard input: BibTeX, 1 entry\n")
    (tmp_path / "a.bib").write_text(BIB)
    assert run("import", str(tmp_path / "a.bib")).out == done.out
    again = run("import", "-", text=done.out)
    assert (again.status, again.out) == (0, done.out)
    (tmp_path / "b.ris").write_text(RIS)
    both = run("import", "-", str(tmp_path / "b.ris"), text=BIB).out
    assert "- id: doe2020\n" in both
    assert "- id: roe2021another\n" in both
    empty = run("import", "-")
    assert (empty.status, empty.out) == (2, "")
    assert empty.err.startswith("mum-tui: standard input: the file is empty")
