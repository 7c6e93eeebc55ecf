"""Terms, date formats and options of a language, with the fallbacks of the specification's chapter on locales."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from .xml import Node, read

DIALECTS = {
    "af": "af-ZA", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK", "de": "de-DE",
    "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR",
    "gl": "gl-ES", "he": "he-IL", "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU", "hy": "hy-AM", "id": "id-ID",
    "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "ko": "ko-KR", "lij": "lij-IT", "lt": "lt-LT",
    "lv": "lv-LV", "mn": "mn-MN", "ms": "ms-MY", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO", "no": "nb-NO",
    "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Cyrl-RS",
    "sv": "sv-SE", "th": "th-TH", "tl": "tl-PH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip
"""The dialect that stands for a language given alone."""

_FORMS = {
    "long": ("long",),
    "short": ("short", "long"),
    "verb": ("verb", "long"),
    "verb-short": ("verb-short", "verb", "long"),
    "symbol": ("symbol", "short", "long"),
}


class Term(NamedTuple):
    """One term: singular, plural (the same where there is one form) and, for ordinals, gender and matching."""

    single: str
    plural: str
    gender: str
    match: str


class LocaleData:
    """What one cs:locale element says, in a locale file or inside a style."""

    def __init__(self, node: Node) -> None:
        self.lang = node.get("xml:lang").replace("_", "-")
        self.terms: dict[tuple[str, str], Term] = {}
        self.ordinals: dict[tuple[str, str], Term] = {}
        self.dates: dict[str, Node] = {}
        self.options: dict[str, str] = {}
        for child in node.children:
            if child.name == "terms":
                self._read_terms(child)
            elif child.name == "date":
                self.dates[child.get("form")] = child
            elif child.name == "style-options":
                self.options.update(child.attributes)

    def _read_terms(self, node: Node) -> None:
        for child in node.children:
            attributes = child.attributes
            single = plural = child.text
            if child.children:
                single = next((form.text for form in child.children if form.name == "single"), "")
                plural = next((form.text for form in child.children if form.name == "multiple"), single)
            single, plural = ("" if text.isspace() and "\n" in text else text for text in (single, plural))
            name = attributes.get("name", "")
            gender = attributes.get("gender", "")
            term = Term(single, plural, gender, attributes.get("match", ""))
            if "ordinal" in name:
                form = attributes.get("gender-form", "")
                if name.startswith("ordinal"):
                    self.ordinals[name, form] = term
                    continue
                self.terms[name, form or "long"] = term
            else:
                self.terms[_hyphened(name), attributes.get("form", "long")] = term


def read_locale(data: bytes | str) -> LocaleData:
    """A locale file. Raises StyleError where it cannot be read."""
    return LocaleData(read(data))


class Locale:
    """A language as a style sees it.

    layers: what the style says for it, nearest first. load: the locale file of a tag, or None; asked when needed.
    """

    def __init__(self, lang: str, layers: list[LocaleData], load: Callable[[str], LocaleData | None]) -> None:
        self.lang = lang
        self._load = load
        self._layers = layers
        primary = lang.split("-", maxsplit=1)[0]
        self._waiting = [tag for tag in dict.fromkeys((lang, DIALECTS.get(primary, primary), "en-US")) if tag]
        self._terms: dict[tuple[str, str], Term | None] = {}
        self.quotes = tuple(self.term(name) or mark for name, mark in _QUOTES)
        self.punctuation_in_quote = self.option("punctuation-in-quote") == "true"
        self.limit_day_ordinals = self.option("limit-day-ordinals-to-day-1") == "true"

    def find(self, name: str, form: str) -> Term | None:
        """The term in this form or one that stands in for it, of another language last; None where no layer has it."""
        key = (name, form)
        if key not in self._terms:
            name = _hyphened(name)
            keys = [(name, other) for other in _FORMS.get(form, (form, "long"))]
            places = ((other, own) for own in (True, False) for other in keys)
            found = (layer.terms.get(other) for other, own in places for layer in self._each_layer(own))
            self._terms[key] = next((term for term in found if term), None)
        return self._terms[key]

    def term(self, name: str, form: str = "long", plural: bool = False) -> str:
        """The text of a term; empty where it is unknown."""
        if (term := self.find(name, form)) is None:
            return ""
        return term.plural if plural else term.single

    def date(self, form: str) -> Node | None:
        """The date format of this form."""
        return next((layer.dates[form] for layer in self._each_layer() if form in layer.dates), None)

    def option(self, name: str) -> str:
        """A locale option of the nearest layer that sets it; those of another language do not count."""
        return next((layer.options[name] for layer in self._each_layer(own=True) if name in layer.options), "false")

    @cached_property
    def ordinals(self) -> dict[tuple[str, str], Term]:
        """The ordinal terms by name and gender: those of the nearest layer that has any."""
        return next((layer.ordinals for layer in self._each_layer() if layer.ordinals), {})

    def _each_layer(self, own: bool = False) -> Iterator[LocaleData]:
        """The layers, nearest first, or only those of this language; files are read as they are come to."""
        primary = self.lang.split("-", maxsplit=1)[0]
        yield from (one for one in self._layers if not own or one.lang.split("-", maxsplit=1)[0] in ("", primary))
        while self._waiting and (not own or self._waiting[0].split("-", maxsplit=1)[0] == primary):
            data = self._load(self._waiting.pop(0))
            if data is not None:
                self._layers.append(data)
                yield data


def _hyphened(name: str) -> str:
    """One spelling of a term's name: CSL 1.0 has "sub verbo" where 1.0.2 has "sub-verbo"."""
    return name.replace("_", "-").replace(" ", "-")


_QUOTES = (
    ("open-quote", "“"), ("close-quote", "”"), ("open-inner-quote", "‘"), ("close-inner-quote", "’"),
)  # fmt: skip


def style_layers(locales: list[LocaleData], lang: str) -> list[LocaleData]:
    """The cs:locale elements of a style that apply to a language: its tag, its main dialect, itself, no tag."""
    primary = lang.split("-", maxsplit=1)[0]
    tags = dict.fromkeys((lang, DIALECTS.get(primary, primary), primary, ""))
    return [data for tag in tags for data in locales if data.lang == tag]
