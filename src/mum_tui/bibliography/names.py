"""Lists of names as bibliographies write them, as CSL names: family, given, particle, suffix, or one literal text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from mum_tui.text import one_line

Person = dict[str, str]


class People(NamedTuple):
    """Names in order, whether the list is complete, and a remark on how it was taken apart."""

    names: list[Person]
    complete: bool = True
    remark: str = ""


_OTHERS = frozenset(["others", "et al.", "et al", "and others", "et. al.", "u.a.", "..."])
_LONGEST_OTHERS = 20
"""Characters of ``{and others}`` and the like, with all that may stand around it."""

_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|esq|ph\.?d|m\.?d)\.?|I{2,3}|IV|VI{0,3}|[23](?:nd|rd)|filho|neto", re.IGNORECASE)
_ROMAN = re.compile(r"I{1,3}|IV|V|VI{1,3}")
_PARTICLES = frozenset(
    [
        "af",
        "al",
        "am",
        "an",
        "auf",
        "aus",
        "av",
        "bin",
        "da",
        "dal",
        "dalla",
        "das",
        "de",
        "degli",
        "dei",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "of",
        "op",
        "ten",
        "ter",
        "te",
        "the",
        "'t",
        "to",
        "tot",
        "van",
        "vom",
        "von",
        "y",
        "z",
        "zu",
        "zum",
        "zur",
        "’t",
    ]
)
_WIDE = str.maketrans({"；": ";", "，": ",", "、": ";"})
"""Signs that divide names in Chinese and Japanese, as those that do it here."""

_LETTERS = "[\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]{1,5}"
_CJK_NAME = re.compile(f"{_LETTERS}(?: {_LETTERS})?")
"""A Chinese, Japanese or Korean name, or one part of it; with a space, the family name stands first."""

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_PUBMED = re.compile(r"(?:[^\W\d_][\w'’.-]*[ ])+[A-Z]{1,4}(?:[ ](?:Jr|Sr|2nd|3rd|I{2,3}|IV))?")
_DOTTED = re.compile(r"((?:[^\W\d_][\w'’-]+ )*[^\W\d_][\w'’-]+) ((?:[A-Z]\.[ -]?)+)")
"""``Doe J. A.``: PubMed's order with full stops."""

_AND_COMMAND = re.compile(r"\\and(?![A-Za-z])")
_ORGANISATION = re.compile(
    r"\b(?:consortium|group|team|university|institute?|initiative|collaboration|committee|organi[sz]ation|society"
    r"|association|agency|network|project|department|ministry|council|foundation|laborator(?:y|ies)|cent(?:er|re)"
    r"|investigators|company|corporation|inc\.|gmbh|ltd|llc|openai|google|microsoft|nvidia|deepmind)\b",
    re.IGNORECASE,
)
_BARE_ACCENT = re.compile(r"(?<!\{)\\([`'^\"~=.])\s*(?:\{(\\?[A-Za-z])\}|(\\?[A-Za-z]))")

_AND = re.compile(r"(?:^|\s)and(?=\s|$)", re.IGNORECASE)
_ET_AL = re.compile(r"(?:,|\s)\s*et\.?\s+al\.?$", re.IGNORECASE)


def from_bibtex(text: str, read: Callable[[str], Iterable[Person]]) -> People:
    """A BibTeX list of names, joined by ``and``; ``read`` takes one name apart, as ``one`` does.

    Lists that are not joined that way (commas, semicolons, PubMed's ``Doe JA, Roe R``, all in one pair of braces) are
    taken apart as their writers meant them, and the remark says so.
    """
    text = " ".join(text.replace("\\ ", " ").split())
    if not text.isascii() and _CJK.search(text):
        text = text.translate(_WIDE)
    if "\\and" in text:
        text = _AND_COMMAND.sub("and", text)
    remark = ""
    complete = True
    if "al" in text[-3:].lower() and _ET_AL.search(text):
        text, complete = _ET_AL.sub("", text), False
    parts = split_and(text)
    if len(parts) == 1:
        inner = _unbraced(text)
        if inner != text and len(split_and(inner)) > 1 and "," in inner:
            text, remark = inner, "a list of names in braces was read as names"
            parts = split_and(inner)
        elif ";" in strip_groups(text):
            parts, remark = _split_at(text, ";"), "names joined by semicolons were read as several"
        elif (several := _by_commas(text)) is not None:
            parts, remark = several, "names joined by commas were read as several"
        elif (several := _by_ampersand(text)) is not None:
            parts, remark = several, "names joined by an ampersand were read as several"
    elif text.count(",") > 1 and any(part.count(",") > 1 for part in parts):
        several = [name for part in parts for name in (_listed(part) or [part])]
        if len(several) > len(parts):
            parts, remark = several, "names joined by commas were read as several"
    names: list[Person] = []
    for part in parts:
        part = part.strip(", ")
        if not part:
            continue
        if len(part) < _LONGEST_OTHERS and part.lower().strip("{}\\ ") in _OTHERS:
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


def strip_groups(text: str) -> str:
    """``text`` without what stands in braces."""
    if "{" not in text:
        return text
    out: list[str] = []
    depth = 0
    for char in text:
        if char == "{":
            depth += 1
        elif char == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            out.append(char)
    return "".join(out)


def _unbraced(text: str) -> str:
    """What one pair of braces around all of ``text`` holds; ``text`` itself where there is none."""
    if not (text.startswith("{") and text.endswith("}")):
        return text
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", text):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return text[1:-1].strip() if match.end() == len(text) else text
    return text


def _split_at(text: str, sign: str) -> list[str]:
    parts: list[str] = []
    depth = start = 0
    for at, char in enumerate(text):
        if char == "{":
            depth += 1
        elif char == "}":
            depth = max(depth - 1, 0)
        elif char == sign and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _by_commas(text: str) -> list[str] | None:
    """The names of ``Jane Doe, Rick Roe, Max Moe`` or ``Doe JA, Roe R``; None where the commas mean something else."""
    parts = [part.strip() for part in _split_at(text, ",")]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return None
    bare = [strip_groups(part) or part for part in parts]
    if all(map(_CJK_NAME.fullmatch, bare)):
        # One comma may divide a family name and a given name; a part that has a space is a whole name.
        return parts if len(parts) > 2 or all(" " in part for part in bare) else None
    if all(_PUBMED.fullmatch(part) for part in bare):
        return [_pubmed(part) for part in parts]
    if all(_DOTTED.fullmatch(part) for part in bare):
        return [", ".join(_DOTTED.sub(r"\1\0\2", part).split("\0")) for part in parts]
    if len(parts) % 2 == 0 and len(parts) >= 4 and all(_all_initials(part) for part in bare[1::2]):
        return [f"{parts[at]}, {parts[at + 1]}" for at in range(0, len(parts), 2)]
    if len(parts) < 3 and not all(len(part.split()) > 1 for part in bare):
        return None
    # ``Family, Jr, Given`` has three parts too, but one of them is a suffix or a single word.
    if len(parts) == 3 and _SUFFIX.fullmatch(bare[1]):
        return None
    several = [part for part in bare if len(part.split()) > 1]
    if len(several) == len(bare) and not any(part.split()[0].lower() in _PARTICLES for part in bare):
        if len(parts) == 2 and all(_is_initials(word) for word in bare[1].split()):
            return None
        return parts if len(parts) > 2 or (all(part[0].isupper() for part in bare) and _first_names(bare)) else None
    return None


def _listed(text: str) -> list[str] | None:
    """The names of ``Jane Doe, Rick Roe, Ann Poe`` before an ``and``; None for one name."""
    parts = [part.strip() for part in _split_at(text, ",") if part.strip()]
    return parts if len(parts) > 2 and all(len(strip_groups(part).split()) > 1 for part in parts) else None


def _by_ampersand(text: str) -> list[str] | None:
    """The names of ``Jane Doe & Rick Roe``; None for an organisation: ``Doe & Sons``."""
    parts = [part.strip() for part in re.split(r"\s\\?&\s", text)]
    return parts if len(parts) > 1 and all(len(part.split()) > 1 for part in parts) and "{" not in text else None


def _is_initials(word: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z]\.?-?){1,3}", word))


def _all_initials(text: str) -> bool:
    return all(_is_initials(word) for word in text.split())


def _first_names(parts: list[str]) -> bool:
    """Whether two parts look like two whole names rather than family and given names of one person."""
    return all(len(part.split()) == 2 and not _is_initials(part.split()[1]) for part in parts) and not any(
        _is_initials(word) for word in parts[1].split()
    )


def _pubmed(text: str) -> str:
    """``Doe JA`` as ``Doe, J. A.``."""
    words = text.split()
    suffix = f", {words.pop()}" if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    initials = " ".join(f"{letter}." for letter in words[-1])
    return f"{' '.join(words[:-1])}{suffix}, {initials}"


_USUAL = re.compile(r"([A-Z][a-z'-]+(?: [A-Z][a-z'-]+)*), ([A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*)*)")
"""Names that need no taking apart, if they have no suffix."""
_ACCENT = r"[`'^\"~=.]"
_CAPITAL = (
    r"(?:[A-Z\u00c0-\u00d6\u00d8-\u00de\u0410-\u042f]"
    rf"|\{{\\(?:{_ACCENT}(?:[A-Z]|\{{[A-Z]\}})|[cvuHkdr]\{{[A-Z]\}}|L|O|AE|OE|AA)\}})"
)
_LETTER = (
    rf"(?:[^\W\d_]|['’-]|\{{\\(?:{_ACCENT}(?:[A-Za-z]|\{{[A-Za-z]\}})|[cvuHkdr]\{{[A-Za-z]\}}"
    r"|[lLoO]|ss|ae|AE|oe|OE|aa|AA)\})"
)
_GIVEN = rf"{_CAPITAL}(?:{_LETTER}|\.)*"
_ACCENTED = re.compile(rf"({_LETTER}+|{_CAPITAL}{_LETTER}*(?: {_CAPITAL}{_LETTER}*)+), ({_GIVEN}(?: {_GIVEN})*)")
"""Names that need no taking apart either; their letters may be LaTeX, each in braces of its own."""
_SUFFIX_WORD = re.compile(r"(?:^|[\s,])(?:[js]r|[js]nr|esq|phd|md|[IVX]+|filho|neto)\b", re.IGNORECASE)


def is_family_first(text: str) -> bool:
    """Whether a name without a comma begins with the family name, as Chinese and Korean ones do: ``李 明``."""
    return " " in text and "," not in text and not text.isascii() and _CJK_NAME.fullmatch(text) is not None


def simple(text: str) -> tuple[str, str] | None:
    """Family and given name of a name that needs no taking apart, as nearly all are; None for any other."""
    match = _USUAL.fullmatch(text) or _ACCENTED.fullmatch(text)
    return (match[1], match[2]) if match and not _SUFFIX_WORD.search(text) else None


def one(text: str, plain: Callable[[str], str]) -> Iterator[Person]:
    """One name of such a list, which may be several in truth; ``plain`` decodes LaTeX."""
    if is_family_first(text):
        family, given = text.split()
        yield {"family": family, "given": given}
        return
    if parts_of_simple := simple(text):
        family, given = parts_of_simple
        yield {"family": plain(family), "given": plain(given)}
        return
    whole = _unbraced(text)
    if whole != text:
        literal = one_line(plain(whole))
        if literal:
            yield {"literal": literal}
        return
    if re.search(r"\b(?:family|given|prefix|suffix)\s*=", text):
        yield from _keyed(text, plain)
        return
    # An accent that stands before its letter without braces begins no "special character" to the parser.
    text = _BARE_ACCENT.sub(lambda match: f"{{\\{match[1]}{match[2] or match[3]}}}", text) if "\\" in text else text
    parts = parts_of(text)
    if parts is None:
        literal = one_line(plain(text))
        if literal:
            yield split(literal) if "," in literal else {"literal": literal}
        return
    von, last, first, suffix = (one_line(plain(" ".join(words))) for words in parts)
    yield from _person(von, last, first, suffix)


def parts_of(text: str) -> tuple[list[str], list[str], list[str], list[str]] | None:
    """von, last, first and suffix as BibTeX itself splits a name; None for one that it cannot split."""
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    try:
        parts = parse_single_name_into_parts(text.rstrip(", "), strict=True)
    except (InvalidNameError, IndexError):
        return None
    return parts.von, parts.last, parts.first, parts.jr


def _person(von: str, last: str, first: str, suffix: str) -> Iterator[Person]:
    if not suffix and von and _SUFFIX.fullmatch(first) and (parts := parts_of(f"{von} {last}")):
        # ``Jane van Doe, Jr.``: what BibTeX takes for the given name is a suffix.
        von, last, before = (" ".join(words) for words in parts[:3])
        first, suffix = before, first
    if not suffix and not von and len(last.split()) > 1 and _SUFFIX.fullmatch(first) and first[:1] not in "fnFN":
        # ``John Doe, Jr.``: the same without a particle.
        *given, last = last.split()
        first, suffix = " ".join(given), first
    if not suffix and first:
        # ``Martin L. King Jr.``: BibTeX takes the last word for the family name.
        if _SUFFIX.fullmatch(last) and len(first.split()) > 1 and not _is_only_name(first, last):
            *given, last_word = first.split()
            first, last, suffix = " ".join(given), last_word.rstrip(","), last
        elif (match := re.fullmatch(r"(.+?),?\s+(jr|sr|jnr|snr)\.?", last, re.IGNORECASE)) or (
            match := re.fullmatch(r"(.+)\s+(I{2,3}|IV)", last)
        ):
            suffix = last[len(match[1]) :].strip(" ,")
            last = match[1].rstrip(",")
        elif match := re.fullmatch(r"(.+?),?\s+(jr\.?|sr\.?|I{2,3}|IV)", first, re.IGNORECASE):
            first, suffix = match[1], match[2]
    elif suffix and first and _SUFFIX.fullmatch(first) and not _SUFFIX.fullmatch(suffix):
        # ``King, Martin L., Jr.`` has the suffix last, where BibTeX has the given names.
        first, suffix = suffix, first
    name = {"family": last, "given": first, "non-dropping-particle": von, "suffix": suffix}
    name = {key: value for key, value in name.items() if value}
    if name.keys() == {"family"}:
        name = _single(last)
    if name:
        yield name


def _is_only_name(first: str, last: str) -> bool:
    """Whether a word that may be a suffix is the family name: ``W J Filho``."""
    return last.lower() in ("filho", "neto") and all(map(_is_initials, first.split()))


def _single(text: str) -> Person:
    """One name without a comma or a given name."""
    if len(text) <= 4 and _CJK.fullmatch(text[:1]) and all(_CJK.fullmatch(char) for char in text):
        return {"literal": text}
    return {"literal": text}


def _keyed(text: str, plain: Callable[[str], str]) -> Iterator[Person]:
    """BibLaTeX's extended name format: ``family=Doe, given=Jane, prefix=van``."""
    known = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
    name = {}
    for part in _split_at(text, ","):
        key, _, value = part.partition("=")
        variable = known.get(key.strip().strip('"').lower())
        if variable and (decoded := one_line(plain(value.strip().strip('"')))):
            name[variable] = decoded
    if name:
        yield name


def split(text: str) -> Person:
    """A name from a format that writes ``Family, Given`` or ``Family, Given, Jr.``; without a comma it is literal."""
    text = one_line(text).strip(", ")
    family, *rest = (part.strip() for part in text.split(","))
    rest = [part for part in rest if part]
    if not rest or not family or len(rest) > 2 or _ORGANISATION.search(rest[0]):
        return {"literal": text} if text else {}
    given, suffix = rest[0], rest[1] if len(rest) == 2 else ""
    if suffix and _SUFFIX.fullmatch(given) and not _SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given
    words = family.split()
    particle = []
    while len(words) > 1 and words[0][:1].islower():
        particle.append(words.pop(0))
    name = {"family": " ".join(words), "given": given, "non-dropping-particle": " ".join(particle), "suffix": suffix}
    return {key: value for key, value in name.items() if value}


def from_pubmed(text: str) -> Person:
    """``Doe JA`` or ``van Doe JA Jr``, as MEDLINE writes names."""
    text = one_line(text)
    return split(_pubmed(text)) if _PUBMED.fullmatch(text) else split(text)


def in_reading_order(text: str) -> Person:
    """``Jane van Doe Jr.`` as a page prints it: given names first."""
    text = one_line(text)
    if _ORGANISATION.search(text) or not text:
        return {"literal": text} if text else {}
    if _CJK.search(text) or " " not in text:
        return {"literal": text}
    parts = parts_of(text.replace("{", "").replace("}", "").replace("\\", "").replace(",", ""))
    if parts is None:
        return {"literal": text}
    return next(_person(*(" ".join(words) for words in (parts[0], parts[1], parts[2], parts[3]))), {})
