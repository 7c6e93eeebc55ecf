"""A dialog to give and take tags: type to find one or to make a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding
from textual.widgets import Input

from mum_tui.tui.dialogs.picker import Option, Picker


class TagPicker(Picker):
    """Stays open while tags are given and taken; ``toggle`` gets an option's key and returns the tag's name."""

    BINDINGS = [Binding("tab", "complete", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        find: Callable[[str], Sequence[Option]],
        preview: Callable[[Option], str],
        toggle: Callable[[str], str],
    ) -> None:
        footer = "enter gives or takes · tab completes · esc closes"
        super().__init__(title, footer, find, preview, placeholder="type to find, or a new tag")
        self.list.empty_text = "Type a tag; enter gives it."
        self._options = find
        self._toggle = toggle
        self._stand_on = ""

    def preview_of(self, option: Option) -> Option:
        """Also on how many have the tag, which the option says."""
        return option

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        event.prevent_default()
        self.list.show(self._options(event.value), self._stand_on)

    def action_choose(self) -> None:
        """Give or take the current tag; the box is then free for the next one."""
        if option := self.list.current:
            self._stand_on = self._toggle(option.key)
            self.box.value = ""
            self.list.show(self._options(""), self._stand_on)

    def action_complete(self) -> None:
        """Write the current tag's name into the box."""
        if option := self.list.current:
            self._stand_on = option.key
            self.box.value = option.title.partition("#")[2]
            self.box.action_end()
