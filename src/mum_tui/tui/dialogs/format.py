"""The dialog to choose a citation format in: the registry at once, all styles as soon as they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding

from mum_tui.citation import formats, styles
from mum_tui.citation.formats import FORMS, OTHER_STYLES
from mum_tui.citation.options import FORM_TITLES, VERSION_TITLES, Manner, other
from mum_tui.tui.dialogs.picker import Option, Picker

CHOSEN = "Last used"
FILE = "A style of your own"


class FormatChooser(Picker):
    """Gives the name of a format; ``manner`` is then the whole choice.

    Args:
        manner: what is chosen so far.
        has_versions: whether there is a published version and a preprint to choose from.
        preview: the citation in a ``Manner``; called in a thread. It must not raise.
    """

    BINDINGS = [
        Binding("tab", "next_form", show=False, priority=True),
        Binding("ctrl+t", "other_version", show=False, priority=True),
    ]

    def __init__(self, manner: Manner, has_versions: bool, preview: Callable[[Manner], str]) -> None:
        self.manner = manner
        self._last = manner.name
        self._has_versions = has_versions
        self._styles_are_read = False
        super().__init__("", "", self._options, preview, manner.name, "type to find, also among all journals' styles")

    def on_mount(self) -> None:
        super().on_mount()
        self.run_worker(self._read_styles, thread=True)

    def _read_styles(self) -> None:
        try:
            styles.search(["-"])
        except formats.FormatError:  # there are none; whoever chooses one by name is told
            return
        self.call_later(self._styles_read)

    def _styles_read(self) -> None:
        self._styles_are_read = True
        if self.box.value.strip() and self.is_attached:
            self.found_more()

    def _options(self, words: str) -> Sequence[Option]:
        wanted = words.split()
        found = [Option(one.id, one.title, one.id, one.group) for one in formats.matching(wanted)]
        name = words.strip()
        if not name and self._last not in formats.BY_ID:
            found.insert(0, Option(self._last, self._last, "", CHOSEN))
        if name.endswith(".csl"):
            found.append(Option(name, name, "", FILE))
        if wanted and self._styles_are_read:
            found += [Option(one, title, one, OTHER_STYLES) for one, title in styles.search(wanted)]
        return found

    def moved(self) -> None:
        if option := self.list.current:
            self.manner = self.manner._replace(name=option.key)
        self._frame()
        super().moved()

    def preview_of(self, option: Option) -> Manner:
        return self.manner._replace(name=option.key)

    def _frame(self) -> None:
        """Say on the frame in which form and version the citation is."""
        title, footer = ["Citation format"], ["enter copies"]
        if self.manner.has_forms:
            title.append(FORM_TITLES[self.manner.form])
            footer.append("tab text, Markdown, HTML")
        if self._has_versions:
            title.append(VERSION_TITLES[self.manner.prefer])
            footer.append(f"ctrl+t {VERSION_TITLES[other(self.manner.prefer)]}")
        self.name_frame(" · ".join(title), " · ".join([*footer, "esc closes"]))

    def action_next_form(self) -> None:
        """Write formatted styles in the next form."""
        if self.manner.has_forms:
            form = FORMS[(FORMS.index(self.manner.form) + 1) % len(FORMS)]
            self.manner = self.manner._replace(form=form)
            self.moved()

    def action_other_version(self) -> None:
        """Cite the other version."""
        if self._has_versions:
            self.manner = self.manner._replace(prefer=other(self.manner.prefer))
            self.moved()
