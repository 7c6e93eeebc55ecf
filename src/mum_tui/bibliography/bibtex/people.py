"""The names of a BibTeX entry: authors, editors, translators."""

from __future__ import annotations

from mum_tui.bibliography import name_lists, names
from mum_tui.bibliography.bibtex import as_written, fields
from mum_tui.bibliography.bibtex.entry_fields import EntryFields
from mum_tui.bibliography.bibtex.known_names import MAX_NAMES


def people(entry: EntryFields) -> None:
    """Read each field that lists names."""
    for field, variable in fields.NAMES.items():
        if variable and entry.left.get(field):
            _read_list(entry, field, variable)


def _read_list(entry: EntryFields, field: str, variable: str) -> None:
    value = entry.left[field]
    written: list[str] = []
    is_same = True

    def read(part: str) -> list[names.Person]:
        nonlocal is_same
        name = _read_name(entry, part)
        is_same = is_same and name.is_same
        written.extend(name.written)
        return name.people

    found = name_lists.from_bibtex(value, read)
    if found.remark:
        entry.reading.add(entry.raw.line, f"{entry.raw.key}.{field}", found.remark)
    is_whole = found.complete or field != "author"
    if found.names:
        entry.item[variable] = found.names
        if not (is_same and found.complete and not found.remark):
            entry.as_written.people(value, " and ".join(written if is_whole else [*written, "others"]), is_same)
    if not is_whole:
        entry.custom["more_authors"] = True
    # Only of authors the item says that there are others: any other such list stays as it stands, too.
    if (found.names and found.complete) or not is_whole:
        del entry.left[field]


def _read_name(entry: EntryFields, part: str) -> as_written.ReadName:
    """One name of a list, which may be several in truth."""
    known = entry.known.whole
    if (name := known.get(part)) is None:
        before = len(entry.unknown) + len(entry.hidden)
        name = entry.known.simple(part, entry.flat)
        if name is None:
            name = as_written.read_name(part, list(names.one(part, entry.flat)))
        if len(entry.unknown) + len(entry.hidden) == before and len(known) < MAX_NAMES:
            known[part] = name
    return name
