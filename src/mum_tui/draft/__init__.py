"""Draft entries from an arXiv number, a DOI or pasted records. Nothing is looked up."""
