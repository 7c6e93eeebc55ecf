"""Atomic files, locks, and containers of named sections, independent of their contents."""
