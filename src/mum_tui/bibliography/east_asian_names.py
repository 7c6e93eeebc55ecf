"""Splits lists of Chinese, Japanese and Korean names, whose commas and spaces may stand between or inside names.

``山田, 太郎`` is one name and ``李明, 王伟`` are two. What is more probable is told by the number of characters, by the
most common family names, and by the characters that Japanese family names end with.
"""

from __future__ import annotations

import re

from mum_tui.bibliography.names import split_at, unbraced
from mum_tui.romanization import CHINESE_FAMILIES, JAPANESE_FAMILIES

_WORD = re.compile("[\u3005\u3041-\u3096\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff·・ァ-ヺー]+")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_KANA = re.compile("[\u3040-\u30ff]")
_OTHERS = re.compile(
    r"(?:[\s,;]+(?:等人?|[他外](?: ?\d+ ?[人名])?|ほか|외(?: ?\d+ ?[인명])?|등)|(?<=[\u3400-\u9fff])等人?)[.。]?$"
)
_LONG_FAMILIES = frozenset(
    [
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "上官",
        "诸葛",
        "諸葛",
        "东方",
        "東方",
        "皇甫",
        "尉迟",
        "公孙",
        "公孫",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "端木",
        "南宫",
        "宇文",
        "长孙",
        "남궁",
        "황보",
        "제갈",
        "선우",
        "독고",
        "사공",
        "서문",
    ]
)
"""Chinese and Korean family names of two characters."""
_ENDS_OF_FAMILIES = frozenset(
    "田川山本口井野村木原藤島嶋崎沢澤橋石谷森林上下中内岡部子瀬倉場塚屋津水池坂尾永松宮浦葉畑辺根江嵐居見越関戸出合保垣形"
)
_AND = re.compile("(?<=[\u3400-\u9fff]{2})[与與和及](?=[\u3400-\u9fff]{2,3}$)")


def without_others(text: str) -> str:
    """``text`` without the word for ``and others`` behind it."""
    return _OTHERS.sub("", text)


def names_in(text: str, is_alone: bool = True) -> list[str] | None:
    """The names in a part of a list that has a Chinese, Japanese or Korean one; None if it is one name.

    If it does not stand alone, but among others joined by ``and``, a comma is more probably the one in a name.
    """
    if (inner := unbraced(text)) != text:
        found = names_in(inner)
        return found if found and all(map(_is_full, found)) else None
    parts = [inner.strip() for part in split_at(text, ",") if (inner := unbraced(part.strip()))]
    if len(parts) == 1:
        return _without_commas(parts[0])
    if len(parts) == 2 and all(map(_WORD.fullmatch, parts)):
        return parts if _are_two(parts[0], parts[1], is_alone) else None
    if len(parts) > 2 and all(map(_WORD.fullmatch, parts)):
        return _pairs(parts) if len(parts) % 2 == 0 and all(map(_is_family, parts[::2])) else parts
    return _mixed(parts)


def _without_commas(text: str) -> list[str] | None:
    words = text.split()
    if len(words) > 1 and all(map(_WORD.fullmatch, words)):
        if len(words) == 2:
            return words if _are_two(words[0], words[1], True) else None
        return words if all(map(_is_full, words)) else None
    divided = re.split("[·・]", text)
    if len(divided) > 1 and all(len(name) > 1 and _HANGUL.fullmatch(name) for name in divided):
        return divided
    joined = _AND.split(text)
    return joined if len(joined) == 2 and all(map(_is_full, joined)) else None


def _mixed(parts: list[str]) -> list[str] | None:
    """Whole names in any letters, and ``Family, Given`` in Latin ones."""
    names: list[str] = []
    waiting = ""
    for part in parts:
        is_word = _WORD.fullmatch(part.replace(" ", "")) is not None
        if " " not in part and not is_word:
            names += [f"{waiting}, {part}"] if waiting else []
            waiting = "" if waiting else part
        elif waiting or (is_word and len(part) < 2):
            return None
        else:
            names.append(part)
    return names if len(names) > 1 and not waiting else None


def _pairs(parts: list[str]) -> list[str]:
    return [f"{parts[at]}, {parts[at + 1]}" for at in range(0, len(parts), 2)]


def _are_two(first: str, second: str, is_alone: bool) -> bool:
    """Whether two words are two whole names rather than family and given name of one person."""
    if len(first) < 2 or len(second) < 2 or first in _LONG_FAMILIES or first in JAPANESE_FAMILIES:
        return False
    if len(first) > 3 or "·" in first or (_HANGUL.match(first) and (is_alone or len(first) > 2)):
        return True
    if first[0] in CHINESE_FAMILIES and second[0] in CHINESE_FAMILIES:
        return True
    return is_alone and not (first[-1] in _ENDS_OF_FAMILIES or _KANA.search(first))


def _is_family(word: str) -> bool:
    return word in CHINESE_FAMILIES or word in JAPANESE_FAMILIES or word in _LONG_FAMILIES


def _is_full(name: str) -> bool:
    """Whether a word is a whole name, by its family name."""
    if _HANGUL.fullmatch(name):
        return len(name) > 2
    return (1 < len(name) < 4 and name[0] in CHINESE_FAMILIES) or (len(name) > 3 and name[:2] in JAPANESE_FAMILIES)
