"""Fields that a BibTeX entry inherits from the entries in its ``crossref`` and ``xdata``."""

from __future__ import annotations

from collections.abc import Mapping

from mum_tui.bibliography.bibtex import fields
from mum_tui.bibliography.bibtex.entries import Raw
from mum_tui.bibliography.records import Reading

_PAIRS = (
    *(("address", "location"), ("journal", "journaltitle"), ("school", "institution"), ("year", "date")),
    *(("annote", "annotation"), ("archiveprefix", "eprinttype"), ("primaryclass", "eprintclass")),
)
_ALSO_CALLED = {name: other for pair in _PAIRS for name, other in (pair, pair[::-1])}
"""Fields with two names, one in BibTeX and one in BibLaTeX: a child that has one inherits neither."""
MAX_INHERITANCE = 10


class Inheritance:
    """Finds the parents of entries and adds the fields that they pass on."""

    def __init__(self, raws: list[Raw], reading: Reading) -> None:
        self._by_key: dict[str, Raw] = {}
        for raw in raws:
            self._by_key.setdefault(raw.key.lower(), raw)
        self._reading = reading
        self._known: dict[int, dict[str, str]] = {}

    def fields(self, raw: Raw, depth: int = 0) -> dict[str, str]:
        """The fields of the entry and those that it inherits."""
        if "crossref" not in raw.fields and "xdata" not in raw.fields:
            return raw.fields
        if id(raw) in self._known:
            return self._known[id(raw)]
        self._known[id(raw)] = raw.fields  # an entry that names itself inherits nothing
        own = dict(raw.fields)
        for key in [part.strip() for part in own.get("xdata", "").split(",") if part.strip()]:
            if (parent := self._parent(key, raw, "xdata")) and depth < MAX_INHERITANCE:
                _take(own, self.fields(parent, depth + 1), {}, everything=True)
        named = own.get("crossref", "").strip()
        parent = self._parent(named, raw, "crossref") if named else None
        if parent is not None and depth < MAX_INHERITANCE:
            renamed = fields.INHERITED_AS.get(raw.kind, {}) if parent.kind in fields.PARENTS.get(raw.kind, ()) else {}
            _take(own, self.fields(parent, depth + 1), renamed)
        self._known[id(raw)] = own
        return own

    def _parent(self, key: str, raw: Raw, field: str) -> Raw | None:
        parent = self._by_key.get(key.lower())
        if parent is None:
            self._reading.add(raw.line, f"{raw.key}.{field}", f"names {key}, which is not in the file")
        return parent


def _take(own: dict[str, str], parent: Mapping[str, str], renamed: Mapping[str, str], everything: bool = False) -> None:
    # What gets another name comes first: the title of a book is the booktitle of its parts.
    for name, value in sorted(parent.items(), key=lambda field: field[0] not in renamed):
        if not everything and name in fields.NOT_INHERITED:
            continue
        wanted = renamed.get(name, name)
        if _ALSO_CALLED.get(wanted, wanted) not in own:
            own.setdefault(wanted, value)
