"""Reads the user's settings from the environment and ``config.toml``.

A wrong setting never keeps the program from starting: its default applies, and ``Config.problems`` has the reason.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from mum_tui.problems import ERROR, WARNING, Problem, Severity, did_you_mean, nearest
from mum_tui.settings.options import BY_NAME, CLIPBOARDS, NAMES, OPTIONS, SHIPPED, InvalidValue, Option, names_in
from mum_tui.settings.paths import absolute, expanded
from mum_tui.text import MOST_IN_BOX, clean, one_line

__all__ = ["CLIPBOARDS", "Config", "load", "parse"]

MAX_BYTES = 200_000
"""The most bytes of a configuration file."""

MOST_PROBLEMS = 100
"""The most lines that are told because they are not UTF-8."""

MOST_SEARCHES = 200
"""The most searches that are used."""


class Config(Struct, frozen=True):
    """The settings; fields have the default values.

    ``keys`` has keys by action id, ``lines`` their lines in the file by action id, ``searches`` queries by name.
    ``sources`` says for each setting that was changed where its value comes from.
    """

    theme: str = ""
    catalog: str = ""
    catalogs: tuple[str, ...] = ()
    browser: str = ""
    clipboard: str = "auto"
    columns: tuple[str, ...] = ()
    keys: dict[str, str] = {}
    searches: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    sources: dict[str, str] = {}


def load(path: Path, environ: Mapping[str, str] | None = None) -> Config:
    """The settings of the file ``path``, overridden by the variables of ``environ``; never raises."""
    content, problems = _content(path)
    config = parse(content, str(path), path.parent)
    if problems:
        config = _with(config, problems=(*problems, *config.problems))
    return _with_environment(config, environ or {})


def _content(path: Path) -> tuple[str, list[Problem]]:
    """The text of a file, without the lines that are not UTF-8, and the problems; empty if there is no file."""
    from mum_tui.storage import files

    try:
        with files.open_regular(path) as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return "", []
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return "", [Problem(str(path), 0, "", f"cannot be read: {reason}")]
    if len(data) > MAX_BYTES:
        return "", [Problem(str(path), 0, "", f"is larger than {MAX_BYTES // 1000} kB")]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), [Problem(str(path), 0, "", "is UTF-16: save it as UTF-8", "", WARNING)]
    lines: list[str] = []
    problems: list[Problem] = []
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append("")
            problems.append(Problem(str(path), number, "", "is not UTF-8 text", "save the file as UTF-8"))
    return "\n".join(lines), problems[:MOST_PROBLEMS]


def parse(content: str, file: str, folder: Path | None = None) -> Config:
    """The settings in a TOML text; never raises.

    Args:
        content: the text of the file.
        file: the name of the file in problems.
        folder: relative paths of catalogs start here; without it, no catalog is looked for.
    """
    if not content:
        return Config()
    from mum_tui.settings import toml_lines

    values, faults = toml_lines.read(content)
    reader = _ConfigReader(file, content, folder)
    reader.problems += [Problem(file, fault.line, "", fault.message) for fault in faults]
    settings: dict[str, Any] = {}
    for key, value in values.items():
        if key == "keys":
            settings[key] = reader.keys(value)
        elif key == "searches":
            settings[key] = reader.searches(value)
        elif key not in BY_NAME:
            reader.warn(key, "unknown key", did_you_mean(key, NAMES))
        elif BY_NAME[key].is_list_of_files:
            settings[key] = reader.texts(key, value)
        elif reader.is_right(key, value):
            settings[key] = names_in(value) if BY_NAME[key].separator else value
    if settings.get("catalogs") and settings.get("catalog"):
        reader.warn("catalog", "is ignored because catalogs is set", "make it one of the catalogs")
    lines = {action: reader.line("keys", action) for action in settings.get("keys", ())}
    sources = {key: f"file, line {reader.line(key)}" for key in settings if key in BY_NAME}
    return Config(**settings, lines=lines, problems=tuple(reader.problems), sources=sources)


def _with(config: Config, **changes: Any) -> Config:
    from msgspec.structs import replace

    return replace(config, **changes)


def _with_environment(config: Config, environ: Mapping[str, str]) -> Config:
    for option in OPTIONS:
        value = environ.get(option.variable, "")
        if not value:
            continue
        if invalid := option.check(value):
            problem = Problem(f"${option.variable}", 0, "", invalid.message, invalid.hint)
            config = _with(config, problems=(*config.problems, problem))
            continue
        sources = config.sources | {option.name: f"environment, {option.variable}"}
        if option.name == "catalog" and not sources.get("catalogs", "").startswith("environment"):
            config = _with(config, catalogs=())  # of the file
            sources.pop("catalogs", None)
        config = _with(config, **{option.name: _in_environment(option, value)}, sources=sources)
    return config


def _in_environment(option: Option, value: str) -> Any:
    """The value of an option from the text of its variable. Relative paths start in the current folder."""
    if option.is_list_of_files:
        return tuple(_from_here(part) for part in value.split(os.pathsep) if part)
    if option.name == "catalog":
        return _from_here(value)
    return names_in(value) if option.separator else value


def _from_here(path: str) -> str:
    return path if path == SHIPPED else str(absolute(expanded(path)))


class _ConfigReader:
    """Reads the values of one file and collects the problems."""

    def __init__(self, file: str, content: str, folder: Path | None) -> None:
        self.file = file
        self.folder = folder
        self.content = content
        self.lines = content.split("\n")  # the line ends of TOML
        self.problems: list[Problem] = []

    @cached_property
    def _places(self) -> dict[tuple[str, ...], int]:
        from mum_tui.settings import toml_lines

        return toml_lines.places(self.content)

    def line(self, *path: str) -> int:
        """The line of a key, else of the table it is in; 0 if the file has neither."""
        return self._places.get(path) or (self.line(*path[:-1]) if len(path) > 1 else 0)

    def warn(self, key: str, message: str, hint: str = "", level: Severity = WARNING, line: int = 0) -> None:
        line = line or self.line(key) or self.line(*key.split(".", 1))
        self.problems.append(Problem(self.file, line, one_line(clean(key)), message, hint, level))

    def fail(self, key: str, message: str, hint: str = "", line: int = 0) -> None:
        self.warn(key, message, hint, ERROR, line)

    def is_right(self, key: str, value: Any) -> bool:
        """Whether an option can have this value; if not, adds a problem."""
        option = BY_NAME[key]
        if option.separator and isinstance(value, list) and all(isinstance(name, str) for name in value):
            value = ",".join(value)
        if not isinstance(value, str):
            expected = "a list of names" if option.separator else "text"
            self.fail(key, f"expected {expected}, found {type(value).__name__}", f"write {option.example_line}")
            return False
        invalid = option.check(value) or (self._catalog(value) if key == "catalog" else None)
        if invalid:
            self.fail(key, invalid.message, invalid.hint)
        return invalid is None

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        """The usable texts of a list; others are problems."""
        example = f"write {BY_NAME[key].example_line}"
        if not isinstance(value, list):
            self.fail(key, f"expected a list of texts, found {type(value).__name__}", example)
            return ()
        texts: list[str] = []
        for part in value:
            if not isinstance(part, str) or not part.strip():
                self.fail(key, f"expected texts, found {one_line(clean(repr(part)))[:40]}", example)
            elif invalid := BY_NAME[key].check(part) or self._layer(part):
                self.fail(key, invalid.message, invalid.hint, self._line_within(key, part))
            else:
                texts.append(part)
        return tuple(dict.fromkeys(texts))

    def _line_within(self, key: str, part: str) -> int:
        """The line of a part of a list that may extend over several lines."""
        first = self.line(key)
        return next((at for at in range(first, len(self.lines) + 1) if at and part in self.lines[at - 1]), first)

    def _layer(self, value: str) -> InvalidValue | None:
        """Why ``value`` names no file or folder to open; None if it does."""
        if self.folder is None or value == SHIPPED:
            return None
        path = self.folder / expanded(value)
        beside: list[str] = []
        try:
            if path.exists():
                return None
            beside = sorted(other.name for other in path.parent.iterdir())[:1000]
        except (OSError, ValueError):
            pass  # then there is no name to suggest
        near = nearest(path.name, [*beside, SHIPPED] if path.parent == self.folder else beside)
        hint = f"did you mean {clean(near[0])}?" if near else "it is skipped, the others are opened"
        return InvalidValue(f'there is no file or folder "{one_line(clean(value))}"', hint)

    def _catalog(self, value: str) -> InvalidValue | None:
        if self.folder is None or not value or value == SHIPPED:
            return None
        try:
            is_there = (self.folder / expanded(value)).exists()
        except (OSError, ValueError):
            is_there = False
        return None if is_there else InvalidValue(f'there is no file "{one_line(clean(value))}"')

    def keys(self, value: Any) -> dict[str, str]:
        """The texts of the table ``keys``; other values are problems."""
        if not isinstance(value, dict):
            self.fail("keys", "expected a table", 'write [keys] and below it bookmark = "m"')
            return {}
        for action, keys in value.items():
            if not isinstance(keys, str):
                self.fail(f"keys.{action}", "expected the keys as one text", f'write {clean(action)} = "b,m"')
        return {action: keys for action, keys in value.items() if isinstance(keys, str)}

    def searches(self, value: Any) -> dict[str, str]:
        """The usable queries of the table ``searches``; others are problems."""
        if not isinstance(value, dict):
            self.fail("searches", "expected a table", 'write [searches] and below it todo = "is:unread has:code"')
            return {}
        searches: dict[str, str] = {}
        for name, query in value.items():
            shown = one_line(clean(name))
            if not isinstance(query, str):
                self.fail(f"searches.{name}", "expected a query as text", f'write "{shown}" = "is:unread has:code"')
            elif not shown or not query.strip():
                self.warn(f"searches.{name}", "is empty and was skipped")
            elif len(query) > MOST_IN_BOX:
                self.warn(f"searches.{name}", f"is longer than {MOST_IN_BOX:,} characters and was skipped")
            else:
                searches[shown] = one_line(clean(query))
        if len(searches) > MOST_SEARCHES:
            self.warn("searches", f"has {len(searches)} searches, only the first {MOST_SEARCHES} are used")
        return dict(list(searches.items())[:MOST_SEARCHES])
