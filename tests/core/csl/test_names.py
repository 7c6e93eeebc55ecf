"""Names: order of parts, particles, initials, et-al, labels, substitution (CSL 1.0.2, "Names")."""

from __future__ import annotations

import time

import pytest

from mum_tui.citation.csl.names import initials, read_name
from tests.core.csl.small import by, listed, printed

GOGH = {"author": [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van", "suffix": "III"}]}
HUMBOLDT = {"author": [{"family": "Humboldt", "given": "Alexander", "dropping-particle": "von", "suffix": "Jr."}]}
INVERTED = '<names variable="author"><name name-as-sort-order="all"/></names>'
THREE = by("Jane Doe", "Sam Smith", "Tom Jones")


@pytest.mark.parametrize(
    ("demote", "gogh"),
    [
        ("never", "van Gogh, Vincent, III"),
        ("sort-only", "van Gogh, Vincent, III"),
        ("display-and-sort", "Gogh, Vincent van, III"),
    ],
)
def test_the_order_of_parts(demote: str, gogh: str) -> None:
    options = f'demote-non-dropping-particle="{demote}"'
    assert printed(INVERTED, GOGH, options=options) == gogh
    assert printed(INVERTED, HUMBOLDT, options=options) == "Humboldt, Alexander von, Jr."


def test_names_in_reading_order_and_short() -> None:
    assert printed('<names variable="author"/>', GOGH) == "Vincent van Gogh III"
    assert printed('<names variable="author"/>', HUMBOLDT) == "Alexander von Humboldt Jr."
    assert printed('<names variable="author"><name form="short"/></names>', GOGH) == "van Gogh"
    assert printed('<names variable="author"><name form="short"/></names>', HUMBOLDT) == "Humboldt"
    assert printed(INVERTED, {"author": [{"family": "毛", "given": "泽东"}]}) == "毛泽东"
    assert printed(INVERTED, {"author": [{"literal": "The MONAI Consortium"}]}) == "The MONAI Consortium"


@pytest.mark.parametrize(
    ("family", "given", "parts"),
    [
        ("van der Berg", "Jo", ("van der", "Berg", "Jo", "")),
        ("d'Alembert", "Jean", ("d'", "Alembert", "Jean", "")),
        ("al-Khwarizmi", "Abu", ("al-", "Khwarizmi", "Abu", "")),
        ("Beethoven", "Ludwig van", ("", "Beethoven", "Ludwig", "van")),
        ("Chiri", "Ana Maria de la", ("", "Chiri", "Ana Maria", "de la")),
        ("Doe", "Jane of Rye", ("", "Doe", "Jane of Rye", "")),
        ('"van der Berg"', "Jo", ("", "van der Berg", "Jo", "")),
        ("O'Brien", "Pat", ("", "O'Brien", "Pat", "")),
    ],
)
def test_particles_left_in_a_name_are_split_off(family: str, given: str, parts: tuple[str, ...]) -> None:
    name = read_name({"family": family, "given": given})
    assert name is not None
    assert (name.particle, name.family, name.given, name.dropping) == parts


def test_long_given_names_are_read_in_linear_time() -> None:
    given = f"q {'a' * 100_000} A"
    began = time.process_time()
    name = read_name({"family": "Doe", "given": given})
    assert time.process_time() - began < 2
    assert name is not None
    assert name.given == given


def test_names_that_stand_in_for_others_are_printed_once() -> None:
    before = """<macro name="editor"><names variable="editor"><name/><label prefix=" " form="short"/></names>
    <names variable="editor"><name/><label prefix=" "/></names></macro>"""
    layout = '<names variable="author"><substitute><text macro="editor"/></substitute></names>'
    assert printed(layout, by("Jane Doe", role="editor"), before=before) == "Jane Doe ed."


@pytest.mark.parametrize(("given", "suffix", "comma"), [("John, III", "III", False), ("John,! Jr.", "Jr.", True)])
def test_a_suffix_left_in_the_given_name(given: str, suffix: str, comma: bool) -> None:
    name = read_name({"family": "Doe", "given": given})
    assert name is not None
    assert (name.given, name.suffix, name.comma_suffix) == ("John", suffix, comma)


@pytest.mark.parametrize(
    ("given", "mark", "whole", "hyphen", "written"),
    [
        ("Jun-Yan", ". ", False, True, "J.-Y."),
        ("Jun-Yan", ".", False, True, "J.-Y."),
        ("Jun-Yan", "", False, False, "JY"),
        ("Frank P.-W.", ". ", False, True, "F. P.-W."),
        ("Frank P.-W.", ". ", True, True, "Frank P.-W."),
        ("S. Kevin", "", False, True, "SK"),
        ("J", ". ", True, True, "J."),
        ("Žiga", ". ", False, True, "Ž."),
        ("R. K. G.", ".", False, True, "R.K.G."),
        ("I-Min", ".", True, True, "I-Min"),
        ("Jean de Paul", ". ", False, True, "J. de P."),
        ("Hai-ying B.", ". ", False, True, "H. B."),
        ("BIplab", ". ", False, True, "Bi."),
        ("Ph.M.", ". ", False, True, "Ph. M."),
        ("<b>J</b> Q", ". ", False, True, "<b>J.</b> Q."),
        ("小明", ".", False, True, "小明"),
    ],
)
def test_initials(given: str, mark: str, whole: bool, hyphen: bool, written: str) -> None:
    assert initials(given, mark, hyphen, whole=whole) == written


@pytest.mark.parametrize(
    ("attributes", "written"),
    [
        ('and="text"', "Jane Doe, Sam Smith, and Tom Jones"),
        ('and="symbol" delimiter-precedes-last="never"', "Jane Doe, Sam Smith &#38; Tom Jones"),
        ('delimiter="; "', "Jane Doe; Sam Smith; Tom Jones"),
        ('et-al-min="3" et-al-use-first="1"', "Jane Doe et al."),
        ('et-al-min="3" et-al-use-first="2"', "Jane Doe, Sam Smith, et al."),
        ('et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"', "Jane Doe, et al."),
        ('et-al-min="3" et-al-use-first="1" et-al-use-last="true"', "Jane Doe … Tom Jones"),
        ('et-al-min="3" et-al-use-first="0"', ""),
        ('et-al-min="3"', "Jane Doe, Sam Smith, Tom Jones"),
        ('form="count"', "3"),
    ],
)
def test_lists(attributes: str, written: str) -> None:
    assert printed(f'<names variable="author"><name {attributes}/></names>', THREE) == written


def test_a_number_of_names_stands_without_affixes() -> None:
    layout = '<names variable="author" prefix="[" suffix="]"><name form="count" {}/></names><text variable="title"/>'
    item = {**THREE, "title": "T"}
    assert printed(layout.format(""), item) == "3T"
    assert printed(layout.format('et-al-min="3" et-al-use-first="0"'), item) == "T"


def test_a_list_that_goes_on() -> None:
    assert (
        printed('<names variable="author"/>', {"author": [*by("Jane Doe")["author"], {"literal": "others"}]})
        == "Jane Doe et al."
    )


def test_a_list_that_goes_on_has_a_name_more() -> None:
    names = '<names variable="author"><name et-al-min="{}" et-al-use-first="1"/></names>'
    item = {"author": [*THREE["author"], {"literal": "others"}]}
    assert printed(names.format(4), item) == "Jane Doe et al."
    assert printed(names.format(5), item) == "Jane Doe, Sam Smith, Tom Jones, et al."


def test_labels_and_equal_editors_and_translators() -> None:
    layout = (
        '<names variable="editor translator" delimiter="; "><name/><label form="short" prefix=" (" suffix=")"/></names>'
    )
    both = {**by("Jane Doe", role="editor"), **by("Jane Doe", role="translator")}
    assert printed(layout, both) == "Jane Doe (ed. &#38; trans.)"
    assert printed(layout, by("Jane Doe", "Li Roe", role="editor")) == "Jane Doe, Li Roe (eds.)"


def test_what_stands_in_for_names_is_not_printed_again() -> None:
    layout = (
        '<names variable="author"><substitute><names variable="editor"/><text variable="title"/></substitute></names>'
    )
    layout += '<text variable="title" prefix=": "/>'
    assert printed(layout, {"title": "A book"}) == "A book"
    assert printed(layout, {"title": "A book", **by("Jane Doe", role="editor")}) == "Jane Doe: A book"


def test_a_number_in_what_stands_for_names_is_not_printed_again() -> None:
    layout = '<names variable="author"><substitute><text macro="m"/></substitute></names><text macro="m" prefix=" / "/>'
    macro = '<macro name="m"><text variable="title"/><number variable="edition" form="ordinal" prefix=", "/></macro>'
    assert printed(layout, {"title": "T", "edition": "1-2"}, before=macro) == "T, 1st–2nd"


def test_repeated_authors_are_replaced() -> None:
    several = 'subsequent-author-substitute="---" subsequent-author-substitute-rule="{}"'
    works = [by("A Doe", "B Roe"), by("A Doe", "B Roe"), by("A Doe", "C Poe")]
    layout = '<names variable="author" suffix="."/>'
    assert listed(layout, *works, listing=several.format("complete-all"))[1:] == ["---.", "A Doe, C Poe."]
    assert listed(layout, *works, listing=several.format("complete-each"))[1:] == ["---, ---.", "A Doe, C Poe."]
    assert listed(layout, *works, listing=several.format("partial-each"))[1:] == ["---, ---.", "---, C Poe."]
    assert listed(layout, *works, listing=several.format("partial-first"))[1:] == ["---, B Roe.", "---, C Poe."]
