"""Two notes on one entry, joined to one without loss."""

from __future__ import annotations

BETWEEN_NOTES = "\n\n---\n\n"
"""Separates two notes that were joined."""


def joined_notes(first: str, second: str) -> str:
    """Both notes in order; parts and lines that are in both appear once."""
    if f"\n{first}\n" in f"\n{second}\n":
        return second
    parts = [part for part in second.split(BETWEEN_NOTES) if f"\n{part}\n" not in f"\n{first}\n"]
    return BETWEEN_NOTES.join([first, *parts])
