"""Eighty bad configurations: the browser opens with each, and each is named rightly. Twenty good ones say nothing."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mum_tui import browse
from mum_tui.settings.options import NAMES, OPTIONS, template
from tests.cli.conftest import Run

KEYS = "[keys]\n"

BAD: list[tuple[str, int, str]] = [
    # content, line, what is said
    ("theme = 'mum-drak'", 1, 'theme: there is no theme "mum-drak" (did you mean mum-dark?)'),
    ("theme = 'solarized'", 1, "did you mean solarized-"),
    ("theme = 'zzz'", 1, "for example mum-dark, mum-light, nord"),
    ("theme = 'Nord'", 1, "did you mean nord?"),
    ("theme = 5", 1, 'theme: expected text, found int (write theme = "mum-light")'),
    ("theme = true", 1, "expected text, found bool"),
    ("\n\ntheme = ['nord']", 3, "expected text, found list"),
    ("[theme]\nname = 'nord'", 1, "expected text, found dict"),
    ("theme = 1979-05-27", 1, "expected text, found date"),
    ("them = 'nord'", 1, "them: unknown key (did you mean theme?)"),
    ("Theme = 'nord'", 1, "did you mean theme?"),
    ("tint = 'red'", 1, f"one of {', '.join(NAMES)}"),
    ("catalog = 7", 1, "expected text, found int"),
    ("catalog = '/nowhere/at/all.yaml'", 1, 'catalog: there is no file "/nowhere/at/all.yaml"'),
    ("catalog = 'none.yaml'", 1, "there is no file"),
    ("catalogs = ['shipped', 'none.yaml']", 1, "there is no file or folder"),
    ("catalogs = [\n  'shippd',\n]", 2, "did you mean shipped?"),
    ("catalogs = 'shipped'", 1, "expected a list of texts"),
    ("catalogs = ['shipped', 3]", 1, "expected texts"),
    ("catalog = '~nobody-here/x.yaml'", 1, "there is no file"),
    ("catalog = 'a\\u0000b'", 1, "there is no file"),
    ('catalog = "a\\u0000b"', 1, "there is no file"),
    ("browser = 7", 1, "expected text, found int"),
    ('browser = "firefox \'{url}"', 1, "browser: is not a command: no closing quotation"),
    ("browser = ' '", 1, "is not a command: it is empty"),
    ("browsr = 'firefox'", 1, "did you mean browser?"),
    ("clipboard = 'nativ'", 1, 'clipboard: "nativ" is not a way to copy (did you mean native?)'),
    ("clipboard = 'xclip'", 1, "one of auto, native, tmux, osc52, file"),
    ("clipboard = ''", 1, "is not a way to copy"),
    ("clipboard = 1.5", 1, "expected text, found float"),
    ("clipbord = 'auto'", 1, "did you mean clipboard?"),
    # TOML
    ("theme", 1, 'a value is missing: write theme = "…"'),
    ("theme =", 1, 'a value is missing: write theme = "…"'),
    ("theme = nord", 1, 'a text needs quotes: write theme = "nord"'),
    ("theme = True", 1, 'a text needs quotes: write theme = "True"'),
    ("theme = 'nord", 1, "the closing ' is missing"),
    ('\ntheme = "nord', 2, 'the closing " is missing'),
    ("= 'nord'", 1, "a name is missing before the ="),
    ("theme : 'nord'", 1, "write = instead of :, as in theme = 'nord'"),
    ("theme: nord", 1, 'write = instead of :, as in theme = "nord"'),
    ("theme => 'nord'", 1, "write = instead of =>"),
    ("theme 'nord'", 1, "an = is missing: write theme = 'nord'"),
    ("set theme nord", 1, 'an = is missing: write theme = "nord"'),
    ("theme = 'nord'\ntheme = 'nord'", 2, "theme is set a second time: the first one, in line 1, counts"),
    ("[keys\nrate = 'x'", 1, "a ] is missing after [keys"),
    ("[keys]]\nrate = 'x'", 1, "write [keys]"),
    ("[keys]\nrate = 'x'\n[keys]\nnote = 'y'", 3, "[keys] is there a second time: the first one, in line 1, counts"),
    ("catalogs = []\ncatalogs = [\n'b',\n]", 2, "catalogs is set a second time"),
    ("browser = '''never\nended", 1, "the closing ''' is missing"),
    ("\nkeys = [", 2, "a ] is missing"),
    ("catalogs = [refs.bib]", 1, "the texts of a list need quotes"),
    ("catalogs = ['shipped' 'b']", 1, "a comma is missing between two values of the list"),
    ('browser = "\\q"', 1, "in double quotes a \\ begins a special character: write browser = '\\q'"),
    ('catalog = "C:\\users\\me"', 1, "write catalog = 'C:\\users\\me'"),
    ("browser = 'a\tb\x01c'", 1, "contains a control character (U+0001): remove it"),
    ("theme\u00a0= 'nord'", 1, "contains an invisible character (U+00A0 no-break space): write a space"),
    ("<<<<<<< HEAD\ntheme = 'nord'", 1, "is part of a merge conflict"),
    ("theme = 'nord'; clipboard = 'auto'", 1, "only a comment may follow the value"),
    ("x = " + "[" * 10_000, 1, "is nested too deeply"),
    ("{'theme': 'nord'}", 1, 'is not TOML: each line is name = "value"'),
    ("// my settings", 1, "a comment begins with #"),
    ("theme = “nord”", 1, 'curly quotes (“): write straight ones, "'),
    ("[searches]\nto read = 'is:unread'", 2, 'a name like this needs quotes: "to read"'),
    (KEYS + "ctrl+q = 'quit'", 2, 'a name like this needs quotes: "ctrl+q"'),
    ("'th\\u0065me' = 5", 1, "unknown key"),
    ('"th\\u0065me" = 5', 1, "theme: expected text, found int"),
    ('[keys]\n"r\\u0061te" = "zzzzzz"', 2, "keys.rate: there is no key"),
    ('[ "keys" ]\n\n  "rate" = "zzzzzz"', 3, "keys.rate: there is no key"),
    ('keys."rate" = "zzzzzz"', 1, "keys.rate: there is no key"),
    ('keys = { "rate" = "zzzzzz" }', 1, "keys.rate: there is no key"),
    ('"a.b" = 1', 1, "a.b: unknown key"),
    # keys
    ("keys = 'b'", 1, 'keys: expected a table (write [keys] and below it bookmark = "m")'),
    ("[[keys]]\nrate = 'x'", 1, "keys: expected a table"),
    (KEYS + "bookmrk = 'm'", 2, "keys.bookmrk: no such action (did you mean bookmark?)"),
    (KEYS + "Quit = 'x'", 2, "did you mean quit?"),
    (KEYS + "cursor_down = 'x'", 2, "did you mean cursor-down?"),
    (KEYS + "zzzzzz = 'x'", 2, "keys.zzzzzz: no such action"),
    (KEYS + "rate = 5", 2, "keys.rate: expected the keys as one text"),
    (KEYS + "rate = ['x']", 2, "expected the keys as one text"),
    (KEYS + "rate = ''", 2, "keys.rate: names no key"),
    (KEYS + "rate = ' , '", 2, "names no key"),
    (KEYS + "rate = 'pagedwn'", 2, 'keys.rate: there is no key "pagedwn" (did you mean pagedown?)'),
    (KEYS + "quit = 'ctl+q'", 2, "did you mean ctrl+q?"),
    (KEYS + "quit = 'esacpe'", 2, "did you mean escape?"),
    (KEYS + "quit = 'zz'", 2, "one key does one thing: write z"),
    (KEYS + "quit = 'zzzzzz'", 2, 'there is no key "zzzzzz"'),
    (KEYS + "quit = 'ctrl+zzzzzz'", 2, "there is no key"),
    (KEYS + "quit = 'shift+1'", 2, "write the character that the two keys type"),
    (KEYS + "quit = 'f25'", 2, "did you mean f2?"),
    (KEYS + "quit = 'foo+q'", 2, "there is no key"),
    (KEYS + "quit = 'ctrlq'", 2, "did you mean ctrl+q?"),
    (KEYS + "quit = 'Ctr+q'", 2, "did you mean ctrl+q?"),
    (KEYS + "quit = 'num1'", 2, "did you mean 1?"),
    (KEYS + "quit = 'none'", 2, "every action needs a key"),
    (KEYS + "quit = 'x or y'", 2, "put commas between keys"),
    (KEYS + "quit = 'x;y'", 2, "put commas between keys: x,y"),
    (KEYS + "quit = 'ctrl'", 2, "add the key to press with it, as in ctrl+x"),
    (KEYS + "quit = '\\C-b'", 2, "did you mean ctrl+b?"),
    (KEYS + "'ctrl+x' = 'rate'", 2, 'no such action (did you mean rate = "ctrl+x"?)'),
    (KEYS + 'quit = "\\u001b"', 2, "keys.quit: there is no key"),
    (KEYS + 'quit = "\\u001b[2J"', 2, "keys.quit: there is no key"),
    (KEYS + "rate = 'x'\nnote = 'x'", 3, "keys.note: the key x already belongs to rate"),
    (KEYS + "rate = '?'\nnote = 'question_mark'", 3, "the key ? already belongs to rate"),
    (KEYS + "rate = 'Ctrl+X'\nnote = 'C-x'", 3, "the key ctrl+x already belongs to rate"),
    (KEYS + "bookmark = 'q'", 2, "keys.bookmark: takes the last key of quit (give quit another key)"),
    (KEYS + "bookmark = '? f1'", 2, "takes the last key of help"),
    (KEYS + "quit = 'x'\nbookmark = 'x'", 3, "the key x already belongs to quit"),
    (KEYS + "quit = 'zzzzz'\nbookmark = 'q'", 3, "takes the last key of quit"),
    (KEYS + "quit.x = 'q'", 2, "expected the keys as one text"),
    ("[key]\nrate = 'x'", 1, "key: unknown key (did you mean keys?)"),
    # searches
    ("searches = 'liver'", 1, "searches: expected a table"),
    ("[searches]\ntodo = 5", 2, 'searches.todo: expected a query as text (write "todo" = "is:unread has:code")'),
    ("[searches]\ntodo = ['a']", 2, "expected a query as text"),
    ("[searches]\ntodo = ''", 2, "searches.todo: is empty and was skipped"),
    ("[searches]\n'' = 'liver'", 2, "is empty and was skipped"),
    ("[search]\ntodo = 'liver'", 1, "search: unknown key (did you mean searches?)"),
    ("[searches.deep]\ntodo = 'liver'", 1, "expected a query as text"),
    ('"\\u001b]2;x\\u0007" = 1', 1, "unknown key"),
]

GOOD = [
    "",
    "# nothing\n",
    "\ufefftheme = 'nord'",
    "theme = 'mum-light'\r\nclipboard = 'tmux'\r\n",
    'browser = "firefox {url}"',
    "browser = ''",
    'theme = """nord"""',
    "[keys]\n[searches]\n",
    KEYS + "bookmark = 'm'",
    KEYS + "bookmark = 'm, Ctrl+B'",
    KEYS + "quit = 'Ctrl+Q'",
    KEYS + "page-up = 'pgup'\npage-down = 'PgDn'",
    KEYS + "bookmark = 'C-b'",
    KEYS + "bookmark = 'shift+b'",
    KEYS + "copy = 'y'\ncopy-link = 'c'",
    KEYS + "help = '? f1'\nback = 'esc'\nfirst = 'home g'",
    KEYS + "open-link = '1…9'",
    KEYS + "cursor-down = '↓ j'\ncursor-up = '↑ k'",
    "[searches]\n'to read' = 'is:unread has:code year:>=2023'",
    template(),
]


def written(home: Path, content: str) -> Path:
    home.mkdir()
    (home / "config.toml").write_bytes(content.encode())
    return home / "config.toml"


def test_there_are_enough() -> None:
    assert len(BAD) >= 80
    assert len(GOOD) == 20


@pytest.mark.parametrize(("content", "line", "words"), BAD)
def test_a_bad_configuration_is_named(run: Run, home: Path, content: str, line: int, words: str) -> None:
    file = written(home, content)
    done = run("config", "check")
    assert done.status == 2
    said = [problem for problem in done.out.splitlines() if words in problem]
    assert said, done.out
    assert said[0].startswith(f"{file}:{line}: " if line else f"{file}: ")
    assert "\x1b" not in done.out
    assert "Traceback" not in done.err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def opened(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, str]:
    """The keymap the browser opens with, and what is said before."""
    keymaps: list[Any] = []

    def run(services: Any, keymap: Any, theme: str, typed: Any) -> tuple[int, None]:
        keymaps.append(keymap)
        return 0, None

    monkeypatch.setattr("mum_tui.tui.app.run", run)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert browse.browse(None, "") == 0
    (keymap,) = keymaps
    return keymap, terminal.getvalue()


@pytest.mark.parametrize(("content", "line", "words"), BAD)
def test_the_browser_opens_all_the_same(
    home: Path, content: str, line: int, words: str, monkeypatch: pytest.MonkeyPatch, installed: None
) -> None:
    file = written(home, content)
    keymap, said = opened(monkeypatch)
    assert keymap.keys["quit"]
    assert keymap.keys["help"]
    assert (f"{file}:{line}: " if line else f"{file}: ") in said
    assert words in said


@pytest.mark.parametrize("content", GOOD)
def test_a_good_configuration_says_nothing(
    run: Run, home: Path, content: str, monkeypatch: pytest.MonkeyPatch, installed: None
) -> None:
    file = written(home, content)
    assert run("config", "check") == (0, "", f"mum-tui: {file}: no problems\n")
    assert opened(monkeypatch)[1] == ""


def test_a_catalog_of_which_nothing_can_be_used_is_a_problem(run: Run, home: Path) -> None:
    written(home, "catalog = 'program'\n")
    (home / "program").write_bytes(b"\x7fELF\x00\x01")
    done = run("config", "check")
    assert done.status == 2
    assert str(home / "program") in done.out
    assert done.out.endswith("the built-in catalog opens instead)\n")
    assert done.out.count("\n") == 1


def test_a_file_that_cannot_be_read_is_not_called_missing(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").symlink_to("config.toml")
    done = run("config", "check")
    assert done.status == 2
    assert "cannot be read" in done.out
    assert done.err == ""


def test_the_template_can_be_written_once_and_names_every_option(run: Run, home: Path) -> None:
    file = home / "config.toml"
    assert run("config", "init") == (0, f"{file}\n", "")
    assert file.read_text() == template()
    assert tomllib.loads(template()) == {"keys": {}, "searches": {}}
    done = run("config", "init")
    assert (done.status, done.err) == (2, f"mum-tui: {file} exists already; nothing was written\n")
    without_comments = file.read_text().replace("#", "").splitlines()[2:]
    lines = [line for line in without_comments if " = " in line or line.startswith("[")]
    values = tomllib.loads("\n".join(lines))
    assert values.keys() == {*(option.name for option in OPTIONS), "keys", "searches"}


def test_the_settings_in_force_are_shown_with_their_sources(run: Run, home: Path, tmp_path: Path) -> None:
    catalog = str(Path(__file__).resolve().parents[2] / "catalog.yaml")
    written(home, f"theme = 'nord'\n{KEYS}rate = 'Ctrl+X'\n[searches]\n'a b' = 'liver'")
    done = run("--catalog", catalog, "config", "show", MUM_TUI_CLIPBOARD="file")
    assert done.status == 0
    assert [line.split("\t") for line in done.out.splitlines()] == [
        ["theme", "nord", "file, line 1"],
        ["catalog", catalog, "flag, --catalog"],
        ["catalogs", "", "default"],
        ["browser", "", "default"],
        ["clipboard", "file", "environment, MUM_TUI_CLIPBOARD"],
        ["columns", "", "default"],
        ["keys.rate", "ctrl+x", "file, line 3"],
        ["searches.a b", "liver", "file"],
    ]
    assert run("--theme", "dracula", "config", "show", MUM_TUI_THEME="monokai").out.startswith("theme\tdracula\tflag")
    assert run("config", "show", MUM_TUI_THEME="monokai").out.startswith("theme\tmonokai\tenvironment, MUM_TUI_THEME")
    assert run("config", "show", MUM_TUI_THEME="nosuch").err.startswith("mum-tui: $MUM_TUI_THEME: there is no theme")


def test_keys_that_cannot_be_used_are_not_among_the_settings_in_force(run: Run, home: Path) -> None:
    written(home, f"{KEYS}cite = 'Y'\nquit = 'Ctrl+Qx'\nundo = 'Z'")
    done = run("config", "show")
    assert done.out.splitlines()[-2:] == ["keys.quit\tq\tdefault", "keys.undo\tZ\tfile, line 4"]
    assert "keys.cite: no such action (mum-tui keys lists them)" in done.err


@pytest.mark.parametrize("words", [(), ("list", "liver"), ("config", "show")])
def test_an_unknown_theme_on_the_command_line_is_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    result = run("--theme", "mum-drak", *words)
    assert (result.status, result.out) == (2, "")
    assert result.err == 'mum-tui: there is no theme "mum-drak" (did you mean mum-dark?)\n'
    assert "themes: mum-dark, mum-light, " in run("--theme", "qqqq", *words).err


def test_a_theme_may_be_written_in_any_case(run: Run) -> None:
    assert run("--theme", "Catppuccin_Mocha", "config", "show").out.startswith("theme\tcatppuccin-mocha\tflag")
