"""The user's ``config.toml``: what it may say, and what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from mum_tui.problems import ERROR, WARNING, Problem, Unreadable, did_you_mean
from mum_tui.text import clean, one_line

CLIPBOARDS = ("auto", "native", "tmux", "osc52", "file")


class Config(Struct, frozen=True):
    """Settings with their defaults.

    ``keys`` maps action ids to keys, ``lines`` to where they stand; ``searches`` maps names to queries.
    """

    theme: str = ""
    catalog: str = ""
    browser: str = ""
    clipboard: str = "auto"
    keys: dict[str, str] = {}
    searches: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()


_TEXTS = ("theme", "catalog", "browser", "clipboard")


def load(path: Path) -> Config:
    """The settings in ``path``; the defaults where there is no such file.

    Unknown keys are warnings in ``problems``.

    Raises:
        Unreadable: the file is no TOML, or a value has the wrong type.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Config()
    except NotADirectoryError:
        return Config()
    except OSError as error:
        raise Unreadable(Problem(str(path), 0, "", f"cannot be read: {error.strerror or error}")) from error
    except UnicodeDecodeError as error:
        raise Unreadable(Problem(str(path), 0, "", "is not UTF-8 text")) from error
    return parse(content, str(path))


def parse(content: str, file: str) -> Config:
    """The settings in the TOML text ``content``; raises like ``load``."""
    import tomllib

    try:
        values = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = clean(str(error))
        line = re.search(r"at line (\d+)", message)
        raise Unreadable(
            Problem(file, int(line[1]) if line else 0, "", f"TOML syntax error: {re.sub(r' [(]at .*', '', message)}")
        ) from error
    reader = _Reader(file, content)
    settings: dict[str, Any] = {}
    for key, value in values.items():
        if key == "keys":
            settings[key] = reader.keys(value)
        elif key == "searches":
            settings[key] = reader.searches(value)
        elif key not in _TEXTS:
            reader.warn(key, "unknown key", did_you_mean(key, (*_TEXTS, "keys", "searches")))
        elif not isinstance(value, str):
            reader.stop(key, f"expected text, found {type(value).__name__}")
        else:
            settings[key] = value
    if (chosen := settings.get("clipboard", "auto")) not in CLIPBOARDS:
        reader.stop("clipboard", f'"{clean(chosen)}" is no way to copy', did_you_mean(chosen, CLIPBOARDS))
    lines = {action: reader.line("keys", action) for action in settings.get("keys", ())}
    return Config(**settings, lines=lines, problems=tuple(reader.problems))


class _Reader:
    def __init__(self, file: str, content: str) -> None:
        self.file = file
        self.lines = content.split("\n")  # as TOML counts them
        self.problems: list[Problem] = []

    def line(self, *path: str) -> int:
        """The line a key stands in, or the table it is in; 0 if neither is found."""
        name = r"\s*\.\s*".join(rf"""["']?{re.escape(part)}["']?""" for part in path)
        stands = re.compile(rf"\s*{name}\s*[=.]")
        table = ""
        for number, line in enumerate(self.lines, 1):
            header = re.match(r"\s*\[+(.*?)\]", line)
            if header:
                table = f"{header[1]}."
            if stands.match(table if header else table + line):
                return number
        return self.line(*path[:-1]) if len(path) > 1 else 0

    def warn(self, key: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, self.line(*key.split(".", 1)), clean(key), message, hint, WARNING))

    def stop(self, key: str, message: str, hint: str = "") -> None:
        raise Unreadable(Problem(self.file, self.line(*key.split(".", 1)), clean(key), message, hint, ERROR))

    def keys(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            self.stop("keys", "expected a table", 'write [keys] and below it bookmark = "m"')
        for action, keys in value.items():
            if not isinstance(keys, str):
                self.stop(f"keys.{action}", "expected the keys as one text", f'write {clean(action)} = "b,m"')
        return dict(value)

    def searches(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            self.stop("searches", "expected a table", 'write [searches] and below it todo = "is:unread has:code"')
        queries: dict[str, str] = {}
        for name, query in value.items():
            shown = one_line(clean(name))
            if not isinstance(query, str):
                self.stop(f"searches.{name}", "expected a query as text", f'write "{shown}" = "is:unread has:code"')
            elif not shown or not query.strip():
                self.warn(f"searches.{name}", "an empty search is left out")
            else:
                queries[shown] = one_line(clean(query))
        return queries
