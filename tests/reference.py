"""What a query finds, worked out the slow and obvious way: no index, no bits, no sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import permutations, product

from mum_tui.annotation import Annotation
from mum_tui.catalog.choices import KINDS
from mum_tui.catalog.identified import identifiers_of
from mum_tui.catalog.model import Catalog, Entry, rows_by_id
from mum_tui.search import texts
from mum_tui.search.annotations import NO_ANNOTATIONS, Annotations, is_in
from mum_tui.search.facets import FACETS, HAS
from mum_tui.search.grammar import BY_NAME, VALUE
from mum_tui.search.nodes import All, Any, Identified, Node, Not, Term, Years
from mum_tui.text import fold, spellings

WORST = 5


remembered = lru_cache(1 << 17)
"""Of the same texts the same is asked for each query, and for each entry."""


def folded(text: str) -> str:
    return " ".join(fold(text).split())


class Reference:
    """Matches single entries against a query's tree."""

    def __init__(self, catalog: Catalog, kept: Annotations = NO_ANNOTATIONS) -> None:
        self.catalog, self.annotations = catalog, kept
        self.rows = rows_by_id(catalog.entries)
        synonyms = texts.synonyms(catalog)
        self.texts = {
            entry.id: dict(zip(texts.GROUPS, texts.texts(entry, synonyms), strict=True)) for entry in catalog.entries
        }
        self.tokens = {
            name: {token for groups in self.texts.values() for token in groups[name].split()} for name in texts.GROUPS
        }
        self.names = {
            entry.id: {bare(one) for name in names(entry) for one in spellings(name)} for entry in catalog.entries
        }
        self.spellings = {
            field: {one for entry in catalog.entries for value in self.values(entry, field) for one in value}
            for field in BY_NAME
            if BY_NAME[field].name == field and BY_NAME[field].type == VALUE and field != "usedby"
        }
        self.spellings["section"] = {
            folded(one) for top in catalog.sections for _, section in top.walk() for one in (section.id, section.title)
        }
        for field, key in {"modality": "modalities", "dims": "dims", "task": "tasks", "anatomy": "anatomy"}.items():
            for term in catalog.vocabularies.get(key, ()):
                self.spellings[field] |= {folded(one) for one in (term.term, *term.synonyms)}
        self.spellings["kind"] |= set(KINDS)
        self.spellings["has"] |= {*HAS, "code and weights"}
        self.spellings["tag"] |= {folded(tag) for annotation in kept.by_id.values() for tag in annotation.tags}
        self.begins_word = lru_cache(1 << 17)(self._begins_word)

    def found(self, tree: Node) -> list[str]:
        """The ids of the entries that a query finds, best first, newest first among equals."""
        ranked = [(self.fit(entry, tree), entry.id) for entry in newest(self.catalog.entries)]
        return [one for _, one in sorted((one for one in ranked if one[0] is not None), key=lambda pair: pair[0] or 0)]

    def rank(self, entry: Entry, node: Node) -> int | None:
        """How badly the words fit, from 0 to 5; None when the condition does not hold."""
        match node:
            case Not(operand=of):
                return 0 if self.rank(entry, of) is None else None
            case All(operands=of):
                ranks = [self.rank(entry, one) for one in of]
                return None if None in ranks else max((rank for rank in ranks if rank is not None), default=0)
            case Any(operands=of):
                return min((rank for one in of if (rank := self.rank(entry, one)) is not None), default=None)
            case Years(first=first, last=last):
                return 0 if entry.year and first <= entry.year <= last else None
            case Identified():
                return 0 if self.identified(entry, node) else None
            case Term(text=text, field=""):
                return self.word(entry, text)
            case Term():
                return 0 if self.field(entry, node) else None
        raise AssertionError(node)

    def fit(self, entry: Entry, tree: Node) -> int | None:
        """``rank``, or -3 for an entry of which the short name is what the query says to the sign, -2 for one whose id,
        short name or title is what the query says, and -1 for one whose title has all of it in its order."""
        rank = self.rank(entry, tree)
        called = {bare(name) for name in wholes(tree)} - {""}
        if rank is None or not called.isdisjoint(self.names[entry.id]):
            is_name = rank is not None and folded(entry.name) in wholes(tree)
            return rank if rank is None else -3 if is_name else -2
        titles = for_phrases(self.texts[entry.id]["title"])
        said = {phrase for name in wholes(tree) if (phrase := for_phrases(name))}
        if not said.isdisjoint(titles.split("\n")):
            return -2
        starts = any(f" {phrase}" in titles or f"\n{phrase}" in f"\n{titles}" for phrase in said if " " in phrase)
        return -1 if starts else rank

    def forms(self, text: str, group: str) -> tuple[list[str], list[str]]:
        """How else a word may be written in a group: words as they stand, and words next to each other."""
        if " " in text:
            return [], [text]
        if not text.isalnum():
            apart = for_phrases(text)
            if " " not in apart or bare(text).isdigit() or "?" in text or "*" in text:
                return [text], []
            return [text, bare(text)], [apart]
        if len(text) < 4:
            return [text], []
        if group not in texts.PROSE:
            return [text], []
        halves = ((text[:at], text[at:]) for at in range(1, len(text)) if at > 1 or text[0] not in "ai")
        return [text], [f"{a} {b}" for a, b in halves if self.begins_word(a, group) and self.begins_word(b, group)]

    def _begins_word(self, text: str, group: str) -> bool:
        return any(
            one == text or (one.startswith(text) and not is_letter(one[len(text)])) for one in self.tokens[group]
        )

    def stands(self, text: str, within: str, group: str) -> tuple[bool, bool]:
        """Whether a word or phrase stands in a text of a group, however it is hyphened, and whether as a whole word."""
        (first, *words), phrases = self.forms(text, group) if " " not in text else (["\0"], [text])
        inside = any(one in within for one in words)
        whole = any(stands_whole(one, within) for one in words)
        for one in phrases:
            lines = for_phrases(within)
            begins = one in lines if " " in text else f" {one}" in lines or f"\n{one}" in f"\n{lines}"
            inside = inside or begins
            whole = whole or (begins and stands_whole(one, lines))
        if " " not in text and (len(text) > 3 if text.isalnum() else phrases):
            joined = {form for token in within.split() for form in joined_forms(token)}
            inside = inside or any(form.startswith(bare(text)) for form in joined)
            whole = whole or bare(text) in joined
        if " " not in text and len(bare(text)) < 4:
            inside = whole
        return inside or first in within, whole or stands_whole(first, within)

    def identified(self, entry: Entry, node: Identified) -> bool:
        scheme, _, name = node.identifier.partition(":")
        exact = [one.id for one in self.catalog.entries if self.has(one, scheme, name)]
        if exact or scheme == "url":
            return entry.id in exact
        return name.lower() in self.texts[entry.id]["id"]

    def has(self, entry: Entry, scheme: str, name: str) -> bool:
        if scheme != "key":
            return f"{scheme}:{name}" in identifiers_of(entry)
        for one in (name, name.lower()):
            if one in self.rows:
                return self.catalog.entries[self.rows[one]] is entry
        return bare(name) in self.names[entry.id]

    def word(self, entry: Entry, text: str) -> int | None:
        groups = self.texts[entry.id]
        rest = [name for name in groups if name not in ("title", "author")]
        short = len(text) <= 2 and " " not in text
        found = [5 for one in self.own(entry) if is_in(text, one)]
        stands = {name: self.stands(text, one, name) for name, one in groups.items()}
        found += [5 for inside, _ in stands.values() if inside]
        if any(is_called(text.split(" "), line.split(" ")) for line in for_phrases(groups["author"]).split("\n")):
            found.append(2)
        for level, within in ((0, ["title"]), (2, ["author"]), (4, ["labels"] if short else rest)):
            if any(stands[name][1] for name in within):
                found.append(level)
            if any(stands[name][0] for name in within) and not short and level < 4:
                found.append(level + 1)
        return min(found, default=None)

    def own(self, entry: Entry) -> list[str]:
        annotated = self.of(self.ids(entry))
        notes = [one for annotation in annotated for one in spellings(annotation.note)]
        return notes + [one for annotation in annotated for tag in annotation.tags for one in spellings(tag)]

    def ids(self, entry: Entry) -> set[str]:
        return {one for one in (entry.id, *entry.aliases) if self.catalog.entries[self.rows[one]] is entry}

    def field(self, entry: Entry, term: Term) -> bool:
        field, text = term.field, term.text
        ids = self.ids(entry)
        if field == "author" and " " in text and text.count(" ") < 6:
            return any(
                has_words(text.split(" "), line.split(" "))
                for line in for_phrases(self.texts[entry.id][field]).split("\n")
            )
        if field in texts.GROUPS:
            if field == "id" and not any(self.stands(text, one[field], field)[0] for one in self.texts.values()):
                return bool(bare(text)) and bare(text) in self.names[entry.id]
            return self.stands(text, self.texts[entry.id][field], field)[0]
        if field == "note":
            notes = [one for annotation in self.of(ids) for one in spellings(annotation.note)]
            return any(is_in(text, note) for note in notes)
        if field in ("is", "status"):
            return self.condition(ids, field, text)
        if field == "usedby":
            return self.uses_of(entry, text)
        known = self.spellings[field]
        own = [tuple(map(folded, annotation.tags)) for annotation in self.of(ids)] if field == "tag" else []
        asked = {one for one in known if bare(text) and bare(one) == bare(text)}
        asked = asked or {one for one in known if begins(text, one)}
        return any(asked.intersection(value) for value in (*self.values(entry, field), *own))

    def of(self, ids: Iterable[str]) -> list[Annotation]:
        by_id = self.annotations.by_id
        return [by_id[name] for name in ids if name in by_id]

    def condition(self, ids: set[str], field: str, text: str) -> bool:
        of_ids = self.of(ids)
        statuses = {annotation.status for annotation in of_ids}
        held = {
            "to-read": "to-read" in statuses,
            "reading": "reading" in statuses,
            "read": "read" in statuses,
        }
        if field == "is":
            held["bookmarked"] = any(annotation.bookmarked for annotation in of_ids)
            held["unread"] = not held["read"]
            held["noted"] = any(annotation.note.strip() for annotation in of_ids)
            held["tagged"] = any(annotation.tags for annotation in of_ids)
            held["rated"] = any(annotation.rating for annotation in of_ids)
        return held[text] if text in held else any(value for name, value in held.items() if begins(text, name))

    def uses_of(self, entry: Entry, text: str) -> bool:
        text = bare(text)
        if not text:
            return False
        users = [one for one in self.catalog.entries if text in self.names[one.id]] or [
            one for one in self.catalog.entries if any(name.startswith(text) for name in self.names[one.id])
        ]
        return any(
            use.dataset and use.dataset in self.rows and self.catalog.entries[self.rows[use.dataset]] is entry
            for one in users
            for use in one.uses
        )

    def values(self, entry: Entry, field: str) -> list[tuple[str, ...]]:
        """The values of a property, each in all its spellings."""
        if field == "uses":
            found = []
            for use in entry.uses:
                row = self.rows.get(use.dataset) if use.dataset else None
                dataset = self.catalog.entries[row] if row is not None else None
                found.append(names(dataset) if dataset else (use.name or use.dataset,))
        elif field == "section":
            homes = {entry.section, *entry.sections}
            found = [
                (section.id, section.title)
                for top in self.catalog.sections
                for _, section in top.walk()
                if homes & {below.id for _, below in section.walk()}
            ]
        else:
            vocabulary = {"modality": "modalities", "task": "tasks"}.get(field, field)
            terms = {term.term: term.synonyms for term in self.catalog.vocabularies.get(vocabulary, ())}
            facet = next(facet for facet in FACETS if facet.field == field)
            found = [(value, facet.titles.get(value, value), *terms.get(value, ())) for value in facet.values(entry)]
        return [tuple(spelling for one in value for spelling in spellings(one)) for value in found]


def names(entry: Entry) -> tuple[str, ...]:
    return (entry.id, *entry.aliases, *((entry.name,) if entry.name else ()))


@remembered
def for_phrases(text: str) -> str:
    """A folded text in which words alone are left: one space for all that is no letter or digit."""
    lines = ("".join(char if char.isalnum() else " " for char in line) for line in text.split("\n"))
    return "\n".join(" ".join(line.split()) for line in lines)


@remembered
def joined_forms(token: str) -> list[str]:
    """A hyphenated word written together, from each of its parts but the last on."""
    parts = for_phrases(token).split()
    if not {"-", "_"} & {*token} or not 1 < len(parts) <= 5 or "." in token.rstrip(".") or "/" in token:
        return []
    return ["".join(parts[at:]) for at in range(len(parts) - 1)] if token.isascii() else []


@remembered
def bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def wholes(node: Node) -> list[str]:
    """What the free words of a query say one after the other; for alternatives, of each."""
    match node:
        case Term(text=text, field=""):
            return [text]
        case All(operands=of):
            return [" ".join(said[0] for one in of if (said := wholes(one)))]
        case Any(operands=of):
            return [said for one in of for said in wholes(one)]
    return []


def has_words(asked: list[str], name: list[str]) -> bool:
    """Whether the words of a name can be put so that each asked one begins its own; short ones may be initials."""
    choices = [[[one], list(one)] if 1 < len(one) <= 3 else [[one]] for one in asked]
    for choice in product(*choices):
        wanted = [one for part in choice for one in part]
        if any(
            all(word.startswith(one) for one, word in zip(wanted, words, strict=True))
            for words in permutations(name, len(wanted))
        ):
            return True
    return False


def is_called(asked: list[str], name: list[str]) -> bool:
    """The same for words that are a name's own or their initials."""
    if not 1 < len(asked) <= 6 or all(len(one) == 1 for one in asked):
        return False
    if not {one for one in asked if len(one) > 1} <= set(name):
        return False
    return any(
        all(word == one or (len(one) == 1 and word[:1] == one) for one, word in zip(asked, words, strict=True))
        for words in permutations(name, len(asked))
    )


def stands_whole(text: str, within: str) -> bool:
    """Whether it stands there with no letter or digit before or behind it."""
    around = f"\n{within}\n"
    at = around.find(text)
    while at >= 0:
        if not is_letter(around[at - 1]) and not is_letter(around[at + len(text)]):
            return True
        at = around.find(text, at + 1)
    return False


def is_letter(char: str) -> bool:
    return char >= "\x80" or char in "0123456789abcdefghijklmnopqrstuvwxyz"


def begins(text: str, spelling: str) -> bool:
    words = for_phrases(spelling).split()
    return bool(bare(text)) and any("".join(words[at:]).startswith(bare(text)) for at in range(len(words)))


def newest(entries: Sequence[Entry]) -> list[Entry]:
    """By year, then by date, both downwards."""
    years = sorted({entry.year or 0 for entry in entries}, reverse=True)
    return [
        entry
        for year in years
        for entry in sorted((one for one in entries if (one.year or 0) == year), key=lambda one: one.date, reverse=True)
    ]
