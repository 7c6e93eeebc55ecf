"""How one name is printed: cs:name with its inherited options and cs:name-part."""

from functools import lru_cache

from .context import Context
from .elements import Element
from .markup import parse
from .names import Name, initials, joined_particle
from .punctuation import MET, tidy
from .spans import Leaf, Part, text_of
from .xml import Node

SHORT, INITIALS, FULL = 0, 1, 2
"""How much of a name is shown: the family name, with initials, with the given names whole."""

_MOST_TEXTS = 4096


class NameOptions:
    """The attributes of cs:name, inherited from cs:style and cs:citation or cs:bibliography where not set."""

    def __init__(self, node: Node | None, inherited: dict[str, str]) -> None:
        node = node if node is not None else Node("name", {})
        own = node.attributes

        def get(name: str, outer: str = "", default: str = "") -> str:
            return own.get(name, inherited.get(outer or name, default))

        self.element = Element(node)
        self.delimiter = own.get("delimiter", inherited.get("name-delimiter", ", "))
        self.names_delimiter = inherited.get("names-delimiter", "")
        self.conjunction = get("and")
        self.precedes_et_al = get("delimiter-precedes-et-al", default="contextual")
        self.precedes_last = get("delimiter-precedes-last", default="contextual")
        self.et_al_min = whole(get("et-al-min")) if get("et-al-use-first") else 0
        self.et_al_use_first = whole(get("et-al-use-first"))
        self.et_al_use_last = get("et-al-use-last") == "true"
        self.subsequent_min = whole(get("et-al-subsequent-min"))
        self.subsequent_use_first = whole(get("et-al-subsequent-use-first"))
        self.initialize = get("initialize", default="true") != "false"
        self.initialize_with = with_mark = own.get("initialize-with", inherited.get("initialize-with"))
        self.as_sort_order = get("name-as-sort-order")
        self.sort_separator = get("sort-separator", default=", ")
        self.with_hyphen = get("initialize-with-hyphen", default="true") != "false"
        form = own.get("form", inherited.get("name-form", "long"))
        self.has_initials = with_mark is not None and self.initialize
        self.counts = form == "count"
        self.level = SHORT if form == "short" else INITIALS if with_mark is not None and self.initialize else FULL
        self.parts = {part.get("name"): Element(part) for part in node.all("name-part")}
        replaces_each = inherited.get("subsequent-author-substitute-rule", "complete-all") != "complete-all"
        self.plain = self.element.bare and not self.parts and not replaces_each and self.delimiter[:1] != "."


def whole(text: str) -> int:
    """A number in an attribute; 0 where it is none."""
    return int(text) if text.strip().isdecimal() and len(text) < 6 else 0


class NameFormat:
    """Prints single names by the options of their list."""

    def __init__(self, options: NameOptions) -> None:
        self.options = options
        self._texts: dict[tuple[Name, int, bool], str] = {}

    def inverts(self, name: Name, place: int) -> bool:
        """Whether a name in this place of its list has its parts turned round, the family name first."""
        order = self.options.as_sort_order
        return not name.literal and (order == "all" or (order == "first" and place == 0))

    def parts(self, context: Context, name: Name, place: int, raised: int) -> list[Part]:
        """One name. raised: the level that disambiguation asks for, if above that of the style."""
        text = self.text(context, name, place, raised)
        level = max(self.options.level, raised)
        printed: list[Part] = [Leaf(text)] if text else self._laid_out(context, name, level, self.inverts(name, place))
        out: list[Part] = []
        self.options.element.dress(context, printed, out)
        return out

    def text(self, context: Context, name: Name, place: int, raised: int) -> str:
        """One name as a text; empty where it has formatting or markup, or punctuation that changes."""
        level = self.options.level
        key = (name, raised if raised > level else level, self.inverts(name, place))
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            text = self._texts[key] = "" if self.options.parts else _text(self._laid_out(context, *key))
        return text

    def sort_text(self, context: Context, name: Name) -> str:
        """One name as a sort key has it."""
        return _sort_text(self, name, context.style.demote == "never")

    def _laid_out(self, context: Context, name: Name, level: int, inverted: bool) -> list[Part]:
        if name.literal:
            return self._formatted(context, "family", name.literal)
        if level == SHORT or name.eastern or name.static:
            printed = self._affixed("family", self._with_particle(context, name.particle, name.family))
            if level == SHORT:
                return printed
            given = name.given if name.eastern else self.given_text(name, level)
            given_parts = self._affixed("given", self._formatted(context, "given", given))
            return strung([printed, given_parts], "" if name.eastern else " ")
        return self._inverted(context, name, level) if inverted else self._straight(context, name, level)

    def _straight(self, context: Context, name: Name, level: int) -> list[Part]:
        given = self._affixed("given", self._formatted(context, "given", self.given_text(name, level)))
        dropping = self._formatted(context, "given", name.dropping)
        family = self._with_particle(context, name.particle, name.family)
        if dropping:
            family = [*dropping, *([] if name.dropping[-1] in "'’-" else [Leaf(" ")]), *family]
        if name.suffix:
            family = [*family, Leaf(", " if name.comma_suffix else " "), self._suffix(name)]
        return strung([given, self._affixed("family", family)])

    def _inverted(self, context: Context, name: Name, level: int) -> list[Part]:
        demoted = context.style.demote == "display-and-sort"
        particle = "" if demoted else name.particle
        family = self._affixed("family", self._with_particle(context, particle, name.family))
        given = self._formatted(context, "given", self.given_text(name, level))
        dropping = self._formatted(context, "given", name.dropping)
        given = strung([given, dropping])
        if demoted:
            given = strung([given, self._formatted(context, "family", name.particle.strip())])
        pieces = [family, self._affixed("given", given)]
        if name.suffix:
            pieces.append([self._suffix(name)])
        return strung(pieces, self.options.sort_separator)

    def _suffix(self, name: Name) -> Leaf:
        """The suffix, without its stop where initials have none: "Doe J Jr"."""
        mark = self.options.initialize_with
        return Leaf(name.suffix if mark is None or "." in mark else name.suffix.replace(".", ""))

    def _with_particle(self, context: Context, particle: str, family: str) -> list[Part]:
        parts = self._formatted(context, "family", family)
        if not particle:
            return parts
        gap: list[Part] = [] if particle[-1] in "'’-– " else [Leaf(" ")]
        before = self._formatted(context, "family", particle)
        return [*before, *gap, *parts]

    def given_text(self, name: Name, level: int) -> str:
        """The given names as shown at a level."""
        options = self.options
        mark = options.initialize_with
        if mark is None or not name.given or (level >= FULL and options.initialize):
            return name.given
        return initials(name.given, mark, options.with_hyphen, whole=not options.initialize)

    def _formatted(self, context: Context, part: str, text: str) -> list[Part]:
        if not text:
            return []
        parts: list[Part] = parse(text) if "<" in text else [Leaf(text.replace("'", "’"))]
        element = self.options.parts.get(part)
        return element.decorated(context, parts) if element is not None else parts

    def _affixed(self, part: str, parts: list[Part]) -> list[Part]:
        element = self.options.parts.get(part)
        if element is None or not parts or not (element.prefix or element.suffix):
            return parts
        return [Leaf(element.prefix), *parts, Leaf(element.suffix)]


@lru_cache(maxsize=_MOST_TEXTS)
def _sort_text(form: NameFormat, name: Name, keeps_particle: bool) -> str:
    """A name for sorting; the same people stand in many items. keeps_particle: before the family name."""
    family = joined_particle(name.particle, name.family) if keeps_particle else name.family
    text = name.literal or family
    if not name.literal and form.options.level != SHORT:
        given = form.given_text(name, form.options.level)
        # The specification has a demoted particle before the given names; every processor has it behind them.
        pieces = [name.dropping, given] if keeps_particle else [given, name.dropping, name.particle]
        text = " ".join(piece for piece in (family, *pieces, name.suffix) if piece)
    return text_of(parse(text)) if "<" in text else text


def _text(parts: list[Part]) -> str:
    """Leaves as one text; empty where there are spans, or punctuation may change where they meet or begin or end."""
    leaves = [part for part in parts if isinstance(part, Leaf) and part.text]
    whole = "".join([leaf.text for leaf in leaves])
    if parts and len(leaves) == len(parts) and whole[0] not in MET and (whole[-1].isalnum() or whole[-1] == "."):
        tidy(leaves, into_quotes=False, tidier=True)
        return whole if whole == "".join([leaf.text for leaf in leaves]) else ""
    return ""


def strung(pieces: list[list[Part]], separator: str = " ") -> list[Part]:
    """Pieces that are not empty, with the separator between them."""
    out: list[Part] = []
    for piece in pieces:
        if piece:
            out = [*out, Leaf(separator), *piece] if out else piece
    return out
