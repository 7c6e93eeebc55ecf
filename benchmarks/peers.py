"""``python -m benchmarks.peers``: mum-tui beside fzf, papis, cobib and peplum, on equal entries in one run.

Each round visits every program once, in turn, so that a busy machine slows all of them: it is started, its
cursor is moved, and ten keys of a filter are typed, one of them wrong and corrected. A figure is the median
over the rounds, given as a ratio to mum-tui's; milliseconds are printed for scale only.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.patient import Patient
from benchmarks.programs import PEERS, ROOT, FailedError, MumTui, Program, Work, run

FIGURES = ("first frame", "cursor key", "filter key", "ten keys", "from the shell")
LEGEND = """\
*First frame*: from the start of the program, its caches warm, to the end of the output that first shows an entry.
*Cursor key*: one line down, until the program falls silent. *Filter key*: one key of the filter, until the list is
filtered; cobib (titles only) and peplum filter on enter, so theirs is that enter. *Ten keys*: the first eight letters
of a word that one entry in ten has, with a wrong one taken back, each pressed when the one before is answered, and
that enter. *From the shell*: a whole process that prints the entries with these letters (`mum-tui list`,
`fzf --filter`, `papis list`, `cobib list`). fzf (with `--exact`) and papis (its picker) show no details beside the
list; peplum takes the entries for PEPs and prints no list."""

MARKS = re.compile(r"<!-- peers -->.*?<!-- /peers -->", re.DOTALL)
LEVEL = 0.95
"""Who needs less than so much of mum-tui's time is ahead."""

DOWN = b"\x1b[B"
DELETE = b"\x7f"
CURSOR_KEYS = 8
PREFIX = 12
"""So many characters of a title are looked for on the screen."""
MISSING = "–"
ENOUGH_SECONDS = 30.0
"""A program that took so long has no further rounds."""


class Row:
    """One program with ``size`` entries: seconds by figure, one for each round, and why there are no more."""

    def __init__(self, program: Program, size: int) -> None:
        self.program = program
        self.size = size
        self.home = program.folder / f"home-{size}"
        self.found: dict[str, list[float]] = defaultdict(list)
        self.spent = 0.0
        self.failed = program.failed

    def median(self, figure: str) -> float | None:
        """Seconds, None if it was not measured. The first round, which warms the caches, counts only if alone."""
        seconds = self.found[figure]
        return statistics.median(seconds[1:] or seconds) if seconds else None


# -- the entries -------------------------------------------------------------------------------------------


def made(size: int, file: Path) -> Path:
    """Write a made-up catalog of ``size`` entries."""
    with file.open("wb") as output:
        subprocess.run([sys.executable, "-m", "support.catalogs", str(size)], check=True, stdout=output, cwd=ROOT)
    return file


def usual_word(works: Sequence[Work]) -> str:
    """Eight letters that begin a word of about one entry in ten."""
    words: Counter[str] = Counter()
    for work in works:
        text = f"{work.title} {work.tags} {work.summary}".lower()
        words.update({word[:8] for word in re.findall(r"\b[a-z]{8,}", text)})
    return min(words, key=lambda word: (abs(words[word] * 10 - len(works)), word))


def trace(word: str) -> list[bytes]:
    """Ten keys that type ``word`` with a wrong third letter, taken back."""
    return [*[letter.encode() for letter in word[:2]], b"z", DELETE, *[letter.encode() for letter in word[2:]]]


# -- measuring ---------------------------------------------------------------------------------------------


def visit(program: Program, home: Path, works: Sequence[Work], word: str) -> Iterator[tuple[str, list[float]]]:
    """Start a program, move its cursor, filter: figures and the seconds found for them, as they are found.

    Raises:
        FailedError: the program ended by itself or did not answer in time.
    """
    terminal = Patient(program.browse(home), environ=program.environ(home))
    try:
        yield "first frame", [terminal.first_frame(frozenset(work.title[:PREFIX] for work in works))]
        terminal.rest()
        for keys in program.focus:
            terminal.answer(keys)
        yield "cursor key", [terminal.answer(DOWN) for _ in range(CURSOR_KEYS)]
        for keys in program.find:
            terminal.answer(keys)
        typed = [terminal.answer(key) for key in trace(word)]
        applied = [terminal.answer(program.apply)] if program.apply else []
        yield "filter key", applied or typed
        yield "ten keys", [sum(typed + applied)]
    finally:
        terminal.close()
    if command := program.listing(home, word):
        begin = time.perf_counter()
        run(command, program.environ(home))
        yield "from the shell", [time.perf_counter() - begin]


def fed(row: Row, works: Sequence[Work], catalog: Path) -> None:
    """Give a program its entries."""
    row.home.mkdir(parents=True)
    try:
        row.program.feed(works, catalog, row.home)
    except FailedError as failure:
        row.failed = f"cannot take the entries: {failure}"


def visited(row: Row, works: Sequence[Work], word: str) -> None:
    """Visit a program once."""
    begin = time.perf_counter()
    try:
        for figure, seconds in visit(row.program, row.home, works, word):
            row.found[figure].append(statistics.median(seconds))
    except FailedError as failure:
        row.failed = str(failure)
    row.spent += time.perf_counter() - begin


def measure(mum_tui: MumTui, peers: Sequence[Program], size: int, rounds: int) -> list[Row]:
    """Visit each program ``rounds`` times with a catalog of ``size`` entries, after a visit to warm the caches."""
    catalog = made(size, mum_tui.folder / f"catalog-{size}.yaml")
    works = mum_tui.works(catalog, mum_tui.folder)
    word = usual_word(works)
    print(f"{len(works):,} entries, filtered by {word!r}", file=sys.stderr)
    rows = [Row(program, size) for program in (mum_tui, *peers)]
    for row in rows:
        if not row.failed:
            fed(row, works, catalog)
    for turn in range(rounds + 1):
        for row in rows:
            if not row.failed and (turn < 2 or row.spent < ENOUGH_SECONDS):
                visited(row, works, word)
    return rows


# -- telling -----------------------------------------------------------------------------------------------


def cell(seconds: float | None, unit: float | None) -> str:
    """A figure as its ratio to mum-tui's, and in milliseconds."""
    if seconds is None:
        return MISSING
    milliseconds = f"{seconds * 1000:,.0f}" if seconds >= 0.01 else f"{seconds * 1000:.1f}"
    return f"{rounded(seconds / unit)} × ({milliseconds} ms)" if unit else f"({milliseconds} ms)"


def rounded(ratio: float) -> str:
    """Two digits that count."""
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def table(rows: Sequence[Row]) -> str:
    """All figures as a Markdown table that is also readable as it is."""
    units = {row.size: row for row in rows if isinstance(row.program, MumTui)}
    lines = [["entries", "program", *FIGURES]]
    for row in rows:
        name = f"{row.program.name} {row.program.version}".strip()
        cells = [cell(row.median(figure), units[row.size].median(figure)) for figure in FIGURES]
        if row.failed and MISSING in cells:
            cells[cells.index(MISSING)] = row.failed.replace("|", "/")
        elif row.failed:
            name += f" ({row.failed})"
        lines.append([f"{row.size:,}", name, *cells])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def ahead(rows: Sequence[Row]) -> str:
    """In what others are ahead of mum-tui, a line for each."""
    units = {row.size: row for row in rows if isinstance(row.program, MumTui)}
    lines: dict[str, list[str]] = defaultdict(list)
    for figure in FIGURES:
        better: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            seconds, unit = row.median(figure), units[row.size].median(figure)
            if seconds and unit and seconds < unit * LEVEL:
                better[row.program.name].append(f"{rounded(seconds / unit)} × at {row.size:,}")
        for name, where in better.items():
            lines[name].append(f"{figure} ({', '.join(where)})")
    told = [f"{name} is ahead of mum-tui in: {'; '.join(figures)}." for name, figures in lines.items()]
    return "\n".join(told) or "No other program is ahead of mum-tui in any figure."


def main() -> None:
    """Install the programs, measure them, print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds for each catalog (default: 5)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 2_000, 10_000], help="entries of the catalogs")
    parser.add_argument("--write", action="store_true", help="write the result into docs/speed.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        mum_tui = MumTui(Path(folder) / "mum-tui")
        peers = [peer(Path(folder) / peer.name) for peer in PEERS]
        mum_tui.install()
        for program in peers:
            try:
                program.install()
            except FailedError as failure:
                program.failed = f"cannot be installed: {failure}"
        rows: list[Row] = []
        for size in arguments.sizes:
            rows += measure(mum_tui, peers, size, arguments.rounds)
            print(f"{table(rows[-len(peers) - 1 :])}\n", file=sys.stderr)
    counted = f"Rounds measured: {arguments.rounds}; a program that needs over {ENOUGH_SECONDS:.0f} s has fewer."
    result = f"{table(rows)}\n\n{ahead(rows)}\n\n{LEGEND} {counted}"
    print(result)
    if arguments.write:
        page = ROOT / "docs" / "speed.md"
        text = MARKS.sub(lambda _: f"<!-- peers -->\n\n{result}\n\n<!-- /peers -->", page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
