"""The least a Textual program can do: show one label, and repaint it on a key."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class Floor(App[None]):
    """One label that counts keys."""

    CSS = "Static { width: 20; height: 1; }"
    ENABLE_COMMAND_PALETTE = False
    keys = 0

    def compose(self) -> ComposeResult:
        yield Static("ready 0")

    def on_key(self, event: events.Key) -> None:
        self.keys += 1
        self.query_one(Static).update(f"ready {self.keys}", layout=False)


if __name__ == "__main__":
    Floor().run()
