"""A dialog to choose a citation format: built-in formats at once, all styles when their list has been read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding

from mum_tui.citation import formats, styles
from mum_tui.citation.errors import FormatError
from mum_tui.citation.formats import OTHER_STYLES
from mum_tui.citation.options import CitationOptions
from mum_tui.tui.dialogs.picker import Picker, PickerOption

CHOSEN = "Last used"
FILE = "Your own style"


class FormatChooser(Picker):
    """Chooses a format; the result is its name, and ``citation_options`` has the whole choice.

    Args:
        citation_options: the current choice.
        has_versions: whether an entry has both a published version and a preprint.
        preview: the citation in a ``CitationOptions``; called in a thread. It must not raise.
        count: the number of entries to cite.
    """

    BINDINGS = [
        Binding("tab", "next_markup", show=False, priority=True),
        Binding("ctrl+r", "reference_or_in_text", show=False, priority=True),
        Binding("ctrl+t", "other_version", show=False, priority=True),
    ]

    def __init__(
        self,
        citation_options: CitationOptions,
        has_versions: bool,
        preview: Callable[[CitationOptions], str],
        count: int = 1,
    ) -> None:
        self.citation_options = citation_options
        self._count = count
        self._last = citation_options.format
        self._has_versions = has_versions
        self._styles_are_read = False
        placeholder = "type to search formats and all journal styles"
        super().__init__("", "", self._matching, preview, citation_options.format, placeholder)

    def on_mount(self) -> None:
        super().on_mount()
        self.run_worker(self.read_styles, thread=True)

    def read_styles(self) -> None:
        """Read the list of all styles, then search it, too; called in a thread."""
        try:
            styles.search(["-"])
        except FormatError:  # no styles are installed; choosing one by name reports that
            return
        self.call_later(self._styles_read)

    def _styles_read(self) -> None:
        self._styles_are_read = True
        if self.box.value.strip() and self.is_attached:
            self.find_again()

    def _matching(self, words: str) -> Sequence[PickerOption]:
        wanted = words.split()
        options = [PickerOption(each.id, each.title, each.id, each.group) for each in formats.matching(wanted)]
        name = words.strip()
        if not name and self._last not in formats.BY_ID:
            options.insert(0, PickerOption(self._last, self._last, "", CHOSEN))
        if name.endswith(".csl"):
            options.append(PickerOption(name, name, "", FILE))
        if wanted and self._styles_are_read:
            options += [PickerOption(style, title, style, OTHER_STYLES) for style, title in styles.search(wanted)]
        return options

    def moved(self) -> None:
        if option := self.list.current:
            self.citation_options = self.citation_options._replace(format=option.key)
        self._frame()
        super().moved()

    def preview_of(self, option: PickerOption) -> CitationOptions:
        return self.citation_options._replace(format=option.key)

    def _frame(self) -> None:
        """Show the choice in the border: reference or citation in the text, markup, version."""
        of = f" of {self._count:,} entries" if self._count > 1 else ""
        title, footer = [f"Citation format{of}"], ["enter copies"]
        if self.citation_options.has_markup:
            if self.citation_options.in_text:
                title.append("in the text")
            title.append(self.citation_options.markup.label)
            footer += ["tab markup", "ctrl+r reference" if self.citation_options.in_text else "ctrl+r in the text"]
        if self._has_versions:
            title.append(self.citation_options.prefer.label)
            footer.append(f"ctrl+t {self.citation_options.prefer.other.label}")
        self.set_border(" · ".join(title), " · ".join([*footer, "esc closes"]))

    def action_next_markup(self) -> None:
        """Choose the next markup; only styles have markup."""
        if self.citation_options.has_markup:
            self.citation_options = self.citation_options._replace(markup=self.citation_options.markup.next)
            self.moved()

    def action_reference_or_in_text(self) -> None:
        """Switch between reference and citation in the text; only styles have both."""
        if self.citation_options.has_markup:
            self.citation_options = self.citation_options._replace(in_text=not self.citation_options.in_text)
            self.moved()

    def action_other_version(self) -> None:
        """Switch between published version and preprint."""
        if self._has_versions:
            self.citation_options = self.citation_options._replace(prefer=self.citation_options.prefer.other)
            self.moved()
