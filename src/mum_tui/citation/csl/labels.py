"""citation-label: what stands for an item in label styles where it gives none itself ("Doe65", "RoNo78")."""

from .item import NAMES, Item

_SHARES = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_ORDER = ("author", "editor", "translator", "composer", "director", "interviewer", *sorted(NAMES))


def citation_label(item: Item) -> str:
    """Letters of up to four family names and two digits of the year."""
    names = next((names for variable in _ORDER if (names := item.names(variable))), ())[:4]
    shares = _SHARES.get(len(names), (1, 1, 1, 1))
    letters = "".join((name.family or name.literal)[:share] for name, share in zip(names, shares, strict=False))
    date = item.date("issued")
    year = f"{abs(date.start[0]) % 100:02}" if date is not None and date.start is not None else "00"
    return letters + year if letters else item.text("title")[:4] + year
