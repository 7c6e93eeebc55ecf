"""The processor: a style and a language, over items."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .cites import Citation, Cite, Entry
from .context import Context
from .item import Item
from .locale import DIALECTS, Locale, LocaleData, style_layers
from .spans import Leaf, Part, Span, capitalize_term, last_leaf, of_kind
from .style import Layout, Style
from .substitution import Substitution
from .textcase import FEW_STOP_WORDS
from .writers import Line, finish
from .xml import StyleError


class Reference(NamedTuple):
    """One entry of a bibliography: the item's id and its parts, ready for a writer."""

    id: str
    parts: Line


class Processor:
    """Renders items by a style.

    load: the locale file of a language tag, or None. lang: the language, whatever the style's own is; fallback: where
    neither says one. tidier: closer to what an editor leaves: see `punctuation.tidy` and `textcase.FEW_STOP_WORDS`.
    """

    def __init__(
        self,
        style: Style,
        load: Callable[[str], LocaleData | None],
        lang: str = "",
        fallback: str = "en-US",
        tidier: bool = False,
    ) -> None:
        self.style = style
        self.tidier = tidier
        self.locale = locale_of(style, load, lang or style.default_locale or fallback)
        self.entries: list[Entry] = []
        self._by_id: dict[str, Entry] = {}

    def set_items(self, items: Iterable[Mapping[str, Any]]) -> None:
        """The items cited, in the order of citing: numbers them, sorts them, tells them apart."""
        entries: dict[str, Entry] = {}
        for values in items:
            item = Item(values)
            number = entries[item.id].number if item.id in entries else len(entries) + 1
            entries[item.id] = Entry(item, number)
        self._by_id = entries
        self.entries = list(entries.values())
        if len(self.entries) > 1:
            self._sort_and_tell_apart()

    def _sort_and_tell_apart(self) -> None:
        from .disambiguation import Disambiguation
        from .sorting import ordered

        layout = self.style.layout("bibliography")
        if layout is not None and layout.sort_keys:
            self.entries = ordered(self.entries, layout.sort_keys, lambda entry: self._context(entry, "bibliography"))
            backward = [key.descending for key in layout.sort_keys if key.of_numbers][-1:] == [True]
            for number, entry in enumerate(reversed(self.entries) if backward else self.entries, 1):
                entry.number = number
        citation = self.style.layout("citation")
        if citation is not None:
            Disambiguation(citation.options, self._cite_alone).run(self.entries, self.style.tests_disambiguation)

    def _context(self, entry: Entry, area: str, cite: Cite | None = None) -> Context:
        context = Context(self.style, self.locale, entry.item, area, entry.hints, entry.number, cite)
        if self.tidier:
            context.title_stop_words = FEW_STOP_WORDS
        return context

    def _cite_alone(self, entry: Entry) -> list[Part]:
        """A cite as disambiguation compares it: a subsequent one, bare of locator and affixes."""
        context = self._context(entry, "citation", Cite(entry.item.id, position="subsequent"))
        context.comparing = True
        return self.render(context)

    def render(self, context: Context) -> list[Part]:
        """What the layout of the context's area prints, without the layout's affixes."""
        layout = self.style.layout(context.area)
        if layout is None:
            return []
        parts: list[Part] = []
        try:
            for element in layout.elements:
                element.render(context, parts)
        except RecursionError:
            raise self.style.too_deep() from None
        return parts

    def bibliography(self, items: Iterable[Mapping[str, Any]] | None = None) -> Iterator[Reference]:
        """The entries of the bibliography in its order, each rendered when asked for; none without cs:bibliography.

        An item of which the style prints nothing has no parts.
        """
        if items is not None:
            self.set_items(items)
        layout = self.style.layout("bibliography")
        if layout is None:
            return
        substitution = Substitution(layout.options)
        for entry in self.entries:
            parts = self.render(self._context(entry, "bibliography"))
            if parts:
                capitalize_term(parts)
                substitution.apply(parts)
                parts = _laid_out(parts, layout)
            yield Reference(entry.item.id, finish(parts, self.locale, self.tidier))

    def cite(self, citations: list[Citation], place: bool = True) -> list[Line]:
        """Each citation as parts ready for a writer. place: find the positions (first, ibid, …) of the cites."""
        from .citations import CitationWriter, set_positions

        layout = self.style.layout("citation")
        if layout is None:
            return [Line() for _ in citations]
        if place:
            distance = layout.options.get("near-note-distance", "5")
            set_positions(citations, int(distance) if distance.isdecimal() else 5)
        dash = self.locale.term("citation-range-delimiter") or "–"
        writer = CitationWriter(layout, self._cite, self.style.in_notes, dash)
        written = [writer.write(self._ordered(citation, layout)) for citation in citations]
        return [finish(parts, self.locale, self.tidier) for parts in written]

    def _ordered(self, citation: Citation, layout: Layout) -> Citation:
        if not layout.sort_keys or len(citation.cites) < 2:
            return citation
        from .sorting import ordered

        cites = ordered(
            citation.cites, layout.sort_keys, lambda cite: self._context(self._by_id[cite.id], "citation", cite)
        )
        return Citation(cites, citation.note)

    def _cite(self, cite: Cite, what: str) -> tuple[list[Part], int]:
        entry = self._by_id.get(cite.id)
        if entry is None:
            raise StyleError(f"is to cite an item that is not there: {cite.id}")
        context = self._context(entry, "citation", cite)
        context.hide_names = what == "rest"
        parts = self.render(context)
        if what == "names":
            names = next(of_kind(parts, "names"), None)
            parts = [names] if names is not None else []
        return parts, entry.number


def locale_of(style: Style, load: Callable[[str], LocaleData | None], lang: str) -> Locale:
    """The locale that a style sees in a language; one without a country stands for its main dialect."""
    lang = lang.replace("_", "-")
    primary, _, rest = lang.partition("-")
    lang = f"{primary.lower()}-{rest}" if rest else DIALECTS.get(primary.lower(), primary.lower())
    return Locale(lang, style_layers(style.locales, lang), load)


def _laid_out(parts: list[Part], layout: Layout) -> list[Part]:
    """An entry within the affixes and formatting of the layout, its first field apart where the style says so."""
    element = layout.element
    align = bool(layout.options.get("second-field-align")) and len(parts) > 1
    first, rest = (parts[:1], parts[1:]) if align else ([], parts)
    trailing: list[Part] = []
    if element.suffix and (rest or first):
        inside = element.suffix.rstrip(" ") if align or _last_display(rest) else element.suffix
        trailing = [Leaf(" ")] if len(inside) < len(element.suffix) else []
        block = _last_display(rest)
        if block is not None and not align:
            block.children.append(Leaf(inside))
        else:
            rest = [*rest, Leaf(inside)]
    if element.prefix and (rest or first):
        (first if align else rest).insert(0, Leaf(element.prefix))
    if element.formatting:
        first = [Span(first, element.formatting)] if first else []
        rest = [Span(rest, element.formatting)]
    if not align:
        return [*rest, *trailing]
    last = last_leaf(rest)
    if last is not None and last.text.endswith(" "):
        last.text = last.text.rstrip(" ")
        trailing = [Leaf(" ")]
    return [Span(first, display="left-margin"), Span(rest, display="right-inline"), *trailing]


def _last_display(parts: list[Part]) -> Span | None:
    """The display block that an entry ends in."""
    last = parts[-1] if parts else None
    while isinstance(last, Span):
        if last.display:
            return last
        last = last.children[-1] if last.children else None
    return None
