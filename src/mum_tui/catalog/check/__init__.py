"""Proofreads a catalog that loads: its entries, duplicates, citations and damaged text."""
