"""The table of options: ``config.toml``, its template, its documentation and ``config show`` are made from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from mum_tui.problems import did_you_mean
from mum_tui.text import clean, one_line

SHIPPED = "shipped"
"""The name of the built-in catalog in ``catalogs`` and for ``--catalog``."""

CLIPBOARDS = ("auto", "native", "tmux", "osc52", "file")

THEMES = (
    "mum-dark",
    "mum-light",
    "textual-dark",
    "textual-light",
    "nord",
    "gruvbox",
    "catppuccin-mocha",
    "dracula",
    "tokyo-night",
    "monokai",
    "flexoki",
    "catppuccin-latte",
    "catppuccin-frappe",
    "catppuccin-macchiato",
    "solarized-light",
    "solarized-dark",
    "rose-pine",
    "rose-pine-moon",
    "rose-pine-dawn",
    "atom-one-dark",
    "atom-one-light",
    "ansi-dark",
    "ansi-light",
)
"""The names of our themes and Textual's; a test compares them with Textual's own list."""


COLUMNS = (
    *("bookmark", "status", "rating", "note", "code", "weights", "data", "year", "name", "title", "authors", "venue"),
    *("kind", "section", "modality", "task", "anatomy", "id"),
)
"""The columns that the table of entries can have; a test compares them with the table's own list."""


class InvalidValue(Struct, frozen=True):
    """Why a value cannot be used, and what would be right."""

    message: str
    hint: str = ""


def theme_named(value: str) -> str | InvalidValue:
    """The theme with this name, in any case, with a space or an underscore for a hyphen; or why there is none."""
    name = "-".join(value.lower().replace("_", " ").split())
    return name if name in ("", *THEMES) else InvalidValue(f'there is no theme "{clean(value)}"', _near_theme(value))


def _near_theme(value: str) -> str:
    return did_you_mean(value, THEMES) or f"themes: {', '.join(THEMES)}"


def _theme(value: str) -> InvalidValue | None:
    return None if value in ("", *THEMES) else InvalidValue(f'there is no theme "{clean(value)}"', _near(value, THEMES))


def _clipboard(value: str) -> InvalidValue | None:
    if value in CLIPBOARDS:
        return None
    return InvalidValue(f'"{clean(value)}" is not a way to copy', did_you_mean(value, CLIPBOARDS))


def _browser(value: str) -> InvalidValue | None:
    import shlex

    try:
        words = shlex.split(value)
    except ValueError as error:
        return InvalidValue(f"is not a command: {str(error)[0].lower()}{str(error)[1:]}")
    return (
        None if words or not value else InvalidValue("is not a command: it is empty", 'write browser = "firefox {url}"')
    )


def names_in(value: str | Sequence[str]) -> tuple[str, ...]:
    """The names in a list, or in a text that separates them by commas; so may each text of the list."""
    names = (value if isinstance(value, str) else ",".join(value)).split(",")
    return tuple(filter(None, (name.strip() for name in names)))


def _columns(value: str) -> InvalidValue | None:
    names = names_in(value)
    for name in names:
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
            return InvalidValue(f'there is no column "{one_line(clean(name))}"', hint)
    if twice := next((name for name in names if names.count(name) > 1), ""):
        return InvalidValue(f'names the column "{twice}" twice')
    return None if names else InvalidValue("names no column")


def _near(value: str, names: tuple[str, ...]) -> str:
    return did_you_mean(value, names) or "for example mum-dark, mum-light, nord"


def _anything(_: str) -> InvalidValue | None:
    return None


class Option(Struct, frozen=True):
    """A setting whose value is a text or a list of texts.

    ``check`` says what is wrong with a text. With a ``separator`` the value is a list of texts; where it must be one
    text, as in the environment, the separator is between them.
    """

    name: str
    default: str
    example: str
    help: str
    check: Callable[[str], InvalidValue | None] = _anything
    separator: str = ""

    @property
    def is_list_of_files(self) -> bool:
        """Whether it is a list of paths."""
        return self.separator == "|"

    @property
    def example_line(self) -> str:
        """The example as a line of the file."""
        if not self.separator:
            return f'{self.name} = "{self.example}"'
        texts = ", ".join(f'"{text}"' for text in self.example.split(self.separator))
        return f"{self.name} = [{texts}]"

    @property
    def variable(self) -> str:
        """The environment variable, which overrides the file."""
        return f"MUM_TUI_{self.name.upper()}"


OPTIONS: tuple[Option, ...] = (
    Option("theme", "", "mum-light", "mum-dark, mum-light or any Textual theme; default: the one used last", _theme),
    Option("catalog", "", "~/lists/mine.yaml", "a catalog to open instead of the built-in one"),
    Option(
        "catalogs",
        "",
        f"{SHIPPED}|~/team/list|refs.bib",
        "several catalogs as one: files and folders; a later one adds to and overrides the earlier ones; "
        f'"{SHIPPED}" is the built-in one',
        separator="|",
    ),
    Option(
        "browser",
        "",
        "firefox {url}",
        "the command that opens links; default: $BROWSER, or else the system's web browser",
        _browser,
    ),
    Option("clipboard", "auto", "osc52", f"how to copy: {', '.join(CLIPBOARDS)}", _clipboard),
    Option(
        "columns",
        "",
        "name,title,year,venue,code",
        f"the columns of the table, in order: {', '.join(COLUMNS)}; default: those chosen last",
        _columns,
        separator=",",
    ),
)

BY_NAME = {option.name: option for option in OPTIONS}

TABLES = {
    "keys": ("Keys of actions (mum-tui keys lists the ids), separated by commas", "bookmark", "m,ctrl+b"),
    "searches": ("Saved searches: names and queries", "to read", "is:unread has:code year:>=2023"),
}
"""The tables of the file: its help, and an example of a key and its value."""

NAMES = (*BY_NAME, *TABLES)
"""All keys at the top level of the file."""


def template() -> str:
    """A ``config.toml`` in which every option is commented out, with an example that works."""
    lines = [
        "# Configuration of mum-tui. Remove the # in front of a line to use it. mum-tui config check tests it.",
        "",
    ]
    for option in OPTIONS:
        lines += [f"# {option.help}", f"#{option.example_line}", ""]
    for table, (help, key, value) in TABLES.items():
        quoted = key if key.isidentifier() else f'"{key}"'
        lines += [f"# {help}", f"[{table}]", f'#{quoted} = "{value}"', ""]
    return "\n".join(lines).rstrip("\n") + "\n"
