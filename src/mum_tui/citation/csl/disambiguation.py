"""Telling apart cites that look the same: more of the names, the disambiguate condition, year suffixes."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .cites import Entry
from .name_format import FULL, INITIALS, SHORT, NameFormat
from .names import Name
from .names_element import NameList
from .spans import Part, of_kind, text_of

_MOST_CONDITIONS = 6
_MOST_NAMES = 100


class _Look(NamedTuple):
    """A cite as text, and its name lists."""

    text: str
    lists: list[NameList]


class Disambiguation:
    """Sets the hints of entries. options: the attributes of cs:citation. render: a cite of an entry as it stands."""

    def __init__(self, options: dict[str, str], render: Callable[[Entry], list[Part]]) -> None:
        self.render = render
        self._looks: dict[tuple[int, object], _Look] = {}
        self.add_names = options.get("disambiguate-add-names") == "true"
        self.add_given = options.get("disambiguate-add-givenname") == "true"
        self.add_suffix = options.get("disambiguate-add-year-suffix") == "true"
        self.rule = options.get("givenname-disambiguation-rule", "by-cite")

    def run(self, entries: list[Entry], tests_condition: bool) -> None:
        """Sets the hints. tests_condition: the style tests the disambiguate condition."""
        if self.add_given and self.rule != "by-cite":
            self._tell_names_apart(entries)
        if self.add_names or (self.add_given and self.rule == "by-cite"):
            for group in self._ambiguous(entries):
                self._by_names(group)
        if tests_condition:
            for group in self._ambiguous(entries):
                self._by_condition(group)
        if self.add_suffix:
            for group in self._ambiguous(entries):
                for at, entry in enumerate(sorted(group, key=lambda entry: entry.number)):
                    entry.hints.year_suffix = letters(at)

    def _look(self, entry: Entry) -> _Look:
        """How a cite of the entry looks with its hints as they are."""
        key = (entry.number, entry.hints.key())
        look = self._looks.get(key)
        if look is None:
            parts = self.render(entry)
            look = self._looks[key] = _Look(text_of(parts), [block.value for block in of_kind(parts, "name-list")])
        return look

    def _partition(self, entries: Iterable[Entry]) -> list[list[Entry]]:
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            groups.setdefault(self._look(entry).text, []).append(entry)
        return list(groups.values())

    def _ambiguous(self, entries: list[Entry]) -> list[list[Entry]]:
        return [group for group in self._partition(entries) if len(group) > 1]

    def _tell_names_apart(self, entries: list[Entry]) -> None:
        """Raises every name that is shown like the name of another person; by rule only the first of each list."""
        only_first = self.rule.startswith("primary-name")
        top = INITIALS if self.rule.endswith("with-initials") else FULL
        places: list[tuple[Entry, int, int, Name, NameFormat]] = []
        for entry in entries:
            for at, _, names, form in self._look(entry).lists:  # with the names behind et-al
                places += [(entry, at, n, name, form) for n, name in enumerate(names[:1] if only_first else names)]
        people: dict[str, set[str]] = {}
        for _, _, _, name, form in places:
            for level in (SHORT, INITIALS):
                people.setdefault(f"{level} {shown_as(name, form, level)}", set()).add(_person(name))
        for entry, at, place, name, form in places:
            level = form.options.level
            while level < FULL and len(people[f"{level} {shown_as(name, form, level)}"]) > 1:
                level = INITIALS if level == SHORT and form.options.has_initials else FULL
            if form.options.level < level <= top:
                entry.hints.levels[at, place] = level

    def _by_names(self, group: list[Entry]) -> None:
        by_cite = self.add_given and self.rule == "by-cite"
        groups = self._raise(group, self._places(group)) if by_cite else [group]
        if self.add_names:
            for rest in groups:
                if len(rest) > 1:
                    self._show_more(rest)

    def _lists(self, group: list[Entry]) -> list[NameList]:
        return [one for entry in group for one in self._look(entry).lists]

    def _places(self, group: list[Entry]) -> list[tuple[int, int]]:
        most: dict[int, int] = {}
        for one in self._lists(group):
            most[one.at] = max(most.get(one.at, 0), min(one.shown, _MOST_NAMES))
        return [(at, place) for at in sorted(most) for place in range(most[at])]

    def _raise(self, group: list[Entry], places: list[tuple[int, int]]) -> list[list[Entry]]:
        """Raises names one after the other, each only as far as it tells entries apart."""
        lists = self._lists(group)
        for number, where in enumerate(places):
            if _alike(lists, len(group), *where):
                continue
            for level in (INITIALS, FULL):
                before = [entry.hints.levels.get(where, SHORT) for entry in group]
                for entry in group:
                    entry.hints.levels[where] = level
                parts = self._partition(group)
                if len(parts) > 1:
                    rest = places[number:] if level == INITIALS else places[number + 1 :]
                    return [end for part in parts for end in (self._raise(part, rest) if len(part) > 1 else [part])]
                for entry, old in zip(group, before, strict=True):
                    entry.hints.levels[where] = old
        return [group]

    def _show_more(self, group: list[Entry]) -> None:
        every = self._lists(group)
        most = max((len(one.names) for one in every), default=0)
        least = min((one.shown for one in every if 0 < one.shown < len(one.names)), default=most)
        lists = [self._look(entry).lists for entry in group]
        before = [dict(entry.hints.shown) for entry in group]
        levels = [dict(entry.hints.levels) for entry in group]
        for count in range(least + 1, min(most, least + _MOST_NAMES) + 1):
            if len({tuple((len(one.names), one.names[:count], one.form) for one in found) for found in lists}) == 1:
                continue
            for entry, found in zip(group, lists, strict=True):
                entry.hints.shown |= {one.at: min(count, len(one.names)) for one in found}
            parts = self._partition(group)
            if len(parts) == 1 and self.add_given and self.rule == "by-cite":
                parts = self._raise(group, [place for place in self._places(group) if place[1] == count - 1])
            if len(parts) > 1:
                for part in parts:
                    if len(part) > 1:
                        self._show_more(part)
                return
        for entry, shown, old in zip(group, before, levels, strict=True):
            entry.hints.shown = shown
            entry.hints.levels = old

    def _by_condition(self, group: list[Entry], start: int = 1) -> None:
        """Lets the disambiguate conditions of a cite hold one after the other, up to the first that changes a cite."""
        before = self._look(group[0]).text
        for count in range(start, _MOST_CONDITIONS):
            for entry in group:
                entry.hints.conditions = count
            parts = self._partition(group)
            if len(parts) > 1:
                for part in parts:
                    if len(part) > 1:
                        self._by_condition(part, count + 1)
                return
            if self._look(group[0]).text != before:
                return
        for entry in group:
            entry.hints.conditions = start - 1


def _alike(lists: list[NameList], count: int, at: int, place: int) -> bool:
    """Whether so many cites all have the same name in a place, so that more of it tells none of them apart."""
    names = [(one.form, one.names[place : place + 1]) for one in lists if one.at == at]
    return len(names) == count and all(name == names[0] for name in names)


def shown_as(name: Name, form: NameFormat, level: int) -> str:
    """A name as text at a level."""
    if name.literal:
        return name.literal
    if level == SHORT:
        return f"{name.particle} {name.family}"
    return f"{name.particle} {name.family} {form.given_text(name, level)}"


def _person(name: Name) -> str:
    """Who a name stands for: "J.J." and "J. J." are the same."""
    given = "".join(character for character in name.given if character.isalnum())
    return f"{name.literal} {name.particle} {name.family} {given} {name.suffix}"


def letters(at: int) -> str:
    """The year suffix in this place: a to z, aa, ab …"""
    return (letters(at // 26 - 1) if at > 25 else "") + chr(97 + at % 26)
