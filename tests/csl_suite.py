"""The official CSL test suite: `python -m tests.csl_suite DIR [--mode citation|bibliography] [--json] [--show NAME]`.

DIR holds its fixtures, one .txt file a test. Prints how many pass by category and the names of those that fail;
the HTML is compared exactly.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mum_tui.citation import csl_dates, csl_notes, locators
from mum_tui.citation.csl import Citation, Cite, Processor, Style, StyleError
from mum_tui.citation.csl.spans import Part
from mum_tui.citation.engine import load_locale
from tests.csl_html import html

_SECTION = re.compile(r">>=+ *([A-Z-]+) *=+>>\n(.*?)<<=+ *\1 *=+<<", re.DOTALL)
_NOTHING = "[CSL STYLE ERROR: reference with no printed form.]"
"""What the suite wants where a citation prints nothing."""
_RAISED = {
    code: f"<sup>{''.join(chr(int(point, 16)) for point in spread.split()[1:])}</sup>"
    for code in range(0x3200)
    if (spread := unicodedata.decomposition(chr(code))).startswith("<super>")
} | {ord(raised): f"<sup>{plain}</sup>" for raised, plain in ("ˀʔ", "ˁʕ", "ۥو", "ۦي")}
"""Raised characters, which the suite wants as markup."""
_POSITIONS = {0: "first", 1: "subsequent", 2: "ibid", 3: "ibid-with-locator"}


class Fixture:
    """One test: its sections by name."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.sections: dict[str, str] = dict(_SECTION.findall(path.read_text(encoding="utf-8")))
        self.mode = self.sections["MODE"].strip()
        self.wanted = self.sections["RESULT"].strip()
        self.items: list[dict[str, Any]] = json.loads(self.sections["INPUT"])
        for at, item in enumerate(self.items):
            item.setdefault("id", f"ITEM-{at + 1}")
            if "note" in item:
                csl_notes.take_variables(item)
            csl_dates.take_apart(item)

    def json(self, section: str) -> Any:
        """A section that holds JSON; None where the fixture has none."""
        return json.loads(self.sections[section]) if section in self.sections else None

    def run(self) -> str:
        """What the processor prints."""
        processor = Processor(Style.parse(self.sections["CSL"].strip()), load_locale)
        if self.json("CITATIONS"):
            lines = self._in_document(processor, self.json("CITATIONS"))
            if self.mode == "citation":
                return "\n".join(lines)
        else:
            processor.set_items(self._cited(self.json("BIBENTRIES")))
        if self.mode == "bibliography":
            return bibliography(processor, self._selected(self.json("BIBSECTION")))
        clusters = self.json("CITATION-ITEMS") or [[{"id": entry.item.id} for entry in processor.entries]]
        citations = [Citation([_cite(cite) for cite in cluster]) for cluster in clusters]
        return "\n".join(written(parts) or _NOTHING for parts in processor.cite(citations, place=False))

    def _cited(self, entries: Any) -> list[dict[str, Any]]:
        if not entries:
            return self.items
        wanted = [str(name) for name in (entries[-1] if isinstance(entries[-1], list) else entries)]
        by_id = {str(item["id"]): item for item in self.items}
        return [by_id[name] for name in wanted if name in by_id]

    def _selected(self, section: Any) -> set[str] | None:
        if not section:
            return None
        return {str(item["id"]) for item in self.items if _in_section(item, section)}

    def _in_document(self, processor: Processor, calls: list[Any]) -> list[str]:
        """The citations after the last call: ">>" before those that it changed, ".." before the others."""
        known: dict[str, dict[str, Any]] = {}
        before: dict[str, object] = {}
        notes: dict[str, int] = {}
        lines: list[str] = []
        for citation, earlier, later in calls:
            name = str(citation.get("citationID", f"#{len(known)}"))
            known[name] = citation
            note = citation.get("properties", {}).get("noteIndex", 0)
            order = [(str(other), number) for other, number in earlier] + [(name, note)]
            order += [(str(other), number) for other, number in later]
            texts = self._texts(processor, [(known[other], number) for other, number in order])
            after = dict(zip(order, texts, strict=True))
            cites = Counter(str(cite["id"]) for other, _ in order for cite in known[other]["citationItems"])
            states = {other: (text, self._state(processor, known[other], cites)) for (other, _), text in after.items()}
            changed = {other for other, state in states.items() if before.get(other) != state or other == name}
            changed |= {other for other, number in order if self._moved(known, other, notes.get(other, number), number)}
            notes = dict(order)
            lines = [
                f"{'>>' if o in changed else '..'}[{at}] {text}" for at, ((o, _), text) in enumerate(after.items())
            ]
            before = dict(states)
        return lines

    def _moved(self, known: dict[str, Any], name: str, before: int, note: int) -> bool:
        """Whether a citation changed its note and other citations refer to it."""
        cited = {str(cite["id"]) for cite in known[name]["citationItems"]}
        others = {str(cite["id"]) for other in known if other != name for cite in known[other]["citationItems"]}
        return before != note and bool(cited & others)

    def _state(self, processor: Processor, citation: dict[str, Any], cites: Counter[str]) -> str:
        """What else a citation depends on: the suite counts it as changed when this changes.

        The disambiguate condition counts from an item's second cite on: it is for later cites that look the same.
        """
        cited = {str(cite["id"]) for cite in citation["citationItems"]}
        numbered = '"citation-number"' in self.sections["CSL"]
        entries = [entry for entry in processor.entries if entry.item.id in cited]
        later = [entry.item.id for entry in entries if entry.hints.conditions and cites[entry.item.id] > 1]
        return "".join(f"{entry.number if numbered else 0} {entry.hints.key()}" for entry in entries) + "".join(later)

    def _texts(self, processor: Processor, citations: list[tuple[dict[str, Any], int]]) -> list[str]:
        by_id = {str(item["id"]): item for item in self.items}
        cited = [str(cite["id"]) for citation, _ in citations for cite in citation["citationItems"]]
        processor.set_items([by_id[name] for name in cited])
        clusters = [Citation([_cite(c) for c in citation["citationItems"]], note) for citation, note in citations]
        return [written(parts) for parts in processor.cite(clusters)]


def written(parts: list[Part]) -> str:
    """The parts as the suite's HTML, which has one style without its name."""
    return html(parts).translate(_RAISED).replace('style="vertical-align:baseline;"', 'style="baseline"')


def _id(item: dict[str, Any]) -> str:
    return str(item["id"])


def _cite(values: dict[str, Any]) -> Cite:
    author = "only" if values.get("author-only") else "suppress" if values.get("suppress-author") else ""
    label, locator = str(values.get("label") or ""), str(values.get("locator") or "")
    if not label:
        label, locator = locators.split(locator)
    return Cite(
        id=str(values["id"]),
        locator=locator,
        label=label,
        prefix=str(values.get("prefix") or ""),
        suffix=str(values.get("suffix") or ""),
        author=author,
        position=_POSITIONS.get(values.get("position", 0), "first"),
        near_note=bool(values.get("near-note")),
        first_note=int(values.get("first-reference-note-number") or 0),
    )


def _in_section(item: dict[str, Any], section: dict[str, Any]) -> bool:
    def matches(test: dict[str, Any]) -> bool:
        value = item.get(test["field"])
        return (
            value == test["value"]
            or (isinstance(value, list) and test["value"] in value)
            or (not value and not test["value"])
        )

    if "include" in section:
        return any(map(matches, section["include"]))
    if "select" in section:
        return all(map(matches, section["select"]))
    if "exclude" in section:
        return not any(map(matches, section["exclude"]))
    return not all(map(matches, section.get("quash", [])))


def bibliography(processor: Processor, only: set[str] | None = None) -> str:
    """The HTML of a bibliography as the suite prints it."""
    entries = [_entry(ref.parts) for ref in processor.bibliography() if ref.parts and (only is None or ref.id in only)]
    return "\n".join(['<div class="csl-bib-body">', *entries, "</div>"])


def _entry(parts: list[Part]) -> str:
    text = written(parts)
    text = re.sub(r'<div class="csl-left-margin">', r"\n    \g<0>", text)
    text = re.sub(r'<div class="csl-block">.*?</div>', r"\n\n    \g<0>\n", text)
    text = re.sub(r'<div class="csl-(?:right-inline|indent)">.*?</div>', r"\g<0>\n  ", text)
    return f'  <div class="csl-entry">{text}</div>'


def run(folder: Path, mode: str = "") -> Iterator[tuple[Fixture, str]]:
    """Each fixture with what the processor prints, or the error it ends in."""
    for path in sorted(folder.glob("*.txt")):
        fixture = Fixture(path)
        if mode and fixture.mode != mode:
            continue
        try:
            yield fixture, fixture.run()
        except StyleError as problem:
            yield fixture, f"error: {problem}"
        except Exception as problem:  # a crash is a failing test, not the end of the run
            yield fixture, f"crash: {type(problem).__name__}: {problem}"


def main(arguments: list[str]) -> int:
    """Runs the suite; 1 where a test fails."""
    parser = argparse.ArgumentParser(prog="tests.csl_suite", description="Run the CSL test suite.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", choices=("citation", "bibliography"), default="")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--show", action="append", default=[], help="print what a test wants and gets")
    options = parser.parse_args(arguments)
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    modes: Counter[str] = Counter()
    failing = []
    for fixture, got in run(options.folder, options.mode):
        category = fixture.name.partition("_")[0]
        right = int(got == fixture.wanted)
        total[category] += 1
        passed[category] += right
        modes[f"{fixture.mode} {'passed' if right else 'failed'}"] += 1
        if not right:
            failing.append(fixture.name)
        if any(name in fixture.name for name in options.show):
            print(f"== {fixture.name}: {'right' if right else 'WRONG'}\n-- wanted\n{fixture.wanted}\n-- got\n{got}")
    count = (sum(passed.values()), sum(total.values()))
    if options.json:
        categories = {name: [passed[name], total[name]] for name in sorted(total)}
        print(json.dumps({"passed": count[0], "total": count[1], "categories": categories, "failing": failing}))
    else:
        for name in sorted(total):
            print(f"{name:16} {passed[name]:4} / {total[name]}")
        for kind in ("citation", "bibliography"):
            good, bad = modes[f"{kind} passed"], modes[f"{kind} failed"]
            if good + bad:
                print(f"{kind:16} {good:4} / {good + bad}  {100 * good / (good + bad):.1f} %")
        print(f"{'all':16} {count[0]:4} / {count[1]}", *(["failing:"] if failing else []), *failing, sep="\n  ")
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
