"""``python -m mum_tui``."""

from mum_tui.cli import console

console()
