"""A keyboard-driven terminal browser for a curated catalog of medical universal models and datasets."""

__version__ = "0.1.0"
