"""Reads lists of other formats (BibTeX, CSL-JSON, RIS, MEDLINE, Markdown) as catalogs, and reports what is wrong."""
