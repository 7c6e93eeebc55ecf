"""Reading config.toml: the settings, or where exactly it is wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.keymap import make_keymap
from mum_tui.problems import ERROR, WARNING, Problem
from mum_tui.settings import config
from mum_tui.settings.config import CLIPBOARDS, Config
from mum_tui.settings.options import NAMES
from tests.disks import failing
from tests.examples import examples

FULL = """\
# My settings.
theme = "mum-light"
catalog = "~/catalog.yaml"
browser = "firefox --private-window {url}"
clipboard = "tmux"

[keys]
bookmark = "m"
theme = "f3,T"
"""


def problem_of(content: str) -> Problem:
    """What is wrong with a file, first of all."""
    return config.parse(content, "config.toml").problems[0]


def test_everything_it_may_say_is_read() -> None:
    assert config.parse(FULL, "config.toml") == Config(
        theme="mum-light",
        catalog="~/catalog.yaml",
        browser="firefox --private-window {url}",
        clipboard="tmux",
        keys={"bookmark": "m", "theme": "f3,T"},
        lines={"bookmark": 8, "theme": 9},
        sources={
            name: f"file, line {line}" for line, name in enumerate(("theme", "catalog", "browser", "clipboard"), 2)
        },
    )


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment", "[keys]\n"])
def test_a_file_that_says_nothing_is_the_defaults(content: str) -> None:
    assert config.parse(content, "config.toml") == Config()


def test_no_file_is_the_defaults_and_none_is_made(home: Path) -> None:
    assert config.load(home / "config.toml") == Config()
    assert not home.exists()


def test_a_file_in_the_place_of_the_folder_is_the_defaults(home: Path) -> None:
    home.write_bytes(b"")
    assert config.load(home / "config.toml") == Config()


@pytest.mark.parametrize("way", CLIPBOARDS)
def test_every_way_to_copy_may_be_chosen(way: str) -> None:
    assert config.parse(f'clipboard = "{way}"', "config.toml").clipboard == way


@pytest.mark.parametrize(
    ("content", "line", "key", "hint"),
    [
        ('thme = "x"', 1, "thme", "did you mean theme?"),
        ('\n# x\n  Browsr = "x"', 3, "Browsr", "did you mean browser?"),
        ("\n[key]\nbookmark = 'm'", 2, "key", "did you mean keys?"),
        ("\n[key.deep]\nbookmark = 'm'", 2, "key", "did you mean keys?"),
        ("\nkey.bookmark = 'm'", 2, "key", "did you mean keys?"),
        ("\n[[keyz]]\nx = 1", 2, "keyz", "did you mean keys?"),
        ("zzz = [1,\n2]", 1, "zzz", f"one of {', '.join(NAMES)}"),
        ('"thme" = 1', 1, "thme", "did you mean theme?"),
        ("# a\u2028b\x85c\nthme = 'x'", 2, "thme", "did you mean theme?"),
        (
            "[keys]\nbookmrk = 'b'\n[bookmrk]\nx = 1",
            3,
            "bookmrk",
            f"one of {', '.join(NAMES)}",
        ),
    ],
)
def test_an_unknown_key_is_a_warning_with_its_line_and_a_suggestion(
    content: str, line: int, key: str, hint: str
) -> None:
    found = config.parse(content + '\n[keys]\nquit = "Q"' * ("[keys]" not in content), "config.toml")
    assert found.problems == (Problem("config.toml", line, key, "unknown key", hint, WARNING),)
    assert found.keys


def test_what_is_known_is_used_beside_what_is_not() -> None:
    found = config.parse('thme = "x"\ntheme = "mum-light"\ncolour = 1', "config.toml")
    assert found.theme == "mum-light"
    assert [(problem.key, problem.line) for problem in found.problems] == [("thme", 1), ("colour", 3)]


@pytest.mark.parametrize(
    ("content", "line", "key", "message"),
    [
        ("theme = 5", 1, "theme", "expected text, found int"),
        ("\n\ncatalog = ['a']", 3, "catalog", "expected text, found list"),
        ("browser = true", 1, "browser", "expected text, found bool"),
        ("clipboard = 1.5", 1, "clipboard", "expected text, found float"),
        ("\n[browser]\nx = 'y'", 2, "browser", "expected text, found dict"),
        ("theme = 1979-05-27", 1, "theme", "expected text, found date"),
        ("[keys]\ntheme = 'x'\n[theme]\nx = 'y'", 3, "theme", "expected text, found dict"),
        ("keys = 'b'", 1, "keys", "expected a table"),
        ("\nkeys = ['b']", 2, "keys", "expected a table"),
        ("[[keys]]\nbookmark = 'b'", 1, "keys", "expected a table"),
        ("theme = 'nord'\n[keys]\ntheme = 5", 3, "keys.theme", "expected the keys as one text"),
        ("[keys]\nquit = 'q'\nbookmark = ['b', 'm']", 3, "keys.bookmark", "expected the keys as one text"),
        ("\nkeys.bookmark = 5", 2, "keys.bookmark", "expected the keys as one text"),
        ("\nkeys = { bookmark = 5 }", 2, "keys.bookmark", "expected the keys as one text"),
        ("[keys.bookmark]\nx = 'y'", 1, "keys.bookmark", "expected the keys as one text"),
        ("\nclipboard = 'xclip'", 2, "clipboard", '"xclip" is not a way to copy'),
        ("clipboard = ''", 1, "clipboard", '"" is not a way to copy'),
    ],
)
def test_a_wrong_value_is_an_error_with_its_line(content: str, line: int, key: str, message: str) -> None:
    found = problem_of(content)
    assert (found.line, found.key, found.message, found.level) == (line, key, message, ERROR)


def test_a_wrong_way_to_copy_is_answered_with_the_right_ones() -> None:
    assert problem_of("clipboard = 'nativ'").hint == "did you mean native?"
    assert problem_of("clipboard = 'x'").hint == "one of auto, native, tmux, osc52, file"


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("theme\n", 1, "a value is missing"),
        ("theme = 'nord'\n\nbrowser = firefox", 3, "a text needs quotes"),
        ("theme = 'nord'\ntheme = 'nord'\n", 2, "theme is set a second time"),
        ("[keys]\nbookmark = 'b'\n[keys]", 3, "[keys] is there a second time"),
        ("theme = 'a\nb'", 1, "the closing ' is missing"),
        ('x = "\\q"', 1, "in double quotes a \\ begins a special character"),
    ],
)
def test_a_syntax_error_is_said_with_its_line_in_plain_words(content: str, line: int, words: str) -> None:
    found = problem_of(content)
    assert found.line == line
    assert str(found).startswith(f"config.toml:{line}: {words}")


@pytest.mark.parametrize(
    ("content", "first"),
    [
        ('[keys]\nquit = "Q"\nnote = "x"\n\n[keys.note]\ny = 1', 3),
        ('[keys]\nnote = "x"\n[keys.note.more]', 2),
        ('keys.note = "x"\n[keys.note]', 1),
        ('[keys.help]\n[keys.note]\n[keys]\nnote = "x"', 2),
        ('[keys]\nhelp.x = "y"\nnote.x = "y"\nnote = "x"', 3),
        ('[keys]\nhelp = "y"\nnote = "x"\nnote.x = "y"', 3),
        ("[keys.note]\n[keys]\n[keys]", 2),
        ('theme = "nord"\n[theme]', 1),
    ],
)
def test_what_is_there_twice_is_told_with_the_line_of_the_first(content: str, first: int) -> None:
    assert f"a second time: the first one, in line {first}, counts" in problem_of(content).message


def test_what_never_ends_is_said_where_it_begins() -> None:
    for content in ('browser = "x"\ntheme = """never ended', 'browser = "x"\nkeys = [\n[searches]\n"a" = "b"'):
        assert (problem_of(content).line, config.parse(content, "config.toml").browser) == (2, "x")
        assert problem_of(content).message.endswith("is missing")


def test_the_lines_around_a_syntax_error_are_used() -> None:
    content = "theme = 'nord\nclipboard = 'tmux'\n[keys]\nhelp = ?\nquit = 'Q'\n[keys]\nrate='x'\n"
    found = config.parse(content + '[searches]\n"a" = """\nb"""', "config.toml")
    assert (found.theme, found.clipboard, found.keys, found.searches) == ("", "tmux", {"quit": "Q"}, {"a": "b"})
    assert [problem.line for problem in found.problems] == [1, 4, 6]


def test_deep_nesting_is_a_syntax_error() -> None:
    assert problem_of("x = " + "[" * 100_000).message == "is nested too deeply"


def test_a_problem_repeats_no_control_characters() -> None:
    (found,) = config.parse('"\\u001b]2;PWNED\\u0007" = 1', "config.toml").problems
    assert "\x1b" not in str(found)
    for content in ('clipboard = "\\u001b[2J"', '[keys]\n"\\u001b[2J" = 5', "x = \x1b[2J", '"\\u001b[2J" = 1\n' * 2):
        assert "\x1b" not in str(problem_of(content))


@pytest.mark.parametrize("line", [b"# f\xfcr mich", b"browser = '\xff'", "browser = 'é'".encode("latin-1")])
def test_a_line_that_is_not_utf8_is_said_and_the_others_are_used(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbftheme = 'nord'\r\n" + line + b"\r\nclipboard = 'tmux'\r\n")
    found = config.load(path)
    assert (found.theme, found.browser, found.clipboard) == ("nord", "", "tmux")
    assert found.problems == (Problem(str(path), 2, "", "is not UTF-8 text", "save the file as UTF-8"),)


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_a_file_in_utf16_is_read_and_that_is_said(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("\ufefftheme = 'nord'".encode(encoding))
    found = config.load(path)
    assert (found.theme, [problem.message for problem in found.problems]) == ("nord", ["is UTF-16: save it as UTF-8"])


@pytest.mark.parametrize(
    "line",
    [
        "browser = " + "1" * 5_000,
        "browser = " + "1" * 4_400,
        "a" + ".a" * 20_000 + " = 1",
        "[" + "a." * 1_000 + "a]",
        "browser" + " " * 100_000 + "'",
        "browser = a" + ",;" * 2_000 + "x",
        "x = ['a'," + "'b'," * 20_000,
        "x = [\n" + '"a",\n' * 20_000,
    ],
    ids=lambda line: f"{line[:12]}… of {len(line)}",
)
def test_what_is_too_long_or_deep_is_said_soon_and_the_lines_before_are_used(line: str) -> None:
    found = config.parse(f"theme = 'nord'\n{line}", "config.toml")
    assert (found.theme, found.browser, [problem.line for problem in found.problems]) == ("nord", "", [2])


def test_a_long_list_is_read_beside_a_fault_and_has_its_line() -> None:
    content = "catalogs = [\n" + "'a.bib',\n" * 70 + "'shipped',\n]\ntheme = nord\nclipboard = 'tmux'"
    found = config.parse(content, "config.toml")
    assert (found.catalogs, found.clipboard) == (("a.bib", "shipped"), "tmux")
    assert (found.sources["catalogs"], [problem.line for problem in found.problems]) == ("file, line 1", [74])


def test_names_of_columns_may_be_in_one_text_of_a_list() -> None:
    assert config.parse('columns = ["name,title", "year"]', "config.toml").columns == ("name", "title", "year")


def test_so_many_searches_are_used_and_none_is_very_long() -> None:
    many = "".join(f'"s{number}" = "x"\n' for number in range(300))
    found = config.parse(f'[searches]\n"long" = "{"x" * 4_097}"\n{many}', "config.toml")
    assert list(found.searches) == [f"s{number}" for number in range(200)]
    assert [problem.message for problem in found.problems] == [
        "is longer than 4,096 characters and was skipped",
        "has 300 searches, only the first 200 are used",
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (r"theme = \'nord\'", 'a text needs quotes: write theme = "nord"'),
        ("- theme: nord", 'write = instead of :, as in theme = "nord"'),
    ],
)
def test_what_to_write_is_toml(line: str, words: str) -> None:
    assert problem_of(line).message == words


def test_what_is_no_ordinary_file_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"#" * 200_001)
    for name, words in (("", "Is a directory"), ("pipe", "a pipe"), ("large", "is larger than 200 kB")):
        (problem,) = config.load(tmp_path / name).problems
        assert words in problem.message
        assert problem.file == str(tmp_path / name)
    (problem,) = config.load(Path("/dev/zero")).problems
    assert "a pipe" in problem.message


def test_a_path_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for folder, words in (("x" * 5_000, "File name too long"), ("loop", "Too many levels")):
        (problem,) = config.load(tmp_path / folder / "config.toml").problems
        assert words in problem.message
    (tmp_path / "file").write_text("")
    assert config.load(tmp_path / "file" / "config.toml") == Config()


def test_a_file_that_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text("")
    monkeypatch.setattr("mum_tui.storage.files.open_regular", failing(errno.EACCES))
    (problem,) = config.load(path).problems
    assert problem.message == "cannot be read: Permission denied"


def test_a_catalog_of_the_environment_goes_before_those_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config" / "config.toml"
    path.parent.mkdir()
    path.write_text("catalogs = ['shipped']")
    monkeypatch.chdir(tmp_path)
    mine = str(tmp_path / "mine.yaml")
    found = config.load(path, {"MUM_TUI_CATALOG": "mine.yaml"})
    assert (found.catalog, found.catalogs, found.problems) == (mine, (), ())
    assert found.sources == {"catalog": "environment, MUM_TUI_CATALOG"}
    several = config.load(path, {"MUM_TUI_CATALOG": "one.yaml", "MUM_TUI_CATALOGS": "shipped:mine.yaml"})
    assert several.catalogs == ("shipped", mine)


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("theme = 'nord'\nclipboard = 'tmux'")
    found = config.load(path, {"MUM_TUI_THEME": "dracula", "MUM_TUI_CLIPBOARD": "tmx", "MUM_TUI_BROWSER": ""})
    assert (found.theme, found.clipboard) == ("dracula", "tmux")
    assert found.sources == {"theme": "environment, MUM_TUI_THEME", "clipboard": "file, line 2"}
    (problem,) = found.problems
    assert str(problem) == '$MUM_TUI_CLIPBOARD: "tmx" is not a way to copy (did you mean tmux?)'


def test_what_is_loaded_is_what_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    full = FULL.replace("~/catalog.yaml", str(tmp_path / "c.yaml"))
    (tmp_path / "c.yaml").write_text("")
    path.write_text(full + "# é 医学\n", encoding="utf-8")
    assert config.load(path) == config.parse(full, str(path))
    (tmp_path / "c.yaml").unlink()
    found = config.load(path)
    assert (found.catalog, found.problems[0].line) == ("", 3)


def test_a_clash_of_keys_is_reported_where_it_stands() -> None:
    found = config.parse("theme = 'mum-light'\n\n[keys]\nquit = 'x'\ntheme = 'x'\nnoaction = 'z'\n", "config.toml")
    problems = make_keymap(found.keys, "config.toml", found.lines).problems
    assert sorted((problem.line, problem.key) for problem in problems) == [(5, "keys.theme"), (6, "keys.noaction")]


@examples(100)
@given(st.text() | st.from_regex(r"(\[?(theme|keys|x)[\].=]* ?['\"\[\n0-9a]*\n?)*", fullmatch=True))
def test_any_text_is_settings_or_a_problem(content: str) -> None:
    found = config.parse(content, "config.toml")
    lines = content.count("\n") + 1
    assert all(0 <= problem.line <= lines for problem in found.problems)
