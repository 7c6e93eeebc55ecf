"""``python -m mum_tui``."""

from mum_tui.cli import entry_point

entry_point()
