"""Awesome lists in Markdown as records."""

from mum_tui.bibliography.markdown.reading import read

__all__ = ["read"]
