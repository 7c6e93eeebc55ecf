"""What a style sees while it renders one item: the item, its cite, the locale, and what is printed so far."""

import re
from typing import TYPE_CHECKING

from . import numbers
from .cites import Cite, Hints
from .item import NUMBERS, Item, words
from .locale import Locale
from .markup import parse
from .names import Name
from .spans import Leaf, Part, Span
from .textcase import STOP_WORDS

if TYPE_CHECKING:
    from .name_format import NameOptions
    from .style import Style

_HYPHEN = r"(?<=\w)\s*-\s*(?=\w)"
_END_OF_FIRST_PAGE = r"[-–&; ]|,(?!\d{3}(?!\d))"
_EXACT = frozenset(("URL", "DOI", "citation-key", "ISBN", "ISSN", "PMID", "PMCID"))
COMPUTED = words("citation-number locator first-reference-note-number year-suffix page-first citation-label")
ALIASES = {"event-title": "event", "container-title-short": "journalAbbreviation", "title-short": "shortTitle"}
SPECIAL = COMPUTED | ALIASES.keys()
_PARTICULAR = _EXACT | NUMBERS | words("year-suffix citation-label")


class Context:
    """The state of one rendering."""

    def __init__(
        self, style: "Style", locale: Locale, item: Item, area: str, hints: Hints, number: int, cite: Cite | None
    ) -> None:
        self.style = style
        self.locale = locale
        self.item = item
        self.area = area
        self.hints = hints
        self.number = number
        self.cite = cite or Cite(item.id)
        self.sorting = False
        self.sort_limits: tuple[int, int, str] = (0, 0, "")
        self.hide_names = False
        self.comparing = False
        self.title_stop_words = STOP_WORDS
        self.reset()

    def reset(self) -> None:
        """Ready for another rendering."""
        self.suppressed: set[str] = set()
        self.names_at = 0
        self.names_shown = 0
        self._substituting: list[set[str]] = []
        self._year_suffix_taken = False
        self._conditions_met = self.steps = 0
        self.first_names_hidden = False

    @property
    def stop_words(self) -> frozenset[str]:
        """What title case leaves alone; none where the item's language, else the locale's, is not English."""
        language = self.item.language or self.locale.lang
        return self.title_stop_words if language.lower().startswith("en") else frozenset()

    def disambiguates(self) -> bool:
        """Whether the disambiguate condition met now holds: the first ones do, as many as the hints say."""
        self._conditions_met += 1
        return self._conditions_met <= self.hints.conditions

    def text(self, variable: str) -> str:
        """A variable as bare text; empty where it stood in for names already."""
        return "" if variable in self.suppressed else self.value(variable)

    def value(self, variable: str) -> str:
        """A variable as bare text, as conditions see it."""
        given = self.item.texts.get(variable, "")
        if variable not in SPECIAL:
            return given
        match variable:
            case "citation-number":
                return str(self.number) if self.number else given
            case "locator":
                return self.cite.locator.strip()
            case "first-reference-note-number":
                return str(self.cite.first_note or "")
            case "year-suffix":
                return self.hints.year_suffix
            case "page-first":
                return given or re.split(_END_OF_FIRST_PAGE, self.item.texts.get("page", ""), maxsplit=1)[0]
            case "citation-label":
                return (given or self.item.label()) + self.hints.year_suffix
            case _:
                return given or self.item.texts.get(ALIASES[variable], "")

    def has(self, variable: str) -> bool:
        """Whether a variable has a value, printed already or not."""
        return self.item.says(variable) or (variable in SPECIAL and bool(self.value(variable)))

    def names(self, variable: str) -> tuple[Name, ...]:
        """A name variable, unless it stood in for another."""
        if variable not in self.item.present or variable in self.suppressed:
            return ()
        names = self.item.names(variable)
        if names and self._substituting:
            if any(variable in used for used in self._substituting):
                return ()
            self.use(variable)
        return names

    def variable_parts(self, variable: str, form: str) -> list[Part]:
        """A variable as parts, with its markup; the short form where asked for and there."""
        if variable in self.suppressed:
            return []
        text = self.value(f"{variable}-short") if form == "short" else ""
        text = text or (self.value(variable) if variable in SPECIAL else self.item.texts.get(variable, ""))
        if not text:
            return []
        if self._substituting:
            self.use(variable)
        if variable not in _PARTICULAR:
            return parse(text)
        if variable in _EXACT:
            return [Leaf(text)]
        if variable == "citation-number":
            if self.sorting:
                return [Leaf(text.zfill(9))]
            return [Span([Leaf(text)], kind="citation-number", value=self.number)]
        if variable == "year-suffix":
            return [Span([Leaf(text)], kind="year-suffix", value=text)]
        if variable in NUMBERS and not text.isalnum():
            text = self.range_dashes(variable, text)
        if variable == "citation-label":
            self._year_suffix_taken = True
        return parse(text)

    def range_dashes(self, variable: str, text: str) -> str:
        """Pages and locators with the range delimiter of the locale, collapsed as the style says."""
        delimiter = self.locale.term("page-range-delimiter") or "–"
        if variable not in ("page", "locator"):
            numeric = "-" in text and variable in NUMBERS and numbers.is_numeric(text)
            return re.sub(_HYPHEN, delimiter, text) if numeric else text
        style = self.style.page_range_format
        pages = variable == "page" or self.locator_label == "page"
        text = numbers.ranges(text.replace("\\-", "\0"), style if pages else "", delimiter)
        if "&" in text:
            sign = self.locale.term("and", "symbol")
            text = text.replace(" & ", f" {sign if len(sign) and sign != self.locale.term('and') else '&'} ")
        return text.replace("\0", "-")

    def use(self, variable: str) -> None:
        """Notes a variable as printed, where it may be standing in for names."""
        for used in self._substituting:
            used.add(variable)

    @property
    def locator_label(self) -> str:
        """The kind of the cite's locator; a page where it says none."""
        return self.cite.label or "page"

    def names_hidden(self) -> bool:
        """Whether the names that come now are left out: the first ones of a cite without its author."""
        if self.hide_names and not self.first_names_hidden:
            self.first_names_hidden = True
            return True
        return False

    def et_al_limits(self, options: "NameOptions") -> tuple[int, int, bool]:
        """From how many names a list is cut, to how many, and whether its last name follows."""
        least, first, last = options.et_al_min, options.et_al_use_first, options.et_al_use_last
        if self.area == "citation" and self.cite.position != "first":
            least = options.subsequent_min or least
            first = options.subsequent_use_first or first
        if self.sorting:
            least = self.sort_limits[0] or least
            first = self.sort_limits[1] or first
            last = self.sort_limits[2] == "true" if self.sort_limits[2] else last
        return least, first, last

    def begin_substitute(self) -> None:
        """What is printed from here may stand in for names."""
        self._substituting.append(set())

    def end_substitute(self, printed: bool) -> None:
        """Ends it; what was printed is not printed again."""
        used = self._substituting.pop()
        if printed:
            self.suppressed |= used

    def take_year_suffix(self) -> str:
        """The year suffix for the first year printed, unless the style places it itself."""
        if not self.hints.year_suffix or self._year_suffix_taken or self.style.places_year_suffix:
            return ""
        self._year_suffix_taken = True
        return self.hints.year_suffix
