"""Lists of names as bibliographies write them."""

from __future__ import annotations

import pytest

from mum_tui.bibliography import name_lists, names
from mum_tui.bibliography.latex import decode


def people(text: str) -> name_lists.People:
    return name_lists.from_bibtex(text, lambda part: names.one(part, lambda value: decode(value).text))


def shown(text: str) -> list[str]:
    order = ("given", "non-dropping-particle", "family", "suffix")
    return [
        f"[{name['literal']}]" if "literal" in name else "|".join(name.get(part, "") for part in order)
        for name in people(text).names
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Doe, Jane and Roe, Rick", ["Jane||Doe|", "Rick||Roe|"]),
        (r"\'Alvarez, Ana and \O{}rsted, Hans and \L{}uk, Kim", ["Ana||Álvarez|", "Hans||Ørsted|", "Kim||Łuk|"]),
        (r"{\"O}zg{\"u}r Ul{\c c}a and \v{S}ime, Dan", ["Özgür||Ulça|", "Dan||Šime|"]),
        ("Ludwig van Beethoven and de la Cruz, Maria", ["Ludwig|van|Beethoven|", "Maria|de la|Cruz|"]),
        ("Martin L. King Jr. and King, Martin L., Jr.", ["Martin L.||King|Jr.", "Martin L.||King|Jr."]),
        ("King, Jr., Martin L. and Edwin V. {Bell, II}", ["Martin L.||King|Jr.", "Edwin V.||Bell|II"]),
        ("{World Health Organization} and {Barnes and Noble}", ["[World Health Organization]", "[Barnes and Noble]"]),
        ("Jane Doe, Rick Roe, Max Moe", ["Jane||Doe|", "Rick||Roe|", "Max||Moe|"]),
        ("Doe JA, Roe RB, Moe M", ["J. A.||Doe|", "R. B.||Roe|", "M.||Moe|"]),
        ("Jane Doe & Rick Roe", ["Jane||Doe|", "Rick||Roe|"]),
        ("Doe & Sons", ["Doe &||Sons|"]),
        ("Jane Doe, Rick Roe, Ann Poe and Max Moe", ["Jane||Doe|", "Rick||Roe|", "Ann||Poe|", "Max||Moe|"]),
        ("Silva Santos, Maria Jose and Moe, Jr., Max", ["Maria Jose||Silva Santos|", "Max||Moe|Jr."]),
        (r"Jane Doe \and Rick Roe", ["Jane||Doe|", "Rick||Roe|"]),
        ("Doe J. A., Roe B.", ["J. A.||Doe|", "B.||Roe|"]),
        ("John Doe, Jr. and W J Filho", ["John||Doe|Jr.", "W J||Filho|"]),
        (
            r"Garc{\'i}a, Xin and {\O}deg{\aa}rd, Si{\^a}n and 王, Klaus",
            ["Xin||García|", "Siân||Ødegård|", "Klaus||王|"],
        ),
        ("Doe, Jane; Roe, Rick", ["Jane||Doe|", "Rick||Roe|"]),
        ("Smith, J., Jones, K.", ["J.||Smith|", "K.||Jones|"]),
        ("{Doe, Jane and Roe, Rick}", ["Jane||Doe|", "Rick||Roe|"]),
        ("family=Doe, given=Jane, prefix=van", ["Jane|van|Doe|"]),
        ("王, 小明 and 李明", ["小明||王|", "[李明]"]),
        ("Brinch Hansen, Per", ["Per||Brinch Hansen|"]),
        ("李 明, 王 伟", ["明||李|", "伟||王|"]),
        ("李 明,王 伟", ["明||李|", "伟||王|"]),
        ("王伟, 李明, 张三", ["[王伟]", "[李明]", "[张三]"]),
        ("李明；王伟", ["[李明]", "[王伟]"]),
        ("李明、王伟、张三", ["[李明]", "[王伟]", "[张三]"]),
        ("李 明 and 王 伟", ["明||李|", "伟||王|"]),
        ("김 철수, 이 영희", ["철수||김|", "영희||이|"]),
        ("山田, 太郎 and 鈴木, 花子", ["太郎||山田|", "花子||鈴木|"]),
        ("J. Doe, R. B. Roe and M.-C. Moe", ["J.||Doe|", "R. B.||Roe|", "M.-C.||Moe|"]),
        ("J. van der Doe, R. Roe", ["J.|van der|Doe|", "R.||Roe|"]),
        ("J. Doe, Jr. and R. Roe", ["J.||Doe|Jr.", "R.||Roe|"]),
        ("Doe, J., Roe, R. B., and Moe, M.", ["J.||Doe|", "R. B.||Roe|", "M.||Moe|"]),
        ("Jane Doe 0001 and Wei Roe", ["Jane||Doe|", "Wei||Roe|"]),
        (
            "Google LLC and The ACME Consortium and Team, Gemini",
            ["[Google LLC]", "[The ACME Consortium]", "Gemini||Team|"],
        ),
        ("李明, 王伟", ["[李明]", "[王伟]"]),
        ("李明，王伟", ["[李明]", "[王伟]"]),
        ("李, 小明", ["小明||李|"]),
        ("欧阳, 修远", ["修远||欧阳|"]),
        ("山田, 太郎", ["太郎||山田|"]),
        ("黒木, 亮太", ["亮太||黒木|"]),
        ("土居, 秀幸 and 岡村, 寛", ["秀幸||土居|", "寛||岡村|"]),
        ("刀禰, 勇 and 阿万, 修", ["勇||刀禰|", "修||阿万|"]),
        ("刀禰, 勇太 and 阿万, 修二", ["勇太||刀禰|", "修二||阿万|"]),
        ("山田, 太郎, 鈴木, 花子", ["太郎||山田|", "花子||鈴木|"]),
        ("山田太郎, 鈴木花子", ["[山田太郎]", "[鈴木花子]"]),
        ("田中, たろう", ["たろう||田中|"]),
        ("たなか たろう, すずき はなこ", ["たろう||たなか|", "はなこ||すずき|"]),
        ("佐々木, 希", ["希||佐々木|"]),
        ("김철수, 이영희", ["[김철수]", "[이영희]"]),
        ("김철수·이영희", ["[김철수]", "[이영희]"]),
        ("남궁, 민수", ["민수||남궁|"]),
        ("李明 王伟", ["[李明]", "[王伟]"]),
        ("李明 王伟 张三", ["[李明]", "[王伟]", "[张三]"]),
        ("李明, 王伟 and 张三", ["[李明]", "[王伟]", "[张三]"]),
        ("李明, 王伟; 张三", ["[李明]", "[王伟]", "[张三]"]),
        ("李明, John Smith", ["[李明]", "John||Smith|"]),
        ("Smith, John, 李明", ["John||Smith|", "[李明]"]),
        ("王, Klaus", ["Klaus||王|"]),
        ("Li Ming (李明), Wang Wei (王伟)", ["[Li Ming (李明)]", "[Wang Wei (王伟)]"]),
        ("{李明}, {王伟}", ["[李明]", "[王伟]"]),
        ("{李明, 王伟}", ["[李明]", "[王伟]"]),
        ("{清华大学, 北京}", ["[清华大学, 北京]"]),
        ("中国科学院, 清华大学", ["[中国科学院]", "[清华大学]"]),
        ("李明和王伟", ["[李明]", "[王伟]"]),
        ("李明 & 王伟", ["[李明]", "[王伟]"]),
        ("阿凡提·买买提", ["[阿凡提·买买提]"]),
        ("", []),
        ("Too, many, commas, in, one", ["[Too, many, commas, in, one]"]),
    ],
)
def test_a_list_of_names(written: str, expected: list[str]) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize("ending", [" and others", " et al.", ", et al", " and 12 others", " and {3 more}"])
def test_a_list_that_stops_early(ending: str) -> None:
    found = people(f"Jane Doe{ending}")
    assert not found.complete
    assert found.names == [{"family": "Doe", "given": "Jane"}]


@pytest.mark.parametrize(
    "written", ["李明, 王伟, 等", "李明, 王伟等", "李明、王伟 他", "李明, 王伟 外3人", "李明;王伟;等人"]
)
def test_a_chinese_list_that_stops_early(written: str) -> None:
    found = people(written)
    assert not found.complete
    assert found.names == [{"literal": "李明"}, {"literal": "王伟"}]


@pytest.mark.parametrize(
    "written", ["Doe JA, Roe R", "Doe, Jane; Roe, Rick", "{Doe, Jane and Roe, Rick}", "李明, 王伟"]
)
def test_a_list_that_had_to_be_taken_apart_says_so(written: str) -> None:
    assert people(written).remark


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "van der Roe, Rick, Jr.",
            {"family": "Roe", "given": "Rick", "non-dropping-particle": "van der", "suffix": "Jr."},
        ),
        ("Roe, Rick J Jr", {"family": "Roe", "given": "Rick J", "suffix": "Jr"}),
        ("Roe, R. 3rd", {"family": "Roe", "given": "R.", "suffix": "3rd"}),
        ("ACME Group", {"literal": "ACME Group"}),
        ("Institute of Things, University of X", {"literal": "Institute of Things, University of X"}),
    ],
)
def test_a_name_with_a_comma(written: str, expected: dict[str, str]) -> None:
    assert names.split(written) == expected


def test_a_name_of_pubmed_and_one_in_reading_order() -> None:
    assert names.from_pubmed("van der Roe RB") == {
        "family": "Roe",
        "given": "R. B.",
        "non-dropping-particle": "van der",
    }
    assert names.in_reading_order("Bram van Ginneken") == {
        "family": "Ginneken", "given": "Bram", "non-dropping-particle": "van",
    }  # fmt: skip
