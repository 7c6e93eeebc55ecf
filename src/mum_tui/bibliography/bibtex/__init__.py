"""BibTeX and BibLaTeX as records."""

from mum_tui.bibliography.bibtex.reading import read

__all__ = ["read"]
