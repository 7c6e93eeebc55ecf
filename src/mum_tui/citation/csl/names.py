"""Name values: particles and suffixes split off, initials, the parts in display and sorting order."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

_ATTACHED = r"^((?:[^\W\dA-Z_]|['’‘])*['’‘\-])(?=\w)"


def is_eastern(text: str) -> bool:
    """Whether Chinese, Japanese or Korean characters stand in a text. (A regular expression takes 8 ms to compile.)"""
    return not (text.isascii() or max(text) < "\u1100") and any(
        "\u1100" <= char <= "\u11ff"
        or "\u2e80" <= char <= "\u9fff"
        or "\uac00" <= char <= "\ud7af"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0002ffff"
        for char in text
    )


class Name(NamedTuple):
    """One name. A literal stands alone. static: the family name comes first whatever the style."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    particle: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""
    static: bool = False

    @property
    def eastern(self) -> bool:
        """Written in a script where the family name comes first without a space."""
        return is_eastern(self.family + self.given) and not re.search(r"[A-Za-z]", self.family + self.given)


OTHERS = Name(literal="others")
"""Stands last in a list that goes on: the names before it are followed by the et-al term."""


def read_names(value: Any) -> tuple[Name, ...]:
    """The names of a CSL-JSON name variable."""
    if isinstance(value, str | dict):
        value = [value]
    if not isinstance(value, list):
        return ()
    names = [name for part in value if (name := _name(part)) is not None]
    if len(names) > 1 and names[-1] == OTHERS:
        names[-1] = OTHERS
    return tuple(names)


def _name(value: Any) -> Name | None:
    """One name; the same people stand in many items."""
    if type(value) is dict and len(value) == 2:
        family, given = value.get("family"), value.get("given")
        if type(family) is str and type(given) is str:
            return _usual_name(family, given)
    return read_name(value)


@lru_cache(maxsize=4096)
def _usual_name(family: str, given: str) -> Name | None:
    return read_name({"family": family, "given": given})


def read_name(value: Any) -> Name | None:
    """One CSL-JSON name; particles left in the family or given name are split off. None where it is empty."""
    if isinstance(value, str):
        value = {"literal": value}
    if not isinstance(value, dict):
        return None
    if value.get("literal") and (literal := _text(value["literal"])):
        return Name(literal=literal)
    part = {name: _text(text) for name, text in value.items() if text}.get
    family, given, suffix = part("family", ""), part("given", ""), part("suffix", "")
    dropping, particle = part("dropping-particle", ""), part("non-dropping-particle", "")
    comma = bool(value.get("comma-suffix"))
    if not family and not given:
        return None
    if not family:
        return Name(literal=given)
    whole = len(family) > 1 and family[0] == family[-1] == '"'
    if whole:
        family = family[1:-1]
    if not suffix and "," in given and not _all_lower(given.rpartition(",")[2].strip()):
        given, _, suffix = (part.strip() for part in given.partition(","))
        comma = suffix.startswith("!")
        suffix = suffix.lstrip("! ")
    if not particle and not whole:
        particle, family = _leading(family)
    if not dropping:
        given, dropping = _trailing(given)
    static = bool(value.get("static-ordering"))
    return Name(family, given, dropping, particle, suffix, comma, static=static)


def _text(value: Any) -> str:
    text = str(value)
    return (text if text.isprintable() and "  " not in text else re.sub(r"[ \t\r\n]+", " ", text)).strip(" ")


def _all_lower(words: str) -> bool:
    return all(word[:1].islower() or word[:1] in "'’‘" for word in words.split())


def _leading(family: str) -> tuple[str, str]:
    if family.isalpha():
        return "", family
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count] and _all_lower(words[count]):
        count += 1
    particle, rest = " ".join(words[:count]), " ".join(words[count:])
    if particle and particle[-1] in "'’" and count:
        particle += " "
    attached = None if rest.isalpha() else re.match(_ATTACHED, rest)
    if attached and (len(attached[1]) < 6) and rest[attached.end() : attached.end() + 1].isupper():
        particle = f"{particle.strip()} {attached[1]}".strip()
        rest = rest[attached.end() :]
    return particle, rest


def _trailing(given: str) -> tuple[str, str]:
    if given.isalpha():
        return given, ""
    words = given.split(" ")
    count = len(words)
    while count > 1 and words[count - 1][:1].islower():
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])


def joined_particle(particle: str, family: str) -> str:
    """A particle before a name: with a space, unless it ends in an apostrophe or hyphen."""
    if not particle:
        return family
    return particle + family if particle[-1] in "'’-– " else f"{particle} {family}"


_GIVEN_PIECE = r"(?P<joint>[-–‐]?)(?P<word>[^\s.\-–‐]+)(?P<stop>\.?)"
_SIGNS = "[\ue000-\ue0ff]"
_TAG = r"</?(?:[ib]|su[bp]|sc|span[^<>]{0,60})>"
_SIGNED = "([\ue000-\ue0ff]*)([^\ue000-\ue0ff]*)([\ue000-\ue0ff]*)"
_CAPITALS = r"[^\W\d_a-zà-öø-ÿ]([A-ZÀ-ÖØ-Þ])[a-zà-öø-ÿ]"


@lru_cache(maxsize=2048)
def initials(given: str, mark: str, with_hyphen: bool, whole: bool = False) -> str:
    """Given names as initials, each followed by the mark; "Ph." stays whole, a lower-case word ("de") as it is.

    whole: full names stay too, and only what is an initial already gets the mark.
    """
    if is_eastern(given):
        return given
    bare = given.removesuffix(".")
    if bare.isalpha() and bare[0].isupper() and not whole and (len(bare) == 1 or (bare == given and bare[1].islower())):
        return (bare[0] + mark).strip()
    if "<" in given and re.search(_TAG, given):
        return _initials_of_markup(given, mark, with_hyphen, whole)
    text = ""
    after_initial = True
    for piece in re.finditer(_GIVEN_PIECE, given):
        word, hyphen = piece["word"], bool(piece["joint"]) and bool(text)
        opening = closing = ""
        if not word.isalpha():
            opening, word, closing = re.fullmatch(_SIGNED, word).groups()  # type: ignore[union-attr]  # matches any
        if not word:
            text += opening
            continue
        abbreviated = len(word) == 1 or (piece["stop"] and len(word) <= 3)
        if whole and not piece["stop"] and re.match(r"[-–‐][^\W\d_]{2}", given[piece.end() : piece.end() + 3]):
            abbreviated = False
        if word[0].islower() and not hyphen and not (piece["stop"] and len(word) == 1):
            text = f"{text.rstrip()} {opening}{word}{closing} ".lstrip()
            after_initial = True
        elif hyphen and not whole and not abbreviated and word[0].islower():
            after_initial = True
        elif abbreviated or not whole:
            run = re.match(_CAPITALS, word) if word[1:2].isupper() else None
            letters = word if abbreviated else word[0] + run[1].lower() if run else word[0]
            initial = opening + letters + mark.rstrip() + closing + mark[len(mark.rstrip()) :]
            if hyphen and with_hyphen:
                text = f"{text.rstrip()}-{initial}"
            else:
                text = f"{text}{'' if after_initial else ' '}{initial}"
            after_initial = True
        else:
            joint = piece["joint"] if hyphen else " " if text else ""
            text = f"{text.rstrip()}{joint}{opening}{word}{closing}"
            after_initial = False
    return text.strip() + ("," if given.endswith(",") else "")


def _initials_of_markup(given: str, mark: str, with_hyphen: bool, whole: bool) -> str:
    """Initials within the tags of given names: "<b>J</b> Q" is "<b>J.</b> Q."."""
    given = re.sub(_SIGNS, "", given)
    tags = re.findall(_TAG, given)[:256]
    for at, tag in enumerate(tags):
        given = given.replace(tag, chr(0xE000 + at), 1)
    text = initials(re.sub(_TAG, "", given), mark, with_hyphen, whole)
    return re.sub(_SIGNS, lambda sign: tags[ord(sign[0]) - 0xE000], text)
