"""What the modules that hold the main screen's acts are built on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mum_tui.tui.screen.entry_screen import EntryScreen

    ScreenPart = EntryScreen
else:

    class ScreenPart:
        """A part of the main screen, which may use everything an ``EntryScreen`` has.

        It is no subclass of it at run time: Textual goes over every class of widgets when it is made, and a
        handful of them would cost each start several milliseconds. Handlers are found by their names
        (``on_…``, ``action_…``); decorators that Textual collects (``@on``) and reactives do not work here.
        """
