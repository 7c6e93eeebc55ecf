"""The table of options: ``config.toml``, its template, its documentation and ``config show`` are made from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from mum_tui.problems import did_you_mean
from mum_tui.text import clean, one_line

SHIPPED = "shipped"
"""What stands for the built-in catalog in ``catalogs`` and behind ``--catalog``."""

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
"""Our themes and Textual's, by name; a test compares them with Textual's own list."""


COLUMNS = (
    *("bookmark", "status", "rating", "note", "code", "weights", "data", "year", "name", "title", "authors", "venue"),
    *("kind", "section", "modality", "task", "anatomy", "id"),
)
"""The columns that the table of entries can have; a test compares them with the table's own list."""


class Wrong(Struct, frozen=True):
    """Why a value cannot be used, and what would be right."""

    message: str
    hint: str = ""


def theme_named(value: str) -> str | Wrong:
    """The theme that a name asks for, whatever its case and with a space or an underscore for its hyphen."""
    name = "-".join(value.lower().replace("_", " ").split())
    return name if name in ("", *THEMES) else Wrong(f'no theme is called "{clean(value)}"', _near_theme(value))


def _near_theme(value: str) -> str:
    return did_you_mean(value, THEMES) or f"themes: {', '.join(THEMES)}"


def _theme(value: str) -> Wrong | None:
    return None if value in ("", *THEMES) else Wrong(f'no theme is called "{clean(value)}"', _near(value, THEMES))


def _clipboard(value: str) -> Wrong | None:
    if value in CLIPBOARDS:
        return None
    return Wrong(f'"{clean(value)}" is no way to copy', did_you_mean(value, CLIPBOARDS))


def _browser(value: str) -> Wrong | None:
    import shlex

    try:
        words = shlex.split(value)
    except ValueError as error:
        return Wrong(f"is no command: {str(error)[0].lower()}{str(error)[1:]}")
    return None if words or not value else Wrong("is no command: it is empty", 'write browser = "firefox {url}"')


def names_in(value: str | Sequence[str]) -> tuple[str, ...]:
    """The names in a list, or in a text with commas between them."""
    names = value.split(",") if isinstance(value, str) else value
    return tuple(filter(None, (name.strip() for name in names)))


def _columns(value: str) -> Wrong | None:
    names = names_in(value)
    for name in names:
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
            return Wrong(f'no column is called "{one_line(clean(name))}"', hint)
    if twice := next((name for name in names if names.count(name) > 1), ""):
        return Wrong(f'names the column "{twice}" twice')
    return None if names or not value else Wrong("names no column")


def _near(value: str, names: tuple[str, ...]) -> str:
    return did_you_mean(value, names) or "for example mum-dark, mum-light, nord"


def _anything(_: str) -> Wrong | None:
    return None


class Option(Struct, frozen=True):
    """A setting that is a text.

    ``check`` says what is wrong with a value; ``default`` applies where nothing else is said. With a ``separator`` it
    is a list of texts, and a text in which that stands between them.
    """

    name: str
    default: str
    example: str
    help: str
    check: Callable[[str], Wrong | None] = _anything
    separator: str = ""

    @property
    def is_list_of_files(self) -> bool:
        """Whether it names files, in which anything but the separator may stand."""
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
        """The environment variable that goes before the file."""
        return f"MUM_TUI_{self.name.upper()}"


OPTIONS: tuple[Option, ...] = (
    Option("theme", "", "mum-light", "mum-dark, mum-light or any Textual theme; default: the one used last", _theme),
    Option("catalog", "", "~/lists/mine.yaml", "a catalog to open instead of the built-in one"),
    Option(
        "catalogs",
        "",
        f"{SHIPPED}|~/team/list|refs.bib",
        "several catalogs as one: files and directories, a later one adds to and overrides the ones before; "
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
"""The tables of the file: what each is for, and an example of a key and a value."""

NAMES = (*BY_NAME, *TABLES)
"""Everything that may stand at the top of the file."""


def template() -> str:
    """A ``config.toml`` with every option in a comment, and every example that can be used as it stands."""
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
