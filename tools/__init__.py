"""Programs for whoever curates the catalog; they ship with the source, not with the wheel."""
