"""A sheet to audit entries from: ``python -m tools.audit --seed N --count 40``.

The same seed draws the same entries from the same catalog. The sheet says of each entry what it states, group by
group, what was last checked and when, and where one can look; and what past audits said of it. Their results stand in
``tools/audits``, one YAML file an audit, so that the next curator knows what was seen.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from mum_tui.catalog.choices import FIELD_GROUPS
from mum_tui.catalog.load import load
from mum_tui.catalog.model import Entry
from mum_tui.views.wording import check_words, unchecked_groups

ROOT = Path(__file__).parents[1]
AUDITS = ROOT / "tools" / "audits"
VERDICTS = ("right", "incomplete", "wrong")
"""What an audit can say of an entry: nothing to mend, something its own sources add, something false."""


class BadAudit(Exception):
    """A file of past results that cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True)
class Verdict:
    """What one audit said of one entry: ``verdict`` is one of ``VERDICTS``, ``note`` what was to be mended."""

    audit: str
    date: str
    verdict: str
    note: str = ""


def sample(entries: Sequence[Entry], seed: int, count: int, skip: frozenset[str] = frozenset()) -> list[Entry]:
    """``count`` entries drawn by ``seed`` from all but ``skip`` (ids), in the order of the catalog; all if fewer."""
    rows = sorted((entry for entry in entries if entry.id not in skip), key=lambda entry: entry.id)
    drawn = {entry.id for entry in random.Random(seed).sample(rows, min(count, len(rows)))}  # noqa: S311 (no secret)
    return [entry for entry in entries if entry.id in drawn]


def past_verdicts(folder: Path) -> dict[str, list[Verdict]]:
    """What the audits in ``folder`` said, by entry id, oldest audit first. Raises ``BadAudit``."""
    verdicts: dict[str, list[Verdict]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for identifier, verdict in _read(path):
            verdicts.setdefault(identifier, []).append(verdict)
    return verdicts


def _read(path: Path) -> Iterator[tuple[str, Verdict]]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise BadAudit(f"{path}: {problem}") from problem
    if not isinstance(data, dict) or not isinstance(data.get("entries"), dict):
        raise BadAudit(f"{path}: expected a mapping with date and entries")
    for identifier, said in data["entries"].items():
        verdict, note = (said.get("verdict"), said.get("note", "")) if isinstance(said, dict) else (said, "")
        if verdict not in VERDICTS:
            raise BadAudit(f"{path}: {identifier}: the verdict is one of {', '.join(VERDICTS)}, not {verdict!r}")
        yield str(identifier), Verdict(path.stem, str(data.get("date", "")), str(verdict), str(note))


def sheet(entries: Sequence[Entry], past: Mapping[str, Sequence[Verdict]]) -> Iterator[str]:
    """The lines of the sheet, in Markdown: one heading an entry, one line a statement to look up."""
    for number, entry in enumerate(entries, 1):
        yield f"## {number}. {entry.id} ({entry.kind})"
        yield ""
        written = entry.written()
        for group, keys in FIELD_GROUPS.items():
            for key in keys:
                if key in written and key != "id":
                    yield f"- [ ] {group}: {key}: {_in_one_line(written[key])}"
        for doubt in entry.doubts:
            yield f"- [ ] doubt: {doubt.field}: {doubt.note}"
        yield ""
        yield from (f"Checked: {check_words(check)}" for check in entry.verified)
        if open_groups := unchecked_groups(entry):
            yield f"Not checked: {', '.join(open_groups)}"
        yield from (
            f"Look at: {source}" for source in dict.fromkeys((*(link.url for link in entry.links), *entry.sources))
        )
        for verdict in past.get(entry.id, ()):
            note = f": {verdict.note}" if verdict.note else ""
            yield f"Audited {verdict.date}: {verdict.verdict}{note}"
        yield ""


def _in_one_line(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key} {_in_one_line(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(f"({_in_one_line(item)})" if isinstance(item, dict) else _in_one_line(item) for item in value)
    return " ".join(str(value).split())


def main(words: Sequence[str] | None = None) -> int:
    """Print the sheet; the exit status is 2 when the catalog or a past audit cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m tools.audit", description="Print a sheet to audit entries from.")
    parser.add_argument("--seed", type=int, required=True, help="a number; the same one draws the same entries")
    parser.add_argument("--count", type=int, default=40, help="how many entries (40)")
    parser.add_argument("--catalog", type=Path, default=ROOT / "catalog.yaml", help="the catalog to draw from")
    parser.add_argument("--audits", type=Path, default=AUDITS, help="the folder of past results")
    parser.add_argument("--fresh", action="store_true", help="leave out entries that were audited before")
    said = parser.parse_args(words)
    if said.count < 1:
        parser.error("--count is at least 1")
    loaded = load(said.catalog)
    if not loaded.catalog.entries:
        sys.stderr.write("".join(f"{problem}\n" for problem in loaded.problems) or f"{said.catalog} has no entries\n")
        return 2
    try:
        past = past_verdicts(said.audits)
    except BadAudit as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    entries = sample(loaded.as_written.entries, said.seed, said.count, frozenset(past) if said.fresh else frozenset())
    head = f"# Audit sheet: {len(entries)} of {len(loaded.catalog.entries)} entries, seed {said.seed}\n\n"
    sys.stdout.write(head + "".join(f"{line}\n" for line in sheet(entries, past)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
