"""The programs measured side by side: how each is installed, given the entries, started and asked.

Every program but mum-tui is only ever run: it is installed into an environment of its own that is thrown away,
nothing of it is imported, and it keeps its files in a home of its own. What a class says of its program is true
of the version that is installed; a program that changed fails in its row, it does not stop the others.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60.0
"""Longest wait for one answer."""
INSTALL_SECONDS = 600.0
"""Longest wait for an installation."""
FEED_SECONDS = 120.0
"""Longest wait for an import. Neither is measured."""


class FailedError(Exception):
    """A program could not be installed, ended by itself or did not answer; the text says which, in one line."""


class Work(NamedTuple):
    """What an entry says to every program; authors as ``Family, Given``."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int
    venue: str
    tags: str
    summary: str


def run(command: Sequence[str], environ: Mapping[str, str], seconds: float = SECONDS) -> str:
    """The output of a whole command.

    Raises:
        FailedError: it is missing, takes too long or ends with an error.
    """
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    try:
        done = subprocess.run(command, capture_output=True, env={**variables, **environ}, timeout=seconds, text=True)
    except subprocess.TimeoutExpired:
        raise FailedError(f"over {seconds:.0f} s") from None
    except OSError as error:
        raise FailedError(f"does not start: {error.strerror}") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "nothing said").splitlines()[-1]
        raise FailedError(f"ended with {done.returncode}: {said}")
    return done.stdout


class Program:
    """A program under measurement. ``folder`` is its own: an environment, and one home for each catalog."""

    name = ""
    package = ""
    """What pip installs."""
    focus: Sequence[bytes] = ()
    """What is pressed before the cursor keys, where they would not move in the list."""
    find: Sequence[bytes] = ()
    """What is pressed to come to where the words of a filter are typed."""
    apply = b""
    """Runs the filter; empty where each key does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = ""
        self.failed = ""

    def install(self) -> None:
        """Install it and ask its version.

        Raises:
            FailedError: it cannot be installed.
        """
        self._pip(self.package)
        self.version = self._pip_version(self.package)

    def environ(self, home: Path) -> dict[str, str]:
        """Variables that keep all its files below ``home`` and the user's settings out."""
        folders = {f"XDG_{what}_HOME": str(home / what.lower()) for what in ("CONFIG", "DATA", "CACHE", "STATE")}
        return {
            **folders,
            "HOME": str(home),
            "MUM_TUI_HOME": str(home),
            "FZF_DEFAULT_OPTS": "",
            "FZF_DEFAULT_COMMAND": "",
        }

    def feed(self, works: Sequence[Work], catalog: Path, home: Path) -> None:
        """Store the entries in its own format, below ``home``."""
        raise NotImplementedError

    def browse(self, home: Path) -> list[str]:
        """The command that shows all entries."""
        raise NotImplementedError

    def listing(self, home: Path, word: str) -> list[str]:
        """The command that prints the entries with ``word``; empty when there is none."""
        return []

    def program(self, name: str) -> str:
        """A program of its environment."""
        return str(self.folder / "venv/bin" / name)

    def _pip(self, *packages: str) -> None:
        venv.create(self.folder / "venv", with_pip=True)
        command = [self.program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        run(command, {}, INSTALL_SECONDS)

    def _pip_version(self, package: str) -> str:
        script = f"import importlib.metadata; print(importlib.metadata.version({package!r}))"
        return run([self.program("python"), "-c", script], {}).strip()


class MumTui(Program):
    """This checkout."""

    name = "mum-tui"
    package = "mum-tui"
    find = (b"/",)

    def install(self) -> None:
        self._pip(str(ROOT))
        self.version = self._pip_version(self.package)

    def feed(self, works: Sequence[Work], catalog: Path, home: Path) -> None:
        shutil.copy(catalog, home / "catalog.yaml")

    def browse(self, home: Path) -> list[str]:
        return [self.program("mum-tui"), "--catalog", str(home / "catalog.yaml")]

    def listing(self, home: Path, word: str) -> list[str]:
        return [*self.browse(home), "list", word]

    def works(self, catalog: Path, home: Path) -> list[Work]:
        """What the other programs are told of the entries of a catalog."""
        command = [self.program("mum-tui"), "--catalog", str(catalog), "list", "--json"]
        return [_work(entry) for entry in json.loads(run(command, self.environ(home), INSTALL_SECONDS))]


def _work(entry: dict[str, Any]) -> Work:
    version = entry.get("published") or entry.get("record") or {}
    authors = [name if isinstance(name, str) else name["organisation"] for name in entry.get("authors", ())]
    tags = [word for key in ("modalities", "dims", "tasks", "anatomy", "tags") for word in entry.get(key, ())]
    return Work(
        entry["id"],
        entry["title"],
        tuple(authors),
        int(version.get("year") or entry.get("date", "2020")[:4]),
        version.get("container") or version.get("publisher") or "arXiv",
        ", ".join(tags),
        entry.get("summary", ""),
    )


class Fzf(Program):
    """One line an entry, with all its words, searched for substrings as the others do."""

    name = "fzf"
    package = "iterfzf"  # a wheel that carries the released program

    def install(self) -> None:
        self.path = shutil.which("fzf") or self._from_wheel() or self._from_system()
        self.version = run([self.path, "--version"], {}).split()[0]

    def _from_wheel(self) -> str:
        try:
            self._pip(self.package)
        except FailedError:
            return ""
        return next(
            (str(path) for path in self.folder.glob("venv/lib/*/site-packages/iterfzf/fzf*") if not path.suffix), ""
        )

    def _from_system(self) -> str:
        if os.geteuid() or not shutil.which("apt-get"):
            raise FailedError("is not installed")
        run(["apt-get", "install", "--quiet", "--yes", "fzf"], {}, INSTALL_SECONDS)
        return "fzf"

    def feed(self, works: Sequence[Work], catalog: Path, home: Path) -> None:
        lines = [" ".join(" · ".join(_words(work)).split()) + "\n" for work in works]
        (home / "lines").write_text("".join(lines), encoding="utf-8")

    def browse(self, home: Path) -> list[str]:
        return ["sh", "-c", 'exec "$0" --exact --layout=reverse < "$1"', self.path, str(home / "lines")]

    def listing(self, home: Path, word: str) -> list[str]:
        return ["sh", "-c", 'exec "$0" --exact --filter "$2" < "$1"', self.path, str(home / "lines"), word]


def _words(work: Work) -> list[str]:
    return [work.title, "; ".join(work.authors), f"{work.venue} {work.year}", work.tags, work.summary, work.id]


class Papis(Program):
    """One folder with an ``info.yaml`` for each entry; its picker filters with each key."""

    name = package = "papis"

    def feed(self, works: Sequence[Work], catalog: Path, home: Path) -> None:
        library = home / "library"
        for work in works:
            info = {
                "ref": work.id,
                "title": work.title,
                "author": " and ".join(work.authors),
                "year": work.year,
                "journal": work.venue,
                "tags": work.tags,
                "abstract": work.summary,
            }
            (library / work.id).mkdir(parents=True)
            (library / work.id / "info.yaml").write_text(json.dumps(info), encoding="utf-8")  # JSON is YAML
        config = home / "config/papis/config"
        config.parent.mkdir(parents=True)
        config.write_text(f"[settings]\ndefault-library = works\n[works]\ndir = {library}\n", encoding="utf-8")
        run([self.program("papis"), "cache", "reset"], self.environ(home), FEED_SECONDS)

    def browse(self, home: Path) -> list[str]:
        return [self.program("papis"), "open"]

    def listing(self, home: Path, word: str) -> list[str]:
        return [self.program("papis"), "list", "--all", word]


class Cobib(Program):
    """One YAML document for each entry; its filter is a line of options, run by enter."""

    name = package = "cobib"
    find = (b"f", b"--ignore-case ++title ")
    apply = b"\r"

    def feed(self, works: Sequence[Work], catalog: Path, home: Path) -> None:
        database = home / "data/cobib/literature.yaml"
        database.parent.mkdir(parents=True)
        with database.open("w", encoding="utf-8") as file:
            for work in works:
                names = [name.partition(", ") for name in work.authors]
                fields = {
                    "ENTRYTYPE": "article",
                    "author": [{"first": given, "last": family} for family, _, given in names],
                    "title": work.title,
                    "year": work.year,
                    "journal": work.venue,
                    "keywords": work.tags,
                    "abstract": work.summary,
                }
                file.write(f"---\n{json.dumps({work.id: fields}, ensure_ascii=False)}\n...\n")
        run([self.program("cobib"), "list", "--limit", "1"], self.environ(home), FEED_SECONDS)  # makes its cache

    def browse(self, home: Path) -> list[str]:
        return [self.program("cobib")]

    def listing(self, home: Path, word: str) -> list[str]:
        return [self.program("cobib"), "list", "--ignore-case", "++title", word]


class Peplum(Program):
    """A browser of Python's PEPs, which shall take the entries for PEPs; its filter is a dialog, run by enter."""

    name = package = "peplum"
    focus = (b"\t",)
    find = (b"/",)
    apply = b"\r"

    def feed(self, works: Sequence[Work], catalog: Path, home: Path) -> None:
        nothing = (
            "discussions_to",
            "python_version",
            "post_history",
            "resolution",
            "requires",
            "replaces",
            "superseded_by",
        )
        peps = {
            str(number): {
                **dict.fromkeys(nothing),
                "number": number,
                "title": work.title,
                "authors": ", ".join(work.authors),
                "author_names": list(work.authors),
                "status": "Final",
                "type": "Informational",
                "topic": work.tags,
                "created": f"01-Jan-{work.year}",
                "url": "",
            }
            for number, work in enumerate(works, 1)
        }
        for file, content in (
            ("data/peplum/peps.json", peps),
            ("config/peplum/configuration.json", {"details_visble": True}),
        ):
            (home / file).parent.mkdir(parents=True)
            (home / file).write_text(json.dumps(content), encoding="utf-8")

    def browse(self, home: Path) -> list[str]:
        return [self.program("peplum")]


PEERS: tuple[type[Program], ...] = (Fzf, Papis, Cobib, Peplum)
