"""Other people's lists: BibTeX, CSL-JSON, RIS and Markdown pages become entries of a catalog, and what is wrong is
told.
"""
