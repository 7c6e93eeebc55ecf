"""Sets of words, written as a text."""


def words(text: str) -> frozenset[str]:
    """The words of a text that spaces part."""
    return frozenset(text.split())
