"""Proofreading a catalog that loads: its entries, duplicates, citations and garbled text."""
