"""Help, themes, quitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen


class Program:
    """Acts on the program as a whole."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def help(self) -> None:
        """Show all keys, those of the current pane first."""
        from mum_tui.tui.dialogs.keys import keys_in_context

        self._screen.push(keys_in_context(self._screen.keymap, self._screen.acts.panes.context))

    def quit(self) -> None:
        """Quit mum-tui; from an entry read full screen, return to the list, like pagers."""
        panes = self._screen.acts.panes
        if panes.zoomed:
            panes.zoom(False)
        else:
            self._screen.app.exit()

    def commands(self) -> None:
        """Open the command palette."""
        self._screen.app.action_command_palette()

    def suspend(self) -> None:
        """Return to the shell until ``fg``."""
        self._screen.app.action_suspend_process()

    def toggle_theme(self) -> None:
        """Switch between the light and the dark theme."""
        app = self._screen.app
        app.theme = "mum-light" if app.current_theme.dark else "mum-dark"

    def choose_theme(self) -> None:
        """Choose a theme."""
        from mum_tui.tui.dialogs.palette import theme_picker

        app = self._screen.app

        def chosen(name: str | None) -> None:
            if name is not None:
                app.theme = name

        self._screen.push(theme_picker(sorted(app.available_themes), app.theme), chosen)
