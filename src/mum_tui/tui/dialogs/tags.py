"""A dialog to add and remove tags: type to find a tag or to make a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding
from textual.widgets import Input

from mum_tui.tui.dialogs.picker import Picker, PickerOption


class TagPicker(Picker):
    """Adds and removes tags until it is closed. ``toggle`` is called with the key of an option and returns its tag."""

    BINDINGS = [Binding("tab", "complete", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        find: Callable[[str], Sequence[PickerOption]],
        preview: Callable[[PickerOption], str],
        toggle: Callable[[str], str],
    ) -> None:
        footer = "enter adds or removes · tab completes · esc closes"
        super().__init__(title, footer, find, preview, placeholder="type to find, or a new tag")
        self.list.empty_text = "Type a tag and press enter."
        self._options = find
        self._toggle = toggle
        self._current_key = ""

    def preview_of(self, option: PickerOption) -> PickerOption:
        """The whole option: the preview also depends on how many entries have the tag."""
        return option

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        event.prevent_default()
        self.list.show(self._options(event.value), self._current_key)

    def action_choose(self) -> None:
        """Add or remove the current tag, and clear the input for the next one."""
        if option := self.list.current:
            self._current_key = self._toggle(option.key)
            self.box.value = ""
            self.list.show(self._options(""), self._current_key)

    def action_complete(self) -> None:
        """Write the name of the current tag into the input."""
        if option := self.list.current:
            self._current_key = option.key
            self.box.value = option.title.partition("#")[2]
            self.box.action_end()
