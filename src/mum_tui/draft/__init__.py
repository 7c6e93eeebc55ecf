"""New entries from what one has at hand: an arXiv number, a DOI, a pasted BibTeX entry. Nothing is looked up."""
