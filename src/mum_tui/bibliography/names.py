"""Reads one name of a bibliography as a CSL name: family, given, particle and suffix, or one literal text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mum_tui.text import one_line

Person = dict[str, str]
SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|esq|ph\.?d|m\.?d)\.?|I{2,3}|IV|VI{0,3}|[23](?:nd|rd)|filho|neto", re.IGNORECASE)
_ROMAN = re.compile(r"I{1,3}|IV|V|VI{1,3}")
PARTICLES = frozenset(
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
_LETTERS = "\u3005\u3041-\u3096\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
CJK_NAME = re.compile(f"[{_LETTERS}]{{1,5}}(?: [{_LETTERS}ァ-ヺー]{{1,5}})?")
"""A Chinese, Japanese or Korean name, or a part of one; the family name comes first."""
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_BOTH_SCRIPTS = re.compile(f"[^{{}}]+[(（][{_LETTERS}ァ-ヺー ]+[)）]")
"""``Li Ming (李明)``: which of the two words is the family name is not said."""
_NUMBER = re.compile(r" 00\d\d$")
"""The number behind a name that DBLP tells people of one name apart by."""
_FIRM = re.compile(
    r"\s(?:LLC|Inc\.?|Ltd\.?|GmbH|Corp\.?|Corporation|Foundation|Consortium|Collaboration|Committee|Initiative|Network"
    r"|Organi[sz]ation|Association|Society|Institute|Laborator(?:y|ies)|Group|Team)$"
)
"""What the name of an organisation ends with, and hardly the name of a person."""
PUBMED = re.compile(r"(?:[^\W\d_][\w'’.-]*[ ])+[A-Z]{1,4}(?:[ ](?:Jr|Sr|2nd|3rd|I{2,3}|IV))?")
_ORGANISATION = re.compile(
    r"\b(?:consortium|group|team|university|institute?|initiative|collaboration|committee|organi[sz]ation|society"
    r"|association|agency|network|project|department|ministry|council|foundation|laborator(?:y|ies)|cent(?:er|re)"
    r"|investigators|company|corporation|inc\.|gmbh|ltd|llc|openai|google|microsoft|nvidia|deepmind)\b",
    re.IGNORECASE,
)
_BARE_ACCENT = re.compile(r"(?<!\{)\\([`'^\"~=.])\s*(?:\{(\\?[A-Za-z])\}|(\\?[A-Za-z]))")


def strip_groups(text: str) -> str:
    """``text`` without the parts in braces."""
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


def unbraced(text: str) -> str:
    """``text`` without the one pair of braces around all of it, if it has one."""
    if not (text.startswith("{") and text.endswith("}")):
        return text
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", text):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return text[1:-1].strip() if match.end() == len(text) else text
    return text


def split_at(text: str, sign: str) -> list[str]:
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


def is_initials(word: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z]\.?-?){1,3}", word))


def pubmed(text: str) -> str:
    """``Doe JA`` as ``Doe, J. A.``."""
    words = text.split()
    suffix = f", {words.pop()}" if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    initials = " ".join(f"{letter}." for letter in words[-1])
    return f"{' '.join(words[:-1])}{suffix}, {initials}"


_SUFFIX_BEHIND = re.compile(r"(.*[^\s,]),? (jr\.?|sr\.?|2nd|3rd|4th|I{2,3}|IV)", re.IGNORECASE)
"""``Rick Jr``: PubMed has suffixes behind the given names."""
_USUAL = re.compile(r"([A-Z][a-z'-]+(?: [A-Z][a-z'-]+)*), ([A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*)*)")
"""Simple names: ``Family, Given`` in ASCII letters."""
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
"""Simple names with other letters, also as LaTeX if each letter has braces of its own."""
_SUFFIX_WORD = re.compile(r"(?:^|[\s,])(?:[js]r|[js]nr|esq|phd|md|[IVX]+|filho|neto)\b", re.IGNORECASE)


def is_family_first(text: str) -> bool:
    """Whether a name without a comma begins with the family name, as Chinese and Korean ones do: ``李 明``."""
    return " " in text and "," not in text and not text.isascii() and CJK_NAME.fullmatch(text) is not None


def simple(text: str) -> tuple[str, str] | None:
    """Family and given names of a simple name (``Family, Given`` without suffix), as nearly all are; else None."""
    match = _USUAL.fullmatch(text) or _ACCENTED.fullmatch(text)
    return (match[1], match[2]) if match and not _SUFFIX_WORD.search(text) else None


def one(text: str, plain: Callable[[str], str]) -> Iterator[Person]:
    """Read one name of a BibTeX list, or several if that is what it holds; ``plain`` decodes LaTeX."""
    if is_family_first(text):
        family, given = text.split()
        yield {"family": family, "given": given}
        return
    if not text.isascii() and "," not in text and _BOTH_SCRIPTS.fullmatch(text):
        yield {"literal": one_line(plain(text))}
        return
    if " 00" in text:
        text = _NUMBER.sub("", text)
    if "," not in text and "\\" not in text and "{" not in text and _FIRM.search(text):
        yield {"literal": one_line(text)}
        return
    if parts_of_simple := simple(text):
        family, given = parts_of_simple
        yield {"family": plain(family), "given": plain(given)}
        return
    whole = unbraced(text)
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
    """The von, last, first and suffix parts as BibTeX splits a name; None if it cannot."""
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    try:
        parts = parse_single_name_into_parts(text.rstrip(", "), strict=True)
    except (InvalidNameError, IndexError):
        return None
    return parts.von, parts.last, parts.first, parts.jr


def _person(von: str, last: str, first: str, suffix: str) -> Iterator[Person]:
    if not suffix and von and SUFFIX.fullmatch(first) and (parts := parts_of(f"{von} {last}")):
        # ``Jane van Doe, Jr.``: what BibTeX takes for the given name is a suffix.
        von, last, before = (" ".join(words) for words in parts[:3])
        first, suffix = before, first
    if not suffix and not von and len(last.split()) > 1 and SUFFIX.fullmatch(first) and first[:1] not in "fnFN":
        # ``John Doe, Jr.``: the same without a particle.
        *given, last = last.split()
        first, suffix = " ".join(given), first
    if not suffix and first:
        # ``Martin L. King Jr.``: BibTeX takes the last word for the family name.
        if SUFFIX.fullmatch(last) and len(first.split()) > 1 and not _is_only_name(first, last):
            *given, last_word = first.split()
            first, last, suffix = " ".join(given), last_word.rstrip(","), last
        elif (match := re.fullmatch(r"(.+?),?\s+(jr|sr|jnr|snr)\.?", last, re.IGNORECASE)) or (
            match := re.fullmatch(r"(.+)\s+(I{2,3}|IV)", last)
        ):
            suffix = last[len(match[1]) :].strip(" ,")
            last = match[1].rstrip(",")
        elif match := re.fullmatch(r"(.+?),?\s+(jr\.?|sr\.?|I{2,3}|IV)", first, re.IGNORECASE):
            first, suffix = match[1], match[2]
    elif suffix and first and SUFFIX.fullmatch(first) and not SUFFIX.fullmatch(suffix):
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
    return last.lower() in ("filho", "neto") and all(map(is_initials, first.split()))


def _single(text: str) -> Person:
    """One name without a comma or a given name."""
    if len(text) <= 4 and CJK.fullmatch(text[:1]) and all(CJK.fullmatch(char) for char in text):
        return {"literal": text}
    return {"literal": text}


def _keyed(text: str, plain: Callable[[str], str]) -> Iterator[Person]:
    """BibLaTeX's extended name format: ``family=Doe, given=Jane, prefix=van``."""
    known = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
    name = {}
    for part in split_at(text, ","):
        key, _, value = part.partition("=")
        variable = known.get(key.strip().strip('"').lower())
        if variable and (decoded := one_line(plain(value.strip().strip('"')))):
            name[variable] = decoded
    if name:
        yield name


def split(text: str) -> Person:
    """Read ``Family, Given`` or ``Family, Given, Jr.``; a name without a comma is literal."""
    text = one_line(text).strip(", ")
    family, *rest = (part.strip() for part in text.split(","))
    rest = [part for part in rest if part]
    if not rest or not family or len(rest) > 2 or _ORGANISATION.search(rest[0]):
        return {"literal": text} if text else {}
    given, suffix = rest[0], rest[1] if len(rest) == 2 else ""
    if suffix and SUFFIX.fullmatch(given) and not SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given
    if not suffix and (match := _SUFFIX_BEHIND.fullmatch(given)):
        given, suffix = match[1], match[2]
    words = family.split()
    particle = []
    while len(words) > 1 and words[0][:1].islower():
        particle.append(words.pop(0))
    name = {"family": " ".join(words), "given": given, "non-dropping-particle": " ".join(particle), "suffix": suffix}
    return {key: value for key, value in name.items() if value}


def from_pubmed(text: str) -> Person:
    """Read ``Doe JA`` or ``van Doe JA Jr``, as MEDLINE writes names."""
    text = one_line(text)
    return split(pubmed(text)) if PUBMED.fullmatch(text) else split(text)


def in_reading_order(text: str) -> Person:
    """Read ``Jane van Doe Jr.``: given names first."""
    text = one_line(text)
    if _ORGANISATION.search(text) or not text:
        return {"literal": text} if text else {}
    if CJK.search(text) or " " not in text:
        return {"literal": text}
    parts = parts_of(text.replace("{", "").replace("}", "").replace("\\", "").replace(",", ""))
    if parts is None:
        return {"literal": text}
    return next(_person(*(" ".join(words) for words in (parts[0], parts[1], parts[2], parts[3]))), {})
