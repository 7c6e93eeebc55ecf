"""The table of the verbs of ``mum-tui``."""

# Without ``from __future__ import annotations``: ``NamedTuple`` would compile each annotation at every start.

from typing import NamedTuple


class Verb(NamedTuple):
    """A verb of the command line.

    ``module`` is a module of this package; ``aliases`` are former names, which still work but are not documented.
    """

    name: str
    help: str
    module: str
    aliases: tuple[str, ...] = ()


VERBS: tuple[Verb, ...] = (
    Verb("list", "list the entries that match a query", "list_entries"),
    Verb("show", "show everything about an entry", "show"),
    Verb("compare", "show entries side by side", "compare"),
    Verb("overview", "show the field in numbers: years, modalities, tasks, datasets", "overview", ("glance",)),
    Verb("open", "open a link of an entry in your web browser and print it", "open_link"),
    Verb("cite", "print citations of entries in any format", "cite"),
    Verb("export", "write entries for other programs (default: all of them)", "export"),
    Verb("formats", "list citation formats, search all styles", "formats"),
    Verb("sync-bib", "keep a block of a BibTeX file equal to your bookmarks", "sync_bib"),
    Verb("bookmark", "add, remove or list bookmarks", "bookmark"),
    Verb("status", "print or set the reading status", "status"),
    Verb("rate", "print or set ratings from 1 to 5", "rate"),
    Verb("note", "print or write the note on an entry", "note"),
    Verb("tag", "add, remove or list your tags", "tag"),
    Verb("reading-list", "print your library, with your notes, as Markdown", "reading_list"),
    Verb("library", "export your library, or merge another one into it", "library"),
    Verb("check", "proofread a catalog file and check its links", "check"),
    Verb("import", "make a catalog of BibTeX, RIS, MEDLINE, CSL-JSON or Markdown lists", "import_list"),
    Verb("new", "print a block for a new entry, ready to paste into the catalog", "new"),
    Verb("render", "print the catalog as a Markdown page, like an awesome list", "render"),
    Verb("config", "check, show or create your configuration", "config"),
    Verb("keys", "print the keys of the browser", "keys"),
    Verb("paths", "print where files are stored", "paths"),
)

BY_NAME = {name: verb for verb in VERBS for name in (verb.name, *verb.aliases)}
"""Verbs by each of their names."""
