"""``python -m tests.field_loss [--write] [ITEMS.json]``: what of a CSL item survives BibTeX, BibLaTeX and RIS.

Every variable of CSL goes through each format on its own, in an item of every type. Programs read the files back:
pandoc all three, biber BibLaTeX, rispy RIS. Prints a table of the fields that each variable is written to and the
programs that give its value back; ``--write`` puts it into docs/citing.md. With ITEMS.json it prints instead which
values of these items no field holds. Needs ``pip install pypandoc_binary==1.17`` and biber.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import rispy

from mum_tui.catalog.csl_variables import DATES, NAMES, TEXTS
from mum_tui.citation import biblatex, bibtex, ris

Item = dict[str, Any]
FORMATS: dict[str, Callable[[Iterable[Item]], str]] = {
    "bibtex": bibtex.render, "biblatex": biblatex.render, "ris": ris.render,
}  # fmt: skip
TYPES = [
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book", "software",
    "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip
_NO_VARIABLES = frozenset([
    "id", "type", "custom", "categories", "citation-key", "citation-label", "citation-number",
    "first-reference-note-number", "locator", "year-suffix", "event", "journalAbbreviation", "shortTitle",
    "page-first",
])  # fmt: skip
"""What is no work's own, or another name of a variable."""
VARIABLES = tuple(sorted((NAMES | DATES | TEXTS) - _NO_VARIABLES, key=str.lower))
_SPECIMENS = {
    "page": "4711-4799", "DOI": "10.4711/zq", "URL": "https://example.org/4711", "PMID": "24711471",
    "PMCID": "PMC4711", "ISBN": "978-0-4711-0000-2", "ISSN": "4711-0002", "language": "tlh", "abstract": "Zq 4711",
}  # fmt: skip
_SIGN = re.compile(r"4711|zqfamily|1871|tlh", re.IGNORECASE)
"""What a value is known by."""
PAGE = Path(__file__).resolve().parent.parent / "docs" / "citing.md"
_TABLE = re.compile(r"(?<=<!-- fields -->\n\n).*?(?=\n\n<!-- /fields -->)", re.DOTALL)


class Found(NamedTuple):
    """Of one variable in one format: how often in each field, and how often each program gives it back."""

    fields: Counter[str]
    readers: Counter[str]


def specimen(variable: str) -> Any:
    """A value that is recognised wherever it goes."""
    if variable in NAMES:
        return [{"family": "Zqfamily", "given": "Anna"}]
    if variable in DATES:
        return {"date-parts": [[1871, 4, 7]]}
    return _SPECIMENS.get(variable, "4711")


def items() -> dict[str, tuple[str, Item]]:
    """An item for each variable and type, by its id, with the variable."""
    made: dict[str, tuple[str, Item]] = {}
    for variable in VARIABLES:
        for kind in TYPES:
            key = f"k{len(made)}"
            usual = {"title": "T", "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [[2020]]}}
            made[key] = (variable, {"id": key, "type": kind, **usual, variable: specimen(variable)})
    return made


def written(text: str) -> dict[str, dict[str, str]]:
    """The fields of each entry by its key, of BibTeX and RIS as they are written here: a field a line."""
    entries: dict[str, dict[str, str]] = {}
    fields: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith(("@", "TY  -")):
            fields = {}
        if line.startswith(("@", "ID  -")):
            entries[re.split(r"[{-]", line, maxsplit=1)[1].strip(" ,")] = fields
        if match := re.match(r"\s*(\w[\w-]*) += (.*)|([A-Z][A-Z0-9])  - (.*)", line):
            fields[match[1] or match[3]] = f"{fields.get(match[1] or match[3], '')} {match[2] or match[4]}"
    return entries


def fields_of(texts: dict[str, str], made: dict[str, tuple[str, Item]]) -> dict[str, dict[str, Counter[str]]]:
    """By format and variable, the fields that hold its value, and in how many types; no program is needed."""
    where: dict[str, dict[str, Counter[str]]] = {}
    for format, text in texts.items():
        where[format] = defaultdict(Counter)
        for key, fields in written(text).items():
            holding = [name for name, value in fields.items() if name != "ID" and _SIGN.search(value)]
            where[format][made[key][0]].update(holding[:1])
    return where


def table(where: dict[str, dict[str, Counter[str]]], readers: dict[str, dict[str, set[str]]]) -> str:
    """The rows of all variables. readers: by format and variable, the programs that give the value back."""
    lines = ["| variable | BibTeX | BibLaTeX | RIS |", "| --- | --- | --- | --- |"]
    for variable in VARIABLES:
        cells = []
        for format in FORMATS:
            names = ", ".join(f"`{name}`" for name, _ in where[format][variable].most_common(3))
            back = ", ".join(sorted(readers.get(format, {}).get(variable, ())))
            cells.append(f"{names} ({back})" if names and back else names or "–")
        lines.append(f"| `{variable}` | {' | '.join(cells)} |")
    return "\n".join(lines)


# Reading back


def _pandoc(text: str, format: str) -> dict[str, Item]:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "-f", format, "-t", "csljson"]
    done = subprocess.run(command, input=text, capture_output=True, check=True, text=True)
    return {str(item["id"]): item for item in json.loads(done.stdout)}


def _biber(text: str, folder: Path) -> dict[str, dict[str, str]]:
    (folder / "in.bib").write_text(text, encoding="utf-8")
    command = ["biber", "--tool", "--quiet", "--output-file", "out.bib", "in.bib"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return written((folder / "out.bib").read_text(encoding="utf-8"))


def back(texts: dict[str, str], made: dict[str, tuple[str, Item]]) -> dict[str, dict[str, set[str]]]:
    """By format and variable, the programs that give its value back, under its name where they have CSL's names."""
    readers: dict[str, dict[str, set[str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        biber = _biber(texts["biblatex"], Path(folder))
    for format, text in texts.items():
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for key, item in _pandoc(text, format).items():
            value = json.dumps(item.get(made[key][0], ""))
            counts[made[key][0]]["pandoc"] += bool(_SIGN.search(value))
        if format == "biblatex":
            for key, fields in biber.items():
                counts[made[key][0]]["biber"] += any(_SIGN.search(value) for value in fields.values())
        if format == "ris":
            for record in rispy.loads(text):
                rest = json.dumps({name: value for name, value in record.items() if name != "id"})
                counts[made[record["id"]][0]]["rispy"] += bool(_SIGN.search(rest))
        readers[format] = {
            variable: {name for name, count in counter.items() if count} for variable, counter in counts.items()
        }
    return readers


def lost(given: list[Item]) -> list[str]:
    """The values of items that no field of a format holds, a line each."""
    lines = []
    for format, render in FORMATS.items():
        for item in given:
            text = re.sub(r"\W", "", render([item])).lower()
            for variable in VARIABLES:
                value = item.get(variable)
                if isinstance(value, str | int) and re.sub(r"\W", "", str(value)).lower() not in text:
                    lines.append(f"{format}: {item['id']}: {item['type']}: {variable}: {value}")
    return lines


def main() -> None:
    """Print the table, or what is lost of the items given."""
    parser = argparse.ArgumentParser(prog="python -m tests.field_loss", description=__doc__)
    parser.add_argument("items", nargs="?", type=Path, help="CSL-JSON: what of these items is lost")
    parser.add_argument("--write", action="store_true", help="put the table into docs/citing.md")
    given = parser.parse_args()
    if given.items:
        print("\n".join(lost(json.loads(given.items.read_text(encoding="utf-8")))))
        return
    made = items()
    texts = {format: render([item for _, item in made.values()]) for format, render in FORMATS.items()}
    text = table(fields_of(texts, made), back(texts, made))
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(_TABLE.sub(lambda _: text, page), encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
