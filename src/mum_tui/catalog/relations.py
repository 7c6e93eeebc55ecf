"""What belongs together: datasets and who uses them, entries that follow, extend or share code with each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from mum_tui.catalog.model import TIES, Entry, Use, rows_by_id

SAME_CODE = "same-code"

_REPOSITORY = re.compile(
    r"^https?://(?:www\.)?((?:github|gitlab|bitbucket)\.[a-z]+/[^/?#]+/[^/?#]+)([^?#]*)", re.IGNORECASE
)


class Related(NamedTuple):
    """One end of a use: the other entry (None when it is not in the catalog), and how it is used."""

    entry: Entry | None
    use: Use

    @property
    def name(self) -> str:
        """What to call the other end in a list."""
        if self.entry:
            return self.entry.name or self.entry.title
        return self.use.name or self.use.dataset

    @property
    def how(self) -> str:
        """Roles and remark: ``train, test; six CT tasks``."""
        roles = ", ".join(role for role in self.use.roles if role != "unspecified")
        return "; ".join(part for part in (roles, self.use.note) if part)


class Tie(NamedTuple):
    """An entry that belongs with another: what it is to that one (a word of ``TIES``), and a remark."""

    entry: Entry
    how: str
    note: str = ""

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.entry.name or self.entry.title


def repository(url: str) -> str:
    """The code base an address leads to, alike for all its spellings; empty for other addresses.

    A folder of a repository that holds many projects is a code base of its own.
    """
    match = _REPOSITORY.match(url)
    if not match:
        return ""
    root, below = match[1].lower().removesuffix(".git"), match[2].strip("/")
    folder = re.sub(r"^(-/)?(tree|blob)/[^/]+/?", "", below)
    return f"{root}/{folder}" if folder else root


class Relations:
    """Looks up ``uses`` and ``related`` from both ends. Nothing is built before it is asked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {identifier: self._entries[row] for identifier, row in rows_by_id(self._entries).items()}

    @cached_property
    def _users(self) -> dict[str, list[Related]]:
        found: dict[str, list[Related]] = {}
        for entry in self._entries:
            for use in entry.uses:
                if target := self._by_id.get(use.dataset):
                    found.setdefault(target.id, []).append(Related(entry, use))
        return found

    @cached_property
    def _naming(self) -> dict[str, list[Tie]]:
        """For each entry that others name in ``related``: those others, and what that makes them."""
        found: dict[str, list[Tie]] = {}
        for entry in self._entries:
            for relation in entry.related:
                if target := self._by_id.get(relation.entry):
                    found.setdefault(target.id, []).append(Tie(entry, TIES[relation.how], relation.note))
        return found

    @cached_property
    def _by_repository(self) -> dict[str, list[Entry]]:
        """Entries by the rough name of their code's repository; what is one code base ``repository`` decides."""
        found: dict[str, list[Entry]] = {}
        for entry in self._entries:
            for link in entry.links:
                if link.rel == "code":
                    found.setdefault(_rough(link.url), []).append(entry)
        return found

    def used_by(self, entry: Entry) -> list[Related]:
        """The datasets that ``entry`` uses, in its own order."""
        return [Related(self._by_id.get(use.dataset), use) for use in entry.uses]

    def users_of(self, entry: Entry) -> list[Related]:
        """The entries that use the dataset ``entry``, in catalog order."""
        return self._users.get(entry.id, [])

    def ties_of(self, entry: Entry) -> list[Tie]:
        """The entries that ``entry`` belongs with, each once for each ``how``, in the order of ``TIES``.

        What one entry says of another holds for the other the opposite way round; entries whose code links lead
        to one repository share code, unless more is said of them.
        """
        own = (Tie(self._by_id[one.entry], one.how, one.note) for one in entry.related if one.entry in self._by_id)
        found: dict[tuple[str, str], Tie] = {}
        for tie in (*own, *self._naming.get(entry.id, ())):
            if tie.entry.id != entry.id:
                found.setdefault((tie.entry.id, tie.how), tie)
        named = {entry.id, *(identifier for identifier, _ in found)}
        for key in _repositories(entry):
            for other in self._by_repository[_rough(f"https://{key}")]:
                if other.id not in named and key in _repositories(other):
                    found.setdefault((other.id, SAME_CODE), Tie(other, SAME_CODE))
        order = list(TIES)
        return sorted(found.values(), key=lambda tie: order.index(tie.how))


def _rough(url: str) -> str:
    """The name of a repository, cheaply: the regular expression on 100,000 addresses would be felt."""
    parts = url.split("/", 5)
    name = parts[4].lower() if len(parts) > 4 else ""
    return name if name.isalnum() else name.partition("#")[0].partition("?")[0].removesuffix(".git")


def _repositories(entry: Entry) -> set[str]:
    return {key for link in entry.links if link.rel == "code" and (key := repository(link.url))}
