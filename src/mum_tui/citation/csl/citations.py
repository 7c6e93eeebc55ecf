"""Citations in the text: positions, order, grouping and collapsing of their cites."""

from collections.abc import Callable, Iterator

from .cites import Citation, Cite
from .markup import parse
from .spans import Leaf, Part, Span, capitalize_term, of_kind, text_of
from .style import Layout

_ENDS = (".", "?", "!")
_STARTS = frozenset(",.;:?!")


class _Written:
    """One cite as parts; names: the text of its first names. delimiter: what stands before it, if not the usual."""

    def __init__(self, cite: Cite, parts: list[Part], number: int) -> None:
        self.cite = cite
        self.parts = parts
        self.number = number
        self.names = ""
        self.group = 0
        self.delimiter: str | None = None

    @property
    def plain(self) -> bool:
        """Without locator and affixes: may collapse."""
        return not (self.cite.locator or self.cite.prefix or self.cite.suffix)


def set_positions(citations: list[Citation], near_distance: int) -> None:
    """Sets the position of each cite: first, subsequent, ibid, ibid-with-locator, and near-note."""
    first_note: dict[str, int] = {}
    last_note: dict[str, int] = {}
    before: dict[bool, list[Citation]] = {True: [], False: []}
    for citation in citations:
        stream = before[citation.note > 0]
        for at, cite in enumerate(citation.cites):
            position, near = "first", False
            if cite.id in first_note:
                position = _position(citation, at, stream)
                near = citation.note > 0 and 0 <= citation.note - last_note[cite.id] <= near_distance
            first = first_note.setdefault(cite.id, citation.note)
            earlier = first if first < citation.note else 0
            citation.cites[at] = cite._replace(position=position, near_note=near, first_note=earlier)
            last_note[cite.id] = citation.note
        if not citation.note or (stream and stream[-1].note != citation.note):
            stream.clear()
        stream.append(citation)


def _position(citation: Citation, at: int, before: list[Citation]) -> str:
    """before: the preceding citation, or those of the preceding note."""
    cite = citation.cites[at]
    preceding = None
    if at > 0:
        preceding = citation.cites[at - 1]
    elif before and citation.note - before[-1].note <= 1:
        cites = [other for one in before for other in one.cites]
        within = citation.note > 0 and before[-1].note == citation.note
        preceding = cites[-1] if within or len(cites) == 1 else None
    if preceding is None or preceding.id != cite.id:
        return "subsequent"
    if not preceding.locator:
        return "ibid-with-locator" if cite.locator else "ibid"
    if not cite.locator:
        return "subsequent"
    same = cite.locator == preceding.locator and (cite.label or "page") == (preceding.label or "page")
    return "ibid" if same else "ibid-with-locator"


Render = Callable[[Cite, str], tuple[list[Part], int]]
"""The parts of a cite and its number. The second argument: "" (whole), "rest" (without its first names), "names"."""


class CitationWriter:
    """Writes citations by cs:citation. dash: stands in ranges."""

    def __init__(self, layout: Layout, render: Render, in_notes: bool, dash: str) -> None:
        self.layout = layout
        self.dash = dash
        self.render = render
        self.in_notes = in_notes
        options = layout.options
        self.collapse = options.get("collapse", "")
        self.grouped = "cite-group-delimiter" in options or bool(self.collapse)
        self.delimiter = layout.element.delimiter
        self.group_delimiter = options.get("cite-group-delimiter", self.delimiter if in_notes else ", ")
        self.suffix_delimiter = options.get(
            "year-suffix-delimiter", options.get("cite-group-delimiter", self.delimiter)
        )
        self.after_locator = options.get("after-collapse-delimiter", "")
        self.after_collapse = options.get("after-collapse-delimiter", self.delimiter)

    def write(self, citation: Citation) -> list[Part]:
        """The parts of a citation, with the layout's affixes."""
        written = [self._cite(cite) for cite in citation.cites]
        written = [one for one in written if one.parts or one.cite.prefix or one.cite.suffix]
        if self.collapse == "citation-number":
            written = self._collapse_numbers(written)
        elif self.grouped and len(written) > 1:
            written = self._group(written)
            if self.collapse.startswith("year"):
                self._collapse_years(written)
        parts = self._joined(written)
        if not parts:
            return []
        if not any(one.cite.author == "only" for one in written):
            element = self.layout.element
            if element.prefix:
                parts.insert(0, Leaf(element.prefix))
            if element.suffix.rstrip(" "):
                parts.append(Leaf(element.suffix.rstrip(" ")))
        return [Span(parts, self.layout.element.formatting)] if self.layout.element.formatting else parts

    def _cite(self, cite: Cite) -> _Written:
        what = {"only": "names", "suppress": "rest"}.get(cite.author, "")
        parts, number = self.render(cite, what)
        written = _Written(cite, parts, number)
        if self.grouped and not what:
            first = next(of_kind(parts, "names"), None)
            written.names = text_of(first.children) if first is not None else ""
        return written

    def _joined(self, written: list[_Written]) -> list[Part]:
        parts: list[Part] = []
        open_end = False
        for at, one in enumerate(written):
            piece = self._with_affixes(one, at == 0)
            if not piece:
                continue
            delimiter = one.delimiter if one.delimiter is not None else self.delimiter
            if parts and delimiter and not open_end and one.cite.prefix.lstrip()[:1] not in _STARTS:
                parts.append(Leaf(delimiter))
            elif parts and not one.cite.prefix[:1].isspace() and not text_of(parts[-1:])[-1:].isspace() and open_end:
                parts.append(Leaf(" "))
            parts.append(Span(piece))
            suffix = one.cite.suffix.strip()
            open_end = suffix[-1:] in _STARTS and (suffix[-1] != "." or " " in suffix)
        return parts

    def _with_affixes(self, one: _Written, first: bool) -> list[Part]:
        prefix, suffix = one.cite.prefix, one.cite.suffix
        parts = one.parts
        ended = prefix.rstrip(" ”’\"'»)").endswith(_ENDS) and " " in prefix.strip()
        if ended or (first and not prefix and self.in_notes):
            capitalize_term(parts)
        if prefix:
            opens = prefix.count(prefix[-1]) % 2 if prefix[-1] in "\"'" else prefix[-1] in "([“‘’/-–"
            gap = "" if prefix[-1].isspace() or opens else " "
            parts = [*parse(prefix + gap), *parts]
        if suffix:
            gap = "" if suffix[0].isspace() or suffix[0] in ",.;:!?)]’”'\"-–/" else " "
            parts = [*parts, *parse(gap + suffix)]
        return parts

    def _collapse_numbers(self, written: list[_Written]) -> list[_Written]:
        out: list[_Written] = []
        for first, last in _runs(len(written), lambda at: self._follows(written[at], written[at + 1])):
            if last - first > 1:
                written[last].delimiter = self.dash
                out += [written[first], written[last]]
            else:
                out += written[first : last + 1]
        return out

    def _follows(self, one: _Written, other: _Written) -> bool:
        numbered = all(next(of_kind(each.parts, "citation-number"), None) for each in (one, other))
        return numbered and one.plain and other.plain and other.number == one.number + 1

    def _group(self, written: list[_Written]) -> list[_Written]:
        """Cites of the same names together, where cites are sorted at the place of the first."""
        groups: dict[str, list[_Written]] = {}
        key = ""
        for at, one in enumerate(written):
            names = one.names or f"\0{at}"
            adjacent = at > 0 and written[at - 1].names == one.names
            key = names if self.layout.sort_keys else key if adjacent else f"{at} {names}"
            groups.setdefault(key, []).append(one)
        ordered: list[_Written] = []
        for number, group in enumerate(groups.values()):
            for at, one in enumerate(group):
                one.group = number
                one.delimiter = self.group_delimiter if at else self.delimiter
            ordered.extend(group)
        return ordered

    def _collapse_years(self, written: list[_Written]) -> None:
        for at, one in enumerate(written):
            if at == 0:
                continue
            before = written[at - 1]
            if one.group == before.group:
                one.parts = self.render(one.cite, "rest")[0]
                if before.cite.locator:
                    one.delimiter = self.after_locator or one.delimiter
            elif not self.in_notes or (at > 1 and written[at - 2].group == before.group):
                one.delimiter = self.after_collapse
        if self.collapse.startswith("year-suffix"):
            self._collapse_suffixes(written)

    def _collapse_suffixes(self, written: list[_Written]) -> None:
        stems = [(one.group, self._stem(one)) for one in written]
        suffixes = [next(of_kind(one.parts, "year-suffix"), None) for one in written]

        def goes_on(at: int) -> bool:
            same = stems[at + 1] == stems[at] and suffixes[at + 1] is not None
            return same and written[at].plain and written[at + 1].plain

        for first, last in _runs(len(written), goes_on):
            for place in range(first + 1, last + 1):
                suffix = suffixes[place]
                written[place].parts = [suffix] if suffix is not None else []
                written[place].delimiter = self.suffix_delimiter
            if self.collapse.endswith("ranged"):
                self._range_suffixes(written[first : last + 1], suffixes[first : last + 1])

    def _stem(self, one: _Written) -> str:
        """What a cite prints besides names and year suffix."""
        rest = self.render(one.cite, "rest")[0]
        for span in of_kind(rest, "year-suffix"):
            span.children = []
        return text_of(rest)

    def _range_suffixes(self, written: list[_Written], suffixes: list[Span | None]) -> None:
        for first, last in _runs(len(written), lambda at: _next_letter(suffixes[at], suffixes[at + 1])):
            if last - first > 1:
                for between in written[first + 1 : last]:
                    between.parts = []
                written[last].delimiter = self.dash


def _runs(count: int, goes_on: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """The first and last place of each run. goes_on: whether the run of a place goes on at the next one."""
    first = 0
    for at in range(count):
        if at + 1 == count or not goes_on(at):
            yield first, at
            first = at + 1


def _next_letter(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return False
    first, second = str(one.value), str(other.value)
    return first[:-1] == second[:-1] and ord(second[-1]) == ord(first[-1]) + 1
