"""Splits the lists of names in BibTeX files, which are joined by ``and`` or in other ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from mum_tui.bibliography import east_asian_names
from mum_tui.bibliography.names import (
    CJK,
    CJK_NAME,
    PARTICLES,
    PUBMED,
    SUFFIX,
    Person,
    is_initials,
    pubmed,
    split_at,
    strip_groups,
    unbraced,
)


class People(NamedTuple):
    """Names in order, whether the list is complete, and a remark if it was not joined by ``and``."""

    names: list[Person]
    complete: bool = True
    remark: str = ""


_OTHERS = frozenset(["others", "et al.", "et al", "and others", "et. al.", "u.a.", "..."])
_MORE = re.compile(r"^\d{1,4} (?:others|more|coauthors|co-authors|additional authors)$")
"""``12 others``."""
_LONGEST_OTHERS = 25
"""The longest spelling of ``and others``, in characters, with braces and spaces around it."""
_WIDE = str.maketrans({"；": ";", "，": ",", "、": ";"})
"""Separators of Chinese and Japanese lists, as the ASCII ones that mean the same."""
_DOTTED = re.compile(r"((?:[^\W\d_][\w'’-]+ )*[^\W\d_][\w'’-]+) ((?:[A-Z]\.[ -]?)+)")
"""``Doe J. A.``: PubMed's order with full stops."""
_INITIALS_FIRST = re.compile(r"(?:[^\W\d_a-z]\.(?:[ ~-]|\\,)?)+[ ~]?[^\W\d_][\w'’-]+(?: [\w'’-]+)*(?=,|$)")
"""``J. A. Doe`` before a comma: a comma then divides two names."""
_AND_COMMAND = re.compile(r"\\and(?![A-Za-z])")
_AND = re.compile(r"(?:^|\s)and(?=\s|$)", re.IGNORECASE)
_ET_AL = re.compile(r"(?:,|\s)\s*et\.?\s+al\.?$", re.IGNORECASE)


def from_bibtex(text: str, read: Callable[[str], Iterable[Person]]) -> People:
    """Read a BibTeX list of names; ``read`` reads one name, as ``names.one`` does.

    BibTeX joins names by ``and``. Other lists (commas, semicolons, PubMed's ``Doe JA, Roe R``, one pair of braces
    around all) are split as their writers meant them, and the remark says so.
    """
    text = " ".join(text.replace("\\ ", " ").split())
    complete = True
    is_east_asian = not text.isascii() and CJK.search(text) is not None
    if is_east_asian:
        text = text.translate(_WIDE)
        text, before = east_asian_names.without_others(text), text
        complete = text == before
    if "\\and" in text:
        text = _AND_COMMAND.sub("and", text)
    remark = ""
    if "al" in text[-3:].lower() and _ET_AL.search(text):
        text, complete = _ET_AL.sub("", text), False
    parts = split_and(text)
    if len(parts) == 1:
        inner = unbraced(text)
        if inner != text and len(split_and(inner)) > 1 and "," in inner:
            text, remark = inner, "a list of names in braces was read as names"
            parts = split_and(inner)
        elif ";" in strip_groups(text):
            parts, remark = split_at(text, ";"), "names joined by semicolons were read as several"
        elif not is_east_asian and (several := _by_commas(text)) is not None:
            parts, remark = several, "names joined by commas were read as several"
        elif (several := _by_ampersand(text)) is not None:
            parts, remark = several, "names joined by an ampersand were read as several"
    elif "," in text and any(part.count(",") > 1 or _INITIALS_FIRST.match(part) for part in parts):
        several = [name for part in parts for name in (_listed(part) or [part])]
        if len(several) > len(parts):
            parts, remark = several, "names joined by commas were read as several"
    if is_east_asian:
        several = [name for part in parts for name in (_east_asian(part, len(parts) == 1) or [part])]
        if len(several) > len(parts):
            parts, remark = several, remark or "names joined by commas or spaces were read as several"
    names: list[Person] = []
    for part in parts:
        part = part.strip(", ")
        if not part:
            continue
        if len(part) < _LONGEST_OTHERS and _MORE.sub("others", part.lower().strip("{}\\ ")) in _OTHERS:
            complete = False
            continue
        names.extend(read(part))
    return People(names, complete, remark)


def split_and(text: str) -> list[str]:
    """The parts of a BibTeX list: split at the word ``and`` outside braces, in any case."""
    lower = text.lower()
    if "and" not in lower:
        return [text]
    parts = text.split(" and ")
    if len(parts) <= lower.count(" and ") or " and and " in lower or lower.startswith("and") or lower.endswith("and"):
        parts = [stripped for part in _AND.split(text) if (stripped := part.strip())]
    if "{" not in text and "}" not in text:
        return parts
    if "\\{" in text or "\\}" in text or "}and" in lower or "and{" in lower or not all(map(_is_whole, parts)):
        return _split_outside_braces(text)
    return parts


def _is_whole(part: str) -> bool:
    """Whether as many braces are closed as opened, the first one opened before one is closed."""
    if "{" not in part and "}" not in part:
        return True
    return part.count("{") == part.count("}") and part.find("{") <= part.find("}")


def _split_outside_braces(text: str) -> list[str]:
    parts: list[str] = []
    depth = start = 0
    for match in re.finditer(r"(?<!\\)[{}]|(?<=[\s}])and(?=[\s{])|^and(?=\s)|(?<=\s)and$", text, re.IGNORECASE):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _by_commas(text: str) -> list[str] | None:
    """The names of ``Jane Doe, Rick Roe, Max Moe`` or ``Doe JA, Roe R``; None where the commas mean something else."""
    parts = [part.strip() for part in split_at(text, ",")]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return None
    bare = [strip_groups(part) or part for part in parts]
    if all(map(_INITIALS_FIRST.fullmatch, bare)):
        return parts
    if all(PUBMED.fullmatch(part) for part in bare):
        return [pubmed(part) for part in parts]
    if all(_DOTTED.fullmatch(part) for part in bare):
        return [", ".join(_DOTTED.sub(r"\1\0\2", part).split("\0")) for part in parts]
    if len(parts) % 2 == 0 and len(parts) >= 4 and all(_all_initials(part) for part in bare[1::2]):
        return [f"{parts[at]}, {parts[at + 1]}" for at in range(0, len(parts), 2)]
    if len(parts) < 3 and not all(len(part.split()) > 1 for part in bare):
        return None
    # ``Family, Jr, Given`` has three parts too, but one of them is a suffix or a single word.
    if len(parts) == 3 and SUFFIX.fullmatch(bare[1]):
        return None
    several = [part for part in bare if len(part.split()) > 1]
    if len(several) == len(bare) and not any(part.split()[0].lower() in PARTICLES for part in bare):
        if len(parts) == 2 and all(is_initials(word) for word in bare[1].split()):
            return None
        return parts if len(parts) > 2 or (all(part[0].isupper() for part in bare) and _first_names(bare)) else None
    return None


def _listed(text: str) -> list[str] | None:
    """The names of ``Jane Doe, Rick Roe, Ann Poe`` before an ``and``; None for one name."""
    parts = [part.strip() for part in split_at(text, ",") if part.strip()]
    if len(parts) > 1 and all(map(_INITIALS_FIRST.fullmatch, parts)):
        return parts
    if len(parts) > 3 and len(parts) % 2 == 0 and all(map(_all_initials, parts[1::2])):
        return [f"{parts[at]}, {parts[at + 1]}" for at in range(0, len(parts), 2)]
    return parts if len(parts) > 2 and all(len(strip_groups(part).split()) > 1 for part in parts) else None


def _east_asian(part: str, is_alone: bool) -> list[str] | None:
    return east_asian_names.names_in(part, is_alone) if CJK.search(part) else None


def _by_ampersand(text: str) -> list[str] | None:
    """The names of ``Jane Doe & Rick Roe``; None for an organisation: ``Doe & Sons``."""
    parts = [part.strip() for part in re.split(r"\s\\?&\s", text)]
    return parts if len(parts) > 1 and all(map(_is_whole_name, parts)) and "{" not in text else None


def _is_whole_name(text: str) -> bool:
    return len(text.split()) > 1 or (CJK_NAME.fullmatch(text) is not None and len(text) > 1)


def _all_initials(text: str) -> bool:
    return all(is_initials(word) for word in text.split())


def _first_names(parts: list[str]) -> bool:
    """Whether two parts look like two whole names rather than family and given names of one person."""
    return all(len(part.split()) == 2 and not is_initials(part.split()[1]) for part in parts) and not any(
        is_initials(word) for word in parts[1].split()
    )
